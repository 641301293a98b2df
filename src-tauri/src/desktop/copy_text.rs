//! Words on the clipboard.

use schriftje_app::api::AppError;
use tauri::AppHandle;

fn refused() -> AppError {
    AppError::internal("the clipboard did not take the words")
}

/// Copies words.
#[cfg(target_os = "linux")]
pub async fn copy_text(window: &AppHandle, text: String) -> Result<(), AppError> {
    let (told, done) = tokio::sync::oneshot::channel();
    window
        .run_on_main_thread(move || {
            gtk::Clipboard::get(&gtk::gdk::SELECTION_CLIPBOARD).set_text(&text);
            let _ = told.send(());
        })
        .map_err(|_| refused())?;
    done.await.map_err(|_| refused())
}

/// Copies words.
#[cfg(not(target_os = "linux"))]
pub async fn copy_text(_: &AppHandle, text: String) -> Result<(), AppError> {
    tokio::task::spawn_blocking(move || arboard::Clipboard::new()?.set_text(text))
        .await
        .map_err(|_| refused())?
        .map_err(|_| refused())
}
