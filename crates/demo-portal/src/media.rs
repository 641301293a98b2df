//! The second origin: photos, films and faces behind signed URLs that die after an hour.

use crate::answer::file;
use crate::photo::Form;
use crate::pictures::Drawn;
use crate::portal::{Portal, Shared};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::TimeDelta;
use rusqlite::OptionalExtension;

/// How long a signed URL lives.
const LIVES_SECONDS: i64 = 3_600;
const KEY_PAIR: &str = "KSCHRIFTJEDEMO1";

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/photos/{id}/{file}", get(photo))
        .route("/avatars/{file}", get(avatar))
        .route("/news/{file}", get(drawing))
        .route("/observations/{file}", get(drawing))
        .route("/team/{file}", get(member))
        .route("/files/{id}", get(attached))
        .fallback(|| async { denied() })
}

/// A URL on the media origin that works for an hour by the portal's clock.
pub fn signed(portal: &Portal, path: &str) -> String {
    let expires = (portal.clock.now() + TimeDelta::seconds(LIVES_SECONDS)).timestamp();
    let mut url = portal.media.clone();
    url.set_path(path);
    url.query_pairs_mut()
        .append_pair("Expires", &expires.to_string())
        .append_pair("Key-Pair-Id", KEY_PAIR)
        .append_pair("Signature", &signature(portal, path, expires));
    url.into()
}

fn signature(portal: &Portal, path: &str, expires: i64) -> String {
    use base64::Engine;
    let bytes = portal.secret.bytes(&["media", path, &expires.to_string()]);
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

/// 403 as a content network words it.
pub fn denied() -> Response {
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>AccessDenied</Code>\
               <Message>Access denied</Message></Error>";
    (StatusCode::FORBIDDEN, [(header::CONTENT_TYPE, "text/xml")], xml).into_response()
}

/// Whether the request may have what it asks for.
fn admits(portal: &Portal, uri: &Uri, headers: &HeaderMap, query: Option<&str>) -> bool {
    if headers.contains_key(header::AUTHORIZATION) {
        return false;
    }
    let mut expires = None;
    let mut given = None;
    let mut key_pair = None;
    for (name, value) in url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        match name.as_ref() {
            "Expires" => expires = value.parse::<i64>().ok(),
            "Signature" => given = Some(value.into_owned()),
            "Key-Pair-Id" => key_pair = Some(value.into_owned()),
            _ => {}
        }
    }
    let Some(expires) = expires else { return false };
    expires > portal.clock.now().timestamp()
        && key_pair.as_deref() == Some(KEY_PAIR)
        && given == Some(signature(portal, uri.path(), expires))
}

/// Where the bytes of a photo or film come from.
struct Filed {
    picture: i64,
    video: Option<i64>,
    /// The upload and its media type.
    upload: Option<(String, String)>,
}

async fn photo(
    State(portal): State<Shared>,
    Path((id, name)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    if !admits(&portal, &uri, &headers, query.as_deref()) {
        return denied();
    }
    let found = portal.store.run(move |db| {
        let sql = "SELECT picture, video, upload, media_type
                   FROM photo LEFT JOIN upload ON upload.id = photo.upload WHERE photo.id = ?1";
        db.query_row(sql, [id], |row| {
            Ok(Filed {
                picture: row.get(0)?,
                video: row.get(1)?,
                upload: row.get::<_, Option<_>>(2)?.zip(row.get(3)?),
            })
        })
        .optional()
    });
    let Ok(Some(found)) = found.await else { return denied() };
    let form = match (&found.upload, found.video) {
        (Some((_, media_type)), _) => Form::of(media_type),
        (None, Some(_)) => Form::Mp4,
        (None, None) => Form::Jpeg,
    };
    let size = match name.as_str() {
        "thumb.jpg" => Drawn::Thumb,
        "medium.jpg" => Drawn::Medium,
        full if full == form.full() => Drawn::Full,
        _ => return denied(),
    };
    match found {
        Filed { video: Some(video), upload, .. } if size == Drawn::Full => {
            let bytes = match upload {
                Some((id, _)) => portal.uploads.read(&id).await.map(Bytes::from),
                None => Ok(Bytes::from_static(crate::films::bytes(video))),
            };
            let media_type = if form == Form::QuickTime { "video/quicktime" } else { "video/mp4" };
            match bytes {
                Ok(bytes) => film(media_type, &bytes, headers.get(header::RANGE)),
                Err(_) => denied(),
            }
        }
        Filed { video: None, upload: Some((id, _)), .. } => {
            picture(portal.uploads.sized(&id, size).await)
        }
        Filed { picture, .. } => drawn(&portal, picture, size).await,
    }
}

async fn avatar(
    State(portal): State<Shared>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    if !admits(&portal, &uri, &headers, query.as_deref()) {
        return denied();
    }
    let child = name.trim_end_matches(".jpg").to_owned();
    let face = portal.store.run(move |db| {
        db.query_row("SELECT face FROM child WHERE id = ?1", [child], |row| row.get::<_, i64>(0))
            .optional()
    });
    match face.await {
        Ok(Some(face)) => drawn(&portal, face, Drawn::Face).await,
        _ => denied(),
    }
}

/// A picture by its number, with news or in an observation.
async fn drawing(
    State(portal): State<Shared>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    if !admits(&portal, &uri, &headers, query.as_deref()) {
        return denied();
    }
    let Some((picture, size)) = name.trim_end_matches(".jpg").split_once('-') else {
        return denied();
    };
    let size = match size {
        "thumb" => Drawn::Thumb,
        "medium" => Drawn::Medium,
        _ => Drawn::Full,
    };
    match picture.parse() {
        Ok(picture) => drawn(&portal, picture, size).await,
        Err(_) => denied(),
    }
}

async fn member(
    State(portal): State<Shared>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    if !admits(&portal, &uri, &headers, query.as_deref()) {
        return denied();
    }
    let id = name.trim_end_matches(".jpg").to_owned();
    match portal.store.run(move |db| crate::team::picture(db, &id)).await {
        Ok(Some(picture)) => drawn(&portal, picture, Drawn::Face).await,
        _ => denied(),
    }
}

async fn attached(
    State(portal): State<Shared>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    if !admits(&portal, &uri, &headers, query.as_deref()) {
        return denied();
    }
    match portal.store.run(move |db| crate::attachment::read(db, &id)).await {
        Ok(Some(file)) => file.into_response(),
        _ => denied(),
    }
}

async fn drawn(portal: &Portal, number: i64, size: Drawn) -> Response {
    picture(portal.pictures.get(number.unsigned_abs(), size).await)
}

fn picture(jpeg: anyhow::Result<Vec<u8>>) -> Response {
    match jpeg {
        Ok(bytes) => file("image/jpeg", bytes),
        Err(error) => {
            tracing::error!(%error, "no picture");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A film, whole or the range asked for.
fn film(media_type: &'static str, bytes: &Bytes, range: Option<&HeaderValue>) -> Response {
    let total = bytes.len();
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    let Some(range) = range.and_then(|range| range.to_str().ok()).and_then(first_range) else {
        *response.body_mut() = Body::from(bytes.clone());
        return response;
    };
    let (content_range, status, body) = match range.within(total) {
        Some((first, last)) => (
            format!("bytes {first}-{last}/{total}"),
            StatusCode::PARTIAL_CONTENT,
            Body::from(bytes.slice(first..=last)),
        ),
        None => (format!("bytes */{total}"), StatusCode::RANGE_NOT_SATISFIABLE, Body::empty()),
    };
    if let Ok(content_range) = HeaderValue::try_from(content_range) {
        response.headers_mut().insert(header::CONTENT_RANGE, content_range);
    }
    *response.status_mut() = status;
    *response.body_mut() = body;
    response
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum ByteRange {
    /// From a place, to a last byte or the end.
    From(usize, Option<usize>),
    /// The last so many bytes.
    Last(usize),
}

impl ByteRange {
    /// First and last byte within `total`, if any of it is there.
    fn within(self, total: usize) -> Option<(usize, usize)> {
        let end = total.checked_sub(1)?;
        match self {
            Self::From(first, last) => {
                let last = last.map_or(end, |last| last.min(end));
                (first <= last).then_some((first, last))
            }
            Self::Last(0) => None,
            Self::Last(count) => Some((total.saturating_sub(count), end)),
        }
    }
}

/// The first range of the header; nothing when it is not understood, which asks for everything.
fn first_range(text: &str) -> Option<ByteRange> {
    let (first, last) = text.strip_prefix("bytes=")?.split(',').next()?.trim().split_once('-')?;
    if first.is_empty() {
        return last.parse().ok().map(ByteRange::Last);
    }
    let last = if last.is_empty() { None } else { Some(last.parse().ok()?) };
    Some(ByteRange::From(first.parse().ok()?, last))
}

/// The URLs of one photo or film, made for this answer alone.
pub struct Urls {
    pub full: String,
    pub medium: String,
    pub thumb: String,
}

impl Urls {
    pub fn of_photo(portal: &Portal, id: &str, form: Form) -> Self {
        let url = |file: &str| signed(portal, &format!("/photos/{id}/{file}"));
        let full = url(form.full());
        Self { full, medium: url("medium.jpg"), thumb: url("thumb.jpg") }
    }
}
