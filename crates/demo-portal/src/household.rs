//! Who one is and whose parent: `/parent`, `/customer/info`, `/children/`, and the counters.

use crate::answer::{Refusal, wrapped};
use crate::bearer::Parent;
use crate::portal::Shared;
use axum::Router;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::routing::get;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/restservices-parent/parent", get(parent))
        .route("/restservices-parent/customer/info", get(customer))
        .route("/restservices-parent/children/", get(children))
        .route("/restservices-parent/notification/notifications", get(notifications))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ParentInfo {
    fullname: String,
    email_address: String,
}

async fn parent(parent: Parent) -> impl IntoResponse {
    wrapped(ParentInfo { fullname: parent.full_name, email_address: parent.email })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Customer {
    customer_name: &'static str,
}

async fn customer(State(portal): State<Shared>, _: Parent) -> impl IntoResponse {
    wrapped(Customer { customer_name: portal.options.organisation.name })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Children {
    active_children: Vec<Child>,
    inactive_children: Vec<Child>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Child {
    id: String,
    fullname: String,
    first_name: String,
    last_name: String,
    active_groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    name: String,
}

async fn children(
    State(portal): State<Shared>,
    parent: Parent,
) -> Result<impl IntoResponse, Refusal> {
    let today = crate::day::today(portal.clock.now());
    Ok(wrapped(portal.store.run(move |db| read_children(db, parent.family, today)).await?))
}

fn read_children(db: &Connection, family: i64, today: NaiveDate) -> rusqlite::Result<Children> {
    let mut query = db.prepare_cached(
        "SELECT id, first_name, middle_name, last_name, born, starts, ends, day_care_group,
                after_school_group, holiday_group
         FROM child WHERE family = ?1 ORDER BY position",
    )?;
    let mut active_children = Vec::new();
    let mut inactive_children = Vec::new();
    let mut rows = query.query(params![family])?;
    while let Some(row) = rows.next()? {
        let names: [String; 3] = [row.get(1)?, row.get(2)?, row.get(3)?];
        let fullname = full_name(&names);
        let [first_name, _, last_name] = names;
        let place = Place::read(row, today)?;
        let child = Child {
            id: row.get(0)?,
            fullname,
            first_name,
            last_name,
            active_groups: place.groups.into_iter().map(|name| Group { name }).collect(),
        };
        if place.attends { active_children.push(child) } else { inactive_children.push(child) }
    }
    Ok(Children { active_children, inactive_children })
}

/// First, middle and last name as one.
pub fn full_name(names: &[String; 3]) -> String {
    let names: Vec<&str> =
        names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    names.join(" ")
}

/// A child's place at the nursery on a day.
pub struct Place {
    /// It has not left; it may still have to start.
    attends: bool,
    pub born: NaiveDate,
    /// Its active groups, that of its usual days first.
    pub groups: Vec<String>,
}

impl Place {
    /// Reads the columns 4 to 9 as `read_children` selects them.
    fn read(row: &Row<'_>, today: NaiveDate) -> rusqlite::Result<Self> {
        let (born, starts): (NaiveDate, NaiveDate) = (row.get(4)?, row.get(5)?);
        let ends: Option<NaiveDate> = row.get(6)?;
        let attends = ends.is_none_or(|ends| today < ends);
        let school = crate::data::goes_to_school(born, today);
        let usual: String = if school { row.get(8)? } else { row.get(7)? };
        let holidays: Option<String> = if school { row.get(9)? } else { None };
        let placed = attends && starts <= today;
        let groups = [Some(usual), holidays].into_iter().flatten().filter(|_| placed).collect();
        Ok(Self { attends, born, groups })
    }
}

/// The place of one of the family's children, unless it has left.
pub fn attending(
    db: &Connection,
    family: i64,
    child: &str,
    today: NaiveDate,
) -> rusqlite::Result<Option<Place>> {
    let sql = "SELECT NULL, NULL, NULL, NULL, born, starts, ends, day_care_group,
                      after_school_group, holiday_group
               FROM child WHERE id = ?1 AND family = ?2";
    let place = db.query_row(sql, params![child, family], |row| Place::read(row, today));
    Ok(place.optional()?.filter(|place| place.attends))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "these are the portal's names")]
struct Notifications {
    nr_of_new_messages: i64,
    nr_of_new_news_items: i64,
    nr_of_new_newsletters: i64,
}

async fn notifications(
    State(portal): State<Shared>,
    parent: Parent,
) -> Result<impl IntoResponse, Refusal> {
    let counted = portal.store.run(move |db| {
        db.query_row(
            "SELECT
               coalesce((SELECT messages FROM counters WHERE family = ?1),
                 (SELECT count(*) FROM conversation WHERE family = ?1 AND unread)),
               coalesce((SELECT news FROM counters WHERE family = ?1),
                 (SELECT count(*) FROM news WHERE is_new)),
               coalesce((SELECT newsletters FROM counters WHERE family = ?1),
                 (SELECT count(*) FROM newsletter WHERE unread))",
            [parent.family],
            |row| {
                Ok(Notifications {
                    nr_of_new_messages: row.get(0)?,
                    nr_of_new_news_items: row.get(1)?,
                    nr_of_new_newsletters: row.get(2)?,
                })
            },
        )
    });
    Ok(wrapped(counted.await?))
}

/// The groups of the family's children that have not left, each with its children; one that has
/// still to start counts for the group where it will.
pub fn own_groups(
    db: &Connection,
    family: i64,
    today: NaiveDate,
) -> rusqlite::Result<Vec<(String, Vec<String>)>> {
    let mut query = db.prepare_cached(
        "SELECT id FROM child WHERE family = ?1 AND (ends IS NULL OR ends > ?2) ORDER BY position",
    )?;
    let children: Vec<String> =
        query.query_map(params![family, today], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for child in children {
        let group = group_on(db, &child, today)?;
        match groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, children)) => children.push(child),
            None => groups.push((group, vec![child])),
        }
    }
    Ok(groups)
}

/// The group of a child on a day, also before it starts there.
pub fn group_on(db: &Connection, child: &str, day: NaiveDate) -> rusqlite::Result<String> {
    let sql = "SELECT born, day_care_group, after_school_group FROM child WHERE id = ?1";
    db.query_row(sql, [child], |row| {
        if crate::data::goes_to_school(row.get(0)?, day) { row.get(2) } else { row.get(1) }
    })
}
