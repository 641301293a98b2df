//! Server-Sent Events: where there is something new, for a parent who listens.

use crate::answer::Refusal;
use crate::bearer::Parent;
use crate::events::{self, Event};
use crate::portal::Shared;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use axum::response::sse::{self, KeepAlive, Sse};
use futures::{Stream, StreamExt, stream};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Between comments that keep the line open.
const KEEP_OPEN: Duration = Duration::from_secs(15);

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(listen))
}

/// Tells when there is something new. Part of the feature `events`.
#[utoipa::path(
    get, path = "/parent-api/v1/events", security(("bearer" = [])),
    params(("Last-Event-ID" = Option<i64>, Header,
            description = "Goes on after this event, else from now on.")),
    responses(
        (status = 200, content_type = "text/event-stream", body = String,
         description = "Events called `changed`, with data such as `{\"what\": \"timeline\"}`; \
                        `what` is `timeline`, `messages` or `planning`."),
        (status = 401, description = "No valid token."),
    ),
)]
async fn listen(
    State(portal): State<Shared>,
    parent: Parent,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Refusal> {
    // Hear first and look then, so that nothing happens in between.
    let bell = portal.store.bell.hear();
    let asked =
        headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse::<i64>().ok());
    let newest = portal.store.run(|db| events::last(db)).await?;
    let last = asked.map_or(newest, |asked| asked.min(newest));
    let listener = Listener { portal, family: parent.family, last, bell, waiting: VecDeque::new() };
    let opening = stream::once(async { Ok(sse::Event::default().comment("")) });
    let all = opening.chain(listener.stream());
    Ok(Sse::new(all).keep_alive(KeepAlive::new().interval(KEEP_OPEN)))
}

struct Listener {
    portal: Shared,
    family: i64,
    last: i64,
    bell: watch::Receiver<()>,
    waiting: VecDeque<Event>,
}

impl Listener {
    fn stream(self) -> impl Stream<Item = Result<sse::Event, Infallible>> {
        stream::unfold(self, async |mut listener| {
            let event = listener.next().await?;
            let data = format!("{{\"what\": \"{}\"}}", event.what);
            let sent = sse::Event::default().id(event.id.to_string()).event("changed").data(data);
            Some((Ok(sent), listener))
        })
    }

    /// The next event, as soon as there is one.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                self.last = event.id;
                return Some(event);
            }
            self.bell.mark_unchanged();
            let (family, last) = (self.family, self.last);
            let found = self.portal.store.run(move |db| events::after(db, family, last));
            self.waiting = found.await.ok()?.into();
            if self.waiting.is_empty() {
                self.bell.changed().await.ok()?;
            }
        }
    }
}
