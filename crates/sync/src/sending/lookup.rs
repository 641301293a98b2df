//! Looking whether a write stands at the portal, when its keys are forgotten there.

use super::queue::Inner;
use crate::SyncError;
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_model::{AuthorKind, ConversationId, Day, WriteWhat, today};
use schriftje_store::Outgoing;

/// The portal's clock and ours may differ by so much.
const CLOCKS: TimeDelta = TimeDelta::minutes(15);
/// Pages of the timeline looked through.
const PAGES: u32 = 20;
/// Conversations looked into.
const CONVERSATIONS: usize = 20;

impl Inner {
    /// Where the write stands at the portal; `None` when it was not seen there, which is no proof
    /// that it never arrived.
    pub async fn find_at_portal(
        &self,
        outgoing: &Outgoing,
        since: DateTime<Utc>,
    ) -> Result<Option<String>, SyncError> {
        match &outgoing.write.what {
            WriteWhat::Reply { conversation, text } => {
                let stands = self.stands_in(conversation, text, since).await?;
                Ok(stands.then(|| conversation.0.clone()))
            }
            WriteWhat::Message { subject, text, .. } => {
                self.conversation(subject, text, since).await
            }
            WriteWhat::Diary { day, text, .. } => self.entry(*day, text).await,
        }
    }

    async fn conversation(
        &self,
        subject: &str,
        text: &str,
        since: DateTime<Utc>,
    ) -> Result<Option<String>, SyncError> {
        let page = self.engine.0.portal.conversations_page(0).await?;
        let ours = page.conversations.into_iter().filter(|conversation| {
            same(&conversation.subject, subject)
                && conversation.began_at.is_none_or(|at| at >= since - CLOCKS)
                // An unread one was written in by others since; reading it would mark it read.
                && !conversation.unread
        });
        for conversation in ours.take(CONVERSATIONS) {
            if self.stands_in(&conversation.id, text, since).await? {
                return Ok(Some(conversation.id.0));
            }
        }
        Ok(None)
    }

    async fn stands_in(
        &self,
        conversation: &ConversationId,
        text: &str,
        since: DateTime<Utc>,
    ) -> Result<bool, SyncError> {
        let details = self.engine.0.portal.conversation(conversation).await?;
        Ok(details.messages.iter().any(|message| {
            same(&message.text, text) && message.at.is_some_and(|at| at >= since - CLOCKS)
        }))
    }

    async fn entry(&self, day: Day, text: &str) -> Result<Option<String>, SyncError> {
        let mut offset = 0;
        for _ in 0..PAGES {
            let page = self.engine.0.portal.timeline_page(offset).await?;
            let oldest = page.cards.iter().map(|mapped| mapped.card.day).min();
            let found = page.cards.iter().find_map(|mapped| {
                let entry = mapped.card.entry.as_ref()?;
                let ours = mapped.card.day == day
                    && entry.author_kind == AuthorKind::Parent
                    && same(&entry.text, text);
                ours.then(|| entry.id.0.clone())
            });
            let past = oldest.is_none_or(|oldest| oldest < day);
            if found.is_some() || past || page.received == 0 {
                return Ok(found);
            }
            offset += page.received;
        }
        tracing::debug!(behind = (today(self.now()) - day).num_days(), "an entry was not found");
        Ok(None)
    }
}

/// Whether two texts say the same, however white space came out of the portal.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}
