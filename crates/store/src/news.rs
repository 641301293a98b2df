//! What deserves a notification, until it is taken (table `news`).

use crate::{Store, StoreError, day};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row};

/// What there is news of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewsKind {
    /// Photos on a card.
    Photos,
    /// A diary entry.
    Diary,
    /// A message in a conversation.
    Message,
}

impl NewsKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Photos => "photos",
            Self::Diary => "diary",
            Self::Message => "message",
        }
    }

    fn parse(text: &str) -> rusqlite::Result<Self> {
        match text {
            "photos" => Ok(Self::Photos),
            "diary" => Ok(Self::Diary),
            "message" => Ok(Self::Message),
            _ => Err(day::unreadable(0)),
        }
    }
}

/// Something that deserves a notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewsItem {
    /// Of what.
    pub kind: NewsKind,
    /// The card or conversation it stands in.
    pub place: String,
    /// What the children it is about are called.
    pub children: Vec<String>,
    /// A subject or an author.
    pub title: Option<String>,
    /// How many photos; else one.
    pub count: u32,
    /// When it was read from the portal.
    pub at: DateTime<Utc>,
}

/// More than that nobody reads; the oldest go.
const MOST: u32 = 200;

impl Store {
    /// Adds news. More of the same place is added up.
    pub async fn add_news(&self, news: Vec<NewsItem>) -> Result<(), StoreError> {
        self.0.cache.write(move |c| add(c, &news)).await
    }

    /// Takes all news away: each is answered once.
    pub async fn take_news(&self) -> Result<Vec<NewsItem>, StoreError> {
        if self.0.cache.read(|c| c.prepare_cached("SELECT 1 FROM news")?.exists([])).await? {
            return self.0.cache.write(take).await;
        }
        Ok(Vec::new())
    }
}

fn add(c: &Connection, news: &[NewsItem]) -> rusqlite::Result<()> {
    let mut insert = c.prepare_cached(
        "INSERT INTO news (kind, place, children, title, count, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (kind, place) DO UPDATE SET children = excluded.children,
             title = excluded.title, count = count + excluded.count, at = excluded.at",
    )?;
    for item in news {
        let children = serde_json::Value::from(item.children.as_slice()).to_string();
        let (kind, at) = (item.kind.as_str(), item.at.timestamp_millis());
        insert.execute((kind, &item.place, children, &item.title, item.count, at))?;
    }
    c.prepare_cached("DELETE FROM news WHERE n <= (SELECT max(n) - ?1 FROM news)")?
        .execute([MOST])?;
    Ok(())
}

fn take(c: &Connection) -> rusqlite::Result<Vec<NewsItem>> {
    let news = c
        .prepare_cached("SELECT kind, place, children, title, count, at FROM news ORDER BY n")?
        .query_map([], from_row)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    c.execute("DELETE FROM news", [])?;
    Ok(news)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<NewsItem> {
    Ok(NewsItem {
        kind: NewsKind::parse(row.get_ref(0)?.as_str()?)?,
        place: row.get(1)?,
        children: serde_json::from_str(row.get_ref(2)?.as_str()?)
            .map_err(|_| day::unreadable(2))?,
        title: row.get(3)?,
        count: row.get(4)?,
        at: day::instant(row.get(5)?)?,
    })
}
