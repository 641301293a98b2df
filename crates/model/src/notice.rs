//! What the organisation tells a parent of, and in which way.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What the portal tells a parent of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PortalNotices {
    /// Where its e-mails go; empty when unknown.
    pub email: String,
    /// What it can tell of.
    pub items: Vec<PortalNotice>,
    /// What a change has to name.
    pub etag: String,
}

/// Something the portal can tell of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PortalNotice {
    /// Its name for programs, such as `photos`.
    pub id: String,
    /// Its name for parents, in Dutch.
    pub name: String,
    /// Whether it comes by e-mail; nothing where the organisation does not offer that.
    pub email: Option<bool>,
    /// Whether apps raise a notification; nothing where the organisation does not offer that.
    pub push: Option<bool>,
}
