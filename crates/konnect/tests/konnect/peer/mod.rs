//! The other side of a call, as a test wants it.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use chrono::{DateTime, Utc};
use schriftje_konnect::{ClientConfig, MemoryKeeper, Portal, PortalAddress, Session, Tokens};
use schriftje_model::TestClock;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use uuid::Uuid;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// Where every test's clock stands at first.
pub fn noon() -> DateTime<Utc> {
    "2026-03-14T11:00:00Z".parse().unwrap()
}

/// A client's behaviour with a clock that stands still.
pub fn config(clock: &TestClock) -> ClientConfig {
    let device = Uuid::from_u128(0x5c41_f7e0);
    ClientConfig {
        user_agent: "Schriftje/test".into(),
        ..ClientConfig::new(Arc::new(clock.clone()), device)
    }
}

/// A client for the portal at `uri`.
pub fn portal_at(uri: &str) -> Portal {
    portal_with(uri, &TestClock::at(noon()))
}

/// A client for the portal at `uri`, with that clock.
pub fn portal_with(uri: &str, clock: &TestClock) -> Portal {
    Portal::new(PortalAddress::parse(uri).unwrap(), config(clock)).unwrap()
}

/// App-style tokens that end after so many minutes.
pub fn app_tokens(name: &str, minutes: i64) -> Tokens {
    Tokens {
        auth_token: format!("auth-{name}").into(),
        expires_at: noon() + chrono::TimeDelta::minutes(minutes),
        refresh_token: Some(format!("refresh-{name}").into()),
        cookie: None,
        username: "sanne".into(),
    }
}

/// A session on such tokens, which nobody keeps.
pub fn session(portal: Portal, tokens: Tokens) -> Session {
    Session::new(portal, tokens, Arc::new(MemoryKeeper::default()))
}

/// An answer with the portal's clock at `now`.
pub fn answer(status: u16, now: DateTime<Utc>) -> ResponseTemplate {
    let date = now.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    ResponseTemplate::new(status).insert_header("date", date)
}

/// A good answer at noon.
pub fn ok(json: &Value) -> ResponseTemplate {
    answer(200, noon()).set_body_json(json)
}

/// What `login` and `token` answer.
pub fn granted(name: &str, ends: DateTime<Utc>) -> Value {
    json!({
        "result": true,
        "payload": {
            "authToken": format!("auth-{name}"),
            "expiration": ends.timestamp_millis(),
            "refreshToken": format!("refresh-{name}"),
            "domainServerName": null, "mustResetPassword": false, "redirectUrl": "/parent/",
        },
        "messages": [],
    })
}

pub const COUNTERS: &str = "/restservices-parent/notification/notifications";

/// Counters for whoever sends this Bearer token, and 401 for everybody else.
pub async fn counters_for(server: &MockServer, token: &str) {
    let counters = json!({"nrOfNewMessages": 1, "nrOfNewNewsItems": 2, "nrOfNewNewsletters": 3});
    Mock::given(method("GET"))
        .and(path(COUNTERS))
        .and(header("authorization", format!("Bearer {token}")))
        .respond_with(ok(&counters))
        .with_priority(1)
        .mount(server)
        .await;
    Mock::given(method("GET"))
        .and(path(COUNTERS))
        .respond_with(answer(401, noon()))
        .with_priority(9)
        .mount(server)
        .await;
}

/// How often a path was asked.
pub async fn asked(server: &MockServer, path: &str) -> usize {
    let requests = server.received_requests().await.unwrap();
    requests.iter().filter(|request| request.url.path() == path).count()
}

/// A server that says exactly these bytes to everybody and then hangs up.
pub async fn raw(head: &'static str, body: &'static [u8]) -> String {
    serve(move |mut stream| async move {
        let _ = stream.write_all(head.as_bytes()).await;
        let _ = stream.write_all(body).await;
        let _ = stream.shutdown().await;
    })
    .await
}

/// A server that goes on sending chunks for as long as anybody listens.
pub async fn endless(head: &'static str) -> String {
    serve(move |mut stream| async move {
        let _ = stream.write_all(head.as_bytes()).await;
        let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
        while stream.write_all(chunk.as_bytes()).await.is_ok() {}
    })
    .await
}

async fn serve<F: Future<Output = ()> + Send + 'static>(
    say: impl Fn(TcpStream) -> F + Send + 'static,
) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 16 * 1024];
            let _ = stream.read(&mut request).await;
            tokio::spawn(say(stream));
        }
    });
    uri
}
