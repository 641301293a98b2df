//! What comes with a news item, which the observed container leaves out.

use super::declined::Declined;
use super::media::Ids;
use super::problem::{Problem, Told};
use crate::attachment::{self, Attachment};
use crate::bearer::Parent;
use crate::portal::Shared;
use axum::Json;
use axum::extract::{Path, Query, State};
use rusqlite::OptionalExtension;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(about)).routes(routes!(attachments))
}

#[derive(Serialize, ToSchema)]
#[schema(as = NewsAbout)]
struct Answer {
    news: Vec<About>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = NewsItemAbout)]
struct About {
    id: String,
    /// How many.
    attachments: i64,
}

/// Which news has attachments. An item that is not there is not in the answer. Part of the feature
/// `newsAttachments`.
#[utoipa::path(
    get, path = "/parent-api/v1/news/about", security(("bearer" = [])), params(Ids),
    responses(
        (status = 200, body = Answer),
        (status = 400, body = Told, content_type = "application/problem+json"),
    ),
)]
async fn about(
    State(portal): State<Shared>,
    _: Parent,
    Query(asked): Query<Ids>,
) -> Result<Json<Answer>, Problem> {
    asked.each()?;
    let news = portal.store.run(move |db| {
        let mut query = db.prepare_cached(
            "SELECT id, (SELECT count(*) FROM attachment WHERE owner = news.id)
             FROM news WHERE id = ?1",
        )?;
        let mut found = Vec::new();
        for id in asked.each().unwrap_or_default() {
            let about = query
                .query_row([id], |row| Ok(About { id: row.get(0)?, attachments: row.get(1)? }));
            found.extend(about.optional()?);
        }
        Ok(found)
    });
    Ok(Json(Answer { news: news.await? }))
}

#[derive(Serialize, ToSchema)]
struct Attachments {
    attachments: Vec<Attachment>,
}

/// The attachments of a news item. Part of the feature `newsAttachments`.
#[utoipa::path(
    get, path = "/parent-api/v1/news/{htmlContentId}/attachments", security(("bearer" = [])),
    params(("htmlContentId" = String, Path)),
    responses(
        (status = 200, body = Attachments),
        (status = 404, body = Told, content_type = "application/problem+json"),
    ),
)]
async fn attachments(
    State(portal): State<Shared>,
    _: Parent,
    Path(id): Path<String>,
) -> Result<Json<Attachments>, Problem> {
    let here = portal.clone();
    let found = portal.store.run(move |db| {
        let known = db.prepare_cached("SELECT 1 FROM news WHERE id = ?1")?.exists([&id])?;
        known.then(|| attachment::of(db, &here, &id)).transpose()
    });
    let attachments = found.await?.ok_or(Declined::NewsUnknown)?;
    Ok(Json(Attachments { attachments }))
}
