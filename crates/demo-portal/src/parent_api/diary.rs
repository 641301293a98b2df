//! "Dagboek schrijven": an entry about one child or several, on a day.

use super::once::{Done, Write};
use super::plain_text::html;
use super::problem::{Problem, Told};
use super::uploads::{attach, check_text};
use crate::bearer::next_number;
use crate::events::{What, tell};
use crate::household::attending;
use crate::photo::Place;
use crate::portal::{Portal, Shared};
use crate::timeline::{KeptChild, PARENT};
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::response::Response;
use chrono::NaiveDate;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(diary))
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NewEntry {
    /// One at least.
    child_ids: Vec<String>,
    #[schema(value_type = String, format = Date)]
    day: NaiveDate,
    text: String,
    #[serde(default)]
    uploads: Vec<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Entered {
    journal_id: String,
}

/// Writes in the diary. Part of the feature `diary`.
#[utoipa::path(
    post, path = "/parent-api/v1/diary", security(("bearer" = [])),
    params(("Idempotency-Key" = String, Header, description = "A UUID of this write.")),
    request_body = NewEntry,
    responses(
        (status = 201, body = Entered),
        (status = "4XX", body = Told, content_type = "application/problem+json"),
    ),
)]
async fn diary(
    State(portal): State<Shared>,
    write: Write,
    body: Result<Json<NewEntry>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(new) = body?;
    check_text(&new.text, &new.uploads, &portal.options.organisation.rules)?;
    let here = portal.clone();
    let body = serde_json::to_value(&new).unwrap_or_default();
    let effect = move |db: &Connection, write: &Write| enter(db, &here, write, &new);
    write.once(&portal, &body, effect).await
}

fn enter(db: &Connection, portal: &Portal, write: &Write, new: &NewEntry) -> Result<Done, Problem> {
    let parent = &write.parent;
    let today = crate::day::today(portal.clock.now());
    let mut children: Vec<KeptChild> = Vec::new();
    for id in &new.child_ids {
        if children.iter().any(|child| child.id == *id) {
            continue;
        }
        let place = attending(db, parent.family, id, today)?.ok_or(Problem::ChildUnknown)?;
        if new.day > today || new.day < place.born {
            return Err(Problem::DayNotAllowed);
        }
        let group = crate::household::group_on(db, id, new.day)?;
        children.push(KeptChild { id: id.clone(), group });
    }
    if children.is_empty() {
        return Err(Problem::ChildUnknown);
    }
    let number = next_number(db)?.to_string();
    let journal_id = portal.secret.id(&["posted journal", &number]);
    db.execute(
        "INSERT INTO card (family, day, rank, kind, children, journal_id, author, author_kind,
                           content, rhythm, is_new, edited, key)
         VALUES (?1, ?2,
                 1 + coalesce((SELECT max(rank) FROM card WHERE family = ?1 AND day = ?2), 0),
                 'journal', ?3, ?4, ?5, ?6, ?7, '', 0, 0, ?8)",
        params![
            parent.family,
            new.day,
            serde_json::to_string(&children).unwrap_or_default(),
            journal_id,
            parent.full_name,
            PARENT,
            html(&new.text),
            write.key,
        ],
    )?;
    let place = Place::Card(db.last_insert_rowid());
    let ids: Vec<&str> = children.iter().map(|child| child.id.as_str()).collect();
    attach(db, portal, parent, &new.uploads, place, &ids)?;
    tell(db, parent.family, What::Timeline)?;
    Ok(Done::created(&Entered { journal_id }))
}
