//! The app's commands of what the portal tells of the place and the family, as the interface calls
//! them. Each only passes on.

use crate::host::Host;
use crate::notify::Notifications;
use crate::shell_commands::kind as kind_of;
use schriftje_app::api::{AppError, DetailChange, FactAnswer, PasswordStrength};
use schriftje_model::{ChildId, ConsentAnswer, FactKind, MediaId, PortalNotice};
use std::sync::Arc;
use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt;

type Shared<'a> = State<'a, Arc<Host>>;

/// A piece as it is kept. No network.
#[tauri::command]
#[specta::specta]
pub async fn fact(host: Shared<'_>, kind: FactKind) -> Result<FactAnswer, AppError> {
    host.app().await?.fact(kind).await
}

/// Reads a piece now.
#[tauri::command]
#[specta::specta]
pub async fn refresh_fact(host: Shared<'_>, kind: FactKind) -> Result<(), AppError> {
    host.app().await?.refresh_fact(kind).await
}

/// The parent has the consents of this child before them: their notification has done its work.
#[tauri::command]
#[specta::specta]
pub async fn saw_consents(
    host: Shared<'_>,
    notifications: State<'_, Notifications>,
    child: ChildId,
) -> Result<(), AppError> {
    let done = host.app().await?.saw_consents(child).await?;
    notifications.seen(&done).await;
    Ok(())
}

/// The parent has the list of observations before them: the notification about several of them
/// has done its work.
#[tauri::command]
#[specta::specta]
pub async fn saw_observations(
    host: Shared<'_>,
    notifications: State<'_, Notifications>,
) -> Result<(), AppError> {
    let done = host.app().await?.saw_observations()?;
    notifications.seen(&done).await;
    Ok(())
}

/// The parent has this observation before them: its notification has done its work.
#[tauri::command]
#[specta::specta]
pub async fn saw_observation(
    host: Shared<'_>,
    notifications: State<'_, Notifications>,
    id: String,
) -> Result<(), AppError> {
    let done = host.app().await?.saw_observation(id).await?;
    notifications.seen(&done).await;
    Ok(())
}

/// Changes some of the parent's own details.
#[tauri::command]
#[specta::specta]
pub async fn change_details(
    host: Shared<'_>,
    etag: String,
    changes: Vec<DetailChange>,
) -> Result<(), AppError> {
    host.app().await?.change_details(etag, changes).await
}

/// Changes the password at the portal.
#[tauri::command]
#[specta::specta]
pub async fn change_password(
    host: Shared<'_>,
    current: String,
    wanted: String,
) -> Result<(), AppError> {
    host.app().await?.change_password(current.into(), wanted.into()).await
}

/// How good a new password would be. Nothing of it leaves this device or is kept.
#[tauri::command]
#[specta::specta]
pub async fn password_strength(
    host: Shared<'_>,
    password: String,
) -> Result<PasswordStrength, AppError> {
    Ok(host.app().await?.password_strength(password.into()).await)
}

/// Answers a consent or declaration, with `words` where something is to be filled in.
#[tauri::command]
#[specta::specta]
pub async fn answer_consent(
    host: Shared<'_>,
    id: String,
    etag: String,
    answer: ConsentAnswer,
    words: Option<String>,
) -> Result<(), AppError> {
    host.app().await?.answer_consent(id, etag, answer, words).await
}

/// Says what the portal is to tell of, and in which way.
#[tauri::command]
#[specta::specta]
pub async fn set_portal_notices(
    host: Shared<'_>,
    etag: String,
    items: Vec<PortalNotice>,
) -> Result<(), AppError> {
    host.app().await?.set_portal_notices(etag, items).await
}

/// Opens a file that comes with a news item or a page in the system's own program. Only a copy the
/// app made itself is ever opened: its bytes say what it is, and its name does too.
#[tauri::command]
#[specta::specta]
pub async fn open_attached(
    window: AppHandle,
    host: Shared<'_>,
    kind: FactKind,
    id: MediaId,
) -> Result<(), AppError> {
    let copy = host.app().await?.attached_to_open(kind, id).await?;
    let path = copy.to_str().ok_or_else(|| AppError::internal("the copy has no plain path"))?;
    window
        .opener()
        .open_path(path, None::<&str>)
        .map_err(|error| AppError::internal(format!("the file did not open: {}", kind_of(&error))))
}
