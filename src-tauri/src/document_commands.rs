//! "Documenten": the lists, and opening a file in the system's own program.

use crate::host::Host;
use crate::shell_commands::kind;
use schriftje_app::api::{AppError, Documents};
use schriftje_model::{DocumentId, DocumentKind};
use std::sync::Arc;
use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt;

type Shared<'a> = State<'a, Arc<Host>>;

/// The documents of a kind, or of every kind, with a day in a year, or in any, from the cache.
#[tauri::command]
#[specta::specta]
pub async fn documents(
    host: Shared<'_>,
    kind: Option<DocumentKind>,
    year: Option<i32>,
) -> Result<Documents, AppError> {
    host.app().await?.documents(kind, year).await
}

/// "Herladen": reads the newest lists now.
#[tauri::command]
#[specta::specta]
pub async fn refresh_documents(host: Shared<'_>) -> Result<(), AppError> {
    host.app().await?.refresh_documents().await
}

/// Opens a document in the system's own program. Only a copy the app made itself is ever opened: its
/// bytes say what it is, and its name does too.
#[tauri::command]
#[specta::specta]
pub async fn open_document(
    window: AppHandle,
    host: Shared<'_>,
    id: DocumentId,
) -> Result<(), AppError> {
    let copy = host.app().await?.document_to_open(id).await?;
    let path = copy.to_str().ok_or_else(|| AppError::internal("the copy has no plain path"))?;
    window
        .opener()
        .open_path(path, None::<&str>)
        .map_err(|error| AppError::internal(format!("the document did not open: {}", kind(&error))))
}
