//! Requests and absences, as they go over the wire.

use super::bookings::{PaymentAnswer, SlotSent, clock};
use crate::day::clock_time;
use crate::planning::{
    Kind, Line, Planning, Reason, Refused, Request, Slot, Status, cancel_until, may_cancel,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// A request or absence.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CareRequest)]
pub struct RequestAnswer {
    id: String,
    kind: Kind,
    /// Epoch milliseconds.
    sent_at: i64,
    sent_by: String,
    /// The idempotency key, when the asking account sent it.
    key: Option<String>,
    whole: bool,
    #[schema(value_type = Option<String>, format = Date)]
    expires_on: Option<NaiveDate>,
    remark: String,
    reason: Option<Reason>,
    /// The conversation in which the parents were told what became of it.
    conversation_id: Option<String>,
    lines: Vec<LineAnswer>,
}

/// A child in a booking.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CareLine)]
struct LineAnswer {
    id: String,
    child_id: String,
    #[schema(value_type = String, format = Date)]
    from: NaiveDate,
    #[schema(value_type = String, format = Date)]
    until: NaiveDate,
    parts: Vec<PartAnswer>,
    given: Vec<SlotSent>,
    group: String,
    status: Status,
    status_reason: Option<String>,
    /// Epoch milliseconds.
    decided_at: Option<i64>,
    payments: Vec<PaymentAnswer>,
    /// What an absence brought.
    brings: Option<String>,
    can_cancel: bool,
    /// Epoch milliseconds: until when, where it can be.
    cancel_until: Option<i64>,
    cancel_reason: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = CarePart)]
struct PartAnswer {
    id: String,
    name: String,
    /// `HH:MM` in Amsterdam.
    start: String,
    end: String,
}

impl RequestAnswer {
    /// As `account` is told it.
    pub fn of(planning: &Planning, request: &Request, account: &str, now: DateTime<Utc>) -> Self {
        Self {
            id: request.id.clone(),
            kind: request.kind,
            sent_at: request.sent_at.timestamp_millis(),
            sent_by: request.sent_by.clone(),
            key: request.key.clone().filter(|_| request.account == account),
            whole: request.whole,
            expires_on: request.expires_on,
            remark: request.remark.clone(),
            reason: request.reason,
            conversation_id: request.conversation.clone(),
            lines: request.lines.iter().map(|found| line(planning, found, now)).collect(),
        }
    }
}

fn line(planning: &Planning, line: &Line, now: DateTime<Utc>) -> LineAnswer {
    let cancel = may_cancel(planning, line, now);
    LineAnswer {
        id: line.id.clone(),
        child_id: line.child.clone(),
        from: line.from,
        until: line.until,
        parts: parts(&line.slots),
        given: line.given.iter().map(SlotSent::from).collect(),
        group: line.group.clone(),
        status: line.status,
        status_reason: line.status_reason.clone(),
        decided_at: line.decided_at.map(|at| at.timestamp_millis()),
        payments: line.payments.iter().map(|payment| (&payment.by).into()).collect(),
        brings: line.brings.clone(),
        can_cancel: cancel.is_ok(),
        cancel_until: cancel_until(planning, line)
            .filter(|_| cancel.is_ok())
            .map(|until| until.timestamp_millis()),
        // What came to nothing needs no reason why it cannot come to nothing.
        cancel_reason: cancel
            .err()
            .filter(|_| line.holds() || line.status == Status::Registered)
            .map(|why: Refused| why.to_string()),
    }
}

/// The day parts of a line, each once.
fn parts(slots: &[Slot]) -> Vec<PartAnswer> {
    let mut found: Vec<PartAnswer> = Vec::new();
    for slot in slots {
        let part = PartAnswer {
            id: slot.part.clone(),
            name: slot.name.clone(),
            start: clock(clock_time(slot.starts)),
            end: clock(clock_time(slot.ends)),
        };
        let same = |other: &PartAnswer| {
            (&other.id, &other.start, &other.end) == (&part.id, &part.start, &part.end)
        };
        if !found.iter().any(same) {
            found.push(part);
        }
    }
    found
}

impl From<&Slot> for SlotSent {
    fn from(slot: &Slot) -> Self {
        Self {
            day: slot.day,
            start: slot.starts.timestamp_millis(),
            end: slot.ends.timestamp_millis(),
        }
    }
}
