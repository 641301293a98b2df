//! News items (tables `articles` and `article_parts`).

use crate::bulletins::AppliedBulletins;
use crate::{NoCursor, Store, StoreError, day, photos};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, ToSql};
use schriftje_model::{Article, ArticleId, ArticlePart, Photo, PhotoId};
use std::fmt;
use std::str::FromStr;

/// A news item as the portal lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewArticle {
    /// Its identity at the portal.
    pub id: ArticleId,
    /// Its title.
    pub title: String,
    /// Its beginning, without mark-up.
    pub snippet: String,
    /// When it was published.
    pub published: DateTime<Utc>,
    /// Whether the portal says that it is unread.
    pub unread: bool,
    /// A hash of what the list said, without `unread`: equal means nothing is new.
    pub hash: String,
}

/// All of a news item as the portal sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewArticleText {
    /// Its pieces in order. Of a photo `cached` and `saveable` are not looked at.
    pub parts: Vec<ArticlePart>,
    /// All its words.
    pub text: String,
    /// Whether a film belongs to it.
    pub has_video: bool,
    /// A hash of what the portal sent.
    pub hash: String,
}

/// A news item, whole, as far as it is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholeArticle {
    /// As it stands in the list.
    pub article: Article,
    /// Its pieces in order; none while it was never read.
    pub parts: Vec<ArticlePart>,
    /// Whether a film belongs to it.
    pub has_video: bool,
    /// Whether what is here is as new as the list.
    pub up_to_date: bool,
}

/// A page of the news.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticlesPage {
    /// The newest first.
    pub articles: Vec<Article>,
    /// Where the next page begins; `None` when there is none.
    pub next: Option<BulletinCursor>,
}

/// A place in a list of news or newsletters, after one of them. Its text form is opaque.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulletinCursor {
    pub(crate) at: i64,
    pub(crate) id: String,
}

impl fmt::Display for BulletinCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at, self.id)
    }
}

impl FromStr for BulletinCursor {
    type Err = NoCursor;

    fn from_str(text: &str) -> Result<Self, NoCursor> {
        let (at, id) = text.split_once('.').ok_or(NoCursor)?;
        Ok(Self { at: at.parse().map_err(|_| NoCursor)?, id: id.to_owned() })
    }
}

impl Store {
    /// A page of the news, at most `limit` of it.
    pub async fn articles(
        &self,
        after: Option<BulletinCursor>,
        limit: u32,
    ) -> Result<ArticlesPage, StoreError> {
        self.0.cache.read(move |c| page(c, after.as_ref(), limit)).await
    }

    /// A news item with all that is here of it.
    pub async fn article(&self, id: ArticleId) -> Result<Option<WholeArticle>, StoreError> {
        self.0.cache.read(move |c| whole(c, &id)).await
    }

    /// Takes in the whole list. What it names no more is removed, unless it is older than all it
    /// names: parents keep what the portal lets go.
    pub async fn apply_articles(
        &self,
        list: Vec<NewArticle>,
    ) -> Result<AppliedBulletins, StoreError> {
        let (applied, gone) = self.0.cache.write(move |c| apply(c, &list)).await?;
        self.forget_photos(gone).await?;
        Ok(applied)
    }

    /// Takes in all of a news item; one that the list does not name is not looked at. Answers
    /// whether anything is new.
    pub async fn set_article_text(
        &self,
        id: ArticleId,
        text: NewArticleText,
    ) -> Result<bool, StoreError> {
        let (changed, gone) = self.0.cache.write(move |c| replace(c, &id, &text)).await?;
        self.forget_photos(gone).await?;
        Ok(changed)
    }

    /// Notes that this parent has read a news item here. Answers whether it was unread.
    pub async fn mark_article_read(&self, id: ArticleId) -> Result<bool, StoreError> {
        self.0
            .cache
            .write(move |c| {
                let sql = "UPDATE articles SET unread = 0, opened = 1 WHERE id = ?1 AND unread = 1";
                Ok(c.prepare_cached(sql)?.execute([id.as_str()])? > 0)
            })
            .await
    }

    /// News items that are read at the portal and of which not all is here, the newest first.
    pub async fn articles_to_fetch(&self, limit: u32) -> Result<Vec<ArticleId>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                c.prepare_cached(BEHIND)?
                    .query_map([limit], |row| row.get(0).map(ArticleId))?
                    .collect()
            })
            .await
    }

    /// The news item a picture belongs to, and whether it is unread; `None` when it belongs to
    /// none.
    pub async fn article_of_photo(
        &self,
        id: PhotoId,
    ) -> Result<Option<(ArticleId, bool)>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                c.prepare_cached(OF_PHOTO)?
                    .query_row([id.as_str()], |row| Ok((ArticleId(row.get(0)?), row.get(1)?)))
                    .optional()
            })
            .await
    }
}

pub(crate) const SELECT: &str = "SELECT id, title, snippet, published, unread,
            whole_hash IS NOT NULL, n, has_video, behind
     FROM articles";
pub(crate) const SAME_INSTANT: &str = "WHERE published = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
pub(crate) const BEFORE: &str = "WHERE published < ?1 ORDER BY published DESC, id LIMIT ?2";
pub(crate) const BEHIND: &str = "SELECT id FROM articles WHERE behind = 1 AND unread_there = 0
     ORDER BY published DESC, id LIMIT ?1";
pub(crate) const PARTS: &str = "SELECT html, photo FROM article_parts
     WHERE article = ?1 ORDER BY position";
pub(crate) const OF_PHOTO: &str = "SELECT a.id, a.unread
     FROM article_parts AS p CROSS JOIN articles AS a ON a.n = p.article
     WHERE p.photo = (SELECT n FROM photos WHERE id = ?1) LIMIT 1";
pub(crate) const PHOTO: &str =
    "SELECT id, day, kind, caption, machine_description, refusal, thumb, medium, n FROM photos
     WHERE n = ?1";

fn page(
    c: &Connection,
    after: Option<&BulletinCursor>,
    limit: u32,
) -> rusqlite::Result<ArticlesPage> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX).clamp(1, 1000);
    // One more than asked for tells whether there is a next page.
    let wanted = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let mut found = Vec::new();
    let mut before = i64::MAX;
    if let Some(after) = after {
        collect(c, SAME_INSTANT, &[&after.at, &after.id, &wanted], &mut found)?;
        before = after.at;
    }
    let rest = wanted - i64::try_from(found.len()).unwrap_or(i64::MAX);
    if rest > 0 {
        collect(c, BEFORE, &[&before, &rest], &mut found)?;
    }
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|last| BulletinCursor {
        at: last.published.timestamp_millis(),
        id: last.id.0.clone(),
    });
    Ok(ArticlesPage { articles: found, next })
}

fn collect(
    c: &Connection,
    which: &str,
    values: &[&dyn ToSql],
    found: &mut Vec<Article>,
) -> rusqlite::Result<()> {
    let mut statement = c.prepare_cached(&format!("{SELECT} {which}"))?;
    for article in statement.query_map(values, from_row)? {
        found.push(article?);
    }
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Article> {
    Ok(Article {
        id: ArticleId(row.get(0)?),
        title: row.get(1)?,
        snippet: row.get(2)?,
        published: day::instant(row.get(3)?)?,
        unread: row.get(4)?,
        read_here: row.get(5)?,
    })
}

fn whole(c: &Connection, id: &ArticleId) -> rusqlite::Result<Option<WholeArticle>> {
    let found: Option<(i64, WholeArticle)> = c
        .prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id.as_str()], |row| {
            let article = WholeArticle {
                article: from_row(row)?,
                parts: Vec::new(),
                has_video: row.get(7)?,
                up_to_date: !row.get::<_, bool>(8)?,
            };
            Ok((row.get(6)?, article))
        })
        .optional()?;
    let Some((n, mut article)) = found else { return Ok(None) };
    let parts: Vec<(Option<String>, Option<i64>)> = c
        .prepare_cached(PARTS)?
        .query_map([n], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for part in parts {
        article.parts.push(match part {
            (Some(html), _) => ArticlePart::Text { html },
            (None, photo) => {
                let photo = c.prepare_cached(PHOTO)?.query_row([photo], photos::from_row)?;
                ArticlePart::Picture { photo }
            }
        });
    }
    Ok(Some(article))
}

/// Answers what changed, and which photos are gone with what is gone.
fn apply(
    c: &Connection,
    list: &[NewArticle],
) -> rusqlite::Result<(AppliedBulletins, Vec<PhotoId>)> {
    let mut applied = AppliedBulletins::default();
    for new in list {
        take(c, new, &mut applied)?;
    }
    let mut gone = Vec::new();
    if let Some(oldest) = list.iter().map(|new| new.published).min() {
        let names: Vec<&str> = list.iter().map(|new| new.id.as_str()).collect();
        let names = serde_json::Value::from(names).to_string();
        let missing: Vec<i64> = c
            .prepare_cached(
                "SELECT n FROM articles
                 WHERE published >= ?1 AND id NOT IN (SELECT value FROM json_each(?2))",
            )?
            .query_map((oldest.timestamp_millis(), names), |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for n in missing {
            let photos = photos_of(c, n)?;
            c.prepare_cached("DELETE FROM articles WHERE n = ?1")?.execute([n])?;
            gone.extend(photos::remove_unplaced(c, &photos)?);
            applied.visible = true;
        }
    }
    Ok((applied, gone))
}

fn take(c: &Connection, new: &NewArticle, applied: &mut AppliedBulletins) -> rusqlite::Result<()> {
    let known: Option<(String, bool)> = c
        .prepare_cached("SELECT hash, unread_there FROM articles WHERE id = ?1")?
        .query_row([new.id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((hash, unread)) = known else {
        c.prepare_cached(
            "INSERT INTO articles (id, title, snippet, published, hash, unread, unread_there)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
        )?
        .execute((
            new.id.as_str(),
            &new.title,
            &new.snippet,
            new.published.timestamp_millis(),
            &new.hash,
            new.unread,
        ))?;
        applied.new.push(new.id.0.clone());
        applied.visible = true;
        return Ok(());
    };
    if hash == new.hash && unread == new.unread {
        return Ok(());
    }
    c.prepare_cached(
        "UPDATE articles SET title = ?2, snippet = ?3, published = ?4, unread_there = ?6,
                unread = ?6 AND NOT opened, behind = behind OR hash <> ?5, hash = ?5
         WHERE id = ?1",
    )?
    .execute((
        new.id.as_str(),
        &new.title,
        &new.snippet,
        new.published.timestamp_millis(),
        &new.hash,
        new.unread,
    ))?;
    if hash != new.hash {
        applied.new.push(new.id.0.clone());
    }
    applied.visible = true;
    Ok(())
}

fn photos_of(c: &Connection, n: i64) -> rusqlite::Result<Vec<i64>> {
    c.prepare_cached("SELECT photo FROM article_parts WHERE article = ?1 AND photo IS NOT NULL")?
        .query_map([n], |row| row.get(0))?
        .collect()
}

/// Answers whether anything changed, and which photos are gone with it.
fn replace(
    c: &Connection,
    id: &ArticleId,
    new: &NewArticleText,
) -> rusqlite::Result<(bool, Vec<PhotoId>)> {
    let known: Option<(i64, Option<String>)> = c
        .prepare_cached("SELECT n, whole_hash FROM articles WHERE id = ?1")?
        .query_row([id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((n, hash)) = known else { return Ok((false, Vec::new())) };
    let changed = hash.as_ref() != Some(&new.hash);
    let mut gone = Vec::new();
    if changed {
        let before = photos_of(c, n)?;
        c.prepare_cached("DELETE FROM article_parts WHERE article = ?1")?.execute([n])?;
        let mut insert = c.prepare_cached(
            "INSERT INTO article_parts (article, position, html, photo) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for (position, part) in (0_i64..).zip(&new.parts) {
            match part {
                ArticlePart::Text { html } => {
                    insert.execute((n, position, html, None::<i64>))?;
                }
                ArticlePart::Picture { photo } => {
                    insert.execute((n, position, None::<String>, keep(c, photo)?))?;
                }
            }
        }
        gone = photos::remove_unplaced(c, &before)?;
    }
    c.prepare_cached(
        "UPDATE articles SET whole_hash = ?2, behind = 0, text = ?3, has_video = ?4 WHERE n = ?1",
    )?
    .execute((n, &new.hash, &new.text, new.has_video))?;
    Ok((changed, gone))
}

/// Of a photo that stands elsewhere too, that place says more.
fn keep(c: &Connection, photo: &Photo) -> rusqlite::Result<i64> {
    let known: Option<i64> = c
        .prepare_cached("SELECT n FROM photos WHERE id = ?1")?
        .query_row([photo.id.as_str()], |row| row.get(0))
        .optional()?;
    known.map_or_else(|| Ok(photos::upsert(c, photo)?.0), Ok)
}
