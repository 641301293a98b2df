//! Which photos and films a parent may save.

use super::problem::{Problem, Told};
use crate::bearer::Parent;
use crate::portal::Shared;
use axum::Json;
use axum::extract::{Query, State};
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(media))
}

/// Which identities are asked about.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Ids {
    /// Identities, separated by commas; 50 at most.
    ids: String,
}

impl Ids {
    /// One by one.
    pub fn each(&self) -> Result<Vec<&str>, Problem> {
        let ids: Vec<&str> = self.ids.split(',').filter(|id| !id.is_empty()).collect();
        if ids.len() > 50 {
            let status = axum::http::StatusCode::BAD_REQUEST;
            return Err(Problem::Malformed(status, "meer dan 50 vragen in een keer"));
        }
        Ok(ids)
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = Media)]
struct Answers {
    /// One for each identity that is this parent's to see; others are left out.
    media: Vec<Answer>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Medium)]
struct Answer {
    id: String,
    saveable: bool,
    /// Why it may not be saved, in words for the parent.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// Which photos and films a parent may save. Part of the feature `media`.
#[utoipa::path(
    get, path = "/parent-api/v1/media", security(("bearer" = [])), params(Ids),
    responses(
        (status = 200, body = Answers),
        (status = 400, body = Told, content_type = "application/problem+json"),
        (status = 401, description = "No valid token."),
    ),
)]
async fn media(
    State(portal): State<Shared>,
    parent: Parent,
    Query(asked): Query<Ids>,
) -> Result<Json<Answers>, Problem> {
    asked.each()?;
    let media = portal.store.run(move |db| {
        let mut query = db.prepare_cached(
            "SELECT may_not_be_saved FROM photo
             LEFT JOIN card ON card.id = photo.card
             LEFT JOIN conversation ON conversation.id = photo.conversation
             WHERE photo.id = ?1 AND coalesce(card.family, conversation.family) = ?2",
        )?;
        let mut answers = Vec::new();
        for id in asked.each().unwrap_or_default() {
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
