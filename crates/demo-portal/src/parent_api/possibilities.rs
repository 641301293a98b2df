//! What can be asked for on a day or in a period.

use super::bookings::clock;
use super::credits::CreditAnswer;
use super::problem::{Problem, Told};
use crate::bearer::Parent;
use crate::planning::{self, ChildPossibilities, Kind, Planned, Planning, PossiblePart};
use crate::portal::Shared;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(possibilities))
}

#[derive(Deserialize, ToSchema)]
#[schema(as = PossibilitiesAsked)]
struct Asked {
    kind: Kind,
    #[schema(value_type = String, format = Date)]
    from: NaiveDate,
    #[schema(value_type = String, format = Date)]
    until: NaiveDate,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Possibilities)]
struct Answer {
    closed: Vec<NotThen>,
    /// Every child of the family.
    children: Vec<ChildAnswer>,
}

/// A day on which something is not possible, and why.
#[derive(Serialize, ToSchema)]
struct NotThen {
    #[schema(value_type = String, format = Date)]
    day: NaiveDate,
    reason: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ChildPossibilities)]
struct ChildAnswer {
    child_id: String,
    planned: Vec<PlannedAnswer>,
    parts: Vec<PartAnswer>,
    credits: Vec<CreditAnswer>,
    not_usable: Vec<NotUsable>,
    /// Why nothing at all is possible.
    reason: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PlannedSlot)]
struct PlannedAnswer {
    #[schema(value_type = String, format = Date)]
    day: NaiveDate,
    /// Epoch milliseconds.
    start: i64,
    end: i64,
    group: String,
    /// `attend`, `absent` or `tentative`.
    attendance: &'static str,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PossiblePart)]
struct PartAnswer {
    id: &'static str,
    name: &'static str,
    /// `HH:MM` in Amsterdam.
    start: String,
    end: String,
    group: String,
    #[schema(value_type = Vec<String>)]
    days: Vec<NaiveDate>,
    refused: Vec<NotThen>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = CreditNotUsable)]
struct NotUsable {
    credit: CreditAnswer,
    reason: String,
}

/// What is possible for every child of the family. Changes nothing. Part of the feature `requests`.
#[utoipa::path(
    post, path = "/parent-api/v1/possibilities", security(("bearer" = [])),
    request_body = Asked,
    responses(
        (status = 200, body = Answer),
        (status = "4XX", body = Told, content_type = "application/problem+json"),
    ),
)]
async fn possibilities(
    State(portal): State<Shared>,
    parent: Parent,
    body: Result<Json<Asked>, JsonRejection>,
) -> Result<Json<Answer>, Problem> {
    let Json(asked) = body?;
    let here = portal.clone();
    let planning =
        portal.store.run(move |db| crate::kept_planning::read(db, &here, parent.family)).await?;
    let now = portal.clock.now();
    let found = planning::possibilities(&planning, asked.kind, asked.from, asked.until, now)?;
    Ok(Json(Answer {
        closed: found.closed.into_iter().map(|(day, reason)| NotThen { day, reason }).collect(),
        children: found.children.iter().map(|child| answer(&planning, child, now)).collect(),
    }))
}

fn answer(planning: &Planning, found: &ChildPossibilities<'_>, now: DateTime<Utc>) -> ChildAnswer {
    let credit = |credit| CreditAnswer::of(planning, credit, now);
    ChildAnswer {
        child_id: found.child.id.clone(),
        planned: found.planned.iter().map(PlannedAnswer::from).collect(),
        parts: found.parts.iter().map(PartAnswer::from).collect(),
        credits: found.credits.iter().map(|found| credit(found)).collect(),
        not_usable: found
            .not_usable
            .iter()
            .map(|(found, reason)| NotUsable { credit: credit(found), reason: reason.clone() })
            .collect(),
        reason: found.reason.clone(),
    }
}

impl From<&Planned> for PlannedAnswer {
    fn from(planned: &Planned) -> Self {
        Self {
            day: planned.slot.day,
            start: planned.slot.starts.timestamp_millis(),
            end: planned.slot.ends.timestamp_millis(),
            group: planned.group.clone(),
            attendance: planned.attendance.word(),
        }
    }
}

impl From<&PossiblePart> for PartAnswer {
    fn from(found: &PossiblePart) -> Self {
        let refused = found.refused.iter();
        Self {
            id: found.part.id,
            name: found.part.name,
            start: clock(found.part.start),
            end: clock(found.part.end),
            group: found.group.clone(),
            days: found.days.clone(),
            refused: refused
                .map(|(day, why)| NotThen { day: *day, reason: why.to_string() })
                .collect(),
        }
    }
}
