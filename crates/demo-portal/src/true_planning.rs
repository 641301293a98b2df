//! The planning as it really is, for a test to compare a client's cache with.

use crate::day::today;
use crate::nursery::{Nursery, NurseryError, family};
use crate::planning::{Credit, Kind, Line, Planning, Reason, Request, Slot, Slots, Status};
use crate::planning::{left, state_of};
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Days back and ahead whose slots are told.
const BACK: u64 = 28;
const AHEAD: u64 = 120;

/// A request or absence as the organisation knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrueRequest {
    /// Its identity.
    pub id: String,
    /// `extra`, `swap` or `absence`.
    pub kind: String,
    /// When it was sent, in epoch milliseconds.
    pub sent_at: i64,
    /// The parent who sent it.
    pub sent_by: String,
    /// The idempotency key of the write that made it.
    pub key: Option<String>,
    /// All children or none.
    pub whole: bool,
    /// When it is withdrawn.
    pub expires_on: Option<NaiveDate>,
    /// The parent's remark.
    pub remark: String,
    /// Of an absence: `ill`, `holiday` or `other`.
    pub reason: Option<String>,
    /// Child by child, booking by booking.
    pub lines: Vec<TrueLine>,
}

/// A line of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrueLine {
    /// Its identity.
    pub id: String,
    /// The identity of the child.
    pub child: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// What is asked for, or what the child stays away from.
    pub slots: Vec<TrueMoment>,
    /// What is given in, of a swap.
    pub given: Vec<TrueMoment>,
    /// `asked`, `approved`, `refused`, `cancelled`, `expired` or `registered`.
    pub status: String,
    /// The organisation's sentence about that.
    pub status_reason: Option<String>,
    /// The credits it pays with, and how much of each.
    pub paid_with: Vec<(String, i64)>,
}

/// A moment on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueMoment {
    /// The day.
    pub day: NaiveDate,
    /// The day part.
    pub part: String,
    /// Epoch milliseconds.
    pub start: i64,
    /// Epoch milliseconds.
    pub end: i64,
}

/// A credit as the organisation knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueCredit {
    /// Its identity.
    pub id: String,
    /// The identity of the child.
    pub child: String,
    /// Its name.
    pub name: String,
    /// `points` or `minutes`.
    pub unit: String,
    /// How much it was.
    pub total: i64,
    /// How much is left.
    pub left: i64,
    /// `usable`, `partlyUsed`, `used` or `expired`.
    pub state: String,
}

/// A slot in the planning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueSlot {
    /// The identity of the child.
    pub child: String,
    /// The day.
    pub day: NaiveDate,
    /// Epoch milliseconds.
    pub start: i64,
    /// Epoch milliseconds.
    pub end: i64,
    /// The group.
    pub group: String,
    /// `attend`, `absent` or `tentative`.
    pub attendance: String,
    /// `contract`, `extra` or `swap`.
    pub kind: String,
}

/// The planning of a family.
pub(crate) struct TruePlanning {
    pub requests: Vec<TrueRequest>,
    pub credits: Vec<TrueCredit>,
    pub slots: Vec<TrueSlot>,
}

impl TruePlanning {
    pub(crate) fn of(planning: &Planning, now: DateTime<Utc>) -> Self {
        let first = today(now) - Days::new(BACK);
        let days = || {
            let length = usize::try_from(BACK + AHEAD + 1).unwrap_or_default();
            first.iter_days().take(length)
        };
        let slots = planning.children.iter().flat_map(|child| {
            let slots = Slots::of(planning, child);
            days()
                .flat_map(|day| slots.on(day))
                .map(|planned| TrueSlot {
                    child: child.id.clone(),
                    day: planned.slot.day,
                    start: planned.slot.starts.timestamp_millis(),
                    end: planned.slot.ends.timestamp_millis(),
                    group: planned.group.clone(),
                    attendance: planned.attendance.word().to_owned(),
                    kind: planned.kind.word().to_owned(),
                })
                .collect::<Vec<_>>()
        });
        Self {
            requests: planning.requests.iter().rev().map(TrueRequest::of).collect(),
            credits: planning
                .credits
                .iter()
                .map(|credit| TrueCredit::of(planning, credit, now))
                .collect(),
            slots: slots.collect(),
        }
    }
}

impl TrueRequest {
    pub(crate) fn of(request: &Request) -> Self {
        Self {
            id: request.id.clone(),
            kind: match request.kind {
                Kind::Extra => "extra",
                Kind::Swap => "swap",
                Kind::Absence => "absence",
            }
            .to_owned(),
            sent_at: request.sent_at.timestamp_millis(),
            sent_by: request.sent_by.clone(),
            key: request.key.clone(),
            whole: request.whole,
            expires_on: request.expires_on,
            remark: request.remark.clone(),
            reason: request.reason.map(|reason| {
                match reason {
                    Reason::Ill => "ill",
                    Reason::Holiday => "holiday",
                    Reason::Other => "other",
                }
                .to_owned()
            }),
            lines: request.lines.iter().map(TrueLine::of).collect(),
        }
    }
}

impl TrueLine {
    fn of(line: &Line) -> Self {
        Self {
            id: line.id.clone(),
            child: line.child.clone(),
            from: line.from,
            until: line.until,
            slots: line.slots.iter().map(TrueMoment::of).collect(),
            given: line.given.iter().map(TrueMoment::of).collect(),
            status: match line.status {
                Status::Asked => "asked",
                Status::Approved => "approved",
                Status::Refused => "refused",
                Status::Cancelled => "cancelled",
                Status::Expired => "expired",
                Status::Registered => "registered",
            }
            .to_owned(),
            status_reason: line.status_reason.clone(),
            paid_with: line.payments.iter().filter_map(|payment| payment.by.credit()).collect(),
        }
    }
}

impl TrueMoment {
    fn of(slot: &Slot) -> Self {
        Self {
            day: slot.day,
            part: slot.part.clone(),
            start: slot.starts.timestamp_millis(),
            end: slot.ends.timestamp_millis(),
        }
    }
}

impl TrueCredit {
    fn of(planning: &Planning, credit: &Credit, now: DateTime<Utc>) -> Self {
        Self {
            id: credit.id.clone(),
            child: credit.child.clone(),
            name: credit.name.clone(),
            unit: credit.unit.word().to_owned(),
            total: credit.total,
            left: left(planning, credit),
            state: state_of(planning, credit, now).word().to_owned(),
        }
    }
}

impl Nursery {
    /// The requests of `username`'s family that are still to be judged, newest first; of the demo
    /// family when left out.
    ///
    /// # Errors
    /// When there is no such account.
    pub async fn open_requests(
        &self,
        username: Option<&str>,
    ) -> Result<Vec<TrueRequest>, NurseryError> {
        let username = username.map(str::to_owned);
        let portal = self.0.clone();
        self.change(move |db| {
            crate::kept_planning::pass_time(db, &portal)?;
            let family = family(db, username.as_deref())?;
            let planning = crate::kept_planning::read(db, &portal, family)?;
            let asked = |line: &Line| line.status == Status::Asked;
            let open = planning.requests.iter().rev().filter(|found| found.lines.iter().any(asked));
            Ok(open.map(TrueRequest::of).collect())
        })
        .await
    }
}
