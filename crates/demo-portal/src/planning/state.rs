//! A family's planning, as the rules see it.

use super::rules::{CareRules, Unit, Weeks};
use crate::data::people::Child;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything the rules need to know of a family.
#[derive(Clone, Debug)]
pub struct Planning {
    pub rules: &'static CareRules,
    /// Every child of the family, those who left or have not started included.
    pub children: Vec<Child>,
    /// What parents asked and told, oldest first.
    pub requests: Vec<Request>,
    pub credits: Vec<Credit>,
    /// What the organisation moved or took out of the planning.
    pub changes: Vec<Change>,
    /// Places the organisation set, by group, day and part.
    pub places: BTreeMap<Spot, u32>,
    /// Places other families hold.
    pub others: BTreeMap<Spot, u32>,
}

/// A group on a day in a day part.
pub type Spot = (String, NaiveDate, String);

/// What is asked or told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = RequestKind)]
pub enum Kind {
    Extra,
    Swap,
    Absence,
}

/// Why a child stays away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = AbsenceReason)]
pub enum Reason {
    Ill,
    Holiday,
    Other,
}

/// How a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = RequestStatus)]
pub enum Status {
    Asked,
    Approved,
    Refused,
    Cancelled,
    Expired,
    Registered,
}

/// A request or absence of a family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub id: String,
    pub kind: Kind,
    pub sent_at: DateTime<Utc>,
    /// The name of the parent.
    pub sent_by: String,
    /// The user name of the parent.
    pub account: String,
    /// The idempotency key of the write that made it.
    pub key: Option<String>,
    /// "Als geheel beoordelen".
    pub whole: bool,
    /// "Aanvraag vervalt automatisch op".
    pub expires_on: Option<NaiveDate>,
    pub remark: String,
    /// Of an absence.
    pub reason: Option<Reason>,
    /// The parents have been told what became of it.
    pub told: bool,
    /// In which conversation.
    pub conversation: Option<String>,
    pub lines: Vec<Line>,
}

/// A child in a booking: what is judged and cancelled by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub id: String,
    pub child: String,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub group: String,
    /// What is asked for, or what the child stays away from.
    pub slots: Vec<Slot>,
    /// What is given in for it, of a swap.
    pub given: Vec<Slot>,
    pub payments: Vec<Payment>,
    pub status: Status,
    /// The organisation's sentence about that.
    pub status_reason: Option<String>,
    pub decided_at: Option<DateTime<Utc>>,
    /// What was judged of it while the rest of its request, judged as a whole, is not.
    pub verdict: Option<super::Verdict>,
    /// What an absence brought, as a sentence.
    pub brings: Option<String>,
}

/// A day part on a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Slot {
    pub day: NaiveDate,
    /// The day part.
    pub part: String,
    /// What that is called.
    pub name: String,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    /// The line it came by; none for the contract.
    pub of: Option<String>,
}

/// A slot as a parent names it: by when it begins and ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    pub day: NaiveDate,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
}

/// How a day part is paid for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    pub part: String,
    pub by: By,
}

/// By invoice or by credit, never by both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum By {
    Invoice { cents: i64 },
    Credit { credit: String, unit: Unit, amount: i64 },
}

/// A credit of a child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    pub id: String,
    pub child: String,
    pub name: String,
    pub unit: Unit,
    pub total: i64,
    pub valid_from: NaiveDate,
    pub valid_until: NaiveDate,
    pub weeks: Weeks,
    pub note: Option<String>,
    /// The line of the absence that brought it.
    pub line: Option<String>,
}

/// A slot the organisation moved, or took out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub child: String,
    pub day: NaiveDate,
    pub part: String,
    /// The line the slot came by; none for the contract.
    pub of: Option<String>,
    /// From when until when it is now; none when it is no more.
    pub to: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

impl Planning {
    pub fn child(&self, id: &str) -> Option<&Child> {
        self.children.iter().find(|child| child.id == id)
    }

    /// All lines with their requests, oldest first.
    pub fn lines(&self) -> impl Iterator<Item = (&Request, &Line)> {
        self.requests
            .iter()
            .flat_map(|request| request.lines.iter().map(move |line| (request, line)))
    }

    /// Where a line is among the requests.
    pub fn find(&self, line: &str) -> Option<(usize, usize)> {
        self.requests.iter().enumerate().find_map(|(at, request)| {
            Some((at, request.lines.iter().position(|found| found.id == line)?))
        })
    }
}

impl By {
    /// The credit it takes from, and how much.
    pub fn credit(&self) -> Option<(String, i64)> {
        match self {
            Self::Invoice { .. } => None,
            Self::Credit { credit, amount, .. } => Some((credit.clone(), *amount)),
        }
    }
}

impl Line {
    /// When the first of its slots begins, those given in included.
    pub fn begins(&self) -> Option<DateTime<Utc>> {
        self.slots.iter().chain(&self.given).map(|slot| slot.starts).min()
    }

    /// Whether it holds its places and its credits.
    pub fn holds(&self) -> bool {
        matches!(self.status, Status::Asked | Status::Approved)
    }
}

impl Slot {
    pub fn minutes(&self) -> i64 {
        (self.ends - self.starts).num_minutes()
    }

    pub fn overlaps(&self, other: &Self) -> bool {
        self.starts < other.ends && other.starts < self.ends
    }
}
