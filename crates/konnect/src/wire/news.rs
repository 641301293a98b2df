//! `/htmlnews/view`, `/htmlcontent/container/{id}`, `/newsletter` and `/newsletter/generated/{id}`
//! (C, D).

use super::child::WireUrls;
use super::field::{self, List};
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// A news item in the list (D).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireArticle {
    #[serde(default, deserialize_with = "field::id")]
    pub(crate) html_content_id: Option<String>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) title: Option<String>,
    #[serde(default, deserialize_with = "field::raw")]
    pub(crate) content_snippet: Option<String>,
    #[serde(default, deserialize_with = "field::instant")]
    pub(crate) publish_date: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "field::flag")]
    pub(crate) is_new: bool,
}

/// A container: what a news item says (D).
#[derive(Deserialize)]
pub(crate) struct WireContainer {
    #[serde(default, deserialize_with = "field::list")]
    pub(crate) items: List<WireItem>,
}

/// A piece of a container.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireItem {
    #[serde(default, deserialize_with = "field::list")]
    pub(crate) item_parts: List<WireItemPart>,
}

/// A text, a picture, or both.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireItemPart {
    #[serde(default, deserialize_with = "field::raw")]
    pub(crate) content: Option<String>,
    /// A picture without an identity.
    #[serde(default, deserialize_with = "field::object")]
    pub(crate) aws_resource_photo: Option<WireUrls>,
    #[serde(default, deserialize_with = "field::object")]
    pub(crate) photo: Option<WireNewsPhoto>,
    #[serde(default, deserialize_with = "field::flag")]
    pub(crate) contains_video: bool,
}

/// A picture with an identity.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireNewsPhoto {
    #[serde(default, deserialize_with = "field::id")]
    pub(crate) photo_id: Option<String>,
    #[serde(flatten)]
    pub(crate) urls: WireUrls,
}

/// A newsletter in the list (C, D).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireNewsletter {
    #[serde(default, deserialize_with = "field::id", rename = "generatedHtmlNewsLetterId")]
    pub(crate) id: Option<String>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) mail_subject: Option<String>,
    #[serde(default, deserialize_with = "field::raw")]
    pub(crate) content_snippet: Option<String>,
    #[serde(default, deserialize_with = "field::instant")]
    pub(crate) send_date: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "field::flag")]
    pub(crate) unread: bool,
}

/// A newsletter, whole (D).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireMail {
    #[serde(default, deserialize_with = "field::raw")]
    pub(crate) full_source: Option<String>,
}
