//! The family as the organisation knows it: the parent's own details, the children's placements, and
//! what was consented to.

use crate::{ChildId, Day};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// The parent's own details.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OwnDetails {
    /// The name to sign in with.
    pub username: String,
    /// The fields, in the order they are shown.
    pub fields: Vec<OwnField>,
    /// The fewest characters of a new password.
    pub least_characters: u32,
    /// What else holds for a new password, a sentence each.
    pub password_rules: Vec<String>,
    /// What a change has to name.
    pub etag: String,
}

/// One of the parent's own details.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OwnField {
    /// Which.
    pub field: DetailField,
    /// What it says; empty when nothing is known.
    pub value: String,
    /// Whether the parent may change it here.
    pub changeable: bool,
}

/// Which of the parent's own details.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum DetailField {
    /// The whole name.
    Name,
    /// The e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// Street and number.
    Street,
    /// The postal code.
    PostalCode,
    /// The town.
    City,
}

impl DetailField {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 6] =
        [Self::Name, Self::Email, Self::Phone, Self::Street, Self::PostalCode, Self::City];

    /// Its name at the portal.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Street => "street",
            Self::PostalCode => "postalCode",
            Self::City => "city",
        }
    }
}

/// A child as the organisation knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChildDetails {
    /// Which child.
    pub id: Option<ChildId>,
    /// The whole name.
    pub name: String,
    /// The day of birth.
    pub date_of_birth: Option<Day>,
    /// Today's group; nothing where the child has no placement today.
    pub group: Option<String>,
    /// The mentor's name.
    pub mentor: Option<String>,
    /// The placements, the oldest first.
    pub placements: Vec<Placement>,
    /// Allergies, as they were given.
    pub allergies: Vec<String>,
    /// What else the group should know, as it was given.
    pub notes: Vec<String>,
}

/// A placement of a child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Placement {
    /// What kind of care it is, in the organisation's word.
    pub name: String,
    /// The group; empty when unknown.
    pub group: String,
    /// The location; empty when unknown.
    pub location: String,
    /// 1 is Monday, 7 Sunday.
    pub weekdays: Vec<u8>,
    /// Its first day.
    pub from: Option<Day>,
    /// Its last day; nothing when none is planned.
    pub until: Option<Day>,
}

/// Something a parent is asked to consent to, or to declare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Consent {
    /// Which, at the portal.
    pub id: String,
    /// About which child.
    pub child: ChildId,
    /// Whether it is a declaration ("verklaring") and no consent ("toestemming").
    pub declaration: bool,
    /// What it is called.
    pub title: String,
    /// What it means, with blank lines between paragraphs.
    pub text: String,
    /// What was answered last; nothing when it never was.
    pub answer: Option<ConsentAnswer>,
    /// Since when the organisation waits for an answer.
    pub asked_at: Option<DateTime<Utc>>,
    /// The day of the card that asks.
    pub asked_day: Option<Day>,
    /// Whether it waits for an answer now.
    pub open: bool,
    /// What has to be filled in by who gives it; nothing when a yes or no is all.
    pub asks: Option<String>,
    /// Whether the parent may answer here.
    pub changeable: bool,
    /// Why not, in the portal's words.
    pub reason: Option<String>,
    /// Every answer, the newest first.
    pub history: Vec<ConsentGiven>,
    /// What a change has to name; empty where the portal names nothing that can be.
    pub etag: String,
}

/// An answer to what is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ConsentAnswer {
    /// Yes.
    Given,
    /// No.
    Refused,
}

/// An answer, when it was given and by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConsentGiven {
    /// Which.
    pub answer: ConsentAnswer,
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// By whom; empty when unknown.
    pub by: String,
    /// What was filled in.
    pub words: Option<String>,
}

/// The most characters that can be filled in with a consent or declaration.
pub const MOST_FILLED_IN: usize = 500;
