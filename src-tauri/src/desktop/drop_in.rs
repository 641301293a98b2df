//! Files dragged into the window, from the system's own events. What we drag out ourselves and lay
//! down again is none.

use super::is_dragged;
use crate::dropped::{DropPhase, Dropped, LastDrop};
use std::path::PathBuf;
use tauri::{AppHandle, DragDropEvent, Manager};
use tauri_specta::Event;

/// Something is dragged.
pub fn dragged(app: &AppHandle, event: &DragDropEvent) {
    let (phase, files) = match event {
        DragDropEvent::Enter { paths, .. } => (DropPhase::Over, foreign(paths)),
        DragDropEvent::Drop { paths, .. } => (DropPhase::Dropped, foreign(paths)),
        DragDropEvent::Leave => (DropPhase::Left, Vec::new()),
        // The pointer moved; nothing else did.
        _ => return,
    };
    if phase != DropPhase::Left && files.is_empty() {
        return;
    }
    let count = u32::try_from(files.len()).unwrap_or(u32::MAX);
    if phase == DropPhase::Dropped {
        app.state::<LastDrop>().keep(files);
    }
    if let Err(error) = (Dropped { phase, files: count }).emit(app) {
        tracing::warn!("a drop did not reach the window: {error}");
    }
}

fn foreign(paths: &[PathBuf]) -> Vec<PathBuf> {
    let ours =
        |path: &PathBuf| path.parent().and_then(|folder| folder.to_str()).is_some_and(is_dragged);
    paths.iter().filter(|path| !ours(path)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_we_drag_ourselves_is_not_taken_for_something_new() {
        let ours = PathBuf::from("/tmp/schriftje-drag-1-2-abc/2026-03-14 Noortje 01.jpg");
        let theirs = PathBuf::from("/home/pim/Foto's/vakantie.jpg");
        assert_eq!(foreign(&[ours, theirs.clone()]), [theirs]);
    }
}
