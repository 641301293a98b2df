//! School holidays, by a rule for each year: those around which families plan.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The school holiday `day` lies in, weekends around it included.
pub fn school_holiday(day: NaiveDate) -> Option<&'static str> {
    let year = day.year();
    let christmas = |year| {
        let first = NaiveDate::from_ymd_opt(year, 12, 25)?;
        Some(saturday_before(first))
    };
    let lies_in = |first: Option<NaiveDate>, weeks: u64| {
        first.is_some_and(|first| (first..first + Days::new(weeks * 7 + 2)).contains(&day))
    };
    let holidays = [
        ("Kerstvakantie", christmas(year - 1), 2),
        ("Voorjaarsvakantie", before_week(year, 8), 1),
        ("Meivakantie", NaiveDate::from_ymd_opt(year, 4, 27).map(saturday_before), 1),
        ("Zomervakantie", before_week(year, 30), 6),
        ("Herfstvakantie", before_week(year, 43), 1),
        ("Kerstvakantie", christmas(year), 2),
    ];
    holidays.into_iter().find(|(_, first, weeks)| lies_in(*first, *weeks)).map(|(name, ..)| name)
}

/// The Saturday before an ISO week.
fn before_week(year: i32, week: u32) -> Option<NaiveDate> {
    NaiveDate::from_isoywd_opt(year, week, Weekday::Mon).map(|monday| monday - Days::new(2))
}

/// The last Saturday up to `day`.
fn saturday_before(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from((day.weekday().num_days_from_monday() + 2) % 7))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_school_holidays_of_2026_are_known() {
        for (day, holiday) in [
            ("2026-01-04", Some("Kerstvakantie")),
            ("2026-01-05", None),
            ("2026-02-13", None),
            ("2026-02-14", Some("Voorjaarsvakantie")),
            ("2026-02-22", Some("Voorjaarsvakantie")),
            ("2026-02-23", None),
            ("2026-03-16", None),
            ("2026-04-25", Some("Meivakantie")),
            ("2026-05-04", None),
            ("2026-07-17", None),
            ("2026-07-18", Some("Zomervakantie")),
            ("2026-08-30", Some("Zomervakantie")),
            ("2026-08-31", None),
            ("2026-10-17", Some("Herfstvakantie")),
            ("2026-10-26", None),
            ("2026-12-19", Some("Kerstvakantie")),
            ("2027-01-03", Some("Kerstvakantie")),
        ] {
            assert_eq!(school_holiday(day.parse().unwrap()), holiday, "{day}");
        }
    }
}
