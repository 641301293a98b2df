//! How a child is placed over the years: what kind of care, in which group, from when until when.

use chrono::{Datelike, Days, NaiveDate};

/// How far ahead a placement is told that has still to begin, in days.
const AHEAD: u64 = 365;

/// What a child's placements follow from.
pub struct Placed {
    pub born: NaiveDate,
    /// The first day at the nursery.
    pub starts: NaiveDate,
    /// The first day no longer there.
    pub ends: Option<NaiveDate>,
    pub day_care_group: String,
    pub after_school_group: String,
    /// Monday is the lowest bit.
    pub weekdays: u8,
}

/// A kind of care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    DayCare,
    Preschool,
    AfterSchool,
}

/// A placement, its last day included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    pub kind: Kind,
    pub group: String,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

impl Kind {
    /// Its name on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::DayCare => "dayCare",
            Self::Preschool => "preschool",
            Self::AfterSchool => "afterSchool",
        }
    }

    /// Its name for parents.
    pub fn name(self) -> &'static str {
        match self {
            Self::DayCare => "Kinderdagverblijf (KDV)",
            Self::Preschool => "Peuteropvang",
            Self::AfterSchool => "Buitenschoolse opvang (BSO)",
        }
    }
}

impl Placed {
    /// Its weekdays, 1 for Monday.
    pub fn weekdays(&self) -> Vec<u8> {
        (1..=7).filter(|day| self.weekdays >> (day - 1) & 1 == 1).collect()
    }
}

/// The placements of a child, the oldest first; with `preschool`, day care becomes that at two.
pub fn placements(placed: &Placed, preschool: bool, today: NaiveDate) -> Vec<Placement> {
    let second = birthday(placed.born, 2);
    let fourth = birthday(placed.born, 4);
    let toddlers = if preschool { Kind::Preschool } else { Kind::DayCare };
    let stretches = if preschool {
        vec![(Kind::DayCare, None, Some(second)), (toddlers, Some(second), Some(fourth))]
    } else {
        vec![(toddlers, None, Some(fourth))]
    };
    let stretches = stretches.into_iter().chain([(Kind::AfterSchool, Some(fourth), None)]);
    stretches
        .filter_map(|(kind, begins, ends)| {
            let from = begins.map_or(placed.starts, |begins: NaiveDate| begins.max(placed.starts));
            let end: Option<NaiveDate> = [ends, placed.ends].into_iter().flatten().min();
            let is_there = end.is_none_or(|end| from < end) && from <= today + Days::new(AHEAD);
            let group = match kind {
                Kind::AfterSchool => &placed.after_school_group,
                _ => &placed.day_care_group,
            };
            is_there.then(|| Placement {
                kind,
                group: group.clone(),
                from,
                until: end.and_then(|end| end.pred_opt()),
            })
        })
        .collect()
}

fn birthday(born: NaiveDate, age: i32) -> NaiveDate {
    let year = born.year() + age;
    let first_of_march = NaiveDate::from_ymd_opt(year, 3, 1);
    born.with_year(year).or(first_of_march).unwrap_or(born)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::goes_to_school;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn child(born: &str, ends: Option<&str>) -> Placed {
        Placed {
            born: day(born),
            starts: day(born) + Days::new(90),
            ends: ends.map(day),
            day_care_group: "Hamsters".into(),
            after_school_group: "Floris".into(),
            weekdays: 0b0_1011,
        }
    }

    fn kinds(placed: &Placed, preschool: bool) -> Vec<(Kind, String, Option<String>)> {
        placements(placed, preschool, day("2026-03-16"))
            .into_iter()
            .map(|one| (one.kind, one.from.to_string(), one.until.map(|day| day.to_string())))
            .collect()
    }

    #[test]
    fn a_child_goes_from_day_care_to_school_on_its_fourth_birthday() {
        let born = "2020-02-29";
        let told = kinds(&child(born, None), false);
        let last = day("2024-02-28");
        assert_eq!(told[0], (Kind::DayCare, "2020-05-29".into(), Some(last.to_string())));
        assert_eq!(told[1], (Kind::AfterSchool, "2024-02-29".into(), None));
        assert!(!goes_to_school(day(born), last) && goes_to_school(day(born), day("2024-02-29")));
        assert_eq!(child(born, None).weekdays(), [1, 2, 4]);
    }

    #[test]
    fn a_placement_that_never_was_or_is_far_ahead_is_not_told() {
        let born = "2024-02-08";
        assert_eq!(kinds(&child(born, None), false).len(), 1, "four in two years");
        let told = kinds(&child(born, None), true);
        assert_eq!(told[0], (Kind::DayCare, "2024-05-08".into(), Some("2026-02-07".into())));
        assert_eq!(told[1], (Kind::Preschool, "2026-02-08".into(), Some("2028-02-07".into())));
        let left = kinds(&child("2020-01-05", Some("2023-07-01")), false);
        assert_eq!(left, [(Kind::DayCare, "2020-04-04".into(), Some("2023-06-30".into()))]);
    }
}
