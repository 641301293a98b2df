//! Extra days and swaps: asking, looking, cancelling.

use super::bookings::{Asking, BookingSent};
use super::care_requests::RequestAnswer;
use super::once::{Done, Write};
use super::problem::{Problem, Told};
use crate::bearer::{Parent, next_number};
use crate::kept_planning;
use crate::planning::{self, Ask, Booking, Letter, Planning, Refused, Sender};
use crate::portal::{Portal, Shared};
use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Requests on a page.
const PAGE: usize = 50;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(ask)).routes(routes!(overview)).routes(routes!(cancel))
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NewRequest)]
struct New {
    kind: Asking,
    bookings: Vec<BookingSent>,
    /// All children or none; only for a single day.
    whole: bool,
    /// The day on which it is withdrawn unless it was judged before.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    expires_on: Option<NaiveDate>,
    #[serde(default)]
    remark: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RequestMade)]
pub struct Made {
    pub request_id: String,
}

/// Asks for extra days or swaps. Part of the feature `requests`.
#[utoipa::path(
    post, path = "/parent-api/v1/requests", security(("bearer" = [])),
    params(("Idempotency-Key" = String, Header, description = "A UUID of this write.")),
    request_body = New,
    responses(
        (status = 201, body = Made),
        (status = "4XX", body = Told, content_type = "application/problem+json"),
    ),
)]
async fn ask(
    State(portal): State<Shared>,
    write: Write,
    body: Result<Json<New>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(new) = body?;
    check_remark(&portal, &new.remark)?;
    let body = serde_json::to_value(&new).unwrap_or_default();
    let here = portal.clone();
    let effect = move |db: &Connection, write: &Write| {
        let bookings = new.bookings.into_iter().map(|booking| {
            let quote = booking.quote.clone();
            (Booking::from(booking), quote)
        });
        let ask = Ask {
            kind: new.kind.into(),
            bookings: bookings.collect(),
            whole: new.whole,
            expires_on: new.expires_on,
            remark: new.remark,
        };
        make(db, &here, write, |planning, sender| {
            planning::ask(planning, &ask, sender, here.clock.now())
        })
    };
    write.once(&portal, &body, effect).await
}

/// A remark is as long as a message at most.
pub fn check_remark(portal: &Portal, remark: &str) -> Result<(), Problem> {
    let most = portal.options.organisation.rules.text_characters;
    if remark.chars().count() > most { Err(Problem::TextTooLong(most)) } else { Ok(()) }
}

/// Makes a request or absence of the family by a rule.
pub fn make(
    db: &Connection,
    portal: &Portal,
    write: &Write,
    rule: impl FnOnce(&mut Planning, &Sender) -> Result<(), Refused>,
) -> Result<Done, Problem> {
    let number = next_number(db)?.to_string();
    let sender = Sender {
        request: portal.secret.id(&["care request", &number]),
        name: write.parent.full_name.clone(),
        account: write.parent.username.clone(),
        key: Some(write.key.clone()),
    };
    change(db, portal, write.parent.family, |planning| rule(planning, &sender).map(|()| None))?;
    Ok(Done::created(&Made { request_id: sender.request }))
}

/// Changes the planning of a family by a rule; the planning as it is then comes back.
fn change(
    db: &Connection,
    portal: &Portal,
    family: i64,
    rule: impl FnOnce(&mut Planning) -> Result<Option<Letter>, Refused>,
) -> Result<Planning, Problem> {
    kept_planning::pass_time(db, portal)?;
    let before = kept_planning::read(db, portal, family)?;
    let mut after = before.clone();
    let letter = rule(&mut after)?;
    kept_planning::write(db, family, &before, &after)?;
    if let Some(letter) = letter {
        let conversation = kept_planning::send(db, portal, family, &letter)?;
        let told = after.requests.iter_mut().find(|request| request.id == letter.request);
        if let Some(told) = told {
            told.conversation = Some(conversation);
        }
    }
    Ok(after)
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Page {
    /// The cursor of the page before.
    after: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = CareRequests)]
struct Overview {
    /// Newest first.
    requests: Vec<RequestAnswer>,
    /// Where the next page begins; null at the end.
    next: Option<String>,
}

/// "Aanvragenoverzicht": all requests and absences of the family, 50 a page. Part of the features
/// `requests` and `absences`.
#[utoipa::path(
    get, path = "/parent-api/v1/requests", security(("bearer" = [])), params(Page),
    responses(
        (status = 200, body = Overview),
        (status = "4XX", body = Told, content_type = "application/problem+json"),
    ),
)]
async fn overview(
    State(portal): State<Shared>,
    parent: Parent,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Json<Overview>, Problem> {
    let unreadable = || {
        Problem::Malformed(axum::http::StatusCode::BAD_REQUEST, "de bladwijzer is niet te lezen")
    };
    let Query(page) = page.map_err(|_| unreadable())?;
    let here = portal.clone();
    let family = parent.family;
    let planning = portal.store.run(move |db| kept_planning::read(db, &here, family)).await?;
    let now = portal.clock.now();
    let newest_first: Vec<&planning::Request> = planning.requests.iter().rev().collect();
    // A cursor is the request it comes after: new ones before it change nothing.
    let begin = match &page.after {
        None => 0,
        Some(cursor) => {
            let at = newest_first.iter().position(|request| request.id == *cursor);
            at.ok_or_else(unreadable)? + 1
        }
    };
    let rest = newest_first.get(begin..).unwrap_or_default();
    let shown = &rest[..rest.len().min(PAGE)];
    let next = shown.last().filter(|_| rest.len() > PAGE).map(|last| last.id.clone());
    let requests = shown
        .iter()
        .map(|request| RequestAnswer::of(&planning, request, &parent.username, now))
        .collect();
    Ok(Json(Overview { requests, next }))
}

/// Cancels one child of a request or absence, a period whole. Part of the features `requests` and
/// `absences`.
#[utoipa::path(
    post, path = "/parent-api/v1/requests/{id}/lines/{lineId}/cancel",
    security(("bearer" = [])),
    params(
        ("id" = String, Path),
        ("lineId" = String, Path),
        ("Idempotency-Key" = String, Header, description = "A UUID of this write."),
    ),
    responses(
        (status = 200, body = RequestAnswer, description = "The request as it is then."),
        (status = "4XX", body = Told, content_type = "application/problem+json"),
    ),
)]
async fn cancel(
    State(portal): State<Shared>,
    Path((id, line)): Path<(String, String)>,
    write: Write,
) -> Result<Response, Problem> {
    let here = portal.clone();
    let effect = move |db: &Connection, write: &Write| {
        let now = here.clock.now();
        let rule = |planning: &mut Planning| planning::cancel(planning, &id, &line, now);
        let planning = change(db, &here, write.parent.family, rule)?;
        let request = planning.requests.iter().find(|request| request.id == id);
        let request = request.ok_or(Refused::RequestUnknown)?;
        Ok(Done::changed(&RequestAnswer::of(&planning, request, &write.parent.username, now)))
    };
    write.once(&portal, &(), effect).await
}
