//! What the observed calendar leaves out: groups, where slots come from, special days, and the
//! rules of the organisation.

use super::problem::{Problem, Told};
use crate::bearer::Parent;
use crate::calendar::LONGEST;
use crate::data::{holiday, school_holiday};
use crate::planning::{Planned, Refused, Slots, furthest};
use crate::portal::Shared;
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(planning)).routes(routes!(rules))
}

#[derive(Serialize, ToSchema)]
#[schema(as = Planning)]
struct Answer {
    slots: Vec<SlotAnswer>,
    /// Only days with something to tell.
    days: Vec<DayAnswer>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PlanningSlot)]
struct SlotAnswer {
    child_id: String,
    #[schema(value_type = String, format = Date)]
    day: NaiveDate,
    /// Epoch milliseconds.
    start: i64,
    end: i64,
    group: String,
    /// `contract`, `extra` or `swap`.
    kind: &'static str,
    /// The request or absence to look at.
    request_id: Option<String>,
    line_id: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PlanningDay)]
struct DayAnswer {
    #[schema(value_type = String, format = Date)]
    day: NaiveDate,
    /// Why the organisation is closed; weekends speak for themselves.
    closed: Option<&'static str>,
    /// The school holiday it lies in.
    school_holiday: Option<&'static str>,
}

/// What the observed calendar leaves out, for 400 days at most. Part of the feature `planning`.
#[utoipa::path(
    get, path = "/parent-api/v1/planning/{from}/until/{until}", security(("bearer" = [])),
    params(("from" = String, Path, format = Date), ("until" = String, Path, format = Date)),
    responses(
        (status = 200, body = Answer),
        (status = "4XX", body = Told, content_type = "application/problem+json"),
    ),
)]
async fn planning(
    State(portal): State<Shared>,
    parent: Parent,
    path: Result<Path<(NaiveDate, NaiveDate)>, PathRejection>,
) -> Result<Json<Answer>, Problem> {
    let Path((from, until)) = path?;
    if until < from {
        return Err(Refused::Backwards.into());
    }
    if (until - from).num_days() > LONGEST {
        return Err(Refused::TooLong(LONGEST).into());
    }
    let here = portal.clone();
    let planning =
        portal.store.run(move |db| crate::kept_planning::read(db, &here, parent.family)).await?;
    let children: Vec<Slots<'_>> =
        planning.children.iter().map(|child| Slots::of(&planning, child)).collect();
    let days = || from.iter_days().take_while(|day| *day <= until);
    let slots = days()
        .flat_map(|day| children.iter().map(move |slots| (slots, day)))
        .flat_map(|(slots, day)| {
            let child = &slots.child.id;
            slots.on(day).into_iter().map(|planned| slot(child, planned)).collect::<Vec<_>>()
        })
        .collect();
    let days = days()
        .map(|day| DayAnswer { day, closed: holiday(day), school_holiday: school_holiday(day) })
        .filter(|day| day.closed.is_some() || day.school_holiday.is_some())
        .collect();
    Ok(Json(Answer { slots, days }))
}

fn slot(child: &str, planned: Planned) -> SlotAnswer {
    let (request_id, line_id) = planned.about.unzip();
    SlotAnswer {
        child_id: child.to_owned(),
        day: planned.slot.day,
        start: planned.slot.starts.timestamp_millis(),
        end: planned.slot.ends.timestamp_millis(),
        group: planned.group,
        kind: planned.kind.word(),
        request_id,
        line_id,
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PlanningRules)]
struct RulesAnswer {
    /// The last day that can be asked for.
    #[schema(value_type = String, format = Date)]
    furthest: NaiveDate,
    /// In days.
    longest_period: i64,
    extra: Option<&'static str>,
    swap: Option<&'static str>,
    absence: Option<&'static str>,
    contract: Option<&'static str>,
    /// `points` or `minutes`; null where there are none.
    credits: Option<&'static str>,
    groups: Vec<GroupAnswer>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = GroupPhone)]
struct GroupAnswer {
    group: &'static str,
    phone: &'static str,
}

/// What holds at this organisation, in its own words. Part of the feature `planning`.
#[utoipa::path(
    get, path = "/parent-api/v1/planning/rules", security(("bearer" = [])),
    responses((status = 200, body = RulesAnswer)),
)]
async fn rules(State(portal): State<Shared>, _: Parent) -> Json<RulesAnswer> {
    let rules = portal.options.organisation.rules.care;
    Json(RulesAnswer {
        furthest: furthest(rules, portal.clock.now()),
        longest_period: rules.longest_period,
        extra: Some(rules.about_extra),
        swap: Some(rules.about_swap),
        absence: Some(rules.about_absence),
        contract: Some(rules.about_contract),
        credits: rules.credits.map(|credits| credits.unit.word()),
        groups: rules
            .groups
            .iter()
            .map(|group| GroupAnswer { group: group.name, phone: group.phone })
            .collect(),
    })
}
