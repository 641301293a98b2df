//! Days and instants as the databases hold them.

use chrono::{DateTime, Datelike, Utc};
use rusqlite::types::Type;
use schriftje_model::Day;

/// Days from the first day of the common era to 1970-01-01.
const EPOCH: i32 = 719_163;

/// Days since 1970-01-01.
pub(crate) fn number(day: Day) -> i64 {
    i64::from(day.num_days_from_ce() - EPOCH)
}

/// The day that number stands for.
pub(crate) fn from_number(number: i64) -> rusqlite::Result<Day> {
    i32::try_from(number)
        .ok()
        .and_then(|number| number.checked_add(EPOCH))
        .and_then(Day::from_num_days_from_ce_opt)
        .ok_or(rusqlite::Error::IntegralValueOutOfRange(0, number))
}

/// The instant that epoch milliseconds stand for.
pub(crate) fn instant(ms: i64) -> rusqlite::Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(ms).ok_or(rusqlite::Error::IntegralValueOutOfRange(0, ms))
}

/// A value that this program does not write.
pub(crate) fn unreadable(column: usize) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(column, String::new(), Type::Text)
}
