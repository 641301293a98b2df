//! When to look for something new: often while the nursery is open, seldom at night.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Europe::Amsterdam;
use rand::Rng;
use std::time::Duration;

/// How often to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// Somebody may be looking at the app.
    Foreground,
    /// The app is in the tray or on a device that saves power.
    Background,
}

/// How old what is shown may be when somebody comes back to the app.
pub(crate) const IN_SIGHT: TimeDelta = TimeDelta::minutes(5);

/// The nursery is closed from here …
const EVENING: (u32, u32) = (19, 0);
/// … to here.
const MORNING: (u32, u32) = (6, 30);

/// How long to wait from `now` until the next poll: about five minutes by day and an hour by
/// night (B), three times that in the background. A night's wait ends in the morning.
pub(crate) fn until_next(now: DateTime<Utc>, rhythm: Rhythm) -> Duration {
    let by_day = match rhythm {
        Rhythm::Foreground => Duration::from_mins(5),
        Rhythm::Background => Duration::from_mins(15),
    };
    let by_night = match rhythm {
        Rhythm::Foreground => Duration::from_hours(1),
        Rhythm::Background => Duration::from_hours(3),
    };
    let time = now.with_timezone(&Amsterdam).time();
    let clock = |(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    let (evening, morning) = (clock(EVENING), clock(MORNING));
    let wait = if time >= morning && time < evening {
        by_day
    } else {
        let left = (morning - time).to_std().unwrap_or(by_night);
        by_night.min(left.max(by_day))
    };
    wait.mul_f64(rand::rng().random_range(0.9..1.1))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_wait_is_short_by_day_and_never_longer_than_the_night_allows(
            seconds in 0_i64..400 * 86_400,
            background: bool,
        ) {
            let rhythm = if background { Rhythm::Background } else { Rhythm::Foreground };
            let (day, night) = if background { (900.0, 10_800.0) } else { (300.0, 3600.0) };
            let now = DateTime::from_timestamp(1_760_000_000 + seconds, 0).unwrap();
            let wait = until_next(now, rhythm).as_secs_f64();
            let time = now.with_timezone(&Amsterdam).time();
            let open = time >= NaiveTime::from_hms_opt(6, 30, 0).unwrap()
                && time < NaiveTime::from_hms_opt(19, 0, 0).unwrap();
            prop_assert!(wait >= day * 0.9);
            let longest = if open { day } else { night };
            prop_assert!(wait <= longest * 1.1);
        }
    }

    #[test]
    fn waits_differ_from_app_to_app() {
        let now = DateTime::from_timestamp(1_760_000_000, 0).unwrap();
        let waits: std::collections::HashSet<Duration> =
            (0..20).map(|_| until_next(now, Rhythm::Foreground)).collect();
        assert!(waits.len() > 10);
    }
}
