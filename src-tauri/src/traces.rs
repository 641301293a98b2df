//! What the shell itself leaves in the data folder, and how it goes when nobody is signed in.

use crate::host::Host;
use crate::log_file::LogFile;
use crate::window;
use schriftje_app::App;
use schriftje_app::api::{AppError, ErrorCode, Settings};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::{AppHandle, Manager};

/// The app's file with the settings of this device.
const SETTINGS: &str = "settings.json";

/// What the shell keeps, and where.
pub struct Traces {
    /// The data folder.
    pub data_dir: PathBuf,
    /// The log.
    pub log: LogFile,
}

impl Traces {
    /// Removes all of it. What is in use just now goes at [`Self::remove_at_exit`].
    fn remove(&self) {
        self.log.remove();
        #[cfg(desktop)]
        crate::desktop::remove_dragged();
    }

    /// Removes what a closed window has let go of: the web view's data always, and when nobody is
    /// signed in the rest, down to the data folder itself when that is empty. What the parent chose
    /// in the settings stays.
    fn remove_at_exit(&self, window: &AppHandle, somebody: bool, chosen: bool) {
        remove_folder(&self.data_dir.join(window::WEB_VIEW));
        #[cfg(desktop)]
        crate::desktop::remove_dragged();
        if !somebody {
            #[cfg(desktop)]
            let _ = fs::remove_file(self.data_dir.join(crate::desktop::WINDOW_STATE));
            if !chosen {
                let _ = fs::remove_file(self.data_dir.join(SETTINGS));
            }
            self.log.remove();
            // Only an empty folder goes.
            let _ = fs::remove_dir(&self.data_dir);
            // Tauri makes this one and we keep nothing in it.
            if let Ok(folder) = window.path().app_config_dir() {
                let _ = fs::remove_dir(folder);
            }
        }
    }
}

/// After a sign-out that ended so: when that was the last account, what the shell kept goes too.
pub async fn after_sign_out(
    window: &AppHandle,
    app: &App,
    out: Result<(), AppError>,
) -> Result<(), AppError> {
    // With its key alone left behind, an account is gone all the same.
    if out.as_ref().is_err_and(|error| error.code != ErrorCode::KeyLeft) {
        return out;
    }
    remove_if_nobody_is_left(window, app).await?;
    out
}

async fn remove_if_nobody_is_left(window: &AppHandle, app: &App) -> Result<(), AppError> {
    // What was dragged is not told apart by account; none of it is needed any more.
    #[cfg(desktop)]
    crate::desktop::remove_dragged();
    if !app.overview().await?.accounts.is_empty() {
        return Ok(());
    }
    for window in window.webview_windows().values() {
        if let Err(error) = window.clear_all_browsing_data() {
            tracing::warn!("the web view kept its data: {error}");
        }
    }
    if let Some(traces) = window.try_state::<Traces>() {
        traces.remove();
    }
    Ok(())
}

/// The last steps before the process ends.
pub fn end(window: &AppHandle) {
    let Some(app) = window.state::<Arc<Host>>().running() else { return };
    let overview = tauri::async_runtime::block_on(async {
        let overview = app.overview().await;
        app.shutdown().await;
        overview
    });
    let (Ok(overview), Some(traces)) = (overview, window.try_state::<Traces>()) else { return };
    // What was explained is no choice.
    let settings = Settings { tray_explained: false, ..overview.settings };
    let chosen = settings != Settings::default();
    traces.remove_at_exit(window, !overview.accounts.is_empty(), chosen);
}

/// Removes a folder with all that is in it, when it is there.
pub fn remove_folder(folder: &Path) {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            tracing::warn!("a folder of the window stays: {}", error.kind());
        }
        _ => {}
    }
}
