//! "Toestemmingen en verklaringen" of the children: reading and answering them.

use super::declined::Declined;
use super::once::{Done, Write};
use super::problem::{Problem, Told};
use super::versions::{Based, etag};
use crate::bearer::Parent;
use crate::consent::{self, Answered};
use crate::portal::Shared;
use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Characters that can be filled in.
const MOST_WORDS: usize = 500;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(consents)).routes(routes!(answer))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
    /// Only those whose question is open.
    #[serde(default)]
    #[param(required = false)]
    asked: bool,
}

#[derive(Serialize, ToSchema)]
struct Consents {
    /// Child by child.
    consents: Vec<Consent>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Consent {
    id: String,
    child_id: String,
    /// `consent` or `declaration`.
    kind: String,
    title: String,
    /// What it means: plain text, with blank lines between paragraphs.
    text: String,
    /// `given` or `refused`; null when nobody answered yet.
    answer: Option<String>,
    /// Epoch milliseconds.
    answered_at: Option<i64>,
    answered_by: Option<String>,
    asked: Option<Asked>,
    /// What has to be filled in with `given`; null when nothing.
    asks: Option<String>,
    changeable: bool,
    /// Why it is not.
    reason: Option<String>,
    /// Every answer, the newest first.
    history: Vec<Past>,
    /// To be sent as `If-Match`.
    etag: String,
}

/// When it was last asked for.
#[derive(Serialize, ToSchema)]
#[schema(as = ConsentAsked)]
struct Asked {
    /// Epoch milliseconds.
    at: i64,
    /// Of the card that leads here.
    #[schema(value_type = String, format = Date)]
    day: NaiveDate,
    by: String,
    /// It waits for an answer.
    open: bool,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ConsentAnswered)]
struct Past {
    answer: String,
    /// Epoch milliseconds.
    at: i64,
    by: String,
    /// What was filled in.
    words: Option<String>,
}

impl From<Answered> for Past {
    fn from(Answered { answer, at, by, words }: Answered) -> Self {
        Self { answer, at, by, words }
    }
}

impl From<consent::Consent> for Consent {
    fn from(kept: consent::Consent) -> Self {
        let last: Option<Answered> = kept.answers.first().cloned();
        let mut consent = Self {
            id: kept.id,
            child_id: kept.child,
            kind: kept.kind,
            title: kept.title,
            text: kept.text,
            answered_at: last.as_ref().map(|last| last.at),
            answered_by: last.as_ref().map(|last| last.by.clone()),
            answer: last.map(|last| last.answer),
            asked: kept.asked.map(|asked| Asked {
                at: asked.at,
                day: crate::day::today(
                    DateTime::from_timestamp_millis(asked.at).unwrap_or_default(),
                ),
                by: asked.by,
                open: asked.open,
            }),
            asks: kept.asks,
            changeable: kept.fixed.is_none(),
            reason: kept.fixed,
            history: kept.answers.into_iter().map(Past::from).collect(),
            etag: String::new(),
        };
        consent.etag = etag(&consent);
        consent
    }
}

fn read(db: &Connection, family: i64, now: DateTime<Utc>) -> rusqlite::Result<Vec<Consent>> {
    let kept = consent::of_family(db, family, &crate::day::today(now).to_string())?;
    Ok(kept.into_iter().map(Consent::from).collect())
}

fn find(db: &Connection, family: i64, id: &str, now: DateTime<Utc>) -> Result<Consent, Problem> {
    let found = read(db, family, now)?.into_iter().find(|consent| consent.id == id);
    Ok(found.ok_or(Declined::ConsentUnknown)?)
}

/// The consents and declarations of the children that have not left. Part of the feature
/// `consents`.
#[utoipa::path(
    get, path = "/parent-api/v1/consents", security(("bearer" = [])), params(Which),
    responses(
        (status = 200, body = Consents),
        (status = 400, body = Told, content_type = "application/problem+json"),
    ),
)]
async fn consents(
    State(portal): State<Shared>,
    parent: Parent,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<Json<Consents>, Problem> {
    let unreadable = |_| Problem::Malformed(StatusCode::BAD_REQUEST, "de vraag is niet te lezen");
    let Query(which) = which.map_err(unreadable)?;
    let now = portal.clock.now();
    let mut consents = portal.store.run(move |db| read(db, parent.family, now)).await?;
    if which.asked {
        consents.retain(|consent| consent.asked.as_ref().is_some_and(|asked| asked.open));
    }
    Ok(Json(Consents { consents }))
}

#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = ConsentAnswer)]
struct New {
    /// `given` or `refused`.
    answer: String,
    /// What was asked to be filled in, of at most 500 characters; with `given` alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    words: Option<String>,
}

impl New {
    /// Whether just what is asked was filled in.
    fn fills_in(&self, asks: bool) -> bool {
        match &self.words {
            Some(words) => {
                let plain = words.chars().all(|c| c == '\n' || !c.is_control());
                asks && self.answer == "given"
                    && plain
                    && !words.trim().is_empty()
                    && words.chars().count() <= MOST_WORDS
            }
            None => !asks || self.answer == "refused",
        }
    }
}

/// Answers a consent or declaration, for the first time or anew. Part of the feature `consents`.
#[utoipa::path(
    put, path = "/parent-api/v1/consents/{id}", security(("bearer" = [])),
    params(
        ("id" = String, Path),
        ("Idempotency-Key" = String, Header, description = "A UUID of this write."),
        ("If-Match" = String, Header, description = "The version it is based on."),
    ),
    request_body = New,
    responses(
        (status = 200, body = Consent),
        (status = "4XX", body = Told, content_type = "application/problem+json"),
    ),
)]
async fn answer(
    State(portal): State<Shared>,
    Path(id): Path<String>,
    write: Write,
    based: Based,
    body: Result<Json<New>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(new) = body?;
    if !matches!(new.answer.as_str(), "given" | "refused") {
        return Err(Declined::AnswerNotAllowed.into());
    }
    let body = serde_json::to_value(&new).unwrap_or_default();
    let sent = body.clone();
    let here = portal.clone();
    let effect = move |db: &Connection, write: &Write| {
        let now = here.clock.now();
        let family = write.parent.family;
        let current = find(db, family, &id, now)?;
        if let Some(reason) = current.reason {
            return Err(Declined::ConsentNotChangeable(reason).into());
        }
        if !new.fills_in(current.asks.is_some()) {
            return Err(Declined::WordsNotAllowed.into());
        }
        based.on(&current.etag, &current, sent)?;
        let answer = (&*new.answer, new.words.as_deref());
        consent::answer(db, &here, &write.parent, &id, answer, &write.key)?;
        let answered = find(db, family, &id, now)?;
        Ok(Done::changed_to(&answered, answered.etag.clone()))
    };
    write.once(&portal, &body, effect).await
}
