//! Credits: in the name of one child, for some days and weeks, in one unit.
//!
//! What is left of a credit is never kept but counted: a line that is asked or approved holds what
//! it pays with, and any other line holds nothing. So a credit is reserved on asking, consumed on
//! approval and given back on every other end.

use super::rules::{Unit, Weeks};
use super::state::{By, Credit, Line, Planning, Request};
use crate::day::today;
use chrono::{DateTime, NaiveDate, Utc};

/// How a credit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditState {
    Usable,
    PartlyUsed,
    Used,
    Expired,
}

impl CreditState {
    /// Its name in calls.
    pub fn word(self) -> &'static str {
        match self {
            Self::Usable => "usable",
            Self::PartlyUsed => "partlyUsed",
            Self::Used => "used",
            Self::Expired => "expired",
        }
    }
}

/// What a part of a credit is used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditUse {
    pub request: String,
    pub line: String,
    pub day: NaiveDate,
    pub amount: i64,
}

/// What a credit is used for, line by line and day by day.
pub fn uses(planning: &Planning, credit: &Credit) -> Vec<CreditUse> {
    let holding = planning.lines().filter(|(_, line)| line.holds());
    holding.flat_map(|(request, line)| uses_of(request, line, credit)).collect()
}

fn uses_of(request: &Request, line: &Line, credit: &Credit) -> Vec<CreditUse> {
    let mut found: Vec<CreditUse> = Vec::new();
    for payment in &line.payments {
        let By::Credit { credit: with, amount, .. } = &payment.by else { continue };
        if *with != credit.id {
            continue;
        }
        let days: Vec<NaiveDate> = line
            .slots
            .iter()
            .filter(|slot| slot.part == payment.part)
            .map(|slot| slot.day)
            .collect();
        let each = amount / i64::try_from(days.len()).unwrap_or(1).max(1);
        for day in days {
            match found.iter_mut().find(|found| found.day == day) {
                Some(found) => found.amount += each,
                None => found.push(CreditUse {
                    request: request.id.clone(),
                    line: line.id.clone(),
                    day,
                    amount: each,
                }),
            }
        }
    }
    found.sort_by_key(|found| found.day);
    found
}

/// How much is left of a credit.
pub fn left(planning: &Planning, credit: &Credit) -> i64 {
    credit.total - uses(planning, credit).iter().map(|used| used.amount).sum::<i64>()
}

/// How a credit stands.
pub fn state_of(planning: &Planning, credit: &Credit, now: DateTime<Utc>) -> CreditState {
    let left = left(planning, credit);
    if left <= 0 {
        CreditState::Used
    } else if credit.valid_until < today(now) {
        CreditState::Expired
    } else if left < credit.total {
        CreditState::PartlyUsed
    } else {
        CreditState::Usable
    }
}

/// Why a credit cannot be used for these days of its child, if it cannot.
pub fn why_not(
    planning: &Planning,
    credit: &Credit,
    days: &[NaiveDate],
    now: DateTime<Utc>,
) -> Option<String> {
    match state_of(planning, credit, now) {
        CreditState::Used => return Some("Dit tegoed is al gebruikt.".to_owned()),
        CreditState::Expired => {
            let until = super::sentence::day(credit.valid_until);
            return Some(format!("Dit tegoed was geldig tot en met {until}."));
        }
        CreditState::Usable | CreditState::PartlyUsed => {}
    }
    if let Some(rules) = planning.rules.credits
        && rules.unit != credit.unit
    {
        let unit = if credit.unit == Unit::Points { "punten" } else { "minuten" };
        return Some(format!("Dit tegoed telt in {unit}; daarmee kun je hier niet betalen."));
    }
    let valid = credit.valid_from..=credit.valid_until;
    if days.iter().any(|day| !valid.contains(day)) {
        let days = super::sentence::days(credit.valid_from, credit.valid_until);
        return Some(format!("Dit tegoed is geldig van {days}."));
    }
    if days.iter().all(|day| credit.weeks.hold(*day)) {
        return None;
    }
    let weeks = if credit.weeks == Weeks::School { "schoolweken" } else { "schoolvakanties" };
    Some(format!("Dit tegoed is alleen geldig in {weeks}."))
}
