//! Invoices, annual statements and documents.

use crate::answer::{Refusal, file, wrapped};
use crate::bearer::Parent;
use crate::data::ORGANISATION;
use crate::day::midnight_ms;
use crate::logbook::day;
use crate::portal::Shared;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use axum::routing::get;
use chrono::Days;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use std::fmt::Write;

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
    let subject = portal.store.run(move |db| {
        db.query_row(
            "SELECT subject FROM paper
             WHERE admin_id = ?1 AND kind = ?2 AND item_id = ?3 AND family = ?4",
            params![admin, kind, item, parent.family],
            |row| row.get::<_, String>(0),
        )
        .optional()
    });
    let subject = subject.await?.ok_or(Refusal::NotFound)?;
    Ok(file("application/pdf", pdf(&[ORGANISATION, &subject, "Dit is een voorbeeld."])))
}

/// A page with these lines, as a PDF with a right cross-reference table.
fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut text = String::from("BT /F1 16 Tf 72 760 Td 24 TL\n");
    for line in lines {
        let plain: String = line
            .chars()
            .filter(|letter| letter.is_ascii() && !matches!(letter, '(' | ')' | '\\'))
            .collect();
        let _infallible = writeln!(text, "({plain}) Tj T*");
    }
    text.push_str("ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        let _infallible = writeln!(file, "{number} 0 obj\n{object}\nendobj");
    }
    let table = file.len();
    let _infallible = write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _infallible = writeln!(file, "{place:010} 00000 n ");
    }
    let _infallible = write!(
        file,
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    );
    file.into_bytes()
}
