//! "Berichten": conversations, by item offset or by days, and what was written in them.

use crate::answer::Refusal;
use crate::bearer::Parent;
use crate::day::midnight_ms;
use crate::portal::Shared;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use axum::{Json, Router};
use chrono::{Days, NaiveDate};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

/// Conversations in one answer.
const CONVERSATIONS: u32 = 20;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/restservices-parent/logbook/overview", get(overview))
        .route("/restservices-parent/logbook/details/{id}/summary/{summary}", get(details))
}

#[derive(Deserialize)]
struct Window {
    index: Option<u32>,
    from: Option<String>,
    to: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Conversation {
    log_message_message_id: String,
    subject: String,
    message: String,
    date: i64,
    last_written: i64,
    unread: bool,
    last_from_parent: bool,
}

#[derive(Serialize)]
struct Details {
    summary: Summary,
    messages: Vec<Message>,
}

#[derive(Serialize)]
struct Summary {
    subject: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "these are the portal's names")]
struct Message {
    message: String,
    written_by: String,
    date: i64,
    child_first_name: String,
    photos: [(); 0],
}

/// A day as it stands in a path or query: `YYYYMMDD`.
pub fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y%m%d").ok()
}

async fn overview(
    State(portal): State<Shared>,
    parent: Parent,
    Query(window): Query<Window>,
) -> Result<Json<Vec<Conversation>>, Refusal> {
    let between = match (window.from, window.to) {
        (Some(from), Some(to)) => {
            let last = day(&to).and_then(|to| to.checked_add_days(Days::new(1)));
            let (Some(first), Some(end)) = (day(&from), last) else {
                return Err(Refusal::BadRequest);
            };
            Some((midnight_ms(first), midnight_ms(end)))
        }
        _ => None,
    };
    let index = window.index.unwrap_or(0);
    let read = move |db: &mut Connection| read_overview(db, parent.family, index, between);
    Ok(Json(portal.store.run(read).await?))
}

fn read_overview(
    db: &Connection,
    family: i64,
    index: u32,
    between: Option<(i64, i64)>,
) -> rusqlite::Result<Vec<Conversation>> {
    const COLUMNS: &str = "SELECT id, subject, (SELECT html FROM message
           WHERE conversation = id ORDER BY position DESC LIMIT 1),
         date, last_written, unread, last_from_parent FROM conversation";
    let read = |row: &Row<'_>| {
        Ok(Conversation {
            log_message_message_id: row.get(0)?,
            subject: row.get(1)?,
            message: row.get(2)?,
            date: row.get(3)?,
            last_written: row.get(4)?,
            unread: row.get(5)?,
            last_from_parent: row.get(6)?,
        })
    };
    if let Some((first, end)) = between {
        let mut query = db.prepare_cached(&format!(
            "{COLUMNS} WHERE family = ?1 AND last_written >= ?2 AND last_written < ?3
             ORDER BY last_written DESC"
        ))?;
        return query.query_map(params![family, first, end], read)?.collect();
    }
    let mut query = db.prepare_cached(&format!(
        "{COLUMNS} WHERE family = ?1 ORDER BY last_written DESC LIMIT ?2 OFFSET ?3"
    ))?;
    query.query_map(params![family, CONVERSATIONS, index], read)?.collect()
}

async fn details(
    State(portal): State<Shared>,
    parent: Parent,
    Path((id, summary)): Path<(String, String)>,
) -> Result<Json<Details>, Refusal> {
    if !matches!(summary.as_str(), "true" | "false") {
        return Err(Refusal::BadRequest);
    }
    let marks_read = portal.options.reading_marks_read;
    let found = portal.store.run(move |db| {
        let subject = db
            .query_row(
                "SELECT subject FROM conversation WHERE id = ?1 AND family = ?2",
                params![id, parent.family],
                |row| row.get(0),
            )
            .optional()?;
        let Some(subject) = subject else { return Ok(None) };
        if marks_read {
            db.execute("UPDATE conversation SET unread = 0 WHERE id = ?1", [&id])?;
        }
        Ok(Some(Details { summary: Summary { subject }, messages: read_messages(db, &id)? }))
    });
    found.await?.map(Json).ok_or(Refusal::NotFound)
}

fn read_messages(db: &Connection, id: &str) -> rusqlite::Result<Vec<Message>> {
    let mut query = db.prepare_cached(
        "SELECT html, written_by, date, child_first_name FROM message
         WHERE conversation = ?1 ORDER BY position",
    )?;
    let rows = query.query_map([id], |row| {
        Ok(Message {
            message: row.get(0)?,
            written_by: row.get(1)?,
            date: row.get(2)?,
            child_first_name: row.get(3)?,
            photos: [],
        })
    })?;
    rows.collect()
}
