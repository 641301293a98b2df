//! Files dragged over the window. Their paths stay here; the interface only hears that there are
//! some.

use serde::{Deserialize, Serialize};
use specta::Type;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use tauri_specta::Event;

/// Files are dragged over the window, or were let go on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct Dropped {
    /// What happens.
    pub phase: DropPhase,
    /// How many files.
    pub files: u32,
}

/// What happens to files that are dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum DropPhase {
    /// They are over the window.
    Over,
    /// They have left it.
    Left,
    /// They were let go on it: `add_dropped` takes them.
    Dropped,
}

/// The files of the last drop.
#[derive(Default)]
pub struct LastDrop(Mutex<Vec<PathBuf>>);

impl LastDrop {
    /// Takes them; a drop is taken once.
    pub fn take(&self) -> Vec<PathBuf> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// These were let go on the window, in place of what was before.
    #[cfg(desktop)]
    pub fn keep(&self, files: Vec<PathBuf>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = files;
    }
}
