//! What the portal tells of the place and the family, and what of it is changed.

use super::AppError;
use chrono::{DateTime, Utc};
use schriftje_model::{DetailField, Fact};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A piece, and how fresh it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FactAnswer {
    /// What it says; nothing while it was never read.
    pub fact: Option<Fact>,
    /// When it was read last.
    pub fresh_at: Option<DateTime<Utc>>,
    /// Whether the portal tells it at all; nothing while that is not known.
    pub offered: Option<bool>,
    /// Why it could not be read since.
    pub trouble: Option<AppError>,
}

/// One of the parent's own details as it is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DetailChange {
    /// Which.
    pub field: DetailField,
    /// What it is to say; empty empties it.
    pub value: String,
}

/// How good a new password would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PasswordStrength {
    /// 0, guessed at once, to 4, hard to guess.
    pub score: u8,
}
