//! The forms an answer comes in: wrapped in the portal's envelope, bare, or refused.

use crate::store::StoreError;
use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// `{"result", "payload", "messages"}`, the envelope of most answers.
#[derive(Debug, Serialize)]
pub struct Envelope<T> {
    result: bool,
    payload: Option<T>,
    messages: Option<[Message; 1]>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    message_code: &'static str,
}

/// A payload in its envelope; `messages` is then null (B).
pub fn wrapped<T>(payload: T) -> Json<Envelope<T>> {
    Json(Envelope { result: true, payload: Some(payload), messages: None })
}

/// A payload with something to say about it.
pub fn wrapped_with<T>(payload: T, message_code: &'static str) -> Json<Envelope<T>> {
    let messages = Some([Message { message_code }]);
    Json(Envelope { result: true, payload: Some(payload), messages })
}

/// Why something was not answered.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// No valid token or session.
    #[error("not signed in")]
    Unauthorized,
    /// A rejection in the portal's manner: HTTP 200 with `result: false` (B, D).
    #[error("rejected: {0}")]
    Rejected(&'static str),
    /// Signed in, and yet not allowed, for good.
    #[error("forbidden: {0}")]
    Forbidden(&'static str),
    /// There is no such thing.
    #[error("not found")]
    NotFound,
    /// The request makes no sense.
    #[error("bad request")]
    BadRequest,
    /// The portal itself failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let rejection = |message_code| {
            let messages = Some([Message { message_code }]);
            Json(Envelope::<()> { result: false, payload: None, messages })
        };
        match self {
            Self::Unauthorized => StatusCode::UNAUTHORIZED.into_response(),
            Self::Rejected(code) => rejection(code).into_response(),
            Self::Forbidden(code) => (StatusCode::FORBIDDEN, rejection(code)).into_response(),
            Self::NotFound => StatusCode::NOT_FOUND.into_response(),
            Self::BadRequest => StatusCode::BAD_REQUEST.into_response(),
            Self::Store(error) => {
                tracing::error!(%error, "no answer");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

/// A file with its media type.
pub fn file(media_type: &'static str, bytes: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, media_type)], bytes).into_response()
}
