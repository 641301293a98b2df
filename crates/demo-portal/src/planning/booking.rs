//! What a booking comes to: which slots, for what, and what a parent should know of it. A quote and
//! a request are made of the same.

use super::credits::{left, why_not};
use super::part::{Taken, judge, offered};
use super::period::check_period;
use super::refused::Refused;
use super::rules::PartRule;
use super::slots::{Attendance, Slots};
use super::state::{By, Credit, Kind, Named, Planning, Slot};
use super::{rules::Unit, sentence};
use crate::data::people::Child;
use crate::data::{closed, why_closed};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Serialize;

/// A day or period, with what is wanted for each child and what is given in for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Booking {
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub lines: Vec<Wanted>,
    /// Of a swap.
    pub given: Vec<GivenIn>,
}

/// The day parts wanted for a child, and the credit to pay with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wanted {
    pub child: String,
    pub parts: Vec<String>,
    pub credit: Option<String>,
}

/// Slots of a child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GivenIn {
    pub child: String,
    pub slots: Vec<Named>,
}

/// What a booking comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Booked {
    pub lines: Vec<BookedLine>,
    /// On the invoice in all.
    pub cents: i64,
    /// What a parent should know before adding it.
    pub notices: Vec<String>,
}

/// What it comes to for one child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BookedLine {
    pub child: String,
    pub group: String,
    pub slots: Vec<Slot>,
    pub given: Vec<Slot>,
    /// Day part by day part.
    pub quotes: Vec<QuoteLine>,
}

/// What a day part comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuoteLine {
    pub part: String,
    pub days: usize,
    pub by: By,
    /// Such as that the credit does not suffice.
    pub notice: Option<String>,
}

/// Computes a booking, or says why it cannot be.
pub fn book(
    planning: &Planning,
    kind: Kind,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Result<Booked, Refused> {
    check_period(planning.rules, booking.from, booking.until, now)?;
    let wanted: Vec<&Wanted> =
        booking.lines.iter().filter(|wanted| !wanted.parts.is_empty()).collect();
    if wanted.is_empty() {
        return Err(Refused::NothingChosen);
    }
    let swapped = |given: &&GivenIn| wanted.iter().any(|wanted| wanted.child == given.child);
    if kind == Kind::Swap && !booking.given.iter().all(|given| swapped(&given)) {
        return Err(Refused::NothingChosen);
    }
    let mut booked = Booked { lines: Vec::new(), cents: 0, notices: Vec::new() };
    let mut taken = Taken::default();
    for wanted in wanted {
        let child = planning.child(&wanted.child).ok_or(Refused::ChildUnknown)?;
        let slots = Slots::of(planning, child);
        let mut line = BookedLine {
            child: child.id.clone(),
            group: child.group(booking.from).to_owned(),
            slots: Vec::new(),
            given: Vec::new(),
            quotes: Vec::new(),
        };
        let mut parts = Vec::new();
        for part in &wanted.parts {
            let days = days_of(planning, &slots, part, booking, kind, &mut taken, now)?;
            let left_out = booking
                .from
                .iter_days()
                .take_while(|day| *day <= booking.until)
                .filter(|day| !closed(*day))
                .count()
                - days.len();
            if left_out > 0 {
                let name = days.first().map_or(part.as_str(), |slot| slot.name.as_str());
                let days = if left_out == 1 { "één dag" } else { &format!("{left_out} dagen") };
                let first_name = child.first_name;
                booked.notices.push(format!("{first_name}, {name}: op {days} kan het niet."));
            }
            line.slots.extend(days.iter().cloned());
            parts.push((part.clone(), days));
        }
        line.slots.sort_by_key(|slot| (slot.starts, slot.ends));
        if kind == Kind::Swap {
            if wanted.credit.is_some() {
                let reason = "Bij ruilen betaal je niet met een tegoed.".to_owned();
                return Err(Refused::CreditNotUsable(reason));
            }
            let given = booking.given.iter().filter(|given| given.child == child.id);
            let named = given.flat_map(|given| &given.slots);
            line.given = given_in(planning, &slots, named, now)?;
            let lapses = swap(planning, child, &mut line, parts);
            if lapses > 0 {
                let lapses = sentence::amount(Unit::Minutes, lapses);
                let first_name = child.first_name;
                let notice = format!(
                    "{first_name}: er blijft {lapses} over van wat je inlevert. Die tijd vervalt."
                );
                booked.notices.push(notice);
            }
        } else {
            pay(planning, child, wanted, &booked, &mut line, parts, now)?;
        }
        booked.cents += line.quotes.iter().map(QuoteLine::cents).sum::<i64>();
        booked.lines.push(line);
    }
    Ok(booked)
}

/// The slots of a day part in the booking's period; one at least.
fn days_of(
    planning: &Planning,
    slots: &Slots<'_>,
    part: &str,
    booking: &Booking,
    kind: Kind,
    taken: &mut Taken,
    now: DateTime<Utc>,
) -> Result<Vec<Slot>, Refused> {
    let mut found = Vec::new();
    let mut refused = None;
    for day in booking.from.iter_days().take_while(|day| *day <= booking.until) {
        match judge(planning, slots, part, day, kind, taken, now) {
            Ok(slot) => found.push(slot),
            // The day that is closed says least about why nothing is possible.
            Err(Refused::Closed(_)) if refused.is_some() => {}
            Err(why) if matches!(refused, None | Some(Refused::Closed(_))) => refused = Some(why),
            Err(_) => {}
        }
    }
    if found.is_empty() {
        return Err(refused.unwrap_or(Refused::NothingChosen));
    }
    for slot in &found {
        let spot = (slots.child.group(slot.day).to_owned(), slot.day, slot.part.clone());
        *taken.places.entry(spot).or_default() += 1;
        taken.slots.push((slots.child.id.clone(), slot.clone()));
    }
    Ok(found)
}

/// The slots a parent gives in: planned, attended, not offered already, and in time.
fn given_in<'n>(
    planning: &Planning,
    slots: &Slots<'_>,
    named: impl Iterator<Item = &'n Named>,
    now: DateTime<Utc>,
) -> Result<Vec<Slot>, Refused> {
    let mut given: Vec<Slot> = Vec::new();
    for named in named {
        let found = slots.named(named).ok_or(Refused::SlotUnknown)?;
        match found.attendance {
            Attendance::Attend => {}
            Attendance::Absent => return Err(Refused::AlreadyAbsent),
            Attendance::Tentative => return Err(Refused::SlotUnknown),
        }
        if slots.is_offered(&found.slot) {
            return Err(Refused::AlreadyAsked);
        }
        let hours = planning.rules.swap_hours;
        if found.slot.starts < now {
            return Err(Refused::DayPast);
        }
        if found.slot.starts < now + TimeDelta::hours(hours) {
            return Err(Refused::TooLate(hours));
        }
        if !given.contains(&found.slot) {
            given.push(found.slot);
        }
    }
    if given.is_empty() { Err(Refused::NothingChosen) } else { Ok(given) }
}

/// What a swap comes to: what is wanted beyond what is given in is invoiced. The minutes given in
/// that are left over come back.
fn swap(
    planning: &Planning,
    child: &Child,
    line: &mut BookedLine,
    parts: Vec<(String, Vec<Slot>)>,
) -> i64 {
    let mut given: i64 = line.given.iter().map(Slot::minutes).sum();
    for (part, days) in parts {
        let mut sixtieths = 0;
        for slot in &days {
            let covered = given.min(slot.minutes());
            given -= covered;
            let rate = planning.rules.cents_per_hour(child, slot.day);
            sixtieths += rate * (slot.minutes() - covered);
        }
        let by = By::Invoice { cents: (sixtieths + 30) / 60 };
        let notice = None;
        line.quotes.push(QuoteLine { part, days: days.len(), by, notice });
    }
    given
}

/// How each day part is paid for: wholly by the credit while that suffices, else wholly by invoice.
fn pay(
    planning: &Planning,
    child: &Child,
    wanted: &Wanted,
    booked: &Booked,
    line: &mut BookedLine,
    parts: Vec<(String, Vec<Slot>)>,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let credit = wanted.credit.as_deref().map(|id| {
        let days: Vec<NaiveDate> = line.slots.iter().map(|slot| slot.day).collect();
        usable(planning, child, id, &days, now)
    });
    let credit = credit.transpose()?;
    let mut left = credit.map_or(0, |credit| {
        let spent = booked.lines.iter().flat_map(|line| &line.quotes);
        left(planning, credit) - spent.map(|quote| quote.spends(&credit.id)).sum::<i64>()
    });
    for (part, days) in parts {
        let worth = |unit| days.iter().map(|slot| worth(planning, child, slot, unit)).sum::<i64>();
        let amount = credit.map(|credit| (credit, worth(credit.unit)));
        let cents = {
            let rate = |slot: &Slot| planning.rules.cents_per_hour(child, slot.day);
            (days.iter().map(|slot| rate(slot) * slot.minutes()).sum::<i64>() + 30) / 60
        };
        let (by, notice) = match amount {
            Some((credit, amount)) if amount <= left => {
                left -= amount;
                (By::Credit { credit: credit.id.clone(), unit: credit.unit, amount }, None)
            }
            Some((credit, amount)) => {
                let notice = format!(
                    "Het tegoed is niet genoeg: hiervoor is {} nodig en er is nog {}. Dit dagdeel \
                     komt in zijn geheel op de factuur.",
                    sentence::amount(credit.unit, amount),
                    sentence::amount(credit.unit, left),
                );
                (By::Invoice { cents }, Some(notice))
            }
            None => (By::Invoice { cents }, None),
        };
        line.quotes.push(QuoteLine { part, days: days.len(), by, notice });
    }
    Ok(())
}

/// The credit of this child with this identity, when it can be used for these days.
fn usable<'p>(
    planning: &'p Planning,
    child: &Child,
    id: &str,
    days: &[NaiveDate],
    now: DateTime<Utc>,
) -> Result<&'p Credit, Refused> {
    let offered = planning.rules.credits.is_some();
    let credit = planning.credits.iter().find(|credit| offered && credit.id == id);
    let credit = credit.ok_or(Refused::CreditUnknown)?;
    if credit.child != child.id {
        let name = child.first_name;
        return Err(Refused::CreditNotUsable(format!("Dit tegoed staat niet op naam van {name}.")));
    }
    if left(planning, credit) <= 0 {
        return Err(Refused::CreditGone);
    }
    match why_not(planning, credit, days, now) {
        Some(reason) => Err(Refused::CreditNotUsable(reason)),
        None => Ok(credit),
    }
}

/// What a slot is worth in a unit.
pub fn worth(planning: &Planning, child: &Child, slot: &Slot, unit: Unit) -> i64 {
    let rules = planning.rules.parts_of(child, slot.day);
    match (unit, rules.iter().find(|rule| rule.id == slot.part)) {
        (Unit::Points, Some(rule)) => rule.points,
        (Unit::Points, None) => 1,
        (Unit::Minutes, _) => slot.minutes(),
    }
}

/// The days of a period that are open, on which credits are looked at.
pub fn open_days(from: NaiveDate, until: NaiveDate) -> Vec<NaiveDate> {
    let days = from.iter_days().take_while(|day| *day <= until);
    days.filter(|day| why_closed(*day).is_none()).collect()
}

/// Every day part a child can be asked for in a period, once.
pub fn offered_in(
    planning: &Planning,
    child: &Child,
    from: NaiveDate,
    until: NaiveDate,
) -> Vec<&'static PartRule> {
    let mut parts: Vec<&'static PartRule> = Vec::new();
    for day in from.iter_days().take_while(|day| *day <= until) {
        for part in offered(planning.rules, child, day) {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
    }
    parts
}

impl QuoteLine {
    /// On the invoice.
    fn cents(&self) -> i64 {
        match self.by {
            By::Invoice { cents } => cents,
            By::Credit { .. } => 0,
        }
    }

    /// How much of a credit it takes.
    fn spends(&self, id: &str) -> i64 {
        match &self.by {
            By::Credit { credit, amount, .. } if credit == id => *amount,
            _ => 0,
        }
    }
}
