//! "Berichten": conversations, by item offset or by days, and what was written in them.

use crate::answer::Refusal;
use crate::bearer::Parent;
use crate::day::{midnight_ms, today};
use crate::photo::{KeptPhoto, Photo};
use crate::portal::Shared;
use crate::writing::{self, mark_read};
use axum::extract::{Path, Query, State};
use axum::routing::get;
use axum::{Json, Router};
use chrono::{DateTime, Days, NaiveDate};
use rusqlite::{Connection, Row, params};
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
    photos: Vec<Photo>,
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
             ORDER BY last_written DESC, rank DESC"
        ))?;
        return query.query_map(params![family, first, end], read)?.collect();
    }
    let mut query = db.prepare_cached(&format!(
        "{COLUMNS} WHERE family = ?1 ORDER BY last_written DESC, rank DESC LIMIT ?2 OFFSET ?3"
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
        let tx = db.transaction()?;
        let found = writing::find(&tx, &id)?.filter(|found| found.family == parent.family);
        let Some(found) = found else { return Ok(None) };
        if marks_read {
            mark_read(&tx, &found)?;
        }
        let sql = "SELECT subject FROM conversation WHERE id = ?1";
        let subject = tx.query_row(sql, [&id], |row| row.get(0))?;
        let messages = read_messages(&tx, &id)?;
        tx.commit()?;
        Ok(Some((Summary { subject }, messages)))
    });
    let (summary, messages) = found.await?.ok_or(Refusal::NotFound)?;
    let messages = messages
        .into_iter()
        .map(|(message, photos)| {
            let day = DateTime::from_timestamp_millis(message.date).map(today);
            let date = day.map_or(message.date, midnight_ms);
            let photos = photos.into_iter().map(|photo| photo.sent(&portal, date)).collect();
            Message { photos, ..message }
        })
        .collect();
    Ok(Json(Details { summary, messages }))
}

fn read_messages(db: &Connection, id: &str) -> rusqlite::Result<Vec<(Message, Vec<KeptPhoto>)>> {
    let mut query = db.prepare_cached(
        "SELECT html, written_by, date, child_first_name, position FROM message
         WHERE conversation = ?1 ORDER BY position",
    )?;
    let rows = query.query_map([id], |row| {
        let message = Message {
            message: row.get(0)?,
            written_by: row.get(1)?,
            date: row.get(2)?,
            child_first_name: row.get(3)?,
            photos: Vec::new(),
        };
        Ok((message, KeptPhoto::with_message(db, id, row.get(4)?)?))
    })?;
    rows.collect()
}
