//! News items: their list, and what one says.

use super::digest::{content_hash, short_digest};
use super::html;
use crate::error::PortalError;
use crate::media::{MediaLink, MediaSource};
use crate::wire::child::WireUrls;
use crate::wire::news::{WireArticle, WireContainer, WireItemPart};
use chrono::{DateTime, Utc};
use schriftje_model::{
    ArticleId, Cached, Day, MediaId, MediaKind, MediaSize, Photo, PhotoId, Saveable,
};
use serde::Deserialize;
use serde_json::Value;
use url::Url;

/// News items that are looked at in one answer.
const MOST_ARTICLES: usize = 2000;
/// Pieces of one news item.
const MOST_PARTS: usize = 200;

/// The news of an organisation, in the portal's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Articles {
    /// Those that could be read.
    pub articles: Vec<MappedArticle>,
    /// How many could not be read, for want of an identity or a date.
    pub unreadable: u32,
}

/// A news item as the list gives it (D).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedArticle {
    /// Its identity (wire: `htmlContentId`).
    pub id: ArticleId,
    /// Its title; empty when the portal gives none.
    pub title: String,
    /// Its beginning on one line, without mark-up; at most 300 characters.
    pub snippet: String,
    /// When it was published.
    pub published: DateTime<Utc>,
    /// Whether it was not read (wire: `isNew`).
    pub unread: bool,
    /// A hash of what the list says, without what reading changes.
    pub hash: String,
}

/// What a news item says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleText {
    /// Its pieces in order.
    pub parts: Vec<MappedPart>,
    /// All its words, without mark-up.
    pub text: String,
    /// Whether a film belongs to it, which the portal shows itself.
    pub has_video: bool,
    /// Where its pictures are just now.
    pub media: Vec<MediaLink>,
    /// How much of it could not be read.
    pub unreadable: u32,
    /// A hash of what the portal says, without signatures.
    pub hash: String,
}

/// A piece of a news item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MappedPart {
    /// Words as cleaned HTML.
    Text(String),
    /// A picture.
    Picture(Photo),
}

/// Maps the answer of `/htmlnews/view` (D).
pub(crate) fn list(answer: Value) -> Result<Articles, PortalError> {
    let changed = PortalError::Changed { what: "htmlnews" };
    let Value::Object(mut fields) = answer else { return Err(changed) };
    let Some(Value::Array(mut raw)) = fields.remove("newsItems") else { return Err(changed) };
    raw.truncate(MOST_ARTICLES);
    let sent = raw.len();
    let mut mapped = Articles::default();
    for raw in raw {
        match article(&raw) {
            Some(article) if mapped.articles.iter().any(|known| known.id == article.id) => {}
            Some(article) => mapped.articles.push(article),
            None => mapped.unreadable += 1,
        }
    }
    if mapped.articles.is_empty() && sent > 0 {
        return Err(changed);
    }
    Ok(mapped)
}

fn article(raw: &Value) -> Option<MappedArticle> {
    let wire = WireArticle::deserialize(raw).ok()?;
    Some(MappedArticle {
        id: ArticleId(wire.html_content_id?),
        title: wire.title.unwrap_or_default(),
        snippet: html::snippet(&wire.content_snippet.unwrap_or_default()),
        published: wire.publish_date?,
        unread: wire.is_new,
        hash: content_hash(raw),
    })
}

/// Maps the answer of `/htmlcontent/container/{id}` (D). Its pictures are of `day`.
pub(crate) fn text(base: &Url, day: Day, answer: Value) -> Result<ArticleText, PortalError> {
    let changed = PortalError::Changed { what: "htmlcontent" };
    if !answer.get("items").is_some_and(Value::is_array) {
        return Err(changed);
    }
    let hash = content_hash(&answer);
    let wire = WireContainer::deserialize(answer).map_err(|_| changed.clone())?;
    let mut mapped = ArticleText { hash, unreadable: wire.items.broken, ..ArticleText::default() };
    let sent = wire.items.items.len() + wire.items.broken as usize;
    let mut words = Vec::new();
    for item in wire.items.items {
        mapped.unreadable += item.item_parts.broken;
        for part in item.item_parts.items {
            if mapped.parts.len() < MOST_PARTS {
                take(base, day, part, &mut mapped, &mut words);
            }
        }
    }
    if mapped.parts.is_empty() && mapped.unreadable > 0 && sent > 0 {
        return Err(changed);
    }
    mapped.text = words.join("\n");
    Ok(mapped)
}

fn take(
    base: &Url,
    day: Day,
    part: WireItemPart,
    mapped: &mut ArticleText,
    words: &mut Vec<String>,
) {
    mapped.has_video |= part.contains_video;
    let cleaned = html::clean(&part.content.unwrap_or_default());
    if !cleaned.text.is_empty() {
        mapped.parts.push(MappedPart::Text(cleaned.html));
        words.push(cleaned.text);
    }
    let of_identity = part.photo.map(|photo| (photo.photo_id, photo.urls));
    let pictures = of_identity.into_iter().chain(part.aws_resource_photo.map(|urls| (None, urls)));
    for (id, urls) in pictures {
        if let Some(photo) = picture(base, day, id, &urls, &mut mapped.media) {
            let is_it = |known: &MappedPart| matches!(known, MappedPart::Picture(one) if one.id == photo.id);
            if !mapped.parts.iter().any(is_it) {
                mapped.parts.push(MappedPart::Picture(photo));
            }
        }
    }
}

/// A picture without an identity is known by a hash of its path. Without smaller sizes of its own,
/// the largest stands for them, and the other way round.
fn picture(
    base: &Url,
    day: Day,
    id: Option<String>,
    urls: &WireUrls,
    links: &mut Vec<MediaLink>,
) -> Option<Photo> {
    let source = |url: &Option<String>| MediaSource::read(base, url.as_deref()?);
    let (thumb, medium, full) =
        (source(&urls.thumb_url), source(&urls.medium_url), source(&urls.full_size_url));
    let largest = full.or_else(|| medium.clone()).or_else(|| thumb.clone())?;
    let id = id.unwrap_or_else(|| format!("news-{}", short_digest(&[largest.path()])));
    let medium = medium.unwrap_or_else(|| largest.clone());
    for (size, source) in [
        (MediaSize::Thumb, thumb.unwrap_or_else(|| medium.clone())),
        (MediaSize::Medium, medium),
        (MediaSize::Full, largest),
    ] {
        links.push(MediaLink { id: MediaId(id.clone()), kind: MediaKind::Photo, size, source });
    }
    Some(Photo {
        id: PhotoId(id),
        day,
        kind: MediaKind::Photo,
        caption: None,
        machine_description: None,
        own_children: Vec::new(),
        cached: Cached::Nothing,
        saveable: Saveable::Yes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::timeline_tests::{madness, places};
    use proptest::prelude::*;
    use serde_json::json;

    fn base() -> Url {
        Url::parse("https://abc.ouderportaal.nl/").unwrap()
    }

    fn day() -> Day {
        "2026-06-07".parse().unwrap()
    }

    fn one() -> Value {
        json!({
            "title": "Zomerfeest", "contentSnippet": "<p>Zaterdag &amp; zondag</p>",
            "publishDate": 1_780_826_400_000_i64, "isNew": true, "htmlContentId": "n1",
        })
    }

    fn whole() -> Value {
        let url = |size: &str| format!("https://m.example/n/40{size}.jpg?Expires=1&Signature=s");
        json!({"items": [{"itemType": "text", "itemParts": [
            {"content": "<p onclick=x()>Kom <b>ook</b>.</p><img src=https://x.example/a>",
             "awsResourcePhoto": null, "photo": null, "containsVideo": false},
            {"content": null, "photo": null, "containsVideo": false, "awsResourcePhoto":
             {"fullSizeUrl": url(""), "mediumUrl": url("-m"), "thumbUrl": url("-t")}},
            {"content": "<p>Tot dan!</p>", "containsVideo": true,
             "photo": {"photoId": "p7", "mediumUrl": url("-m7"), "thumbUrl": url("-t7")}},
        ]}]})
    }

    #[test]
    fn the_news_is_read_with_what_is_new_in_it() {
        let mapped = list(json!({"newsItems": [one(), one(), {"title": "x"}, 7]})).unwrap();
        assert_eq!((mapped.articles.len(), mapped.unreadable), (1, 2));
        let article = &mapped.articles[0];
        assert_eq!((article.id.as_str(), &*article.title), ("n1", "Zomerfeest"));
        assert_eq!(article.snippet, "Zaterdag & zondag");
        assert!(article.unread);
        let mut read = one();
        read["isNew"] = json!(false);
        let read = list(json!({"newsItems": [read]})).unwrap();
        assert_eq!(read.articles[0].hash, article.hash, "reading changes nothing in it");
    }

    #[test]
    fn a_news_item_is_read_whole_and_in_order_with_both_kinds_of_pictures() {
        let mapped = text(&base(), day(), whole()).unwrap();
        let [
            MappedPart::Text(first),
            MappedPart::Picture(photo),
            MappedPart::Text(_),
            MappedPart::Picture(named),
        ] = &mapped.parts[..]
        else {
            panic!("{:?}", mapped.parts)
        };
        assert_eq!(first, "<p>Kom <b>ook</b>.</p>");
        assert!(photo.id.as_str().starts_with("news-"));
        assert_eq!((named.id.as_str(), named.day), ("p7", day()));
        assert_eq!(mapped.text, "Kom ook.\nTot dan!");
        assert!(mapped.has_video);
        assert_eq!(mapped.media.len(), 6, "each in three sizes, so that any can be asked for");
        let mut later = whole();
        later["items"][0]["itemParts"][1]["awsResourcePhoto"]["fullSizeUrl"] =
            json!("https://m.example/n/40.jpg?Expires=2&Signature=other");
        let later = text(&base(), day(), later).unwrap();
        assert_eq!((later.hash, later.parts), (mapped.hash, mapped.parts));
    }

    #[test]
    fn another_shape_says_so_and_no_news_is_none() {
        let changed = Err(PortalError::Changed { what: "htmlnews" });
        for answer in [json!(null), json!([]), json!({"news": []}), json!({"newsItems": [1]})] {
            assert_eq!(list(answer.clone()), changed, "{answer}");
        }
        assert_eq!(list(json!({"newsItems": []})), Ok(Articles::default()));
        let changed = Err(PortalError::Changed { what: "htmlcontent" });
        for answer in [json!(null), json!({"items": {}}), json!({"items": ["x"]})] {
            assert_eq!(text(&base(), day(), answer.clone()), changed, "{answer}");
        }
        assert!(text(&base(), day(), json!({"items": []})).unwrap().parts.is_empty());
    }

    proptest! {
        #[test]
        fn a_mutilated_answer_is_read_or_refused_and_never_more(
            changes in prop::collection::vec((any::<prop::sample::Index>(), madness()), 1..5)
        ) {
            let mut answer = json!({"newsItems": [one()], "items": whole()["items"]});
            for (place, value) in changes {
                let mut found = Vec::new();
                places(&answer, "", &mut found);
                if let Some(target) = answer.pointer_mut(place.get::<String>(&found)) {
                    *target = value;
                }
            }
            if let Ok(mapped) = list(answer.clone()) {
                prop_assert!(mapped.articles.iter().all(|article| !article.id.as_str().is_empty()));
            }
            let _ = text(&base(), day(), answer);
        }
    }
}
