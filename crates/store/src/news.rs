//! What deserves a notification, until it is told and seen (table `news`).

use crate::{Store, StoreError, day};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, Row};
use schriftje_model::ChildId;

/// What there is news of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewsKind {
    /// Photos on a card.
    Photos,
    /// A diary entry.
    Diary,
    /// A message in a conversation.
    Message,
    /// A news item.
    Article,
    /// A newsletter.
    Newsletter,
    /// A request of which nothing is open any more.
    Request,
    /// A consent or declaration that waits for an answer.
    Consent,
    /// An observation.
    Observation,
}

impl NewsKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Photos,
        Self::Diary,
        Self::Message,
        Self::Article,
        Self::Newsletter,
        Self::Request,
        Self::Consent,
        Self::Observation,
    ];

    fn as_str(self) -> &'static str {
        match self {
            Self::Photos => "photos",
            Self::Diary => "diary",
            Self::Message => "message",
            Self::Article => "article",
            Self::Newsletter => "newsletter",
            Self::Request => "request",
            Self::Consent => "consent",
            Self::Observation => "observation",
        }
    }

    fn parse(text: &str) -> rusqlite::Result<Self> {
        match text {
            "photos" => Ok(Self::Photos),
            "diary" => Ok(Self::Diary),
            "message" => Ok(Self::Message),
            "article" => Ok(Self::Article),
            "newsletter" => Ok(Self::Newsletter),
            "request" => Ok(Self::Request),
            "consent" => Ok(Self::Consent),
            "observation" => Ok(Self::Observation),
            _ => Err(day::unreadable(0)),
        }
    }
}

/// Something that deserves a notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewsItem {
    /// Of what.
    pub kind: NewsKind,
    /// The card, conversation, news item, newsletter or request it stands in, or the consent or
    /// observation it is.
    pub place: String,
    /// The child with which it is found, of a consent.
    pub child: Option<ChildId>,
    /// What the children it is about are called.
    pub children: Vec<String>,
    /// A subject, a title or an author; of a request how it was judged, when all of it was judged
    /// alike: `approved`, `refused` or `expired`.
    pub title: Option<String>,
    /// How many photos; else one.
    pub count: u32,
    /// When it was read from the portal.
    pub at: DateTime<Utc>,
}

/// More than that nobody reads; the oldest go.
const MOST: u32 = 200;
/// News that nobody took by then is stale.
const STALE: TimeDelta = TimeDelta::hours(36);
/// What was told that long ago counts as seen.
const TOLD: TimeDelta = TimeDelta::days(2);

impl Store {
    /// Adds news. More of the same place is added up.
    pub async fn add_news(&self, news: Vec<NewsItem>) -> Result<(), StoreError> {
        self.0.cache.write(move |c| add(c, &news)).await
    }

    /// Whether there is news that nobody took.
    pub async fn has_news(&self) -> Result<bool, StoreError> {
        self.0.cache.read(|c| c.prepare_cached(UNTOLD)?.exists([])).await
    }

    /// Takes what is to be told, of these kinds; of others there is no news. With each kind of
    /// which something is new comes what was told of it and not seen yet, oldest first.
    ///
    /// What was read or is gone meanwhile is left out, and so is what is stale or was told long ago.
    pub async fn take_news(
        &self,
        kinds: Vec<NewsKind>,
        at: DateTime<Utc>,
    ) -> Result<Vec<NewsItem>, StoreError> {
        if self.has_news().await? {
            return self.0.cache.write(move |c| take(c, &kinds, at)).await;
        }
        Ok(Vec::new())
    }

    /// When the oldest of what nobody took was read.
    pub async fn news_since(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.0
            .cache
            .read(|c| {
                let at: Option<i64> = c.query_row(OLDEST, [], |row| row.get(0))?;
                at.map(day::instant).transpose()
            })
            .await
    }

    /// Forgets what was read or is gone meanwhile, and answers what was told and not seen yet.
    pub async fn still_told(&self) -> Result<Vec<NewsItem>, StoreError> {
        self.0
            .cache
            .write(|c| {
                c.execute(&format!("DELETE FROM news WHERE {SEEN}"), [])?;
                read(c, "told IS NOT NULL")
            })
            .await
    }

    /// What is not seen yet, told or not.
    pub async fn news(&self) -> Result<Vec<NewsItem>, StoreError> {
        self.0.cache.read(|c| read(c, "1")).await
    }

    /// What was told and not seen yet.
    pub async fn told_news(&self) -> Result<Vec<NewsItem>, StoreError> {
        self.0.cache.read(|c| read(c, "told IS NOT NULL")).await
    }

    /// Forgets what is seen by now, told or not. Where more came meanwhile it stays.
    pub async fn forget_news(&self, seen: Vec<NewsItem>) -> Result<(), StoreError> {
        if seen.is_empty() {
            return Ok(());
        }
        self.0
            .cache
            .write(move |c| {
                let mut delete = c.prepare_cached(
                    "DELETE FROM news WHERE kind = ?1 AND place = ?2 AND count = ?3 AND at = ?4",
                )?;
                for item in &seen {
                    let (kind, at) = (item.kind.as_str(), item.at.timestamp_millis());
                    delete.execute((kind, &item.place, item.count, at))?;
                }
                Ok(())
            })
            .await
    }
}

const SELECT: &str = "SELECT kind, place, child, children, title, count, at FROM news";
const UNTOLD: &str = "SELECT 1 FROM news WHERE told IS NULL";
const OLDEST: &str = "SELECT min(at) FROM news WHERE told IS NULL";
/// What was read, answered or is gone meanwhile. What became of a request is also read in the
/// conversation that tells it.
const SEEN: &str = "CASE kind
    WHEN 'message' THEN NOT EXISTS (SELECT 1 FROM conversations WHERE id = place AND unread = 1)
    WHEN 'article' THEN NOT EXISTS (SELECT 1 FROM articles WHERE id = place AND unread = 1)
    WHEN 'newsletter' THEN NOT EXISTS (SELECT 1 FROM newsletters WHERE id = place AND unread = 1)
    WHEN 'request' THEN NOT EXISTS (SELECT 1 FROM care_requests WHERE id = place)
        OR EXISTS (SELECT 1 FROM care_requests
                   JOIN conversations ON conversations.id = care_requests.body ->> '$.conversation'
                   WHERE care_requests.id = place AND conversations.unread = 0)
    WHEN 'consent' THEN NOT EXISTS (
        SELECT 1 FROM facts, json_each(body, '$.is') AS one
        WHERE name = 'consents' AND one.value ->> '$.id' = place AND one.value ->> '$.open')
    WHEN 'observation' THEN NOT EXISTS (
        SELECT 1 FROM facts, json_each(body, '$.is') AS one
        WHERE name = 'observations' AND one.value ->> '$.id' = place)
    ELSE NOT EXISTS (SELECT 1 FROM cards WHERE id = place) END";

fn read(c: &Connection, which: &str) -> rusqlite::Result<Vec<NewsItem>> {
    c.prepare_cached(&format!("{SELECT} WHERE {which} ORDER BY n"))?
        .query_map([], from_row)?
        .collect()
}

fn add(c: &Connection, news: &[NewsItem]) -> rusqlite::Result<()> {
    let mut insert = c.prepare_cached(
        "INSERT INTO news (kind, place, child, children, title, count, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (kind, place) DO UPDATE SET child = excluded.child,
             children = excluded.children, title = excluded.title,
             count = count + excluded.count, at = excluded.at, told = NULL",
    )?;
    for item in news {
        let children = serde_json::Value::from(item.children.as_slice()).to_string();
        let (kind, at) = (item.kind.as_str(), item.at.timestamp_millis());
        let child = item.child.as_ref().map(ChildId::as_str);
        insert.execute((kind, &item.place, child, children, &item.title, item.count, at))?;
    }
    c.prepare_cached("DELETE FROM news WHERE n <= (SELECT max(n) - ?1 FROM news)")?
        .execute([MOST])?;
    Ok(())
}

fn take(c: &Connection, kinds: &[NewsKind], at: DateTime<Utc>) -> rusqlite::Result<Vec<NewsItem>> {
    let at = at.timestamp_millis();
    c.execute(
        &format!("DELETE FROM news WHERE (told IS NULL AND at <= ?1) OR told <= ?2 OR {SEEN}"),
        (at - STALE.num_milliseconds(), at - TOLD.num_milliseconds()),
    )?;
    let mut taken = Vec::new();
    for kind in NewsKind::ALL {
        if !kinds.contains(&kind) {
            c.execute("DELETE FROM news WHERE kind = ?1", [kind.as_str()])?;
        }
        let told = c.execute(
            "UPDATE news SET told = ?2 WHERE kind = ?1 AND told IS NULL",
            (kind.as_str(), at),
        )?;
        if told > 0 {
            let mut all = c.prepare_cached(&format!("{SELECT} WHERE kind = ?1 ORDER BY n"))?;
            for item in all.query_map([kind.as_str()], from_row)? {
                taken.push(item?);
            }
        }
    }
    Ok(taken)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<NewsItem> {
    Ok(NewsItem {
        kind: NewsKind::parse(row.get_ref(0)?.as_str()?)?,
        place: row.get(1)?,
        child: row.get::<_, Option<String>>(2)?.map(ChildId),
        children: serde_json::from_str(row.get_ref(3)?.as_str()?)
            .map_err(|_| day::unreadable(3))?,
        title: row.get(4)?,
        count: row.get(5)?,
        at: day::instant(row.get(6)?)?,
    })
}
