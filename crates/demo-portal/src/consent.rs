//! "Toestemmingen en verklaringen": what is kept of them, and answering them.

use crate::bearer::Parent;
use crate::events::{What, tell};
use crate::portal::Portal;
use rusqlite::{Connection, Row, params};
use std::collections::HashMap;

/// A consent or declaration of a child, as it is kept.
pub struct Consent {
    pub id: String,
    pub child: String,
    /// `consent` or `declaration`.
    pub kind: String,
    pub title: String,
    /// What it means, as plain text.
    pub text: String,
    pub asked: Option<Asked>,
    /// Why parents cannot change it here.
    pub fixed: Option<String>,
    /// What is to be filled in by who gives it.
    pub asks: Option<String>,
    /// Every answer, the newest first.
    pub answers: Vec<Answered>,
}

/// When and by whom it was last asked for.
pub struct Asked {
    /// Epoch milliseconds.
    pub at: i64,
    pub by: String,
    /// It waits for an answer.
    pub open: bool,
}

/// An answer somebody gave.
#[derive(Clone)]
pub struct Answered {
    /// `given` or `refused`.
    pub answer: String,
    /// Epoch milliseconds.
    pub at: i64,
    pub by: String,
    /// What was filled in.
    pub words: Option<String>,
}

/// The consents of the family's children that have not left, child by child.
pub fn of_family(db: &Connection, family: i64, today: &str) -> rusqlite::Result<Vec<Consent>> {
    let mut query = db.prepare_cached(
        "SELECT consent.id, child, kind, title, text, asked_at, asked_by, open, fixed, asks
         FROM consent JOIN child ON child.id = consent.child
         WHERE family = ?1 AND (ends IS NULL OR ends > ?2)
         ORDER BY child.position, consent.position",
    )?;
    let mut found: Vec<Consent> =
        query.query_map(params![family, today], read)?.collect::<rusqlite::Result<_>>()?;
    let mut query = db.prepare_cached(
        "SELECT consent, answer, at, by, words FROM consent_answer
         JOIN consent ON consent.id = consent_answer.consent
         JOIN child ON child.id = consent.child
         WHERE family = ?1 ORDER BY number DESC",
    )?;
    let mut answers: HashMap<String, Vec<Answered>> = HashMap::new();
    let mut rows = query.query([family])?;
    while let Some(row) = rows.next()? {
        let answer =
            Answered { answer: row.get(1)?, at: row.get(2)?, by: row.get(3)?, words: row.get(4)? };
        answers.entry(row.get(0)?).or_default().push(answer);
    }
    for consent in &mut found {
        consent.answers = answers.remove(&consent.id).unwrap_or_default();
    }
    Ok(found)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Consent> {
    let asked: Option<(i64, String)> = row.get::<_, Option<_>>(5)?.zip(row.get(6)?);
    let open = row.get(7)?;
    Ok(Consent {
        id: row.get(0)?,
        child: row.get(1)?,
        kind: row.get(2)?,
        title: row.get(3)?,
        text: row.get(4)?,
        asked: asked.map(|(at, by)| Asked { at, by, open }),
        fixed: row.get(8)?,
        asks: row.get(9)?,
        answers: Vec::new(),
    })
}

/// Keeps a parent's answer; nothing is open then.
pub fn answer(
    db: &Connection,
    portal: &Portal,
    parent: &Parent,
    consent: &str,
    (answer, words): (&str, Option<&str>),
    key: &str,
) -> rusqlite::Result<()> {
    let now = portal.clock.now().timestamp_millis();
    db.execute(
        "INSERT INTO consent_answer (consent, answer, at, by, words, key)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![consent, answer, now, parent.full_name, words, key],
    )?;
    db.execute("UPDATE consent SET open = 0 WHERE id = ?1", [consent])?;
    tell(db, parent.family, What::Family)
}
