//! Whether a day part can be asked for on a day.

use super::refused::Refused;
use super::rules::{CareRules, PartRule, Weeks};
use super::slots::{Attendance, Slots};
use super::state::{Kind, Planning, Slot, Spot};
use crate::data::people::Child;
use crate::data::{goes_to_school, why_closed};
use crate::day::today;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::collections::BTreeMap;

impl CareRules {
    /// The day parts of a child on a day.
    pub(crate) fn parts_of(&self, child: &Child, day: NaiveDate) -> &'static [PartRule] {
        if goes_to_school(child.born, day) { self.after_school } else { self.day_care }
    }

    /// What an hour of a child on a day costs, in cents.
    pub(super) fn cents_per_hour(&self, child: &Child, day: NaiveDate) -> i64 {
        if goes_to_school(child.born, day) { self.after_school_cents } else { self.day_care_cents }
    }

    /// Hours before it begins something can still be asked for.
    pub(super) fn notice_hours(&self, kind: Kind) -> i64 {
        match kind {
            Kind::Swap => self.swap_hours,
            _ => self.extra_hours,
        }
    }
}

/// The day parts a child can be asked for on a day: those of its kind of care that lie in the
/// opening hours of its group.
pub fn offered(rules: &CareRules, child: &Child, day: NaiveDate) -> Vec<&'static PartRule> {
    let Some(group) = rules.group(child.group(day)) else { return Vec::new() };
    let parts = rules.parts_of(child, day).iter();
    parts.filter(|part| group.opens <= part.start && part.end <= group.closes).collect()
}

/// What is taken besides the planning while a booking is made.
#[derive(Default)]
pub struct Taken {
    /// Slots of one child.
    pub slots: Vec<(String, Slot)>,
    /// Places in the groups.
    pub places: BTreeMap<Spot, u32>,
}

/// The slot of a day part on a day, when it can be asked for.
pub fn judge(
    planning: &Planning,
    slots: &Slots<'_>,
    part: &str,
    day: NaiveDate,
    kind: Kind,
    taken: &Taken,
    now: DateTime<Utc>,
) -> Result<Slot, Refused> {
    let (rules, child) = (planning.rules, slots.child);
    if day < today(now) {
        return Err(Refused::DayPast);
    }
    if let Some(reason) = why_closed(day) {
        return Err(Refused::Closed(reason));
    }
    in_care(child, day)?;
    let offered = offered(rules, child, day);
    let rule = offered.iter().find(|rule| rule.id == part).ok_or(Refused::PartUnknown)?;
    if !rule.weeks.hold(day) {
        let when = if rule.weeks == Weeks::School { "schoolweken" } else { "schoolvakanties" };
        return Err(Refused::NotThen(format!("Dit dagdeel is er alleen in {when}.")));
    }
    let slot = rule.on(day);
    let hours = rules.notice_hours(kind);
    if slot.starts < now + TimeDelta::hours(hours) {
        return Err(Refused::TooLate(hours));
    }
    if let Some(there) = slots.on(day).iter().find(|there| there.slot.overlaps(&slot)) {
        return Err(match there.attendance {
            Attendance::Attend => Refused::AlreadyPlanned,
            Attendance::Tentative => Refused::AlreadyAsked,
            Attendance::Absent => Refused::AlreadyAbsent,
        });
    }
    if taken.slots.iter().any(|(of, there)| *of == child.id && there.overlaps(&slot)) {
        return Err(Refused::AlreadyAsked);
    }
    let place = (child.group(day).to_owned(), day, part.to_owned());
    if free(planning, &place) <= taken.places.get(&place).copied().unwrap_or_default() {
        return Err(Refused::NoRoom);
    }
    Ok(slot)
}

/// Whether a child has a contract on a day, whatever its weekdays.
fn in_care(child: &Child, day: NaiveDate) -> Result<(), Refused> {
    let name = child.first_name;
    if child.ends.is_some_and(|ends| ends <= day) {
        return Err(Refused::NotThen(format!("{name} komt dan niet meer bij ons.")));
    }
    if day < child.starts {
        let first = super::sentence::day(child.starts);
        return Err(Refused::NotThen(format!("{name} begint op {first}.")));
    }
    Ok(())
}

/// Places that are free in a group on a day in a day part.
fn free(planning: &Planning, spot: &Spot) -> u32 {
    let (group, day, part) = spot;
    let places = planning.places.get(spot).copied();
    let places = places.or_else(|| Some(planning.rules.group(group)?.places_in(part)));
    let held = planning
        .lines()
        .filter(|(request, line)| request.kind != Kind::Absence && line.holds())
        .filter(|(_, line)| line.group == *group)
        .flat_map(|(_, line)| &line.slots)
        .filter(|slot| slot.day == *day && slot.part == *part)
        .count();
    let others = planning.others.get(spot).copied().unwrap_or_default();
    let held = u32::try_from(held).unwrap_or(u32::MAX).saturating_add(others);
    places.unwrap_or_default().saturating_sub(held)
}
