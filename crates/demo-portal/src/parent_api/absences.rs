//! "Afwezigheid doorgeven": registered at once.

use super::bookings::SlotsSent;
use super::once::Write;
use super::problem::{Problem, Told};
use super::requests::{Made, check_remark, make};
use crate::planning::{self, Absence, GivenIn, Reason};
use crate::portal::Shared;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::response::Response;
use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(absent))
}

#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = NewAbsence)]
struct New {
    #[schema(value_type = String, format = Date)]
    from: NaiveDate,
    #[schema(value_type = String, format = Date)]
    until: NaiveDate,
    /// Child by child, the slots it stays away from.
    lines: Vec<SlotsSent>,
    reason: Reason,
    #[serde(default)]
    remark: String,
}

/// Reports children absent. Part of the feature `absences`.
#[utoipa::path(
    post, path = "/parent-api/v1/absences", security(("bearer" = [])),
    params(("Idempotency-Key" = String, Header, description = "A UUID of this write.")),
    request_body = New,
    responses(
        (status = 201, body = Made),
        (status = "4XX", body = Told, content_type = "application/problem+json"),
    ),
)]
async fn absent(
    State(portal): State<Shared>,
    write: Write,
    body: Result<Json<New>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(new) = body?;
    check_remark(&portal, &new.remark)?;
    let body = serde_json::to_value(&new).unwrap_or_default();
    let here = portal.clone();
    let effect = move |db: &Connection, write: &Write| {
        let absence = Absence {
            from: new.from,
            until: new.until,
            lines: new.lines.into_iter().map(GivenIn::from).collect(),
            reason: new.reason,
            remark: new.remark,
        };
        make(db, &here, write, |planning, sender| {
            planning::absent(planning, &absence, sender, here.clock.now())
        })
    };
    write.once(&portal, &body, effect).await
}
