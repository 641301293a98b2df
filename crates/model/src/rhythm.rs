//! The day rhythm: naps, bottles, meals and nappies, with their times.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};
use specta::Type;

/// What kind of moment it is (wire: an icon class `dagritme-*`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RhythmKind {
    /// A nap.
    Sleep,
    /// A bottle.
    Bottle,
    /// A meal, fruit, a snack, something to drink.
    Meal,
    /// A nappy, the potty.
    Nappy,
    /// Temperature, medicine.
    Care,
    /// Playing, going out.
    Activity,
    /// A kind this version does not know; its title says what it is.
    Other,
}

/// One moment of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RhythmMoment {
    /// What kind of moment it is.
    pub kind: RhythmKind,
    /// When it began, on the clock in Amsterdam.
    pub start: Option<NaiveTime>,
    /// When it ended.
    pub end: Option<NaiveTime>,
    /// The title without its times, such as "Slapen".
    pub title: String,
    /// The line under the title.
    pub subtitle: Option<String>,
    /// What was noted, such as "130 cc".
    pub entries: Vec<String>,
    /// A remark in the caretaker's own words.
    pub remarks: Option<String>,
}
