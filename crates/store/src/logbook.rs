//! How fresh the list of conversations is, and a walk over it that is under way (tables `logbook`
//! and `logbook_walk`).
//!
//! A walk reads the list from its top back, by offset. Unlike a card, a conversation moves: it is
//! at the top again once something is written in it, where a walk does not see it any more. A walk
//! therefore looks at the top once more before it is done.

use crate::walks::WalkKind;
use crate::{Store, StoreError, day};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row};
use schriftje_model::ConversationId;

/// How fresh the list of conversations is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogbookState {
    /// When its newest page was last read without trouble.
    pub fresh_at: Option<DateTime<Utc>>,
    /// How many messages the portal counted as new then.
    pub counter: Option<u32>,
    /// Whether every conversation back to the first has been read at least once.
    pub complete: bool,
    /// When the newest conversations were last walked.
    pub recent_at: Option<DateTime<Utc>>,
    /// When the whole list was last walked.
    pub full_at: Option<DateTime<Utc>>,
    /// The walk under way.
    pub walk: Option<LogbookWalk>,
}

/// A walk over the list that is under way: where it goes on after a break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogbookWalk {
    /// Its number.
    pub number: i64,
    /// What it is for.
    pub kind: WalkKind,
    /// The offset to read next.
    pub next: u32,
    /// The last conversations read, so that the next page shows whether it joins on.
    pub tail: Vec<ConversationId>,
    /// When something was written last, as its first page said.
    pub newest: Option<DateTime<Utc>>,
    /// When something was written last in the oldest conversation seen.
    pub oldest: Option<DateTime<Utc>>,
    /// A recent walk has done its work when it sees a conversation older than this.
    pub until: Option<DateTime<Utc>>,
    /// It looks at the top once more, until it sees a conversation older than this.
    pub head: Option<DateTime<Utc>>,
    /// Pages read since it began, or since it looks at the top.
    pub pages: u32,
    /// Pages in a row that brought nothing it had not seen.
    pub stalled: u32,
    /// Whether every page so far was sorted: then nothing old hides behind what is older.
    pub in_order: bool,
    /// When it began.
    pub began_at: DateTime<Utc>,
}

impl Store {
    /// How fresh the list of conversations is.
    pub async fn logbook_state(&self) -> Result<LogbookState, StoreError> {
        self.0.cache.read(state).await
    }

    /// The number of the last walk over the whole list that was done; 0 before there was one.
    pub async fn logbook_walked(&self) -> Result<i64, StoreError> {
        self.0
            .cache
            .read(|c| {
                c.query_row("SELECT coalesce(max(full_walk), 0) FROM logbook", [], |row| row.get(0))
            })
            .await
    }

    /// Notes that the newest page of the list was read without trouble at `now`, when the portal
    /// counted so many messages as new.
    pub async fn set_logbook_fresh(
        &self,
        now: DateTime<Utc>,
        counter: Option<u32>,
    ) -> Result<(), StoreError> {
        self.0
            .cache
            .write(move |c| {
                c.execute(
                    "UPDATE logbook SET fresh_at = ?1, counter = coalesce(?2, counter)",
                    (now.timestamp_millis(), counter),
                )?;
                Ok(())
            })
            .await
    }

    /// Forgets how many messages the portal counted: something was read here, so that an equal
    /// number says nothing.
    pub async fn forget_logbook_counter(&self) -> Result<(), StoreError> {
        self.0
            .cache
            .write(|c| {
                c.execute("UPDATE logbook SET counter = NULL", [])?;
                Ok(())
            })
            .await
    }

    /// Begins a walk over the list; a walk under way is given up. The conversations a walk sees
    /// from here on are marked with its number.
    pub async fn begin_logbook_walk(
        &self,
        kind: WalkKind,
        until: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<LogbookWalk, StoreError> {
        self.0.cache.write(move |c| begin(c, kind, until, now)).await
    }

    /// Notes how far a walk has come.
    pub async fn save_logbook_walk(&self, walk: LogbookWalk) -> Result<(), StoreError> {
        self.0.cache.write(move |c| save(c, &walk)).await
    }
}

fn state(c: &Connection) -> rusqlite::Result<LogbookState> {
    let state = c.query_row(
        "SELECT fresh_at, counter, complete, recent_at, full_at FROM logbook",
        [],
        |row| {
            Ok(LogbookState {
                fresh_at: instant(row, 0)?,
                counter: row.get(1)?,
                complete: row.get(2)?,
                recent_at: instant(row, 3)?,
                full_at: instant(row, 4)?,
                walk: None,
            })
        },
    )?;
    let walk = c
        .query_row(
            "SELECT number, kind, next, tail, newest, oldest, until, head, pages, stalled, in_order,
                    began_at
             FROM logbook_walk",
            [],
            from_row,
        )
        .optional()?;
    Ok(LogbookState { walk, ..state })
}

fn instant(row: &Row<'_>, n: usize) -> rusqlite::Result<Option<DateTime<Utc>>> {
    row.get::<_, Option<i64>>(n)?.map(day::instant).transpose()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<LogbookWalk> {
    Ok(LogbookWalk {
        number: row.get(0)?,
        kind: if row.get_ref(1)?.as_str()? == "full" { WalkKind::Full } else { WalkKind::Recent },
        next: row.get(2)?,
        tail: serde_json::from_str(row.get_ref(3)?.as_str()?).map_err(|_| day::unreadable(3))?,
        newest: instant(row, 4)?,
        oldest: instant(row, 5)?,
        until: instant(row, 6)?,
        head: instant(row, 7)?,
        pages: row.get(8)?,
        stalled: row.get(9)?,
        in_order: row.get(10)?,
        began_at: day::instant(row.get(11)?)?,
    })
}

fn begin(
    c: &Connection,
    kind: WalkKind,
    until: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> rusqlite::Result<LogbookWalk> {
    let number =
        c.query_row("UPDATE logbook SET walk = walk + 1 RETURNING walk", [], |row| row.get(0))?;
    let walk = LogbookWalk {
        number,
        kind,
        next: 0,
        tail: Vec::new(),
        newest: None,
        oldest: None,
        until,
        head: None,
        pages: 0,
        stalled: 0,
        in_order: true,
        began_at: now,
    };
    save(c, &walk)?;
    Ok(walk)
}

pub(crate) fn save(c: &Connection, walk: &LogbookWalk) -> rusqlite::Result<()> {
    let ms = |at: Option<DateTime<Utc>>| at.map(|at| at.timestamp_millis());
    c.prepare_cached(
        "INSERT OR REPLACE INTO logbook_walk
             (one, number, kind, next, tail, newest, oldest, until, head, pages, stalled, in_order,
              began_at)
         VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute((
        walk.number,
        if walk.kind == WalkKind::Full { "full" } else { "recent" },
        walk.next,
        serde_json::to_string(&walk.tail).unwrap_or_else(|_| "[]".into()),
        ms(walk.newest),
        ms(walk.oldest),
        ms(walk.until),
        ms(walk.head),
        walk.pages,
        walk.stalled,
        walk.in_order,
        walk.began_at.timestamp_millis(),
    ))?;
    Ok(())
}
