//! The staff side over HTTP for what parents read at their location and answer about their child.

use crate::announcing::{NewNews, NewNewsletter};
use crate::nursery::{Nursery, NurseryError};
use crate::portal::Shared;
use crate::questions::{NewObservation, NewQuestion};
use crate::team::MemberChange;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{post, put};
use axum::{Json, Router};
use serde::Serialize;

/// To be merged into the staff side.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/news", post(news))
        .route("/newsletters", post(newsletter))
        .route("/team/{member}", put(member))
        .route("/consents", post(consent))
        .route("/observations", post(observation))
}

/// The identity of what was made.
#[derive(Serialize)]
struct Made {
    id: String,
}

type Answer = Result<Json<Made>, NurseryError>;

fn made(id: String) -> Json<Made> {
    Json(Made { id })
}

async fn news(State(nursery): State<Nursery>, Json(new): Json<NewNews>) -> Answer {
    nursery.post_news(new).await.map(made)
}

async fn newsletter(State(nursery): State<Nursery>, Json(new): Json<NewNewsletter>) -> Answer {
    nursery.send_newsletter(new).await.map(made)
}

async fn member(
    State(nursery): State<Nursery>,
    Path(member): Path<String>,
    Json(change): Json<MemberChange>,
) -> Result<StatusCode, NurseryError> {
    nursery.change_member(&member, change).await.map(|()| StatusCode::NO_CONTENT)
}

async fn consent(State(nursery): State<Nursery>, Json(new): Json<NewQuestion>) -> Answer {
    nursery.ask_consent(new).await.map(made)
}

async fn observation(State(nursery): State<Nursery>, Json(new): Json<NewObservation>) -> Answer {
    nursery.add_observation(new).await.map(made)
}
