//! What is possible on a day or in a period, for every child of the family.

use super::booking::{offered_in, open_days};
use super::credits::why_not;
use super::part::{Taken, judge};
use super::period::check_period;
use super::refused::Refused;
use super::rules::PartRule;
use super::slots::{Attendance, Planned, Slots};
use super::state::{Credit, Kind, Planning};
use crate::data::people::Child;
use crate::data::why_closed;
use chrono::{DateTime, NaiveDate, Utc};

/// What is possible.
#[derive(Clone, Debug)]
pub struct Possibilities<'p> {
    /// Days on which nothing is possible for anybody, and why.
    pub closed: Vec<(NaiveDate, String)>,
    /// Every child of the family.
    pub children: Vec<ChildPossibilities<'p>>,
}

/// What is possible for one child.
#[derive(Clone, Debug)]
pub struct ChildPossibilities<'p> {
    pub child: &'p Child,
    /// What is planned already.
    pub planned: Vec<Planned>,
    pub parts: Vec<PossiblePart>,
    /// Credits that can be used.
    pub credits: Vec<&'p Credit>,
    /// Credits that cannot, and why.
    pub not_usable: Vec<(&'p Credit, String)>,
    /// Why nothing at all is possible.
    pub reason: Option<String>,
}

/// A day part, and on which days it is possible.
#[derive(Clone, Debug)]
pub struct PossiblePart {
    pub part: &'static PartRule,
    pub group: String,
    pub days: Vec<NaiveDate>,
    /// Closed days are left out: the family is told of those once.
    pub refused: Vec<(NaiveDate, Refused)>,
}

/// What is possible from `from` until `until`.
pub fn possibilities(
    planning: &Planning,
    kind: Kind,
    from: NaiveDate,
    until: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Possibilities<'_>, Refused> {
    check_period(planning.rules, from, until, now)?;
    let days = || from.iter_days().take_while(move |day| *day <= until);
    let closed = days().filter_map(|day| Some((day, why_closed(day)?))).collect();
    let children = planning
        .children
        .iter()
        .map(|child| {
            let slots = Slots::of(planning, child);
            let planned: Vec<Planned> = days().flat_map(|day| slots.on(day)).collect();
            let parts = match kind {
                Kind::Absence => Vec::new(),
                _ => offered_in(planning, child, from, until)
                    .into_iter()
                    .map(|part| possible(planning, &slots, part, from, until, kind, now))
                    .collect(),
            };
            let (credits, not_usable) = credits(planning, child, kind, from, until, now);
            let reason = reason(child, kind, from, until, &planned, &parts);
            ChildPossibilities { child, planned, parts, credits, not_usable, reason }
        })
        .collect();
    Ok(Possibilities { closed, children })
}

fn possible(
    planning: &Planning,
    slots: &Slots<'_>,
    part: &'static PartRule,
    from: NaiveDate,
    until: NaiveDate,
    kind: Kind,
    now: DateTime<Utc>,
) -> PossiblePart {
    let group = slots.child.group(from).to_owned();
    let mut found = PossiblePart { part, group, days: Vec::new(), refused: Vec::new() };
    for day in open_days(from, until) {
        match judge(planning, slots, part.id, day, kind, &Taken::default(), now) {
            Ok(_) => found.days.push(day),
            Err(why) => found.refused.push((day, why)),
        }
    }
    found
}

type Credits<'p> = (Vec<&'p Credit>, Vec<(&'p Credit, String)>);

fn credits<'p>(
    planning: &'p Planning,
    child: &Child,
    kind: Kind,
    from: NaiveDate,
    until: NaiveDate,
    now: DateTime<Utc>,
) -> Credits<'p> {
    let (mut usable, mut not_usable) = (Vec::new(), Vec::new());
    if planning.rules.credits.is_none() || kind == Kind::Absence {
        return (usable, not_usable);
    }
    let days = open_days(from, until);
    let mut own: Vec<&Credit> =
        planning.credits.iter().filter(|credit| credit.child == child.id).collect();
    own.sort_by_key(|credit| credit.valid_until);
    for credit in own {
        let swap =
            (kind == Kind::Swap).then(|| "Bij ruilen betaal je niet met een tegoed.".to_owned());
        match swap.or_else(|| why_not(planning, credit, &days, now)) {
            Some(reason) => not_usable.push((credit, reason)),
            None => usable.push(credit),
        }
    }
    (usable, not_usable)
}

/// Why nothing at all is possible for a child.
fn reason(
    child: &Child,
    kind: Kind,
    from: NaiveDate,
    until: NaiveDate,
    planned: &[Planned],
    parts: &[PossiblePart],
) -> Option<String> {
    if kind == Kind::Absence {
        let expected = planned.iter().any(|planned| planned.attendance == Attendance::Attend);
        return (!expected).then(|| format!("{} wordt dan niet verwacht.", child.first_name));
    }
    if parts.iter().any(|part| !part.days.is_empty()) {
        return None;
    }
    let refused = parts.iter().flat_map(|part| &part.refused).map(|(_, why)| why.to_string());
    let closed = || from.iter_days().take_while(|day| *day <= until).find_map(why_closed);
    let nothing = || "Voor deze groep zijn er dan geen dagdelen.".to_owned();
    Some(refused.into_iter().next().or_else(closed).unwrap_or_else(nothing))
}
