//! How fresh a feed is, and walks over it that are under way (tables `feeds` and `walks`).
//!
//! A walk reads a feed from its newest page back. Each card it sees is marked with the walk's
//! number, so that a complete one tells which cards are gone.

use crate::{Store, StoreError, day};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row};
use schriftje_model::{CardId, Day};

/// How fresh the timeline is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedState {
    /// When the newest page was last read without trouble.
    pub fresh_at: Option<DateTime<Utc>>,
    /// Whether every card back to the first has been read at least once.
    pub complete: bool,
    /// The oldest day read so far.
    pub oldest: Option<Day>,
    /// When the last days were last walked.
    pub recent_at: Option<DateTime<Utc>>,
    /// When all history was last walked.
    pub full_at: Option<DateTime<Utc>>,
    /// When the children, the parent and the organisation were last read.
    pub children_at: Option<DateTime<Utc>>,
    /// The walk under way.
    pub walk: Option<Walk>,
}

/// What a walk is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WalkKind {
    /// All history: the first fetch, and later the weekly re-read.
    Full,
    /// The last days.
    Recent,
}

/// A walk under way: where it goes on after a break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// Its number.
    pub number: i64,
    /// What it is for.
    pub kind: WalkKind,
    /// The offset to read next.
    pub next: u32,
    /// The last cards read, so that the next page shows whether it joins on.
    pub tail: Vec<CardId>,
    /// The newest day seen.
    pub newest: Option<Day>,
    /// The oldest day seen.
    pub oldest: Option<Day>,
    /// A recent walk has done its work when it sees a day before this one.
    pub until: Option<Day>,
    /// When it began.
    pub began_at: DateTime<Utc>,
}

impl Store {
    /// How fresh the timeline is.
    pub async fn timeline_state(&self) -> Result<FeedState, StoreError> {
        self.0.cache.read(state).await
    }

    /// Notes that the newest page was read without trouble at `now`.
    pub async fn set_fresh(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.set_feed("fresh_at", now.timestamp_millis()).await
    }

    /// Notes that children, parent and organisation were read at `now`.
    pub async fn set_children_read(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.set_feed("children_at", now.timestamp_millis()).await
    }

    /// The number of the last walk over all history that was done; 0 before there was one.
    pub async fn timeline_walked(&self) -> Result<i64, StoreError> {
        self.0
            .cache
            .read(|c| Ok(before(c, WalkKind::Full).optional()?.flatten().unwrap_or(0)))
            .await
    }

    /// Begins a walk; a walk under way of another kind is given up. The cards a walk sees from
    /// here on are marked with its number.
    pub async fn begin_walk(
        &self,
        kind: WalkKind,
        until: Option<Day>,
        now: DateTime<Utc>,
    ) -> Result<Walk, StoreError> {
        self.0.cache.write(move |c| begin(c, kind, until, now)).await
    }

    /// Notes how far a walk has come.
    pub async fn save_walk(&self, walk: Walk) -> Result<(), StoreError> {
        self.0.cache.write(move |c| save(c, &walk)).await
    }

    async fn set_feed(&self, column: &'static str, value: i64) -> Result<(), StoreError> {
        self.0
            .cache
            .write(move |c| {
                ensure(c)?;
                c.execute(
                    &format!("UPDATE feeds SET {column} = ?1 WHERE name = 'timeline'"),
                    [value],
                )?;
                Ok(())
            })
            .await
    }
}

fn ensure(c: &Connection) -> rusqlite::Result<()> {
    c.execute("INSERT OR IGNORE INTO feeds (name, complete, walk) VALUES ('timeline', 0, 0)", [])?;
    Ok(())
}

fn state(c: &Connection) -> rusqlite::Result<FeedState> {
    let state = c
        .query_row(
            "SELECT fresh_at, complete, oldest, recent_at, full_at, children_at
             FROM feeds WHERE name = 'timeline'",
            [],
            |row| {
                let instant = |n| row.get::<_, Option<i64>>(n)?.map(day::instant).transpose();
                Ok(FeedState {
                    fresh_at: instant(0)?,
                    complete: row.get(1)?,
                    oldest: row.get::<_, Option<i64>>(2)?.map(day::from_number).transpose()?,
                    recent_at: instant(3)?,
                    full_at: instant(4)?,
                    children_at: instant(5)?,
                    walk: None,
                })
            },
        )
        .optional()?
        .unwrap_or_default();
    Ok(FeedState { walk: under_way(c)?, ..state })
}

pub(crate) fn under_way(c: &Connection) -> rusqlite::Result<Option<Walk>> {
    c.query_row(
        "SELECT number, kind, next, tail, newest, oldest, until, began_at
         FROM walks WHERE feed = 'timeline'",
        [],
        from_row,
    )
    .optional()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Walk> {
    let a_day = |n| row.get::<_, Option<i64>>(n)?.map(day::from_number).transpose();
    Ok(Walk {
        number: row.get(0)?,
        kind: if row.get_ref(1)?.as_str()? == "full" { WalkKind::Full } else { WalkKind::Recent },
        next: row.get(2)?,
        tail: serde_json::from_str(row.get_ref(3)?.as_str()?).map_err(|_| day::unreadable(3))?,
        newest: a_day(4)?,
        oldest: a_day(5)?,
        until: a_day(6)?,
        began_at: day::instant(row.get(7)?)?,
    })
}

fn begin(
    c: &Connection,
    kind: WalkKind,
    until: Option<Day>,
    now: DateTime<Utc>,
) -> rusqlite::Result<Walk> {
    ensure(c)?;
    let number = c.query_row(
        "UPDATE feeds SET walk = walk + 1 WHERE name = 'timeline' RETURNING walk",
        [],
        |row| row.get(0),
    )?;
    let walk = Walk {
        number,
        kind,
        next: 0,
        tail: Vec::new(),
        newest: None,
        oldest: None,
        until,
        began_at: now,
    };
    save(c, &walk)?;
    Ok(walk)
}

/// The number of the last walk of this kind that was done.
pub(crate) fn before(c: &Connection, kind: WalkKind) -> rusqlite::Result<Option<i64>> {
    let sql = match kind {
        WalkKind::Full => "SELECT full_walk FROM feeds WHERE name = 'timeline'",
        WalkKind::Recent => "SELECT recent_walk FROM feeds WHERE name = 'timeline'",
    };
    c.query_row(sql, [], |row| row.get(0))
}

/// Notes that a walk is done.
pub(crate) fn done(c: &Connection, walk: &Walk) -> rusqlite::Result<()> {
    let sql = match walk.kind {
        WalkKind::Full => "UPDATE feeds SET full_walk = ?1 WHERE name = 'timeline'",
        WalkKind::Recent => "UPDATE feeds SET recent_walk = ?1 WHERE name = 'timeline'",
    };
    c.execute(sql, [walk.number]).map(drop)
}

pub(crate) fn save(c: &Connection, walk: &Walk) -> rusqlite::Result<()> {
    c.execute(
        "INSERT OR REPLACE INTO walks
             (feed, number, kind, next, tail, newest, oldest, until, began_at)
         VALUES ('timeline', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (
            walk.number,
            if walk.kind == WalkKind::Full { "full" } else { "recent" },
            walk.next,
            serde_json::to_string(&walk.tail).unwrap_or_else(|_| "[]".into()),
            walk.newest.map(day::number),
            walk.oldest.map(day::number),
            walk.until.map(day::number),
            walk.began_at.timestamp_millis(),
        ),
    )?;
    if let Some(oldest) = walk.oldest {
        c.execute(
            "UPDATE feeds SET oldest = min(coalesce(oldest, ?1), ?1) WHERE name = 'timeline'",
            [day::number(oldest)],
        )?;
    }
    Ok(())
}
