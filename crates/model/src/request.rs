//! Care requests ("aanvragen"): extra days, swaps and absences, as the portal knows them.

use crate::{ChildId, ConversationId, CreditId, CreditUnit, Day, LineId, RequestId, SlotRef};
use chrono::{DateTime, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What is asked or told.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "camelCase")]
pub enum RequestKind {
    /// An extra day ("dag aanvragen").
    Extra,
    /// One day for another ("ruildag").
    Swap,
    /// A child stays away ("afwezigheid"). Registered at once and never judged.
    Absence,
}

/// Why a child stays away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum AbsenceReason {
    /// "Ziek".
    Ill,
    /// "Vakantie".
    Holiday,
    /// "Overig".
    Other,
}

/// How a line of a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RequestStatus {
    /// "In aanvraag".
    Asked,
    /// "Goedgekeurd".
    Approved,
    /// "Afgekeurd".
    Refused,
    /// "Geannuleerd".
    Cancelled,
    /// "Vervallen".
    Expired,
    /// "Geregistreerd": an absence.
    Registered,
    /// Something this version does not know.
    Unknown,
}

/// A part of a day that can be asked for ("dagdeel").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DayPart {
    /// The portal's name for it in calls.
    pub id: String,
    /// The organisation's name for it, such as "Ochtend".
    pub name: String,
    /// From when, on the clock in Amsterdam.
    pub start: NaiveTime,
    /// Until when.
    pub end: NaiveTime,
}

/// How a day part is paid for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "by")]
pub enum Payment {
    /// On the invoice.
    Invoice {
        /// What it costs, in cents.
        #[specta(type = Option<i32>)]
        cents: Option<i64>,
    },
    /// With a credit.
    Credit {
        /// Which.
        credit: CreditId,
        /// What it counts in.
        unit: CreditUnit,
        /// How much of it, in that unit.
        #[specta(type = i32)]
        amount: i64,
    },
}

/// One child in one booking of a request: what is judged and cancelled by itself. A period is one
/// line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RequestLine {
    /// Its identity at the portal.
    pub id: LineId,
    /// The child.
    pub child: ChildId,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// The day parts asked for, or those the child stays away.
    pub parts: Vec<DayPart>,
    /// What is given in for it, of a swap.
    pub given: Vec<SlotRef>,
    /// The group.
    pub group: Option<String>,
    /// How it stands.
    pub status: RequestStatus,
    /// The organisation's sentence about that.
    pub status_reason: Option<String>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// How each day part is paid for; empty for an absence.
    pub payments: Vec<Payment>,
    /// What an absence brought, in the organisation's words.
    pub brings: Option<String>,
    /// Whether it can be cancelled now, as the portal last told.
    pub can_cancel: bool,
    /// Until when, where it can be and the portal tells.
    pub cancel_until: Option<DateTime<Utc>>,
    /// Why it cannot be, in the portal's words.
    pub cancel_reason: Option<String>,
}

/// A request or absence, with its lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CareRequest {
    /// Its identity at the portal.
    pub id: RequestId,
    /// What is asked.
    pub kind: RequestKind,
    /// When the portal got it.
    pub sent_at: DateTime<Utc>,
    /// Which parent sent it, as the portal names them.
    pub sent_by: Option<String>,
    /// "Als geheel beoordelen".
    pub whole: bool,
    /// "Aanvraag vervalt automatisch op".
    pub expires_on: Option<Day>,
    /// The parent's remark.
    pub remark: Option<String>,
    /// Why a child stays away, of an absence.
    pub reason: Option<AbsenceReason>,
    /// The conversation in which the organisation told what became of it, once it did.
    #[serde(default)]
    pub conversation: Option<ConversationId>,
    /// Child by child, booking by booking.
    pub lines: Vec<RequestLine>,
}
