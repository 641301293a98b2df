//! The day rhythm of an entry (table `rhythm`).

use crate::{day, kinds};
use chrono::{NaiveTime, Timelike};
use rusqlite::Connection;
use schriftje_model::RhythmMoment;

pub(crate) const SELECT: &str = "SELECT kind, begins, ends, title, subtitle, entries, remarks
     FROM rhythm WHERE card = ?1 ORDER BY position";

pub(crate) fn insert(c: &Connection, n: i64, moments: &[RhythmMoment]) -> rusqlite::Result<()> {
    let mut insert = c.prepare_cached(
        "INSERT INTO rhythm
             (card, position, kind, begins, ends, title, subtitle, entries, remarks)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for (position, moment) in (0_i64..).zip(moments) {
        insert.execute((
            n,
            position,
            kinds::rhythm(moment.kind),
            moment.start.map(seconds),
            moment.end.map(seconds),
            &moment.title,
            &moment.subtitle,
            serde_json::to_string(&moment.entries).unwrap_or_else(|_| "[]".into()),
            &moment.remarks,
        ))?;
    }
    Ok(())
}

pub(crate) fn load(c: &Connection, n: i64) -> rusqlite::Result<Vec<RhythmMoment>> {
    c.prepare_cached(SELECT)?
        .query_map([n], |row| {
            Ok(RhythmMoment {
                kind: kinds::to_rhythm(row.get_ref(0)?.as_str()?),
                start: row.get::<_, Option<u32>>(1)?.and_then(time),
                end: row.get::<_, Option<u32>>(2)?.and_then(time),
                title: row.get(3)?,
                subtitle: row.get(4)?,
                entries: serde_json::from_str(row.get_ref(5)?.as_str()?)
                    .map_err(|_| day::unreadable(5))?,
                remarks: row.get(6)?,
            })
        })?
        .collect()
}

fn seconds(time: NaiveTime) -> u32 {
    time.num_seconds_from_midnight()
}

fn time(seconds: u32) -> Option<NaiveTime> {
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)
}
