//! The system's folder dialog, behind a port: a test has no hands to use it with.

use async_trait::async_trait;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;

/// Lets somebody choose a folder.
#[async_trait]
trait FolderPicker: Send + Sync {
    /// The folder, as text; `None` when none was chosen.
    async fn pick(&self) -> Option<String>;
}

/// The system's own dialog.
struct SystemDialog(AppHandle);

#[async_trait]
impl FolderPicker for SystemDialog {
    async fn pick(&self) -> Option<String> {
        let (chosen, choice) = oneshot::channel();
        let mut dialog = self.0.dialog().file().set_can_create_directories(true);
        if let Some(window) = self.0.get_webview_window(crate::window::MAIN) {
            dialog = dialog.set_parent(&window);
        }
        dialog.pick_folder(move |folder| {
            let _ = chosen.send(folder);
        });
        let folder = choice.await.ok()??.into_path().ok()?;
        folder.into_os_string().into_string().ok()
    }
}

/// Somebody who always chooses the same (debug builds, for tests of the whole window).
#[cfg(debug_assertions)]
struct Always(String);

#[cfg(debug_assertions)]
#[async_trait]
impl FolderPicker for Always {
    async fn pick(&self) -> Option<String> {
        Some(self.0.clone())
    }
}

/// The folder the parent chooses.
pub async fn pick_folder(app: &AppHandle) -> Option<String> {
    picker(app).pick().await
}

fn picker(app: &AppHandle) -> Box<dyn FolderPicker> {
    #[cfg(debug_assertions)]
    if let Ok(folder) = std::env::var("SCHRIFTJE_TEST_FOLDER") {
        return Box::new(Always(folder));
    }
    Box::new(SystemDialog(app.clone()))
}
