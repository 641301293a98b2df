//! Whether this desktop shows a tray. Windows and macOS always do; elsewhere a tray is a part that
//! may be missing, come late, or go.

#[cfg(target_os = "linux")]
pub use linux::{Changes, is_there};

#[cfg(target_os = "linux")]
mod linux {
    use crate::desktop::session_bus;
    use futures::StreamExt;
    use futures::stream::SelectAll;
    use std::time::Duration;
    use zbus::message::Type;
    use zbus::zvariant::OwnedValue;
    use zbus::{Connection, MatchRule, MessageStream};

    /// Who knows of trays, and of whoever shows them.
    const WATCHER: &str = "org.kde.StatusNotifierWatcher";
    const PATH: &str = "/StatusNotifierWatcher";

    /// Longer than any desktop takes to answer; one that hangs shows nothing either.
    const PATIENCE: Duration = Duration::from_secs(2);

    /// Whether the tray is shown just now.
    pub async fn is_there() -> bool {
        let asked = async {
            let bus = session_bus::connect().await?;
            let wanted = (WATCHER, "IsStatusNotifierHostRegistered");
            let properties = Some("org.freedesktop.DBus.Properties");
            let answer = bus.call_method(Some(WATCHER), PATH, properties, "Get", &wanted).await?;
            bool::try_from(answer.body().deserialize::<OwnedValue>()?).map_err(zbus::Error::from)
        };
        matches!(tokio::time::timeout(PATIENCE, asked).await, Ok(Ok(true)))
    }

    /// Tells when the answer may have become another.
    pub struct Changes(SelectAll<MessageStream>);

    impl Changes {
        /// Listens from now on.
        pub async fn listen() -> Self {
            let Ok(bus) = session_bus::connect().await else { return Self(SelectAll::new()) };
            let mut heard = SelectAll::new();
            for stream in [come_and_gone(&bus).await, registered(&bus).await] {
                if let Ok(stream) = stream {
                    heard.push(stream);
                } else {
                    tracing::warn!("the session bus does not tell of trays");
                }
            }
            Self(heard)
        }

        /// Waits for the next change.
        pub async fn next(&mut self) {
            if self.0.next().await.is_none() {
                std::future::pending::<()>().await;
            }
        }
    }

    async fn come_and_gone(bus: &Connection) -> zbus::Result<MessageStream> {
        let rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .sender("org.freedesktop.DBus")?
            .interface("org.freedesktop.DBus")?
            .member("NameOwnerChanged")?
            .arg(0, WATCHER)?
            .build();
        MessageStream::for_match_rule(rule, bus, None).await
    }

    async fn registered(bus: &Connection) -> zbus::Result<MessageStream> {
        let rule =
            MatchRule::builder().msg_type(Type::Signal).path(PATH)?.interface(WATCHER)?.build();
        MessageStream::for_match_rule(rule, bus, None).await
    }
}

#[cfg(not(target_os = "linux"))]
pub use always::{Changes, is_there};

#[cfg(not(target_os = "linux"))]
mod always {
    /// Whether the tray is shown just now.
    pub async fn is_there() -> bool {
        true
    }

    /// Tells when the answer may have become another.
    pub struct Changes;

    impl Changes {
        /// Listens from now on.
        pub async fn listen() -> Self {
            Self
        }

        /// Waits for the next change.
        pub async fn next(&mut self) {
            std::future::pending().await
        }
    }
}
