//! The app's commands about all accounts together, as the interface calls them. Each only passes
//! on.

use crate::host::Host;
use schriftje_app::api::{AppError, TogetherOverview, TogetherPage};
use std::sync::Arc;
use tauri::State;

type Shared<'a> = State<'a, Arc<Host>>;

/// What is new at each account, what troubles it and what comes next there.
#[tauri::command]
#[specta::specta]
pub async fn together_overview(host: Shared<'_>) -> Result<TogetherOverview, AppError> {
    host.app().await?.together_overview().await
}

/// A page of the cards of all accounts, newest first. Nothing of it is marked as seen.
#[tauri::command]
#[specta::specta]
pub async fn together_timeline(
    host: Shared<'_>,
    after: Option<String>,
    limit: u32,
) -> Result<TogetherPage, AppError> {
    host.app().await?.together_timeline(after, limit).await
}
