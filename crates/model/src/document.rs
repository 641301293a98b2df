//! Invoices, annual statements, and contracts and other documents of the administration.

use crate::{Day, DocumentId};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A document of the administration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// Its identity.
    pub id: DocumentId,
    /// What kind it is.
    pub kind: DocumentKind,
    /// Its day.
    pub day: Day,
    /// What the organisation calls it; empty when it gives it no name.
    pub subject: String,
    /// Whether there is a file to open.
    pub has_file: bool,
    /// Whether that file is on this device.
    pub here: bool,
}

/// What kind of document it is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "camelCase")]
pub enum DocumentKind {
    /// "Factuur".
    Invoice,
    /// "Jaaropgave".
    AnnualStatement,
    /// A contract or anything else.
    Other,
}

impl DocumentKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Invoice, Self::AnnualStatement, Self::Other];
}
