//! Locking the app when the device goes to sleep or its session is locked. On Linux `logind` says
//! so, and waits with sleeping until the window shows it; on other systems the app finds out by
//! itself, when the device wakes.

use crate::host::Host;
use std::sync::{Arc, Once};

static BEGUN: Once = Once::new();

/// Follows it from now on, until the app stops. The web view runs by now: a process that starts
/// while the system hands over what it waits for would hold on to that as well.
pub fn begin(host: &Arc<Host>) {
    BEGUN.call_once(|| {
        tauri::async_runtime::spawn(follow(host.clone()));
    });
}

async fn follow(host: Arc<Host>) {
    let Some(app) = host.app_at_last().await else { return };
    #[cfg(target_os = "linux")]
    linux::follow(&host, &app).await;
    #[cfg(not(target_os = "linux"))]
    let _ = app;
}

#[cfg(target_os = "linux")]
mod linux {
    use crate::desktop::system_bus;
    use crate::host::Host;
    use futures::StreamExt;
    use schriftje_app::App;
    use zbus::message::Type;
    use zbus::zvariant::OwnedFd;
    use zbus::{Connection, MatchRule, MessageStream};

    const LOGIND: &str = "org.freedesktop.login1";
    const LOGIND_PATH: &str = "/org/freedesktop/login1";
    const MANAGER: &str = "org.freedesktop.login1.Manager";
    const SESSION: &str = "org.freedesktop.login1.Session";

    pub async fn follow(host: &Host, app: &App) {
        let Ok(bus) = system_bus::connect().await else { return };
        if let Err(error) = locks(host, app, &bus).await {
            tracing::info!("the system does not say when it goes to sleep: {error}");
        }
    }

    async fn locks(host: &Host, app: &App, bus: &Connection) -> zbus::Result<()> {
        let asleep = heard(bus, MANAGER, "PrepareForSleep").await?;
        let left = heard(bus, SESSION, "Lock").await?;
        let mut told = futures::stream::select(asleep, left);
        let mut waits = delay(bus).await;
        while let Some(Ok(signal)) = told.next().await {
            let sleeps = signal.body().deserialize::<bool>().ok();
            match sleeps {
                Some(true) => {
                    host.until_lock_is_shown(|| locked(app)).await;
                    drop(waits.take());
                }
                Some(false) => waits = delay(bus).await,
                // A session that is locked says no more than that, and may sleep later.
                None => app.lock(),
            }
        }
        Ok(())
    }

    /// Locks; whether that changed anything.
    fn locked(app: &App) -> bool {
        let was = app.is_locked();
        app.lock();
        app.is_locked() && !was
    }

    async fn heard(
        bus: &Connection,
        interface: &'static str,
        member: &'static str,
    ) -> zbus::Result<MessageStream> {
        let rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .sender(LOGIND)?
            .interface(interface)?
            .member(member)?
            .build();
        MessageStream::for_match_rule(rule, bus, None).await
    }

    /// Has the system wait a moment with sleeping, for as long as this is held. Without it the app
    /// locks all the same, perhaps after waking.
    async fn delay(bus: &Connection) -> Option<OwnedFd> {
        let what = ("sleep", "Schriftje", "Locks the app first", "delay");
        let asked = bus.call_method(Some(LOGIND), LOGIND_PATH, Some(MANAGER), "Inhibit", &what);
        asked.await.ok()?.body().deserialize().ok()
    }
}
