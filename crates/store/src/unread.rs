//! What this parent has not read, here or at the portal (columns `unread`, `unread_there` and
//! `read_until`).

use crate::{Store, StoreError, totals};
use schriftje_model::ConversationId;

impl Store {
    /// How many conversations hold something unread. Costs the same whatever is in the account.
    pub async fn unread_conversations(&self) -> Result<u32, StoreError> {
        self.0
            .cache
            .read(|c| {
                c.prepare_cached(totals::SELECT)?
                    .query_row(["unread_conversations"], |row| row.get(0))
            })
            .await
    }

    /// Notes that this parent has read a conversation here, up to what was written last. Answers
    /// whether it was unread.
    pub async fn mark_read(&self, id: ConversationId) -> Result<bool, StoreError> {
        self.0
            .cache
            .write(move |c| {
                let changed = c
                    .prepare_cached(
                        "UPDATE conversations SET unread = 0, read_until = last_written
                         WHERE id = ?1 AND unread = 1",
                    )?
                    .execute([id.as_str()])?;
                Ok(changed > 0)
            })
            .await
    }

    /// Whether a conversation is unread at the portal, as it last said.
    pub async fn is_unread_there(&self, id: ConversationId) -> Result<bool, StoreError> {
        self.0.cache.read(move |c| c.prepare_cached(UNREAD_THERE)?.exists([id.as_str()])).await
    }

    /// Conversations that were read here and are unread at the portal.
    pub async fn conversations_to_tell(
        &self,
        limit: u32,
    ) -> Result<Vec<ConversationId>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                c.prepare_cached(TO_TELL)?
                    .query_map([limit], |row| row.get(0).map(ConversationId))?
                    .collect()
            })
            .await
    }

    /// Notes that the portal takes a conversation for read.
    pub async fn note_read_there(&self, id: ConversationId) -> Result<(), StoreError> {
        self.0
            .cache
            .write(move |c| {
                c.prepare_cached("UPDATE conversations SET unread_there = 0 WHERE id = ?1")?
                    .execute([id.as_str()])?;
                Ok(())
            })
            .await
    }
}

pub(crate) const UNREAD_THERE: &str =
    "SELECT 1 FROM conversations WHERE id = ?1 AND unread_there = 1";
pub(crate) const TO_TELL: &str =
    "SELECT id FROM conversations WHERE unread_there = 1 AND unread = 0 ORDER BY n LIMIT ?1";
