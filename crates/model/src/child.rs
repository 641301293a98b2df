//! A child of this parent.

use crate::{ChildId, Day, MediaId};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A child of this parent, attending or no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Child {
    /// Its identity at the portal.
    pub id: ChildId,
    /// What it is called: the first name, else the first word of the full name.
    pub first_name: String,
    /// The full name as the portal writes it.
    pub full_name: String,
    /// Whether the portal lists it among the active children.
    pub attends: bool,
    /// The groups it has a place in.
    pub groups: Vec<String>,
    /// Its birthday, where the portal gives one.
    pub date_of_birth: Option<Day>,
    /// Its picture, where there is one.
    pub avatar: Option<MediaId>,
}
