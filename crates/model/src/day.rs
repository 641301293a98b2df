//! Days at the nursery. The portal sends a day as epoch milliseconds at midnight in Amsterdam, so
//! reading one in UTC would show the day before.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Europe::Amsterdam;
use chrono_tz::Tz;

/// A calendar day in Amsterdam.
pub type Day = NaiveDate;

/// The day in Amsterdam that holds this instant, in epoch milliseconds. `None` when out of range.
pub fn day_of_epoch_ms(ms: i64) -> Option<Day> {
    Some(DateTime::from_timestamp_millis(ms)?.with_timezone(&Amsterdam).date_naive())
}

/// The instant at which `day` begins in Amsterdam, in epoch milliseconds.
pub fn midnight_epoch_ms(day: Day) -> i64 {
    at(day, NaiveTime::MIN).timestamp_millis()
}

/// Twelve o'clock in Amsterdam on `day`, with that day's offset.
pub fn noon(day: Day) -> DateTime<Tz> {
    at(day, NaiveTime::from_hms_opt(12, 0, 0).unwrap_or(NaiveTime::MIN))
}

/// The day it is in Amsterdam at `now`.
pub fn today(now: DateTime<Utc>) -> Day {
    now.with_timezone(&Amsterdam).date_naive()
}

fn at(day: Day, time: NaiveTime) -> DateTime<Tz> {
    match Amsterdam.from_local_datetime(&day.and_time(time)) {
        LocalResult::Single(instant) | LocalResult::Ambiguous(instant, _) => instant,
        // A clock change never skips midnight or noon here; should that ever change, the hour after is right.
        LocalResult::None => {
            Amsterdam.from_utc_datetime(&(day.and_time(time) - TimeDelta::hours(1)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_day_survives_the_wire(days in 0_i64..60_000) {
            let day = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap() + TimeDelta::days(days);
            prop_assert_eq!(day_of_epoch_ms(midnight_epoch_ms(day)), Some(day));
            // Any instant within the day belongs to it, also on the 23-hour day.
            prop_assert_eq!(day_of_epoch_ms(midnight_epoch_ms(day) + 23 * 3_600_000 - 1), Some(day));
        }
    }

    #[test]
    fn the_nights_the_clock_changes_keep_their_day() {
        // 25 October 2026 has 25 hours, 29 March 2026 has 23.
        for (day, hours) in [("2026-10-25", 25), ("2026-03-29", 23)] {
            let day: Day = day.parse().unwrap();
            let next = day.succ_opt().unwrap();
            assert_eq!(midnight_epoch_ms(next) - midnight_epoch_ms(day), hours * 3_600_000);
        }
    }

    #[test]
    fn noon_carries_the_offset_of_its_season() {
        assert_eq!(noon("2026-03-14".parse().unwrap()).to_rfc3339(), "2026-03-14T12:00:00+01:00");
        assert_eq!(noon("2026-07-14".parse().unwrap()).to_rfc3339(), "2026-07-14T12:00:00+02:00");
    }
}
