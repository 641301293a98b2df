//! The days of a story: whatever day it is today, days on which all that it tells can happen.

use anyhow::{Context, Result};
use chrono::{Datelike, Days, Weekday};
use schriftje_demo_portal::{TrueSlot, Truth};
use schriftje_model::Day;
use serde_json::Value;
use std::collections::BTreeSet;

/// The portal allows a period of so many days.
const STRETCH: u64 = 80;

/// What a morning of Noortje's lasts, in milliseconds.
const MORNING: i64 = 330 * 60_000;

/// The children, and when what happens.
#[derive(Clone, Debug)]
pub struct Plan {
    pub noortje: String,
    pub ties: String,
    /// The Monday and the Friday of a week in which both are expected more than once.
    pub holiday: (Day, Day),
    /// A day on which both can come and are not expected.
    pub extra: Day,
    /// A day on which Noortje is expected in the morning.
    pub given: Day,
    /// A day on which she can come in the afternoon instead.
    pub wanted: Day,
    /// A day on which she can come in the morning, for a request that nobody judges.
    pub lapses: Day,
    /// Until when that request may stand.
    pub expires: Day,
}

impl Plan {
    /// The first and the last day to look for days on: there is time to cancel what is on them,
    /// also two days from now.
    pub fn stretch(today: Day) -> (Day, Day) {
        (today + Days::new(4), today + Days::new(STRETCH))
    }

    /// Finds the days, given what the portal answers of what is possible in that stretch.
    pub fn find(today: Day, truth: &Truth, extra: &Value, swap: &Value) -> Result<Self> {
        let (first, last) = Self::stretch(today);
        let noortje = child(extra, "Noortje").context("Noortje is not there")?;
        let ties = child(extra, "Ties").context("Ties is not there")?;
        let plain = plain_slots(truth);
        let monday = first
            .iter_days()
            .take_while(|day| *day + Days::new(4) <= last)
            .filter(|day| day.weekday() == Weekday::Mon)
            .find(|monday| {
                let week = *monday..=*monday + Days::new(4);
                [&noortje, &ties].into_iter().all(|child| {
                    let there = |slot: &&TrueSlot| slot.child == *child && week.contains(&slot.day);
                    let expected = plain.iter().filter(|slot| there(slot)).count();
                    expected > 1 && expected == truth.slots.iter().filter(there).count()
                })
            })
            .context("no week for a holiday")?;
        let holiday = (monday, monday + Days::new(4));
        let outside = |day: &Day| !(holiday.0..=holiday.1).contains(day);

        let mornings = possible(extra, &noortje, "ochtend");
        let after_school = possible(extra, &ties, "naschools");
        let both = mornings.intersection(&after_school).copied().find(outside);
        let extra = both.context("no day for both")?;
        let free = |day: &Day| outside(day) && *day != extra;
        let lapses = mornings.into_iter().find(free).context("no other morning")?;
        let afternoons = possible(swap, &noortje, "middag");
        let wanted = afternoons.into_iter().find(|day| free(day) && *day != lapses);
        let wanted = wanted.context("no afternoon to swap for")?;
        let given = plain.iter().find(|slot| {
            slot.child == noortje
                && slot.end - slot.start == MORNING
                && (first..=last).contains(&slot.day)
                && outside(&slot.day)
        });
        let given = given.context("no morning to give in")?.day;
        let expires = today + Days::new(2);
        Ok(Self { noortje, ties, holiday, extra, given, wanted, lapses, expires })
    }
}

/// Slots of the contract a child is expected for, and that are not offered in exchange.
fn plain_slots(truth: &Truth) -> Vec<&TrueSlot> {
    let lines = truth.requests.iter().flat_map(|request| &request.lines);
    let offered: BTreeSet<(&str, i64)> = lines
        .flat_map(|line| line.given.iter().map(|given| (line.child.as_str(), given.start)))
        .collect();
    let plain = |slot: &&TrueSlot| {
        slot.attendance == "attend"
            && slot.kind == "contract"
            && !offered.contains(&(slot.child.as_str(), slot.start))
    };
    truth.slots.iter().filter(plain).collect()
}

fn child(possible: &Value, name: &str) -> Option<String> {
    let mut children = possible["children"].as_array()?.iter();
    let child = children.find(|child| child["childName"] == name)?;
    child["child"].as_str().map(str::to_owned)
}

/// The days on which a day part is possible for a child.
fn possible(answer: &Value, child: &str, part: &str) -> BTreeSet<Day> {
    let children = answer["children"].as_array().into_iter().flatten();
    let parts = children
        .filter(|one| one["child"] == child)
        .flat_map(|one| one["parts"].as_array().into_iter().flatten())
        .filter(|one| one["part"]["id"] == part);
    let days = parts.flat_map(|one| one["days"].as_array().into_iter().flatten());
    days.filter_map(|day| day.as_str()?.parse().ok()).collect()
}
