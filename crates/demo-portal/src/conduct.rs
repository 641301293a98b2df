//! What happens around every answer: it is noted, comes late, goes wrong, and tells the time.

use crate::faults::FaultKind;
use crate::misbehaviour;
use crate::portal::Shared;
use crate::record::{Origin, Recorded};
use crate::server::Scissors;
use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use futures::StreamExt;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// The layer around one of the two servers.
pub async fn conduct(
    State((portal, origin)): State<(Shared, Origin)>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path().to_owned();
    if origin == Origin::Portal && path.starts_with("/staff/") {
        return next.run(request).await;
    }
    let authorization = request.headers().get(header::AUTHORIZATION);
    let asked = Recorded {
        method: request.method().to_string(),
        path_and_query: request.uri().path_and_query().map_or(path.clone(), ToString::to_string),
        has_bearer: authorization.is_some(),
        authorization: authorization
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()),
        has_cookie: request.headers().contains_key(header::COOKIE),
        status: 0,
        bytes: 0,
        origin,
    };
    let scissors = request.extensions().get::<Scissors>().cloned();
    let met = portal.faults.meet(origin, &asked.method, &path);
    let (late, late_answer) = delays(&met);
    let late = portal.options.latency + late;
    if !late.is_zero() {
        tokio::time::sleep(late).await;
    }
    let fault = met.into_iter().find(|fault| !fault.is_late());
    let mut response = match fault {
        Some(FaultKind::Reset) => {
            portal.record.add(asked);
            if let Some(scissors) = scissors {
                scissors.cut();
            }
            return Response::new(Body::empty());
        }
        Some(FaultKind::EffectThenReset) => {
            drop(next.run(request).await);
            portal.record.add(asked);
            if let Some(scissors) = scissors {
                scissors.cut();
            }
            return Response::new(Body::empty());
        }
        Some(fault) => match misbehaviour::instead(&fault) {
            Some(response) => response,
            None => misbehaviour::spoilt(&fault, next.run(request).await).await,
        },
        None => next.run(request).await,
    };
    if !late_answer.is_zero() {
        tokio::time::sleep(late_answer).await;
    }
    let date = portal.clock.now().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    if let Ok(date) = HeaderValue::try_from(date) {
        response.headers_mut().insert(header::DATE, date);
    }
    let sent = portal.record.add(Recorded { status: response.status().as_u16(), ..asked });
    // Counting hides the body's length from hyper, so it is written down first.
    if let Some(length) = response.body().size_hint().exact() {
        response.headers_mut().entry(header::CONTENT_LENGTH).or_insert_with(|| length.into());
    }
    response.map(|body| {
        Body::from_stream(body.into_data_stream().inspect(move |piece| {
            if let Ok(piece) = piece {
                sent.fetch_add(piece.len() as u64, Ordering::Relaxed);
            }
        }))
    })
}

/// How long to wait before anything is done, and before what was done is answered.
fn delays(met: &[FaultKind]) -> (Duration, Duration) {
    let (mut before, mut after) = (0, 0);
    for fault in met {
        match fault {
            FaultKind::Latency { ms } => before += ms,
            FaultKind::LateAnswer { ms } => after += ms,
            _ => {}
        }
    }
    (Duration::from_millis(before), Duration::from_millis(after))
}
