//! The answers of a portal that misbehaves.

use crate::faults::FaultKind;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use futures::{StreamExt, stream};
use serde_json::{Map, Value, json};
use std::io::Cursor;

/// What an endless answer amounts to.
const ENDLESS: u64 = 2 * 1024 * 1024 * 1024;

/// The answer in place of the right one, for a fault that needs no right one.
pub fn instead(fault: &FaultKind) -> Option<Response> {
    Some(match fault {
        FaultKind::TooManyRequests { retry_after } => {
            let after = HeaderValue::from(*retry_after);
            (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, after)]).into_response()
        }
        FaultKind::Status { status } => StatusCode::from_u16(*status)
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            .into_response(),
        FaultKind::Problem { status, code } => {
            let media_type = HeaderValue::from_static("application/problem+json");
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
            let told = json!({ "status": status.as_u16(), "code": code }).to_string();
            (status, [(header::CONTENT_TYPE, media_type)], told).into_response()
        }
        FaultKind::Unauthorized => StatusCode::UNAUTHORIZED.into_response(),
        FaultKind::Html => Html(
            "<!doctype html><html lang=\"nl\"><head><title>Gratis wifi in de trein</title></head>\
             <body><h1>Welkom aan boord</h1><form><button>Akkoord en verbinden</button></form>\
             </body></html>",
        )
        .into_response(),
        FaultKind::Endless { declared } => endless(*declared),
        FaultKind::HugePicture => picture(huge_picture()),
        FaultKind::BrokenPicture => picture(broken_picture()),
        FaultKind::ExpiredMedia => crate::media::denied(),
        _ => return None,
    })
}

/// The right answer, spoilt.
pub async fn spoilt(fault: &FaultKind, response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    if parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream") {
        // There is no whole to spoil: it breaks off.
        let opening = Bytes::from_static(b":\n\n");
        return Response::from_parts(parts, Body::from_stream(breaking_off(opening)));
    }
    let Ok(bytes) = axum::body::to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let half = bytes.slice(..bytes.len() / 2);
    let changed = |change: fn(Value) -> Value| {
        let value = serde_json::from_slice(&bytes).map(change);
        value.map_or_else(|_| bytes.clone(), |value| value.to_string().into())
    };
    let body = match fault {
        FaultKind::Truncated => {
            parts.headers.insert(header::CONTENT_LENGTH, bytes.len().into());
            return Response::from_parts(parts, Body::from_stream(breaking_off(half)));
        }
        FaultKind::HalfJson => half,
        FaultKind::WrongTypes => changed(wrong_types),
        FaultKind::ChangedShape => changed(changed_shape),
        FaultKind::StaleUrls => stale_urls(&bytes),
        _ => bytes,
    };
    Response::from_parts(parts, body.into())
}

fn breaking_off(half: Bytes) -> impl futures::Stream<Item = std::io::Result<Bytes>> {
    let breaks = async {
        // The server sends what it has only when there is nothing more at once.
        tokio::task::yield_now().await;
        Err(std::io::ErrorKind::ConnectionReset.into())
    };
    stream::iter([Ok(half)]).chain(stream::once(breaks))
}

fn endless(declared: bool) -> Response {
    let piece = Bytes::from("{\"type\":\"photo\",\"date\":1764025200000},".repeat(1_000));
    let start = Bytes::from_static(b"[");
    let mut left = ENDLESS - start.len() as u64;
    let pieces = std::iter::from_fn(move || {
        let length = left.min(piece.len() as u64);
        left -= length;
        let piece = piece.slice(..usize::try_from(length).unwrap_or_default());
        (length > 0).then_some(piece)
    });
    let all = std::iter::once(start).chain(pieces).map(std::io::Result::Ok);
    let mut response = Response::new(Body::from_stream(stream::iter(all)));
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    if declared {
        response.headers_mut().insert(header::CONTENT_LENGTH, ENDLESS.into());
    }
    response
}

fn picture(bytes: Vec<u8>) -> Response {
    crate::answer::file("image/jpeg", bytes)
}

fn small_picture() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let grey = image::RgbImage::from_pixel(64, 64, image::Rgb([120, 140, 110]));
    // A failure leaves no bytes, which is a broken picture too.
    let _written = grey.write_to(&mut bytes, image::ImageFormat::Jpeg);
    bytes.into_inner()
}

/// A picture of 64 × 64 whose frame header says 30,000 × 30,000.
fn huge_picture() -> Vec<u8> {
    let mut bytes = small_picture();
    // Frame header: FF C0, length (2), precision (1), height (2), width (2).
    if let Some(frame) = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0])
        && let Some(edges) = bytes.get_mut(frame + 5..frame + 9)
    {
        let edge = 30_000_u16.to_be_bytes();
        edges.copy_from_slice(&[edge[0], edge[1], edge[0], edge[1]]);
    }
    bytes
}

fn broken_picture() -> Vec<u8> {
    let mut bytes = small_picture();
    bytes.truncate(bytes.len() * 2 / 3);
    // Without its tables nothing of it can be decoded.
    for byte in bytes.iter_mut().skip(20).step_by(3) {
        *byte ^= 0x5A;
    }
    bytes
}

fn wrong_types(value: Value) -> Value {
    match value {
        Value::Number(_) => json!("geen getal"),
        Value::String(_) => json!({ "tekst": 7 }),
        Value::Array(items) => items.into_iter().map(wrong_types).collect(),
        Value::Object(fields) => {
            fields.into_iter().map(|(name, value)| (name, wrong_types(value))).collect()
        }
        Value::Bool(_) => json!([]),
        Value::Null => json!(0),
    }
}

fn changed_shape(value: Value) -> Value {
    fn renamed(value: Value) -> Value {
        match value {
            Value::Array(items) => {
                json!({ "items": items.into_iter().map(renamed).collect::<Vec<_>>() })
            }
            Value::Object(fields) => Value::Object(
                fields
                    .into_iter()
                    .map(|(name, value)| (format!("{name}V3"), renamed(value)))
                    .collect::<Map<_, _>>(),
            ),
            other => other,
        }
    }
    json!({ "apiVersion": 3, "data": renamed(value) })
}

fn stale_urls(bytes: &[u8]) -> Bytes {
    const MARK: &str = "Expires=";
    let text = String::from_utf8_lossy(bytes);
    let mut stale = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some(at) = rest.find(MARK) {
        let (before, after) = rest.split_at(at + MARK.len());
        stale.push_str(before);
        stale.push_str("1000000000");
        rest = after.trim_start_matches(|character: char| character.is_ascii_digit());
    }
    stale.push_str(rest);
    stale.into()
}
