//! What the nursery does: edit, remove, count, end an account. A test calls it directly or over the
//! staff side; either way parents see the change in the very next answer.

use crate::data::PASSWORD;
use crate::events::{What, tell};
use crate::portal::Shared;
use crate::store::StoreError;
use rusqlite::{Connection, OptionalExtension, ToSql, params};
use serde::{Deserialize, Serialize};

/// Why the nursery could not do something.
#[derive(Debug, thiserror::Error)]
pub enum NurseryError {
    /// There is no such account, child, card, photo or conversation.
    #[error("there is no such {0}")]
    Unknown(&'static str),
    /// The rules of the planning do not allow it; the code says why.
    #[error("the planning says: {0}")]
    Planning(&'static str),
    /// The portal's memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Numbers for the counters; what is left out stays as it is, and is counted until it is set.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Counters {
    /// Whose, by user name; the demo family's when left out.
    pub username: Option<String>,
    /// New messages.
    pub messages: Option<i64>,
    /// New news items.
    pub news: Option<i64>,
    /// New newsletters.
    pub newsletters: Option<i64>,
}

/// The nursery's side of a running portal.
#[derive(Clone, Debug)]
pub struct Nursery(pub(crate) Shared);

impl Nursery {
    /// Changes the text of a diary entry, which is then marked as edited.
    ///
    /// # Errors
    /// When there is no such entry.
    pub async fn edit_entry(&self, journal_id: &str, html: &str) -> Result<(), NurseryError> {
        let html = html.to_owned();
        self.on_card("entry", "journal_id = ?1", journal_id.to_owned(), move |db, card, _| {
            db.execute("UPDATE card SET content = ?2, edited = 1 WHERE id = ?1", (card, html))
        })
        .await
    }

    /// Changes what is written under a photo.
    ///
    /// # Errors
    /// When there is no such photo.
    pub async fn caption_photo(&self, id: &str, caption: &str) -> Result<(), NurseryError> {
        let caption = caption.to_owned();
        self.on_card("photo", OF_PHOTO, id.to_owned(), move |db, _, id| {
            let sql = "UPDATE photo SET description = ?2, generated = 0 WHERE id = ?1";
            db.execute(sql, (id, caption))
        })
        .await
    }

    /// The family looks at a card and its photos, on whatever device: they are new no more.
    ///
    /// # Errors
    /// When there is no such card.
    pub async fn card_seen(&self, card: i64) -> Result<(), NurseryError> {
        self.on_card("card", "id = ?1", card, |db, card, _| {
            db.execute("UPDATE photo SET is_new = 0 WHERE card = ?1", [card])?;
            db.execute("UPDATE card SET is_new = 0 WHERE id = ?1", [card])
        })
        .await
    }

    /// Removes a card with its photos, by its number.
    ///
    /// # Errors
    /// When there is no such card.
    pub async fn remove_card(&self, card: i64) -> Result<(), NurseryError> {
        self.on_card("card", "id = ?1", card, |db, card, _| remove_card(db, card)).await
    }

    /// Removes a diary entry with its photos.
    ///
    /// # Errors
    /// When there is no such entry.
    pub async fn remove_entry(&self, journal_id: &str) -> Result<(), NurseryError> {
        let journal_id = journal_id.to_owned();
        self.on_card("entry", "journal_id = ?1", journal_id, |db, card, _| remove_card(db, card))
            .await
    }

    /// Removes a photo, and its photo card when it was the last one there.
    ///
    /// # Errors
    /// When there is no such photo.
    pub async fn remove_photo(&self, id: &str) -> Result<(), NurseryError> {
        self.on_card("photo", OF_PHOTO, id.to_owned(), |db, card, id| {
            db.execute("DELETE FROM photo WHERE id = ?1", [id])?;
            db.execute(
                "DELETE FROM card WHERE id = ?1 AND kind = 'photo'
                 AND NOT EXISTS (SELECT 1 FROM photo WHERE card = ?1)",
                [card],
            )
        })
        .await
    }

    /// Sets the counters, whatever there is to count.
    ///
    /// # Errors
    /// When there is no such account.
    pub async fn set_counters(&self, counters: Counters) -> Result<(), NurseryError> {
        self.change(move |db| {
            let family = family(db, counters.username.as_deref())?;
            db.execute(
                "INSERT INTO counters (family, messages, news, newsletters)
                 VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (family) DO UPDATE SET
                   messages = coalesce(excluded.messages, messages),
                   news = coalesce(excluded.news, news),
                   newsletters = coalesce(excluded.newsletters, newsletters)",
                params![family, counters.messages, counters.news, counters.newsletters],
            )?;
            Ok(())
        })
        .await
    }

    /// Says, or no longer says, that the planning may be out of date.
    pub fn set_planning_stale(&self, stale: bool) {
        self.0.planning_is_stale.store(stale, std::sync::atomic::Ordering::Relaxed);
    }

    /// Ends an account for good: the next call is refused, and so is signing in.
    ///
    /// # Errors
    /// When there is no such account.
    pub async fn end_account(&self, username: &str) -> Result<(), NurseryError> {
        self.set_state(username, "ended").await
    }

    /// Opens an ended account again.
    ///
    /// # Errors
    /// When there is no such account.
    pub async fn reopen_account(&self, username: &str) -> Result<(), NurseryError> {
        self.set_state(username, "open").await
    }

    async fn set_state(&self, username: &str, state: &'static str) -> Result<(), NurseryError> {
        let username = username.to_owned();
        let sql = "UPDATE account SET state = ?2 WHERE username = ?1";
        self.one("account", move |db| db.execute(sql, params![username, state])).await
    }

    /// Gives an account another password, as a parent does in the browser.
    ///
    /// # Errors
    /// When there is no such account.
    pub async fn set_password(&self, username: &str, password: &str) -> Result<(), NurseryError> {
        let (username, password) = (username.to_owned(), password.to_owned());
        let sql = "UPDATE account SET password = ?2 WHERE username = ?1";
        self.one("account", move |db| db.execute(sql, params![username, password])).await
    }

    /// Gives everybody the demo's password again.
    ///
    /// # Errors
    /// When the portal's memory failed.
    pub async fn reset_passwords(&self) -> Result<(), NurseryError> {
        let sql = "UPDATE account SET password = ?1";
        self.one("account", move |db| db.execute(sql, [PASSWORD])).await
    }

    /// Ends every session: refreshing is refused, a token still lives its quarter of an hour.
    ///
    /// # Errors
    /// When the portal's memory failed.
    pub async fn end_sessions(&self) -> Result<(), NurseryError> {
        Ok(self.0.store.run(|db| db.execute("DELETE FROM session", []).map(drop)).await?)
    }

    /// Unlocks signing in for every address.
    pub fn unlock(&self) {
        let attempts = self.0.attempts.lock();
        attempts.unwrap_or_else(std::sync::PoisonError::into_inner).clear();
    }

    /// All or nothing.
    pub(crate) async fn change<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, NurseryError> + Send + 'static,
    ) -> Result<T, NurseryError> {
        let done = self.0.store.run(move |db| {
            let tx = db.transaction()?;
            let done = work(&tx);
            if done.is_ok() {
                tx.commit()?;
            }
            Ok(done)
        });
        done.await?
    }

    async fn one(
        &self,
        what: &'static str,
        work: impl FnOnce(&Connection) -> rusqlite::Result<usize> + Send + 'static,
    ) -> Result<(), NurseryError> {
        self.change(move |db| match work(db)? {
            0 => Err(NurseryError::Unknown(what)),
            _ => Ok(()),
        })
        .await
    }

    /// Changes the card that `which` finds by `id`, and tells its family.
    async fn on_card<I: ToSql + Send + 'static>(
        &self,
        what: &'static str,
        which: &'static str,
        id: I,
        work: impl FnOnce(&Connection, i64, &I) -> rusqlite::Result<usize> + Send + 'static,
    ) -> Result<(), NurseryError> {
        self.change(move |db| {
            let sql = format!("SELECT id, family FROM card WHERE {which}");
            let found = db.query_row(&sql, [&id], |row| Ok((row.get(0)?, row.get(1)?)));
            let (card, family) = found.optional()?.ok_or(NurseryError::Unknown(what))?;
            work(db, card, &id)?;
            Ok(tell(db, family, What::Timeline)?)
        })
        .await
    }
}

pub(crate) fn family(db: &Connection, username: Option<&str>) -> Result<i64, NurseryError> {
    let sql = "SELECT family FROM account WHERE username = ?1";
    db.query_row(sql, [username.unwrap_or("sanne")], |row| row.get(0))
        .optional()?
        .ok_or(NurseryError::Unknown("account"))
}

/// Which card a photo is on.
const OF_PHOTO: &str = "id = (SELECT card FROM photo WHERE id = ?1)";

fn remove_card(db: &Connection, card: i64) -> rusqlite::Result<usize> {
    db.execute("DELETE FROM photo WHERE card = ?1", [card])?;
    db.execute("DELETE FROM card WHERE id = ?1", [card])
}

impl From<rusqlite::Error> for NurseryError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
