//! Settings of this device.

use super::NotificationSettings;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Settings of this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// The language of the interface; `None` follows the system (Dutch unless it says English).
    pub language: Option<Language>,
    /// The folder photos are saved to; `None` is the picture folder / Schriftje.
    pub folder: Option<String>,
    /// Light or dark.
    pub theme: Theme,
    /// How large text is, in percent of the usual: 100 to 200.
    pub text_size: u16,
    /// Start with the system.
    pub autostart: bool,
    /// The tray was explained once.
    pub tray_explained: bool,
    /// Which notifications to raise.
    pub notifications: NotificationSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            folder: None,
            theme: Theme::System,
            text_size: 100,
            autostart: false,
            tray_explained: false,
            notifications: NotificationSettings::default(),
        }
    }
}

/// Whether the interface is light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As the system is.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Language {
    /// Dutch.
    Nl,
    /// English.
    En,
}
