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
    /// Stronger contrast, also where the system does not ask for it.
    pub contrast: bool,
    /// What photos kept for offline may take, for each account, in gigabytes: 1 to 100.
    pub offline_gigabytes: u16,
    /// Read older things and fetch photos ahead on a metered network as well.
    pub all_on_metered: bool,
    /// After how long without the parent the app locks itself, where it has a PIN, in minutes: 1 to
    /// 60.
    pub lock_after: u16,
    /// A fingerprint opens the app as well as its PIN, where the system has a reader.
    pub fingerprint: bool,
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
            contrast: false,
            offline_gigabytes: 5,
            all_on_metered: false,
            lock_after: 5,
            fingerprint: false,
            autostart: false,
            tray_explained: false,
            notifications: NotificationSettings::default(),
        }
    }
}

impl Settings {
    /// The same with every number inside its bounds, whatever a file or the interface says.
    #[must_use]
    pub fn bounded(mut self) -> Self {
        self.text_size = self.text_size.clamp(100, 200);
        self.offline_gigabytes = self.offline_gigabytes.clamp(1, 100);
        self.lock_after = self.lock_after.clamp(1, 60);
        self
    }

    /// What photos kept for offline may take, for each account, in bytes.
    pub fn offline_bytes(&self) -> u64 {
        u64::from(self.offline_gigabytes) * 1_000_000_000
    }
}

/// Whether the network is one on which every byte costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Metered {
    /// The system does not say; taken as not metered.
    #[default]
    Unknown,
    /// It is not.
    No,
    /// It is.
    Yes,
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
