//! Days, times and amounts in Dutch words.

use super::rules::Unit;
use super::state::Slot;
use crate::day::clock_time;
use chrono::{Datelike, NaiveDate};

const WEEKDAYS: [&str; 7] =
    ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// "dinsdag 24 maart 2026".
pub fn day(day: NaiveDate) -> String {
    let weekday = WEEKDAYS[day.weekday().num_days_from_monday() as usize];
    format!("{weekday} {} {} {}", day.day(), MONTHS[day.month0() as usize], day.year())
}

/// One day, or the first and the last of a period.
pub fn days(from: NaiveDate, until: NaiveDate) -> String {
    if from == until { day(from) } else { format!("{} tot en met {}", day(from), day(until)) }
}

/// "5 uur en 30 minuten", "3 punten".
pub fn amount(unit: Unit, amount: i64) -> String {
    let some = |count: i64, one: &str, many: &str| {
        format!("{count} {}", if count == 1 { one } else { many })
    };
    match unit {
        Unit::Points => some(amount, "punt", "punten"),
        Unit::Minutes => match (amount / 60, amount % 60) {
            (0, minutes) => some(minutes, "minuut", "minuten"),
            (hours, 0) => format!("{hours} uur"),
            (hours, minutes) => {
                format!("{hours} uur en {}", some(minutes, "minuut", "minuten"))
            }
        },
    }
}

/// "07:30-13:00".
pub fn times(slot: &Slot) -> String {
    format!("{}-{}", clock_time(slot.starts).format("%H:%M"), clock_time(slot.ends).format("%H:%M"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_amounts_are_said_in_dutch() {
        let on = |text: &str| text.parse().unwrap();
        assert_eq!(day(on("2028-02-29")), "dinsdag 29 februari 2028");
        assert_eq!(
            days(on("2026-03-01"), on("2026-03-02")),
            "zondag 1 maart 2026 tot en met maandag 2 maart 2026"
        );
        for (minutes, words) in [
            (330, "5 uur en 30 minuten"),
            (60, "1 uur"),
            (1, "1 minuut"),
            (61, "1 uur en 1 minuut"),
        ] {
            assert_eq!(amount(Unit::Minutes, minutes), words);
        }
        assert_eq!(amount(Unit::Points, 1), "1 punt");
        assert_eq!(amount(Unit::Points, 2), "2 punten");
    }
}
