//! What an organisation lets parents do with the planning. Organisations differ in this data alone.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

/// The rules of an organisation for the planning.
#[derive(Debug, PartialEq, Eq)]
pub struct CareRules {
    /// The parts of a day in day care.
    pub day_care: &'static [PartRule],
    /// The parts of a day around school.
    pub after_school: &'static [PartRule],
    /// The groups.
    pub groups: &'static [GroupRule],
    /// Hours before its first slot an extra day can still be asked for.
    pub extra_hours: i64,
    /// Hours before each slot of it a swap can still be asked for.
    pub swap_hours: i64,
    /// Hours before a slot an absence can still be told; `None`: until the slot ends.
    pub absence_hours: Option<i64>,
    /// Hours before its first slot a request can still be cancelled.
    pub cancel_hours: i64,
    /// Hours before its first slot an absence can still be cancelled.
    pub cancel_absence_hours: i64,
    /// Days from today to the last day that can be asked for.
    pub furthest_days: u64,
    /// The longest period, in days.
    pub longest_period: i64,
    /// How credits are used; `None` where there are none.
    pub credits: Option<CreditRules>,
    /// What an hour of day care costs, in cents.
    pub day_care_cents: i64,
    /// What an hour around school costs, in cents.
    pub after_school_cents: i64,
    /// About extra days, for parents.
    pub about_extra: &'static str,
    /// About swaps.
    pub about_swap: &'static str,
    /// About absences.
    pub about_absence: &'static str,
    /// Whom to ask for changes in the contract.
    pub about_contract: &'static str,
}

/// A part of a day that can be asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct PartRule {
    /// Its name in calls.
    pub id: &'static str,
    /// Its name for parents.
    pub name: &'static str,
    /// From when, on the clock in Amsterdam.
    pub start: NaiveTime,
    /// Until when.
    pub end: NaiveTime,
    /// In which weeks there is such a part.
    pub weeks: Weeks,
    /// What it is worth in points.
    pub points: i64,
    /// Contracts are made of it.
    pub contract: bool,
}

/// A group.
#[derive(Debug, PartialEq, Eq)]
pub struct GroupRule {
    /// Its name.
    pub name: &'static str,
    /// Its telephone.
    pub phone: &'static str,
    /// When it opens.
    pub opens: NaiveTime,
    /// When it closes.
    pub closes: NaiveTime,
    /// Children it takes in a day part besides those with a contract for it.
    pub places: u32,
    /// Where that differs, by the name of the part.
    pub places_by_part: &'static [(&'static str, u32)],
}

/// How credits are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreditRules {
    /// What they count in.
    pub unit: Unit,
    /// Hours before its slot an absence brings a credit.
    pub absence_hours: i64,
    /// Months a credit of an absence is valid.
    pub valid_months: u32,
}

/// What a credit counts in; never converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Whole points.
    Points,
    /// Whole minutes.
    Minutes,
}

/// Weeks in which something holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weeks {
    /// All of them.
    #[default]
    All,
    /// School weeks.
    School,
    /// School holidays.
    Holiday,
}

impl Weeks {
    /// Whether `day` is in such a week.
    pub fn hold(self, day: chrono::NaiveDate) -> bool {
        let holiday = crate::data::school_holiday(day).is_some();
        match self {
            Self::All => true,
            Self::School => !holiday,
            Self::Holiday => holiday,
        }
    }

    /// Its name in the portal's memory and on the staff side.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::School => "school",
            Self::Holiday => "holiday",
        }
    }
}

impl Unit {
    /// Its name in calls.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::Minutes => "minutes",
        }
    }
}

impl CareRules {
    /// The telephone of a group.
    pub(crate) fn phone_of(&self, group: &str) -> Option<&'static str> {
        self.groups.iter().find(|rule| rule.name == group).map(|rule| rule.phone)
    }

    /// The rules of a group; none when it is unknown.
    pub fn group(&self, name: &str) -> Option<&'static GroupRule> {
        self.groups.iter().find(|group| group.name == name)
    }
}

impl GroupRule {
    /// Places in a day part, besides contracts.
    pub fn places_in(&self, part: &str) -> u32 {
        let own = self.places_by_part.iter().find(|(name, _)| *name == part);
        own.map_or(self.places, |(_, places)| *places)
    }
}

impl PartRule {
    /// How long it is.
    pub fn minutes(&self) -> i64 {
        (self.end - self.start).num_minutes()
    }

    /// What it is worth in `unit`.
    pub fn worth(&self, unit: Unit) -> i64 {
        match unit {
            Unit::Points => self.points,
            Unit::Minutes => self.minutes(),
        }
    }
}

/// A time of the day.
pub(crate) const fn at(hour: u32, minute: u32) -> NaiveTime {
    match NaiveTime::from_hms_opt(hour, minute, 0) {
        Some(time) => time,
        None => NaiveTime::MIN,
    }
}
