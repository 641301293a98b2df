//! "Agenda": the planning of each child.

use crate::answer::{Refusal, wrapped, wrapped_with};
use crate::bearer::Parent;
use crate::logbook::day;
use crate::planning::{Attendance, Planned, Planning, Slots};
use crate::portal::Shared;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::NaiveDate;
use serde::Serialize;
use std::sync::atomic::Ordering;

/// Longest stretch answered, in days.
pub const LONGEST: i64 = 400;
const STALE: &str =
    "web.general.message.data_connector.child_planning.offline.possible_incorrect_data";

pub fn routes() -> Router<Shared> {
    Router::new().route("/restservices-parent/calendar/{from}/until/{to}", get(calendar))
}

#[derive(Serialize)]
struct Calendar {
    days: Vec<Day>,
}

#[derive(Serialize)]
struct Day {
    children: Vec<DayOfChild>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DayOfChild {
    child: Child,
    combined_planning_parts: [Combined; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Child {
    id: String,
    first_name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Combined {
    planning_parts: Vec<Part>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    start_time: i64,
    end_time: i64,
    extra_info: Option<&'static str>,
    planned_attendance_code: Code,
    to_confirm_product: bool,
}

#[derive(Serialize)]
struct Code {
    code: &'static str,
}

async fn calendar(
    State(portal): State<Shared>,
    parent: Parent,
    Path((from, to)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (Some(from), Some(to)) = (day(&from), day(&to)) else { return Err(Refusal::BadRequest) };
    if !(0..=LONGEST).contains(&(to - from).num_days()) {
        return Err(Refusal::BadRequest);
    }
    let here = portal.clone();
    let planning =
        portal.store.run(move |db| crate::kept_planning::read(db, &here, parent.family)).await?;
    let calendar = Calendar { days: days(&planning, from, to) };
    Ok(if portal.planning_is_stale.load(Ordering::Relaxed) {
        wrapped_with(calendar, STALE).into_response()
    } else {
        wrapped(calendar).into_response()
    })
}

fn days(planning: &Planning, from: NaiveDate, to: NaiveDate) -> Vec<Day> {
    let children: Vec<Slots<'_>> =
        planning.children.iter().map(|child| Slots::of(planning, child)).collect();
    from.iter_days()
        .take_while(|day| *day <= to)
        .map(|day| Day {
            children: children.iter().filter_map(|slots| day_of_child(slots, day)).collect(),
        })
        .collect()
}

/// A child that has no slots on a day is not there.
fn day_of_child(slots: &Slots<'_>, day: NaiveDate) -> Option<DayOfChild> {
    let planning_parts: Vec<Part> = slots.on(day).iter().map(part).collect();
    (!planning_parts.is_empty()).then(|| DayOfChild {
        child: Child { id: slots.child.id.clone(), first_name: slots.child.first_name.to_owned() },
        combined_planning_parts: [Combined { planning_parts }],
    })
}

fn part(planned: &Planned) -> Part {
    let asked = planned.attendance == Attendance::Tentative;
    Part {
        start_time: planned.slot.starts.timestamp_millis(),
        end_time: planned.slot.ends.timestamp_millis(),
        extra_info: asked.then_some("Optie extra"),
        planned_attendance_code: Code { code: planned.attendance.word() },
        to_confirm_product: asked,
    }
}
