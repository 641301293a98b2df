//! Locking the app and opening it again, as the interface asks for it. These are answered while it
//! is locked, and tell nothing of the parent's.

use crate::host::Host;
use crate::traces;
use schriftje_app::api::{AppError, LockState};
use std::sync::Arc;
use tauri::{AppHandle, State};

type Shared<'a> = State<'a, Arc<Host>>;

/// How it stands with the lock.
#[tauri::command]
#[specta::specta]
pub async fn lock_state(host: Shared<'_>) -> Result<LockState, AppError> {
    Ok(host.app_also_locked().await?.lock_state())
}

/// Locks at once, where there is a PIN.
#[tauri::command]
#[specta::specta]
pub async fn lock_now(host: Shared<'_>) -> Result<LockState, AppError> {
    let app = host.app_also_locked().await?;
    app.lock();
    Ok(app.lock_state())
}

/// The window shows the lock, and nothing of what it covers.
#[tauri::command]
#[specta::specta]
pub async fn lock_is_shown(host: Shared<'_>) -> Result<(), AppError> {
    host.lock_is_shown();
    Ok(())
}

/// The parent did something just now.
#[tauri::command]
#[specta::specta]
pub async fn parent_is_here(host: Shared<'_>) -> Result<(), AppError> {
    host.app().await?.parent_is_here();
    Ok(())
}

/// Opens the app by its PIN.
#[tauri::command]
#[specta::specta]
pub async fn unlock(host: Shared<'_>, pin: String) -> Result<LockState, AppError> {
    host.app_also_locked().await?.unlock(pin.into()).await
}

/// Whether the system has a fingerprint reader that knows this user.
#[tauri::command]
#[specta::specta]
pub async fn has_fingerprint() -> Result<bool, AppError> {
    #[cfg(desktop)]
    return Ok(crate::desktop::has_fingerprint().await);
    #[cfg(mobile)]
    Ok(false)
}

/// Waits for a finger on the reader and opens the app when it is this user's, where the parent
/// wants it so.
#[tauri::command]
#[specta::specta]
pub async fn unlock_by_fingerprint(host: Shared<'_>) -> Result<LockState, AppError> {
    let app = host.app_also_locked().await?;
    #[cfg(desktop)]
    if app.lock_state().fingerprint && crate::desktop::fingerprint_is_yours().await {
        return Ok(app.unlock_known());
    }
    Ok(app.lock_state())
}

/// Chooses a PIN, or another one.
#[tauri::command]
#[specta::specta]
pub async fn set_pin(
    host: Shared<'_>,
    current: Option<String>,
    pin: String,
) -> Result<LockState, AppError> {
    host.app().await?.set_pin(current.map(Into::into), pin.into()).await
}

/// Takes the lock away.
#[tauri::command]
#[specta::specta]
pub async fn remove_pin(host: Shared<'_>, current: String) -> Result<LockState, AppError> {
    host.app().await?.remove_pin(current.into()).await
}

/// The PIN is forgotten: signs out of every account and takes the lock away.
#[tauri::command]
#[specta::specta]
pub async fn forget_pin(window: AppHandle, host: Shared<'_>) -> Result<(), AppError> {
    let app = host.app_also_locked().await?;
    let out = app.forget_pin().await;
    traces::after_sign_out(&window, &app, out).await
}
