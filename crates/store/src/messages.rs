//! What was written in a conversation (table `messages`), and which conversations are behind.

use crate::{Store, StoreError, day, message_attachments, message_photos, photos};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use schriftje_model::{
    Attachment, ConversationId, MediaId, MediaSize, Message, MessageId, Photo, PhotoId,
};

/// A message as the portal sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    /// Its identity, derived.
    pub id: MessageId,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was written.
    pub at: Option<DateTime<Utc>>,
    /// The first name of the child it is about.
    pub child_name: Option<String>,
    /// The text as cleaned HTML.
    pub html: String,
    /// The same text without mark-up.
    pub text: String,
    /// Photos and videos that came with it. `cached` and `saveable` are not looked at.
    pub photos: Vec<Photo>,
    /// Files that came with it.
    pub attachments: Vec<Attachment>,
}

/// A whole exchange as the portal sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewThread {
    /// What it is about; used where the list says nothing.
    pub subject: Option<String>,
    /// Its messages, oldest first.
    pub messages: Vec<NewMessage>,
    /// A hash of what the portal sent, without what changes by itself: equal means nothing is new.
    pub hash: String,
}

impl Store {
    /// The messages of a conversation, oldest first; none when they were never read. A message is
    /// this parent's own when `parent_name`, as the portal calls them, wrote it.
    pub async fn messages(
        &self,
        id: ConversationId,
        parent_name: Option<String>,
    ) -> Result<Vec<Message>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                let found: Option<i64> = number(c, &id)?;
                found.map_or(Ok(Vec::new()), |n| load(c, n, parent_name.as_deref()))
            })
            .await
    }

    /// Takes in the messages of a conversation that was read at `at`. Answers whether anything is
    /// new; a conversation that the list does not name is not looked at.
    pub async fn set_messages(
        &self,
        id: ConversationId,
        thread: NewThread,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (changed, gone) = self.0.cache.write(move |c| replace(c, &id, &thread, at)).await?;
        self.forget_photos(gone).await?;
        Ok(changed)
    }

    /// Lets the pictures of photos go that are gone.
    pub(crate) async fn forget_photos(&self, gone: Vec<PhotoId>) -> Result<(), StoreError> {
        for id in gone {
            for size in [MediaSize::Thumb, MediaSize::Medium] {
                self.forget_media(MediaId(id.0.clone()), size).await?;
            }
        }
        Ok(())
    }

    /// Conversations whose messages are not here or older than the list, the one written in last
    /// first. Those that are unread at the portal only when `also_unread`.
    pub async fn conversations_to_fetch(
        &self,
        limit: u32,
        also_unread: bool,
    ) -> Result<Vec<ConversationId>, StoreError> {
        let sql = if also_unread { BEHIND } else { BEHIND_AND_READ };
        self.0
            .cache
            .read(move |c| {
                c.prepare_cached(sql)?
                    .query_map([limit], |row| row.get(0).map(ConversationId))?
                    .collect()
            })
            .await
    }

    /// Whether what is here of a conversation is as new as the list; `None` when the list does
    /// not name it.
    pub async fn is_up_to_date(&self, id: ConversationId) -> Result<Option<bool>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                c.prepare_cached("SELECT behind = 0 FROM conversations WHERE id = ?1")?
                    .query_row([id.as_str()], |row| row.get(0))
                    .optional()
            })
            .await
    }

    /// The conversation a photo came with; `None` when it came with no message.
    pub async fn conversation_of_photo(
        &self,
        id: PhotoId,
    ) -> Result<Option<ConversationId>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                c.prepare_cached(message_photos::CONVERSATION)?
                    .query_row([id.as_str()], |row| row.get(0).map(ConversationId))
                    .optional()
            })
            .await
    }
}

pub(crate) const NUMBER: &str = "SELECT n FROM conversations WHERE id = ?1";
pub(crate) const SELECT: &str = "SELECT n, id, author, at, child_name, html, text
     FROM messages WHERE conversation = ?1 ORDER BY position";
pub(crate) const BEHIND: &str = "SELECT id FROM conversations WHERE behind = 1
     ORDER BY last_written DESC, id LIMIT ?1";
pub(crate) const BEHIND_AND_READ: &str =
    "SELECT id FROM conversations WHERE behind = 1 AND unread_there = 0
     ORDER BY last_written DESC, id LIMIT ?1";

pub(crate) fn number(c: &Connection, id: &ConversationId) -> rusqlite::Result<Option<i64>> {
    c.prepare_cached(NUMBER)?.query_row([id.as_str()], |row| row.get(0)).optional()
}

fn load(c: &Connection, n: i64, parent_name: Option<&str>) -> rusqlite::Result<Vec<Message>> {
    let mut statement = c.prepare_cached(SELECT)?;
    let mut rows = statement.query([n])?;
    let mut messages = Vec::new();
    while let Some(row) = rows.next()? {
        let message = row.get(0)?;
        let author: Option<String> = row.get(2)?;
        let own = author.as_deref().is_some_and(|author| {
            parent_name.is_some_and(|name| !name.is_empty() && name.trim() == author.trim())
        });
        messages.push(Message {
            id: MessageId(row.get(1)?),
            author,
            own,
            at: row.get::<_, Option<i64>>(3)?.map(day::instant).transpose()?,
            child_name: row.get(4)?,
            html: row.get(5)?,
            text: row.get(6)?,
            photos: message_photos::load(c, message)?,
            attachments: message_attachments::load(c, message)?,
        });
    }
    Ok(messages)
}

/// Answers whether anything changed, and which photos are gone with it.
fn replace(
    c: &Connection,
    id: &ConversationId,
    thread: &NewThread,
    at: DateTime<Utc>,
) -> rusqlite::Result<(bool, Vec<PhotoId>)> {
    let known: Option<(i64, Option<String>)> = c
        .prepare_cached("SELECT n, thread_hash FROM conversations WHERE id = ?1")?
        .query_row([id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((n, hash)) = known else { return Ok((false, Vec::new())) };
    let changed = hash.as_ref() != Some(&thread.hash);
    let mut gone = Vec::new();
    if changed {
        let before = message_photos::of_conversation(c, n)?;
        remove_others(c, n, &thread.messages)?;
        for (position, message) in (0_i64..).zip(&thread.messages) {
            let message_n = write(c, n, position, message)?;
            message_photos::replace(c, message_n, &message.photos)?;
            message_attachments::replace(c, message_n, &message.attachments)?;
        }
        gone = photos::remove_unplaced(c, &before)?;
    }
    // Also without a change: the list says of a conversation that was written in less than this.
    c.prepare_cached(
        "UPDATE conversations
         SET thread_hash = ?2, thread_at = ?3, behind = 0,
             subject = iif(subject = '', coalesce(?4, ''), subject),
             last_author = coalesce(?5, last_author), child_names = ?6
         WHERE n = ?1",
    )?
    .execute((
        n,
        &thread.hash,
        at.timestamp_millis(),
        &thread.subject,
        thread.messages.last().and_then(|message| message.author.as_ref()),
        child_names(&thread.messages),
    ))?;
    Ok((changed, gone))
}

/// What the children are called, each once.
fn child_names(messages: &[NewMessage]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in messages.iter().filter_map(|message| message.child_name.as_deref()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    serde_json::to_string(&names).unwrap_or_else(|_| "[]".into())
}

/// Removes the messages that stand there no more. The others keep their numbers.
fn remove_others(c: &Connection, n: i64, messages: &[NewMessage]) -> rusqlite::Result<()> {
    let stay: std::collections::HashSet<&str> =
        messages.iter().map(|message| message.id.as_str()).collect();
    let here: Vec<(i64, String)> = c
        .prepare_cached("SELECT n, id FROM messages WHERE conversation = ?1")?
        .query_map([n], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (message, _) in here.iter().filter(|(_, id)| !stay.contains(id.as_str())) {
        c.prepare_cached("DELETE FROM messages WHERE n = ?1")?
            .execute(params_from_iter([message]))?;
    }
    Ok(())
}

/// Writes a message, unless it stands there as it is; answers its number.
fn write(c: &Connection, n: i64, position: i64, message: &NewMessage) -> rusqlite::Result<i64> {
    c.prepare_cached(
        "INSERT INTO messages (conversation, id, position, author, at, child_name, html, text)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (conversation, id) DO UPDATE
         SET position = excluded.position, author = excluded.author, at = excluded.at,
             child_name = excluded.child_name, html = excluded.html, text = excluded.text
         WHERE (position, author, at, child_name, html, text) IS NOT
               (excluded.position, excluded.author, excluded.at, excluded.child_name,
                excluded.html, excluded.text)",
    )?
    .execute((
        n,
        message.id.as_str(),
        position,
        &message.author,
        message.at.map(|at| at.timestamp_millis()),
        &message.child_name,
        &message.html,
        &message.text,
    ))?;
    c.prepare_cached("SELECT n FROM messages WHERE conversation = ?1 AND id = ?2")?
        .query_row((n, message.id.as_str()), |row| row.get(0))
}
