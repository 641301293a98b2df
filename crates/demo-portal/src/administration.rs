//! Invoices, annual statements and documents.

use crate::answer::{Refusal, file, wrapped};
use crate::bearer::Parent;
use crate::data::ORGANISATION;
use crate::day::midnight_ms;
use crate::logbook::day;
use crate::pdf::pdf;
use crate::portal::Shared;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use axum::routing::get;
use chrono::Days;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/restservices-parent/administration/{what}/overview/{from}/{to}", get(overview))
        .route("/restservices-parent/administration/{what}/{kind}/{item}", get(paper))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Paper {
    has_attachment: bool,
    item_date: i64,
    admin_id: String,
    item_id: String,
    subject: String,
}

async fn overview(
    State(portal): State<Shared>,
    parent: Parent,
    Path((kind, from, to)): Path<(String, String, String)>,
) -> Result<impl IntoResponse, Refusal> {
    let after = day(&to).and_then(|to| to.checked_add_days(Days::new(1)));
    let (Some(first), Some(after)) = (day(&from), after) else { return Err(Refusal::BadRequest) };
    if !matches!(kind.as_str(), "invoice" | "annualstatement" | "document") {
        return Err(Refusal::NotFound);
    }
    let (first, after) = (midnight_ms(first), midnight_ms(after));
    let papers = portal.store.run(move |db| {
        let mut query = db.prepare_cached(
            "SELECT has_attachment, date, admin_id, item_id, subject FROM paper
             WHERE family = ?1 AND kind = ?2 AND date >= ?3 AND date < ?4 ORDER BY date DESC",
        )?;
        let rows = query.query_map(params![parent.family, kind, first, after], |row| {
            Ok(Paper {
                has_attachment: row.get(0)?,
                item_date: row.get(1)?,
                admin_id: row.get(2)?,
                item_id: row.get(3)?,
                subject: row.get(4)?,
            })
        })?;
        rows.collect::<rusqlite::Result<Vec<_>>>()
    });
    Ok(wrapped(papers.await?))
}

async fn paper(
    State(portal): State<Shared>,
    parent: Parent,
    Path((admin, kind, item)): Path<(String, String, String)>,
) -> Result<impl IntoResponse, Refusal> {
    let paper = portal.store.run(move |db| {
        db.query_row(
            "SELECT subject, bytes FROM paper
             WHERE admin_id = ?1 AND kind = ?2 AND item_id = ?3 AND family = ?4",
            params![admin, kind, item, parent.family],
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<Vec<u8>>>(1)?)),
        )
        .optional()
    });
    let (subject, bytes) = paper.await?.ok_or(Refusal::NotFound)?;
    let bytes = bytes.unwrap_or_else(|| pdf(&[ORGANISATION, &subject, "Dit is een voorbeeld."]));
    Ok(file("application/pdf", bytes))
}
