//! What this portal offers and takes.

use crate::portal::Shared;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(capabilities))
}

/// What every organisation offers.
const FEATURES: [&str; 15] = [
    "media",
    "messages",
    "diary",
    "uploads",
    "events",
    "planning",
    "requests",
    "absences",
    "location",
    "team",
    "newsAttachments",
    "account",
    "children",
    "consents",
    "notificationSettings",
];

/// What a portal offers, what it takes, and the pages a parent may be sent to.
#[derive(Serialize, ToSchema)]
struct Capabilities {
    /// Always `schriftje-parent-api`.
    format: &'static str,
    version: u32,
    /// A call is only for a portal that lists its feature.
    features: Vec<&'static str>,
    limits: Limits,
    links: Links,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Limits {
    subject_characters: usize,
    text_characters: usize,
    /// With one message or entry.
    uploads: usize,
    upload_bytes: u64,
    /// On the longer side.
    photo_pixels: u32,
    photo_types: &'static [&'static str],
    /// No videos at all when this is empty.
    video_types: &'static [&'static str],
    idempotency_hours: i64,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Links {
    privacy: String,
    disclosure: String,
    sign_in: String,
}

/// What this portal offers. Asked without token or cookie, once a day at most.
#[utoipa::path(
    get, path = "/parent-api/v1/capabilities", security(()),
    responses(
        (status = 200, body = Capabilities),
        (status = 404, description = "A plain portal."),
    ),
)]
async fn capabilities(State(portal): State<Shared>) -> Json<Capabilities> {
    let url = |path| portal.here.join(path).map_or_else(|_| String::new(), String::from);
    let rules = &portal.options.organisation.rules;
    Json(Capabilities {
        format: "schriftje-parent-api",
        version: 1,
        features: FEATURES
            .into_iter()
            .chain(rules.care.credits.map(|_| "credits"))
            .chain(rules.pages.then_some("pages"))
            .chain(rules.observations.then_some("observations"))
            .collect(),
        limits: Limits {
            subject_characters: rules.subject_characters,
            text_characters: rules.text_characters,
            uploads: rules.uploads,
            upload_bytes: rules.upload_bytes,
            photo_pixels: rules.photo_pixels,
            photo_types: rules.photo_types,
            video_types: rules.video_types,
            idempotency_hours: rules.idempotency_hours,
        },
        links: Links {
            privacy: url("/privacyverklaring"),
            disclosure: url("/responsible-disclosure"),
            sign_in: url("/auth/login"),
        },
    })
}
