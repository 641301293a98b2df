//! "Ons team": who works on the groups of the family's children.

use super::problem::Problem;
use crate::bearer::Parent;
use crate::household::own_groups;
use crate::media::signed;
use crate::portal::Shared;
use crate::team::{self, members};
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(team))
}

#[derive(Serialize, ToSchema)]
struct Team {
    members: Vec<Member>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = TeamMember)]
struct Member {
    id: String,
    name: String,
    role: String,
    /// The family's alone.
    groups: Vec<String>,
    /// Plain text, with blank lines between paragraphs.
    text: Option<String>,
    picture: Option<Picture>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = TeamPicture)]
struct Picture {
    /// Another picture has another one.
    id: String,
    /// A signed address.
    url: String,
}

/// Who works on the groups where a child of the family has a placement, and nobody else. Part of
/// the feature `team`.
#[utoipa::path(
    get, path = "/parent-api/v1/team", security(("bearer" = [])),
    responses((status = 200, body = Team)),
)]
async fn team(State(portal): State<Shared>, parent: Parent) -> Result<Json<Team>, Problem> {
    let today = crate::day::today(portal.clock.now());
    let (own, everybody) = portal
        .store
        .run(move |db| Ok((own_groups(db, parent.family, today)?, members(db)?)))
        .await?;
    let of_family = |team::Member { id, name, role, mut groups, text, picture }| {
        groups.retain(|group: &String| own.iter().any(|(own, _)| own == group));
        let picture: Option<String> = picture;
        let picture =
            picture.map(|id| Picture { url: signed(&portal, &format!("/team/{id}.jpg")), id });
        (!groups.is_empty()).then_some(Member { id, name, role, groups, text, picture })
    };
    Ok(Json(Team { members: everybody.into_iter().filter_map(of_family).collect() }))
}
