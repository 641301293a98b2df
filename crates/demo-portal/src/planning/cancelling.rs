//! Cancelling: child by child, a period whole, while the organisation's policy allows it.

use super::deciding::settle;
use super::letter::Letter;
use super::refused::Refused;
use super::state::{Line, Planning, Status};
use chrono::{DateTime, TimeDelta, Utc};

/// Until when policy lets a line be cancelled that is asked or registered.
pub fn cancel_until(planning: &Planning, line: &Line) -> Option<DateTime<Utc>> {
    Some(line.begins()? - TimeDelta::hours(hours_before(planning, line.status)?))
}

/// How many hours before it begins policy still lets a line be cancelled.
fn hours_before(planning: &Planning, status: Status) -> Option<i64> {
    match status {
        Status::Asked => Some(planning.rules.cancel_hours),
        Status::Registered => Some(planning.rules.cancel_absence_hours),
        Status::Cancelled | Status::Approved | Status::Refused | Status::Expired => None,
    }
}

/// Whether a line can be cancelled now, or why not.
pub fn may_cancel(planning: &Planning, line: &Line, now: DateTime<Utc>) -> Result<(), Refused> {
    if line.status == Status::Cancelled {
        return Err(Refused::AlreadyCancelled);
    }
    let hours = hours_before(planning, line.status).ok_or(Refused::AlreadyDecided)?;
    if cancel_until(planning, line).is_none_or(|until| until < now) {
        let until =
            if hours == 0 { "voordat het begint" } else { &format!("tot {hours} uur van tevoren") };
        return Err(Refused::TooLateToCancel(format!("Annuleren kan {until}.")));
    }
    let brought = planning.credits.iter().filter(|credit| credit.line.as_ref() == Some(&line.id));
    if brought.into_iter().any(|credit| super::left(planning, credit) < credit.total) {
        let reason = "Het tegoed van deze afwezigheid is al gebruikt.";
        return Err(Refused::TooLateToCancel(reason.to_owned()));
    }
    Ok(())
}

/// Cancels a line. When all the others have been judged, the parents are told.
pub fn cancel(
    planning: &mut Planning,
    request: &str,
    line: &str,
    now: DateTime<Utc>,
) -> Result<Option<Letter>, Refused> {
    let (at, number) = planning
        .find(line)
        .filter(|(at, _)| planning.requests[*at].id == request)
        .ok_or(Refused::RequestUnknown)?;
    may_cancel(planning, &planning.requests[at].lines[number], now)?;
    planning.requests[at].lines[number].status = Status::Cancelled;
    planning.requests[at].lines[number].verdict = None;
    planning.credits.retain(|credit| credit.line.as_deref() != Some(line));
    Ok(settle(planning, at, now))
}
