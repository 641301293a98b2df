//! What a click on a notification asks to be shown.

use schriftje_app::api::OpenWhat;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tauri::{AppHandle, Manager};
use tauri_specta::Event;

/// Show this: a notification was clicked.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub struct Opened {
    /// What.
    pub what: OpenWhat,
}

/// Holds what is to be shown while the interface cannot hear it.
#[derive(Default)]
pub struct Opening(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    heard: bool,
    what: Option<OpenWhat>,
}

impl Opening {
    /// The interface listens from now on. What it missed.
    pub fn take(&self) -> Option<OpenWhat> {
        let mut waiting = self.waiting();
        waiting.heard = true;
        waiting.what.take()
    }

    /// A page is loaded anew: nobody listens until it says so.
    pub fn unheard(&self) {
        self.waiting().heard = false;
    }

    /// This is to be shown. Gives it back when the interface can be told; only the last one waits.
    fn ask(&self, what: OpenWhat) -> Option<OpenWhat> {
        let mut waiting = self.waiting();
        if waiting.heard {
            return Some(what);
        }
        waiting.what = Some(what);
        None
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets the interface show this, now or as soon as it listens.
pub fn open(app: &AppHandle, what: OpenWhat) {
    let Some(what) = app.state::<Opening>().ask(what) else { return };
    if let Err(error) = (Opened { what }).emit(app) {
        tracing::warn!("what was clicked did not reach the window: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(id: &str) -> OpenWhat {
        OpenWhat::Card { account: "a".into(), id: id.into() }
    }

    #[test]
    fn what_was_clicked_before_anybody_listens_waits_and_is_taken_once() {
        let opening = Opening::default();
        assert_eq!(opening.ask(card("1")), None);
        assert_eq!(opening.ask(card("2")), None);
        assert_eq!(opening.take(), Some(card("2")));
        assert_eq!(opening.take(), None);
    }

    #[test]
    fn whoever_listens_is_told_at_once_until_the_page_is_loaded_anew() {
        let opening = Opening::default();
        opening.take();
        assert_eq!(opening.ask(card("1")), Some(card("1")));
        assert_eq!(opening.take(), None);
        opening.unheard();
        assert_eq!(opening.ask(card("1")), None);
        assert_eq!(opening.take(), Some(card("1")));
    }
}
