//! What a conversation is about, where the portal tells (columns `about` and on).

use crate::{Store, StoreError};
use schriftje_model::{ChildId, ConversationId};

/// What the portal tells of a conversation besides its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAbout {
    /// Which.
    pub id: ConversationId,
    /// The children it is about.
    pub children: Vec<ChildId>,
    /// The group it is with.
    pub group: Option<String>,
    /// Who wrote last.
    pub last_author: Option<String>,
    /// Whether the portal takes no more answers in it.
    pub closed: bool,
}

impl Store {
    /// Conversations of which the portal was not asked what they are about, or not since they
    /// changed; the one written in last first.
    pub async fn conversations_without_about(
        &self,
        limit: u32,
    ) -> Result<Vec<ConversationId>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                c.prepare_cached(NOT_ASKED)?
                    .query_map([limit], |row| row.get(0).map(ConversationId))?
                    .collect()
            })
            .await
    }

    /// Notes what the portal told about the conversations it was `asked` about. One that it left
    /// out stays as it was, and is not asked about again before it changes. Answers whether
    /// anything is new.
    pub async fn set_about(
        &self,
        asked: Vec<ConversationId>,
        told: Vec<NewAbout>,
    ) -> Result<bool, StoreError> {
        self.0
            .cache
            .write(move |c| {
                let mut changed = 0;
                let mut update = c.prepare_cached(
                    "UPDATE conversations
                     SET children = ?2, group_name = ?3, last_author = coalesce(?4, last_author),
                         closed = ?5
                     WHERE id = ?1 AND (children, group_name, last_author, closed) IS NOT
                           (?2, ?3, coalesce(?4, last_author), ?5)",
                )?;
                for about in &told {
                    changed += update.execute((
                        about.id.as_str(),
                        serde_json::to_string(&about.children).unwrap_or_else(|_| "[]".into()),
                        &about.group,
                        &about.last_author,
                        about.closed,
                    ))?;
                }
                let mut note =
                    c.prepare_cached("UPDATE conversations SET about = 1 WHERE id = ?1")?;
                for id in asked.iter().chain(told.iter().map(|about| &about.id)) {
                    note.execute([id.as_str()])?;
                }
                Ok(changed > 0)
            })
            .await
    }
}

pub(crate) const NOT_ASKED: &str = "SELECT id FROM conversations WHERE about = 0
     ORDER BY last_written DESC, id LIMIT ?1";
