//! The tray: "Openen · Synchroniseren · Afsluiten", and whether something is unread. A click brings
//! the window back.

use super::badge::Badge;
use super::{bring_forward, dot};
use crate::host::Host;
use schriftje_app::api::{Language, Unread};
use std::sync::Arc;
use tauri::image::Image;
use tauri::menu::{Menu, MenuBuilder};
use tauri::tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Wry};

const ID: &str = "schriftje";
const OPEN: &str = "open";
const SYNC: &str = "sync";
const QUIT: &str = "quit";

/// Shows it, unless it is there already.
pub fn show(app: &AppHandle, language: Language) -> tauri::Result<()> {
    if is_shown(app) {
        return Ok(());
    }
    let unread = app.state::<Badge>().unread();
    let builder = TrayIconBuilder::with_id(ID)
        .icon(icon(unread))
        .tooltip(tooltip(language, unread))
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
                bring_forward(tray.app_handle(), None);
            }
        });
    // A title is its name there, and text beside the icon on macOS.
    #[cfg(target_os = "linux")]
    let builder = builder.title("Schriftje");
    builder.build(app)?;
    Ok(())
}

/// Whether there is one. Whether a desktop shows it is for [`super::tray_host`] to tell.
pub fn is_shown(app: &AppHandle) -> bool {
    app.tray_by_id(ID).is_some()
}

/// Says what is unread now.
pub fn update(app: &AppHandle, language: Language) {
    let Some(tray) = app.tray_by_id(ID) else { return };
    let unread = app.state::<Badge>().unread();
    let updated = tray
        .set_icon(Some(icon(unread)))
        .and_then(|()| tray.set_tooltip(Some(tooltip(language, unread))));
    if let Err(error) = updated {
        tracing::warn!("the tray does not tell what is unread: {error}");
    }
}

/// Speaks another language.
pub fn speak(app: &AppHandle, language: Language) {
    let Some(tray) = app.tray_by_id(ID) else { return };
    let spoken = menu(app, language).and_then(|menu| tray.set_menu(Some(menu)));
    if let Err(error) = spoken {
        tracing::warn!("the tray keeps its language: {error}");
    }
    update(app, language);
}

fn icon(unread: Unread) -> Image<'static> {
    let plain = tauri::include_image!("icons/tray.png");
    if unread.messages > 0 { dot::on(&plain) } else { plain }
}

/// Where a tray has a title, that is its name already.
fn tooltip(language: Language, unread: Unread) -> String {
    let mut words = Vec::new();
    if cfg!(not(target_os = "linux")) {
        words.push("Schriftje".to_owned());
    }
    if unread.messages > 0 {
        words.push(match language {
            Language::Nl => format!("{} ongelezen", unread.messages),
            Language::En => format!("{} unread", unread.messages),
        });
    }
    if unread.outbox > 0 {
        words.push(match language {
            Language::Nl => format!("{} nog te versturen", unread.outbox),
            Language::En => format!("{} still to be sent", unread.outbox),
        });
    }
    words.join(" · ")
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
        OPEN => bring_forward(app, None),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tooltip_tells_what_there_is_to_do_and_nothing_else() {
        let of = |messages, outbox| {
            let words = tooltip(Language::Nl, Unread { messages, news: 4, newsletters: 5, outbox });
            words.trim_start_matches("Schriftje").trim_start_matches(" · ").to_owned()
        };
        assert_eq!(of(0, 0), "");
        assert_eq!(of(3, 0), "3 ongelezen");
        assert_eq!(of(1, 2), "1 ongelezen · 2 nog te versturen");
    }
}
