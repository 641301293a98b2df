//! Which days and periods can be asked for at all.

use super::refused::Refused;
use super::rules::CareRules;
use crate::day::today;
use chrono::{DateTime, Days, NaiveDate, Utc};

/// Whether a day or period can be asked for: from today on, not too long, not too far away.
pub fn check_period(
    rules: &CareRules,
    from: NaiveDate,
    until: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let today = today(now);
    if until < from {
        return Err(Refused::Backwards);
    }
    if from < today {
        return Err(Refused::DayPast);
    }
    if (until - from).num_days() >= rules.longest_period {
        return Err(Refused::TooLong(rules.longest_period));
    }
    let furthest = furthest(rules, now);
    if until > furthest { Err(Refused::TooFar(furthest)) } else { Ok(()) }
}

/// The last day that can be asked for.
pub fn furthest(rules: &CareRules, now: DateTime<Utc>) -> NaiveDate {
    today(now) + Days::new(rules.furthest_days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Organisation;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_period_lies_between_today_and_the_furthest_day_and_is_not_too_long(
            start in -500_i64..800, length in -20_i64..420
        ) {
            let rules = Organisation::BOSRAND.rules.care;
            let now = "2027-12-31T23:30:00Z".parse().unwrap();
            let today: NaiveDate = "2028-01-01".parse().unwrap();
            let day = |offset| today + chrono::TimeDelta::days(offset);
            let expected = (0..=365).contains(&start) && (0..92).contains(&length)
                && start + length <= 365;
            let checked = check_period(rules, day(start), day(start + length), now);
            prop_assert_eq!(checked.is_ok(), expected, "{:?}", checked);
        }
    }
}
