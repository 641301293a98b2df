//! Going on without a window. Only where the tray is shown, so that the parent always has a way
//! back; elsewhere closing the window ends the app. Either is said once.

use super::{tray, tray_host};
use crate::host::Host;
use crate::notify::{Kind, Notice, Notifications, open_in_words};
use crate::{language, window};
use schriftje_app::App;
use schriftje_app::api::{Language, Settings};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tauri::{AppHandle, CloseRequestApi, Manager};
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;

/// How long a window waits hidden for a tray: one starts with the system like we do, and may start
/// anew.
const TRAY_MAY_COME: Duration = Duration::from_secs(10);

/// What goes on about it.
#[derive(Default)]
pub struct Staying {
    tray_kept: AtomicBool,
    closing: AtomicBool,
}

/// Keeps a tray from now on, where it is shown.
pub fn keep_tray(app: &AppHandle, host: &Arc<Host>) {
    if app.state::<Staying>().tray_kept.swap(true, Ordering::SeqCst) {
        return;
    }
    let (app, host) = (app.clone(), host.clone());
    tauri::async_runtime::spawn(async move {
        let mut changes = tray_host::Changes::listen().await;
        loop {
            // An app that cannot start says so in its window.
            let started = host.app_also_locked().await;
            if let Ok(running) = &started
                && tray_host::is_there().await
            {
                show_tray(&app, language::resolve(&running.settings())).await;
                if !tray::is_shown(&app) && is_hidden(&app) {
                    show_minimised(&app);
                }
            } else if is_hidden(&app) {
                let may_come = tokio::time::timeout(TRAY_MAY_COME, changes.next()).await;
                if may_come.is_ok() {
                    continue;
                }
                show_minimised(&app);
            }
            if started.is_err() && host.app_at_last().await.is_none() {
                return;
            }
            if started.is_ok() {
                changes.next().await;
            }
        }
    });
}

async fn show_tray(app: &AppHandle, language: Language) {
    let (told, shown) = oneshot::channel();
    let tray = app.clone();
    let asked = app.run_on_main_thread(move || {
        let _ = told.send(tray::show(&tray, language));
    });
    if let (Ok(()), Ok(Err(error))) = (asked, shown.await) {
        tracing::warn!("there is no tray: {error}");
    }
}

fn is_hidden(app: &AppHandle) -> bool {
    let window = app.get_webview_window(window::MAIN);
    window.is_some_and(|window| !window.is_visible().unwrap_or(true))
}

/// No tray leads back to a hidden window: it goes where a parent finds it, out of the way.
fn show_minimised(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(window::MAIN) {
        let _ = window.minimize();
        let _ = window.show();
    }
}

/// The parent closes the window.
pub fn close_requested(app: &AppHandle, request: &CloseRequestApi) {
    request.prevent_close();
    if app.state::<Staying>().closing.swap(true, Ordering::SeqCst) {
        return;
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        close(&app).await;
        app.state::<Staying>().closing.store(false, Ordering::SeqCst);
    });
}

async fn close(app: &AppHandle) {
    let host = app.state::<Arc<Host>>().inner().clone();
    let Some(running) = host.running() else {
        app.exit(0);
        return;
    };
    let stays = tray::is_shown(app) && tray_host::is_there().await;
    if stays {
        hide(app);
    }
    let settings = running.settings();
    if !settings.tray_explained {
        let language = language::resolve(&settings);
        if stays {
            say_that_it_stays(app, language).await;
        } else {
            say(app, ends_in_words(language)).await;
        }
        said(&running).await;
    }
    if !stays {
        app.exit(0);
    }
}

fn hide(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(window::MAIN)
        && let Err(error) = window.hide()
    {
        tracing::warn!("the window does not hide: {error}");
    }
}

/// A notification, whose click brings the window back; where there are none, a dialog.
async fn say_that_it_stays(app: &AppHandle, language: Language) {
    let (title, body) = stays_in_words(language);
    let notice = Notice {
        group: "closed".to_owned(),
        title: title.to_owned(),
        body: body.to_owned(),
        sound: false,
        kind: Kind::Device,
        click: open_in_words(language),
    };
    if app.state::<Notifications>().raise(notice, None).await.is_err() {
        say(app, (title, body)).await;
    }
}

async fn say(app: &AppHandle, (title, body): (&str, &str)) {
    let (told, read) = oneshot::channel();
    let mut dialog = app.dialog().message(body).title(title);
    if let Some(window) = app.get_webview_window(window::MAIN).filter(|_| !is_hidden(app)) {
        dialog = dialog.parent(&window);
    }
    dialog.show(move |_| {
        let _ = told.send(());
    });
    // A dialog that goes in another way was read as well.
    let _ = read.await;
}

async fn said(running: &App) {
    let settings = Settings { tray_explained: true, ..running.settings() };
    if let Err(error) = running.set_settings(settings).await {
        tracing::info!(code = ?error.code, "it will be said again");
    }
}

fn stays_in_words(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::Nl => (
            "Schriftje blijft actief",
            "Nieuwe foto's en berichten blijven binnenkomen. Openen en afsluiten kan via het \
             pictogram in het systeemvak.",
        ),
        Language::En => (
            "Schriftje keeps running",
            "New photos and messages keep coming in. Open or quit it from its icon in the tray.",
        ),
    }
}

fn ends_in_words(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::Nl => (
            "Schriftje wordt afgesloten",
            "Deze computer heeft geen systeemvak waarin Schriftje actief kan blijven. Nieuwe foto's \
             en berichten zie je zodra je Schriftje weer opent; wat nog niet verstuurd is, wordt \
             dan verstuurd.",
        ),
        Language::En => (
            "Schriftje will quit",
            "This computer has no tray for Schriftje to stay in. You will see new photos and \
             messages when you open Schriftje again; what is still to be sent will be sent then.",
        ),
    }
}
