//! A request that is not judged in time is withdrawn.

use super::deciding::settle;
use super::letter::Letter;
use super::state::{Line, Planning, Request, Status};
use crate::day::at;
use chrono::{DateTime, NaiveTime, Utc};

/// When an option lapses unless it is judged: on the day the parent chose, as that day begins, or when
/// the first of its slots begins. A request that is judged as a whole lapses as a whole.
pub fn deadline(request: &Request, line: &Line) -> Option<DateTime<Utc>> {
    let chosen = request.expires_on.map(|day| at(day, NaiveTime::MIN));
    let together = request
        .lines
        .iter()
        .filter(|other| other.status == Status::Asked && (request.whole || other.id == line.id));
    together.filter_map(Line::begins).chain(chosen).min()
}

/// Withdraws what was not judged in time, and tells the parents.
pub fn expire(planning: &mut Planning, now: DateTime<Utc>) -> Vec<Letter> {
    let mut letters = Vec::new();
    for at in 0..planning.requests.len() {
        let request = &planning.requests[at];
        let lapsed: Vec<(usize, DateTime<Utc>)> = request
            .lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.status == Status::Asked)
            .filter_map(|(number, line)| Some((number, deadline(request, line)?)))
            .filter(|(_, deadline)| *deadline <= now)
            .collect();
        for (number, deadline) in &lapsed {
            let line = &mut planning.requests[at].lines[*number];
            line.status = Status::Expired;
            line.status_reason = Some("Niet op tijd beoordeeld.".to_owned());
            line.decided_at = Some(*deadline);
            line.verdict = None;
        }
        if !lapsed.is_empty() {
            letters.extend(settle(planning, at, now));
        }
    }
    letters
}
