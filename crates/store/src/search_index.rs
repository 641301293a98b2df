//! The index of everything that can be found (tables `findable`, `search_index` and
//! `search_pending`).
//!
//! Triggers note what changed, whoever changes it. It is indexed before that change is committed,
//! so that what is read and what is found never differ. What was here before there was a search is
//! indexed bit by bit in the background.

use crate::{Store, StoreError, day, findable, words};
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeSet;
use std::time::Duration;

/// Old texts indexed in one transaction: some hundredths of a second.
const AT_ONCE: i64 = 200;

/// How long others may write between two of those.
const PAUSE: Duration = Duration::from_millis(20);

impl Store {
    /// How many texts from before there was a search cannot be found yet.
    pub async fn unindexed(&self) -> Result<u32, StoreError> {
        self.0.cache.read(|c| c.prepare_cached(COUNT_OLD)?.query_row([], |row| row.get(0))).await
    }

    /// Indexes those in the background; nobody waits for it. What is left when the program ends
    /// follows at the next start.
    pub(crate) fn index_in_background(&self) {
        let cache = self.0.cache.clone();
        tokio::spawn(async move {
            loop {
                match cache.read(|c| c.prepare_cached(OLD)?.exists([1])).await {
                    Ok(true) => {}
                    Ok(false) | Err(StoreError::Closed) => return,
                    Err(error) => return tracing::warn!(%error, "texts cannot be indexed"),
                }
                match cache.write(index_old).await {
                    Ok(()) => tokio::time::sleep(PAUSE).await,
                    Err(StoreError::Closed) => return,
                    Err(error) => return tracing::warn!(%error, "texts cannot be indexed"),
                }
            }
        });
    }
}

pub(crate) const CHANGED: &str =
    "SELECT n, kind, id FROM search_pending INDEXED BY search_pending_now
     WHERE old = 0 ORDER BY n";
pub(crate) const OLD: &str = "SELECT n, kind, id FROM search_pending INDEXED BY search_pending_old
     WHERE old = 1 ORDER BY n DESC LIMIT ?1";
const COUNT_OLD: &str =
    "SELECT count(*) FROM search_pending INDEXED BY search_pending_old WHERE old = 1";

/// Which text, by the number of what it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Card(i64),
    Photo(i64),
    Message(i64),
    Conversation(i64),
    Article(i64),
    Newsletter(i64),
}

impl Source {
    fn parse(kind: &str, id: i64) -> rusqlite::Result<Self> {
        match kind {
            "card" => Ok(Self::Card(id)),
            "photo" => Ok(Self::Photo(id)),
            "message" => Ok(Self::Message(id)),
            "conversation" => Ok(Self::Conversation(id)),
            "article" => Ok(Self::Article(id)),
            "newsletter" => Ok(Self::Newsletter(id)),
            _ => Err(day::unreadable(1)),
        }
    }

    /// The column of `findable`, and the number in it.
    fn column(self) -> (&'static str, i64) {
        match self {
            Self::Card(n) => ("card", n),
            Self::Photo(n) => ("photo", n),
            Self::Message(n) => ("message", n),
            Self::Conversation(n) => ("conversation", n),
            Self::Article(n) => ("article", n),
            Self::Newsletter(n) => ("newsletter", n),
        }
    }
}

/// Indexes what this transaction changed, at its end.
pub(crate) fn settle(c: &Connection) -> rusqlite::Result<()> {
    index(c, CHANGED, &[])
}

fn index_old(c: &Connection) -> rusqlite::Result<()> {
    index(c, OLD, &[AT_ONCE])
}

fn index(c: &Connection, sql: &str, limit: &[i64]) -> rusqlite::Result<()> {
    let pending: Vec<(i64, Source)> = c
        .prepare_cached(sql)?
        .query_map(rusqlite::params_from_iter(limit), |row| {
            Ok((row.get(0)?, Source::parse(row.get_ref(1)?.as_str()?, row.get(2)?)?))
        })?
        .collect::<Result<_, _>>()?;
    for (n, source) in pending {
        replace(c, source)?;
        c.prepare_cached("DELETE FROM search_pending WHERE n = ?1")?.execute([n])?;
    }
    Ok(())
}

fn replace(c: &Connection, source: Source) -> rusqlite::Result<()> {
    let (column, number) = source.column();
    c.prepare_cached(&format!("DELETE FROM findable WHERE {column} = ?1"))?.execute([number])?;
    let Some(text) = findable::load(c, source)? else { return Ok(()) };
    let (of_text, of_subject) = (each_once(&text.text), each_once(&text.subject));
    if of_text.is_empty() {
        return Ok(());
    }
    let n = free_number(c, text.day_number(), text.second)?;
    c.prepare_cached(&format!("INSERT INTO findable (n, {column}) VALUES (?1, ?2)"))?
        .execute([n, number])?;
    c.prepare_cached(
        "INSERT INTO search_index (rowid, words, stems, subject, subject_stems)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((n, join(&of_text), stems(&of_text), join(&of_subject), stems(&of_subject)))?;
    Ok(())
}

/// Numbers within an instant.
const WITHIN: i64 = 1 << 24;

/// Days further off than this, which no portal means, count as that far.
pub(crate) const FAR: i64 = 3_000_000;

/// The first number of a second of a day. A number tells when, so that the index is read in the
/// order things are found in, from any place and within any days, without sorting.
pub(crate) fn first_number(day: i64, second: i64) -> i64 {
    (day.clamp(-FAR, FAR) * 86_400 + second.clamp(0, 86_399)) * WITHIN
}

fn free_number(c: &Connection, day: i64, second: i64) -> rusqlite::Result<i64> {
    let first = first_number(day, second);
    let last: Option<i64> = c
        .prepare_cached("SELECT n FROM findable WHERE n BETWEEN ?1 AND ?2 ORDER BY n DESC LIMIT 1")?
        .query_row([first, first + WITHIN - 1], |row| row.get(0))
        .optional()?;
    Ok(last.map_or(first, |last| last + 1))
}

/// The words of a text, each once.
fn each_once(text: &str) -> BTreeSet<String> {
    words::words(text).into_iter().map(|word| word.folded).collect()
}

fn stems(words: &BTreeSet<String>) -> String {
    join(&words.iter().flat_map(|word| words::stems(word)).collect())
}

fn join(words: &BTreeSet<String>) -> String {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.join(" ")
}
