//! When a photo was taken. The portal knows the day alone; the clock time comes from the
//! original's own metadata, where it has one.

use chrono::{DateTime, FixedOffset, LocalResult, NaiveDateTime, TimeDelta, TimeZone};
use chrono_tz::Europe::Amsterdam;
use schriftje_model::{Day, noon};

/// How many days before the day of its card a photo may have been taken. Older than that the
/// camera's clock was wrong, and the portal's day is the better guess.
const POSTED_WITHIN_DAYS: i64 = 31;

/// An instant with the offset that held then, and whether its clock time is real.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct When {
    /// The instant, on the clock where it was taken.
    pub(crate) at: DateTime<FixedOffset>,
    /// Whether the clock time was recorded; else it is noon, and the file says so.
    pub(crate) recorded: bool,
}

impl When {
    /// Only the day is known: noon in Amsterdam.
    pub(crate) fn day(day: Day) -> Self {
        Self { at: noon(day).fixed_offset(), recorded: false }
    }

    /// By the original's `DateTimeOriginal` (`2026:03:14 09:41:00`) and `OffsetTimeOriginal`
    /// (`+01:00`), where they are there, readable and fit the day of the card.
    pub(crate) fn original(day: Day, taken: Option<&str>, offset: Option<&str>) -> Self {
        Self::recorded(day, taken, offset).unwrap_or_else(|| Self::day(day))
    }

    /// By an instant that the file itself holds, such as a video's.
    pub(crate) fn instant(day: Day, at: Option<DateTime<FixedOffset>>) -> Self {
        match at {
            Some(at) if fits(day, at.with_timezone(&Amsterdam).date_naive()) => {
                Self { at: at.with_timezone(&Amsterdam).fixed_offset(), recorded: true }
            }
            _ => Self::day(day),
        }
    }

    fn recorded(day: Day, taken: Option<&str>, offset: Option<&str>) -> Option<Self> {
        let taken = taken?.trim_end_matches('\0').trim();
        let taken = NaiveDateTime::parse_from_str(taken, "%Y:%m:%d %H:%M:%S").ok()?;
        if !fits(day, taken.date()) {
            return None;
        }
        let at = match offset.and_then(read_offset) {
            Some(offset) => offset.from_local_datetime(&taken).single()?,
            None => match Amsterdam.from_local_datetime(&taken) {
                LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.fixed_offset(),
                LocalResult::None => return None,
            },
        };
        Some(Self { at, recorded: true })
    }
}

fn fits(day: Day, taken: Day) -> bool {
    taken <= day && day - taken <= TimeDelta::days(POSTED_WITHIN_DAYS)
}

fn read_offset(text: &str) -> Option<FixedOffset> {
    let text = text.trim_end_matches('\0').trim();
    if text == "Z" {
        return FixedOffset::east_opt(0);
    }
    let sign = match text.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let fits = (0..=14).contains(&hours) && (0..60).contains(&minutes);
    fits.then(|| FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60)))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn without_a_clock_time_it_is_noon_with_the_offset_of_the_season() {
        let winter = When::original(day("2026-01-14"), None, None);
        assert_eq!(
            (winter.at.to_rfc3339().as_str(), winter.recorded),
            ("2026-01-14T12:00:00+01:00", false)
        );
        let summer = When::original(day("2026-07-14"), None, None);
        assert_eq!(summer.at.to_rfc3339(), "2026-07-14T12:00:00+02:00");
    }

    #[test]
    fn the_cameras_time_counts_when_it_fits_the_day() {
        let taken = Some("2026:07:14 09:41:05\0");
        let here = When::original(day("2026-07-14"), taken, None);
        assert_eq!(
            (here.at.to_rfc3339().as_str(), here.recorded),
            ("2026-07-14T09:41:05+02:00", true)
        );
        let abroad = When::original(day("2026-07-14"), taken, Some("-05:00"));
        assert_eq!(abroad.at.to_rfc3339(), "2026-07-14T09:41:05-05:00");
        // Posted a few days later.
        assert!(When::original(day("2026-07-17"), taken, None).recorded);
        // A camera that thinks it is another year, and a photo from the future.
        for card in ["2027-07-14", "2026-07-13"] {
            let wrong = When::original(day(card), taken, None);
            assert_eq!((wrong.recorded, wrong.at.date_naive()), (false, day(card)));
        }
        // The hour that the clock skips in March does not exist.
        assert!(!When::original(day("2026-03-29"), Some("2026:03:29 02:30:00"), None).recorded);
    }

    proptest! {
        #[test]
        fn no_metadata_can_break_it(taken in any::<String>(), offset in any::<String>()) {
            let when = When::original(day("2026-07-14"), Some(&taken), Some(&offset));
            prop_assert!(when.at.date_naive() <= day("2026-07-14"));
        }
    }
}
