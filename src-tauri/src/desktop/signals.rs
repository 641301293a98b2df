//! Ending well when the system asks.

use tauri::AppHandle;

/// Ends the app on `SIGTERM` and `SIGINT`, as closing the window does.
#[cfg(unix)]
pub fn end_when_told(app: &AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let (Ok(mut terminate), Ok(mut interrupt)) =
            (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
        else {
            return;
        };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        app.exit(0);
    });
}

/// Elsewhere the system closes the window.
#[cfg(not(unix))]
pub fn end_when_told(_: &AppHandle) {}
