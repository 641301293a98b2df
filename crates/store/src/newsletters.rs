//! Newsletters (tables `newsletters` and `newsletter_pictures`). A mail that was sent stays.

use crate::articles::BulletinCursor;
use crate::bulletins::AppliedBulletins;
use crate::{Store, StoreError, day};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, ToSql};
use schriftje_model::{MediaId, Newsletter, NewsletterId};

/// A newsletter as the portal lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNewsletter {
    /// Its identity at the portal.
    pub id: NewsletterId,
    /// What it is about.
    pub subject: String,
    /// Its beginning, without mark-up.
    pub snippet: String,
    /// When it was sent.
    pub sent: DateTime<Utc>,
    /// Whether the portal says that it is unread.
    pub unread: bool,
    /// A hash of what the list said, without `unread`: equal means nothing is new.
    pub hash: String,
}

/// A newsletter as the portal sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMail {
    /// As HTML that fetches nothing.
    pub html: String,
    /// Its words.
    pub text: String,
    /// Its pictures: what each is called, and where it is.
    pub pictures: Vec<(MediaId, String)>,
}

/// A newsletter, whole, as far as it is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholeNewsletter {
    /// As it stands in the list.
    pub newsletter: Newsletter,
    /// As HTML that fetches nothing; `None` while it was never read.
    pub html: Option<String>,
    /// How many pictures it has on other people's servers.
    pub pictures: u32,
    /// Whether the parent asked to see them.
    pub pictures_asked: bool,
    /// Whether what is here is as new as the list.
    pub up_to_date: bool,
}

/// A page of the newsletters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewslettersPage {
    /// The newest first.
    pub newsletters: Vec<Newsletter>,
    /// Where the next page begins; `None` when there is none.
    pub next: Option<BulletinCursor>,
}

impl Store {
    /// A page of the newsletters, at most `limit` of them.
    pub async fn newsletters(
        &self,
        after: Option<BulletinCursor>,
        limit: u32,
    ) -> Result<NewslettersPage, StoreError> {
        self.0.cache.read(move |c| page(c, after.as_ref(), limit)).await
    }

    /// A newsletter with all that is here of it.
    pub async fn newsletter(
        &self,
        id: NewsletterId,
    ) -> Result<Option<WholeNewsletter>, StoreError> {
        self.0.cache.read(move |c| whole(c, &id)).await
    }

    /// Takes in a page of the list.
    pub async fn apply_newsletters(
        &self,
        page: Vec<NewNewsletter>,
    ) -> Result<AppliedBulletins, StoreError> {
        self.0
            .cache
            .write(move |c| {
                let mut applied = AppliedBulletins::default();
                for new in &page {
                    take(c, new, &mut applied)?;
                }
                Ok(applied)
            })
            .await
    }

    /// Takes in all of a newsletter; one that the list does not name is not looked at. Answers
    /// whether anything is new.
    pub async fn set_mail(&self, id: NewsletterId, mail: NewMail) -> Result<bool, StoreError> {
        self.0.cache.write(move |c| replace(c, &id, &mail)).await
    }

    /// Notes that this parent has read a newsletter here. Answers whether it was unread.
    pub async fn mark_newsletter_read(&self, id: NewsletterId) -> Result<bool, StoreError> {
        self.0
            .cache
            .write(move |c| {
                let sql =
                    "UPDATE newsletters SET unread = 0, opened = 1 WHERE id = ?1 AND unread = 1";
                Ok(c.prepare_cached(sql)?.execute([id.as_str()])? > 0)
            })
            .await
    }

    /// Notes that the parent asks to see the pictures of a newsletter, now and later.
    pub async fn ask_newsletter_pictures(&self, id: NewsletterId) -> Result<(), StoreError> {
        self.0
            .cache
            .write(move |c| {
                c.prepare_cached("UPDATE newsletters SET pictures = 1 WHERE id = ?1")?
                    .execute([id.as_str()])?;
                Ok(())
            })
            .await
    }

    /// Where a picture of a newsletter is, and when that was sent; `None` unless the parent asked
    /// to see its pictures.
    pub async fn newsletter_picture(
        &self,
        id: MediaId,
    ) -> Result<Option<(String, DateTime<Utc>)>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                c.prepare_cached(PICTURE)?
                    .query_row([id.as_str()], |row| Ok((row.get(0)?, day::instant(row.get(1)?)?)))
                    .optional()
            })
            .await
    }

    /// Newsletters that are read at the portal and of which not all is here, the newest first.
    pub async fn newsletters_to_fetch(&self, limit: u32) -> Result<Vec<NewsletterId>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                c.prepare_cached(BEHIND)?
                    .query_map([limit], |row| row.get(0).map(NewsletterId))?
                    .collect()
            })
            .await
    }
}

pub(crate) const SELECT: &str = "SELECT id, subject, snippet, sent, unread, html IS NOT NULL
     FROM newsletters";
pub(crate) const SAME_INSTANT: &str = "WHERE sent = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
pub(crate) const BEFORE: &str = "WHERE sent < ?1 ORDER BY sent DESC, id LIMIT ?2";
pub(crate) const BEHIND: &str = "SELECT id FROM newsletters WHERE behind = 1 AND unread_there = 0
     ORDER BY sent DESC, id LIMIT ?1";
pub(crate) const WHOLE: &str = "SELECT id, subject, snippet, sent, unread, html IS NOT NULL, html,
            pictures, behind,
            (SELECT count(*) FROM newsletter_pictures WHERE newsletter = newsletters.n)
     FROM newsletters WHERE id = ?1";
pub(crate) const PICTURE: &str = "SELECT p.address, l.sent
     FROM newsletter_pictures AS p CROSS JOIN newsletters AS l ON l.n = p.newsletter
     WHERE p.id = ?1 AND l.pictures = 1 LIMIT 1";

fn page(
    c: &Connection,
    after: Option<&BulletinCursor>,
    limit: u32,
) -> rusqlite::Result<NewslettersPage> {
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
    let next = found
        .last()
        .filter(|_| more)
        .map(|last| BulletinCursor { at: last.sent.timestamp_millis(), id: last.id.0.clone() });
    Ok(NewslettersPage { newsletters: found, next })
}

fn collect(
    c: &Connection,
    which: &str,
    values: &[&dyn ToSql],
    found: &mut Vec<Newsletter>,
) -> rusqlite::Result<()> {
    let mut statement = c.prepare_cached(&format!("{SELECT} {which}"))?;
    for newsletter in statement.query_map(values, from_row)? {
        found.push(newsletter?);
    }
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Newsletter> {
    Ok(Newsletter {
        id: NewsletterId(row.get(0)?),
        subject: row.get(1)?,
        snippet: row.get(2)?,
        sent: day::instant(row.get(3)?)?,
        unread: row.get(4)?,
        read_here: row.get(5)?,
    })
}

fn whole(c: &Connection, id: &NewsletterId) -> rusqlite::Result<Option<WholeNewsletter>> {
    c.prepare_cached(WHOLE)?
        .query_row([id.as_str()], |row| {
            Ok(WholeNewsletter {
                newsletter: from_row(row)?,
                html: row.get(6)?,
                pictures_asked: row.get(7)?,
                up_to_date: !row.get::<_, bool>(8)?,
                pictures: row.get(9)?,
            })
        })
        .optional()
}

fn take(
    c: &Connection,
    new: &NewNewsletter,
    applied: &mut AppliedBulletins,
) -> rusqlite::Result<()> {
    let known: Option<(String, bool)> = c
        .prepare_cached("SELECT hash, unread_there FROM newsletters WHERE id = ?1")?
        .query_row([new.id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let values = (
        new.id.as_str(),
        &new.subject,
        &new.snippet,
        new.sent.timestamp_millis(),
        &new.hash,
        new.unread,
    );
    let is_new = match known {
        Some((hash, unread)) if hash == new.hash && unread == new.unread => return Ok(()),
        Some((hash, _)) => {
            c.prepare_cached(
                "UPDATE newsletters SET subject = ?2, snippet = ?3, sent = ?4, unread_there = ?6,
                        unread = ?6 AND NOT opened, behind = behind OR hash <> ?5, hash = ?5
                 WHERE id = ?1",
            )?
            .execute(values)?;
            hash != new.hash
        }
        None => {
            c.prepare_cached(
                "INSERT INTO newsletters (id, subject, snippet, sent, hash, unread, unread_there)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
            )?
            .execute(values)?;
            true
        }
    };
    if is_new {
        applied.new.push(new.id.0.clone());
    }
    applied.visible = true;
    Ok(())
}

fn replace(c: &Connection, id: &NewsletterId, mail: &NewMail) -> rusqlite::Result<bool> {
    let known: Option<(i64, bool)> = c
        .prepare_cached("SELECT n, html IS ?2 FROM newsletters WHERE id = ?1")?
        .query_row((id.as_str(), &mail.html), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((n, same)) = known else { return Ok(false) };
    c.prepare_cached("UPDATE newsletters SET html = ?2, text = ?3, behind = 0 WHERE n = ?1")?
        .execute((n, &mail.html, &mail.text))?;
    c.prepare_cached("DELETE FROM newsletter_pictures WHERE newsletter = ?1")?.execute([n])?;
    let mut insert = c.prepare_cached(
        "INSERT OR IGNORE INTO newsletter_pictures (newsletter, id, address) VALUES (?1, ?2, ?3)",
    )?;
    for (picture, address) in &mail.pictures {
        insert.execute((n, picture.as_str(), address))?;
    }
    Ok(!same)
}
