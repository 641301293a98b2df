//! Writing messages and diary entries: our own extension, for a portal that offers it.

use crate::call::Call;
use crate::error::PortalError;
use crate::http::{Answer, parse};
use crate::session::Session;
use crate::uploads::UploadId;
use crate::wire::envelope::unwrap;
use crate::wire::field::{as_id, as_instant, segment};
use crate::write_error::{WriteError, needed};
use chrono::{DateTime, Utc};
use reqwest::Method;
use reqwest::header::{HeaderName, HeaderValue};
use schriftje_model::{ChildId, ConversationId, Day, JournalId};
use serde_json::{Value, json};
use uuid::Uuid;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A message that begins a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    /// About which child.
    pub child: ChildId,
    /// For which group: one of the names in the child's groups.
    pub group: Option<String>,
    /// What it is about, as plain text.
    pub subject: String,
    /// The text, as plain text. May be empty where uploads are not.
    pub text: String,
    /// Photos and videos, uploaded before and in this order.
    pub uploads: Vec<UploadId>,
}

/// A diary entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// About which children.
    pub children: Vec<ChildId>,
    /// On which day.
    pub day: Day,
    /// The text, as plain text. May be empty where uploads are not.
    pub text: String,
    /// Photos and videos, uploaded before and in this order.
    pub uploads: Vec<UploadId>,
}

/// A message the portal has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentMessage {
    /// The conversation it stands in.
    pub conversation: ConversationId,
    /// When the portal took it.
    pub written_at: Option<DateTime<Utc>>,
}

/// Writing. Only for a portal whose [`Capabilities`](crate::Capabilities) list the feature. With
/// the same `key` and the same words a write is done once, however often it is sent.
impl Session {
    /// Begins a conversation: `POST /parent-api/v1/messages`.
    pub async fn send_message(
        &self,
        key: Uuid,
        message: &NewMessage,
    ) -> Result<SentMessage, WriteError> {
        let body = json!({
            "childId": message.child,
            "group": message.group,
            "subject": message.subject,
            "text": message.text,
            "uploads": ids(&message.uploads),
        });
        let json = self.post("parent-api/v1/messages", key, body).await?;
        Ok(SentMessage {
            conversation: ConversationId(needed(&json, "conversationId", as_id, "messages")?),
            written_at: json.get("writtenAt").and_then(as_instant),
        })
    }

    /// Answers in a conversation: `POST /parent-api/v1/messages/{conversationId}/replies`.
    pub async fn send_reply(
        &self,
        key: Uuid,
        conversation: &ConversationId,
        text: &str,
        uploads: &[UploadId],
    ) -> Result<SentMessage, WriteError> {
        let segment = segment(conversation.as_str()).ok_or_else(WriteError::unknown)?;
        let path = format!("parent-api/v1/messages/{segment}/replies");
        let body = json!({"text": text, "uploads": ids(uploads)});
        let json = self.post(&path, key, body).await?;
        let written_in = json.get("conversationId").and_then(as_id).map(ConversationId);
        Ok(SentMessage {
            conversation: written_in.unwrap_or_else(|| conversation.clone()),
            written_at: json.get("writtenAt").and_then(as_instant),
        })
    }

    /// Marks a conversation read: `PUT /parent-api/v1/messages/{conversationId}/read`. Doing it
    /// twice does no harm.
    pub async fn mark_read(&self, conversation: &ConversationId) -> Result<(), WriteError> {
        let segment = segment(conversation.as_str()).ok_or_else(WriteError::unknown)?;
        let path = format!("parent-api/v1/messages/{segment}/read");
        self.write(Call::write(Method::PUT, path).json(json!({}))).await?;
        Ok(())
    }

    /// Writes in the diary: `POST /parent-api/v1/diary`.
    pub async fn write_diary(&self, key: Uuid, entry: &NewEntry) -> Result<JournalId, WriteError> {
        let body = json!({
            "childIds": entry.children,
            "day": entry.day.to_string(),
            "text": entry.text,
            "uploads": ids(&entry.uploads),
        });
        let json = self.post("parent-api/v1/diary", key, body).await?;
        Ok(JournalId(needed(&json, "journalId", as_id, "diary")?))
    }

    pub(crate) async fn post(
        &self,
        path: &str,
        key: Uuid,
        body: Value,
    ) -> Result<Value, WriteError> {
        let call = Call::write(Method::POST, path).json(body);
        let answer = self.write(with_key(call, key)?).await?;
        Ok(unwrap(parse(&answer)?)?)
    }

    /// Sends a write and hands back its answer when it was done.
    pub(crate) async fn write(&self, call: Call<'_>) -> Result<Answer, WriteError> {
        let answer = self.send(call).await?;
        self.portal().http.done(answer)
    }
}

/// The same call under the key of its write.
pub(crate) fn with_key(call: Call<'_>, key: Uuid) -> Result<Call<'_>, WriteError> {
    let value = HeaderValue::try_from(key.to_string()).map_err(|_| PortalError::Setup)?;
    Ok(call.header(IDEMPOTENCY_KEY, value))
}

fn ids(uploads: &[UploadId]) -> Vec<&str> {
    uploads.iter().map(UploadId::as_str).collect()
}
