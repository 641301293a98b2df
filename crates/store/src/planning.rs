//! How far the planning is known, and how fresh it is (table `planning`).

use crate::{Store, StoreError, day, slots};
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use schriftje_model::{CareSlot, Day, DayMark};

/// How far the planning is known, and how fresh it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanningState {
    /// The first and the last day that were ever read; all days between were, too.
    pub known: Option<(Day, Day)>,
    /// When it was last read without trouble.
    pub fresh_at: Option<DateTime<Utc>>,
    /// The portal says that it may be out of date.
    pub stale: bool,
    /// What holds at the organisation, as whoever saved it wrote it: JSON.
    pub rules: Option<String>,
}

/// A stretch of the planning as the portal sent it.
#[derive(Clone, Debug)]
pub struct NewPlanning {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// Its slots.
    pub slots: Vec<CareSlot>,
    /// What is special about its days.
    pub marks: Vec<DayMark>,
    /// The portal says that it may be out of date.
    pub stale: bool,
}

impl Store {
    /// How far the planning is known, and how fresh it is.
    pub async fn planning_state(&self) -> Result<PlanningState, StoreError> {
        self.0.cache.read(state).await
    }

    /// Puts a stretch in the place of what was known of those days, all or nothing. A stretch that
    /// does not join what is known is kept, but its days do not count as known.
    pub async fn apply_planning(
        &self,
        new: NewPlanning,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.0
            .cache
            .write(move |c| {
                let before = state(c)?.known;
                slots::replace(c, (new.from, new.until), &new.slots, &new.marks)?;
                let known = match before {
                    Some(known) => joined(known, (new.from, new.until)).unwrap_or(known),
                    None => (new.from, new.until),
                };
                c.execute(
                    "UPDATE planning SET known_from = ?1, known_until = ?2, fresh_at = ?3,
                            stale = ?4",
                    (day::number(known.0), day::number(known.1), at.timestamp_millis(), new.stale),
                )?;
                Ok(())
            })
            .await
    }

    /// Keeps what holds at the organisation.
    pub async fn set_planning_rules(&self, rules: String) -> Result<(), StoreError> {
        self.0
            .cache
            .write(move |c| c.execute("UPDATE planning SET rules = ?1", [rules]).map(drop))
            .await
    }
}

fn state(c: &Connection) -> rusqlite::Result<PlanningState> {
    let sql = "SELECT known_from, known_until, fresh_at, stale, rules FROM planning";
    c.query_row(sql, [], |row| {
        let known: (Option<i64>, Option<i64>) = (row.get(0)?, row.get(1)?);
        Ok(PlanningState {
            known: match known {
                (Some(from), Some(until)) => {
                    Some((day::from_number(from)?, day::from_number(until)?))
                }
                _ => None,
            },
            fresh_at: row.get::<_, Option<i64>>(2)?.map(day::instant).transpose()?,
            stale: row.get(3)?,
            rules: row.get(4)?,
        })
    })
}

/// Two stretches as one, when no day between them is left out.
fn joined(one: (Day, Day), other: (Day, Day)) -> Option<(Day, Day)> {
    let next = |day: Day| day.succ_opt().unwrap_or(day);
    let touch = one.0 <= next(other.1) && other.0 <= next(one.1);
    touch.then(|| (one.0.min(other.0), one.1.max(other.1)))
}
