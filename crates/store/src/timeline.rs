//! Reading the timeline in pages, newest day first.
//!
//! The order is (day descending, rank, id). A page goes on after a card and not after a number
//! of cards, so it costs the same at the end of five years as at the beginning.

use crate::{Store, StoreError, cards, day};
use rusqlite::{Connection, ToSql};
use schriftje_model::{ChildId, Day, TimelineCard};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// Which cards to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimelineQuery {
    /// Only cards about one of these children; empty means every child.
    pub children: Vec<ChildId>,
    /// From this day on.
    pub from: Option<Day>,
    /// Up to and including this day.
    pub until: Option<Day>,
    /// Go on after this card.
    pub after: Option<Cursor>,
    /// How many cards at most.
    pub limit: u32,
}

/// A page of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelinePage {
    /// The cards, newest day first.
    pub cards: Vec<TimelineCard>,
    /// Where each of them stands: a page may go on after any of them.
    pub places: Vec<Cursor>,
    /// Where the next page begins; `None` when there is none.
    pub next: Option<Cursor>,
}

/// A place in the timeline, after a card. Its text form is opaque.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    day: i64,
    rank: i64,
    id: String,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.day, self.rank, self.id)
    }
}

/// That text is no cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor")]
pub struct NoCursor;

impl FromStr for Cursor {
    type Err = NoCursor;

    fn from_str(text: &str) -> Result<Self, NoCursor> {
        let mut parts = text.splitn(3, '.');
        let mut next = || parts.next().ok_or(NoCursor);
        Ok(Self {
            day: next()?.parse().map_err(|_| NoCursor)?,
            rank: next()?.parse().map_err(|_| NoCursor)?,
            id: next()?.to_owned(),
        })
    }
}

impl Store {
    /// A page of the timeline.
    pub async fn timeline(&self, query: TimelineQuery) -> Result<TimelinePage, StoreError> {
        self.0.cache.read(move |c| page(c, &query)).await
    }
}

/// Where a card stands: day (negative, so that all parts ascend), rank, id, and its number.
type Place = (i64, i64, String, i64);

fn page(c: &Connection, query: &TimelineQuery) -> rusqlite::Result<TimelinePage> {
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX).clamp(1, 1000);
    // One more than asked for tells whether there is a next page.
    let wanted = limit + 1;
    let mut places = BTreeSet::new();
    if query.children.is_empty() {
        places.extend(in_order(c, None, query, wanted)?);
    } else {
        // Each child's cards come in order from their own index; merged here, a card about two
        // children stands once.
        for child in &query.children {
            places.extend(in_order(c, Some(child), query, wanted)?);
        }
    }
    let more = places.len() > limit;
    let page: Vec<Place> = places.into_iter().take(limit).collect();
    let cursor = |(day, rank, id, _): &Place| Cursor { day: -day, rank: *rank, id: id.clone() };
    let places: Vec<Cursor> = page.iter().map(cursor).collect();
    let next = places.last().filter(|_| more).cloned();
    let cards = page.iter().map(|(.., n)| cards::load(c, *n)).collect::<Result<_, _>>()?;
    Ok(TimelinePage { cards, places, next })
}

/// What is asked of either index: the rest of the cursor's day, then the days before it.
pub(crate) struct Texts {
    pub same_day: &'static str,
    pub days_before: &'static str,
}

pub(crate) const EVERY_CHILD: Texts = Texts {
    same_day: "SELECT day, rank, id, n FROM cards
         WHERE day = ?1 AND (rank, id) > (?2, ?3) ORDER BY rank, id LIMIT ?4",
    days_before: "SELECT day, rank, id, n FROM cards
         WHERE day BETWEEN ?1 AND ?2 ORDER BY day DESC, rank, id LIMIT ?3",
};
pub(crate) const ONE_CHILD: Texts = Texts {
    same_day: "SELECT day, rank, id, card FROM card_children
         WHERE child = ?5 AND day = ?1 AND (rank, id) > (?2, ?3) ORDER BY rank, id LIMIT ?4",
    days_before: "SELECT day, rank, id, card FROM card_children
         WHERE child = ?4 AND day BETWEEN ?1 AND ?2 ORDER BY day DESC, rank, id LIMIT ?3",
};

fn in_order(
    c: &Connection,
    child: Option<&ChildId>,
    query: &TimelineQuery,
    wanted: usize,
) -> rusqlite::Result<Vec<Place>> {
    let texts = if child.is_some() { ONE_CHILD } else { EVERY_CHILD };
    let wanted = i64::try_from(wanted).unwrap_or(i64::MAX);
    let from = query.from.map_or(i64::MIN, day::number);
    let mut until = query.until.map_or(i64::MAX, day::number);
    let mut places = Vec::new();
    let child = child.map(ChildId::as_str);
    if let Some(after) = &query.after {
        if (from..=until).contains(&after.day) {
            let mut values: Vec<&dyn ToSql> = vec![&after.day, &after.rank, &after.id, &wanted];
            values.extend(child.as_ref().map(|child| child as &dyn ToSql));
            collect(c, texts.same_day, &values, &mut places)?;
        }
        until = until.min(after.day - 1);
    }
    let rest = wanted - i64::try_from(places.len()).unwrap_or(i64::MAX);
    if rest > 0 && from <= until {
        let mut values: Vec<&dyn ToSql> = vec![&from, &until, &rest];
        values.extend(child.as_ref().map(|child| child as &dyn ToSql));
        collect(c, texts.days_before, &values, &mut places)?;
    }
    Ok(places)
}

fn collect(
    c: &Connection,
    sql: &str,
    values: &[&dyn ToSql],
    places: &mut Vec<Place>,
) -> rusqlite::Result<()> {
    let mut statement = c.prepare_cached(sql)?;
    let mut rows = statement.query(values)?;
    while let Some(row) = rows.next()? {
        places.push((-row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    }
    Ok(())
}
