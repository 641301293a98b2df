//! Writing messages and answers, marking them read, and what a conversation is about.

use super::media::Ids;
use super::once::{Done, Write};
use super::plain_text::html;
use super::problem::{Problem, Told};
use super::uploads::{attach, check_text};
use crate::bearer::Parent;
use crate::photo::Place;
use crate::portal::{Portal, Shared};
use crate::writing::{self, Beginning, Line, Open};
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(begin))
        .routes(routes!(reply))
        .routes(routes!(read))
        .routes(routes!(about))
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NewMessage {
    child_id: String,
    /// One of the child's active groups.
    #[serde(default)]
    group: Option<String>,
    subject: String,
    text: String,
    #[serde(default)]
    uploads: Vec<String>,
}

#[derive(Serialize, Deserialize, ToSchema)]
struct Reply {
    text: String,
    #[serde(default)]
    uploads: Vec<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Written {
    conversation_id: String,
    /// Epoch milliseconds.
    written_at: i64,
}

/// Begins a conversation. Part of the feature `messages`.
#[utoipa::path(
    post, path = "/parent-api/v1/messages", security(("bearer" = [])),
    params(("Idempotency-Key" = String, Header, description = "A UUID of this write.")),
    request_body = NewMessage,
    responses(
        (status = 201, body = Written),
        (status = "4XX", body = Told, content_type = "application/problem+json"),
    ),
)]
async fn begin(
    State(portal): State<Shared>,
    write: Write,
    body: Result<Json<NewMessage>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(new) = body?;
    let rules = &portal.options.organisation.rules;
    if new.subject.trim().is_empty() {
        return Err(Problem::SubjectEmpty);
    }
    if new.subject.chars().count() > rules.subject_characters {
        return Err(Problem::SubjectTooLong(rules.subject_characters));
    }
    check_text(&new.text, &new.uploads, rules)?;
    let here = portal.clone();
    let body = serde_json::to_value(&new).unwrap_or_default();
    let effect = move |db: &Connection, write: &Write| {
        let family = write.parent.family;
        check_child(db, &here, family, &new.child_id, new.group.as_deref())?;
        let subject = new.subject.trim();
        let beginning =
            Beginning { family, child: &new.child_id, group: new.group.as_deref(), subject };
        let text = html(&new.text);
        let (begun, position) = writing::begin(db, &here, &beginning, &line(write, &text))?;
        written(db, &here, write, &begun, position, &new.uploads)
    };
    write.once(&portal, &body, effect).await
}

/// Answers in a conversation. Part of the feature `messages`.
#[utoipa::path(
    post, path = "/parent-api/v1/messages/{conversationId}/replies", security(("bearer" = [])),
    params(
        ("conversationId" = String, Path),
        ("Idempotency-Key" = String, Header, description = "A UUID of this write."),
    ),
    request_body = Reply,
    responses(
        (status = 201, body = Written),
        (status = "4XX", body = Told, content_type = "application/problem+json"),
    ),
)]
async fn reply(
    State(portal): State<Shared>,
    Path(id): Path<String>,
    write: Write,
    body: Result<Json<Reply>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(reply) = body?;
    check_text(&reply.text, &reply.uploads, &portal.options.organisation.rules)?;
    let here = portal.clone();
    let body = serde_json::to_value(&reply).unwrap_or_default();
    let effect = move |db: &Connection, write: &Write| {
        let to = own(db, &write.parent, &id)?;
        if to.closed {
            return Err(Problem::ConversationClosed);
        }
        let position = writing::add(db, &here, &to, &line(write, &html(&reply.text)))?;
        written(db, &here, write, &to, position, &reply.uploads)
    };
    write.once(&portal, &body, effect).await
}

/// Marks a conversation read. Part of the feature `messages`.
#[utoipa::path(
    put, path = "/parent-api/v1/messages/{conversationId}/read", security(("bearer" = [])),
    params(("conversationId" = String, Path)),
    responses(
        (status = 204, description = "It is read, now or already."),
        (status = 404, body = Told, content_type = "application/problem+json"),
    ),
)]
async fn read(
    State(portal): State<Shared>,
    parent: Parent,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let read = portal.store.run(move |db| {
        let tx = db.transaction()?;
        let read = own(&tx, &parent, &id).and_then(|found| Ok(writing::mark_read(&tx, &found)?));
        tx.commit()?;
        Ok(read)
    });
    read.await?.map(|()| StatusCode::NO_CONTENT)
}

#[derive(Serialize, ToSchema)]
struct Conversations {
    conversations: Vec<About>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct About {
    id: String,
    child_ids: [String; 1],
    group: Option<String>,
    last_author: String,
    /// Whether it takes no answers any more.
    closed: bool,
}

/// What the observed list of conversations leaves out. A conversation of another family is not in
/// the answer. Part of the feature `messages`.
#[utoipa::path(
    get, path = "/parent-api/v1/messages/about", security(("bearer" = [])), params(Ids),
    responses(
        (status = 200, body = Conversations),
        (status = 400, body = Told, content_type = "application/problem+json"),
    ),
)]
async fn about(
    State(portal): State<Shared>,
    parent: Parent,
    Query(asked): Query<Ids>,
) -> Result<Json<Conversations>, Problem> {
    asked.each()?;
    let conversations = portal.store.run(move |db| {
        let mut query = db.prepare_cached(
            "SELECT child, group_name, (SELECT written_by FROM message
               WHERE conversation = id ORDER BY position DESC LIMIT 1), closed
             FROM conversation WHERE id = ?1 AND family = ?2",
        )?;
        let mut found = Vec::new();
        for id in asked.each().unwrap_or_default() {
            let about = query.query_row(params![id, parent.family], |row| {
                Ok(About {
                    id: id.to_owned(),
                    child_ids: [row.get(0)?],
                    group: row.get(1)?,
                    last_author: row.get(2)?,
                    closed: row.get(3)?,
                })
            });
            found.extend(about.optional()?);
        }
        Ok(found)
    });
    Ok(Json(Conversations { conversations: conversations.await? }))
}

/// The parent's own conversation with this identity.
fn own(db: &Connection, parent: &Parent, id: &str) -> Result<Open, Problem> {
    writing::find(db, id)?
        .filter(|found| found.family == parent.family)
        .ok_or(Problem::ConversationUnknown)
}

/// Whether the family may write about this child, and to this group of it.
fn check_child(
    db: &Connection,
    portal: &Portal,
    family: i64,
    child: &str,
    group: Option<&str>,
) -> Result<(), Problem> {
    let today = crate::day::today(portal.clock.now());
    let known = crate::household::attending(db, family, child, today)?;
    let groups = known.ok_or(Problem::ChildUnknown)?.groups;
    match group {
        Some(group) if !groups.iter().any(|known| known == group) => Err(Problem::GroupUnknown),
        _ => Ok(()),
    }
}

/// A message as this parent writes it.
fn line<'a>(write: &'a Write, html: &'a str) -> Line<'a> {
    Line { html, author: &write.parent.full_name, from_parent: true, key: Some(&write.key) }
}

/// Puts photos with what a parent wrote, and answers.
fn written(
    db: &Connection,
    portal: &Portal,
    write: &Write,
    to: &Open,
    position: i64,
    uploads: &[String],
) -> Result<Done, Problem> {
    let children = [to.child.as_str()];
    attach(db, portal, &write.parent, uploads, Place::Message(&to.id, position), &children)?;
    let written_at = portal.clock.now().timestamp_millis();
    Ok(Done::created(&Written { conversation_id: to.id.clone(), written_at }))
}
