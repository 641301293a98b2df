//! What a booking is worth.

use super::bookings::{Asking, BookingSent, PaymentAnswer};
use super::problem::{Problem, Told};
use crate::bearer::Parent;
use crate::planning::{self, Booked, Booking, Kind, quote};
use crate::portal::Shared;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(quotes))
}

#[derive(Deserialize, ToSchema)]
#[schema(as = QuoteAsked)]
struct Asked {
    kind: Asking,
    booking: BookingSent,
    /// The bookings that come before it in the same request: what they take is taken.
    #[serde(default)]
    before: Vec<BookingSent>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Quote)]
struct Answer {
    lines: Vec<LineAnswer>,
    /// On the invoice in all.
    cents: Option<i64>,
    /// What a parent should know before adding it.
    notices: Vec<String>,
    /// Stands for what was computed.
    token: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = QuoteLine)]
struct LineAnswer {
    child_id: String,
    part: String,
    /// On how many days.
    days: usize,
    payment: PaymentAnswer,
    notice: Option<String>,
}

/// What a booking is worth, and how it is paid for. Changes nothing. Part of the feature
/// `requests`.
#[utoipa::path(
    post, path = "/parent-api/v1/quote", security(("bearer" = [])),
    request_body = Asked,
    responses(
        (status = 200, body = Answer),
        (status = "4XX", body = Told, content_type = "application/problem+json"),
    ),
)]
async fn quotes(
    State(portal): State<Shared>,
    parent: Parent,
    body: Result<Json<Asked>, JsonRejection>,
) -> Result<Json<Answer>, Problem> {
    let Json(asked) = body?;
    let here = portal.clone();
    let planning =
        portal.store.run(move |db| crate::kept_planning::read(db, &here, parent.family)).await?;
    let kind = Kind::from(asked.kind);
    let booking = Booking::from(asked.booking);
    let before: Vec<Booking> = asked.before.into_iter().map(Booking::from).collect();
    let booked = quote(planning, kind, &before, &booking, portal.clock.now())?;
    Ok(Json(answer(kind, &booking, booked)))
}

fn answer(kind: Kind, booking: &Booking, booked: Booked) -> Answer {
    let token = planning::token(kind, booking, &booked);
    let lines = booked.lines.iter().flat_map(|line| {
        line.quotes.iter().map(|quote| LineAnswer {
            child_id: line.child.clone(),
            part: quote.part.clone(),
            days: quote.days,
            payment: PaymentAnswer::from(&quote.by),
            notice: quote.notice.clone(),
        })
    });
    let lines = lines.collect();
    Answer { lines, cents: Some(booked.cents), notices: booked.notices, token }
}
