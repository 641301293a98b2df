//! Writing: done once, refused in the portal's own words, and never taken for more certain than it is.

use crate::peer::{answer, app_tokens, asked, config, granted, noon, ok, portal_at, raw, session};
use chrono::TimeDelta;
use schriftje_konnect::{
    AboutConversation, NewEntry, NewMessage, Portal, PortalAddress, PortalError, SentMessage,
    Session, Timeouts, WriteError,
};
use schriftje_model::{ConversationId, TestClock};
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;
use wiremock::matchers::{any, header, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

const MESSAGES: &str = "/parent-api/v1/messages";
const TOKEN: &str = "/auth-api/token";
const KEY: Uuid = Uuid::from_u128(0xabc);
const SENT: &[u8] = br#"{"conversationId":"k7","writtenAt":1791872100000}"#;

fn at(uri: &str) -> Session {
    session(portal_at(uri), app_tokens("a", 15))
}

fn message() -> NewMessage {
    NewMessage {
        child: "c1".into(),
        group: Some("Hamsters".into()),
        subject: "Ophalen".into(),
        text: "Oma komt.\n\n<b>Om vier uur</b>".into(),
        uploads: Vec::new(),
    }
}

fn done(status: u16, body: &[u8]) -> ResponseTemplate {
    answer(status, noon()).set_body_raw(body, "application/json")
}

fn problem(status: u16, body: &Value) -> ResponseTemplate {
    answer(status, noon()).set_body_raw(body.to_string(), "application/problem+json")
}

async fn says(template: ResponseTemplate) -> (MockServer, Session) {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(template).mount(&server).await;
    let session = at(&server.uri());
    (server, session)
}

async fn failure(template: ResponseTemplate) -> WriteError {
    let (_server, session) = says(template).await;
    session.send_message(KEY, &message()).await.unwrap_err()
}

#[tokio::test]
async fn a_message_that_was_sent_says_where_it_stands() {
    let wrapped = [br#"{"result":true,"payload":"#, SENT, b"}"].concat();
    for body in [SENT.to_vec(), wrapped] {
        let (_server, session) = says(done(201, &body)).await;
        let sent = session.send_message(KEY, &message()).await.unwrap();
        let written_at = "2026-10-13T06:15:00Z".parse().ok();
        assert_eq!(sent, SentMessage { conversation: "k7".into(), written_at });
    }
}

#[tokio::test]
async fn a_reply_stands_in_its_conversation_whatever_the_portal_leaves_out() {
    let (_server, session) = says(done(201, b"{}")).await;
    let sent = session.send_reply(KEY, &"k1".into(), "Goed.", &[]).await.unwrap();
    assert_eq!(sent, SentMessage { conversation: "k1".into(), written_at: None });
}

#[tokio::test]
async fn a_refusal_comes_in_the_portals_own_words() {
    let said = json!({
        "type": "about:blank", "title": "Conflict", "status": 409, "code": "conversation-closed",
        "detail": "Dit gesprek is\u{202e} gesloten.\u{7}",
    });
    for status in [400, 403, 404, 409, 413, 415, 422] {
        let error = failure(problem(status, &said)).await;
        assert!(error.is_certain_not_done());
        let code = Some("conversation-closed".to_owned());
        let detail = Some("Dit gesprek is gesloten.".to_owned());
        assert_eq!(error, WriteError::Refused { status, code, detail });
    }
    // Long words are cut, and a page of something in between has none.
    let long = json!({"code": "x".repeat(5000), "detail": "y".repeat(5000)});
    let WriteError::Refused { code, detail, .. } = failure(problem(422, &long)).await else {
        panic!("no refusal");
    };
    assert_eq!((code.unwrap().len(), detail.unwrap().len()), (100, 300));
    let page = answer(403, noon()).set_body_raw("<html>Blocked</html>", "text/html");
    let bare = WriteError::Refused { status: 403, code: None, detail: None };
    assert_eq!(failure(page).await, bare);
    let envelope = json!({"result": false, "messages": [{"messageCode": "web.no"}]});
    let code = Some("web.no".to_owned());
    let refused = WriteError::Refused { status: 200, code, detail: None };
    assert_eq!(failure(done(200, envelope.to_string().as_bytes())).await, refused);
}

#[tokio::test]
async fn what_may_have_been_done_is_never_called_certain() {
    for (template, expected) in [
        (done(201, b"{\"conversationId\": \"k7\""), PortalError::Truncated),
        (done(201, b""), PortalError::Truncated),
        (done(201, b"{}"), PortalError::Changed { what: "messages" }),
        (done(201, br#"{"conversationId":"../x"}"#), PortalError::Changed { what: "messages" }),
        (answer(200, noon()).set_body_raw("<html>", "text/html"), PortalError::NotAPortal),
        (answer(408, noon()), PortalError::TimedOut),
        (answer(500, noon()), PortalError::Server { status: 500, retry_after: None }),
        (answer(503, noon()), PortalError::Server { status: 503, retry_after: None }),
    ] {
        let error = failure(template).await;
        assert!(!error.is_certain_not_done(), "{error:?}");
        assert_eq!(error, WriteError::Portal(expected));
    }
    let cut = at(&raw("", b"").await).send_message(KEY, &message()).await.unwrap_err();
    assert_eq!(cut, WriteError::Portal(PortalError::Truncated));
    assert!(!cut.is_certain_not_done());
    for code in ["idempotency-key-in-use", "idempotency-key-reused"] {
        let error = failure(problem(409, &json!({"code": code}))).await;
        assert!(!error.is_certain_not_done(), "{code}");
    }
}

#[tokio::test]
async fn a_portal_that_takes_too_long_may_have_done_it() {
    let server = MockServer::start().await;
    let slow = done(201, SENT).set_delay(Duration::from_hours(1));
    Mock::given(any()).respond_with(slow).mount(&server).await;
    let mut config = config(&TestClock::at(noon()));
    config.timeouts = Timeouts { call: Duration::from_millis(50), ..Timeouts::default() };
    let portal = Portal::new(PortalAddress::parse(&server.uri()).unwrap(), config).unwrap();
    let session = session(portal, app_tokens("a", 15));
    let error = session.send_message(KEY, &message()).await.unwrap_err();
    assert_eq!(error, WriteError::Portal(PortalError::TimedOut));
    assert!(!error.is_certain_not_done());
}

#[tokio::test]
async fn without_a_connection_or_a_turn_it_was_certainly_not_done() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let uri = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let offline = at(&uri).send_message(KEY, &message()).await.unwrap_err();
    assert_eq!(offline, WriteError::Portal(PortalError::Offline));
    let busy = failure(answer(429, noon()).insert_header("retry-after", "30")).await;
    let retry_after = Some(Duration::from_secs(30));
    assert_eq!(busy, WriteError::Portal(PortalError::TooManyRequests { retry_after }));
    assert!(offline.is_certain_not_done() && busy.is_certain_not_done());
}

#[tokio::test]
async fn a_401_renews_once_and_sends_the_same_again() {
    let server = MockServer::start().await;
    let grant = granted("new", noon() + TimeDelta::minutes(15));
    Mock::given(path(TOKEN)).respond_with(ok(&grant)).mount(&server).await;
    Mock::given(path(MESSAGES))
        .and(header("authorization", "Bearer auth-new"))
        .respond_with(done(201, SENT))
        .mount(&server)
        .await;
    Mock::given(path(MESSAGES)).respond_with(answer(401, noon())).mount(&server).await;
    let session = session(portal_at(&server.uri()), app_tokens("old", 10));
    session.send_message(KEY, &message()).await.unwrap();
    let requests = server.received_requests().await.unwrap();
    let writes: Vec<_> = requests.iter().filter(|r| r.url.path() == MESSAGES).collect();
    let said = |r: &Request| (r.headers["idempotency-key"].clone(), r.body.clone());
    assert_eq!(writes.len(), 2);
    assert_eq!(said(writes[0]), said(writes[1]));
}

#[tokio::test]
async fn a_session_that_cannot_be_renewed_has_sent_nothing() {
    for (status, expected) in [
        (401, PortalError::Unauthorized),
        (503, PortalError::TooManyRequests { retry_after: None }),
    ] {
        let server = MockServer::start().await;
        Mock::given(path(TOKEN)).respond_with(answer(status, noon())).mount(&server).await;
        let session = session(portal_at(&server.uri()), app_tokens("old", 0));
        let error = session.send_message(KEY, &message()).await.unwrap_err();
        assert_eq!(error, WriteError::Portal(expected));
        assert!(error.is_certain_not_done());
        assert_eq!(asked(&server, MESSAGES).await, 0);
    }
}

#[tokio::test]
async fn a_write_goes_where_it_was_sent_and_nowhere_else() {
    for status in [301, 302, 303, 307, 308] {
        let moved = answer(status, noon()).insert_header("location", "/elsewhere");
        let (server, session) = says(moved).await;
        let error = session.send_message(KEY, &message()).await.unwrap_err();
        assert_eq!(error, WriteError::Portal(PortalError::Redirected));
        assert!(!error.is_certain_not_done());
        assert_eq!(asked(&server, "/elsewhere").await, 0);
    }
    let (server, session) = says(done(201, SENT)).await;
    let elsewhere: ConversationId = "../diary".into();
    let unknown = WriteError::Refused { status: 404, code: None, detail: None };
    let reply = session.send_reply(KEY, &elsewhere, "Dag", &[]).await;
    assert_eq!(reply, Err(unknown.clone()));
    assert_eq!(session.mark_read(&elsewhere).await, Err(unknown));
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_entry_gets_its_identity_at_the_portal() {
    let entry = NewEntry {
        children: vec!["c1".into(), "c2".into()],
        day: "2026-10-13".parse().unwrap(),
        text: String::new(),
        uploads: vec!["u1".into()],
    };
    let (_server, session) = says(done(201, br#"{"journalId":81}"#)).await;
    assert_eq!(session.write_diary(KEY, &entry).await, Ok("81".into()));
    let (_server, session) = says(done(201, br#"{"journal":81}"#)).await;
    let changed = WriteError::Portal(PortalError::Changed { what: "diary" });
    assert_eq!(session.write_diary(KEY, &entry).await, Err(changed));
}

#[tokio::test]
async fn what_the_list_leaves_out_is_asked_for_fifty_at_once() {
    let server = MockServer::start().await;
    let told = json!({"conversations": [
        {"id": "k1", "childIds": ["c1", 2, "a/b"], "group": "Hamsters", "lastAuthor": "Juf Anne",
         "closed": true},
        {"id": "k2", "childIds": null, "group": null, "lastAuthor": 7, "more": 1},
        {"id": "another-family", "childIds": ["c9"]},
        "nonsense",
    ]});
    Mock::given(path("/parent-api/v1/messages/about"))
        .and(wiremock::matchers::query_param("ids", "k1,k2"))
        .respond_with(ok(&told))
        .mount(&server)
        .await;
    Mock::given(path("/parent-api/v1/messages/about"))
        .respond_with(ok(&json!({"conversations": []})))
        .mount(&server)
        .await;
    let session = at(&server.uri());
    let about = session.conversations_about(&["k1".into(), "..".into(), "k2".into()]).await;
    let k1 = AboutConversation {
        id: "k1".into(),
        children: vec!["c1".into(), "2".into()],
        group: Some("Hamsters".into()),
        last_author: Some("Juf Anne".into()),
        closed: true,
    };
    let k2 = AboutConversation {
        id: "k2".into(),
        children: Vec::new(),
        group: None,
        last_author: None,
        closed: false,
    };
    assert_eq!(about, Ok(vec![k1, k2]));
    let many: Vec<ConversationId> = (0..120).map(|n| format!("n{n}").into()).collect();
    assert_eq!(session.conversations_about(&many).await, Ok(Vec::new()));
    assert_eq!(asked(&server, "/parent-api/v1/messages/about").await, 4);
    let (_server, session) = {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(ok(&json!([]))).mount(&server).await;
        let session = at(&server.uri());
        (server, session)
    };
    let changed = PortalError::Changed { what: "messages.about" };
    assert_eq!(session.conversations_about(&["k1".into()]).await, Err(changed));
}
