//! "Mijn locatie": news and newsletters, whole and in pages.

use super::AppError;
use chrono::{DateTime, Utc};
use schriftje_model::{Article, ArticlePart, Newsletter};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What the screen shows first.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Location {
    /// The newest news items.
    pub articles: Vec<Article>,
    /// Whether there are more.
    pub more_articles: bool,
    /// The newest newsletters.
    pub newsletters: Vec<Newsletter>,
    /// Whether there are more.
    pub more_newsletters: bool,
    /// When both were last read without trouble; `None` while one never was.
    pub fresh_at: Option<DateTime<Utc>>,
    /// Why they could not be read since.
    pub trouble: Option<AppError>,
}

/// A page of the news.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ArticlePage {
    /// The newest first.
    pub articles: Vec<Article>,
    /// Where the next page begins; `None` at the end of what is known.
    pub next: Option<String>,
}

/// A page of the newsletters.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewsletterPage {
    /// The newest first.
    pub newsletters: Vec<Newsletter>,
    /// Where the next page begins; `None` at the end of what is known.
    pub next: Option<String>,
}

/// A news item, whole.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WholeArticle {
    /// As it stands in the list.
    pub article: Article,
    /// Its pieces in order; empty while it was never read from the portal.
    pub parts: Vec<ArticlePart>,
    /// Whether a film belongs to it, which the portal shows itself.
    pub has_video: bool,
    /// Why the newest could not be read just now, when it could not.
    pub trouble: Option<AppError>,
}

/// A newsletter, whole.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WholeNewsletter {
    /// As it stands in the list.
    pub newsletter: Newsletter,
    /// As cleaned HTML that fetches nothing: `data-picture` names a picture, which the media
    /// protocol knows as `picture-` with that name, and `data-style` holds plain properties.
    /// `None` while it was never read from the portal.
    pub html: Option<String>,
    /// How many pictures it has on other people's servers.
    pub pictures: u32,
    /// Whether the parent asked to see them.
    pub pictures_asked: bool,
    /// Why the newest could not be read just now, when it could not.
    pub trouble: Option<AppError>,
}
