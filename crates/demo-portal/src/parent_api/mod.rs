//! Our extension under `/parent-api/v1`: what a portal offers beyond what has been observed.
//!
//! Every call is described where it is written; the description (`OpenAPI`) is made of that, and
//! there is no way to serve a call without describing it.

mod absences;
mod account;
mod bookings;
mod capabilities;
mod care_requests;
mod children;
mod consents;
mod credits;
mod declined;
mod diary;
mod events;
mod location;
mod media;
mod messages;
mod news;
mod notification_settings;
mod observations;
mod once;
mod pages;
mod password;
mod plain_text;
mod planning;
mod possibilities;
mod problem;
mod quotes;
mod requests;
mod team;
mod uploads;
mod versions;

pub use once::UnderWay;
pub use plain_text::html;

use crate::portal::Shared;
use axum::Router;
use axum::http::header;
use axum::routing::get;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder};
use utoipa_axum::router::OpenApiRouter;

/// Everything under `/parent-api/v1`, and its description.
pub fn routes() -> Router<Shared> {
    let (router, mut description) = OpenApiRouter::with_openapi(opening())
        .merge(capabilities::routes())
        .merge(media::routes())
        .merge(messages::routes())
        .merge(diary::routes())
        .merge(uploads::routes())
        .merge(planning::routes())
        .merge(possibilities::routes())
        .merge(quotes::routes())
        .merge(requests::routes())
        .merge(absences::routes())
        .merge(credits::routes())
        .merge(location::routes())
        .merge(team::routes())
        .merge(pages::routes())
        .merge(news::routes())
        .merge(account::routes())
        .merge(password::routes())
        .merge(children::routes())
        .merge(consents::routes())
        .merge(observations::routes())
        .merge(notification_settings::routes())
        .merge(events::routes())
        .split_for_parts();
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    description
        .components
        .get_or_insert_with(|| ComponentsBuilder::new().build())
        .add_security_scheme("bearer", bearer);
    let json = description.to_pretty_json().unwrap_or_else(|error| {
        tracing::error!(%error, "no description");
        String::from("{}")
    });
    let described = get(async move || ([(header::CONTENT_TYPE, "application/json")], json.clone()));
    router.route("/parent-api/v1/openapi.json", described)
}

fn opening() -> OpenApi {
    let info = InfoBuilder::new().title("Schriftje parent API").version("1").description(Some(
        "What Schriftje asks of a portal beyond the calls that have been observed. A portal that \
         offers it answers the capabilities call; every other portal answers 404 there and is \
         asked nothing else under this path.",
    ));
    OpenApiBuilder::new().info(info.build()).build()
}
