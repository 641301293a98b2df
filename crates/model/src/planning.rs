//! "Agenda": the planned days of each child.

use crate::{ChildId, Day, LineId, RequestId, SlotId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Whether a child is expected (wire: `plannedAttendanceCode`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Attendance {
    /// It comes.
    Attend,
    /// It was reported absent.
    Absent,
    /// "Optie extra": it was asked for and is not decided yet.
    Tentative,
    /// The portal says something this version does not know.
    Unknown,
}

/// Where a care slot comes from, where the portal says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SlotKind {
    /// The contract.
    Contract,
    /// An extra day that was asked for.
    Extra,
    /// A swap.
    Swap,
}

/// A care slot ("opvangmoment", wire: planningPart): a child, a day, from when until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CareSlot {
    /// Its identity, derived from child, day and place among that day's slots: the portal gives
    /// none, and a slot that moves stays the same.
    pub id: SlotId,
    /// The child.
    pub child: ChildId,
    /// What it is called.
    pub child_name: String,
    /// The day in Amsterdam it begins on.
    pub day: Day,
    /// Which of that child's slots on that day, from 0.
    pub ordinal: u32,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// Whether the child is expected.
    pub attendance: Attendance,
    /// The organisation still has to confirm it (wire: `toConfirmProduct`).
    pub to_confirm: bool,
    /// What the portal adds to it, such as "Optie extra".
    pub extra_info: Option<String>,
    /// The group: the portal's word for this slot, else that of a child with one group only.
    pub group: Option<String>,
    /// Where it comes from, where the portal says so.
    pub kind: Option<SlotKind>,
    /// The request it belongs to, where the portal says so.
    pub request: Option<RequestId>,
    /// The line of that request.
    pub line: Option<LineId>,
}

/// A slot as it is named to the portal, which gives it no identity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SlotRef {
    /// The day in Amsterdam.
    pub day: Day,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
}

/// What is special about a day, where the portal says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DayMark {
    /// The day.
    pub day: Day,
    /// Why the organisation is closed, such as "Koningsdag".
    pub closed: Option<String>,
    /// The school holiday it lies in, such as "Herfstvakantie"; none in a school week.
    pub school_holiday: Option<String>,
}
