//! Our extension: what this portal offers beyond what has been observed. Described for others in
//! `parent-api.json` (`OpenAPI`), which the portal also serves.

use crate::answer::Refusal;
use crate::bearer::Parent;
use crate::portal::Shared;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/parent-api/v1/capabilities", get(capabilities))
        .route("/parent-api/v1/media", get(media))
        .route("/parent-api/v1/openapi.json", get(async || description()))
}

#[derive(Serialize)]
struct Capabilities {
    format: &'static str,
    version: u32,
    features: [&'static str; 1],
    links: Links,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Links {
    privacy: String,
    disclosure: String,
    sign_in: String,
}

async fn capabilities(State(portal): State<Shared>) -> impl IntoResponse {
    let url = |path| portal.here.join(path).map_or_else(|_| String::new(), String::from);
    Json(Capabilities {
        format: "schriftje-parent-api",
        version: 1,
        features: ["media"],
        links: Links {
            privacy: url("/privacyverklaring"),
            disclosure: url("/responsible-disclosure"),
            sign_in: url("/auth/login"),
        },
    })
}

fn description() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], include_str!("parent-api.json"))
}

#[derive(Deserialize)]
struct Ids {
    ids: String,
}

#[derive(Serialize)]
struct Answers {
    media: Vec<Answer>,
}

#[derive(Serialize)]
struct Answer {
    id: String,
    saveable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

async fn media(
    State(portal): State<Shared>,
    parent: Parent,
    Query(Ids { ids }): Query<Ids>,
) -> Result<impl IntoResponse, Refusal> {
    let media = portal.store.run(move |db| {
        let mut query = db.prepare_cached(
            "SELECT may_not_be_saved FROM photo JOIN card ON card.id = photo.card
             WHERE photo.id = ?1 AND card.family = ?2",
        )?;
        let mut answers = Vec::new();
        for id in ids.split(',').filter(|id| !id.is_empty()) {
            let known: Option<Option<String>> =
                query.query_row((id, parent.family), |row| row.get(0)).optional()?;
            if let Some(reason) = known {
                answers.push(Answer { id: id.to_owned(), saveable: reason.is_none(), reason });
            }
        }
        Ok(answers)
    });
    Ok(Json(Answers { media: media.await? }))
}
