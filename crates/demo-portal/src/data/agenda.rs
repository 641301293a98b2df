//! What the demo family asked and told before today, made by the rules themselves: each step at its
//! own time, the oldest first.

use super::closed;
use super::days::{present, summer};
use super::people::{Child, DEMO_FAMILY, first_day};
use crate::day::{at, today};
use crate::options::{Options, Size};
use crate::planning::rules::{CareRules, Weeks, at as clock};
use crate::planning::{
    Absence, Ask, Booking, Credit, GivenIn, Kind, Named, Planning, Reason, Sender, Slots, Verdict,
    Wanted, absent, ask, cancel, decide, expire, quote, token,
};
use crate::portal::Secret;
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeDelta, Utc};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// Weeks between asking and the day that is asked for.
const AHEAD: u64 = 6;

/// Writes the history of the demo family, and one day on which every group is full.
pub fn write(
    db: &Connection,
    options: &Options,
    secret: &Secret,
    children: &[Child],
    now: DateTime<Utc>,
) -> rusqlite::Result<()> {
    let rules = options.organisation.rules.care;
    let family: Vec<Child> =
        children.iter().filter(|child| child.family == DEMO_FAMILY).cloned().collect();
    let empty = Planning {
        rules,
        children: family,
        requests: Vec::new(),
        credits: Vec::new(),
        changes: Vec::new(),
        places: BTreeMap::new(),
        others: BTreeMap::new(),
    };
    let after = history(secret, empty.clone(), options.size, now);
    crate::kept_planning::keep(db, DEMO_FAMILY, &empty, &after)?;
    write_full_day(db, rules, today(now))
}

/// The Friday in two weeks.
fn write_full_day(db: &Connection, rules: &CareRules, today: NaiveDate) -> rusqlite::Result<()> {
    let friday = monday(today) + Days::new(18);
    let mut insert = db.prepare("INSERT INTO places VALUES (?1, ?2, ?3, 0)")?;
    for group in rules.groups {
        for part in rules.day_care.iter().chain(rules.after_school) {
            insert.execute(params![group.name, friday, part.id])?;
        }
    }
    Ok(())
}

/// A step of the history, at its time.
type Step<'a> = (DateTime<Utc>, Box<dyn Fn(&mut Planning, DateTime<Utc>) + 'a>);

fn history(secret: &Secret, mut planning: Planning, size: Size, now: DateTime<Utc>) -> Planning {
    let today = today(now);
    let two_years_ago = today.checked_sub_months(Months::new(24)).unwrap_or(today);
    let first = first_day(size, today).max(two_years_ago);
    planning.credits = credits(secret, &planning, today);
    let children = planning.children.clone();
    let mut steps: Vec<Step<'_>> = Vec::new();
    for child in &children {
        steps.extend(
            first
                .iter_days()
                .take_while(|day| *day <= today)
                .filter(|day| child.placed(*day) && !closed(*day))
                .filter(|day| !present(secret, child, *day) && !away(secret, *day))
                .map(|day| ill(secret, child, day)),
        );
    }
    for year in first.year()..=today.year() {
        steps.push(holiday(secret, year));
    }
    let from = monday(first - Days::new(7 * AHEAD));
    let until = today + Days::new(7 * AHEAD);
    for monday in from.iter_weeks().take_while(|monday| *monday <= until) {
        // Every second week, whatever the day it is.
        let week = monday.num_days_from_ce() / 7;
        if week % 2 == 0 {
            request(secret, &mut planning, &children, monday, week / 2, today, &mut steps);
        }
    }
    steps.retain(|(at, _)| *at <= now);
    steps.sort_by_key(|(at, _)| *at);
    for (at, step) in steps {
        let _told_long_ago = expire(&mut planning, at);
        step(&mut planning, at);
    }
    let _told_long_ago = expire(&mut planning, now);
    planning
}

/// Whether the family is on its own holiday.
fn away(secret: &Secret, day: NaiveDate) -> bool {
    let (first, last) = summer(secret, day.year());
    (first..=last).contains(&day)
}

/// Each child's credits of this year and the last.
fn credits(secret: &Secret, planning: &Planning, today: NaiveDate) -> Vec<Credit> {
    let Some(rules) = planning.rules.credits else { return Vec::new() };
    let here = planning
        .children
        .iter()
        .filter(|child| child.starts <= today && child.ends.is_none_or(|ends| today < ends));
    here.flat_map(|child| {
        [today.year() - 1, today.year()].into_iter().flat_map(move |year| {
            [
                ("Vakantietegoed", Weeks::Holiday, 1_260, Some("Alleen in schoolvakanties.")),
                ("Schoolweektegoed", Weeks::School, 720, Some("Alleen in schoolweken.")),
                ("Flexibel tegoed", Weeks::All, 1_320, None),
            ]
            .map(|(name, weeks, total, note)| {
                let name = format!("{name} {year}");
                Credit {
                    id: secret.id(&["credit", &child.id, &name]),
                    child: child.id.clone(),
                    name,
                    unit: rules.unit,
                    total,
                    valid_from: NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(today),
                    valid_until: NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(today),
                    weeks,
                    note: note.map(str::to_owned),
                    line: None,
                }
            })
        })
    })
    .collect()
}

/// A child that was ill, told the evening before.
fn ill<'a>(secret: &'a Secret, child: &'a Child, day: NaiveDate) -> Step<'a> {
    let told = move |planning: &mut Planning, now: DateTime<Utc>| {
        let lines = vec![all_slots(planning, child, day, day)];
        let (reason, remark) = (Reason::Ill, String::new());
        let absence = Absence { from: day, until: day, lines, reason, remark };
        let id = secret.id(&["care request", "ill", &child.id, &day.to_string()]);
        let _not_expected_otherwise = absent(planning, &absence, &parent(id, day), now);
    };
    (evening(day - Days::new(1)), Box::new(told))
}

/// The family's own holiday, told in spring.
fn holiday(secret: &Secret, year: i32) -> Step<'_> {
    let (from, until) = summer(secret, year);
    let told = move |planning: &mut Planning, now: DateTime<Utc>| {
        let children = planning.children.clone();
        let absence = Absence {
            from,
            until,
            lines: children.iter().map(|child| all_slots(planning, child, from, until)).collect(),
            reason: Reason::Holiday,
            remark: "We zijn op vakantie.".to_owned(),
        };
        let id = secret.id(&["care request", "holiday", &year.to_string()]);
        let _not_expected_otherwise = absent(planning, &absence, &parent(id, from), now);
    };
    (evening(NaiveDate::from_ymd_opt(year, 4, 1).unwrap_or(from)), Box::new(told))
}

/// What was asked for a week, and what became of it.
fn request<'a>(
    secret: &'a Secret,
    planning: &mut Planning,
    children: &'a [Child],
    monday: NaiveDate,
    turn: i32,
    today: NaiveDate,
    steps: &mut Vec<Step<'a>>,
) {
    let here: Vec<&Child> = children
        .iter()
        .filter(|child| {
            child.starts <= monday && child.ends.is_none_or(|ends| monday + Days::new(7) < ends)
        })
        .collect();
    let turn = turn.unsigned_abs() as usize;
    let Some(&child) = here.get(turn % here.len().max(1)) else { return };
    let rules = planning.rules;
    // For who is on holiday by then, it is about the week after.
    let wanted = if away(secret, monday) { monday + Days::new(21) } else { monday };
    let week = || wanted.iter_days().take(5).filter(|day| !closed(*day));
    let Some(day) = week().find(|day| !child.placed(*day)) else { return };
    let id = secret.id(&["care request", "week", &monday.to_string()]);
    let sent = monday - Days::new(7 * AHEAD);
    // A day after the next one is sent, so that there is always one to be judged.
    let decided = monday - Days::new(7 * (AHEAD - 2)) + Days::new(1);
    let what = turn % 8;
    let kind = if what == 2 { Kind::Swap } else { Kind::Extra };
    let credit = rules.credits.filter(|_| matches!(what, 4 | 7)).map(|credits| {
        let needed: i64 = rules
            .parts_of(child, day)
            .iter()
            .filter(|part| part.contract)
            .map(|part| part.worth(credits.unit))
            .sum();
        let credit = Credit {
            id: secret.id(&["credit", &id]),
            child: child.id.clone(),
            name: "Tegoed van een gesloten dag".to_owned(),
            unit: credits.unit,
            total: if what == 4 { needed } else { needed * 2 },
            valid_from: sent,
            valid_until: sent + Months::new(6),
            weeks: Weeks::All,
            note: None,
            line: None,
        };
        planning.credits.push(credit.clone());
        credit.id
    });
    let together = if what == 6 { here } else { vec![child] };
    let lines: Vec<Wanted> = together
        .into_iter()
        .filter(|other| other.id == child.id || !other.placed(day))
        .map(|other| Wanted {
            child: other.id.clone(),
            parts: contract(rules, other, day),
            credit: credit.clone(),
        })
        .collect();
    let given_on = week().find(|day| child.placed(*day));
    // What is still open lapses no sooner than its day: nothing happens while one only looks.
    let lapses = decided + Days::new(1);
    let expires_on = (what == 5 && lapses <= today).then_some(lapses);
    let sender = parent(id.clone(), monday);
    let asked = move |planning: &mut Planning, now: DateTime<Utc>| {
        let given = given_on.filter(|_| kind == Kind::Swap);
        let given = given.map(|day| all_slots(planning, child, day, day));
        let booking = Booking {
            from: day,
            until: day,
            lines: lines.clone(),
            given: given.into_iter().collect(),
        };
        let quoted = quote(planning.clone(), kind, &[], &booking, now);
        let quoted = quoted.ok().map(|booked| token(kind, &booking, &booked));
        let new = Ask {
            kind,
            bookings: vec![(booking, quoted)],
            whole: what == 6,
            expires_on,
            remark: if what == 0 {
                "Opa en oma zijn er dan niet.".to_owned()
            } else {
                String::new()
            },
        };
        let _nothing_asked_otherwise = ask(planning, &new, &sender, now);
    };
    steps.push((evening(sent), Box::new(asked)));
    let becomes = move |planning: &mut Planning, now: DateTime<Utc>| {
        let made = planning.requests.iter().find(|request| request.id == id);
        let lines = made.map(|made| made.lines.iter().map(|line| line.id.clone()).collect());
        for line in lines.unwrap_or_else(Vec::new) {
            let _nothing_asked_otherwise = match what {
                3 => cancel(planning, &id, &line, now),
                1 => {
                    let reason = Some("De groep is die dag vol.".to_owned());
                    decide(planning, &line, Verdict { approved: false, reason }, now)
                }
                5 => Ok(None),
                _ => decide(planning, &line, Verdict { approved: true, reason: None }, now),
            };
        }
    };
    let office_hours = at(decided, clock(11, 20));
    steps.push((office_hours, Box::new(becomes)));
}

fn contract(rules: &CareRules, child: &Child, day: NaiveDate) -> Vec<String> {
    let parts = rules.parts_of(child, day).iter().filter(|part| part.contract);
    parts.map(|part| part.id.to_owned()).collect()
}

/// Every slot of a child in a period, as a parent names them.
fn all_slots(planning: &Planning, child: &Child, from: NaiveDate, until: NaiveDate) -> GivenIn {
    let slots = Slots::of(planning, child);
    let days = from.iter_days().take_while(|day| *day <= until);
    let named = days.flat_map(|day| slots.on(day)).map(|planned| Named {
        day: planned.slot.day,
        starts: planned.slot.starts,
        ends: planned.slot.ends,
    });
    GivenIn { child: child.id.clone(), slots: named.collect() }
}

/// The two parents by turns.
fn parent(request: String, day: NaiveDate) -> Sender {
    let sanne = day.day().is_multiple_of(2);
    Sender {
        request,
        name: if sanne { "Sanne Bloem" } else { "Joris Bloem" }.to_owned(),
        account: if sanne { "sanne" } else { "joris" }.to_owned(),
        key: None,
    }
}

fn evening(day: NaiveDate) -> DateTime<Utc> {
    at(day, clock(20, 14)) + TimeDelta::seconds(i64::from(day.day()))
}

fn monday(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.weekday().num_days_from_monday()))
}
