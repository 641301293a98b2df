//! "Agenda": the planning of each child.

use crate::answer::{Refusal, wrapped, wrapped_with};
use crate::bearer::Parent;
use crate::data::{closed, goes_to_school, people, present};
use crate::day::at_ms;
use crate::logbook::day;
use crate::portal::{Portal, Shared};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{Datelike, NaiveDate, NaiveTime};
use serde::Serialize;
use std::sync::atomic::Ordering;

/// Longest stretch answered, in days.
const LONGEST: i64 = 400;
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
    let days = from
        .iter_days()
        .take_while(|day| *day <= to)
        .map(|day| Day { children: children_on(&portal, parent.family, day) })
        .collect();
    let calendar = Calendar { days };
    Ok(if portal.planning_is_stale.load(Ordering::Relaxed) {
        wrapped_with(calendar, STALE).into_response()
    } else {
        wrapped(calendar).into_response()
    })
}

fn children_on(portal: &Portal, family: i64, day: NaiveDate) -> Vec<DayOfChild> {
    portal
        .children
        .iter()
        .filter(|child| child.family == family && child.placed(day) && !closed(day))
        .map(|child| DayOfChild {
            child: Child { id: child.id.clone(), first_name: child.first_name.to_owned() },
            combined_planning_parts: [Combined { planning_parts: parts(portal, child, day) }],
        })
        .collect()
}

fn parts(portal: &Portal, child: &people::Child, day: NaiveDate) -> Vec<Part> {
    let school = goes_to_school(child.born, day);
    // "Optie extra": the last Monday of a month asks for a yes or a no.
    let asked = school && day.weekday().num_days_from_monday() == 0 && day.day() > 24;
    let code = match (present(&portal.secret, child, day), asked) {
        (false, _) => "absent",
        (true, true) => "tentative",
        (true, false) => "attend",
    };
    let part = |from: (u32, u32), until: (u32, u32)| {
        let at = |(hour, minute)| {
            at_ms(day, NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default())
        };
        Part {
            start_time: at(from),
            end_time: at(until),
            extra_info: asked.then_some("Optie extra"),
            planned_attendance_code: Code { code },
            to_confirm_product: asked,
        }
    };
    if school {
        vec![part((14, 30), (18, 30))]
    } else {
        vec![part((7, 30), (13, 0)), part((13, 0), (18, 0))]
    }
}
