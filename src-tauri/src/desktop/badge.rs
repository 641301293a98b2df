//! How much is unread: on the app's icon in dock or taskbar, and in the tray.

use super::tray;
use crate::host::Host;
use crate::{changed, language};
use schriftje_app::api::{Tag, Unread};
use std::sync::{Arc, Mutex, PoisonError};
use tauri::{AppHandle, Manager};

/// What was shown last.
#[derive(Default)]
pub struct Badge(Mutex<Unread>);

impl Badge {
    /// What is unread, as known last.
    pub fn unread(&self) -> Unread {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it became another.
    fn set(&self, unread: Unread) -> bool {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *shown, unread) != unread
    }
}

/// Keeps them right, until the app stops.
pub async fn follow(window: AppHandle, host: Arc<Host>) {
    let Some(app) = host.app_at_last().await else { return };
    let mut heard = app.subscribe();
    loop {
        // Nothing is unread where nobody is signed in.
        let unread = app.unread().await.unwrap_or_default();
        if window.state::<Badge>().set(unread) {
            on_the_icon(&window, unread.messages).await;
            tray::update(&window, language::resolve(&app.settings()));
        }
        loop {
            let Some(tags) = changed::next(&mut heard).await else { return };
            if [Tag::Messages, Tag::Outbox, Tag::Accounts].iter().any(|tag| tags.contains(tag)) {
                break;
            }
        }
    }
}

// Tauri asks a library of Unity's, which no desktop has any more; docks still hear its signal.
#[cfg(target_os = "linux")]
async fn on_the_icon(_: &AppHandle, count: u32) {
    use std::collections::HashMap;
    use zbus::zvariant::Value;

    let told = async {
        let bus = super::session_bus::connect().await?;
        let shown = HashMap::from([
            ("count", Value::from(i64::from(count))),
            ("count-visible", Value::from(count > 0)),
        ]);
        let (path, interface) =
            ("/com/canonical/Unity/LauncherEntry", "com.canonical.Unity.LauncherEntry");
        let body = ("application://Schriftje.desktop", shown);
        bus.emit_signal(None::<&str>, path, interface, "Update", &body).await
    };
    let told: zbus::Result<()> = told.await;
    if told.is_err() {
        tracing::debug!("no dock hears what is unread");
    }
}

#[cfg(target_os = "macos")]
async fn on_the_icon(app: &AppHandle, count: u32) {
    if let Some(window) = app.get_webview_window(crate::window::MAIN) {
        let _ = window.set_badge_count((count > 0).then(|| i64::from(count)));
    }
}

#[cfg(windows)]
async fn on_the_icon(app: &AppHandle, count: u32) {
    if let Some(window) = app.get_webview_window(crate::window::MAIN) {
        let _ = window.set_overlay_icon((count > 0).then(|| super::dot::alone(16)));
    }
}
