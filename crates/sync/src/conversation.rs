//! What was written in a conversation: fetched ahead, and when somebody opens it.
//!
//! Whether reading marks a conversation read at a plain portal is not known. One that is unread
//! there is read when the parent opens it, and never ahead.

use crate::engine::Inner;
use crate::own_task::on_its_own;
use crate::{SyncEngine, SyncError, SyncEvent};
use chrono::TimeDelta;
use schriftje_konnect::{AboutConversation, ConversationDetails, PortalError, WriteError};
use schriftje_model::ConversationId;
use schriftje_store::{NewAbout, NewMessage, NewThread};
use std::sync::Arc;

/// What a portal calls the ability to answer, to tell more, and to be told what was read.
const FEATURE: &str = "messages";
/// Conversations asked about in one go.
const AT_ONCE: u32 = 50;
/// How old the list may be before a conversation is read ahead at a plain portal: it may be
/// unread since.
const LIST_AGE: TimeDelta = TimeDelta::minutes(1);
/// Conversations in a row that cannot be read before something else must be wrong.
const FAILURES: u32 = 3;

impl SyncEngine {
    /// Reads a conversation now, and notes that the parent has read it: here, and at the portal
    /// where it can be told. Without the portal, what is here is what the parent reads.
    ///
    /// # Errors
    /// [`SyncError::NotFound`] when the list does not name it, else the network's.
    pub async fn open_conversation(&self, id: ConversationId) -> Result<(), SyncError> {
        let inner = Arc::clone(&self.0);
        on_its_own(async move { inner.open_conversation(&id).await }).await
    }
}

/// Whether the trouble is with one thing that was asked for, or may be.
pub(crate) fn concerns_one(error: &PortalError) -> bool {
    matches!(
        error,
        PortalError::Refused { .. }
            | PortalError::NotAPortal
            | PortalError::Redirected
            | PortalError::Changed { .. }
            | PortalError::Server { .. }
            | PortalError::TooLarge { .. }
    )
}

impl Inner {
    async fn open_conversation(&self, id: &ConversationId) -> Result<(), SyncError> {
        let turn = self.turn().await?;
        if self.store.is_up_to_date(id.clone()).await?.is_none() {
            return Err(SyncError::NotFound);
        }
        let read = self.read_conversation(id).await;
        drop(turn);
        if read.is_ok() || self.store.is_up_to_date(id.clone()).await? == Some(true) {
            if self.store.mark_read(id.clone()).await? {
                self.store.forget_logbook_counter().await?;
                self.tell(SyncEvent::MessagesChanged);
            }
            // What is not told now is told later.
            if read.is_ok()
                && self.offers_messages().await
                && let Err(error) = self.tell_read(id).await
            {
                tracing::info!(%error, "the portal was not told that a conversation was read");
            }
        }
        read
    }

    /// Reads a conversation and takes it in. The caller holds the turn.
    pub async fn read_conversation(&self, id: &ConversationId) -> Result<(), SyncError> {
        let mut details = self.portal.conversation(id).await?;
        if details.unreadable > 0 {
            tracing::warn!(
                unreadable = details.unreadable,
                "a conversation holds what cannot be read"
            );
        }
        for message in &mut details.messages {
            self.links.note(message.media.drain(..));
        }
        if self.store.set_messages(id.clone(), thread(details), self.now()).await? {
            self.tell(SyncEvent::MessagesChanged);
            self.pictures.notify_waiters();
        }
        Ok(())
    }

    /// Reads a conversation again, for where its photos are just now. Not one that reading might
    /// mark read: its photos have to wait until it is opened.
    pub async fn find_in_conversation(&self, id: &ConversationId) -> Result<(), SyncError> {
        let _turn = self.turn().await?;
        if self.store.is_unread_there(id.clone()).await? && !self.offers_messages().await {
            return Err(PortalError::MediaExpired.into());
        }
        self.read_conversation(id).await
    }

    /// Whether the portal tells more of conversations. One that cannot be asked does not.
    async fn offers_messages(&self) -> bool {
        self.offered_or_was().await.is_ok_and(|offered| offered.has(FEATURE))
    }

    /// Reads the conversations that are behind, the one written in last first.
    pub async fn read_ahead(&self) -> Result<(), SyncError> {
        if self.store.conversations_to_fetch(1, true).await?.is_empty() {
            return Ok(());
        }
        let also_unread = self.offered_or_was().await?.has(FEATURE);
        let mut failures = 0;
        while !self.stopped() && failures < FAILURES {
            if self.next_behind(also_unread).await?.is_none() {
                break;
            }
            if !also_unread && self.is_list_old().await? {
                if self.logbook_refused() {
                    break;
                }
                let read = self.newest_conversations(None).await;
                self.or_in_vain(read)?;
                continue;
            }
            let _turn = self.turn().await?;
            let Some(id) = self.next_behind(also_unread).await? else { break };
            match self.read_conversation(&id).await {
                Ok(()) => failures = 0,
                Err(SyncError::Portal(error)) if concerns_one(&error) => {
                    tracing::warn!(%error, "a conversation cannot be read");
                    self.logbook.leave(id, self.now());
                    failures += 1;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn is_list_old(&self) -> Result<bool, SyncError> {
        let state = self.store.logbook_state().await?;
        Ok(state.fresh_at.is_none_or(|at| self.now() - at >= LIST_AGE))
    }

    async fn next_behind(&self, also_unread: bool) -> Result<Option<ConversationId>, SyncError> {
        let in_vain = self.logbook.in_vain(self.now());
        let besides = u32::try_from(in_vain.len()).unwrap_or(u32::MAX);
        let behind =
            self.store.conversations_to_fetch(besides.saturating_add(1), also_unread).await?;
        Ok(behind.into_iter().find(|id| !in_vain.contains(id)))
    }

    /// Asks what conversations are about once so many of them are not known, where the portal can
    /// tell.
    pub async fn ask_about(&self, at_least: usize) -> Result<(), SyncError> {
        while !self.stopped() {
            let asked = self.store.conversations_without_about(AT_ONCE).await?;
            if asked.is_empty() || asked.len() < at_least || !self.offers_messages().await {
                break;
            }
            let told = match self.portal.conversations_about(&asked).await {
                Ok(told) => told.into_iter().map(new_about).collect(),
                Err(error) if concerns_one(&error) => {
                    tracing::warn!(%error, "the portal does not tell what conversations are about");
                    break;
                }
                Err(error) => return Err(error.into()),
            };
            if self.store.set_about(asked, told).await? {
                self.tell(SyncEvent::MessagesChanged);
            }
        }
        Ok(())
    }

    /// Tells the portal what was read here without it.
    pub async fn tell_what_was_read(&self) -> Result<(), SyncError> {
        let in_vain = self.logbook.in_vain(self.now());
        let mut read = self.store.conversations_to_tell(AT_ONCE).await?;
        read.retain(|id| !in_vain.contains(id));
        if read.is_empty() || !self.offers_messages().await {
            return Ok(());
        }
        for id in read {
            match self.tell_read(&id).await {
                Ok(()) => {}
                Err(SyncError::Portal(error)) if concerns_one(&error) => {
                    self.logbook.leave(id, self.now());
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Tells the portal that a conversation was read, unless it knows.
    async fn tell_read(&self, id: &ConversationId) -> Result<(), SyncError> {
        if !self.store.is_unread_there(id.clone()).await? {
            return Ok(());
        }
        match self.portal.mark_read(id).await {
            Ok(()) => Ok(self.store.note_read_there(id.clone()).await?),
            Err(WriteError::Portal(error)) => Err(error.into()),
            Err(WriteError::Refused { status, code, .. }) => {
                Err(PortalError::Refused { status, message_code: code }.into())
            }
        }
    }
}

fn thread(details: ConversationDetails) -> NewThread {
    let messages = details.messages.into_iter().map(|mapped| NewMessage {
        id: mapped.id,
        author: mapped.author,
        at: mapped.at,
        child_name: mapped.child_first_name,
        html: mapped.html,
        text: mapped.text,
        photos: mapped.photos,
        attachments: mapped.attachments,
    });
    NewThread { subject: details.subject, messages: messages.collect(), hash: details.hash }
}

fn new_about(about: AboutConversation) -> NewAbout {
    NewAbout {
        id: about.id,
        children: about.children,
        group: about.group,
        last_author: about.last_author,
        closed: about.closed,
    }
}
