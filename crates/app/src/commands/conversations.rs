//! "Berichten": conversations and their messages, from what is here; and reading one anew.

use crate::App;
use crate::account::{Asked, Line, Open};
use crate::api::{AppError, ConversationPage, Thread, Unread};
use schriftje_konnect::PortalError;
use schriftje_model::{Conversation, ConversationId, Write, WriteState, WriteWhat};
use schriftje_store::{Bulletin, Store};
use schriftje_sync::SyncError;
use std::sync::Arc;

/// The most conversations of a page.
const MOST: u32 = 200;

impl App {
    /// A page of the conversations, the one written in last first.
    pub async fn conversations(
        &self,
        after: Option<String>,
        limit: u32,
    ) -> Result<ConversationPage, AppError> {
        let after = after
            .map(|cursor| cursor.parse())
            .transpose()
            .map_err(|_| AppError::not_found("place among the conversations"))?;
        let open = self.registry.current()?;
        let page = open.store.conversations(after, limit.clamp(1, MOST)).await?;
        Ok(ConversationPage {
            conversations: page.conversations,
            next: page.next.map(|cursor| cursor.to_string()),
        })
    }

    /// A conversation as it is here. No network.
    pub async fn conversation(&self, id: ConversationId) -> Result<Thread, AppError> {
        let open = self.registry.current()?;
        thread(&open, id, None).await
    }

    /// Reads a conversation anew where the portal can be reached, and marks it read. Without the
    /// portal it answers what is here, and why that may not be the newest.
    pub async fn open_conversation(&self, id: ConversationId) -> Result<Thread, AppError> {
        let open = self.registry.current()?;
        let read = match open.line() {
            Ok(line) => read(&open, &line, &id).await,
            Err(error) => Err(error),
        };
        thread(&open, id, read.err()).await
    }

    /// Reads the newest conversations.
    pub async fn refresh_conversations(&self) -> Result<(), AppError> {
        let open = self.registry.current()?;
        let line = open.line()?;
        let mut read = line.engine.refresh_conversations().await;
        if is_ended(&read) && open.renew(Asked::ByParent).await? {
            read = line.engine.refresh_conversations().await;
        }
        Ok(read?)
    }

    /// What is new, for badges.
    pub async fn unread(&self) -> Result<Unread, AppError> {
        unread(&self.registry.current()?.store).await
    }
}

/// What is new at one account.
pub(super) async fn unread(store: &Store) -> Result<Unread, AppError> {
    Ok(Unread {
        messages: store.unread_conversations().await?,
        news: store.unread_bulletins(Bulletin::Articles).await?,
        newsletters: store.unread_bulletins(Bulletin::Newsletters).await?,
        outbox: store.count_open_writes().await?,
    })
}

async fn read(open: &Arc<Open>, line: &Line, id: &ConversationId) -> Result<(), AppError> {
    let mut read = line.engine.open_conversation(id.clone()).await;
    if is_ended(&read) && open.renew(Asked::ByItself).await? {
        read = line.engine.open_conversation(id.clone()).await;
    }
    Ok(read?)
}

fn is_ended<T>(result: &Result<T, SyncError>) -> bool {
    matches!(result, Err(SyncError::Portal(PortalError::Unauthorized)))
}

/// What is here of a conversation.
async fn thread(
    open: &Open,
    id: ConversationId,
    trouble: Option<AppError>,
) -> Result<Thread, AppError> {
    let conversation: Conversation = open
        .store
        .conversation(id.clone())
        .await?
        .ok_or_else(|| AppError::not_found("conversation"))?;
    let name = open.store.account().await?.and_then(|record| record.parent_name);
    let messages = open.store.messages(id.clone(), name).await?;
    let mut writes = open.store.writes().await?;
    writes.retain(|write| belongs(write, &id));
    Ok(Thread { conversation, messages, writes, trouble })
}

/// Whether a write stands, or will stand, in the conversation.
fn belongs(write: &Write, id: &ConversationId) -> bool {
    match &write.what {
        WriteWhat::Reply { conversation, .. } => conversation == id,
        WriteWhat::Message { .. } => {
            write.state == WriteState::Sent && write.remote.as_deref() == Some(id.as_str())
        }
        WriteWhat::Diary { .. } | WriteWhat::Absence { .. } | WriteWhat::Request { .. } => false,
    }
}
