//! Being told of changes as they happen: Server-Sent Events, our own extension.

use crate::call::Call;
use crate::error::PortalError;
use crate::http::failure;
use crate::session::Session;
use bytes::Bytes;
use futures::stream::{self, BoxStream, StreamExt};
use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use reqwest::{Response, StatusCode};
use serde_json::Value;
use sse_core::{MessageEvent, SseDecoder, SseEvent};
use std::num::NonZeroUsize;
use std::time::Duration;
use tokio::time::{Instant, sleep_until, timeout};

/// Bytes of one event; ours have thirty.
const LARGEST_EVENT: usize = 4096;
const LONGEST_ID: usize = 200;
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// Events as they come. It ends when the portal closes it or the session's token ends: ask for it
/// again, after the last identity. An error is its last item.
pub type Events = BoxStream<'static, Result<PortalEvent, PortalError>>;

/// Something has changed at the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalEvent {
    /// Where to go on after it; `None` when the portal gives none that can be sent back.
    pub id: Option<String>,
    /// What has changed.
    pub what: Changed,
}

/// What has changed: where to look, never what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// The timeline.
    Timeline,
    /// Conversations.
    Messages,
    /// The planning, requests or credits.
    Planning,
    /// The location, team, pages, news or newsletters.
    Location,
    /// The account, children, consents, observations or notification settings.
    Family,
    /// Something this version does not know.
    Other,
}

impl Session {
    /// Listens for changes: `GET /parent-api/v1/events`, after the event with that identity. Only
    /// for a portal whose [`Capabilities`](crate::Capabilities) list `events`.
    ///
    /// A silence longer than [`Timeouts::silence`](crate::Timeouts) ends it with
    /// [`PortalError::TimedOut`], an event larger than any with [`PortalError::TooLarge`].
    pub async fn events(&self, last_event_id: Option<String>) -> Result<Events, PortalError> {
        let http = &self.portal().http;
        let mut call = Call::get("parent-api/v1/events");
        call.accept = "text/event-stream";
        call.direct = true;
        if let Some(id) = last_event_id.as_deref().and_then(sendable)
            && let Ok(value) = HeaderValue::from_str(id)
        {
            call = call.header(LAST_EVENT_ID, value);
        }
        let mut tokens = self.fresh().await?;
        let mut response = http.open(call.clone().bearer(&tokens.auth_token)).await?;
        if response.status() == StatusCode::UNAUTHORIZED {
            tokens = self.renewed(tokens).await?;
            response = http.open(call.bearer(&tokens.auth_token)).await?;
        }
        if response.status() != StatusCode::OK {
            return Err(if response.status().is_success() {
                PortalError::Changed { what: "events" }
            } else {
                http.status_failure(response.status(), response.headers(), None)
            });
        }
        if !is_event_stream(&response) {
            return Err(PortalError::NotAPortal);
        }
        let life = (tokens.expires_at - self.portal().now()).to_std().unwrap_or(Duration::ZERO);
        let body = response.bytes_stream().map(|piece| piece.map_err(|e| failure(&e)));
        Ok(listen(body.boxed(), Instant::now() + life, http.config.timeouts.silence))
    }
}

fn is_event_stream(response: &Response) -> bool {
    let mime = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    mime.is_some_and(|mime| {
        let mime = mime.split(';').next().unwrap_or_default();
        mime.trim().eq_ignore_ascii_case("text/event-stream")
    })
}

/// An identity that can go into a header.
fn sendable(id: &str) -> Option<&str> {
    let plain = id.bytes().all(|b| b.is_ascii_graphic());
    (plain && !id.is_empty() && id.len() <= LONGEST_ID).then_some(id)
}

type Body = BoxStream<'static, Result<Bytes, PortalError>>;

/// What is being listened to.
struct Listening {
    body: Body,
    decoder: SseDecoder,
    piece: Bytes,
    ends: Instant,
    silence: Duration,
    failed: bool,
}

fn listen(body: Body, ends: Instant, silence: Duration) -> Events {
    let most = NonZeroUsize::new(LARGEST_EVENT).unwrap_or(NonZeroUsize::MIN);
    let decoder = SseDecoder::with_limit(most);
    let start = Listening { body, decoder, piece: Bytes::new(), ends, silence, failed: false };
    stream::unfold(start, |mut listening| async move {
        let next = listening.next().await?;
        listening.failed = next.is_err();
        Some((next, listening))
    })
    .boxed()
}

impl Listening {
    async fn next(&mut self) -> Option<Result<PortalEvent, PortalError>> {
        if self.failed {
            return None;
        }
        loop {
            match self.decoder.next(&mut self.piece) {
                // Other kinds of events may come one day; they are none of ours.
                Some(Ok(SseEvent::Message(message))) if message.event == "changed" => {
                    return Some(Ok(event(&message)));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) => {
                    return Some(Err(PortalError::TooLarge { limit: LARGEST_EVENT as u64 }));
                }
                None => match self.more().await? {
                    Ok(piece) => self.piece = piece,
                    Err(error) => return Some(Err(error)),
                },
            }
        }
    }

    /// The next bytes; `None` at the end of the body or of the token.
    async fn more(&mut self) -> Option<Result<Bytes, PortalError>> {
        tokio::select! {
            biased;
            () = sleep_until(self.ends) => None,
            piece = timeout(self.silence, self.body.next()) => match piece {
                Ok(piece) => piece,
                Err(_) => Some(Err(PortalError::TimedOut)),
            },
        }
    }
}

fn event(message: &MessageEvent) -> PortalEvent {
    let data: Option<Value> = serde_json::from_str(&message.data).ok();
    let what = data.as_ref().and_then(|data| data.get("what")).and_then(Value::as_str);
    PortalEvent {
        id: message.last_event_id.as_deref().and_then(sendable).map(str::to_owned),
        what: match what {
            Some("timeline") => Changed::Timeline,
            Some("messages") => Changed::Messages,
            Some("planning") => Changed::Planning,
            Some("location") => Changed::Location,
            Some("family") => Changed::Family,
            _ => Changed::Other,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOUR: Duration = Duration::from_hours(1);

    /// Events out of these pieces, and what comes after them.
    fn out_of(pieces: Vec<Result<Bytes, PortalError>>) -> Events {
        listen(stream::iter(pieces).boxed(), Instant::now() + HOUR, HOUR)
    }

    fn pieces(text: &'static str, size: usize) -> Vec<Result<Bytes, PortalError>> {
        text.as_bytes().chunks(size).map(|piece| Ok(Bytes::from_static(piece))).collect()
    }

    fn changed(id: &str, what: Changed) -> PortalEvent {
        PortalEvent { id: Some(id.to_owned()), what }
    }

    #[tokio::test]
    async fn events_are_read_however_they_are_cut() {
        let text = "\u{feff}: hello\n\nid: 17\nevent: changed\ndata: {\"what\": \"timeline\"}\n\n\
            : still here\n\nid: 18\r\nevent: changed\r\ndata: {\"what\":\r\ndata: \"messages\"}\r\n\r\n\
            id: 19\nevent: later\ndata: {}\n\nevent: changed\ndata: x\n\nid: 20\nevent: changed\n";
        for size in [1, 2, 3, 7, 1000] {
            let events: Vec<_> = out_of(pieces(text, size)).collect().await;
            let expected = [
                Ok(changed("17", Changed::Timeline)),
                Ok(changed("18", Changed::Messages)),
                Ok(changed("19", Changed::Other)),
            ];
            assert_eq!(events, expected, "pieces of {size}");
        }
    }

    #[tokio::test]
    async fn an_event_larger_than_any_ends_it() {
        for start in ["data: ", "event: ", "id: "] {
            let mut flood = vec![Ok(Bytes::from(start))];
            flood.extend((0..100).map(|_| Ok(Bytes::from("x".repeat(1000)))));
            let events: Vec<_> = out_of(flood).collect().await;
            let limit = LARGEST_EVENT as u64;
            assert_eq!(events, [Err(PortalError::TooLarge { limit })], "{start}");
        }
        // A comment is not kept at all.
        let comment = vec![Ok(Bytes::from(":".repeat(1 << 20)))];
        assert_eq!(out_of(comment).collect::<Vec<_>>().await, []);
    }

    #[tokio::test]
    async fn it_ends_with_its_token_and_says_when_it_is_cut_off_or_silent() {
        let silent = || stream::pending().boxed();
        let over = listen(silent(), Instant::now(), HOUR);
        assert_eq!(over.collect::<Vec<_>>().await, []);
        let silence = listen(silent(), Instant::now() + HOUR, Duration::ZERO);
        assert_eq!(silence.collect::<Vec<_>>().await, [Err(PortalError::TimedOut)]);
        let cut = vec![Ok(Bytes::from("id: 1")), Err(PortalError::Truncated)];
        assert_eq!(out_of(cut).collect::<Vec<_>>().await, [Err(PortalError::Truncated)]);
    }

    #[test]
    fn only_an_identity_that_fits_a_header_is_sent_back() {
        assert_eq!(sendable("17"), Some("17"));
        for id in ["", "a b", "a\nb", "é", &"1".repeat(201)] {
            assert_eq!(sendable(id), None, "{id:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_to_their_end(
            bytes in prop::collection::vec(any::<u8>(), 0..2000), size in 1_usize..64,
        ) {
            let pieces: Vec<_> =
                bytes.chunks(size).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
            let events: Vec<_> = runtime.block_on(async { out_of(pieces).collect().await });
            prop_assert!(events.len() <= bytes.len());
        }
    }
}
