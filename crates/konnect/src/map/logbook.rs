//! Conversations: a page of their list, and what was written in one.

use super::digest::{content_hash, short_digest};
use super::{html, photo, timeline};
use crate::error::PortalError;
use crate::media::MediaLink;
use crate::wire::logbook::{WireConversation, WireMessage, WireSummary};
use chrono::{DateTime, Utc};
use schriftje_model::{Attachment, ConversationId, MessageId, Photo, day_of_epoch_ms};
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;
use url::Url;

/// Conversations that are looked at in one answer. What follows comes with the next offset.
const MOST_CONVERSATIONS: usize = 1000;
/// Messages that are looked at in one conversation.
const MOST_MESSAGES: usize = 5000;

/// A page of the list of conversations, in the portal's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConversationsPage {
    /// The conversations that could be read.
    pub conversations: Vec<MappedConversation>,
    /// How many were looked at, readable or not: the next offset is this much further (A). 0 ends
    /// the list.
    pub received: u32,
    /// How many could not be read, for want of an identity or a date.
    pub unreadable: u32,
}

/// A conversation as the list gives it (A, C, D).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedConversation {
    /// Its identity (wire: `logMessageMessageId`).
    pub id: ConversationId,
    /// What it is about; empty when the portal gives none.
    pub subject: String,
    /// The beginning of its `message` on one line, without mark-up; at most 300 characters.
    pub snippet: String,
    /// When it began (wire: `date`).
    pub began_at: Option<DateTime<Utc>>,
    /// When something was written in it last.
    pub last_written: DateTime<Utc>,
    /// Whether it holds something that was not read.
    pub unread: bool,
    /// Whether a parent wrote last.
    pub last_from_parent: bool,
    /// A hash of what the portal says, without what reading changes: another one means that
    /// something was written or changed.
    pub hash: String,
}

/// What was written in a conversation (A, D).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConversationDetails {
    /// What it is about.
    pub subject: Option<String>,
    /// Its messages, oldest first.
    pub messages: Vec<MappedMessage>,
    /// How many messages and photos could not be read.
    pub unreadable: u32,
    /// A hash of what the portal says, without signatures and what reading changes.
    pub hash: String,
}

/// A message, and where its photos are for as long as the app runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedMessage {
    /// Its identity, derived: a hash of its conversation, date, author and text, with its number
    /// among those that are equal in all of these.
    pub id: MessageId,
    /// Who wrote it, as the portal names them.
    pub author: Option<String>,
    /// When it was written.
    pub at: Option<DateTime<Utc>>,
    /// The first name of the child it is about.
    pub child_first_name: Option<String>,
    /// The text as cleaned HTML.
    pub html: String,
    /// The same text without mark-up.
    pub text: String,
    /// Photos and videos that came with it.
    pub photos: Vec<Photo>,
    /// Files that came with it.
    pub attachments: Vec<Attachment>,
    /// Where its photos and videos are just now.
    pub media: Vec<MediaLink>,
}

/// Maps the answer of `/logbook/overview`: a list, bare or wrapped (A).
pub(crate) fn page(answer: Value) -> Result<ConversationsPage, PortalError> {
    let changed = PortalError::Changed { what: "logbook.overview" };
    let mut raw = match answer {
        Value::Array(items) => items,
        Value::Object(mut fields) => {
            match fields.remove("conversations").or_else(|| fields.remove("items")) {
                Some(Value::Array(items)) => items,
                _ => return Err(changed),
            }
        }
        _ => return Err(changed),
    };
    raw.truncate(MOST_CONVERSATIONS);
    let received = u32::try_from(raw.len()).map_err(|_| changed.clone())?;
    let mut page = ConversationsPage { received, ..ConversationsPage::default() };
    for raw in raw {
        match conversation(&raw) {
            Some(mapped) if page.conversations.iter().any(|known| known.id == mapped.id) => {}
            Some(mapped) => page.conversations.push(mapped),
            None => page.unreadable += 1,
        }
    }
    if page.conversations.is_empty() && received > 0 {
        return Err(changed);
    }
    Ok(page)
}

fn conversation(raw: &Value) -> Option<MappedConversation> {
    let wire = WireConversation::deserialize(raw).ok()?;
    Some(MappedConversation {
        id: ConversationId(wire.log_message_message_id?),
        subject: wire.subject.unwrap_or_default(),
        snippet: html::snippet(&wire.message.unwrap_or_default()),
        began_at: wire.date,
        last_written: wire.last_written.or(wire.date)?,
        unread: wire.unread,
        last_from_parent: wire.last_from_parent,
        hash: content_hash(raw),
    })
}

/// Maps the answer of `/logbook/details/{id}/summary/{true|false}`.
pub(crate) fn details(
    base: &Url,
    id: &ConversationId,
    answer: Value,
) -> Result<ConversationDetails, PortalError> {
    let changed = PortalError::Changed { what: "logbook.details" };
    let Value::Object(mut fields) = answer else { return Err(changed) };
    let subject = fields
        .remove("summary")
        .and_then(|summary| WireSummary::deserialize(summary).ok())
        .and_then(|summary| summary.subject);
    let Some(messages @ Value::Array(_)) = fields.remove("messages") else { return Err(changed) };
    let hash = short_digest(&[subject.as_deref().unwrap_or_default(), &content_hash(&messages)]);
    let Value::Array(mut raw) = messages else { return Err(changed) };
    let sent = raw.len();
    raw.truncate(MOST_MESSAGES);
    let beyond = u32::try_from(sent - raw.len()).unwrap_or(u32::MAX);
    let mut details =
        ConversationDetails { subject, unreadable: beyond, hash, messages: Vec::new() };
    for raw in raw {
        match message(base, &raw, &mut details.unreadable) {
            Some(message) => details.messages.push(message),
            None => details.unreadable += 1,
        }
    }
    if details.messages.is_empty() && sent > 0 {
        return Err(changed);
    }
    oldest_first(&mut details.messages);
    name(id, &mut details.messages);
    Ok(details)
}

/// A message without words, photos and files is none. Its identity is given afterwards.
fn message(base: &Url, raw: &Value, unreadable: &mut u32) -> Option<MappedMessage> {
    let wire = WireMessage::deserialize(raw).ok().filter(|_| raw.is_object())?;
    let day = wire.date.and_then(|at| day_of_epoch_ms(at.timestamp_millis()));
    let mut media = Vec::new();
    let (photos, unreadable_photos) = photo::photos(base, day, wire.photos, &mut media);
    let attachments: Vec<_> =
        wire.attachment_content_items.items.into_iter().map(timeline::attachment).collect();
    if wire.message.is_none() && photos.is_empty() && attachments.is_empty() {
        return None;
    }
    *unreadable += unreadable_photos;
    let cleaned = html::clean(&wire.message.unwrap_or_default());
    Some(MappedMessage {
        id: MessageId(String::new()),
        author: wire.written_by,
        at: wire.date,
        child_first_name: wire.child_first_name,
        html: cleaned.html,
        text: cleaned.text,
        photos,
        attachments,
        media,
    })
}

/// Which way round the portal lists them was not seen; their dates tell, where all have one.
fn oldest_first(messages: &mut [MappedMessage]) {
    if messages.iter().any(|message| message.at.is_none()) {
        return;
    }
    if let (Some(first), Some(last)) = (messages.first(), messages.last())
        && first.at > last.at
    {
        messages.reverse();
    }
    messages.sort_by_key(|message| message.at);
}

/// Messages have no identity at the portal.
fn name(conversation: &ConversationId, messages: &mut [MappedMessage]) {
    let mut equals: HashMap<String, u32> = HashMap::new();
    for message in messages {
        let at = message.at.map(|at| at.timestamp_millis().to_string()).unwrap_or_default();
        let author = message.author.as_deref().unwrap_or_default();
        let same = short_digest(&[conversation.as_str(), &at, author, &message.text]);
        let number = equals.entry(same.clone()).or_default();
        message.id = MessageId(short_digest(&[&same, &number.to_string()]));
        *number += 1;
    }
}
