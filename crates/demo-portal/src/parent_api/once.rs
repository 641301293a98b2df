//! `Idempotency-Key`: whatever a parent's device sends again, it is done once and answered alike.
//!
//! What is done, its key and its answer are written in one transaction. So there is no moment at
//! which one of them is there without the others, however the program or the connection ends.

use super::problem::Problem;
use crate::bearer::Parent;
use crate::portal::Shared;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// A write as it comes in: from whom, under which key.
pub struct Write {
    pub parent: Parent,
    /// The key, as a parent's device made it.
    pub key: String,
    /// Method and path.
    call: String,
    held: Arc<Held>,
}

/// What a write did, as it is answered, now and when it is sent again.
#[derive(Debug, PartialEq, Eq)]
pub struct Done {
    status: StatusCode,
    location: Option<String>,
    /// The version of what is told.
    etag: Option<String>,
    /// JSON; empty when there is nothing to say.
    body: String,
}

impl Done {
    /// Something was created.
    pub fn created(answer: &impl Serialize) -> Self {
        let body = serde_json::to_string(answer).unwrap_or_default();
        Self { status: StatusCode::CREATED, location: None, etag: None, body }
    }

    /// Something is now as it is told.
    pub fn changed(answer: &impl Serialize) -> Self {
        Self { status: StatusCode::OK, ..Self::created(answer) }
    }

    /// Something is now as it is told, in this version.
    pub fn changed_to(answer: &impl Serialize, etag: String) -> Self {
        Self { etag: Some(etag), ..Self::changed(answer) }
    }

    /// Something was created and stands there now.
    pub fn created_at(location: String) -> Self {
        let status = StatusCode::CREATED;
        Self { status, location: Some(location), etag: None, body: String::new() }
    }
}

impl IntoResponse for Done {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.body).into_response();
        let headers = response.headers_mut();
        headers.remove(header::CONTENT_TYPE);
        match self.location.map(HeaderValue::try_from) {
            Some(Ok(location)) => headers.insert(header::LOCATION, location),
            _ => headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        };
        if let Some(Ok(etag)) = self.etag.map(HeaderValue::try_from) {
            headers.insert(header::ETAG, etag);
        }
        response
    }
}

impl FromRequestParts<Shared> for Write {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, portal: &Shared) -> Result<Self, Response> {
        let parent =
            Parent::from_request_parts(parts, portal).await.map_err(IntoResponse::into_response)?;
        let key = key(&parts.headers).ok_or_else(|| Problem::KeyMissing.into_response())?;
        let held = portal
            .under_way
            .hold(&parent.username, &key)
            .ok_or_else(|| Problem::KeyInUse.into_response())?;
        let call = format!("{} {}", parts.method, parts.uri.path());
        Ok(Self { parent, key, call, held: Arc::new(held) })
    }
}

/// The key of a request: a UUID, bare or in quotes.
fn key(headers: &HeaderMap) -> Option<String> {
    let text = headers.get("idempotency-key")?.to_str().ok()?.trim().trim_matches('"');
    Uuid::parse_str(text).ok().map(|key| key.to_string())
}

impl Write {
    /// Does `effect` unless it was done before, and answers as it was answered then. A refusal
    /// leaves nothing behind, so the same write may be sent again when its reason has gone.
    pub async fn once(
        self,
        portal: &Shared,
        body: &impl Serialize,
        effect: impl FnOnce(&Connection, &Self) -> Result<Done, Problem> + Send + 'static,
    ) -> Result<Response, Problem> {
        let fingerprint = self.fingerprint(body);
        let now = portal.clock.now().timestamp_millis();
        let hours = portal.options.organisation.rules.idempotency_hours;
        let oldest = now - hours * 60 * 60 * 1_000;
        let held = Arc::clone(&self.held);
        let done = portal.store.run(move |db| {
            let tx = db.transaction()?;
            tx.execute("DELETE FROM done WHERE at <= ?1", [oldest])?;
            if let Some((kept, done)) = before(&tx, &self.parent.username, &self.key)? {
                return Ok(if kept == fingerprint { Ok(done) } else { Err(Problem::KeyReused) });
            }
            let done = match effect(&tx, &self) {
                Ok(done) => done,
                Err(problem) => return Ok(Err(problem)),
            };
            keep(&tx, &self, &fingerprint, now, &done)?;
            tx.commit()?;
            Ok(Ok(done))
        });
        let mut response = done.await??.into_response();
        // Under way until the answer has gone out.
        response.extensions_mut().insert(held);
        Ok(response)
    }

    /// Stands for the call and what it says, whatever the order it is said in.
    fn fingerprint(&self, body: &impl Serialize) -> String {
        let body = serde_json::to_vec(body).unwrap_or_default();
        let mut hash = Sha256::new();
        hash.update(&self.call);
        hash.update([0]);
        hash.update(body);
        hex::encode(hash.finalize())
    }
}

fn before(db: &Connection, account: &str, key: &str) -> rusqlite::Result<Option<(String, Done)>> {
    let sql = "SELECT fingerprint, status, location, etag, body FROM done
               WHERE account = ?1 AND key = ?2";
    db.query_row(sql, [account, key], |row| {
        let done = Done {
            status: StatusCode::from_u16(row.get(1)?).unwrap_or(StatusCode::CREATED),
            location: row.get(2)?,
            etag: row.get(3)?,
            body: row.get(4)?,
        };
        Ok((row.get(0)?, done))
    })
    .optional()
}

fn keep(
    db: &Connection,
    write: &Write,
    fingerprint: &str,
    now: i64,
    done: &Done,
) -> rusqlite::Result<()> {
    let account = &write.parent.username;
    let status = done.status.as_u16();
    db.execute(
        "INSERT INTO done (account, key, fingerprint, at, status, location, etag, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![account, write.key, fingerprint, now, status, done.location, done.etag, done.body],
    )
    .map(drop)
}

/// The keys of writes that have not been answered yet.
#[derive(Clone, Debug, Default)]
pub struct UnderWay(Arc<Mutex<HashSet<(String, String)>>>);

impl UnderWay {
    /// Holds a key while its write is under way; nothing when it is held already.
    fn hold(&self, account: &str, key: &str) -> Option<Held> {
        let key = (account.to_owned(), key.to_owned());
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.insert(key.clone()).then(|| Held { of: self.clone(), key })
    }
}

/// A key that is held until this is dropped.
#[derive(Debug)]
struct Held {
    of: UnderWay,
    key: (String, String),
}

impl Drop for Held {
    fn drop(&mut self) {
        self.of.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}
