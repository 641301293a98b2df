//! A parent stays signed in: the session renews itself, once for everybody, in both styles.

use crate::peer::{
    COUNTERS, answer, app_tokens, asked, counters_for, granted, noon, ok, portal_at, portal_with,
    session,
};
use async_trait::async_trait;
use chrono::TimeDelta;
use futures::future::join_all;
use schriftje_konnect::{
    Counters, KeeperError, MemoryKeeper, PortalError, RefreshLock, Session, TokenKeeper, Tokens,
};
use schriftje_model::{Clock, TestClock};
use secrecy::ExposeSecret;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use wiremock::matchers::{body_partial_json, header, header_exists, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

const TOKEN: &str = "/auth-api/token";
const EXPECTED: Counters = Counters { messages: 1, news: 2, newsletters: 3 };

async fn grants(server: &MockServer, name: &str) {
    let grant = ok(&granted(name, noon() + TimeDelta::minutes(15)));
    Mock::given(method("PUT"))
        .and(path(TOKEN))
        .respond_with(grant.set_delay(Duration::from_millis(50)))
        .mount(server)
        .await;
}

fn auth_token(session: &Session) -> String {
    session.tokens().auth_token.expose_secret().to_owned()
}

#[tokio::test]
async fn twenty_calls_at_once_renew_an_ended_token_once() {
    let server = MockServer::start().await;
    counters_for(&server, "auth-new").await;
    grants(&server, "new").await;
    let keeper = Arc::new(MemoryKeeper::default());
    let session = Session::new(portal_at(&server.uri()), app_tokens("old", 0), keeper.clone());
    for counters in join_all((0..20).map(|_| session.counters())).await {
        assert_eq!(counters, Ok(EXPECTED));
    }
    assert_eq!(asked(&server, TOKEN).await, 1);
    let saved = keeper.load().await.unwrap().unwrap();
    assert_eq!(saved.auth_token.expose_secret(), "auth-new");
    assert_eq!(saved.refresh_token.unwrap().expose_secret(), "refresh-new");
}

#[tokio::test]
async fn a_401_in_the_middle_renews_once_and_goes_on() {
    let server = MockServer::start().await;
    counters_for(&server, "auth-new").await;
    grants(&server, "new").await;
    let session = session(portal_at(&server.uri()), app_tokens("old", 10));
    for counters in join_all((0..20).map(|_| session.counters())).await {
        assert_eq!(counters, Ok(EXPECTED));
    }
    assert_eq!(asked(&server, TOKEN).await, 1);
}

#[tokio::test]
async fn a_portal_that_refuses_the_new_token_too_is_not_asked_for_ever() {
    let server = MockServer::start().await;
    counters_for(&server, "auth-another").await;
    grants(&server, "new").await;
    let session = session(portal_at(&server.uri()), app_tokens("old", 10));
    assert_eq!(session.counters().await, Err(PortalError::Unauthorized));
    assert_eq!((asked(&server, COUNTERS).await, asked(&server, TOKEN).await), (2, 1));
}

#[tokio::test]
async fn a_refused_renewal_ends_the_session_and_is_never_sent_again() {
    let server = MockServer::start().await;
    counters_for(&server, "auth-new").await;
    Mock::given(path(TOKEN)).respond_with(answer(401, noon())).mount(&server).await;
    let session = session(portal_at(&server.uri()), app_tokens("old", 0));
    for counters in join_all((0..20).map(|_| session.counters())).await {
        assert_eq!(counters, Err(PortalError::Unauthorized));
    }
    assert_eq!(session.counters().await, Err(PortalError::Unauthorized));
    assert_eq!((asked(&server, TOKEN).await, asked(&server, COUNTERS).await), (1, 0));
    // Signing in again brings it back.
    session.replace(app_tokens("new", 15));
    assert_eq!(session.counters().await, Ok(EXPECTED));
}

#[tokio::test]
async fn result_false_is_a_refusal_too() {
    let server = MockServer::start().await;
    let refusal = json!({"result": false, "messages": [{"messageCode": "x"}]});
    Mock::given(path(TOKEN)).respond_with(ok(&refusal)).mount(&server).await;
    let session = session(portal_at(&server.uri()), app_tokens("old", 0));
    assert_eq!(session.counters().await, Err(PortalError::Unauthorized));
}

#[tokio::test]
async fn a_portal_out_of_order_ends_nothing() {
    let server = MockServer::start().await;
    counters_for(&server, "auth-new").await;
    let down = answer(503, noon()).insert_header("retry-after", "7");
    Mock::given(path(TOKEN)).respond_with(down).up_to_n_times(1).mount(&server).await;
    grants(&server, "new").await;
    let session = session(portal_at(&server.uri()), app_tokens("old", 0));
    let trouble = PortalError::Server { status: 503, retry_after: Some(Duration::from_secs(7)) };
    assert_eq!(session.counters().await, Err(trouble));
    assert_eq!(session.counters().await, Ok(EXPECTED));
}

#[tokio::test]
async fn a_portal_in_trouble_is_not_asked_again_by_everybody_who_waited() {
    let server = MockServer::start().await;
    let down = answer(503, noon()).set_delay(Duration::from_millis(50));
    Mock::given(path(TOKEN)).respond_with(down).mount(&server).await;
    let session = session(portal_at(&server.uri()), app_tokens("old", 0));
    let trouble = PortalError::Server { status: 503, retry_after: None };
    for counters in join_all((0..20).map(|_| session.counters())).await {
        assert_eq!(counters, Err(trouble.clone()));
    }
    assert_eq!(asked(&server, TOKEN).await, 1);
}

#[tokio::test]
async fn app_style_sends_and_rotates_the_refresh_token() {
    let server = MockServer::start().await;
    counters_for(&server, "auth-2").await;
    for (old, new) in [("0", "1"), ("1", "2")] {
        let old = format!("refresh-{old}");
        Mock::given(method("PUT"))
            .and(path(TOKEN))
            .and(header("x-client-name", "OuderApp"))
            .and(header("x-client-version", "3.64.1"))
            .and(body_partial_json(json!({
                "username": "sanne", "refreshToken": old, "connectionType": "unknown",
            })))
            .respond_with(ok(&granted(new, noon() + TimeDelta::minutes(15))))
            .mount(&server)
            .await;
    }
    let clock = TestClock::at(noon());
    let session = session(portal_with(&server.uri(), &clock), app_tokens("0", 0));
    assert_eq!(
        session.counters().await,
        Ok(EXPECTED),
        "the first new token is refused, the second not"
    );
    assert_eq!(auth_token(&session), "auth-2");
}

#[tokio::test]
async fn browser_style_sends_the_cookie_and_the_old_token() {
    let server = MockServer::start().await;
    counters_for(&server, "auth-new").await;
    let mut grant = granted("new", noon() + TimeDelta::minutes(15));
    grant["payload"].as_object_mut().unwrap().remove("refreshToken");
    Mock::given(method("PUT"))
        .and(path(TOKEN))
        .and(header("cookie", "__Host-refresh_token=cookie-old"))
        .and(header("authorization", "Bearer auth-old"))
        .and(|request: &Request| !request.headers.contains_key("x-client-name"))
        .and(|request: &Request| request.body == b"{}")
        .respond_with(ok(&grant))
        .mount(&server)
        .await;
    let tokens = Tokens {
        refresh_token: None,
        cookie: Some("cookie-old".to_owned().into()),
        ..app_tokens("old", 0)
    };
    let session = session(portal_at(&server.uri()), tokens);
    assert_eq!(session.counters().await, Ok(EXPECTED));
    assert!(session.tokens().refresh_token.is_none());
}

#[tokio::test]
async fn without_anything_to_renew_it_the_session_ends_without_a_call() {
    let server = MockServer::start().await;
    let tokens = Tokens { refresh_token: None, ..app_tokens("old", 0) };
    let session = session(portal_at(&server.uri()), tokens);
    assert_eq!(session.counters().await, Err(PortalError::Unauthorized));
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn two_programs_on_one_account_renew_in_turn() {
    let server = MockServer::start().await;
    counters_for(&server, "auth-new").await;
    grants(&server, "new").await;
    let keeper = Arc::new(MemoryKeeper::default());
    keeper.save(&app_tokens("old", 0)).await.unwrap();
    let program = || Session::new(portal_at(&server.uri()), app_tokens("old", 0), keeper.clone());
    let (window, terminal) = (program(), program());
    let (a, b) = tokio::join!(window.counters(), terminal.counters());
    assert_eq!((a, b), (Ok(EXPECTED), Ok(EXPECTED)));
    assert_eq!(
        asked(&server, TOKEN).await,
        1,
        "a second renewal would end the first one's session"
    );
    assert_eq!(
        (auth_token(&window), auth_token(&terminal)),
        ("auth-new".into(), "auth-new".into())
    );
}

#[tokio::test]
async fn what_another_program_renewed_is_taken_over_without_a_call() {
    let server = MockServer::start().await;
    counters_for(&server, "auth-new").await;
    let keeper = Arc::new(MemoryKeeper::default());
    // Renewed within the same second: only the tokens differ.
    keeper.save(&app_tokens("new", 10)).await.unwrap();
    let session = Session::new(portal_at(&server.uri()), app_tokens("old", 10), keeper);
    assert_eq!(session.counters().await, Ok(EXPECTED));
    assert_eq!(asked(&server, TOKEN).await, 0);
}

/// Says when it has saved.
#[derive(Default)]
struct Telling {
    keeper: MemoryKeeper,
    saved: Notify,
}

#[async_trait]
impl TokenKeeper for Telling {
    async fn load(&self) -> Result<Option<Tokens>, KeeperError> {
        self.keeper.load().await
    }
    async fn save(&self, tokens: &Tokens) -> Result<(), KeeperError> {
        self.keeper.save(tokens).await?;
        self.saved.notify_one();
        Ok(())
    }
    async fn lock(&self) -> Result<RefreshLock, KeeperError> {
        self.keeper.lock().await
    }
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_lose_the_new_token() {
    let server = MockServer::start().await;
    let arrived = Arc::new(Notify::new());
    let told = arrived.clone();
    Mock::given(path(TOKEN))
        .respond_with(move |_: &Request| {
            told.notify_one();
            ok(&granted("new", noon() + TimeDelta::minutes(15)))
                .set_delay(Duration::from_millis(50))
        })
        .mount(&server)
        .await;
    let keeper = Arc::new(Telling::default());
    let session = Session::new(portal_at(&server.uri()), app_tokens("old", 0), keeper.clone());
    let caller = tokio::spawn({
        let session = session.clone();
        async move { session.counters().await }
    });
    arrived.notified().await;
    caller.abort();
    keeper.saved.notified().await;
    assert_eq!(auth_token(&session), "auth-new");
}

/// Cannot keep anything.
struct Broken;

#[async_trait]
impl TokenKeeper for Broken {
    async fn load(&self) -> Result<Option<Tokens>, KeeperError> {
        Err(KeeperError("disk".into()))
    }
    async fn save(&self, _: &Tokens) -> Result<(), KeeperError> {
        Err(KeeperError("disk".into()))
    }
    async fn lock(&self) -> Result<RefreshLock, KeeperError> {
        Err(KeeperError("disk".into()))
    }
}

#[tokio::test]
async fn a_full_disk_does_not_end_the_session() {
    let server = MockServer::start().await;
    counters_for(&server, "auth-new").await;
    grants(&server, "new").await;
    let session = Session::new(portal_at(&server.uri()), app_tokens("old", 0), Arc::new(Broken));
    assert_eq!(session.counters().await, Ok(EXPECTED));
    assert_eq!(session.counters().await, Ok(EXPECTED));
    assert_eq!(asked(&server, TOKEN).await, 1);
}

/// Answers by a clock of its own, which runs as the device's does.
fn by_its_own_clock(
    device: &TestClock,
    ahead: TimeDelta,
    json: serde_json::Value,
) -> impl Fn(&Request) -> ResponseTemplate + 'static {
    let device = device.clone();
    move |_| answer(200, device.now() + ahead).set_body_json(&json)
}

#[tokio::test]
async fn a_device_a_day_ahead_renews_once_and_not_before_every_call() {
    let server = MockServer::start().await;
    let device = TestClock::at(noon() + TimeDelta::days(1));
    let behind = -TimeDelta::days(1);
    let counters = json!({"nrOfNewMessages": 1, "nrOfNewNewsItems": 2, "nrOfNewNewsletters": 3});
    Mock::given(path(COUNTERS))
        .respond_with(by_its_own_clock(&device, behind, counters))
        .mount(&server)
        .await;
    let grant = granted("new", noon() + TimeDelta::minutes(15));
    Mock::given(path(TOKEN))
        .respond_with(by_its_own_clock(&device, behind, grant))
        .mount(&server)
        .await;
    let session = session(portal_with(&server.uri(), &device), app_tokens("old", 10));
    for _ in 0..5 {
        assert_eq!(session.counters().await, Ok(EXPECTED));
        device.advance(TimeDelta::minutes(2));
    }
    assert_eq!(asked(&server, TOKEN).await, 1);
}

#[tokio::test]
async fn a_device_a_day_behind_still_renews_in_time() {
    let server = MockServer::start().await;
    let device = TestClock::at(noon() - TimeDelta::days(1));
    let ahead = TimeDelta::days(1);
    let counters = json!({"nrOfNewMessages": 1, "nrOfNewNewsItems": 2, "nrOfNewNewsletters": 3});
    Mock::given(path(COUNTERS))
        .respond_with(by_its_own_clock(&device, ahead, counters))
        .mount(&server)
        .await;
    let grant = granted("new", noon() + TimeDelta::minutes(30));
    Mock::given(path(TOKEN))
        .and(header_exists("authorization"))
        .respond_with(by_its_own_clock(&device, ahead, grant))
        .mount(&server)
        .await;
    let session = session(portal_with(&server.uri(), &device), app_tokens("old", 10));
    assert_eq!(session.counters().await, Ok(EXPECTED));
    assert_eq!(asked(&server, TOKEN).await, 0);
    device.advance(TimeDelta::minutes(9) + TimeDelta::seconds(1));
    assert_eq!(session.counters().await, Ok(EXPECTED));
    assert_eq!(asked(&server, TOKEN).await, 1, "a minute before its end, on the portal's clock");
}

#[tokio::test]
async fn a_senseless_end_of_a_new_token_does_not_make_every_call_renew() {
    let server = MockServer::start().await;
    counters_for(&server, "auth-new").await;
    let grant = ok(&granted("new", noon() - TimeDelta::days(400)));
    Mock::given(path(TOKEN)).respond_with(grant).mount(&server).await;
    let session = session(portal_at(&server.uri()), app_tokens("old", 0));
    for _ in 0..3 {
        assert_eq!(session.counters().await, Ok(EXPECTED));
    }
    assert_eq!(asked(&server, TOKEN).await, 1);
}
