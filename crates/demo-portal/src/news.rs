//! News of the organisation, the containers its text is kept in, and newsletters.

use crate::answer::{Refusal, wrapped};
use crate::bearer::Parent;
use crate::media::signed;
use crate::portal::{Portal, Shared};
use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};

/// Newsletters in one answer.
const NEWSLETTERS: u32 = 20;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/restservices-parent/htmlnews/view", get(news))
        .route("/restservices-parent/htmlcontent/container/{id}", get(container))
        .route("/restservices-parent/newsletter", get(newsletters))
        .route("/restservices-parent/newsletter/generated/{id}", get(newsletter))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct News {
    news_items: Vec<NewsItem>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewsItem {
    title: String,
    content_snippet: String,
    publish_date: i64,
    is_new: bool,
    html_content_id: String,
}

async fn news(State(portal): State<Shared>, _: Parent) -> Result<impl IntoResponse, Refusal> {
    let news_items = portal.store.run(|db| {
        let mut query = db.prepare_cached(
            "SELECT title, snippet, published, is_new, id FROM news ORDER BY published DESC",
        )?;
        let rows = query.query_map([], |row| {
            Ok(NewsItem {
                title: row.get(0)?,
                content_snippet: row.get(1)?,
                publish_date: row.get(2)?,
                is_new: row.get(3)?,
                html_content_id: row.get(4)?,
            })
        })?;
        rows.collect()
    });
    Ok(wrapped(News { news_items: news_items.await? }))
}

#[derive(Serialize)]
struct Container {
    items: [Item; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    item_type: &'static str,
    item_parts: Vec<ItemPart>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ItemPart {
    content: Option<String>,
    aws_resource_photo: Option<ResourcePhoto>,
    photo: Option<NewsPhoto>,
    contains_video: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "these are the portal's names")]
struct ResourcePhoto {
    full_size_url: String,
    medium_url: String,
    thumb_url: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewsPhoto {
    photo_id: String,
    medium_url: String,
    thumb_url: String,
}

async fn container(
    State(portal): State<Shared>,
    _: Parent,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let found = portal.store.run({
        let id = id.clone();
        move |db| {
            db.query_row("SELECT html, picture FROM news WHERE id = ?1", [id], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?))
            })
            .optional()
        }
    });
    let (html, picture) = found.await?.ok_or(Refusal::NotFound)?;
    let text = ItemPart {
        content: Some(html),
        aws_resource_photo: None,
        photo: None,
        contains_video: false,
    };
    let mut item_parts = vec![text];
    item_parts.extend(picture.map(|picture| illustration(&portal, &id, picture)));
    Ok(Json(Container { items: [Item { item_type: "text", item_parts }] }))
}

/// Pictures come in two kinds: those without an identity and those with one.
fn illustration(portal: &Portal, id: &str, picture: i64) -> ItemPart {
    let url = |size: &str| signed(portal, &format!("/news/{picture}-{size}.jpg"));
    let has_identity = picture % 4 == 0;
    ItemPart {
        content: None,
        aws_resource_photo: (!has_identity).then(|| ResourcePhoto {
            full_size_url: url("full"),
            medium_url: url("medium"),
            thumb_url: url("thumb"),
        }),
        photo: has_identity.then(|| NewsPhoto {
            photo_id: portal.secret.id(&["news photo", id]),
            medium_url: url("medium"),
            thumb_url: url("thumb"),
        }),
        contains_video: false,
    }
}

#[derive(Deserialize)]
struct From {
    index: Option<u32>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Newsletters {
    newsletter_items: Vec<NewsletterItem>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewsletterItem {
    mail_subject: String,
    content_snippet: String,
    send_date: i64,
    unread: bool,
    generated_html_news_letter_id: String,
}

async fn newsletters(
    State(portal): State<Shared>,
    _: Parent,
    Query(From { index }): Query<From>,
) -> Result<impl IntoResponse, Refusal> {
    let newsletter_items = portal.store.run(move |db| {
        let mut query = db.prepare_cached(
            "SELECT subject, snippet, sent, unread, id FROM newsletter
             ORDER BY sent DESC LIMIT ?1 OFFSET ?2",
        )?;
        let rows = query.query_map([NEWSLETTERS, index.unwrap_or(0)], |row| {
            Ok(NewsletterItem {
                mail_subject: row.get(0)?,
                content_snippet: row.get(1)?,
                send_date: row.get(2)?,
                unread: row.get(3)?,
                generated_html_news_letter_id: row.get(4)?,
            })
        })?;
        rows.collect()
    });
    Ok(Json(Newsletters { newsletter_items: newsletter_items.await? }))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Newsletter {
    full_source: String,
}

async fn newsletter(
    State(portal): State<Shared>,
    _: Parent,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let found = portal.store.run(move |db| {
        db.query_row("SELECT html FROM newsletter WHERE id = ?1", [id], |row| {
            Ok(Newsletter { full_source: row.get(0)? })
        })
        .optional()
    });
    found.await?.map(Json).ok_or(Refusal::NotFound)
}
