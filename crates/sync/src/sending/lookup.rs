//! Looking whether a write stands at the portal, when its keys are forgotten there.
//!
//! Taking another's words for it would throw away what a parent wrote. So it must be theirs, in the
//! same words, with as many photos, about the same, and the only one of its kind; words that nobody
//! typed prove nothing. Whatever is less than that is left to the parent.

use super::call::key_of;
use super::queue::Inner;
use crate::{Offered, SyncError};
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_konnect::MappedConversation;
use schriftje_model::{AuthorKind, ChildId, ConversationId, Day, WriteState, WriteWhat};
use schriftje_store::Outgoing;

/// A message's minute and ours may differ by so much, both on the portal's clock.
const CLOCKS: TimeDelta = TimeDelta::minutes(15);
/// Pages of the timeline looked through.
const PAGES: u32 = 20;
/// Conversations looked into.
const CONVERSATIONS: usize = 20;

/// What is looked for.
struct Wanted<'a> {
    text: &'a str,
    photos: usize,
    /// How the portal calls this parent.
    author: String,
    since: DateTime<Utc>,
    /// Where other writes of this parent stand.
    taken: Vec<String>,
    /// Whether reading a conversation tells nobody that it was read.
    may_read_unread: bool,
}

impl Inner {
    /// Where the write stands at the portal; `None` when that cannot be told, which is no proof
    /// that it never arrived.
    pub async fn find_at_portal(
        &self,
        outgoing: &Outgoing,
        since: DateTime<Utc>,
        offered: &Offered,
    ) -> Result<Option<String>, SyncError> {
        let text = match &outgoing.write.what {
            WriteWhat::Message { text, .. }
            | WriteWhat::Reply { text, .. }
            | WriteWhat::Diary { text, .. } => text,
            // These carry their key at the portal, so nothing is to be guessed.
            WriteWhat::Absence { .. } | WriteWhat::Request { .. } => {
                if !offered.has("requests") && !offered.has("absences") {
                    return Ok(None);
                }
                let key = key_of(&outgoing.key, &outgoing.write.id);
                return Ok(self.portal.request_with_key(key).await?.map(|id| id.0));
            }
        };
        let author = self.store.account().await?.and_then(|record| record.parent_name);
        let Some(author) = author.filter(|_| !text.trim().is_empty()) else { return Ok(None) };
        let others = self.store.writes().await?.into_iter();
        let taken = others.filter(|write| write.state == WriteState::Sent);
        let wanted = Wanted {
            text,
            photos: outgoing.write.files.len(),
            author,
            since,
            taken: taken.filter_map(|write| write.remote).collect(),
            may_read_unread: offered.has("messages"),
        };
        match &outgoing.write.what {
            WriteWhat::Reply { conversation, .. } => {
                let list = self.engine.0.portal.conversations_page(0).await?.conversations;
                let unread = list.iter().any(|one| one.id == *conversation && one.unread);
                let stands = (wanted.may_read_unread || !unread)
                    && self.stands_in(conversation, &wanted).await?;
                Ok(stands.then(|| conversation.0.clone()))
            }
            WriteWhat::Message { subject, .. } => self.conversation(subject, &wanted).await,
            WriteWhat::Diary { day, children, .. } => self.entry(*day, children, &wanted).await,
            WriteWhat::Absence { .. } | WriteWhat::Request { .. } => Ok(None),
        }
    }

    async fn conversation(
        &self,
        subject: &str,
        wanted: &Wanted<'_>,
    ) -> Result<Option<String>, SyncError> {
        let page = self.engine.0.portal.conversations_page(0).await?;
        let may_be = |one: &MappedConversation| {
            same(&one.subject, subject)
                && one.began_at.is_none_or(|at| at >= wanted.since - CLOCKS)
                && (wanted.may_read_unread || !one.unread)
                && !wanted.taken.contains(&one.id.0)
        };
        let mut found = Vec::new();
        for one in page.conversations.into_iter().filter(may_be).take(CONVERSATIONS) {
            if self.stands_in(&one.id, wanted).await? {
                found.push(one.id.0);
            }
        }
        Ok(only(found))
    }

    async fn stands_in(
        &self,
        conversation: &ConversationId,
        wanted: &Wanted<'_>,
    ) -> Result<bool, SyncError> {
        let details = self.engine.0.portal.conversation(conversation).await?;
        let ours = details.messages.iter().filter(|message| {
            same(&message.text, wanted.text)
                && message.author.as_ref() == Some(&wanted.author)
                && message.photos.len() == wanted.photos
                && message.at.is_some_and(|at| at >= wanted.since - CLOCKS)
        });
        Ok(ours.count() == 1)
    }

    async fn entry(
        &self,
        day: Day,
        children: &[ChildId],
        wanted: &Wanted<'_>,
    ) -> Result<Option<String>, SyncError> {
        let (mut offset, mut found) = (0, Vec::new());
        for _ in 0..PAGES {
            let page = self.engine.0.portal.timeline_page(offset).await?;
            let oldest = page.cards.iter().map(|mapped| mapped.card.day).min();
            for card in page.cards.iter().map(|mapped| &mapped.card) {
                let Some(entry) = &card.entry else { continue };
                let about = |child: &ChildId| card.children.iter().any(|one| one.id == *child);
                if card.day == day
                    && entry.author_kind == AuthorKind::Parent
                    && entry.author.as_ref() == Some(&wanted.author)
                    && same(&entry.text, wanted.text)
                    && entry.photos.len() == wanted.photos
                    && children.iter().all(about)
                    && !wanted.taken.contains(&entry.id.0)
                    && !found.contains(&entry.id.0)
                {
                    found.push(entry.id.0.clone());
                }
            }
            if page.received == 0 || oldest.is_none_or(|oldest| oldest < day) {
                break;
            }
            offset += page.received;
        }
        Ok(only(found))
    }
}

/// The one that was found; of several nobody knows which it is.
fn only(mut found: Vec<String>) -> Option<String> {
    if found.len() == 1 { found.pop() } else { None }
}

/// Whether two texts say the same, however white space came out of the portal.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}
