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

/// What the bytes of a document's file say it is. Nothing else is ever opened or saved, whatever
/// it calls itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentFormat {
    /// A PDF.
    Pdf,
    /// A scan.
    Jpeg,
    /// A scan.
    Png,
}

impl DocumentFormat {
    /// So many bytes are enough to tell.
    pub const HEAD: usize = 8;

    /// What a file is that begins with `head`; `None` when it is nothing that may be opened.
    pub fn of(head: &[u8]) -> Option<Self> {
        match head {
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            _ => None,
        }
    }

    /// How the name of such a file ends, without a dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bytes_tell_what_a_file_is() {
        assert_eq!(DocumentFormat::of(b"%PDF-1.7\n"), Some(DocumentFormat::Pdf));
        for other in [&b"MZ\x90\0%PDF-"[..], b"#!/bin/sh", b"<html>", b"PK\x03\x04", b"%PDF", b""] {
            assert_eq!(DocumentFormat::of(other), None);
        }
    }
}
