//! Dragging photos out of the window, as files with their right dates.
//!
//! It is the originals that are dragged, so they are fetched when the drag begins. Whoever lets go
//! before they are here drags nothing; they lie ready for the next try. They are in a folder of the
//! system's for temporary things, and go a while after the drop, with a sign-out, and at the end.

use schriftje_app::App;
use schriftje_app::api::{AppError, ErrorCode, SaveWhat};
use schriftje_model::PhotoId;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tauri::{AppHandle, Manager};
use tempfile::TempDir;
use tokio::sync::oneshot;

/// How the temporary folders are called.
const PREFIX: &str = "schriftje-drag-";

/// The most photos one drag carries.
const MOST: usize = 100;

/// Whoever was dropped upon reads the files after the drop, at a moment nobody tells us.
const GRACE: Duration = Duration::from_mins(2);

/// What is being dragged, and what lies ready to be.
#[derive(Default)]
pub struct Drags {
    /// Counts presses and releases: a drag is held as long as nothing was counted since.
    turn: AtomicU64,
    ready: Mutex<Option<Ready>>,
}

/// Originals as files, until their folder is dropped.
struct Ready {
    ids: Vec<PhotoId>,
    files: Vec<PathBuf>,
    folder: TempDir,
}

impl Drags {
    fn next_turn(&self) -> u64 {
        self.turn.fetch_add(1, Ordering::SeqCst) + 1
    }

    fn is_turn(&self, turn: u64) -> bool {
        self.turn.load(Ordering::SeqCst) == turn
    }

    /// Takes what lies ready, when it is what is wanted and still there.
    fn take(&self, ids: &[PhotoId]) -> Option<Ready> {
        let ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        (ready.ids == ids && ready.files.iter().all(|file| file.is_file())).then_some(ready)
    }

    fn keep(&self, ready: Ready) {
        *self.ready.lock().unwrap_or_else(PoisonError::into_inner) = Some(ready);
    }
}

/// Saves the photos to a temporary folder and begins to drag them. Answers whether it began: not
/// when the button was let go meanwhile.
pub async fn start_drag(
    window: &AppHandle,
    app: &App,
    ids: Vec<PhotoId>,
) -> Result<bool, AppError> {
    if ids.is_empty() || ids.len() > MOST {
        return Err(AppError::not_found("photo"));
    }
    let turn = window.state::<Drags>().next_turn();
    let ready = match window.state::<Drags>().take(&ids) {
        Some(ready) => ready,
        None => written(app, ids).await?,
    };
    let (told, outcome) = oneshot::channel();
    let handle = window.clone();
    window
        .run_on_main_thread(move || {
            let _ = told.send(if handle.state::<Drags>().is_turn(turn) {
                begin(&handle, ready).map(|()| true)
            } else {
                keep_ready(&handle, ready);
                Ok(false)
            });
        })
        .map_err(|_| failed())?;
    outcome.await.map_err(|_| failed())?
}

/// The button was let go.
pub fn let_go_of_drag(window: &AppHandle) {
    window.state::<Drags>().next_turn();
}

/// Keeps what came too late for the next try, but not for long.
fn keep_ready(window: &AppHandle, ready: Ready) {
    let ids = ready.ids.clone();
    window.state::<Drags>().keep(ready);
    let window = window.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(GRACE).await;
        drop(window.state::<Drags>().take(&ids));
    });
}

/// The drag is over: the files go, once the receiver has had time to read them.
fn let_go_later(folder: TempDir) {
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(GRACE).await;
        drop(folder);
    });
}

/// The photos as files. What may not be saved is not dragged either.
async fn written(app: &App, ids: Vec<PhotoId>) -> Result<Ready, AppError> {
    let folder = tempfile::Builder::new()
        .prefix(&format!("{PREFIX}{}", mark()))
        .tempdir()
        .map_err(|_| AppError::internal("there is no temporary folder"))?;
    let name = folder.path().to_str().ok_or_else(failed)?.to_owned();
    let job = app.save(SaveWhat::Photos { ids: ids.clone() }, Some(name)).await?;
    let job = app.save_done(job.id).await?;
    app.dismiss_save(job.id).await?;
    let files = files(folder.path());
    if files.is_empty() {
        return Err(job.trouble.unwrap_or_else(|| match job.refused.first() {
            Some(refused) => AppError::new(ErrorCode::NotSaveable, "it may not be saved")
                .saying(refused.reason.clone()),
            None => failed(),
        }));
    }
    Ok(Ready { ids, files, folder })
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file() && !hidden(path))
        .collect();
    files.sort();
    files
}

fn hidden(path: &Path) -> bool {
    path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'))
}

/// What follows the pointer.
const UNDER_THE_POINTER: &[u8] = include_bytes!("../../icons/32x32.png");

#[cfg(not(target_os = "linux"))]
fn begin(app: &AppHandle, ready: Ready) -> Result<(), AppError> {
    let Ready { files, folder, .. } = ready;
    let window = app.get_webview_window(crate::window::MAIN).ok_or_else(failed)?;
    let picture = drag::Image::Raw(UNDER_THE_POINTER.to_vec());
    let files = drag::DragItem::Files(files);
    let folder = Mutex::new(Some(folder));
    let over = move |_, _| {
        let folder = folder.lock().unwrap_or_else(PoisonError::into_inner).take();
        folder.map(let_go_later).unwrap_or_default();
    };
    drag::start_drag(&window, files, picture, over, drag::Options::default()).map_err(|_| failed())
}

// The `drag` library lets go of the files when the button is released, and GTK asks for them a
// moment later: nothing would arrive.
#[cfg(target_os = "linux")]
fn begin(app: &AppHandle, ready: Ready) -> Result<(), AppError> {
    use gtk::prelude::{PixbufLoaderExt, WidgetExt};
    use gtk::{gdk, gdk_pixbuf};

    let window = app.get_webview_window(crate::window::MAIN).ok_or_else(failed)?;
    let window = window.gtk_window().map_err(|_| failed())?;
    let files: Vec<String> = ready
        .files
        .into_iter()
        .filter_map(|file| Some(url::Url::from_file_path(file).ok()?.into()))
        .collect();
    let targets = gtk::TargetList::new(&[]);
    targets.add_uri_targets(0);
    let left_button = 1;
    let drag = window
        .drag_begin_with_coordinates(&targets, gdk::DragAction::COPY, left_button, None, -1, -1)
        .ok_or_else(failed)?;
    hand_over(&window, files, ready.folder);

    let loader = gdk_pixbuf::PixbufLoader::new();
    if loader.write(UNDER_THE_POINTER).and_then(|()| loader.close()).is_ok()
        && let Some(picture) = loader.pixbuf()
    {
        use gtk::prelude::DragContextExtManual;
        drag.drag_set_icon_pixbuf(&picture, 0, 0);
    }
    Ok(())
}

/// Gives the files to whoever asks for them, until this drag is over; then their folder goes.
#[cfg(target_os = "linux")]
fn hand_over(window: &gtk::ApplicationWindow, files: Vec<String>, folder: TempDir) {
    use gtk::glib::ObjectExt;
    use gtk::prelude::WidgetExt;
    use std::cell::Cell;
    use std::rc::Rc;

    let files_asked = window.connect_drag_data_get(move |_, _, answer, _, _| {
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        answer.set_uris(&files);
    });
    let handlers = Rc::new(Cell::new((Some(files_asked), None)));
    let both = handlers.clone();
    let folder = Cell::new(Some(folder));
    let over = window.connect_drag_end(move |window, _| {
        let (asked, over) = both.take();
        for handler in [asked, over].into_iter().flatten() {
            window.disconnect(handler);
        }
        if let Some(folder) = folder.take() {
            let_go_later(folder);
        }
    });
    let (asked, _) = handlers.take();
    handlers.set((asked, Some(over)));
}

fn failed() -> AppError {
    AppError::internal("the drag did not begin")
}

/// Whether a folder holds what is being dragged.
pub fn is_dragged(folder: &str) -> bool {
    let name = Path::new(folder).file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.starts_with(PREFIX))
}

/// Removes what was dragged, and what an earlier run left that ended badly.
pub fn remove_dragged() {
    for entry in fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(owner) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)) else {
            continue;
        };
        // Another window of ours may be dragging just now.
        if owner.starts_with(&mark()) || is_old(&entry) {
            // Another user's folder of that name is not ours to remove, and the system says so.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// What tells this process's folders from another's.
fn mark() -> String {
    format!("{}-", std::process::id())
}

fn is_old(entry: &fs::DirEntry) -> bool {
    const DAY: Duration = Duration::from_hours(24);
    let modified = entry.metadata().and_then(|metadata| metadata.modified());
    modified.is_ok_and(|time| time.elapsed().is_ok_and(|age| age > DAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready(ids: &[&str]) -> Ready {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("2026-03-14 Noortje 01.jpg");
        fs::write(&file, "photo").unwrap();
        Ready { ids: ids.iter().map(|&id| id.into()).collect(), files: vec![file], folder }
    }

    #[test]
    fn whoever_lets_go_before_the_photo_is_here_drags_nothing() {
        let drags = Drags::default();
        let turn = drags.next_turn();
        assert!(drags.is_turn(turn));
        drags.next_turn();
        assert!(!drags.is_turn(turn));
    }

    #[test]
    fn what_came_too_late_is_dragged_at_once_the_next_time_and_leaves_no_file() {
        let drags = Drags::default();
        let late = ready(&["a"]);
        let folder = late.folder.path().to_owned();
        drags.keep(late);
        let again = drags.take(&["a".into()]).unwrap();
        assert!(again.files[0].is_file());
        drop(again);
        assert!(!folder.exists());

        // Another photo is wanted: what lay ready goes.
        let late = ready(&["a"]);
        let folder = late.folder.path().to_owned();
        drags.keep(late);
        assert!(drags.take(&["b".into()]).is_none());
        assert!(!folder.exists());

        // A sign-out removed it.
        let late = ready(&["a"]);
        fs::remove_dir_all(late.folder.path()).unwrap();
        drags.keep(late);
        assert!(drags.take(&["a".into()]).is_none());
    }
}
