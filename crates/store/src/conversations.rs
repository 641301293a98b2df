//! Conversations (table `conversations`): taking in what the portal lists.

use crate::logbook::{self, LogbookWalk};
use crate::{Store, StoreError};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};
use schriftje_model::ConversationId;

/// A conversation as the portal lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewConversation {
    /// Its identity at the portal.
    pub id: ConversationId,
    /// What it is about; empty when the portal gives none.
    pub subject: String,
    /// The beginning of what was written last, without mark-up.
    pub snippet: String,
    /// When it began.
    pub began_at: Option<DateTime<Utc>>,
    /// When something was written in it last.
    pub last_written: DateTime<Utc>,
    /// Whether the portal says that it holds something unread.
    pub unread: bool,
    /// Whether a parent wrote last.
    pub last_from_parent: bool,
    /// A hash of what the portal said, without `unread`: equal means nothing is new.
    pub hash: String,
}

/// What a page of the list changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppliedConversations {
    /// Conversations that were not here.
    pub new: Vec<ConversationId>,
    /// Conversations that say something else than before.
    pub changed: Vec<ConversationId>,
    /// Conversations that are as they were.
    pub known: u32,
    /// Whether one of those that are as they were was read elsewhere, or is unread again.
    pub unread_changed: bool,
    /// Conversations that the walk under way had not seen yet.
    pub unseen: u32,
}

impl AppliedConversations {
    /// Whether everything was here as it is.
    pub fn all_known(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty()
    }

    /// Whether a screen shows something else now.
    pub fn visible(&self) -> bool {
        !self.all_known() || self.unread_changed
    }
}

impl Store {
    /// Takes in a page of the list, and how far a walk has come with it: all of it, or nothing
    /// when this fails. Whether the page brought the walk anything is counted here.
    pub async fn apply_conversations(
        &self,
        page: Vec<NewConversation>,
        walk: Option<LogbookWalk>,
    ) -> Result<AppliedConversations, StoreError> {
        self.0
            .cache
            .write(move |c| {
                let applied = apply(c, &page)?;
                if let Some(mut walk) = walk {
                    walk.stalled = if applied.unseen == 0 { walk.stalled + 1 } else { 0 };
                    logbook::save(c, &walk)?;
                }
                Ok(applied)
            })
            .await
    }
}

/// What is known of a conversation that the list names again.
struct Known {
    n: i64,
    hash: String,
    last_written: i64,
    read_until: Option<i64>,
    unread: bool,
    unread_there: bool,
    walk: i64,
}

const KNOWN: &str = "SELECT n, hash, last_written, read_until, unread, unread_there, walk
     FROM conversations WHERE id = ?1";

fn apply(c: &Connection, page: &[NewConversation]) -> rusqlite::Result<AppliedConversations> {
    let mut applied = AppliedConversations::default();
    let walk: i64 = c.query_row("SELECT walk FROM logbook", [], |row| row.get(0))?;
    for new in page {
        let known = c
            .prepare_cached(KNOWN)?
            .query_row([new.id.as_str()], |row| {
                Ok(Known {
                    n: row.get(0)?,
                    hash: row.get(1)?,
                    last_written: row.get(2)?,
                    read_until: row.get(3)?,
                    unread: row.get(4)?,
                    unread_there: row.get(5)?,
                    walk: row.get(6)?,
                })
            })
            .optional()?;
        let Some(known) = known else {
            insert(c, new, walk)?;
            applied.unseen += 1;
            applied.new.push(new.id.clone());
            continue;
        };
        if known.walk < walk {
            c.prepare_cached("UPDATE conversations SET walk = ?2 WHERE n = ?1")?
                .execute([known.n, walk])?;
            applied.unseen += 1;
        }
        if known.hash == new.hash {
            applied.known += 1;
        } else {
            change(c, &known, new)?;
            applied.changed.push(new.id.clone());
        }
        let unread = new.unread && known.read_until < Some(new.last_written.timestamp_millis());
        if (unread, new.unread) != (known.unread, known.unread_there) {
            c.prepare_cached(
                "UPDATE conversations SET unread = ?2, unread_there = ?3 WHERE n = ?1",
            )?
            .execute((known.n, unread, new.unread))?;
            applied.unread_changed |= unread != known.unread;
        }
    }
    Ok(applied)
}

fn insert(c: &Connection, new: &NewConversation, walk: i64) -> rusqlite::Result<()> {
    c.prepare_cached(
        "INSERT INTO conversations
             (id, subject, snippet, began_at, last_written, last_from_parent, hash, walk,
              unread, unread_there)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)",
    )?
    .execute((
        new.id.as_str(),
        &new.subject,
        &new.snippet,
        new.began_at.map(|at| at.timestamp_millis()),
        new.last_written.timestamp_millis(),
        new.last_from_parent,
        &new.hash,
        walk,
        new.unread,
    ))?;
    Ok(())
}

/// Writes what the list says anew. Its messages are behind now, what it is about is asked again,
/// and who wrote last is known no more once something was written.
fn change(c: &Connection, known: &Known, new: &NewConversation) -> rusqlite::Result<()> {
    let last_written = new.last_written.timestamp_millis();
    c.prepare_cached(
        "UPDATE conversations
         SET subject = iif(?2 = '', subject, ?2), snippet = ?3, began_at = ?4, last_written = ?5,
             last_from_parent = ?6, hash = ?7, behind = 1, about = 0,
             last_author = iif(?8, NULL, last_author)
         WHERE n = ?1",
    )?
    .execute((
        known.n,
        &new.subject,
        &new.snippet,
        new.began_at.map(|at| at.timestamp_millis()),
        last_written,
        new.last_from_parent,
        &new.hash,
        last_written != known.last_written,
    ))?;
    Ok(())
}
