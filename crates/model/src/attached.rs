//! Files that come with a news item or a page.

use crate::{ArticleId, MediaId};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A file that comes with something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AttachedFile {
    /// Which.
    pub id: MediaId,
    /// Its name as it was given, on one line.
    pub name: String,
    /// How large it is said to be, in bytes.
    pub bytes: u32,
}

/// How many files come with a news item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AttachedCount {
    /// Which.
    pub id: ArticleId,
    /// How many.
    pub files: u32,
}
