//! What the organisation knows of the children, and how they are placed.

use super::problem::Problem;
use crate::bearer::Parent;
use crate::household;
use crate::placement::{Placed, placements};
use crate::portal::Shared;
use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use rusqlite::Connection;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(children))
}

#[derive(Serialize, ToSchema)]
struct Children {
    /// Those that have left too.
    children: Vec<Child>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ChildDetails)]
struct Child {
    id: String,
    first_name: String,
    name: String,
    #[schema(value_type = String, format = Date)]
    date_of_birth: NaiveDate,
    /// Today's.
    group: Option<String>,
    mentor: Option<Mentor>,
    /// The oldest first.
    placements: Vec<Placement>,
    /// As they were given.
    allergies: Vec<String>,
    notes: Vec<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Mentor {
    name: String,
    /// The identity in the team.
    member_id: String,
}

#[derive(Serialize, ToSchema)]
struct Placement {
    /// `dayCare`, `preschool` or `afterSchool`.
    kind: &'static str,
    /// The organisation's word for it.
    name: &'static str,
    group: String,
    location: Option<&'static str>,
    /// 1 for Monday.
    weekdays: Vec<u8>,
    #[schema(value_type = String, format = Date)]
    from: NaiveDate,
    /// The last day.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<NaiveDate>,
}

/// The children's details, those that have left too. Part of the feature `children`.
#[utoipa::path(
    get, path = "/parent-api/v1/children", security(("bearer" = [])),
    responses((status = 200, body = Children)),
)]
async fn children(State(portal): State<Shared>, parent: Parent) -> Result<Json<Children>, Problem> {
    let today = crate::day::today(portal.clock.now());
    let organisation = portal.options.organisation;
    let children = portal.store.run(move |db| {
        let mut found = read(db, parent.family)?;
        for (child, placed) in &mut found {
            child.group = household::attending(db, parent.family, &child.id, today)?
                .and_then(|place| place.groups.into_iter().next());
            let kept = placements(placed, organisation.rules.preschool, today);
            let told = kept.into_iter().map(|placement| Placement {
                kind: placement.kind.word(),
                name: placement.kind.name(),
                location: organisation.site.of_group(&placement.group).map(|found| found.name),
                group: placement.group,
                weekdays: placed.weekdays(),
                from: placement.from,
                until: placement.until,
            });
            child.placements = told.collect();
        }
        Ok(found.into_iter().map(|(child, _)| child).collect())
    });
    Ok(Json(Children { children: children.await? }))
}

fn read(db: &Connection, family: i64) -> rusqlite::Result<Vec<(Child, Placed)>> {
    let mut query = db.prepare_cached(
        "SELECT child.id, first_name, middle_name, last_name, born, starts, ends, day_care_group,
                after_school_group, weekdays, mentor, team_member.name, allergies, notes
         FROM child LEFT JOIN child_about ON child_about.child = child.id
         LEFT JOIN team_member ON team_member.id = mentor
         WHERE family = ?1 ORDER BY child.position",
    )?;
    let texts = |json: Option<String>| -> Vec<String> {
        json.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
    };
    let rows = query.query_map([family], |row| {
        let names: [String; 3] = [row.get(1)?, row.get(2)?, row.get(3)?];
        let placed = Placed {
            born: row.get(4)?,
            starts: row.get(5)?,
            ends: row.get(6)?,
            day_care_group: row.get(7)?,
            after_school_group: row.get(8)?,
            weekdays: row.get(9)?,
        };
        let mentor: Option<(String, String)> = row.get::<_, Option<_>>(10)?.zip(row.get(11)?);
        let child = Child {
            id: row.get(0)?,
            name: household::full_name(&names),
            first_name: names.into_iter().next().unwrap_or_default(),
            date_of_birth: placed.born,
            group: None,
            mentor: mentor.map(|(member_id, name)| Mentor { name, member_id }),
            placements: Vec::new(),
            allergies: texts(row.get(12)?),
            notes: texts(row.get(13)?),
        };
        Ok((child, placed))
    })?;
    rows.collect()
}
