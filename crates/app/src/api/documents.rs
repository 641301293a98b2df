//! "Documenten": invoices, annual statements, contracts and other documents.

use super::AppError;
use chrono::{DateTime, Utc};
use schriftje_model::Document;
use serde::{Deserialize, Serialize};
use specta::Type;

/// The documents that are known, and how fresh they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Documents {
    /// Newest first.
    pub documents: Vec<Document>,
    /// When the newest were last read without trouble; `None` before the first time.
    pub fresh_at: Option<DateTime<Utc>>,
    /// Whether they are being read.
    pub busy: bool,
    /// Why they could not be read since.
    pub trouble: Option<AppError>,
}
