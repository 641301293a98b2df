//! Newsletters of the organisation.

use crate::NewsletterId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A newsletter as it stands in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Newsletter {
    /// Its identity at the portal.
    pub id: NewsletterId,
    /// What it is about; empty when the portal gives nothing.
    pub subject: String,
    /// Its beginning, without mark-up.
    pub snippet: String,
    /// When it was sent.
    pub sent: DateTime<Utc>,
    /// Whether this parent has read it neither here nor at the portal.
    pub unread: bool,
    /// Whether all of it has been read from the portal, so that it is here offline.
    pub read_here: bool,
}
