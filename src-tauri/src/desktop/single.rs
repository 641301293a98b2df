//! One instance a data folder: starting it again shows the window that is there. Windows does so
//! for a click on a notification.

use super::bring_forward;
use crate::options::Options;
use tauri::Wry;
use tauri::plugin::TauriPlugin;

/// The plugin that sees to it.
pub fn plugin(options: &Options) -> TauriPlugin<Wry> {
    let plugin =
        tauri_plugin_single_instance::Builder::new().callback(|app, arguments, _folder| {
            // The system starting it by itself asks for no window.
            if !arguments.iter().any(|argument| argument == "--minimized") {
                bring_forward(app, None);
            }
            #[cfg(windows)]
            crate::notify::follow_link(app, &arguments);
        });
    match name(options) {
        Some(name) => plugin.dbus_id(name).build(),
        None => plugin.build(),
    }
}

/// A name of its own for another data folder, since that is another notebook.
fn name(options: &Options) -> Option<String> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let folder = std::path::absolute(options.data_dir.as_ref()?).ok()?;
    let mut hasher = DefaultHasher::new();
    folder.hash(&mut hasher);
    Some(format!("nl.schriftje.app.x{:016x}", hasher.finish()))
}
