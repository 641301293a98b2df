//! Invented conversations for the tests.

use super::{day, photo};
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_model::{Attachment, ConversationId, Message, MessageId};
use schriftje_store::{NewConversation, NewMessage, NewThread, Store};

pub fn at(hour: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap() + TimeDelta::hours(hour)
}

pub fn id(id: &str) -> ConversationId {
    ConversationId(id.into())
}

/// A conversation in which something was written last in that hour.
pub fn conversation(id: &str, hour: i64, unread: bool) -> NewConversation {
    NewConversation {
        id: ConversationId(id.into()),
        subject: format!("Over {id}"),
        snippet: "Hallo, morgen komt oma".into(),
        began_at: Some(at(hour - 1)),
        last_written: at(hour),
        unread,
        last_from_parent: false,
        hash: format!("{id} {hour}"),
    }
}

pub fn message(id: &str, author: &str, photos: &[&str]) -> NewMessage {
    NewMessage {
        id: MessageId(id.into()),
        author: Some(author.into()),
        at: Some(at(1)),
        child_name: Some("Noortje".into()),
        html: format!("<p>Tekst van {id}</p>"),
        text: format!("Tekst van {id}"),
        photos: photos.iter().map(|id| photo(id, day(3))).collect(),
        attachments: vec![Attachment { name: "Brief.pdf".into() }],
    }
}

pub fn thread(messages: Vec<NewMessage>) -> NewThread {
    let texts: Vec<String> =
        messages.iter().map(|message| format!("{} {}", message.id, message.text)).collect();
    NewThread { subject: Some("Onderwerp".into()), messages, hash: texts.join("\n") }
}

pub async fn read(store: &Store, id: &str, messages: Vec<NewMessage>) -> bool {
    store.set_messages(ConversationId(id.into()), thread(messages), at(100)).await.unwrap()
}

pub async fn texts(store: &Store, id: &str) -> Vec<Message> {
    store.messages(ConversationId(id.into()), Some("Sanne Test".into())).await.unwrap()
}
