//! The days the nursery is closed: weekends and Dutch public holidays.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Whether nobody is at the nursery on `day`.
pub fn closed(day: NaiveDate) -> bool {
    weekend(day) || holiday(day).is_some()
}

/// Why nobody is there on `day`, as a sentence for a parent.
pub fn why_closed(day: NaiveDate) -> Option<String> {
    let closed = holiday(day).map(|name| format!("Op {name} zijn we gesloten."));
    closed.or_else(|| weekend(day).then(|| "In het weekend zijn we gesloten.".to_owned()))
}

fn weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The public holiday `day` is.
pub fn holiday(day: NaiveDate) -> Option<&'static str> {
    let easter = easter(day.year());
    let after_easter = |days| easter.checked_add_days(Days::new(days)) == Some(day);
    match (day.month(), day.day()) {
        (1, 1) => Some("Nieuwjaarsdag"),
        (12, 25) => Some("Eerste kerstdag"),
        (12, 26) => Some("Tweede kerstdag"),
        (4, 27) if day.weekday() != Weekday::Sun => Some("Koningsdag"),
        (4, 26) if day.weekday() == Weekday::Sat => Some("Koningsdag"),
        // Liberation Day is a day off once in five years.
        (5, 5) if day.year() % 5 == 0 => Some("Bevrijdingsdag"),
        _ if after_easter(1) => Some("Tweede paasdag"),
        _ if after_easter(39) => Some("Hemelvaartsdag"),
        _ if after_easter(50) => Some("Tweede pinksterdag"),
        _ => None,
    }
}

/// Easter Sunday (Gauss, in the form of Meeus).
#[expect(clippy::many_single_char_names, reason = "the rule is known by these letters")]
fn easter(year: i32) -> NaiveDate {
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    let f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
    let month = u32::try_from(f / 31).unwrap_or(4);
    let day = u32::try_from(f % 31 + 1).unwrap_or(1);
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_holidays_of_2026_are_closed() {
        for day in ["2026-01-01", "2026-04-06", "2026-04-27", "2026-05-14", "2026-05-25"] {
            assert!(closed(day.parse().unwrap()), "{day}");
        }
        for day in ["2026-12-25", "2026-11-28", "2025-05-05"] {
            assert!(closed(day.parse().unwrap()), "{day}");
        }
        assert_eq!(holiday("2026-04-06".parse().unwrap()), Some("Tweede paasdag"));
        for day in ["2026-04-03", "2026-05-05", "2026-11-24", "2025-04-28"] {
            assert!(!closed(day.parse().unwrap()), "{day}");
        }
    }
}
