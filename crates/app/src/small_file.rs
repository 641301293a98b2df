//! Small files of our own in the data folder, as JSON.

use crate::api::AppError;
use crate::error::data_folder;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::Write;
use std::path::Path;

/// What stands in `file`; `None` when it is not there or cannot be read.
pub(crate) fn read<T: DeserializeOwned>(file: &Path) -> Option<T> {
    let bytes = std::fs::read(file).ok()?;
    let read = serde_json::from_slice(&bytes);
    if read.is_err() {
        tracing::warn!("a small file of ours cannot be read");
    }
    read.ok()
}

/// Writes `value` to `file`, whole or not at all.
pub(crate) fn write(file: &Path, value: &impl Serialize) -> Result<(), AppError> {
    let bytes = serde_json::to_vec_pretty(value)
        .map_err(|_| AppError::internal("a small file cannot be written as JSON"))?;
    let folder = file.parent().unwrap_or(file);
    let write = || -> std::io::Result<()> {
        let mut fresh = tempfile::NamedTempFile::new_in(folder)?;
        fresh.write_all(&bytes)?;
        fresh.as_file().sync_all()?;
        fresh.persist(file).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|error| data_folder(&error))
}
