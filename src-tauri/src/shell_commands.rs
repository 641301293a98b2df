//! Commands that need the window or the system around it.

use crate::bench;
use crate::dropped::LastDrop;
use crate::host::Host;
use crate::opened::Opening;
use crate::options::Options;
use crate::{language, links};
use schriftje_app::api::{Added, AppError, ErrorCode, ExportedCalendar, Language, OpenWhat};
use schriftje_model::{Day, DraftPlace, PhotoId};
use std::path::Path;
use std::sync::Arc;
use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt;

type Shared<'a> = State<'a, Arc<Host>>;

/// Lets the parent choose a folder in the system's own dialog; `None` when they did not.
#[tauri::command]
#[specta::specta]
pub async fn pick_folder(window: AppHandle) -> Result<Option<String>, AppError> {
    #[cfg(desktop)]
    return Ok(crate::desktop::pick_folder(&window).await);
    #[cfg(mobile)]
    Err(only_on_a_desktop(&window))
}

/// Lets the parent choose a file in the system's own dialog and writes the planning to it as a
/// calendar; `None` when they did not.
#[tauri::command]
#[specta::specta]
pub async fn export_calendar(
    window: AppHandle,
    host: Shared<'_>,
    from: Option<Day>,
    until: Option<Day>,
) -> Result<Option<ExportedCalendar>, AppError> {
    let app = host.app().await?;
    #[cfg(desktop)]
    {
        let file =
            crate::desktop::pick_calendar_file(&window, language::resolve(&app.settings())).await;
        match file {
            Some(file) => app.export_calendar(file, from, until).await.map(Some),
            None => Ok(None),
        }
    }
    #[cfg(mobile)]
    {
        let _ = (app, from, until);
        Err(only_on_a_desktop(&window))
    }
}

/// Lets the parent choose a file in the system's own dialog and writes what helps to find a fault
/// to it; answers the file, `None` when they did not choose one.
#[tauri::command]
#[specta::specta]
pub async fn save_diagnostics(
    window: AppHandle,
    host: Shared<'_>,
) -> Result<Option<String>, AppError> {
    let app = host.app().await?;
    #[cfg(desktop)]
    {
        let language = language::resolve(&app.settings());
        match crate::desktop::pick_diagnostics_file(&window, language).await {
            Some(file) => app.save_diagnostics(file).await.map(Some),
            None => Ok(None),
        }
    }
    #[cfg(mobile)]
    Err(only_on_a_desktop((&window, app)))
}

/// Lets the parent choose photos and videos in the system's own dialog and adds them to a draft;
/// `None` when they did not.
#[tauri::command]
#[specta::specta]
pub async fn pick_pictures(
    window: AppHandle,
    host: Shared<'_>,
    place: DraftPlace,
) -> Result<Option<Added>, AppError> {
    let app = host.app().await?;
    #[cfg(desktop)]
    {
        let files =
            crate::desktop::pick_pictures(&window, language::resolve(&app.settings())).await;
        if files.is_empty() {
            return Ok(None);
        }
        app.add_files(place, files).await.map(Some)
    }
    #[cfg(mobile)]
    Err(only_on_a_desktop((&window, app, place)))
}

/// Adds the files to a draft that were let go on the window last.
#[tauri::command]
#[specta::specta]
pub async fn add_dropped(
    dropped: State<'_, LastDrop>,
    host: Shared<'_>,
    place: DraftPlace,
) -> Result<Added, AppError> {
    let files = dropped.take();
    if files.is_empty() {
        return Err(AppError::not_found("dropped file"));
    }
    host.app().await?.add_files(place, files).await
}

/// What a click on a notification asked for before the interface could hear it. From then on clicks
/// are told with `Opened`: listen first, then ask.
#[tauri::command]
#[specta::specta]
pub async fn take_opened(opening: State<'_, Opening>) -> Result<Option<OpenWhat>, AppError> {
    Ok(opening.take())
}

/// Opens a folder photos were saved to in the system's file manager. No other folder.
#[tauri::command]
#[specta::specta]
pub async fn open_folder(
    window: AppHandle,
    host: Shared<'_>,
    path: String,
) -> Result<(), AppError> {
    let app = host.app().await?;
    let overview = app.overview().await?;
    let ours = overview.default_folder == path
        || overview.settings.folder.as_deref() == Some(&path)
        || app.saves().await?.iter().any(|job| job.folder == path);
    if !ours || !Path::new(&path).is_dir() {
        return Err(AppError::not_found("folder"));
    }
    window
        .opener()
        .open_path(path, None::<&str>)
        .map_err(|error| AppError::internal(format!("the folder did not open: {}", kind(&error))))
}

/// Opens a link outside the app: `https`, `mailto`, or a portal of ours.
#[tauri::command]
#[specta::specta]
pub async fn open_link(window: AppHandle, host: Shared<'_>, url: String) -> Result<(), AppError> {
    let url = links::allowed(&url, &host.portals().await?)
        .ok_or_else(|| AppError::new(ErrorCode::AddressInvalid, "that link may not be opened"))?;
    window
        .opener()
        .open_url(url.as_str(), None::<&str>)
        .map_err(|error| AppError::internal(format!("the link did not open: {}", kind(&error))))
}

/// Puts a photo on the clipboard: the original, or without a network the medium size.
#[tauri::command]
#[specta::specta]
pub async fn copy_image(window: AppHandle, host: Shared<'_>, id: PhotoId) -> Result<(), AppError> {
    let app = host.app().await?;
    #[cfg(desktop)]
    return crate::desktop::copy_image(&window, &app, id).await;
    #[cfg(mobile)]
    Err(only_on_a_desktop((&window, app, id)))
}

/// Puts words on the clipboard. A web view may refuse to.
#[tauri::command]
#[specta::specta]
pub async fn copy_text(window: AppHandle, text: String) -> Result<(), AppError> {
    #[cfg(desktop)]
    return crate::desktop::copy_text(&window, text).await;
    #[cfg(mobile)]
    Err(only_on_a_desktop((&window, text)))
}

/// Begins to drag photos out of the window, as files with their right dates. Answers whether it
/// began: when the button was let go before the originals were here it does not, and they lie
/// ready for a while for the next try.
#[tauri::command]
#[specta::specta]
pub async fn start_drag(
    window: AppHandle,
    host: Shared<'_>,
    ids: Vec<PhotoId>,
) -> Result<bool, AppError> {
    let app = host.app().await?;
    #[cfg(desktop)]
    return crate::desktop::start_drag(&window, &app, ids).await;
    #[cfg(mobile)]
    Err(only_on_a_desktop((&window, app, ids)))
}

/// The button was let go: what is not being dragged yet is not to be.
#[tauri::command]
#[specta::specta]
pub async fn let_go_of_drag(window: AppHandle) -> Result<(), AppError> {
    #[cfg(desktop)]
    crate::desktop::let_go_of_drag(&window);
    #[cfg(mobile)]
    let _ = window;
    Ok(())
}

/// The language to speak: what was chosen, else the system's.
#[tauri::command]
#[specta::specta]
pub async fn resolve_language(host: Shared<'_>) -> Result<Language, AppError> {
    Ok(language::resolve(&host.app_also_locked().await?.settings()))
}

/// The portal address to offer on the sign-in screen, when the program was started with one.
#[tauri::command]
#[specta::specta]
pub async fn suggested_portal(options: State<'_, Options>) -> Result<Option<String>, AppError> {
    Ok(options.portal.clone())
}

/// Ends the app.
#[tauri::command]
#[specta::specta]
pub async fn quit(window: AppHandle) -> Result<(), AppError> {
    window.exit(0);
    Ok(())
}

/// Says on standard output that a moment was reached, when the app is being measured.
#[tauri::command]
#[specta::specta]
pub async fn bench_mark(name: String) -> Result<(), AppError> {
    bench::mark(&name);
    Ok(())
}

/// The kind of trouble alone: its text may hold a path, and a path a child's name.
pub fn kind(error: &tauri_plugin_opener::Error) -> String {
    match error {
        tauri_plugin_opener::Error::Io(error) => error.kind().to_string(),
        _ => "refused".to_owned(),
    }
}

#[cfg(mobile)]
fn only_on_a_desktop<T>(_: T) -> AppError {
    AppError::internal("only on a desktop")
}
