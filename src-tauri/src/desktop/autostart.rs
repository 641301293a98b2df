//! Starting with the system: off unless the parent asks for it.

use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Wry};
use tauri_plugin_autostart::ManagerExt;

/// The plugin that knows how each system does it.
pub fn plugin() -> TauriPlugin<Wry> {
    tauri_plugin_autostart::Builder::new().arg("--minimized").app_name("Schriftje").build()
}

/// Makes the system do as the setting says.
pub fn follow(app: &AppHandle, wanted: bool) {
    let system = app.autolaunch();
    let done = match (system.is_enabled(), wanted) {
        (Ok(false), true) => system.enable(),
        (Ok(true), false) => system.disable(),
        (Ok(_), _) => Ok(()),
        (Err(error), _) => Err(error),
    };
    if let Err(error) = done {
        tracing::warn!("starting with the system stays as it was: {error}");
    }
}
