//! Changes are told as they happen, and a line that broke goes on where it was.

use crate::peer::{answer, app_tokens, asked, granted, noon, ok, portal_at, raw, session};
use chrono::TimeDelta;
use futures::StreamExt;
use schriftje_konnect::{Changed, PortalError, PortalEvent, Session};
use serde_json::json;
use wiremock::matchers::{any, header, header_exists, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const EVENTS: &str = "/parent-api/v1/events";
const FIRST: &str = ": hello\n\nid: 17\nevent: changed\ndata: {\"what\": \"timeline\"}\n\n";
const THEN: &str = "id: 18\nevent: changed\ndata: {\"what\": \"messages\"}\n\n";

fn at(uri: &str) -> Session {
    session(portal_at(uri), app_tokens("a", 15))
}

fn stream(text: &str) -> ResponseTemplate {
    answer(200, noon()).set_body_raw(text, "text/event-stream; charset=utf-8")
}

async fn all(session: &Session, last: Option<&str>) -> Vec<Result<PortalEvent, PortalError>> {
    session.events(last.map(str::to_owned)).await.unwrap().collect().await
}

fn changed(id: &str, what: Changed) -> PortalEvent {
    PortalEvent { id: Some(id.to_owned()), what }
}

#[tokio::test]
async fn it_goes_on_after_the_last_event() {
    let server = MockServer::start().await;
    Mock::given(path(EVENTS))
        .and(header("last-event-id", "17"))
        .and(header("accept", "text/event-stream"))
        .respond_with(stream(THEN))
        .mount(&server)
        .await;
    let anew = stream(FIRST);
    Mock::given(path(EVENTS)).respond_with(anew).up_to_n_times(2).mount(&server).await;
    let session = at(&server.uri());
    let first = all(&session, None).await;
    assert_eq!(first, [Ok(changed("17", Changed::Timeline))]);
    let id = first[0].clone().unwrap().id;
    assert_eq!(all(&session, id.as_deref()).await, [Ok(changed("18", Changed::Messages))]);
    // An identity that is none is not sent.
    assert_eq!(all(&session, Some("1\r\nx: y")).await.len(), 1);
    let requests = server.received_requests().await.unwrap();
    assert!(!requests[2].headers.contains_key("last-event-id"));
    assert!(!requests[0].headers.contains_key("cookie"));
}

#[tokio::test]
async fn a_line_that_broke_says_so() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\
        transfer-encoding: chunked\r\n\r\n";
    let cut = b"3e\r\nid: 17\nevent: changed\ndata: {\"what\": \"timeline\"}\n\nid: 18\nda";
    let session = at(&raw(head, cut).await);
    let expected = [Ok(changed("17", Changed::Timeline)), Err(PortalError::Truncated)];
    assert_eq!(all(&session, None).await, expected);
}

#[tokio::test]
async fn a_401_renews_once() {
    let server = MockServer::start().await;
    let grant = granted("new", noon() + TimeDelta::minutes(15));
    Mock::given(path("/auth-api/token")).respond_with(ok(&grant)).mount(&server).await;
    Mock::given(path(EVENTS))
        .and(header("authorization", "Bearer auth-new"))
        .respond_with(stream(FIRST))
        .mount(&server)
        .await;
    Mock::given(path(EVENTS)).respond_with(answer(401, noon())).mount(&server).await;
    let session = session(portal_at(&server.uri()), app_tokens("old", 10));
    assert_eq!(all(&session, None).await.len(), 1);
    assert_eq!(asked(&server, EVENTS).await, 2);
}

#[tokio::test]
async fn anything_but_events_is_said_to_be_so() {
    let down = PortalError::Server { status: 503, retry_after: None };
    for (template, expected) in [
        (answer(503, noon()), down),
        (answer(204, noon()), PortalError::Changed { what: "events" }),
        (answer(404, noon()), PortalError::Refused { status: 404, message_code: None }),
        (ok(&json!({})), PortalError::NotAPortal),
        (answer(200, noon()).set_body_raw("<html>", "text/html"), PortalError::NotAPortal),
        (answer(302, noon()).insert_header("location", "/moved"), PortalError::Redirected),
    ] {
        let server = MockServer::start().await;
        Mock::given(any())
            .and(header_exists("authorization"))
            .respond_with(template)
            .mount(&server)
            .await;
        let failed = at(&server.uri()).events(None).await.err();
        assert_eq!(failed, Some(expected));
        assert_eq!(asked(&server, "/moved").await, 0);
    }
}
