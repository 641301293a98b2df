//! Settings of this device, in a small file of their own. Nothing private stands in it.

use crate::api::{AppError, Settings};
use crate::small_file;
use std::path::Path;

const FILE: &str = "settings.json";

/// Reads the settings; what is missing or unreadable is as it is by default.
pub(crate) fn read(data_dir: &Path) -> Settings {
    small_file::read::<Settings>(&data_dir.join(FILE)).unwrap_or_default().bounded()
}

/// Writes the settings, whole or not at all.
pub(crate) fn write(data_dir: &Path, settings: &Settings) -> Result<(), AppError> {
    small_file::write(&data_dir.join(FILE), settings)
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
