//! `/logbook/overview` (A, C, D) and `/logbook/details/{id}/summary/{true|false}` (A, D).

use super::field::{self, List};
use super::timeline::{WireAttachment, WirePhoto};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A conversation in the list.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireConversation {
    #[serde(default, deserialize_with = "field::id")]
    pub(crate) log_message_message_id: Option<String>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) subject: Option<String>,
    #[serde(default, deserialize_with = "field::raw")]
    pub(crate) message: Option<String>,
    #[serde(default, deserialize_with = "field::instant")]
    pub(crate) date: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "field::instant")]
    pub(crate) last_written: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "field::flag")]
    pub(crate) unread: bool,
    #[serde(default, deserialize_with = "field::flag")]
    pub(crate) last_from_parent: bool,
}

/// What stands above a conversation.
#[derive(Deserialize)]
pub(crate) struct WireSummary {
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) subject: Option<String>,
}

/// A message of a conversation.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireMessage {
    #[serde(default, deserialize_with = "field::raw")]
    pub(crate) message: Option<String>,
    #[serde(default, deserialize_with = "person")]
    pub(crate) written_by: Option<String>,
    #[serde(default, deserialize_with = "field::instant")]
    pub(crate) date: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) child_first_name: Option<String>,
    #[serde(default, deserialize_with = "field::list")]
    pub(crate) photos: List<WirePhoto>,
    /// Never seen on a message; looked for where a diary entry has them (B).
    #[serde(default, deserialize_with = "field::list")]
    pub(crate) attachment_content_items: List<WireAttachment>,
}

/// Whoever wrote: a name, or an object that has one (only a name was ever seen).
fn person<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    let value = Value::deserialize(d)?;
    let name = value.get("fullname").or_else(|| value.get("name"));
    Ok(field::as_line(name.unwrap_or(&value)))
}
