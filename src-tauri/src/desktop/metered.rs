//! Whether the network is metered. On Linux `NetworkManager` says so, else the desktop's portal;
//! other systems are not asked, and count as not metered.

use crate::host::Host;
use std::sync::Arc;

/// Tells the app, until it stops.
pub async fn follow(host: Arc<Host>) {
    let Some(app) = host.app_at_last().await else { return };
    #[cfg(target_os = "linux")]
    linux::follow(&app).await;
    #[cfg(not(target_os = "linux"))]
    let _ = app;
}

#[cfg(target_os = "linux")]
mod linux {
    use crate::desktop::{session_bus, system_bus};
    use futures::StreamExt;
    use schriftje_app::App;
    use schriftje_app::api::Metered;
    use std::time::Duration;
    use zbus::message::Type;
    use zbus::zvariant::OwnedValue;
    use zbus::{Connection, MatchRule, MessageStream};

    /// Who manages the network.
    const MANAGER: &str = "org.freedesktop.NetworkManager";
    const MANAGER_PATH: &str = "/org/freedesktop/NetworkManager";
    const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
    /// Who answers for it, where nobody else may be asked.
    const PORTAL: &str = "org.freedesktop.portal.Desktop";
    const PORTAL_PATH: &str = "/org/freedesktop/portal/desktop";
    const MONITOR: &str = "org.freedesktop.portal.NetworkMonitor";

    /// Longer than either takes to answer.
    const PATIENCE: Duration = Duration::from_secs(2);

    pub async fn follow(app: &App) {
        if let Ok(bus) = system_bus::connect().await
            && let Some(now) = in_time(of_manager(&bus)).await
            && let Ok(changes) = signals(&bus, MANAGER_PATH, PROPERTIES).await
        {
            app.set_metered(now);
            return keep(app, changes, || of_manager(&bus)).await;
        }
        let Ok(bus) = session_bus::connect().await else { return };
        if let Some(now) = in_time(of_portal(&bus)).await
            && let Ok(changes) = signals(&bus, PORTAL_PATH, MONITOR).await
        {
            app.set_metered(now);
            keep(app, changes, || of_portal(&bus)).await;
        }
    }

    async fn keep<F: Future<Output = zbus::Result<Metered>>>(
        app: &App,
        mut changes: MessageStream,
        ask: impl Fn() -> F,
    ) {
        while changes.next().await.is_some() {
            app.set_metered(in_time(ask()).await.unwrap_or_default());
        }
    }

    async fn in_time(asked: impl Future<Output = zbus::Result<Metered>>) -> Option<Metered> {
        tokio::time::timeout(PATIENCE, asked).await.ok()?.ok()
    }

    pub(super) async fn of_manager(bus: &Connection) -> zbus::Result<Metered> {
        let wanted = (MANAGER, "Metered");
        let answer =
            bus.call_method(Some(MANAGER), MANAGER_PATH, Some(PROPERTIES), "Get", &wanted).await?;
        Ok(in_words(u32::try_from(answer.body().deserialize::<OwnedValue>()?)?))
    }

    async fn of_portal(bus: &Connection) -> zbus::Result<Metered> {
        let answer =
            bus.call_method(Some(PORTAL), PORTAL_PATH, Some(MONITOR), "GetMetered", &()).await?;
        Ok(if answer.body().deserialize::<bool>()? { Metered::Yes } else { Metered::No })
    }

    /// A guess of the manager's is better than none.
    fn in_words(number: u32) -> Metered {
        match number {
            1 | 3 => Metered::Yes,
            2 | 4 => Metered::No,
            _ => Metered::Unknown,
        }
    }

    async fn signals(
        bus: &Connection,
        path: &'static str,
        interface: &'static str,
    ) -> zbus::Result<MessageStream> {
        let rule =
            MatchRule::builder().msg_type(Type::Signal).path(path)?.interface(interface)?.build();
        MessageStream::for_match_rule(rule, bus, None).await
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use std::os::unix::net::UnixStream;
        use zbus::connection::Builder;

        /// A manager of the network that says this.
        struct Manager(u32);

        #[zbus::interface(name = "org.freedesktop.NetworkManager")]
        impl Manager {
            #[zbus(property)]
            fn metered(&self) -> u32 {
                self.0
            }
        }

        async fn told_by(manager: Manager) -> Metered {
            let (ours, theirs) = UnixStream::pair().unwrap();
            let guid = zbus::Guid::generate();
            let server = Builder::async_io_unix_stream(theirs)
                .server(guid)
                .unwrap()
                .p2p()
                .serve_at(MANAGER_PATH, manager)
                .unwrap()
                .build();
            let client = Builder::async_io_unix_stream(ours).p2p().build();
            let (_server, client) = tokio::try_join!(server, client).unwrap();
            of_manager(&client).await.unwrap()
        }

        #[tokio::test]
        async fn the_network_is_metered_when_its_manager_says_or_guesses_so() {
            for (number, told) in [
                (0, Metered::Unknown),
                (1, Metered::Yes),
                (2, Metered::No),
                (3, Metered::Yes),
                (4, Metered::No),
                (99, Metered::Unknown),
            ] {
                assert_eq!(told_by(Manager(number)).await, told, "{number}");
            }
        }
    }
}
