//! What to send along when something is wrong, as a file.

use crate::App;
use crate::api::{AppError, ErrorCode};
use crate::calendar::put;
use crate::error::save_folder;
use std::path::PathBuf;

impl App {
    /// Writes [`App::diagnostics`] to a text file, whole or not at all; answers the file, as text
    /// for the eye.
    pub async fn save_diagnostics(&self, to: PathBuf) -> Result<String, AppError> {
        if !to.is_absolute() {
            return Err(AppError::new(ErrorCode::FolderNotWritable, "not the path of a file"));
        }
        let text = self.diagnostics().await?;
        let file = to.display().to_string();
        let written = tokio::task::spawn_blocking(move || put(&to, &text)).await;
        written
            .map_err(|_| AppError::internal("writing the diagnostics was cut short"))?
            .map_err(|error| save_folder(&error))?;
        Ok(file)
    }
}
