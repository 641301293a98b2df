//! Signing in tells a parent what is wrong, and sends the password no more often than once.

use crate::peer::{answer, asked, granted, noon, ok, portal_at};
use chrono::TimeDelta;
use schriftje_konnect::{PortalError, SignInError, SignInStyle, Tokens};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const CAPTCHA: &str = "/auth-api/captcha";
const LOGIN: &str = "/auth-api/login";

async fn captcha(server: &MockServer, blocked_until: Value, times: u64) {
    let open = json!({"result": true, "payload": {"blockedUntil": blocked_until}});
    Mock::given(method("GET"))
        .and(path(CAPTCHA))
        .respond_with(ok(&open))
        .up_to_n_times(times)
        .mount(server)
        .await;
}

async fn login(server: &MockServer, answer: ResponseTemplate) {
    Mock::given(method("PUT")).and(path(LOGIN)).respond_with(answer).mount(server).await;
}

async fn sign_in(server: &MockServer) -> Result<Tokens, SignInError> {
    let password = SecretString::from("geheim".to_owned());
    portal_at(&server.uri()).sign_in(" sanne ", &password, SignInStyle::App).await
}

fn refusal(code: Option<&str>) -> Value {
    match code {
        Some(code) => {
            json!({"result": false, "payload": null, "messages": [{"messageCode": code}]})
        }
        None => json!({"result": false, "payload": null, "messages": []}),
    }
}

#[tokio::test]
async fn the_right_password_gives_tokens() {
    let server = MockServer::start().await;
    captcha(&server, Value::Null, 9).await;
    login(&server, ok(&granted("new", noon() + TimeDelta::minutes(15)))).await;
    let tokens = sign_in(&server).await.unwrap();
    assert_eq!(tokens.auth_token.expose_secret(), "auth-new");
    assert_eq!(tokens.expires_at, noon() + TimeDelta::minutes(15));
    assert_eq!(tokens.username, "sanne");
    assert_eq!((asked(&server, CAPTCHA).await, asked(&server, LOGIN).await), (1, 1));
    let shown = format!("{tokens:?}{:?}", tokens.to_stored());
    assert!(!shown.contains("auth-new") && !shown.contains("sanne"), "{shown}");
}

#[tokio::test]
async fn a_bare_answer_with_the_end_as_text_is_as_good() {
    let server = MockServer::start().await;
    captcha(&server, Value::Null, 9).await;
    let bare = json!({"authToken": "auth-new", "expiration": "2026-03-14T12:20:00+01:00"});
    login(&server, ok(&bare)).await;
    let tokens = sign_in(&server).await.unwrap();
    assert_eq!(tokens.expires_at, noon() + TimeDelta::minutes(20));
    assert!(tokens.refresh_token.is_none());
}

#[tokio::test]
async fn a_wrong_password_is_told_and_sent_once() {
    for refused in [
        ok(&refusal(None)),
        ok(&refusal(Some("web.auth.message.login.failed"))),
        answer(401, noon()),
        answer(401, noon()).set_body_json(refusal(Some("web.something"))),
        answer(400, noon()).set_body_json(refusal(Some("web.password.wrong"))),
    ] {
        let server = MockServer::start().await;
        captcha(&server, Value::Null, 9).await;
        login(&server, refused).await;
        let error = sign_in(&server).await.unwrap_err();
        assert!(matches!(error, SignInError::WrongPassword { .. }), "{error:?}");
        assert_eq!((asked(&server, CAPTCHA).await, asked(&server, LOGIN).await), (2, 1));
    }
}

#[tokio::test]
async fn the_refusal_that_locks_the_account_says_until_when() {
    let server = MockServer::start().await;
    captcha(&server, Value::Null, 1).await;
    let until = noon() + TimeDelta::minutes(15);
    captcha(&server, json!(until.timestamp_millis()), 9).await;
    login(&server, ok(&refusal(Some("web.auth.message.login.failed")))).await;
    assert_eq!(sign_in(&server).await.unwrap_err(), SignInError::LockedOut { until: Some(until) });
}

#[tokio::test]
async fn a_locked_account_is_not_sent_a_password() {
    let until = noon() + TimeDelta::minutes(15);
    for (said, until) in [
        (json!(until.timestamp_millis()), Some(until)),
        (json!("2026-03-14T11:15:00Z"), Some(until)),
        (json!("straks"), None),
        (json!(true), None),
    ] {
        let server = MockServer::start().await;
        captcha(&server, said, 9).await;
        assert_eq!(sign_in(&server).await.unwrap_err(), SignInError::LockedOut { until });
        assert_eq!(asked(&server, LOGIN).await, 0);
    }
}

#[tokio::test]
async fn a_lock_that_has_passed_locks_nothing() {
    let server = MockServer::start().await;
    captcha(&server, json!((noon() - TimeDelta::minutes(1)).timestamp_millis()), 9).await;
    login(&server, ok(&granted("new", noon() + TimeDelta::minutes(15)))).await;
    sign_in(&server).await.unwrap();
}

#[tokio::test]
async fn a_code_nobody_knows_is_shown_as_the_portals_own() {
    let server = MockServer::start().await;
    captcha(&server, Value::Null, 9).await;
    login(&server, ok(&refusal(Some("web.auth.message.account.inactive")))).await;
    let message_code = Some("web.auth.message.account.inactive".to_owned());
    assert_eq!(sign_in(&server).await.unwrap_err(), SignInError::Refused { message_code });
}

#[tokio::test]
async fn a_forced_reset_is_told_apart() {
    let server = MockServer::start().await;
    captcha(&server, Value::Null, 9).await;
    let mut forced = granted("new", noon());
    forced["payload"]["mustResetPassword"] = json!(true);
    forced["payload"]["redirectUrl"] = json!("/auth/login");
    login(&server, ok(&forced)).await;
    assert_eq!(sign_in(&server).await.unwrap_err(), SignInError::MustResetPassword);
}

#[tokio::test]
async fn an_account_of_another_place_is_refused() {
    for (field, value, fine) in [
        ("domainServerName", json!("evil.example"), false),
        ("domainServerName", json!("127.0.0.1.evil.example"), false),
        ("domainServerName", json!(7), false),
        ("domainServerName", json!("127.0.0.1"), true),
        ("domainServerName", json!(""), true),
        ("redirectUrl", json!("https://evil.example/parent/"), false),
        ("redirectUrl", json!("//evil.example/parent/"), false),
        ("redirectUrl", json!("/employee/"), false),
        ("redirectUrl", json!("/parent/../employee"), false),
        ("redirectUrl", json!("/parent"), true),
        ("redirectUrl", json!(null), true),
    ] {
        let server = MockServer::start().await;
        captcha(&server, Value::Null, 9).await;
        let mut grant = granted("new", noon() + TimeDelta::minutes(15));
        grant["payload"][field] = value.clone();
        login(&server, ok(&grant)).await;
        match sign_in(&server).await {
            Ok(_) => assert!(fine, "{field} {value}"),
            Err(e) => assert_eq!((e, fine), (SignInError::Elsewhere, false), "{field} {value}"),
        }
    }
}

#[tokio::test]
async fn what_is_no_portal_never_gets_a_password() {
    for stranger in [
        ResponseTemplate::new(200).set_body_raw("<!doctype html><html></html>", "text/html"),
        ResponseTemplate::new(200).set_body_raw("<html>", "application/json"),
        ResponseTemplate::new(200).set_body_json(json!({"hello": "world"})),
        ResponseTemplate::new(200).set_body_json(json!([])),
        ResponseTemplate::new(200).set_body_string("OK"),
        ResponseTemplate::new(404).set_body_raw("<html>Not found</html>", "text/html"),
        ResponseTemplate::new(404).set_body_json(json!({"error": "not found"})),
        ResponseTemplate::new(403),
        ResponseTemplate::new(302).insert_header("location", "http://127.0.0.2:9/login"),
        ResponseTemplate::new(511),
    ] {
        let server = MockServer::start().await;
        Mock::given(path(CAPTCHA)).respond_with(stranger).mount(&server).await;
        let error = sign_in(&server).await.unwrap_err();
        assert_eq!(error, SignInError::Portal(PortalError::NotAPortal));
        assert_eq!(asked(&server, LOGIN).await, 0);
    }
}

#[tokio::test]
async fn a_sign_in_without_a_token_is_a_changed_portal() {
    for payload in [json!({}), json!({"authToken": 7}), json!({"authToken": "a b"}), json!([])] {
        let server = MockServer::start().await;
        captcha(&server, Value::Null, 9).await;
        login(&server, ok(&json!({"result": true, "payload": payload}))).await;
        let changed = PortalError::Changed { what: "login" };
        assert_eq!(sign_in(&server).await.unwrap_err(), SignInError::Portal(changed));
    }
}
