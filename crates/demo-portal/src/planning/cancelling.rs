//! Cancelling: child by child, a period whole, while the organisation's policy allows it.

use super::deciding::settle;
use super::letter::Letter;
use super::refused::Refused;
use super::state::{Line, Planning, Status};
use chrono::{DateTime, TimeDelta, Utc};

/// Whether a line can be cancelled now, or why not.
pub fn may_cancel(planning: &Planning, line: &Line, now: DateTime<Utc>) -> Result<(), Refused> {
    let hours = match line.status {
        Status::Asked => planning.rules.cancel_hours,
        Status::Registered => planning.rules.cancel_absence_hours,
        Status::Cancelled => return Err(Refused::AlreadyCancelled),
        Status::Approved | Status::Refused | Status::Expired => {
            return Err(Refused::AlreadyDecided);
        }
    };
    if line.begins().is_none_or(|begins| begins < now + TimeDelta::hours(hours)) {
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
