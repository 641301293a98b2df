//! Signing in and staying signed in: `/auth-api/…`, both refresh styles.

use crate::answer::{Refusal, wrapped};
use crate::bearer::{self, Claims, Parent};
use crate::portal::Shared;
use crate::server::Peer;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, put};
use axum::{Extension, Json, Router};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use std::sync::PoisonError;

const COOKIE: &str = "__Host-refresh_token";
const COOKIE_SECONDS: i64 = 3_600;
/// How long an app's refresh token lives when it is not used.
const APP_DAYS: i64 = 60;
const LOCKED_MINUTES: i64 = 15;
/// The lock of the account that only shows a lock; short, as it locks the others out too.
const SHOWN_LOCK_MINUTES: i64 = 2;

const WRONG_PASSWORD: &str = "web.auth.message.login.failed";
const LOCKED: &str = "web.auth.message.login.blocked";
pub const ENDED: &str = "web.auth.message.account.inactive";

/// Wrong passwords from one address.
#[derive(Clone, Copy, Debug, Default)]
pub struct Attempts {
    wrong: u32,
    blocked_until: Option<DateTime<Utc>>,
}

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/auth-api/captcha", get(captcha))
        .route("/auth-api/login", put(login))
        .route("/auth-api/token", put(refresh).get(token_of_cookie))
        .route("/auth-api/user", get(user))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Captcha {
    blocked_until: Option<i64>,
}

async fn captcha(
    State(portal): State<Shared>,
    Extension(Peer(peer)): Extension<Peer>,
) -> impl IntoResponse {
    let blocked_until = blocked_until(&portal, peer).map(|until| until.timestamp_millis());
    wrapped(Captcha { blocked_until })
}

/// Until when signing in is locked for this address, if it is.
pub fn blocked_until(portal: &Shared, peer: IpAddr) -> Option<DateTime<Utc>> {
    let mut attempts = portal.attempts.lock().unwrap_or_else(PoisonError::into_inner);
    let entry = attempts.get_mut(&peer)?;
    match entry.blocked_until {
        Some(until) if until <= portal.clock.now() => {
            *entry = Attempts::default();
            None
        }
        until => until,
    }
}

/// Counts a wrong password from this address, which locks it when there are too many.
pub fn count_wrong_password(portal: &Shared, peer: IpAddr) {
    let mut attempts = portal.attempts.lock().unwrap_or_else(PoisonError::into_inner);
    let entry = attempts.entry(peer).or_default();
    entry.wrong += 1;
    if entry.wrong >= portal.options.wrong_passwords {
        entry.blocked_until = Some(portal.clock.now() + TimeDelta::minutes(LOCKED_MINUTES));
    }
}

fn lock(portal: &Shared, peer: IpAddr) {
    let until = portal.clock.now() + TimeDelta::minutes(SHOWN_LOCK_MINUTES);
    let mut attempts = portal.attempts.lock().unwrap_or_else(PoisonError::into_inner);
    attempts.entry(peer).or_default().blocked_until = Some(until);
}

#[derive(Deserialize)]
struct Credentials {
    username: String,
    password: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SignedIn {
    auth_token: Option<String>,
    expiration: Option<i64>,
    refresh_token: Option<String>,
    domain_server_name: String,
    must_reset_password: bool,
    redirect_url: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Refreshed {
    auth_token: String,
    expiration: i64,
    refresh_token: Option<String>,
}

async fn login(
    State(portal): State<Shared>,
    Extension(Peer(peer)): Extension<Peer>,
    headers: HeaderMap,
    body: Result<Json<Credentials>, axum::extract::rejection::JsonRejection>,
) -> Result<Response, Refusal> {
    let Json(credentials) = body.map_err(|_| Refusal::BadRequest)?;
    if blocked_until(&portal, peer).is_some() {
        return Err(Refusal::Rejected(LOCKED));
    }
    let username = credentials.username.trim().to_lowercase();
    let account = portal.store.run({
        let username = username.clone();
        move |db| find_account(db, &username)
    });
    let Some((password, state)) =
        account.await?.filter(|(password, _)| *password == credentials.password)
    else {
        count_wrong_password(&portal, peer);
        return Err(Refusal::Rejected(WRONG_PASSWORD));
    };
    drop(password);
    let without_tokens = |must_reset_password| SignedIn {
        auth_token: None,
        expiration: None,
        refresh_token: None,
        domain_server_name: host(&portal),
        must_reset_password,
        redirect_url: "/parent/",
    };
    match state.as_str() {
        "locks" => {
            lock(&portal, peer);
            return Err(Refusal::Rejected(LOCKED));
        }
        "ended" => return Err(Refusal::Rejected(ENDED)),
        "must_reset" => return Ok(Json(without_tokens(true)).into_response()),
        _ => {}
    }
    portal.attempts.lock().unwrap_or_else(PoisonError::into_inner).remove(&peer);
    let (auth_token, expiration) = bearer::issue(&portal, &username).await?;
    let app = is_app(&headers);
    let session = new_session(&portal, &username, if app { "app" } else { "browser" }).await?;
    let cookie = set_cookie(&session);
    let answer = SignedIn {
        auth_token: Some(auth_token),
        expiration: Some(expiration),
        refresh_token: app.then_some(session),
        ..without_tokens(false)
    };
    let mut response = Json(answer).into_response();
    if !app {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

fn find_account(db: &Connection, username: &str) -> rusqlite::Result<Option<(String, String)>> {
    db.query_row("SELECT password, state FROM account WHERE username = ?1", [username], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
    .optional()
}

fn host(portal: &Shared) -> String {
    portal.here.host_str().unwrap_or_default().to_owned()
}

/// The two headers the official app sends; they put `refreshToken` in the answer (D).
fn is_app(headers: &HeaderMap) -> bool {
    headers.contains_key("x-client-name") && headers.contains_key("x-client-version")
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RefreshRequest {
    username: Option<String>,
    refresh_token: Option<String>,
}

async fn refresh(
    State(portal): State<Shared>,
    headers: HeaderMap,
    body: Result<Json<RefreshRequest>, axum::extract::rejection::JsonRejection>,
) -> Result<Response, Refusal> {
    let Json(request) = body.map_err(|_| Refusal::BadRequest)?;
    if is_app(&headers) {
        let (Some(username), Some(token)) = (request.username, request.refresh_token) else {
            return Err(Refusal::BadRequest);
        };
        let owner = take_session(&portal, token, "app").await?;
        if owner != username.trim().to_lowercase() {
            return Err(Refusal::Unauthorized);
        }
        let (auth_token, expiration) = bearer::issue(&portal, &owner).await?;
        let refresh_token = Some(new_session(&portal, &owner, "app").await?);
        return Ok(Json(Refreshed { auth_token, expiration, refresh_token }).into_response());
    }
    // The old token may have expired; whose it is must still be beyond doubt.
    let claims = bearer::read(&portal, &headers).ok_or(Refusal::Unauthorized)?;
    let cookie = cookie(&headers).ok_or(Refusal::Unauthorized)?;
    let owner = take_session(&portal, cookie, "browser").await?;
    if owner != claims.sub {
        return Err(Refusal::Unauthorized);
    }
    let (auth_token, expiration) = bearer::issue(&portal, &owner).await?;
    let session = new_session(&portal, &owner, "browser").await?;
    let answer = Json(Refreshed { auth_token, expiration, refresh_token: None });
    let mut response = answer.into_response();
    response.headers_mut().insert(header::SET_COOKIE, set_cookie(&session));
    Ok(response)
}

async fn token_of_cookie(
    State(portal): State<Shared>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Refusal> {
    let cookie = cookie(&headers).ok_or(Refusal::Unauthorized)?;
    let now = portal.clock.now().timestamp_millis();
    let owner = portal
        .store
        .run(move |db| session_owner(db, &cookie, "browser", now))
        .await?
        .ok_or(Refusal::Unauthorized)?;
    let (auth_token, expiration) = bearer::issue(&portal, &owner).await?;
    Ok(wrapped(Refreshed { auth_token, expiration, refresh_token: None }))
}

#[derive(Serialize)]
struct User {
    username: String,
}

async fn user(parent: Parent) -> impl IntoResponse {
    wrapped(User { username: parent.username })
}

/// The value of the refresh cookie among those sent.
fn cookie(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
        .map(str::to_owned)
}

fn set_cookie(session: &str) -> HeaderValue {
    let text = format!(
        "{COOKIE}={session}; Max-Age={COOKIE_SECONDS}; Path=/; Secure; HttpOnly; SameSite=Strict"
    );
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

async fn new_session(
    portal: &Shared,
    username: &str,
    style: &'static str,
) -> Result<String, Refusal> {
    let lives = match style {
        "app" => TimeDelta::days(APP_DAYS),
        _ => TimeDelta::seconds(COOKIE_SECONDS),
    };
    let expires = (portal.clock.now() + lives).timestamp_millis();
    let (secret, username) = (portal.secret.clone(), username.to_owned());
    let token = portal.store.run(move |db| {
        let number = bearer::next_number(db)?;
        let token = hex::encode(secret.bytes(&["session", &username, &number.to_string()]));
        db.execute(
            "INSERT INTO session (token, username, style, expires) VALUES (?1, ?2, ?3, ?4)",
            params![token, username, style, expires],
        )?;
        Ok(token)
    });
    Ok(token.await?)
}

/// Ends the session this token stands for and says whose it was: each is good for one use.
async fn take_session(
    portal: &Shared,
    token: String,
    style: &'static str,
) -> Result<String, Refusal> {
    let now = portal.clock.now().timestamp_millis();
    let owner = portal.store.run(move |db| {
        let owner = session_owner(db, &token, style, now)?;
        db.execute("DELETE FROM session WHERE token = ?1", [&token])?;
        Ok(owner)
    });
    owner.await?.ok_or(Refusal::Unauthorized)
}

fn session_owner(
    db: &Connection,
    token: &str,
    style: &str,
    now: i64,
) -> rusqlite::Result<Option<String>> {
    db.query_row(
        "SELECT username FROM session JOIN account USING (username)
         WHERE token = ?1 AND style = ?2 AND expires > ?3 AND state <> 'ended'",
        params![token, style, now],
        |row| row.get(0),
    )
    .optional()
}

impl Claims {
    /// Whether the token has expired by the portal's clock.
    pub fn expired(&self, now: DateTime<Utc>) -> bool {
        self.exp <= now.timestamp()
    }
}
