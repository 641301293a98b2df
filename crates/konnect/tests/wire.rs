//! Every call as it goes over the wire: what is sent, and what is never sent.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod peer;

use chrono::TimeDelta;
use peer::{answer, app_tokens, granted, noon, ok, portal_at, session};
use schriftje_konnect::{SignInStyle, Tokens};
use schriftje_model::PhotoId;
use secrecy::SecretString;
use serde_json::{Value, json};
use wiremock::matchers::{any, path, path_regex};
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
        let mut body: Value = serde_json::from_slice(&request.body).unwrap();
        if let Some(device) = body.get_mut("deviceInfo") {
            device["platform"] = json!("{os}");
            device["version"] = json!("{version}");
        }
        lines.push(String::new());
        lines.push(sorted(&body).to_string());
    }
    lines.join("\n")
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
    Mock::given(path_regex("cards")).respond_with(ok(&json!([]))).mount(&server).await;
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
