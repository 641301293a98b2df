//! Days in Amsterdam, and how they are sent: epoch milliseconds at their midnight there.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Timelike, Utc};
use chrono_tz::Europe::Amsterdam;

/// The day it is in Amsterdam.
pub fn today(now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&Amsterdam).date_naive()
}

/// The instant `day` begins in Amsterdam, in epoch milliseconds.
pub fn midnight_ms(day: NaiveDate) -> i64 {
    at_ms(day, NaiveTime::MIN)
}

/// The instant of a clock time in Amsterdam, in epoch milliseconds.
pub fn at_ms(day: NaiveDate, time: NaiveTime) -> i64 {
    let local = day.and_time(time);
    // The clock changes at night on days the nursery is closed: one reading is as good as the other.
    Amsterdam
        .from_local_datetime(&local)
        .earliest()
        .map_or_else(|| local.and_utc().timestamp_millis(), |instant| instant.timestamp_millis())
}

/// The hour of the day it is in Amsterdam.
pub fn hour(now: DateTime<Utc>) -> u32 {
    now.with_timezone(&Amsterdam).hour()
}

/// The instant of a clock time in Amsterdam.
pub fn at(day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(at_ms(day, time)).unwrap_or_default()
}

/// The time of the day in Amsterdam.
pub fn clock_time(instant: DateTime<Utc>) -> NaiveTime {
    instant.with_timezone(&Amsterdam).time()
}
