//! Changing the password.

use super::declined::Declined;
use super::once::{Done, Write};
use super::problem::{Problem, Told};
use crate::auth::{blocked_until, count_wrong_password};
use crate::portal::Shared;
use crate::server::Peer;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::response::Response;
use axum::{Extension, Json};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(change))
}

#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = PasswordChange)]
struct Change {
    /// The password until now.
    current: String,
    new: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PasswordChanged)]
struct Changed {
    /// Epoch milliseconds.
    changed_at: i64,
}

/// Changes the password. Part of the feature `account`.
#[utoipa::path(
    post, path = "/parent-api/v1/account/password", security(("bearer" = [])),
    params(("Idempotency-Key" = String, Header, description = "A UUID of this write.")),
    request_body = Change,
    responses(
        (status = 200, body = Changed),
        (status = "4XX", body = Told, content_type = "application/problem+json"),
    ),
)]
async fn change(
    State(portal): State<Shared>,
    Extension(Peer(peer)): Extension<Peer>,
    write: Write,
    body: Result<Json<Change>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(change) = body?;
    let body = serde_json::to_value(&change).unwrap_or_default();
    let here = portal.clone();
    let effect = move |db: &Connection, write: &Write| {
        let now = here.clock.now();
        if let Some(until) = blocked_until(&here, peer) {
            let wait = (until - now).num_seconds().max(1);
            return Err(Declined::PasswordLocked { wait }.into());
        }
        let username = &write.parent.username;
        let sql = "SELECT password FROM account WHERE username = ?1";
        let current: String = db.query_row(sql, [username], |row| row.get(0))?;
        if current != change.current {
            count_wrong_password(&here, peer);
            return Err(Declined::PasswordWrong.into());
        }
        let rules = &here.options.organisation.rules.password;
        let unmet = rules.unmet(username, &current, &change.new);
        if !unmet.is_empty() {
            return Err(Declined::PasswordTooWeak(unmet).into());
        }
        let sql = "UPDATE account SET password = ?2 WHERE username = ?1";
        db.execute(sql, (username, &change.new))?;
        Ok(Done::changed(&Changed { changed_at: now.timestamp_millis() }))
    };
    write.once(&portal, &body, effect).await
}
