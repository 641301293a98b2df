//! The parent's own details.

use super::declined::Declined;
use super::once::{Done, Write};
use super::problem::{Problem, Told};
use super::versions::{Based, etag};
use crate::bearer::Parent;
use crate::events::{What, tell};
use crate::portal::{Portal, Shared};
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(account, change))
}

/// The longest value, in characters.
const LONGEST: usize = 200;

/// The fields on the wire, and the columns they are kept in.
const FIELDS: [(&str, &str); 6] = [
    ("name", "full_name"),
    ("email", "email"),
    ("phone", "phone"),
    ("street", "street"),
    ("postalCode", "postal_code"),
    ("city", "city"),
];

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Account)]
struct Answer {
    username: String,
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    /// With the house number.
    street: Option<String>,
    postal_code: Option<String>,
    city: Option<String>,
    /// The fields that may be changed.
    changeable: &'static [&'static str],
    password: PasswordAbout,
    /// To be sent as `If-Match`.
    etag: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PasswordAbout {
    least_characters: usize,
    /// Sentences for the parent.
    rules: Vec<String>,
}

/// What changes; a field that is left out stays, null empties it.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccountChange)]
#[expect(dead_code, reason = "this is the description of what is read field by field")]
struct Change {
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    street: Option<String>,
    postal_code: Option<String>,
    city: Option<String>,
}

impl Answer {
    fn read(db: &Connection, portal: &Portal, username: &str) -> rusqlite::Result<Self> {
        let rules = &portal.options.organisation.rules;
        let sql = "SELECT full_name, email, phone, street, postal_code, city FROM account
                   WHERE username = ?1";
        let mut answer = db.query_row(sql, [username], |row| {
            Ok(Self {
                username: username.to_owned(),
                name: row.get(0)?,
                email: row.get(1)?,
                phone: row.get(2)?,
                street: row.get(3)?,
                postal_code: row.get(4)?,
                city: row.get(5)?,
                changeable: rules.changeable,
                password: PasswordAbout {
                    least_characters: rules.password.least,
                    rules: rules.password.sentences(),
                },
                etag: String::new(),
            })
        })?;
        answer.etag = etag(&answer);
        Ok(answer)
    }
}

/// The parent's own details. Part of the feature `account`.
#[utoipa::path(
    get, path = "/parent-api/v1/account", security(("bearer" = [])),
    responses((status = 200, body = Answer)),
)]
async fn account(State(portal): State<Shared>, parent: Parent) -> Result<Response, Problem> {
    let here = portal.clone();
    let answer = portal.store.run(move |db| Answer::read(db, &here, &parent.username)).await?;
    Ok(([(header::ETAG, answer.etag.clone())], Json(answer)).into_response())
}

/// Changes some of them. Part of the feature `account`.
#[utoipa::path(
    patch, path = "/parent-api/v1/account", security(("bearer" = [])),
    params(
        ("Idempotency-Key" = String, Header, description = "A UUID of this write."),
        ("If-Match" = String, Header, description = "The version it is based on."),
    ),
    request_body = Change,
    responses(
        (status = 200, body = Answer),
        (status = "4XX", body = Told, content_type = "application/problem+json"),
    ),
)]
async fn change(
    State(portal): State<Shared>,
    write: Write,
    based: Based,
    body: Result<Json<Map<String, Value>>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(body) = body?;
    let changeable = portal.options.organisation.rules.changeable;
    let mut changes = Vec::new();
    for (field, value) in &body {
        let (field, column) = FIELDS
            .into_iter()
            .find(|(known, _)| known == field && changeable.contains(known))
            .ok_or_else(|| Declined::FieldNotChangeable(field.clone()))?;
        changes.push((column, checked(field, value)?));
    }
    let here = portal.clone();
    let sent = Value::Object(body.clone());
    let effect = move |db: &Connection, write: &Write| {
        let username = &write.parent.username;
        let current = Answer::read(db, &here, username)?;
        based.on(&current.etag, &current, sent)?;
        for (column, value) in &changes {
            let sql = format!("UPDATE account SET {column} = ?2 WHERE username = ?1");
            db.execute(&sql, (username, value))?;
        }
        tell(db, write.parent.family, What::Family)?;
        let answer = Answer::read(db, &here, username)?;
        Ok(Done::changed_to(&answer, answer.etag.clone()))
    };
    write.once(&portal, &body, effect).await
}

/// A value as it is kept.
fn checked(field: &str, value: &Value) -> Result<Option<String>, Declined> {
    let refused = |why| Err(Declined::ValueNotAllowed(field.to_owned(), why));
    let text = match value {
        Value::Null => "",
        Value::String(text) => text.trim(),
        _ => return refused("Dit is geen tekst."),
    };
    if text.chars().count() > LONGEST {
        return refused("Dit is te lang.");
    }
    if text.chars().any(char::is_control) {
        return refused("Dit past niet op een regel.");
    }
    match field {
        "email" if text.is_empty() => {
            refused("Zonder e-mailadres kunnen wij je niet bereiken. Vul er een in.")
        }
        "email" if !is_email(text) => refused("Dit is geen e-mailadres."),
        "phone" if !text.is_empty() && !is_phone(text) => refused("Dit is geen telefoonnummer."),
        "postalCode" if !text.is_empty() => match postal_code(text) {
            Some(code) => Ok(Some(code)),
            None => refused("Dit is geen postcode, zoals 1234 AB."),
        },
        _ => Ok((!text.is_empty()).then(|| text.to_owned())),
    }
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let dotted = host.split('.').count() > 1 && host.split('.').all(|part| !part.is_empty());
    !name.is_empty() && dotted && !host.contains('@') && !text.contains(char::is_whitespace)
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (8..=15).contains(&digits)
        && text.chars().all(|letter| letter.is_ascii_digit() || "+-() ".contains(letter))
}

/// Four digits and two letters, as they are written on letters.
fn postal_code(text: &str) -> Option<String> {
    let code: String = text.chars().filter(|letter| *letter != ' ').collect();
    let (digits, letters) = code.split_at_checked(4)?;
    let fits = digits.bytes().all(|byte| byte.is_ascii_digit())
        && letters.len() == 2
        && letters.bytes().all(|byte| byte.is_ascii_alphabetic());
    fits.then(|| format!("{digits} {}", letters.to_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_kept_tidy_or_refused() {
        for (field, value, kept) in [
            ("email", " sanne@voorbeeld.example ", Some("sanne@voorbeeld.example")),
            ("phone", "+31 (0)6 12 34 56 78", Some("+31 (0)6 12 34 56 78")),
            ("phone", "", None),
            ("postalCode", "2099zb", Some("2099 ZB")),
            ("street", " Dorpsstraat 1", Some("Dorpsstraat 1")),
        ] {
            assert_eq!(checked(field, &value.into()), Ok(kept.map(str::to_owned)), "{value}");
        }
        for (field, value) in [
            ("email", ""),
            ("email", "sanne"),
            ("email", "sanne@voorbeeld"),
            ("email", "sanne@@voorbeeld.example"),
            ("email", "@voorbeeld.example"),
            ("phone", "bel me"),
            ("phone", "123"),
            ("postalCode", "2099"),
            ("postalCode", "é99 ZB"),
            ("street", "Dorps\nstraat"),
        ] {
            assert!(checked(field, &value.into()).is_err(), "{value}");
        }
        assert!(checked("city", &"x".repeat(201).into()).is_err());
        assert!(checked("city", &5.into()).is_err());
    }
}
