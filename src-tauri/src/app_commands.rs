//! The app's commands, as the interface calls them. Each only passes on.

use crate::host::Host;
use crate::start;
use schriftje_app::api::{
    Account, AppError, ChildSummary, Overview, PortalLinks, SaveJob, SaveWhat, Settings, SignIn,
    StorageUse, SyncStatus, TimelinePage, TimelineQuery,
};
use schriftje_model::{AccountId, CardId, TimelineCard};
use std::sync::Arc;
use tauri::{AppHandle, State};
use url::Url;

type Shared<'a> = State<'a, Arc<Host>>;

/// What the interface needs before it draws anything. An app that could not start is started again.
#[tauri::command]
#[specta::specta]
pub async fn overview(window: AppHandle, host: Shared<'_>) -> Result<Overview, AppError> {
    host.start_again(start::open_app_again(&window)).await;
    host.app().await?.overview().await
}

/// What is known of a portal before signing in.
#[tauri::command]
#[specta::specta]
pub async fn portal_links(host: Shared<'_>, portal: String) -> Result<PortalLinks, AppError> {
    let links = host.app().await?.portal_links(portal).await?;
    host.portal_asked(Url::parse(&links.portal).ok());
    Ok(links)
}

/// Signs in.
#[tauri::command]
#[specta::specta]
pub async fn sign_in(host: Shared<'_>, form: SignIn) -> Result<Account, AppError> {
    host.app().await?.sign_in(form).await
}

/// Signs out: everything of that account leaves this device, saved photos stay.
#[tauri::command]
#[specta::specta]
pub async fn sign_out(
    window: AppHandle,
    host: Shared<'_>,
    account: AccountId,
) -> Result<(), AppError> {
    let app = host.app().await?;
    app.sign_out(account).await?;
    crate::traces::remove_if_nobody_is_left(&window, &app).await
}

/// Signs out of every account.
#[tauri::command]
#[specta::specta]
pub async fn sign_out_all(window: AppHandle, host: Shared<'_>) -> Result<(), AppError> {
    let app = host.app().await?;
    app.sign_out_all().await?;
    crate::traces::remove_if_nobody_is_left(&window, &app).await
}

/// Uses another account.
#[tauri::command]
#[specta::specta]
pub async fn switch_account(host: Shared<'_>, account: AccountId) -> Result<(), AppError> {
    host.app().await?.switch_account(account).await
}

/// The children and how many cards each has.
#[tauri::command]
#[specta::specta]
pub async fn children(host: Shared<'_>) -> Result<Vec<ChildSummary>, AppError> {
    host.app().await?.children().await
}

/// A page of the timeline.
#[tauri::command]
#[specta::specta]
pub async fn timeline(host: Shared<'_>, query: TimelineQuery) -> Result<TimelinePage, AppError> {
    host.app().await?.timeline(query).await
}

/// One card, whole.
#[tauri::command]
#[specta::specta]
pub async fn card(host: Shared<'_>, id: CardId) -> Result<TimelineCard, AppError> {
    host.app().await?.card(id).await
}

/// How fresh things are.
#[tauri::command]
#[specta::specta]
pub async fn sync_status(host: Shared<'_>) -> Result<SyncStatus, AppError> {
    host.app().await?.sync_status().await
}

/// Reads what is new; older things and pictures follow in the background.
#[tauri::command]
#[specta::specta]
pub async fn sync_now(host: Shared<'_>) -> Result<SyncStatus, AppError> {
    host.app().await?.sync_now().await
}

/// Stops reading older things.
#[tauri::command]
#[specta::specta]
pub async fn sync_stop(host: Shared<'_>) -> Result<(), AppError> {
    host.app().await?.sync_stop().await
}

/// Begins to save photos to disk.
#[tauri::command]
#[specta::specta]
pub async fn save(
    host: Shared<'_>,
    what: SaveWhat,
    folder: Option<String>,
) -> Result<SaveJob, AppError> {
    host.app().await?.save(what, folder).await
}

/// Every save since the app started.
#[tauri::command]
#[specta::specta]
pub async fn saves(host: Shared<'_>) -> Result<Vec<SaveJob>, AppError> {
    let mut saves = host.app().await?.saves().await?;
    // A drag out of the window saves as well, and needs no telling.
    #[cfg(desktop)]
    saves.retain(|job| !crate::desktop::is_dragged(&job.folder));
    Ok(saves)
}

/// Stops a save.
#[tauri::command]
#[specta::specta]
pub async fn cancel_save(host: Shared<'_>, id: u32) -> Result<SaveJob, AppError> {
    host.app().await?.cancel_save(id).await
}

/// Takes a finished save off the list.
#[tauri::command]
#[specta::specta]
pub async fn dismiss_save(host: Shared<'_>, id: u32) -> Result<(), AppError> {
    host.app().await?.dismiss_save(id).await
}

/// What the offline cache takes.
#[tauri::command]
#[specta::specta]
pub async fn storage_use(host: Shared<'_>) -> Result<StorageUse, AppError> {
    host.app().await?.storage_use().await
}

/// Keeps the settings.
#[tauri::command]
#[specta::specta]
pub async fn set_settings(host: Shared<'_>, settings: Settings) -> Result<Settings, AppError> {
    host.app().await?.set_settings(settings).await
}

/// What helps to find a fault; nothing private.
#[tauri::command]
#[specta::specta]
pub async fn diagnostics(host: Shared<'_>) -> Result<String, AppError> {
    host.app().await?.diagnostics().await
}
