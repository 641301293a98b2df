//! The staff side over HTTP, under `/staff/{key}/`: what a test outside this process needs.

use crate::correspondence::{NewConversation, StaffAnswer};
use crate::faults::Fault;
use crate::nursery::{Counters, Nursery, NurseryError};
use crate::pictures::Drawn;
use crate::planners::{Decision, NewCredit, PlacesSet, SlotMove};
use crate::portal::Shared;
use crate::posting::{NewPhotos, NewReport, Posted};
use crate::record::Recorded;
use crate::true_planning::TrueRequest;
use crate::truth::Truth;
use axum::extract::{FromRef, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use axum::{Json, Router};
use chrono::{DateTime, TimeDelta, Utc};
use futures::StreamExt;
use serde::{Deserialize, Serialize};

/// The staff side, to be nested under its secret path.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/photos", post(post_photos))
        .route("/photos/{id}", put(caption).delete(remove_photo))
        .route("/reports", post(post_report))
        .route("/entries/{journal}", put(edit).delete(remove_entry))
        .route("/cards/{card}", delete(remove_card))
        .route("/conversations", post(begin_conversation))
        .route("/conversations/{id}/answers", post(answer))
        .route("/conversations/{id}/closed", put(close))
        .route("/counters", put(counters))
        .route("/planning", put(planning))
        .route("/planning/requests", get(open_requests))
        .route("/planning/lines/{line}/decision", put(decide))
        .route("/planning/places", put(places))
        .route("/planning/credits", post(give_credit))
        .route("/planning/slots", put(move_slot))
        .route("/accounts/{username}/end", post(end))
        .route("/accounts/{username}/reopen", post(reopen))
        .route("/accounts/{username}/password", put(password))
        .route("/sessions", delete(end_sessions))
        .route("/locks", delete(unlock))
        .route("/clock", get(clock).post(set_clock))
        .route("/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/requests", get(requests).delete(clear_requests))
        .route("/truth", get(truth))
        .route("/cpu", get(cpu))
        .route("/warm", post(warm))
        .merge(crate::staff_family::routes())
}

impl FromRef<Shared> for Nursery {
    fn from_ref(portal: &Shared) -> Self {
        Self(portal.clone())
    }
}

impl IntoResponse for NurseryError {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Unknown(_) => StatusCode::NOT_FOUND,
            Self::Planning(_) => StatusCode::CONFLICT,
            Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, self.to_string()).into_response()
    }
}

type Done = Result<StatusCode, NurseryError>;

async fn post_photos(
    State(nursery): State<Nursery>,
    Json(new): Json<NewPhotos>,
) -> Result<Json<Posted>, NurseryError> {
    nursery.post_photos(new).await.map(Json)
}

async fn post_report(
    State(nursery): State<Nursery>,
    Json(new): Json<NewReport>,
) -> Result<Json<Posted>, NurseryError> {
    nursery.post_report(new).await.map(Json)
}

#[derive(Serialize)]
struct Begun {
    conversation: String,
}

async fn begin_conversation(
    State(nursery): State<Nursery>,
    Json(new): Json<NewConversation>,
) -> Result<Json<Begun>, NurseryError> {
    Ok(Json(Begun { conversation: nursery.begin_conversation(new).await? }))
}

async fn answer(
    State(nursery): State<Nursery>,
    Path(id): Path<String>,
    Json(answer): Json<StaffAnswer>,
) -> Done {
    nursery.answer(&id, answer).await.map(|()| StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
struct Closed {
    closed: bool,
}

async fn close(
    State(nursery): State<Nursery>,
    Path(id): Path<String>,
    Json(Closed { closed }): Json<Closed>,
) -> Done {
    nursery.close_conversation(&id, closed).await.map(|()| StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
struct Text {
    text: String,
}

async fn caption(
    State(nursery): State<Nursery>,
    Path(id): Path<String>,
    Json(Text { text }): Json<Text>,
) -> Done {
    nursery.caption_photo(&id, &text).await.map(|()| StatusCode::NO_CONTENT)
}

async fn remove_photo(State(nursery): State<Nursery>, Path(id): Path<String>) -> Done {
    nursery.remove_photo(&id).await.map(|()| StatusCode::NO_CONTENT)
}

async fn edit(
    State(nursery): State<Nursery>,
    Path(journal): Path<String>,
    Json(Text { text }): Json<Text>,
) -> Done {
    nursery.edit_entry(&journal, &text).await.map(|()| StatusCode::NO_CONTENT)
}

async fn remove_entry(State(nursery): State<Nursery>, Path(journal): Path<String>) -> Done {
    nursery.remove_entry(&journal).await.map(|()| StatusCode::NO_CONTENT)
}

async fn remove_card(State(nursery): State<Nursery>, Path(card): Path<i64>) -> Done {
    nursery.remove_card(card).await.map(|()| StatusCode::NO_CONTENT)
}

async fn counters(State(nursery): State<Nursery>, Json(counters): Json<Counters>) -> Done {
    nursery.set_counters(counters).await.map(|()| StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
struct Planning {
    stale: bool,
}

async fn planning(State(nursery): State<Nursery>, Json(planning): Json<Planning>) -> StatusCode {
    nursery.set_planning_stale(planning.stale);
    StatusCode::NO_CONTENT
}

async fn open_requests(
    State(nursery): State<Nursery>,
    Query(whose): Query<Whose>,
) -> Result<Json<Vec<TrueRequest>>, NurseryError> {
    nursery.open_requests(whose.username.as_deref()).await.map(Json)
}

async fn decide(
    State(nursery): State<Nursery>,
    Path(line): Path<String>,
    Json(decision): Json<Decision>,
) -> Done {
    nursery.decide_line(&line, decision).await.map(|()| StatusCode::NO_CONTENT)
}

async fn places(State(nursery): State<Nursery>, Json(set): Json<PlacesSet>) -> Done {
    nursery.set_places(set).await.map(|()| StatusCode::NO_CONTENT)
}

#[derive(Serialize)]
struct CreditGiven {
    credit: String,
}

async fn give_credit(
    State(nursery): State<Nursery>,
    Json(new): Json<NewCredit>,
) -> Result<Json<CreditGiven>, NurseryError> {
    Ok(Json(CreditGiven { credit: nursery.give_credit(new).await? }))
}

async fn move_slot(State(nursery): State<Nursery>, Json(slot): Json<SlotMove>) -> Done {
    nursery.move_slot(slot).await.map(|()| StatusCode::NO_CONTENT)
}

async fn end(State(nursery): State<Nursery>, Path(username): Path<String>) -> Done {
    nursery.end_account(&username).await.map(|()| StatusCode::NO_CONTENT)
}

async fn reopen(State(nursery): State<Nursery>, Path(username): Path<String>) -> Done {
    nursery.reopen_account(&username).await.map(|()| StatusCode::NO_CONTENT)
}

async fn password(
    State(nursery): State<Nursery>,
    Path(username): Path<String>,
    Json(Text { text }): Json<Text>,
) -> Done {
    nursery.set_password(&username, &text).await.map(|()| StatusCode::NO_CONTENT)
}

async fn end_sessions(State(nursery): State<Nursery>) -> Done {
    nursery.end_sessions().await.map(|()| StatusCode::NO_CONTENT)
}

async fn unlock(State(nursery): State<Nursery>) -> StatusCode {
    nursery.unlock();
    StatusCode::NO_CONTENT
}

#[derive(Serialize)]
struct Time {
    now: DateTime<Utc>,
}

async fn clock(State(portal): State<Shared>) -> Json<Time> {
    Json(Time { now: portal.clock.now() })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewTime {
    now: Option<DateTime<Utc>>,
    advance_seconds: Option<i64>,
}

async fn set_clock(State(portal): State<Shared>, Json(time): Json<NewTime>) -> Json<Time> {
    if let Some(now) = time.now {
        portal.clock.set(now);
    }
    if let Some(delta) = time.advance_seconds.and_then(TimeDelta::try_seconds) {
        portal.clock.advance(delta);
    }
    let here = portal.clone();
    let passed = portal.store.run(move |db| {
        let tx = db.transaction()?;
        crate::kept_planning::pass_time(&tx, &here)?;
        tx.commit()
    });
    if let Err(error) = passed.await {
        tracing::error!(%error, "no time passed");
    }
    clock(State(portal)).await
}

async fn faults(State(portal): State<Shared>) -> Json<Vec<Fault>> {
    Json(portal.faults.all())
}

async fn add_fault(State(portal): State<Shared>, Json(fault): Json<Fault>) -> StatusCode {
    portal.faults.add(fault);
    StatusCode::NO_CONTENT
}

async fn clear_faults(State(portal): State<Shared>) -> StatusCode {
    portal.faults.clear();
    StatusCode::NO_CONTENT
}

async fn requests(State(portal): State<Shared>) -> Json<Vec<Recorded>> {
    Json(portal.record.all())
}

async fn clear_requests(State(portal): State<Shared>) -> StatusCode {
    portal.record.clear();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Whose {
    username: Option<String>,
}

async fn truth(
    State(nursery): State<Nursery>,
    Query(whose): Query<Whose>,
) -> Result<Json<Truth>, NurseryError> {
    nursery.truth(whose.username.as_deref()).await.map(Json)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Cpu {
    /// Processor time of this whole process, in seconds; `null` where the system does not say.
    cpu_seconds: Option<f64>,
}

async fn cpu() -> Json<Cpu> {
    Json(Cpu { cpu_seconds: cpu_seconds() })
}

fn cpu_seconds() -> Option<f64> {
    /// What Linux counts in, on every architecture it runs on today.
    const TICKS_A_SECOND: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is the program's name in brackets and may hold spaces.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index)?.parse::<u32>().ok();
    Some(f64::from(ticks(11)? + ticks(12)?) / TICKS_A_SECOND)
}

#[derive(Serialize)]
struct Warmed {
    pictures: usize,
}

/// Draws thumbnail and medium size of every picture in use, and every face, the team's too.
async fn warm(State(portal): State<Shared>) -> Result<Json<Warmed>, NurseryError> {
    let in_use = portal.store.run(|db| {
        let numbers = |sql: &str| {
            let mut query = db.prepare(sql)?;
            let rows = query.query_map([], |row| row.get::<_, i64>(0))?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        Ok((
            numbers("SELECT DISTINCT picture FROM photo WHERE upload IS NULL")?,
            numbers(
                "SELECT face FROM child UNION SELECT picture FROM team_member
                 WHERE picture IS NOT NULL",
            )?,
        ))
    });
    let (pictures, faces) = in_use.await?;
    let drawings = pictures
        .iter()
        .flat_map(|picture| [(*picture, Drawn::Thumb), (*picture, Drawn::Medium)])
        .chain(faces.iter().map(|face| (*face, Drawn::Face)));
    futures::stream::iter(drawings)
        .for_each_concurrent(2, |(picture, size)| {
            let portal = &portal;
            async move {
                if let Err(error) = portal.pictures.get(picture.unsigned_abs(), size).await {
                    tracing::error!(%error, "picture not drawn");
                }
            }
        })
        .await;
    Ok(Json(Warmed { pictures: pictures.len() }))
}
