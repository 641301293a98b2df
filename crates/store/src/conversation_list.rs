//! Reading conversations in pages, the one written in last first.
//!
//! The order is (last written descending, id). A page goes on after a conversation and not after
//! a number of them.

use crate::timeline::NoCursor;
use crate::{Store, StoreError, day};
use rusqlite::{Connection, OptionalExtension, Row, ToSql};
use schriftje_model::{ChildId, Conversation, ConversationId};
use std::fmt;
use std::str::FromStr;

/// A page of the conversations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConversationsPage {
    /// The conversations, the one written in last first.
    pub conversations: Vec<Conversation>,
    /// Where the next page begins; `None` when there is none.
    pub next: Option<ConversationCursor>,
}

/// A place in the list, after a conversation. Its text form is opaque.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversationCursor {
    last_written: i64,
    id: String,
}

impl fmt::Display for ConversationCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.last_written, self.id)
    }
}

impl FromStr for ConversationCursor {
    type Err = NoCursor;

    fn from_str(text: &str) -> Result<Self, NoCursor> {
        let (last_written, id) = text.split_once('.').ok_or(NoCursor)?;
        Ok(Self { last_written: last_written.parse().map_err(|_| NoCursor)?, id: id.to_owned() })
    }
}

impl Store {
    /// A page of the conversations, at most `limit` of them.
    pub async fn conversations(
        &self,
        after: Option<ConversationCursor>,
        limit: u32,
    ) -> Result<ConversationsPage, StoreError> {
        self.0.cache.read(move |c| page(c, after.as_ref(), limit)).await
    }

    /// A conversation as it stands in the list.
    pub async fn conversation(
        &self,
        id: ConversationId,
    ) -> Result<Option<Conversation>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                let found = c
                    .prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
                    .query_row([id.as_str()], from_row)
                    .optional()?;
                found.map(|conversation| with_names(c, conversation)).transpose()
            })
            .await
    }
}

pub(crate) const SELECT: &str =
    "SELECT id, subject, snippet, began_at, last_written, unread, last_from_parent, last_author,
            child_names, children, group_name, closed, thread_hash IS NOT NULL
     FROM conversations";
pub(crate) const SAME_INSTANT: &str = "WHERE last_written = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
pub(crate) const BEFORE: &str = "WHERE last_written < ?1 ORDER BY last_written DESC, id LIMIT ?2";
pub(crate) const CHILD: &str = "SELECT first_name FROM children WHERE id = ?1";

fn page(
    c: &Connection,
    after: Option<&ConversationCursor>,
    limit: u32,
) -> rusqlite::Result<ConversationsPage> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX).clamp(1, 1000);
    // One more than asked for tells whether there is a next page.
    let wanted = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let mut found = Vec::new();
    let mut before = i64::MAX;
    if let Some(after) = after {
        collect(c, SAME_INSTANT, &[&after.last_written, &after.id, &wanted], &mut found)?;
        before = after.last_written;
    }
    let rest = wanted - i64::try_from(found.len()).unwrap_or(i64::MAX);
    if rest > 0 {
        collect(c, BEFORE, &[&before, &rest], &mut found)?;
    }
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|last| ConversationCursor {
        last_written: last.last_written.timestamp_millis(),
        id: last.id.0.clone(),
    });
    let conversations = found
        .into_iter()
        .map(|conversation| with_names(c, conversation))
        .collect::<Result<_, _>>()?;
    Ok(ConversationsPage { conversations, next })
}

fn collect(
    c: &Connection,
    which: &str,
    values: &[&dyn ToSql],
    found: &mut Vec<Conversation>,
) -> rusqlite::Result<()> {
    let mut statement = c.prepare_cached(&format!("{SELECT} {which}"))?;
    for conversation in statement.query_map(values, from_row)? {
        found.push(conversation?);
    }
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Conversation> {
    let list = |n: usize| -> rusqlite::Result<Vec<String>> {
        serde_json::from_str(row.get_ref(n)?.as_str()?).map_err(|_| day::unreadable(n))
    };
    Ok(Conversation {
        id: ConversationId(row.get(0)?),
        subject: row.get(1)?,
        snippet: row.get(2)?,
        began_at: row.get::<_, Option<i64>>(3)?.map(day::instant).transpose()?,
        last_written: day::instant(row.get(4)?)?,
        unread: row.get(5)?,
        last_from_parent: row.get(6)?,
        last_author: row.get(7)?,
        child_names: list(8)?,
        children: list(9)?.into_iter().map(ChildId).collect(),
        group: row.get(10)?,
        closed: row.get(11)?,
        read_here: row.get(12)?,
    })
}

/// Where the portal says which children it is about, they are called as they are known here.
fn with_names(c: &Connection, mut conversation: Conversation) -> rusqlite::Result<Conversation> {
    let mut names = Vec::with_capacity(conversation.children.len());
    for child in &conversation.children {
        let name: Option<String> =
            c.prepare_cached(CHILD)?.query_row([child.as_str()], |row| row.get(0)).optional()?;
        names.extend(name);
    }
    if !names.is_empty() {
        conversation.child_names = names;
    }
    Ok(conversation)
}
