//! The lock of the app.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Whether the app is locked, and how it stands with its PIN.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LockState {
    /// A PIN was chosen on this device.
    pub set: bool,
    /// Nothing is told until it is given.
    pub locked: bool,
    /// The parent lets a fingerprint open it as well, where the system has a reader.
    pub fingerprint: bool,
    /// Until when no PIN is looked at, after too many wrong ones.
    pub blocked_until: Option<DateTime<Utc>>,
}
