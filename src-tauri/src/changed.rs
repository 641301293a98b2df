//! The one event the interface hears.

use crate::host::Host;
use schriftje_app::api::Tag;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::sync::Arc;
use tauri::AppHandle;
use tauri_specta::Event;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// Something changed; read it again.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub struct Changed {
    /// What.
    pub tags: Vec<Tag>,
}

/// What changes next; `None` when the app stops.
pub async fn next(heard: &mut Receiver<schriftje_app::api::Changed>) -> Option<Vec<Tag>> {
    match heard.recv().await {
        Ok(changed) => Some(changed.tags),
        Err(RecvError::Lagged(_)) => Some(Tag::ALL.to_vec()),
        Err(RecvError::Closed) => None,
    }
}

/// Passes the app's changes on to the window, until the app stops.
pub async fn forward(window: AppHandle, host: Arc<Host>) {
    let Some(app) = host.app_at_last().await else { return };
    let mut heard = app.subscribe();
    while let Some(mut tags) = next(&mut heard).await {
        // Whoever is kept out has nothing to read; all of it is read when the app opens again.
        if app.is_locked() {
            tags.retain(|tag| *tag == Tag::Lock);
        } else if tags.contains(&Tag::Lock) {
            tags = Tag::ALL.to_vec();
        }
        if tags.is_empty() {
            continue;
        }
        #[cfg(desktop)]
        if tags.contains(&Tag::Settings) {
            crate::desktop::settings_changed(&window, &app);
        }
        if let Err(error) = (Changed { tags }).emit(&window) {
            tracing::warn!("a change did not reach the window: {error}");
        }
    }
}
