//! "Tegoeden": what each child has, and what it was used for.

use super::problem::Problem;
use crate::bearer::Parent;
use crate::planning::{Credit, Planning, left, state_of, uses};
use crate::portal::Shared;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(credits))
}

#[derive(Serialize, ToSchema)]
struct Credits {
    credits: Vec<CreditAnswer>,
}

/// A credit of a child.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Credit)]
pub struct CreditAnswer {
    id: String,
    child_id: String,
    name: String,
    /// `points` or `minutes`.
    unit: &'static str,
    total: i64,
    left: i64,
    #[schema(value_type = String, format = Date)]
    valid_from: NaiveDate,
    #[schema(value_type = String, format = Date)]
    valid_until: NaiveDate,
    note: Option<String>,
    /// `usable`, `partlyUsed`, `used` or `expired`.
    state: &'static str,
    uses: Vec<UseAnswer>,
}

/// What a part of it was used for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CreditUse)]
struct UseAnswer {
    request_id: String,
    line_id: String,
    #[schema(value_type = String, format = Date)]
    day: NaiveDate,
    amount: i64,
}

impl CreditAnswer {
    pub fn of(planning: &Planning, credit: &Credit, now: DateTime<Utc>) -> Self {
        Self {
            id: credit.id.clone(),
            child_id: credit.child.clone(),
            name: credit.name.clone(),
            unit: credit.unit.word(),
            total: credit.total,
            left: left(planning, credit),
            valid_from: credit.valid_from,
            valid_until: credit.valid_until,
            note: credit.note.clone(),
            state: state_of(planning, credit, now).word(),
            uses: uses(planning, credit)
                .into_iter()
                .map(|used| UseAnswer {
                    request_id: used.request,
                    line_id: used.line,
                    day: used.day,
                    amount: used.amount,
                })
                .collect(),
        }
    }
}

/// The credits of every child of the family. Part of the feature `credits`.
#[utoipa::path(
    get, path = "/parent-api/v1/credits", security(("bearer" = [])),
    responses(
        (status = 200, body = Credits),
        (status = 404, description = "An organisation without credits."),
    ),
)]
async fn credits(State(portal): State<Shared>, parent: Parent) -> Result<Json<Credits>, Problem> {
    if portal.options.organisation.rules.care.credits.is_none() {
        return Err(Problem::Malformed(StatusCode::NOT_FOUND, "hier zijn geen tegoeden"));
    }
    let here = portal.clone();
    let planning =
        portal.store.run(move |db| crate::kept_planning::read(db, &here, parent.family)).await?;
    let now = portal.clock.now();
    let credits = planning.credits.iter();
    Ok(Json(Credits {
        credits: credits.map(|credit| CreditAnswer::of(&planning, credit, now)).collect(),
    }))
}
