//! Where the children go: the organisation, its locations and groups, who works there, and the pages
//! the organisation writes for parents.

use crate::{AttachedFile, ChildId, MediaId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// The organisation, and the locations of the children that have not left.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Places {
    /// Its name; empty when the portal gives none.
    pub name: String,
    /// How to reach the organisation itself.
    pub contact: Contact,
    /// Its locations.
    pub locations: Vec<CareLocation>,
}

/// How to reach somebody.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// A telephone number as it is written: there may be two, and words around them.
    pub phone: Option<String>,
    /// An e-mail address, in the same way.
    pub email: Option<String>,
    /// A page, by https.
    pub website: Option<String>,
}

/// A location.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CareLocation {
    /// Its name.
    pub name: String,
    /// Street and number; empty when unknown.
    pub street: String,
    /// Postal code and town; empty when unknown.
    pub town: String,
    /// How to reach it.
    pub contact: Contact,
    /// When it is open; a weekday that is not here is closed.
    pub opening_hours: Vec<OpeningHours>,
    /// A sentence of the organisation about it.
    pub note: Option<String>,
    /// Its groups where a child of the family has a place.
    pub groups: Vec<CareGroup>,
}

/// From when until when a location is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OpeningHours {
    /// 1 is Monday, 7 Sunday.
    pub weekday: u8,
    /// On the clock of the nursery, such as `07:30`.
    pub opens: String,
    /// The same.
    pub closes: String,
}

/// A group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CareGroup {
    /// Its name.
    pub name: String,
    /// Its telephone number, as it is written.
    pub phone: Option<String>,
    /// The family's children in it.
    pub children: Vec<ChildId>,
}

/// Somebody who works on a group of the family's children.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TeamMember {
    /// Who, at the portal.
    pub id: String,
    /// The name.
    pub name: String,
    /// What they are, in the organisation's word; empty when unknown.
    pub role: String,
    /// The family's groups they work on.
    pub groups: Vec<String>,
    /// What they write about themselves, with blank lines between paragraphs.
    pub text: Option<String>,
    /// Their picture.
    pub picture: Option<MediaId>,
}

/// A page of the organisation, as it stands in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct InfoPageTitle {
    /// Which, at the portal.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is about, on a line; empty when the portal does not say.
    pub summary: String,
    /// When it was changed last.
    pub changed_at: Option<DateTime<Utc>>,
}

/// A page of the organisation, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct InfoPage {
    /// Its title.
    pub title: String,
    /// When it was changed last.
    pub changed_at: Option<DateTime<Utc>>,
    /// What it says, as cleaned HTML that fetches nothing.
    pub html: String,
    /// Files that come with it.
    #[serde(default)]
    pub files: Vec<AttachedFile>,
}
