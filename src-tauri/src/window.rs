//! The one window.

use crate::host::Host;
use crate::opened::Opening;
use crate::{looks, traces};
use schriftje_app::api::Theme;
use std::path::Path;
use std::sync::Arc;
use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// Its name.
pub const MAIN: &str = "main";

/// The page it opens on, without a detour. Whoever is not signed in is shown the door from there.
const FIRST_PAGE: &str = "mijn-kind";

/// Opens it, or leaves it hidden until a tray is there or turns out not to be. Nothing of what it
/// shows is kept by the web view itself.
pub fn open(
    app: &AppHandle,
    data_dir: &Path,
    host: &Arc<Host>,
    hidden: bool,
) -> tauri::Result<WebviewWindow> {
    let settings = schriftje_app::kept_settings(data_dir);
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App(FIRST_PAGE.into()))
        .initialization_script(looks::script(&settings))
        .on_navigation(stays_inside)
        .on_new_window(|_, _| NewWindowResponse::Deny);

    // A driven web view cannot be a private one, and a private one makes a few files all the same.
    // What an earlier run left that ended badly goes first.
    let web_view = data_dir.join(WEB_VIEW);
    traces::remove_folder(&web_view);
    let window = window.data_directory(web_view).incognito(!driven());

    #[cfg(desktop)]
    let window = window
        .title("Schriftje")
        .theme(theme_of(settings.theme))
        .focused(!hidden)
        .visible(!hidden)
        .inner_size(1100.0, 800.0)
        .min_inner_size(320.0, 480.0);
    #[cfg(mobile)]
    let _ = hidden;
    let window = match looks::paper(&settings) {
        Some(paper) => window.background_color(paper),
        None => window,
    };

    let host = host.clone();
    window.on_page_load(move |window, load| page_load(&window, &host, load.event())).build()
}

/// Shows the interface light or dark from now on.
pub fn show_theme(app: &AppHandle, theme: Theme) {
    #[cfg(desktop)]
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(error) = window.set_theme(theme_of(theme))
    {
        tracing::warn!(%error, "the theme cannot be set");
    }
    #[cfg(mobile)]
    let _ = (app, theme);
}

#[cfg(desktop)]
fn theme_of(theme: Theme) -> Option<tauri::Theme> {
    match theme {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    }
}

fn page_load(window: &WebviewWindow, host: &Arc<Host>, event: PageLoadEvent) {
    match event {
        PageLoadEvent::Started => window.state::<Opening>().unheard(),
        PageLoadEvent::Finished => {
            #[cfg(desktop)]
            crate::desktop::page_loaded(window, host);
            #[cfg(mobile)]
            let _ = host;
        }
    }
}

/// Whether the parent has it before them. On a phone whatever asks is.
pub fn in_sight(app: &AppHandle) -> bool {
    #[cfg(desktop)]
    return app.get_webview_window(MAIN).is_some_and(|window| window.is_focused().unwrap_or(false));
    #[cfg(mobile)]
    {
        let _ = app;
        true
    }
}

/// The folder a web view keeps its files in, within the data folder. It goes when the app ends.
pub const WEB_VIEW: &str = "web-view";

fn driven() -> bool {
    std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some_and(|value| value == "true")
}

/// Whether an address is the interface itself. Everything else opens outside or not at all.
fn stays_inside(url: &Url) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost")) => true,
        ("http", Some("localhost")) => cfg!(debug_assertions) && url.port() == Some(1420),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_never_becomes_a_browser() {
        for url in ["tauri://localhost/", "http://tauri.localhost/mijn-kind"] {
            assert!(stays_inside(&Url::parse(url).unwrap()), "{url}");
        }
        for url in [
            "https://kdv.ouderportaal.nl/",
            "http://localhost/",
            "http://tauri.localhost.example/",
            "file:///etc/passwd",
            "data:text/html,x",
            "media://localhost/a/full/b",
        ] {
            assert!(!stays_inside(&Url::parse(url).unwrap()), "{url}");
        }
    }
}
