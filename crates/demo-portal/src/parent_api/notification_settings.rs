//! "Notificaties": of what a parent is told, and how.

use super::declined::Declined;
use super::once::{Done, Write};
use super::problem::{Problem, Told};
use super::versions::{Based, etag};
use crate::bearer::Parent;
use crate::events::{What, tell};
use crate::mail;
use crate::portal::{Portal, Shared};
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(settings, change))
}

#[derive(Serialize, ToSchema)]
#[schema(as = NotificationSettings)]
struct Settings {
    /// Where e-mails go.
    email: String,
    items: Vec<Item>,
    /// To be sent as `If-Match`.
    etag: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = NotificationItem)]
struct Item {
    id: &'static str,
    name: &'static str,
    /// Null where the organisation does not offer it.
    email: Option<bool>,
    push: Option<bool>,
}

/// What changes; an item that is left out stays as it is.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = NotificationSettingsChange)]
struct Change {
    items: Vec<ItemChange>,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = NotificationItemChange)]
struct ItemChange {
    id: String,
    /// Stays as it is when null or left out.
    #[serde(default)]
    email: Option<bool>,
    #[serde(default)]
    push: Option<bool>,
}

impl Settings {
    fn read(db: &Connection, portal: &Portal, account: &str) -> rusqlite::Result<Self> {
        let sql = "SELECT email FROM account WHERE username = ?1";
        let email = db.query_row(sql, [account], |row| row.get(0))?;
        let used = mail::Item::ALL.into_iter().filter(|item| item.used(portal));
        let items = used.map(|item| {
            let ways = item.ways(db, portal, account)?;
            Ok(Item { id: item.id(), name: item.name(), email: ways.email, push: ways.push })
        });
        let items = items.collect::<rusqlite::Result<_>>()?;
        let mut settings = Self { email, items, etag: String::new() };
        settings.etag = etag(&settings);
        Ok(settings)
    }
}

/// Of what this parent is told, and how. Part of the feature `notificationSettings`.
#[utoipa::path(
    get, path = "/parent-api/v1/notification-settings", security(("bearer" = [])),
    responses((status = 200, body = Settings)),
)]
async fn settings(State(portal): State<Shared>, parent: Parent) -> Result<Response, Problem> {
    let here = portal.clone();
    let settings = portal.store.run(move |db| Settings::read(db, &here, &parent.username)).await?;
    Ok(([(header::ETAG, settings.etag.clone())], Json(settings)).into_response())
}

/// Changes some of it. Part of the feature `notificationSettings`.
#[utoipa::path(
    put, path = "/parent-api/v1/notification-settings", security(("bearer" = [])),
    params(
        ("Idempotency-Key" = String, Header, description = "A UUID of this write."),
        ("If-Match" = String, Header, description = "The version it is based on."),
    ),
    request_body = Change,
    responses(
        (status = 200, body = Settings),
        (status = "4XX", body = Told, content_type = "application/problem+json"),
    ),
)]
async fn change(
    State(portal): State<Shared>,
    write: Write,
    based: Based,
    body: Result<Json<Change>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(change) = body?;
    let body = serde_json::to_value(&change).unwrap_or_default();
    let sent = body.clone();
    let here = portal.clone();
    let effect = move |db: &Connection, write: &Write| {
        let account = &write.parent.username;
        let current = Settings::read(db, &here, account)?;
        based.on(&current.etag, &current, sent)?;
        for change in &change.items {
            set(db, &here, account, change)?;
        }
        tell(db, write.parent.family, What::Family)?;
        let settings = Settings::read(db, &here, account)?;
        Ok(Done::changed_to(&settings, settings.etag.clone()))
    };
    write.once(&portal, &body, effect).await
}

fn set(
    db: &Connection,
    portal: &Portal,
    account: &str,
    change: &ItemChange,
) -> Result<(), Problem> {
    let item = mail::Item::ALL
        .into_iter()
        .find(|item| item.id() == change.id && item.used(portal))
        .ok_or_else(|| Declined::ItemUnknown(change.id.clone()))?;
    let ways = item.ways(db, portal, account)?;
    let way = |now: Option<bool>, wanted: Option<bool>| match (now, wanted) {
        (None, Some(_)) => Err(Declined::WayNotOffered(change.id.clone())),
        _ => Ok(wanted.or(now)),
    };
    let ways =
        mail::Ways { email: way(ways.email, change.email)?, push: way(ways.push, change.push)? };
    Ok(item.set(db, account, ways)?)
}
