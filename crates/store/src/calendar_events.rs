//! What calendar programs were told of each care slot (table `calendar_events`).

use crate::{Store, StoreError, day};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, Row};
use schriftje_model::Day;
use std::collections::BTreeSet;

/// How long a cancellation is told, so that a program that looks seldom hears of it.
const TOLD_FOR: TimeDelta = TimeDelta::days(90);

/// A care slot as calendar programs are to be told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCalendarEvent {
    /// Its identity for calendar programs.
    pub uid: String,
    /// The day in Amsterdam it begins on.
    pub day: Day,
    /// What is told, as JSON. As long as this text is the same, nothing has changed.
    pub event: String,
}

/// A care slot as calendar programs were told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEventRecord {
    /// Its identity for calendar programs.
    pub uid: String,
    /// What is told, or was told last, as JSON.
    pub event: String,
    /// How often it changed.
    pub sequence: u32,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
    /// The slot is gone.
    pub gone: bool,
}

impl Store {
    /// Notes what there is to tell: `events` is every slot from the first day of `known` to the
    /// last. What changed or came back gets a higher sequence; what is no longer there is gone, with a
    /// higher sequence too.
    pub async fn note_calendar_events(
        &self,
        known: (Day, Day),
        events: Vec<NewCalendarEvent>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.0.account.write(move |c| note(c, known, &events, now)).await
    }

    /// What there is to tell of the days from `from` to `until`, by day. What is gone is told for 90 days.
    pub async fn calendar_events(
        &self,
        from: Option<Day>,
        until: Option<Day>,
        now: DateTime<Utc>,
    ) -> Result<Vec<CalendarEventRecord>, StoreError> {
        self.0
            .account
            .read(move |c| {
                let mut statement = c.prepare_cached(
                    "SELECT uid, event, sequence, changed_at, cancelled_at FROM calendar_events
                     WHERE day BETWEEN ?1 AND ?2 AND coalesce(cancelled_at > ?3, TRUE)
                     ORDER BY day, uid",
                )?;
                let from = from.map_or(i64::MIN, day::number);
                let until = until.map_or(i64::MAX, day::number);
                let since = (now - TOLD_FOR).timestamp_millis();
                statement.query_map((from, until, since), from_row)?.collect()
            })
            .await
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<CalendarEventRecord> {
    Ok(CalendarEventRecord {
        uid: row.get(0)?,
        event: row.get(1)?,
        sequence: row.get(2)?,
        changed_at: day::instant(row.get(3)?)?,
        gone: row.get::<_, Option<i64>>(4)?.is_some(),
    })
}

fn note(
    c: &Connection,
    (from, until): (Day, Day),
    events: &[NewCalendarEvent],
    now: DateTime<Utc>,
) -> rusqlite::Result<()> {
    let (from, until, at) = (day::number(from), day::number(until), now.timestamp_millis());
    for event in events {
        // What stays the same is not written: a calendar program asks every hour.
        c.prepare_cached(
            "INSERT INTO calendar_events (uid, day, event, sequence, changed_at) VALUES (?1, ?2, ?3, 0, ?4)
             ON CONFLICT (uid) DO UPDATE SET day = ?2, event = ?3, sequence = sequence + 1,
                 changed_at = ?4, cancelled_at = NULL
             WHERE event <> ?3 OR day <> ?2 OR cancelled_at IS NOT NULL",
        )?
        .execute((&event.uid, day::number(event.day), &event.event, at))?;
    }
    let here: BTreeSet<&str> = events.iter().map(|event| event.uid.as_str()).collect();
    let known: Vec<String> = c
        .prepare_cached(
            "SELECT uid FROM calendar_events WHERE day BETWEEN ?1 AND ?2 AND cancelled_at IS NULL",
        )?
        .query_map((from, until), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for uid in known.iter().filter(|uid| !here.contains(uid.as_str())) {
        c.prepare_cached(
            "UPDATE calendar_events SET sequence = sequence + 1, changed_at = ?2, cancelled_at = ?2
             WHERE uid = ?1",
        )?
        .execute((uid, at))?;
    }
    forget(c, now)
}

/// Forgets what is gone, once neither it is told any more nor its day can bring it back.
fn forget(c: &Connection, now: DateTime<Utc>) -> rusqlite::Result<()> {
    let since = now - TOLD_FOR;
    let parameters = (since.timestamp_millis(), day::number(since.date_naive()));
    let old: Option<i64> = c
        .prepare_cached(
            "SELECT 1 FROM calendar_events WHERE cancelled_at <= ?1 AND day < ?2 LIMIT 1",
        )?
        .query_row(parameters, |row| row.get(0))
        .optional()?;
    if old.is_some() {
        c.prepare_cached("DELETE FROM calendar_events WHERE cancelled_at <= ?1 AND day < ?2")?
            .execute(parameters)?;
    }
    Ok(())
}
