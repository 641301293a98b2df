//! Settings of this device, in a small file of their own. Nothing private stands in it.

use crate::api::{AppError, Settings};
use crate::error::data_folder;
use std::io::Write;
use std::path::Path;

const FILE: &str = "settings.json";

/// Reads the settings; what is missing or unreadable is as it is by default.
pub(crate) fn read(data_dir: &Path) -> Settings {
    let Ok(bytes) = std::fs::read(data_dir.join(FILE)) else { return Settings::default() };
    let read: Settings = serde_json::from_slice(&bytes).unwrap_or_else(|_| {
        tracing::warn!("the settings file cannot be read; the defaults hold");
        Settings::default()
    });
    read.bounded()
}

/// Writes the settings, whole or not at all.
pub(crate) fn write(data_dir: &Path, settings: &Settings) -> Result<(), AppError> {
    let bytes = serde_json::to_vec_pretty(settings)
        .map_err(|_| AppError::internal("the settings cannot be written as JSON"))?;
    let write = || -> std::io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(data_dir)?;
        file.write_all(&bytes)?;
        file.as_file().sync_all()?;
        file.persist(data_dir.join(FILE)).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|error| data_folder(&error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Language, Theme};

    #[test]
    fn settings_survive_a_restart_and_a_damaged_file() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(read(dir.path()), Settings::default());
        let settings = Settings {
            language: Some(Language::En),
            theme: Theme::Dark,
            text_size: 130,
            ..Settings::default()
        };
        write(dir.path(), &settings).unwrap();
        assert_eq!(read(dir.path()), settings);
        std::fs::write(dir.path().join(FILE), b"{\"language\":").unwrap();
        assert_eq!(read(dir.path()), Settings::default());
        // A field from another version is no trouble.
        std::fs::write(dir.path().join(FILE), b"{\"autostart\":true,\"later\":1}").unwrap();
        assert!(read(dir.path()).autostart);
        // A number that makes no sense is brought back to one that does.
        let numbers = b"{\"textSize\":65000,\"offlineGigabytes\":0}";
        std::fs::write(dir.path().join(FILE), numbers).unwrap();
        let bounded = read(dir.path());
        assert_eq!((bounded.text_size, bounded.offline_gigabytes), (200, 1));
    }
}
