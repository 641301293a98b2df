//! Judging: child by child, or all or nothing when a request is to be judged as a whole.

use super::letter::{Letter, letter};
use super::refused::Refused;
use super::state::{Planning, Request, Status};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What the organisation makes of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    pub approved: bool,
    /// A sentence for the parents.
    pub reason: Option<String>,
}

/// Judges a line. The parents are told when it was the last one of its request.
pub fn decide(
    planning: &mut Planning,
    line: &str,
    verdict: Verdict,
    now: DateTime<Utc>,
) -> Result<Option<Letter>, Refused> {
    let (at, number) = planning.find(line).ok_or(Refused::RequestUnknown)?;
    match planning.requests[at].lines[number].status {
        Status::Asked => {}
        Status::Cancelled => return Err(Refused::AlreadyCancelled),
        _ => return Err(Refused::AlreadyDecided),
    }
    planning.requests[at].lines[number].verdict = Some(verdict);
    Ok(settle(planning, at, now))
}

/// Makes what was judged final as far as it is, and tells the parents once nothing is open.
pub(super) fn settle(planning: &mut Planning, at: usize, now: DateTime<Utc>) -> Option<Letter> {
    finish(&mut planning.requests[at], now);
    let request = &mut planning.requests[at];
    let open = request.lines.iter().any(|line| line.status == Status::Asked);
    let judged = request
        .lines
        .iter()
        .any(|line| matches!(line.status, Status::Approved | Status::Refused | Status::Expired));
    if open || !judged || request.told {
        return None;
    }
    request.told = true;
    letter(planning, &planning.requests[at])
}

fn finish(request: &mut Request, now: DateTime<Utc>) {
    let asked = || request.lines.iter().filter(|line| line.status == Status::Asked);
    let all_judged = asked().all(|line| line.verdict.is_some());
    if request.whole && !all_judged {
        return;
    }
    let all_can = asked().all(|line| line.verdict.as_ref().is_some_and(|found| found.approved));
    for line in request.lines.iter_mut().filter(|line| line.status == Status::Asked) {
        let Some(verdict) = line.verdict.take() else { continue };
        let approved = verdict.approved && (all_can || !request.whole);
        line.status = if approved { Status::Approved } else { Status::Refused };
        line.status_reason =
            verdict.reason.filter(|_| approved == verdict.approved).or_else(|| {
                (verdict.approved && !approved)
                    .then(|| "Niet alle kinderen konden geplaatst worden.".to_owned())
            });
        line.decided_at = Some(now);
    }
}
