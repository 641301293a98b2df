//! The tray: "Openen · Synchroniseren · Afsluiten". It is a menu and no hiding place: closing the
//! window ends the app, since not every desktop shows a tray.

use super::bring_forward;
use crate::host::Host;
use schriftje_app::api::Language;
use std::sync::Arc;
use tauri::menu::{Menu, MenuBuilder};
use tauri::tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Wry};

const ID: &str = "tray";
const OPEN: &str = "open";
const SYNC: &str = "sync";
const QUIT: &str = "quit";

/// Shows it, unless it is there already.
pub fn show(app: &AppHandle, language: Language) -> tauri::Result<()> {
    if app.tray_by_id(ID).is_some() {
        return Ok(());
    }
    TrayIconBuilder::with_id(ID)
        .icon(tauri::include_image!("icons/tray.png"))
        .tooltip("Schriftje")
        .menu(&menu(app, language)?)
        .show_menu_on_left_click(false)
        .on_menu_event(|app, event| chosen(app, event.id().as_ref()))
        .on_tray_icon_event(|tray, event| {
            if let TrayIconEvent::Click {
                button: MouseButton::Left,
                button_state: MouseButtonState::Up,
                ..
            } = event
            {
                bring_forward(tray.app_handle());
            }
        })
        .build(app)?;
    Ok(())
}

/// Speaks another language.
pub fn speak(app: &AppHandle, language: Language) {
    let Some(tray) = app.tray_by_id(ID) else { return };
    let spoken = menu(app, language).and_then(|menu| tray.set_menu(Some(menu)));
    if let Err(error) = spoken {
        tracing::warn!("the tray keeps its language: {error}");
    }
}

fn menu(app: &AppHandle, language: Language) -> tauri::Result<Menu<Wry>> {
    let [open, sync, quit] = match language {
        Language::Nl => ["Openen", "Synchroniseren", "Afsluiten"],
        Language::En => ["Open", "Synchronise", "Quit"],
    };
    MenuBuilder::new(app).text(OPEN, open).text(SYNC, sync).separator().text(QUIT, quit).build()
}

fn chosen(app: &AppHandle, item: &str) {
    match item {
        OPEN => bring_forward(app),
        SYNC => {
            let host = app.state::<Arc<Host>>().inner().clone();
            tauri::async_runtime::spawn(async move {
                if let Some(app) = host.running()
                    && let Err(error) = app.sync_now().await
                {
                    tracing::info!(code = ?error.code, "asked from the tray, nothing was read");
                }
            });
        }
        QUIT => app.exit(0),
        _ => {}
    }
}
