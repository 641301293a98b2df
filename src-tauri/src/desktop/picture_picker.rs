//! The system's dialog for photos and videos, behind a port: a test has no hands to use it with.

use async_trait::async_trait;
use schriftje_app::api::Language;
use std::path::PathBuf;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;

/// The names of the kinds the app reads. What a file really holds is for the app to find out.
const EXTENSIONS: [&str; 11] =
    ["jpg", "jpeg", "png", "heic", "heif", "webp", "gif", "mp4", "mov", "m4v", "3gp"];

/// Lets somebody choose photos and videos.
#[async_trait]
trait PicturePicker: Send + Sync {
    /// The files; none when nothing was chosen.
    async fn pick(&self) -> Vec<PathBuf>;
}

/// The system's own dialog.
struct SystemDialog {
    app: AppHandle,
    language: Language,
}

#[async_trait]
impl PicturePicker for SystemDialog {
    async fn pick(&self) -> Vec<PathBuf> {
        let (chosen, choice) = oneshot::channel();
        let (pictures, everything) = match self.language {
            Language::Nl => ("Foto's en video's", "Alle bestanden"),
            Language::En => ("Photos and videos", "All files"),
        };
        // A camera writes .JPG, and some dialogs tell large letters from small ones.
        let large: Vec<String> = EXTENSIONS.iter().map(|name| name.to_uppercase()).collect();
        let names: Vec<&str> =
            EXTENSIONS.into_iter().chain(large.iter().map(String::as_str)).collect();
        let mut dialog =
            self.app.dialog().file().add_filter(pictures, &names).add_filter(everything, &["*"]);
        if let Some(window) = self.app.get_webview_window(crate::window::MAIN) {
            dialog = dialog.set_parent(&window);
        }
        dialog.pick_files(move |files| {
            let _ = chosen.send(files);
        });
        let files = choice.await.ok().flatten().unwrap_or_default();
        files.into_iter().filter_map(|file| file.into_path().ok()).collect()
    }
}

/// Somebody who always chooses the same (debug builds, for tests of the whole window).
#[cfg(debug_assertions)]
struct Always(Vec<PathBuf>);

#[cfg(debug_assertions)]
#[async_trait]
impl PicturePicker for Always {
    async fn pick(&self) -> Vec<PathBuf> {
        self.0.clone()
    }
}

/// The photos and videos the parent chooses.
pub async fn pick_pictures(app: &AppHandle, language: Language) -> Vec<PathBuf> {
    picker(app, language).pick().await
}

fn picker(app: &AppHandle, language: Language) -> Box<dyn PicturePicker> {
    #[cfg(debug_assertions)]
    if let Some(files) = std::env::var_os("SCHRIFTJE_TEST_PICTURES") {
        return Box::new(Always(std::env::split_paths(&files).collect()));
    }
    Box::new(SystemDialog { app: app.clone(), language })
}
