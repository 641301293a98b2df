//! Every call as it goes over the wire: what is sent, and what is never sent.

use crate::peer::{answer, app_tokens, granted, noon, ok, portal_at, session};
use chrono::TimeDelta;
use schriftje_konnect::{NewEntry, NewMessage, SignInStyle, Tokens};
use schriftje_model::PhotoId;
use secrecy::SecretString;
use serde_json::{Value, json};
use uuid::Uuid;
use wiremock::matchers::{any, method, path, path_regex};
use wiremock::{Mock, MockServer, Request};

/// Requests as text: method, path, headers in order of their names, body.
async fn sent(server: &MockServer) -> String {
    let requests = server.received_requests().await.unwrap();
    requests.iter().map(|request| text(request, &server.uri())).collect::<Vec<_>>().join("\n---\n")
}

fn text(request: &Request, uri: &str) -> String {
    let query = request.url.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut headers: Vec<_> = request
        .headers
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "host" | "content-length"))
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap().replace(uri, "{base}")))
        .collect();
    headers.sort();
    let mut lines = vec![format!("{} {}{query}", request.method, request.url.path())];
    lines.extend(headers);
    if !request.body.is_empty() {
        lines.push(String::new());
        lines.push(body(&request.body));
    }
    lines.join("\n")
}

fn body(bytes: &[u8]) -> String {
    let Ok(mut body) = serde_json::from_slice::<Value>(bytes) else {
        return format!("{} bytes", bytes.len());
    };
    if let Some(device) = body.get_mut("deviceInfo") {
        device["platform"] = json!("{os}");
        device["version"] = json!("{version}");
    }
    sorted(&body).to_string()
}

/// The same object with its fields in order of their names.
fn sorted(value: &Value) -> Value {
    let Value::Object(fields) = value else { return value.clone() };
    let fields: std::collections::BTreeMap<_, _> =
        fields.iter().map(|(name, value)| (name.clone(), sorted(value))).collect();
    fields.into_iter().collect::<serde_json::Map<_, _>>().into()
}

async fn signed_in(style: SignInStyle) -> String {
    let server = MockServer::start().await;
    Mock::given(path("/auth-api/captcha"))
        .respond_with(ok(&json!({"result": true, "payload": {"blockedUntil": null}})))
        .mount(&server)
        .await;
    let grant = granted("new", noon() + TimeDelta::minutes(15));
    Mock::given(path("/auth-api/login")).respond_with(ok(&grant)).mount(&server).await;
    let password = SecretString::from("geheim".to_owned());
    portal_at(&server.uri()).sign_in("sanne", &password, style).await.unwrap();
    sent(&server).await
}

#[tokio::test]
async fn signing_in_as_the_app_does() {
    insta::assert_snapshot!(signed_in(SignInStyle::App).await);
}

#[tokio::test]
async fn signing_in_as_a_browser_does() {
    insta::assert_snapshot!(signed_in(SignInStyle::Browser).await);
}

async fn renewed(tokens: Tokens) -> String {
    let server = MockServer::start().await;
    let grant = granted("new", noon() + TimeDelta::minutes(15));
    Mock::given(path("/auth-api/token")).respond_with(ok(&grant)).mount(&server).await;
    let _ = session(portal_at(&server.uri()), tokens).counters().await;
    let sent = sent(&server).await;
    sent.split("\n---\n").next().unwrap().to_owned()
}

#[tokio::test]
async fn renewing_as_the_app_does() {
    insta::assert_snapshot!(renewed(app_tokens("old", 0)).await);
}

#[tokio::test]
async fn renewing_as_a_browser_does() {
    let tokens = Tokens {
        refresh_token: None,
        cookie: Some("cookie-old".to_owned().into()),
        ..app_tokens("old", 0)
    };
    insta::assert_snapshot!(renewed(tokens).await);
}

#[tokio::test]
async fn reading_the_account() {
    let server = MockServer::start().await;
    Mock::given(path_regex("children"))
        .respond_with(ok(&json!({"activeChildren": []})))
        .mount(&server)
        .await;
    Mock::given(path_regex("cards|overview")).respond_with(ok(&json!([]))).mount(&server).await;
    let exchange = ok(&json!({"messages": []}));
    Mock::given(path_regex("details")).respond_with(exchange).mount(&server).await;
    Mock::given(any())
        .respond_with(ok(&json!({"result": true, "payload": {}})))
        .mount(&server)
        .await;
    let session = session(portal_at(&server.uri()), app_tokens("a", 15));
    session.children().await.unwrap();
    session.parent().await.unwrap();
    session.organisation().await.unwrap();
    session.counters().await.unwrap();
    session.timeline_page(0).await.unwrap();
    session.timeline_page(120).await.unwrap();
    session.conversations_page(20).await.unwrap();
    session.conversation(&"k1".into()).await.unwrap();
    insta::assert_snapshot!(sent(&server).await);
}

#[tokio::test]
async fn asking_for_what_is_our_own() {
    let server = MockServer::start().await;
    let media = json!({"media": [{"id": "p2", "saveable": false, "reason": "Nee"}]});
    Mock::given(path("/parent-api/v1/media")).respond_with(ok(&media)).mount(&server).await;
    Mock::given(any()).respond_with(answer(404, noon())).mount(&server).await;
    let session = session(portal_at(&server.uri()), app_tokens("a", 15));
    session.portal().capabilities().await.unwrap();
    session.portal().sign_in_page_links().await.unwrap_err();
    let answers = session.media_saveable(&[PhotoId("p1".into()), PhotoId("p2".into())]).await;
    insta::assert_debug_snapshot!("saveable", answers.unwrap());
    insta::assert_snapshot!(sent(&server).await);
}

#[tokio::test]
async fn writing() {
    let server = MockServer::start().await;
    let answers = json!({"conversationId": "k7", "writtenAt": 1, "journalId": "j1"});
    let created = answer(201, noon()).set_body_json(answers);
    Mock::given(method("POST")).respond_with(created).mount(&server).await;
    Mock::given(method("PUT")).respond_with(answer(204, noon())).mount(&server).await;
    // A browser's cookie stays where it belongs: with the renewal alone.
    let tokens = Tokens { cookie: Some("cookie-a".to_owned().into()), ..app_tokens("a", 15) };
    let session = session(portal_at(&server.uri()), tokens);
    let key = Uuid::from_u128(0xabc);
    let message = NewMessage {
        child: "c1".into(),
        group: None,
        subject: "Ophalen".into(),
        text: "Oma komt.".into(),
        uploads: vec!["u1".into()],
    };
    session.send_message(key, &message).await.unwrap();
    session.send_reply(key, &"k7".into(), "Goed.", &[]).await.unwrap();
    session.mark_read(&"k7".into()).await.unwrap();
    let entry = NewEntry {
        children: vec!["c1".into()],
        day: "2026-10-13".parse().unwrap(),
        text: "Zwemmen!".into(),
        uploads: Vec::new(),
    };
    session.write_diary(key, &entry).await.unwrap();
    insta::assert_snapshot!(sent(&server).await);
}

#[tokio::test]
async fn uploading() {
    let server = MockServer::start().await;
    let created = answer(201, noon()).insert_header("location", "/parent-api/v1/uploads/u1");
    Mock::given(method("POST")).respond_with(created).mount(&server).await;
    let there = answer(204, noon()).insert_header("upload-offset", "3");
    Mock::given(any()).respond_with(there).mount(&server).await;
    let session = session(portal_at(&server.uri()), app_tokens("a", 15));
    let key = Uuid::from_u128(0xabc);
    let upload = session.create_upload(key, 3, "image/jpeg", "strand.jpg").await.unwrap();
    session.upload_offset(&upload).await.unwrap();
    session.upload_piece(&upload, 0, "abc".into()).await.unwrap();
    session.drop_upload(&upload).await.unwrap();
    insta::assert_snapshot!(sent(&server).await);
}

#[tokio::test]
async fn listening_and_asking_what_conversations_are_about() {
    let server = MockServer::start().await;
    let stream = answer(200, noon()).set_body_raw(": hello\n\n", "text/event-stream");
    Mock::given(path("/parent-api/v1/events")).respond_with(stream).mount(&server).await;
    let about = ok(&json!({"conversations": []}));
    Mock::given(path("/parent-api/v1/messages/about")).respond_with(about).mount(&server).await;
    let session = session(portal_at(&server.uri()), app_tokens("a", 15));
    drop(session.events(Some("17".into())).await.unwrap());
    session.conversations_about(&["k1".into(), "k2".into()]).await.unwrap();
    insta::assert_snapshot!(sent(&server).await);
}

#[tokio::test]
async fn a_plain_portal_is_asked_for_nothing_invented_but_its_capabilities() {
    let server = MockServer::start().await;
    Mock::given(path("/auth-api/captcha"))
        .respond_with(ok(&json!({"result": true, "payload": {"blockedUntil": null}})))
        .mount(&server)
        .await;
    let grant = granted("new", noon() + TimeDelta::minutes(15));
    Mock::given(path_regex("auth-api/(login|token)")).respond_with(ok(&grant)).mount(&server).await;
    // A web app that answers every other path with its page.
    let page = answer(200, noon()).set_body_raw("<!doctype html>", "text/html");
    Mock::given(any()).respond_with(page).mount(&server).await;
    let portal = portal_at(&server.uri());
    let offered = portal.capabilities().await.unwrap();
    assert!(offered.is_plain());
    assert!(!offered.offers_messages() && !offered.offers_diary());
    assert!(!offered.offers_uploads() && !offered.offers_events());
    portal.sign_in("sanne", &"geheim".to_owned().into(), SignInStyle::App).await.unwrap();
    let session = session(portal, app_tokens("a", 0));
    session.children().await.unwrap_err();
    session.timeline_page(0).await.unwrap_err();
    session.conversations_page(0).await.unwrap_err();
    session.conversation(&"k1".into()).await.unwrap_err();
    session.counters().await.unwrap_err();
    let requests = server.received_requests().await.unwrap();
    let invented: Vec<_> =
        requests.iter().filter(|r| r.url.path().starts_with("/parent-api")).collect();
    assert_eq!(invented.len(), 1);
    assert_eq!(invented[0].url.path(), "/parent-api/v1/capabilities");
    for secret in ["authorization", "cookie"] {
        assert!(!invented[0].headers.contains_key(secret), "{secret}");
    }
}
