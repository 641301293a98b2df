//! Whatever answers, the client says what is wrong, keeps its secrets and its memory.

use crate::peer::{COUNTERS, answer, app_tokens, asked, config, noon, ok, portal_at, raw, session};
use async_trait::async_trait;
use chrono::TimeDelta;
use flate2::{Compression, write::GzEncoder};
use schriftje_konnect::{
    Capabilities, Limits, NameError, NameLookup, Portal, PortalAddress, PortalError, Session,
    Timeouts,
};
use schriftje_model::TestClock;
use serde_json::json;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

const CARDS: &str = "/restservices-parent/timeline/cards/v2/0";

fn at(uri: &str) -> Session {
    session(portal_at(uri), app_tokens("a", 15))
}

async fn says(template: ResponseTemplate) -> (MockServer, Session) {
    let server = MockServer::start().await;
    Mock::given(path(COUNTERS)).respond_with(template).mount(&server).await;
    let session = at(&server.uri());
    (server, session)
}

async fn failure(template: ResponseTemplate) -> PortalError {
    let (_server, session) = says(template).await;
    session.counters().await.unwrap_err()
}

#[tokio::test]
async fn a_web_page_in_place_of_json_is_no_portal() {
    let page = "<html><head><title>Wifi in de trein</title></head></html>";
    for template in [
        ResponseTemplate::new(200).set_body_raw(page, "text/html; charset=utf-8"),
        ResponseTemplate::new(200).set_body_raw(format!("\n {page}"), "application/json"),
        ResponseTemplate::new(403).set_body_raw(page, "text/html"),
        ResponseTemplate::new(200).set_body_string("hello"),
    ] {
        assert_eq!(failure(template).await, PortalError::NotAPortal);
    }
}

#[tokio::test]
async fn json_that_was_cut_off_says_so() {
    for cut in ["", " ", "{\"nrOfNewMessages\": 1", "[[[", "\"abc"] {
        let template = ResponseTemplate::new(200).set_body_raw(cut, "application/json");
        assert_eq!(failure(template).await, PortalError::Truncated, "{cut:?}");
    }
    let short = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n";
    let session = at(&raw(short, b"{\"nrOfNewMessages\": 1}").await);
    assert_eq!(session.counters().await, Err(PortalError::Truncated));
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let session = at(&raw(chunked, b"5\r\n{\"nrO").await);
    assert_eq!(session.counters().await, Err(PortalError::Truncated));
}

#[tokio::test]
async fn a_connection_that_dies_before_an_answer_is_a_passing_trouble() {
    let session = at(&raw("", b"").await);
    assert_eq!(session.counters().await, Err(PortalError::Truncated));
    assert!(PortalError::Truncated.is_passing());
}

#[tokio::test]
async fn wrong_types_and_other_shapes_are_a_changed_portal() {
    for json in [
        json!({"nrOfNewMessages": "many"}),
        json!({"nrOfNewMessages": -1}),
        json!([]),
        json!("x"),
        json!({"result": true, "payload": null}),
    ] {
        let error = failure(ok(&json)).await;
        assert_eq!(error, PortalError::Changed { what: "counters" }, "{json}");
    }
}

#[tokio::test]
async fn a_refusal_keeps_its_status_and_code() {
    let refusal = json!({"result": false, "messages": [{"messageCode": "web.some.code"}]});
    for status in [200, 403, 409] {
        let error = failure(answer(status, noon()).set_body_json(&refusal)).await;
        let message_code = Some("web.some.code".to_owned());
        assert_eq!(error, PortalError::Refused { status, message_code });
    }
    let error = failure(ResponseTemplate::new(404)).await;
    assert_eq!(error, PortalError::Refused { status: 404, message_code: None });
}

#[tokio::test]
async fn slow_down_is_understood_in_seconds_and_as_a_date() {
    for (said, wait) in [
        (Some("30"), Some(30)),
        (Some("Sat, 14 Mar 2026 11:02:00 GMT"), Some(120)),
        (Some("Sat, 14 Mar 2026 10:00:00 GMT"), Some(0)),
        (Some("999999999"), Some(3600)),
        (Some("soon"), None),
        (None, None),
    ] {
        let mut template = answer(429, noon());
        if let Some(said) = said {
            template = template.insert_header("retry-after", said);
        }
        let retry_after = wait.map(Duration::from_secs);
        assert_eq!(
            failure(template).await,
            PortalError::TooManyRequests { retry_after },
            "{said:?}"
        );
    }
    // By the portal's clock, not by the device's.
    let later = answer(429, noon() + TimeDelta::hours(3))
        .insert_header("retry-after", "Sat, 14 Mar 2026 14:01:00 GMT");
    let retry_after = Some(Duration::from_mins(1));
    assert_eq!(failure(later).await, PortalError::TooManyRequests { retry_after });
}

#[tokio::test]
async fn a_2_gb_answer_is_cut_off_early() {
    let limit = Limits::default().answer;
    let announced = "HTTP/1.1 200 OK\r\ncontent-length: 2147483648\r\n\r\n";
    assert_eq!(
        at(&raw(announced, b"[").await).counters().await,
        Err(PortalError::TooLarge { limit })
    );
    let endless =
        crate::peer::endless("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await;
    assert_eq!(at(&endless).counters().await, Err(PortalError::TooLarge { limit }));
}

#[tokio::test]
async fn an_answer_that_unpacks_to_too_much_is_cut_off() {
    let limit = Limits::default().answer;
    let mut zipped = GzEncoder::new(Vec::new(), Compression::fast());
    zipped.write_all(&vec![b' '; usize::try_from(limit).unwrap() + 1]).unwrap();
    let zipped = zipped.finish().unwrap();
    assert!((zipped.len() as u64) < limit / 50);
    let template = ResponseTemplate::new(200)
        .insert_header("content-encoding", "gzip")
        .set_body_raw(zipped, "application/json");
    assert_eq!(failure(template).await, PortalError::TooLarge { limit });
}

#[tokio::test]
async fn json_that_is_none_is_a_changed_portal() {
    for odd in ["[".repeat(100_000), "{\"a\": 1e999}".into(), "[1, 2,]".into(), "{a: 1}".into()] {
        let template = ResponseTemplate::new(200).set_body_raw(odd, "application/json");
        assert_eq!(failure(template).await, PortalError::Changed { what: "json" });
    }
}

#[tokio::test]
async fn a_silent_portal_takes_too_long() {
    let server = MockServer::start().await;
    let slow = ok(&json!({})).set_delay(Duration::from_hours(1));
    Mock::given(path(COUNTERS)).respond_with(slow).mount(&server).await;
    let mut config = config(&TestClock::at(noon()));
    config.timeouts = Timeouts { call: Duration::from_millis(50), ..Timeouts::default() };
    let portal = Portal::new(PortalAddress::parse(&server.uri()).unwrap(), config).unwrap();
    let session = session(portal, app_tokens("a", 15));
    assert_eq!(session.counters().await, Err(PortalError::TimedOut));
}

#[tokio::test]
async fn nobody_there_is_offline() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let uri = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(at(&uri).counters().await, Err(PortalError::Offline));
    assert_eq!(portal_at(&uri).capabilities().await, Err(PortalError::Offline));
}

struct Names(NameError);

#[async_trait]
impl NameLookup for Names {
    async fn lookup(&self, _: &str) -> Result<Vec<SocketAddr>, NameError> {
        Err(self.0)
    }
}

#[tokio::test]
async fn an_address_that_does_not_exist_is_not_a_missing_network() {
    for (names, error) in [
        (NameError::NoSuchHost, PortalError::UnknownHost),
        (NameError::Unavailable, PortalError::Offline),
    ] {
        let mut config = config(&TestClock::at(noon()));
        config.names = Arc::new(Names(names));
        let portal = Portal::new(PortalAddress::parse("kdv.example").unwrap(), config).unwrap();
        assert_eq!(portal.captcha().await, Err(error));
    }
    let portal = portal_at("https://kdv.invalid");
    assert_eq!(portal.captcha().await, Err(PortalError::UnknownHost));
}

#[tokio::test]
async fn tls_that_is_none_is_a_bad_certificate() {
    let uri = raw("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n", b"").await;
    let portal = portal_at(&uri.replace("http:", "https:"));
    assert_eq!(portal.captcha().await, Err(PortalError::Certificate));
}

#[tokio::test]
async fn an_extra_certificate_that_is_none_is_refused_at_once() {
    for pem in ["", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let mut config = config(&TestClock::at(noon()));
        config.extra_ca_pem = Some(pem.as_bytes().to_vec());
        let portal = Portal::new(PortalAddress::parse("abc").unwrap(), config);
        assert_eq!(portal.err(), Some(PortalError::Setup), "{pem:?}");
    }
}

#[tokio::test]
async fn the_token_never_leaves_the_portal() {
    let elsewhere = MockServer::start().await;
    Mock::given(wiremock::matchers::any()).respond_with(ok(&json!([]))).mount(&elsewhere).await;
    for status in [301, 302, 303, 307, 308] {
        let away = answer(status, noon())
            .insert_header("location", format!("{}{CARDS}", elsewhere.uri()).as_str());
        assert_eq!(failure(away).await, PortalError::Redirected);
    }
    // Back and forth within the portal, and then away.
    let server = MockServer::start().await;
    let to = |target: String| answer(302, noon()).insert_header("location", target.as_str());
    Mock::given(path(COUNTERS)).respond_with(to("/step".into())).mount(&server).await;
    let away = to(format!("{}/x", elsewhere.uri()));
    Mock::given(path("/step")).respond_with(away).mount(&server).await;
    assert_eq!(at(&server.uri()).counters().await, Err(PortalError::Redirected));
    assert!(elsewhere.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_redirect_within_the_portal_is_followed_a_few_times() {
    let server = MockServer::start().await;
    let to = |target: &str| answer(302, noon()).insert_header("location", target);
    Mock::given(path(COUNTERS)).respond_with(to("/moved")).mount(&server).await;
    let counters = json!({"nrOfNewMessages": 4});
    Mock::given(path("/moved")).respond_with(ok(&counters)).mount(&server).await;
    assert_eq!(at(&server.uri()).counters().await.unwrap().messages, 4);
    Mock::given(path(CARDS)).respond_with(to(CARDS)).mount(&server).await;
    assert_eq!(at(&server.uri()).timeline_page(0).await, Err(PortalError::Redirected));
    assert!(asked(&server, CARDS).await <= 5);
}

#[tokio::test]
async fn anything_but_our_marker_is_a_plain_portal() {
    for template in [
        ResponseTemplate::new(404),
        ResponseTemplate::new(401),
        ResponseTemplate::new(500),
        ResponseTemplate::new(302).insert_header("location", "http://127.0.0.2:9/"),
        ResponseTemplate::new(200).set_body_raw("<!doctype html>", "text/html"),
        ResponseTemplate::new(200).set_body_json(json!({"format": "other", "version": 1})),
        ResponseTemplate::new(200).set_body_json(json!({"features": ["media"]})),
        ResponseTemplate::new(201)
            .set_body_json(json!({"format": "schriftje-parent-api", "version": 1})),
    ] {
        let server = MockServer::start().await;
        Mock::given(path("/parent-api/v1/capabilities"))
            .respond_with(template)
            .mount(&server)
            .await;
        assert_eq!(portal_at(&server.uri()).capabilities().await, Ok(Capabilities::plain()));
    }
}

#[tokio::test]
async fn capabilities_name_features_and_safe_links_alone() {
    let server = MockServer::start().await;
    let json = json!({
        "format": "schriftje-parent-api", "version": 1, "features": ["media", 7],
        "links": {"privacy": "/privacy", "disclosure": "javascript:x", "signIn": "http://x.example/"},
    });
    Mock::given(path("/parent-api/v1/capabilities")).respond_with(ok(&json)).mount(&server).await;
    let found = portal_at(&server.uri()).capabilities().await.unwrap();
    assert!(found.has("media") && !found.has("other") && !found.is_plain());
    assert_eq!(found.links.privacy.unwrap().as_str(), format!("{}/privacy", server.uri()));
    assert_eq!((found.links.disclosure, found.links.sign_in), (None, None));
}
