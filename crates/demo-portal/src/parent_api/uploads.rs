//! Uploads: tus 1.0.0 with the extensions creation, checksum and termination.

use super::once::{Done, Write};
use super::problem::{Problem, Told};
use crate::bearer::{Parent, next_number};
use crate::organisation::Rules;
use crate::photo::{ChildTag, Place};
use crate::portal::{Portal, Shared};
use crate::uploads::{Seen, Upload, find, forget_old, is_video, put, sniff};
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

const VERSION: &str = "1.0.0";

/// So many bytes tell what a file is.
const SNIFFED: u64 = 16;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(create, offer))
        .routes(routes!(offset, append, terminate))
        .layer(from_fn(resumable))
}

/// Every call but `OPTIONS` says which tus it speaks, and every answer does.
async fn resumable(request: Request, next: Next) -> Response {
    let speaks = request.headers().get("tus-resumable").is_some_and(|value| value == VERSION);
    let mut response = if speaks || request.method() == Method::OPTIONS {
        next.run(request).await
    } else {
        (StatusCode::PRECONDITION_FAILED, [("tus-version", VERSION)]).into_response()
    };
    response.headers_mut().insert("tus-resumable", HeaderValue::from_static(VERSION));
    response
}

fn malformed(why: &'static str) -> Problem {
    Problem::Malformed(StatusCode::BAD_REQUEST, why)
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

/// What this portal's tus offers.
#[utoipa::path(
    options, path = "/parent-api/v1/uploads", security(()),
    responses((status = 204, description = "Tus-Version, -Extension, -Max-Size, -Checksum-Algorithm.")),
)]
async fn offer(State(portal): State<Shared>) -> impl IntoResponse {
    let most = portal.options.organisation.rules.upload_bytes;
    (
        StatusCode::NO_CONTENT,
        [
            ("tus-version", VERSION.to_owned()),
            ("tus-extension", "creation,checksum,termination".to_owned()),
            ("tus-max-size", most.to_string()),
            ("tus-checksum-algorithm", "sha256".to_owned()),
        ],
    )
}

/// Begins an upload. Part of the feature `uploads`.
#[utoipa::path(
    post, path = "/parent-api/v1/uploads", security(("bearer" = [])),
    params(
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
        ("Idempotency-Key" = String, Header, description = "A UUID of this upload."),
        ("Upload-Length" = u64, Header, description = "The bytes of the file."),
        ("Upload-Metadata" = String, Header,
         description = "`filetype` and `filename`, each with a value in base64."),
    ),
    responses(
        (status = 201, description = "It is expected at `Location`."),
        (status = "4XX", body = Told, content_type = "application/problem+json"),
    ),
)]
async fn create(
    State(portal): State<Shared>,
    write: Write,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let rules = &portal.options.organisation.rules;
    let length = number(&headers, "upload-length").ok_or_else(|| malformed("geen lengte"))?;
    let metadata = headers.get("upload-metadata").and_then(|value| value.to_str().ok());
    let media_type = metadata.and_then(media_type).ok_or(Problem::TypeNotAllowed)?;
    if length == 0 || !takes(rules, &media_type) {
        return Err(Problem::TypeNotAllowed);
    }
    if length > rules.upload_bytes {
        return Err(Problem::UploadTooLarge(rules.upload_bytes));
    }
    let body = (length, metadata.map(str::to_owned));
    let here = portal.clone();
    let effect = move |db: &Connection, write: &Write| {
        let now = here.clock.now().timestamp_millis();
        for old in forget_old(db, now)? {
            here.uploads.remove(&old);
        }
        let id = here.secret.id(&["upload", &next_number(db)?.to_string()]);
        db.execute(
            "INSERT INTO upload (id, account, length, media_type, touched)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, write.parent.username, length.cast_signed(), media_type, now],
        )?;
        Ok(Done::created_at(format!("/parent-api/v1/uploads/{id}")))
    };
    write.once(&portal, &body, effect).await
}

/// The type of `Upload-Metadata`.
fn media_type(metadata: &str) -> Option<String> {
    metadata.split(',').find_map(|pair| {
        let (name, value) = pair.trim().split_once(' ')?;
        let value = (name == "filetype").then(|| STANDARD.decode(value.trim()).ok()).flatten()?;
        String::from_utf8(value).ok()
    })
}

fn takes(rules: &Rules, media_type: &str) -> bool {
    rules.photo_types.iter().chain(rules.video_types).any(|taken| *taken == media_type)
}

/// The parent's own upload with this identity.
async fn own(portal: &Shared, parent: &Parent, id: &str) -> Result<Upload, Problem> {
    let now = portal.clock.now().timestamp_millis();
    let (account, id) = (parent.username.clone(), id.to_owned());
    let found = portal.store.run(move |db| find(db, &account, &id, now));
    found.await?.ok_or(Problem::NoUploadHere)
}

/// How far an upload is. Part of the feature `uploads`.
#[utoipa::path(
    head, path = "/parent-api/v1/uploads/{id}", security(("bearer" = [])),
    params(("id" = String, Path), ("Tus-Resumable" = String, Header, description = "1.0.0")),
    responses(
        (status = 200, description = "`Upload-Offset` and `Upload-Length`."),
        (status = 404, description = "There is no such upload of this parent."),
    ),
)]
async fn offset(
    State(portal): State<Shared>,
    parent: Parent,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let upload = own(&portal, &parent, &id).await?;
    Ok([
        ("upload-offset", upload.received.to_string()),
        ("upload-length", upload.length.to_string()),
        ("cache-control", "no-store".to_owned()),
    ])
}

/// Adds a piece to an upload. Part of the feature `uploads`.
#[utoipa::path(
    patch, path = "/parent-api/v1/uploads/{id}", security(("bearer" = [])),
    params(
        ("id" = String, Path),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
        ("Upload-Offset" = u64, Header, description = "The bytes that are there already."),
        ("Upload-Checksum" = String, Header, description = "`sha256` and the hash in base64."),
    ),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"),
    responses(
        (status = 204, description = "The piece is there; `Upload-Offset` has moved."),
        (status = 409, description = "The upload is at another offset.", body = Told,
         content_type = "application/problem+json"),
        (status = 415, description = "It is not of the type it was said to be.", body = Told,
         content_type = "application/problem+json"),
        (status = 460, description = "The checksum does not fit; nothing of the piece is kept.",
         body = Told, content_type = "application/problem+json"),
    ),
)]
async fn append(
    State(portal): State<Shared>,
    parent: Parent,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<impl IntoResponse, Problem> {
    let octets = HeaderValue::from_static("application/offset+octet-stream");
    if headers.get(header::CONTENT_TYPE) != Some(&octets) {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return Err(Problem::Malformed(status, "de inhoud is geen stuk van een bestand"));
    }
    let expected = checksum(&headers)?;
    let upload = own(&portal, &parent, &id).await?;
    let wrong_place = || Problem::Malformed(StatusCode::CONFLICT, "dit stuk past hier niet");
    if number(&headers, "upload-offset") != Some(upload.received) {
        return Err(wrong_place());
    }
    let left = usize::try_from(upload.length - upload.received).unwrap_or(usize::MAX);
    let piece = axum::body::to_bytes(body, left)
        .await
        .map_err(|_| Problem::UploadTooLarge(upload.length))?;
    if Sha256::digest(&piece)[..] != expected[..] {
        return Err(Problem::ChecksumMismatch);
    }
    check_bytes(&portal, &upload, &piece).await?;
    let here = portal.clone();
    let now = portal.clock.now().timestamp_millis();
    let received = upload.received + piece.len() as u64;
    let added = portal.store.run(move |db| {
        let tx = db.transaction()?;
        let moved = tx.execute(
            "UPDATE upload SET received = ?3, touched = ?4 WHERE id = ?1 AND received = ?2",
            params![upload.id, upload.received.cast_signed(), received.cast_signed(), now],
        )?;
        if moved == 0 {
            return Ok(Err(wrong_place()));
        }
        if let Err(error) = here.uploads.write(&upload.id, upload.received, &piece) {
            return Ok(Err(error.into()));
        }
        tx.commit()?;
        Ok(Ok(()))
    });
    added.await??;
    Ok((StatusCode::NO_CONTENT, [("upload-offset", received.to_string())]))
}

/// The bytes of `Upload-Checksum`.
fn checksum(headers: &HeaderMap) -> Result<Vec<u8>, Problem> {
    headers
        .get("upload-checksum")
        .and_then(|value| value.to_str().ok()?.strip_prefix("sha256 "))
        .and_then(|hash| STANDARD.decode(hash.trim()).ok())
        .ok_or_else(|| malformed("geen controlegetal"))
}

/// Looks at the first bytes, and at a photo as a whole when this piece is its last. A piece that
/// is refused is not kept, so an upload that is complete is one that can be shown.
async fn check_bytes(portal: &Shared, upload: &Upload, piece: &[u8]) -> Result<(), Problem> {
    let last = upload.received + piece.len() as u64 == upload.length;
    if upload.received < SNIFFED {
        let mut start = match upload.received {
            0 => Vec::new(),
            _ => portal.uploads.read(&upload.id).await?,
        };
        start.truncate(usize::try_from(upload.received).unwrap_or_default());
        start.extend(piece.iter().take(16));
        if (start.len() as u64) < SNIFFED && !last {
            return Ok(());
        }
        let found = sniff(&start);
        let same_kind = found == Some(&*upload.media_type)
            || found.is_some_and(is_video) && is_video(&upload.media_type);
        if !same_kind {
            return Err(Problem::TypeNotAllowed);
        }
    }
    if !last || is_video(&upload.media_type) {
        return Ok(());
    }
    let pixels = portal.options.organisation.rules.photo_pixels;
    let seen = portal.uploads.look(&upload.id, upload.received, piece, pixels).await;
    match seen.map_err(std::io::Error::other)? {
        Seen::Good => Ok(()),
        Seen::TooLarge => Err(Problem::TooManyPixels(pixels)),
        Seen::Unreadable => Err(Problem::TypeNotAllowed),
    }
}

/// Drops an upload that no write has used. Part of the feature `uploads`.
#[utoipa::path(
    delete, path = "/parent-api/v1/uploads/{id}", security(("bearer" = [])),
    params(("id" = String, Path), ("Tus-Resumable" = String, Header, description = "1.0.0")),
    responses(
        (status = 204, description = "It is gone."),
        (status = 404, body = Told, content_type = "application/problem+json"),
        (status = 409, description = "It has been written with.", body = Told,
         content_type = "application/problem+json"),
    ),
)]
async fn terminate(
    State(portal): State<Shared>,
    parent: Parent,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    own(&portal, &parent, &id).await?;
    let here = portal.clone();
    let gone = portal.store.run(move |db| {
        let gone = db.execute("DELETE FROM upload WHERE id = ?1 AND NOT used", [&id])? > 0;
        if gone {
            here.uploads.remove(&id);
        }
        Ok(gone)
    });
    if gone.await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::Malformed(StatusCode::CONFLICT, "dit bestand is al verstuurd"))
    }
}

/// Whether a text and its uploads may be written, by the rules of the organisation.
pub fn check_text(text: &str, uploads: &[String], rules: &Rules) -> Result<(), Problem> {
    if text.trim().is_empty() && uploads.is_empty() {
        return Err(Problem::TextEmpty);
    }
    if text.chars().count() > rules.text_characters {
        return Err(Problem::TextTooLong(rules.text_characters));
    }
    if uploads.len() > rules.uploads {
        return Err(Problem::TooManyUploads(rules.uploads));
    }
    Ok(())
}

/// Puts a parent's uploads with what it writes, each of them once.
pub fn attach(
    db: &Connection,
    portal: &Portal,
    parent: &Parent,
    uploads: &[String],
    place: Place<'_>,
    children: &[&str],
) -> Result<(), Problem> {
    let now = portal.clock.now().timestamp_millis();
    let mut tags = Vec::new();
    for child in children {
        let sql = "SELECT first_name FROM child WHERE id = ?1";
        let message = Some(db.query_row(sql, [child], |row| row.get(0))?);
        tags.push(ChildTag { person_id: (*child).to_owned(), message, own_child: true });
    }
    let mut seen = HashSet::new();
    for (index, id) in uploads.iter().enumerate() {
        let upload = find(db, &parent.username, id, now)?
            .filter(|upload| !upload.used && seen.insert(id))
            .ok_or(Problem::UploadUnknown)?;
        if !upload.complete() {
            return Err(Problem::UploadIncomplete);
        }
        // A card shows its last photo first.
        let position = match place {
            Place::Card(_) => uploads.len() - 1 - index,
            Place::Message(..) => index,
        };
        put(db, portal, &upload, place, position, &tags)?;
    }
    Ok(())
}
