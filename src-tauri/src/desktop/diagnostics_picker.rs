//! The system's dialog for where diagnostics are written, behind a port: a test has no hands to
//! use it with.

use async_trait::async_trait;
use schriftje_app::api::Language;
use std::path::PathBuf;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;

/// Lets somebody choose where to write diagnostics.
#[async_trait]
trait DiagnosticsPicker: Send + Sync {
    /// The file; `None` when nothing was chosen.
    async fn pick(&self) -> Option<PathBuf>;
}

/// The system's own dialog.
struct SystemDialog {
    app: AppHandle,
    language: Language,
}

#[async_trait]
impl DiagnosticsPicker for SystemDialog {
    async fn pick(&self) -> Option<PathBuf> {
        let (chosen, choice) = oneshot::channel();
        let (kind, name) = match self.language {
            Language::Nl => ("Tekst", "schriftje-gegevens-voor-hulp.txt"),
            Language::En => ("Text", "schriftje-details-for-help.txt"),
        };
        let mut dialog = self.app.dialog().file().add_filter(kind, &["txt"]).set_file_name(name);
        if let Some(window) = self.app.get_webview_window(crate::window::MAIN) {
            dialog = dialog.set_parent(&window);
        }
        dialog.save_file(move |file| {
            let _ = chosen.send(file);
        });
        choice.await.ok().flatten().and_then(|file| file.into_path().ok())
    }
}

/// Somebody who always chooses the same (debug builds, for tests of the whole window).
#[cfg(debug_assertions)]
struct Always(PathBuf);

#[cfg(debug_assertions)]
#[async_trait]
impl DiagnosticsPicker for Always {
    async fn pick(&self) -> Option<PathBuf> {
        Some(self.0.clone())
    }
}

/// The file the parent chooses for diagnostics.
pub async fn pick_diagnostics_file(app: &AppHandle, language: Language) -> Option<PathBuf> {
    picker(app, language).pick().await
}

fn picker(app: &AppHandle, language: Language) -> Box<dyn DiagnosticsPicker> {
    #[cfg(debug_assertions)]
    if let Some(file) = std::env::var_os("SCHRIFTJE_TEST_DIAGNOSTICS") {
        return Box::new(Always(file.into()));
    }
    Box::new(SystemDialog { app: app.clone(), language })
}
