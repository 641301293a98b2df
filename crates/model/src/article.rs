//! News of the organisation.

use crate::{ArticleId, Photo};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A news item as it stands in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Article {
    /// Its identity at the portal.
    pub id: ArticleId,
    /// Its title; empty when the portal gives none.
    pub title: String,
    /// Its beginning, without mark-up.
    pub snippet: String,
    /// When it was published.
    pub published: DateTime<Utc>,
    /// Whether this parent has read it neither here nor at the portal.
    pub unread: bool,
    /// Whether all of it has been read from the portal, so that it is here offline.
    pub read_here: bool,
}

/// A piece of a news item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "what")]
pub enum ArticlePart {
    /// Words.
    Text {
        /// As cleaned HTML, as in a diary entry.
        html: String,
    },
    /// A picture.
    Picture {
        /// The picture.
        photo: Photo,
    },
}
