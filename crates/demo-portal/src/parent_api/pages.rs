//! "Informatiepagina's", where the organisation uses them.

use super::declined::Declined;
use super::problem::{Problem, Told};
use crate::attachment::{self, Attachment};
use crate::bearer::Parent;
use crate::portal::{Portal, Shared};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use rusqlite::OptionalExtension;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(pages)).routes(routes!(page))
}

#[derive(Serialize, ToSchema)]
struct Pages {
    /// In the organisation's order.
    pages: Vec<Listed>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PageListed)]
struct Listed {
    id: String,
    title: String,
    /// Plain text.
    summary: String,
    /// Epoch milliseconds.
    changed_at: i64,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Page {
    id: String,
    title: String,
    /// Epoch milliseconds.
    changed_at: i64,
    html: String,
    attachments: Vec<Attachment>,
}

fn check_used(portal: &Portal) -> Result<(), Problem> {
    if portal.options.organisation.rules.pages {
        return Ok(());
    }
    Err(Problem::Malformed(StatusCode::NOT_FOUND, "hier zijn geen informatiepagina's"))
}

/// The information pages. Part of the feature `pages`.
#[utoipa::path(
    get, path = "/parent-api/v1/pages", security(("bearer" = [])),
    responses(
        (status = 200, body = Pages),
        (status = 404, description = "An organisation without information pages."),
    ),
)]
async fn pages(State(portal): State<Shared>, _: Parent) -> Result<Json<Pages>, Problem> {
    check_used(&portal)?;
    let pages = portal.store.run(|db| {
        let mut query =
            db.prepare_cached("SELECT id, title, summary, changed FROM page ORDER BY position")?;
        let rows = query.query_map([], |row| {
            Ok(Listed {
                id: row.get(0)?,
                title: row.get(1)?,
                summary: row.get(2)?,
                changed_at: row.get(3)?,
            })
        })?;
        rows.collect()
    });
    Ok(Json(Pages { pages: pages.await? }))
}

/// A whole information page. Part of the feature `pages`.
#[utoipa::path(
    get, path = "/parent-api/v1/pages/{id}", security(("bearer" = [])),
    params(("id" = String, Path)),
    responses(
        (status = 200, body = Page),
        (status = 404, body = Told, content_type = "application/problem+json"),
    ),
)]
async fn page(
    State(portal): State<Shared>,
    _: Parent,
    Path(id): Path<String>,
) -> Result<Json<Page>, Problem> {
    check_used(&portal)?;
    let here = portal.clone();
    let page = portal.store.run(move |db| {
        let attachments = attachment::of(db, &here, &id)?;
        db.query_row("SELECT id, title, changed, html FROM page WHERE id = ?1", [id], |row| {
            Ok(Page {
                id: row.get(0)?,
                title: row.get(1)?,
                changed_at: row.get(2)?,
                html: row.get(3)?,
                attachments,
            })
        })
        .optional()
    });
    Ok(Json(page.await?.ok_or(Declined::PageUnknown)?))
}
