//! Families to try the rules on.

use super::asking::{Ask, Sender, ask, quote, token};
use super::booking::{Booking, GivenIn, Wanted};
use super::refused::Refused;
use super::rules::{Unit, Weeks};
use super::slots::Slots;
use super::state::{Credit, Kind, Named, Planning};
use crate::Organisation;
use crate::data::people::{DEMO_FAMILY, children};
use crate::day::today;
use crate::options::Size;
use crate::portal::Secret;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;

/// Monday 16 March 2026, half past ten in Amsterdam.
pub fn now() -> DateTime<Utc> {
    "2026-03-16T09:30:00Z".parse().unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Noortje comes on Monday, Tuesday and Thursday, Ties too, around school; Fenna has left.
pub fn family(organisation: &'static Organisation) -> Planning {
    let secret = Secret::grown_from(1);
    Planning {
        rules: organisation.rules.care,
        children: children(Size::Family, &secret, today(now()))
            .into_iter()
            .filter(|child| child.family == DEMO_FAMILY)
            .collect(),
        requests: Vec::new(),
        credits: Vec::new(),
        changes: Vec::new(),
        places: BTreeMap::new(),
        others: BTreeMap::new(),
    }
}

/// The identity of a child of the family.
pub fn child(planning: &Planning, number: usize) -> String {
    planning.children[number].id.clone()
}

/// A booking for one child.
pub fn booking(child: &str, from: &str, until: &str, parts: &[&str]) -> Booking {
    Booking {
        from: day(from),
        until: day(until),
        lines: vec![Wanted {
            child: child.to_owned(),
            parts: parts.iter().map(|part| (*part).to_owned()).collect(),
            credit: None,
        }],
        given: Vec::new(),
    }
}

/// The attended slots of a child on a day, as a parent names them.
pub fn slots_on(planning: &Planning, child: &str, on: &str) -> GivenIn {
    let found = Slots::of(planning, planning.child(child).unwrap()).on(day(on));
    let slots = found
        .into_iter()
        .map(|found| Named {
            day: found.slot.day,
            starts: found.slot.starts,
            ends: found.slot.ends,
        })
        .collect();
    GivenIn { child: child.to_owned(), slots }
}

pub fn sender(request: &str) -> Sender {
    Sender {
        request: request.to_owned(),
        name: "Sanne Bloem".to_owned(),
        account: "sanne".to_owned(),
        key: None,
    }
}

/// A request of these bookings, quoted just now.
pub fn quoted(planning: &Planning, kind: Kind, bookings: &[Booking], now: DateTime<Utc>) -> Ask {
    let tokens = bookings.iter().enumerate().map(|(number, booking)| {
        let booked = quote(planning.clone(), kind, &bookings[..number], booking, now);
        (booking.clone(), booked.ok().map(|booked| token(kind, booking, &booked)))
    });
    let bookings = tokens.collect();
    Ask { kind, bookings, whole: false, expires_on: None, remark: String::new() }
}

/// Asks for these bookings; the identities of the lines come back.
pub fn asked(
    planning: &mut Planning,
    kind: Kind,
    bookings: &[Booking],
    change: impl FnOnce(&mut Ask),
) -> Result<Vec<String>, Refused> {
    let mut new = quoted(planning, kind, bookings, now());
    change(&mut new);
    let id = format!("request {}", planning.requests.len());
    ask(planning, &new, &sender(&id), now())?;
    let request = planning.requests.last().unwrap();
    Ok(request.lines.iter().map(|line| line.id.clone()).collect())
}

/// A credit of so many minutes, valid this year.
pub fn credit(child: &str, id: &str, total: i64) -> Credit {
    Credit {
        id: id.to_owned(),
        child: child.to_owned(),
        name: "Tegoed".to_owned(),
        unit: Unit::Minutes,
        total,
        valid_from: day("2026-01-01"),
        valid_until: day("2026-12-31"),
        weeks: Weeks::All,
        note: None,
        line: None,
    }
}
