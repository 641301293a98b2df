//! The one event the interface hears.

use crate::host::Host;
use schriftje_app::api::Tag;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::sync::Arc;
use tauri::AppHandle;
use tauri_specta::Event;
use tokio::sync::broadcast::error::RecvError;

/// Something changed; read it again.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub struct Changed {
    /// What.
    pub tags: Vec<Tag>,
}

/// Every tag: what to say when some changes were missed.
const EVERYTHING: [Tag; 7] =
    [Tag::Accounts, Tag::Timeline, Tag::Children, Tag::Media, Tag::Sync, Tag::Saves, Tag::Settings];

/// Passes the app's changes on to the window, until the app stops.
pub async fn forward(window: AppHandle, host: Arc<Host>) {
    let Some(app) = host.app_at_last().await else { return };
    let mut heard = app.subscribe();
    loop {
        let tags = match heard.recv().await {
            Ok(changed) => changed.tags,
            Err(RecvError::Lagged(_)) => EVERYTHING.to_vec(),
            Err(RecvError::Closed) => return,
        };
        #[cfg(desktop)]
        if tags.contains(&Tag::Settings) {
            crate::desktop::settings_changed(&window, &app);
        }
        if let Err(error) = (Changed { tags }).emit(&window) {
            tracing::warn!("a change did not reach the window: {error}");
        }
    }
}
