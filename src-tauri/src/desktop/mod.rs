//! What only a desktop has: a tray, one instance, a folder dialog, a clipboard for pictures, and
//! dragging out of the window.

mod autostart;
mod clipboard;
mod copy_text;
mod drag_out;
mod folder_picker;
mod signals;
mod single;
mod tray;

pub use clipboard::copy_image;
pub use copy_text::copy_text;
pub use drag_out::{is_dragged, let_go_of_drag, remove_dragged, start_drag};
pub use folder_picker::pick_folder;
pub use signals::end_when_told;

use crate::host::Host;
use crate::options::Options;
use crate::{bench, language, window};
use schriftje_app::App;
use std::path::Path;
use std::sync::Arc;
use tauri::{AppHandle, Builder, Manager, WebviewWindow, Wry};
use tauri_plugin_window_state::StateFlags;

/// The file the window's place and size are kept in.
pub const WINDOW_STATE: &str = "window.json";

/// The plugins of a desktop.
pub fn plugins(builder: Builder<Wry>, options: &Options) -> Builder<Wry> {
    builder
        .manage(drag_out::Drags::default())
        .plugin(single::plugin(options))
        .plugin(tauri_plugin_dialog::init())
        .plugin(autostart::plugin())
}

/// Keeps the window's place and size in the data folder, beside everything else of ours.
pub fn keep_window_state(app: &AppHandle, data_dir: &Path) -> tauri::Result<()> {
    let remembered = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    let plugin = tauri_plugin_window_state::Builder::new()
        .with_filename(data_dir.join(WINDOW_STATE).to_string_lossy())
        .with_state_flags(remembered)
        .build();
    app.plugin(plugin)
}

/// The interface is there: now what can wait. A tray takes time and shows nothing of the parent's.
pub fn page_loaded(window: &WebviewWindow, host: &Arc<Host>) {
    bench::mark("page-loaded");
    let (app, host) = (window.app_handle().clone(), host.clone());
    tauri::async_runtime::spawn(async move {
        let Some(started) = host.app_at_last().await else { return };
        let speak = language::resolve(&started.settings());
        let tray = app.clone();
        let shown = app.run_on_main_thread(move || {
            if let Err(error) = tray::show(&tray, speak) {
                tracing::warn!("there is no tray: {error}");
            }
        });
        if let Err(error) = shown {
            tracing::warn!("there is no tray: {error}");
        }
    });
}

/// What follows the settings: the tray's language and starting with the system.
pub fn settings_changed(window: &AppHandle, app: &App) {
    let settings = app.settings();
    let speak = language::resolve(&settings);
    let tray = window.clone();
    let _ = window.run_on_main_thread(move || tray::speak(&tray, speak));
    autostart::follow(window, settings.autostart);
}

/// Brings the window to the front.
fn bring_forward(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(window::MAIN) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}
