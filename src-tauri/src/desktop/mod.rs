//! What only a desktop has: a tray and going on in it, one instance, dialogs for folders and files,
//! a clipboard for pictures, and dragging into the window and out of it.

mod autostart;
mod badge;
mod calendar_picker;
mod clipboard;
mod copy_text;
mod diagnostics_picker;
mod dot;
mod drag_out;
mod drop_in;
mod fingerprint;
mod folder_picker;
mod leaving;
mod metered;
mod picture_picker;
#[cfg(target_os = "linux")]
pub mod session_bus;
mod signals;
mod single;
mod staying;
#[cfg(target_os = "linux")]
mod system_bus;
mod tray;
mod tray_host;

pub use calendar_picker::pick_calendar_file;
pub use clipboard::copy_image;
pub use copy_text::copy_text;
pub use diagnostics_picker::pick_diagnostics_file;
pub use drag_out::{is_dragged, let_go_of_drag, remove_dragged, start_drag};
pub use fingerprint::{is_there as has_fingerprint, is_yours as fingerprint_is_yours};
pub use folder_picker::pick_folder;
pub use picture_picker::pick_pictures;
pub use signals::end_when_told;

use crate::host::Host;
use crate::options::Options;
use crate::{bench, language, window};
use schriftje_app::App;
use std::path::Path;
use std::sync::Arc;
use tauri::{AppHandle, Builder, Manager, WebviewWindow, WindowEvent, Wry};
use tauri_plugin_window_state::StateFlags;

/// The file the window's place and size are kept in.
pub const WINDOW_STATE: &str = "window.json";

/// The plugins of a desktop.
pub fn plugins(builder: Builder<Wry>, options: &Options) -> Builder<Wry> {
    builder
        .manage(drag_out::Drags::default())
        .manage(staying::Staying::default())
        .manage(badge::Badge::default())
        .on_window_event(|window, event| match event {
            WindowEvent::CloseRequested { api, .. } => {
                staying::close_requested(window.app_handle(), api);
            }
            WindowEvent::DragDrop(event) => drop_in::dragged(window.app_handle(), event),
            _ => {}
        })
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
    staying::keep_tray(window.app_handle(), host);
    leaving::begin(host);
}

/// What goes on beside the window, until the app stops.
pub fn begin(app: &AppHandle, host: &Arc<Host>) {
    tauri::async_runtime::spawn(badge::follow(app.clone(), host.clone()));
    tauri::async_runtime::spawn(metered::follow(host.clone()));
}

/// What follows the settings: the tray's language and starting with the system.
pub fn settings_changed(window: &AppHandle, app: &App) {
    let settings = app.settings();
    let speak = language::resolve(&settings);
    let tray = window.clone();
    let _ = window.run_on_main_thread(move || tray::speak(&tray, speak));
    autostart::follow(window, settings.autostart);
}

/// Brings the window to the front. A Wayland desktop lets it only for an activation token, which
/// says what the parent clicked.
pub fn bring_forward(app: &AppHandle, activation: Option<String>) {
    if let Some(window) = app.get_webview_window(window::MAIN) {
        #[cfg(target_os = "linux")]
        if let Some(token) = activation {
            let window = window.clone();
            let _ = app.run_on_main_thread(move || {
                use gtk::prelude::GtkWindowExt;
                if let Ok(window) = window.gtk_window() {
                    window.set_startup_id(&token);
                }
            });
        }
        #[cfg(not(target_os = "linux"))]
        let _ = activation;
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}
