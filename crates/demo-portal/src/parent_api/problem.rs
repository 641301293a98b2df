//! Why something under `/parent-api` is refused: `application/problem+json` (RFC 9457).

use super::declined::{Declined, More};
use crate::planning::Refused;
use crate::store::StoreError;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// Why something is refused.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    #[error("no subject")]
    SubjectEmpty,
    #[error("no text")]
    TextEmpty,
    #[error("a text of more than {0} characters")]
    TextTooLong(usize),
    #[error("a subject of more than {0} characters")]
    SubjectTooLong(usize),
    #[error("no such child")]
    ChildUnknown,
    #[error("no such group")]
    GroupUnknown,
    #[error("no such conversation")]
    ConversationUnknown,
    #[error("the conversation is closed")]
    ConversationClosed,
    #[error("not on this day")]
    DayNotAllowed,
    /// In the body of a write.
    #[error("no such upload")]
    UploadUnknown,
    /// In the address of a call.
    #[error("no such upload here")]
    NoUploadHere,
    #[error("not all of the upload is there")]
    UploadIncomplete,
    #[error("more than {0} uploads")]
    TooManyUploads(usize),
    #[error("more than {0} bytes")]
    UploadTooLarge(u64),
    #[error("more than {0} pixels on its longer side")]
    TooManyPixels(u32),
    #[error("not a type this organisation takes")]
    TypeNotAllowed,
    #[error("the bytes are not the ones that were meant")]
    ChecksumMismatch,
    #[error("no idempotency key")]
    KeyMissing,
    #[error("the idempotency key belongs to another body")]
    KeyReused,
    #[error("the idempotency key is under way")]
    KeyInUse,
    /// The rules of the planning.
    #[error("not by the rules of the planning: {}", .0.code())]
    Planning(#[from] Refused),
    /// What holds for the location, the family and its settings.
    #[error("declined: {}", .0.code())]
    Declined(#[from] Declined),
    /// A call nobody should make, which has no code of its own.
    #[error("malformed: {1}")]
    Malformed(StatusCode, &'static str),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the files failed")]
    Files(#[from] std::io::Error),
}

/// A problem as it is sent.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct Told {
    /// Always `about:blank`: the status and the code say it all.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: &'static str,
    status: u16,
    /// A sentence for the parent, in Dutch.
    detail: String,
    /// What it is, for a program. A malformed call has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(flatten)]
    more: More,
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<PathRejection> for Problem {
    fn from(rejection: PathRejection) -> Self {
        Self::Malformed(rejection.status(), "het adres is niet te lezen")
    }
}

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        Self::Malformed(rejection.status(), "de inhoud is niet te lezen")
    }
}

/// 460, which tus gives to a checksum that does not fit.
fn checksum_mismatch() -> StatusCode {
    StatusCode::from_u16(460).unwrap_or(StatusCode::BAD_REQUEST)
}

/// What clashes with the planning as it is now is a conflict; what could never be is not to be
/// worked with.
fn status_of(why: &Refused) -> StatusCode {
    match why {
        Refused::RequestUnknown => StatusCode::NOT_FOUND,
        Refused::NoRoom
        | Refused::AlreadyPlanned
        | Refused::AlreadyAsked
        | Refused::AlreadyAbsent
        | Refused::CreditGone
        | Refused::QuoteChanged
        | Refused::TooLateToCancel(_)
        | Refused::AlreadyDecided
        | Refused::AlreadyCancelled => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

impl Problem {
    fn told(&self) -> (StatusCode, Option<&'static str>, String) {
        use StatusCode as S;
        let (status, code, detail) = match self {
            Self::SubjectEmpty => {
                (S::UNPROCESSABLE_ENTITY, "subject-empty", "Vul een onderwerp in.".to_owned())
            }
            Self::TextEmpty => (
                S::UNPROCESSABLE_ENTITY,
                "text-empty",
                "Schrijf een tekst, of voeg een foto toe.".to_owned(),
            ),
            Self::TextTooLong(most) => (
                S::UNPROCESSABLE_ENTITY,
                "text-too-long",
                format!("De tekst is te lang: er passen {most} tekens in."),
            ),
            Self::SubjectTooLong(most) => (
                S::UNPROCESSABLE_ENTITY,
                "subject-too-long",
                format!("Het onderwerp is te lang: er passen {most} tekens in."),
            ),
            Self::ChildUnknown => (
                S::UNPROCESSABLE_ENTITY,
                "child-unknown",
                "Dit kind kennen wij niet, of het komt niet meer bij ons.".to_owned(),
            ),
            Self::GroupUnknown => (
                S::UNPROCESSABLE_ENTITY,
                "group-unknown",
                "Op deze groep zit je kind niet.".to_owned(),
            ),
            Self::ConversationUnknown => {
                (S::NOT_FOUND, "conversation-unknown", "Dit gesprek bestaat niet meer.".to_owned())
            }
            Self::ConversationClosed => (
                S::CONFLICT,
                "conversation-closed",
                "Dit gesprek is gesloten. Begin een nieuw bericht.".to_owned(),
            ),
            Self::DayNotAllowed => (
                S::UNPROCESSABLE_ENTITY,
                "day-not-allowed",
                "Voor deze dag kun je niets in het dagboek schrijven.".to_owned(),
            ),
            Self::UploadUnknown | Self::NoUploadHere => (
                if matches!(self, Self::NoUploadHere) {
                    S::NOT_FOUND
                } else {
                    S::UNPROCESSABLE_ENTITY
                },
                "upload-unknown",
                "Een foto of video is niet meer bij ons bekend. Voeg hem opnieuw toe.".to_owned(),
            ),
            Self::UploadIncomplete => (
                S::CONFLICT,
                "upload-incomplete",
                "Een foto of video is nog niet helemaal binnen.".to_owned(),
            ),
            Self::TooManyUploads(most) => (
                S::UNPROCESSABLE_ENTITY,
                "too-many-uploads",
                format!("U kunt hoogstens {most} foto's en video's tegelijk versturen."),
            ),
            Self::UploadTooLarge(most) => (
                S::PAYLOAD_TOO_LARGE,
                "upload-too-large",
                format!("Dit bestand is te groot: het mag {} MB zijn.", most / (1024 * 1024)),
            ),
            Self::TooManyPixels(most) => (
                S::PAYLOAD_TOO_LARGE,
                "upload-too-large",
                format!("Deze foto is te groot: de langste zijde mag {most} pixels zijn."),
            ),
            Self::TypeNotAllowed => (
                S::UNSUPPORTED_MEDIA_TYPE,
                "type-not-allowed",
                "Dit soort bestand nemen wij niet aan.".to_owned(),
            ),
            Self::ChecksumMismatch => (
                checksum_mismatch(),
                "checksum-mismatch",
                "Een stuk van het bestand is beschadigd aangekomen.".to_owned(),
            ),
            Self::KeyMissing => (
                S::BAD_REQUEST,
                "idempotency-key-missing",
                "De app stuurde geen kenmerk mee.".to_owned(),
            ),
            Self::KeyReused => (
                S::UNPROCESSABLE_ENTITY,
                "idempotency-key-reused",
                "Onder dit kenmerk is al iets anders verstuurd.".to_owned(),
            ),
            Self::KeyInUse => (
                S::CONFLICT,
                "idempotency-key-in-use",
                "Dit wordt op dit moment al verstuurd.".to_owned(),
            ),
            Self::Planning(why) => (status_of(why), why.code(), why.to_string()),
            Self::Declined(why) => (why.status(), why.code(), why.to_string()),
            Self::Malformed(status, why) => {
                return (*status, None, format!("De app deed iets wat niet kan: {why}."));
            }
            Self::Store(_) | Self::Files(_) => {
                tracing::error!(error = %self, "no answer");
                let detail = "Er ging iets mis bij ons. Probeer het later opnieuw.".to_owned();
                return (S::INTERNAL_SERVER_ERROR, None, detail);
            }
        };
        (status, Some(code), detail)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, code, detail) = self.told();
        let title = status.canonical_reason().unwrap_or("Checksum Mismatch");
        let declined = if let Self::Declined(why) = &self { Some(why) } else { None };
        let more = declined.map(Declined::more).unwrap_or_default();
        let told = Told { kind: "about:blank", title, status: status.as_u16(), detail, code, more };
        let mut response = (status, axum::Json(told)).into_response();
        let media_type = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, media_type);
        if let Some(seconds) = declined.and_then(Declined::retry_after) {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
