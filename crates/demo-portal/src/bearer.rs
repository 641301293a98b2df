//! The 15-minute token, and the parent a request comes from.

use crate::answer::Refusal;
use crate::auth::ENDED;
use crate::portal::{Portal, Shared};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

const LIVES_SECONDS: i64 = 15 * 60;

/// What a token says.
#[derive(Debug, Serialize, Deserialize)]
pub struct Claims {
    pub sub: String,
    pub iat: i64,
    pub exp: i64,
    pub jti: i64,
}

/// The signed-in parent.
#[derive(Clone, Debug)]
pub struct Parent {
    pub username: String,
    pub full_name: String,
    pub email: String,
    pub family: i64,
}

/// A number never given out before.
pub fn next_number(db: &Connection) -> rusqlite::Result<i64> {
    db.query_row(
        "INSERT INTO meta VALUES ('number', '1')
         ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1
         RETURNING CAST(value AS INTEGER)",
        [],
        |row| row.get(0),
    )
}

/// A new token for `username` and when it expires, in epoch milliseconds.
pub async fn issue(portal: &Shared, username: &str) -> Result<(String, i64), Refusal> {
    let jti = portal.store.run(|db| next_number(db)).await?;
    let iat = portal.clock.now().timestamp();
    let exp = iat + LIVES_SECONDS;
    let claims = Claims { sub: username.to_owned(), iat, exp, jti };
    let key = EncodingKey::from_secret(portal.secret.key());
    let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key)
        .map_err(|_| Refusal::Unauthorized)?;
    Ok((token, exp * 1000))
}

/// What the request's token says, when it is one of ours; it may have expired.
pub fn read(portal: &Portal, headers: &HeaderMap) -> Option<Claims> {
    let token = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    // The portal takes the bare token too (A).
    let token = token.strip_prefix("Bearer ").unwrap_or(token);
    let mut validation = Validation::new(Algorithm::HS256);
    // The portal's own clock decides, see `Claims::expired`.
    validation.validate_exp = false;
    validation.required_spec_claims.clear();
    let key = DecodingKey::from_secret(portal.secret.key());
    Some(jsonwebtoken::decode::<Claims>(token.trim(), &key, &validation).ok()?.claims)
}

impl FromRequestParts<Shared> for Parent {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, portal: &Shared) -> Result<Self, Refusal> {
        let claims = read(portal, &parts.headers)
            .filter(|claims| !claims.expired(portal.clock.now()))
            .ok_or(Refusal::Unauthorized)?;
        let here = portal.clone();
        let found = portal.store.run(move |db| {
            let tx = db.transaction()?;
            // Whatever is asked, it is answered as of now.
            crate::kept_planning::pass_time(&tx, &here)?;
            let found = find(&tx, &claims.sub)?;
            tx.commit()?;
            Ok(found)
        });
        let found = found.await?;
        let (parent, state) = found.ok_or(Refusal::Unauthorized)?;
        if state == "ended" {
            return Err(Refusal::Forbidden(ENDED));
        }
        Ok(parent)
    }
}

fn find(db: &Connection, username: &str) -> rusqlite::Result<Option<(Parent, String)>> {
    let sql = "SELECT full_name, email, family, state FROM account WHERE username = ?1";
    db.query_row(sql, [username], |row| {
        let parent = Parent {
            username: username.to_owned(),
            full_name: row.get(0)?,
            email: row.get(1)?,
            family: row.get(2)?,
        };
        Ok((parent, row.get(3)?))
    })
    .optional()
}
