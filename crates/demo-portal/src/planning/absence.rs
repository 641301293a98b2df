//! Absences: registered at once, never judged.

use super::asking::{Sender, line_id};
use super::booking::{GivenIn, worth};
use super::period::check_period;
use super::refused::Refused;
use super::rules::{CreditRules, Weeks};
use super::sentence;
use super::slots::{Attendance, Planned, Slots};
use super::state::{Credit, Kind, Line, Named, Planning, Reason, Slot, Status};
use crate::data::people::Child;
use crate::data::{goes_to_school, school_holiday};
use crate::day::today;
use chrono::{DateTime, Months, NaiveDate, TimeDelta, Utc};
use sha2::{Digest, Sha256};

/// An absence as a parent sends it.
#[derive(Clone, Debug)]
pub struct Absence {
    pub from: NaiveDate,
    pub until: NaiveDate,
    /// Child by child, the slots it stays away from.
    pub lines: Vec<GivenIn>,
    pub reason: Reason,
    pub remark: String,
}

/// Registers an absence.
pub fn absent(
    planning: &mut Planning,
    absence: &Absence,
    sender: &Sender,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    check_period(planning.rules, absence.from, absence.until, now)?;
    if absence.lines.iter().all(|line| line.slots.is_empty()) {
        return Err(Refused::NothingChosen);
    }
    let mut request = sender.begin(Kind::Absence, absence.remark.trim(), now);
    request.reason = Some(absence.reason);
    // Nobody has to be told what they said themselves.
    request.told = true;
    let at = planning.requests.len();
    let credits = planning.credits.len();
    planning.requests.push(request);
    let added = absence
        .lines
        .iter()
        .filter(|line| !line.slots.is_empty())
        .try_for_each(|line| add(planning, at, absence, line, now));
    if added.is_err() {
        planning.requests.truncate(at);
        planning.credits.truncate(credits);
    }
    added
}

fn add(
    planning: &mut Planning,
    at: usize,
    absence: &Absence,
    named: &GivenIn,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let child = planning.child(&named.child).ok_or(Refused::ChildUnknown)?.clone();
    let slots = Slots::of(planning, &child);
    let mut found: Vec<Planned> = Vec::new();
    for named in &named.slots {
        let planned = away(planning, &slots, absence, named, now)?;
        if !found.contains(&planned) {
            found.push(planned);
        }
    }
    found.sort_by_key(|planned| planned.slot.starts);
    let slots: Vec<Slot> = found.iter().map(|planned| planned.slot.clone()).collect();
    let request = &planning.requests[at];
    let id = line_id(&request.id, request.lines.len());
    let credits = planning
        .rules
        .credits
        .map(|rules| brought(planning, &child, &slots, &id, rules, now))
        .unwrap_or_default();
    let brings = planning.rules.credits.map(|rules| what_it_brings(&credits, rules));
    let group = found.first().map_or_else(String::new, |planned| planned.group.clone());
    planning.requests[at].lines.push(Line {
        id,
        child: child.id,
        from: absence.from,
        until: absence.until,
        group,
        slots,
        given: Vec::new(),
        payments: Vec::new(),
        status: Status::Registered,
        status_reason: None,
        decided_at: None,
        verdict: None,
        brings,
    });
    planning.credits.extend(credits);
    Ok(())
}

/// The slot a parent names, when its child can still be reported absent from it.
fn away(
    planning: &Planning,
    slots: &Slots<'_>,
    absence: &Absence,
    named: &Named,
    now: DateTime<Utc>,
) -> Result<Planned, Refused> {
    if !(absence.from..=absence.until).contains(&named.day) {
        return Err(Refused::SlotUnknown);
    }
    let found = slots.named(named).ok_or(Refused::SlotUnknown)?;
    match found.attendance {
        Attendance::Attend => {}
        Attendance::Absent => return Err(Refused::AlreadyAbsent),
        Attendance::Tentative => return Err(Refused::AlreadyAsked),
    }
    if slots.is_offered(&found.slot) {
        return Err(Refused::AlreadyAsked);
    }
    match planning.rules.absence_hours {
        None if found.slot.ends <= now => Err(Refused::DayPast),
        Some(0) if found.slot.starts < now => Err(Refused::Begun),
        Some(hours) if found.slot.starts < now + TimeDelta::hours(hours) => {
            Err(Refused::TooLate(hours))
        }
        _ => Ok(found),
    }
}

/// The credits an absence brings: for what is told in time, by the weeks in which it was.
fn brought(
    planning: &Planning,
    child: &Child,
    slots: &[Slot],
    line: &str,
    rules: CreditRules,
    now: DateTime<Utc>,
) -> Vec<Credit> {
    let in_time: Vec<&Slot> = slots
        .iter()
        .filter(|slot| slot.starts >= now + TimeDelta::hours(rules.absence_hours))
        .collect();
    [Weeks::All, Weeks::School, Weeks::Holiday]
        .into_iter()
        .filter_map(|weeks| {
            let slots: Vec<&Slot> =
                in_time.iter().copied().filter(|slot| weeks_of(child, slot.day) == weeks).collect();
            let first = slots.first()?;
            Some(Credit {
                id: hex::encode(&Sha256::digest(format!("{line} credit {}", weeks.word()))[..16]),
                child: child.id.clone(),
                name: format!("Afwezigheid {}", sentence::day(first.day)),
                unit: rules.unit,
                total: slots.iter().map(|slot| worth(planning, child, slot, rules.unit)).sum(),
                valid_from: today(now),
                valid_until: today(now) + Months::new(rules.valid_months),
                weeks,
                note: match weeks {
                    Weeks::All => None,
                    Weeks::School => Some("Alleen in schoolweken.".to_owned()),
                    Weeks::Holiday => Some("Alleen in schoolvakanties.".to_owned()),
                },
                line: Some(line.to_owned()),
            })
        })
        .collect()
}

/// Around school a credit holds in weeks such as those it came from.
fn weeks_of(child: &Child, day: NaiveDate) -> Weeks {
    match (goes_to_school(child.born, day), school_holiday(day)) {
        (false, _) => Weeks::All,
        (true, None) => Weeks::School,
        (true, Some(_)) => Weeks::Holiday,
    }
}

fn what_it_brings(credits: &[Credit], rules: CreditRules) -> String {
    let total: i64 = credits.iter().map(|credit| credit.total).sum();
    if total == 0 {
        let hours = rules.absence_hours;
        return format!("Dit levert geen tegoed op: dat kan tot {hours} uur van tevoren.");
    }
    format!("Dit levert een tegoed op van {}.", sentence::amount(rules.unit, total))
}
