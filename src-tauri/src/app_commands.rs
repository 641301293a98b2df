//! The app's commands, as the interface calls them. Each only passes on.

use crate::host::Host;
use crate::notify::{self, Notifications};
use crate::start;
use schriftje_app::api::{
    Account, Added, AppError, ChildSummary, ConversationPage, Decision, DraftWithFiles, Overview,
    PortalLinks, SaveJob, SaveWhat, SearchPage, SearchQuery, Settings, SignIn, StorageUse,
    SyncStatus, Thread, TimelinePage, TimelineQuery, Unread, Unsent, Writing,
};
use schriftje_model::{
    AccountId, CardId, ConversationId, Draft, DraftPlace, FileId, TimelineCard, Write, WriteId,
};
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
    discard_unsent: bool,
) -> Result<(), AppError> {
    let app = host.app().await?;
    let out = app.sign_out(account, discard_unsent).await;
    crate::traces::after_sign_out(&window, &app, out).await
}

/// Signs out of every account.
#[tauri::command]
#[specta::specta]
pub async fn sign_out_all(
    window: AppHandle,
    host: Shared<'_>,
    discard_unsent: bool,
) -> Result<(), AppError> {
    let app = host.app().await?;
    let out = app.sign_out_all(discard_unsent).await;
    crate::traces::after_sign_out(&window, &app, out).await
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

/// The parent has these cards before them: their notifications have done their work.
#[tauri::command]
#[specta::specta]
pub async fn saw_cards(
    host: Shared<'_>,
    notifications: State<'_, Notifications>,
    ids: Vec<CardId>,
) -> Result<(), AppError> {
    let done = host.app().await?.saw_cards(ids).await?;
    notifications.seen(&done).await;
    Ok(())
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

/// Begins to save photos of an account that need not be in use.
#[tauri::command]
#[specta::specta]
pub async fn save_for(
    host: Shared<'_>,
    account: AccountId,
    what: SaveWhat,
    folder: Option<String>,
) -> Result<SaveJob, AppError> {
    host.app().await?.save_for(account, what, folder).await
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

/// Empties the cache of the account in use and reads everything anew.
#[tauri::command]
#[specta::specta]
pub async fn clear_cache(host: Shared<'_>) -> Result<SyncStatus, AppError> {
    host.app().await?.clear_cache().await
}

/// Stops emptying the cache while nothing was let go of yet.
#[tauri::command]
#[specta::specta]
pub async fn stop_clearing(host: Shared<'_>) -> Result<(), AppError> {
    host.app().await?.stop_clearing().await
}

/// Keeps the settings.
#[tauri::command]
#[specta::specta]
pub async fn set_settings(
    app: AppHandle,
    host: Shared<'_>,
    settings: Settings,
) -> Result<Settings, AppError> {
    let settings = host.app().await?.set_settings(settings).await?;
    crate::window::show_theme(&app, settings.theme);
    Ok(settings)
}

/// What helps to find a fault; nothing private.
#[tauri::command]
#[specta::specta]
pub async fn diagnostics(host: Shared<'_>) -> Result<String, AppError> {
    host.app().await?.diagnostics().await
}

/// A page of the conversations, the one written in last first.
#[tauri::command]
#[specta::specta]
pub async fn conversations(
    host: Shared<'_>,
    after: Option<String>,
    limit: u32,
) -> Result<ConversationPage, AppError> {
    host.app().await?.conversations(after, limit).await
}

/// The parent has the list of conversations before them: the notification about several of them
/// has done its work.
#[tauri::command]
#[specta::specta]
pub async fn saw_conversations(
    host: Shared<'_>,
    notifications: State<'_, Notifications>,
) -> Result<(), AppError> {
    let done = host.app().await?.saw_conversations()?;
    notifications.seen(&done).await;
    Ok(())
}

/// A conversation as it is here. No network.
#[tauri::command]
#[specta::specta]
pub async fn conversation(host: Shared<'_>, id: ConversationId) -> Result<Thread, AppError> {
    host.app().await?.conversation(id).await
}

/// Reads a conversation anew where the portal can be reached, and marks it read.
#[tauri::command]
#[specta::specta]
pub async fn open_conversation(
    window: AppHandle,
    host: Shared<'_>,
    id: ConversationId,
) -> Result<Thread, AppError> {
    let app = host.app().await?;
    notify::opens(&window, &app, id.clone());
    app.open_conversation(id).await
}

/// What is new, for badges.
#[tauri::command]
#[specta::specta]
pub async fn unread(host: Shared<'_>) -> Result<Unread, AppError> {
    host.app().await?.unread().await
}

/// What can be written at this portal.
#[tauri::command]
#[specta::specta]
pub async fn writing(host: Shared<'_>) -> Result<Writing, AppError> {
    host.app().await?.writing().await
}

/// What is half-written there, or an empty draft.
#[tauri::command]
#[specta::specta]
pub async fn draft(host: Shared<'_>, place: DraftPlace) -> Result<DraftWithFiles, AppError> {
    host.app().await?.draft(place).await
}

/// Keeps a draft.
#[tauri::command]
#[specta::specta]
pub async fn save_draft(host: Shared<'_>, draft: Draft) -> Result<(), AppError> {
    host.app().await?.save_draft(draft).await
}

/// Throws a draft away, with its files.
#[tauri::command]
#[specta::specta]
pub async fn discard_draft(host: Shared<'_>, place: DraftPlace) -> Result<(), AppError> {
    host.app().await?.discard_draft(place).await
}

/// Takes a photo or video off a draft.
#[tauri::command]
#[specta::specta]
pub async fn remove_file(
    host: Shared<'_>,
    place: DraftPlace,
    id: FileId,
) -> Result<Added, AppError> {
    host.app().await?.remove_file(place, id).await
}

/// Puts a draft into the send queue; it goes out as soon as it can.
#[tauri::command]
#[specta::specta]
pub async fn send_draft(host: Shared<'_>, place: DraftPlace) -> Result<Write, AppError> {
    host.app().await?.send_draft(place).await
}

/// What was written and does not stand in what is read yet, oldest first.
#[tauri::command]
#[specta::specta]
pub async fn outbox(host: Shared<'_>) -> Result<Vec<Write>, AppError> {
    host.app().await?.outbox().await
}

/// Throws a write away that was not sent.
#[tauri::command]
#[specta::specta]
pub async fn withdraw_write(host: Shared<'_>, id: WriteId) -> Result<(), AppError> {
    host.app().await?.withdraw_write(id).await
}

/// Makes a write that was not sent a draft again.
#[tauri::command]
#[specta::specta]
pub async fn edit_write(host: Shared<'_>, id: WriteId) -> Result<DraftWithFiles, AppError> {
    host.app().await?.edit_write(id).await
}

/// Sends a refused write again.
#[tauri::command]
#[specta::specta]
pub async fn retry_write(host: Shared<'_>, id: WriteId) -> Result<Write, AppError> {
    host.app().await?.retry_write(id).await
}

/// Says what is to become of a write of which nobody can tell whether it arrived.
#[tauri::command]
#[specta::specta]
pub async fn decide_write(
    host: Shared<'_>,
    id: WriteId,
    decision: Decision,
) -> Result<Write, AppError> {
    host.app().await?.decide_write(id, decision).await
}

/// Finds words in what is here. No network.
#[tauri::command]
#[specta::specta]
pub async fn search(host: Shared<'_>, query: SearchQuery) -> Result<SearchPage, AppError> {
    host.app().await?.search(query).await
}

/// What would be lost by signing out, of one account or of all.
#[tauri::command]
#[specta::specta]
pub async fn unsent(host: Shared<'_>, account: Option<AccountId>) -> Result<Vec<Unsent>, AppError> {
    host.app().await?.unsent(account).await
}

/// Reads the newest conversations.
#[tauri::command]
#[specta::specta]
pub async fn refresh_conversations(host: Shared<'_>) -> Result<(), AppError> {
    host.app().await?.refresh_conversations().await
}

/// Stops adding the rest of the files that are being added to a draft.
#[tauri::command]
#[specta::specta]
pub async fn stop_adding(host: Shared<'_>) -> Result<(), AppError> {
    host.app().await?.stop_adding().await
}
