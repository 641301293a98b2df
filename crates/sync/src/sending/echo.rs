//! What was sent, seen again in what is read: then its place in the outbox is done.

use super::lookup::same;
use super::queue::Inner;
use crate::SyncError;
use chrono::TimeDelta;
use schriftje_model::{CardId, ConversationId, Write, WriteState, WriteWhat};

/// What is not seen again by then is let go all the same: the portal has it.
const LONGEST: TimeDelta = TimeDelta::days(1);

impl Inner {
    /// Reads where what was sent should stand now.
    pub async fn read_again(&self) -> Result<(), SyncError> {
        let sent = self.sent().await?;
        let mut conversations = Vec::new();
        let (mut polled, mut planned) = (false, false);
        for write in &sent {
            match (&write.what, &write.remote) {
                (WriteWhat::Diary { .. }, _) => polled = true,
                (WriteWhat::Absence { .. } | WriteWhat::Request { .. }, _) => planned = true,
                (_, Some(id)) => conversations.push(ConversationId(id.clone())),
                (_, None) => {}
            }
        }
        conversations.sort();
        conversations.dedup();
        if !conversations.is_empty() {
            self.engine.refresh_conversations().await?;
            for id in conversations {
                let turn = self.engine.0.turn().await?;
                self.engine.0.read_conversation(&id).await?;
                drop(turn);
            }
        }
        if polled {
            self.engine.poll().await?;
        }
        if planned {
            self.engine.refresh_planning(None).await?;
        }
        Ok(())
    }

    /// Lets go of what stands in what is read.
    pub async fn settle_echoes(&self) -> Result<(), SyncError> {
        let mut any = false;
        for write in self.sent().await? {
            let old = write.sent_at.is_none_or(|at| self.portal_now() - at >= LONGEST);
            if old || self.stands(&write).await? {
                self.store.forget_sent(write.id).await?;
                any = true;
            }
        }
        if any {
            self.changed();
        }
        Ok(())
    }

    async fn sent(&self) -> Result<Vec<Write>, SyncError> {
        let mut writes = self.store.writes().await?;
        writes.retain(|write| write.state == WriteState::Sent);
        Ok(writes)
    }

    async fn stands(&self, write: &Write) -> Result<bool, SyncError> {
        let Some(remote) = &write.remote else { return Ok(false) };
        match &write.what {
            WriteWhat::Diary { .. } => {
                let card = CardId(format!("journal:{remote}"));
                Ok(self.store.card(card).await?.is_some())
            }
            // The portal shows it at once, and all that is read of the planning comes anew.
            WriteWhat::Absence { .. } | WriteWhat::Request { .. } => Ok(true),
            WriteWhat::Message { text, .. } | WriteWhat::Reply { text, .. } => {
                let id = ConversationId(remote.clone());
                let messages = self.store.messages(id, None).await?;
                Ok(messages.iter().any(|message| {
                    same(&message.text, text)
                        && (message.at.zip(write.sent_at))
                            .is_none_or(|(at, sent)| (at - sent).abs() <= TimeDelta::hours(1))
                }))
            }
        }
    }
}
