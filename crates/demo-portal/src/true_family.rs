//! What a family answered and what it was sent, for a test to compare with.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

/// A consent or declaration as the nursery knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrueConsent {
    /// Its identity.
    pub id: String,
    /// The identity of the child it is about.
    pub child: String,
    /// What it is called.
    pub title: String,
    /// `given`, `refused` or nothing yet.
    pub answer: Option<String>,
    /// Who answered.
    pub by: Option<String>,
    /// What was filled in.
    pub words: Option<String>,
    /// How often it was answered.
    pub answers: usize,
    /// Whether it waits for an answer.
    pub open: bool,
    /// The idempotency key of the parent's write that answered last.
    pub key: Option<String>,
}

/// An e-mail the portal would have sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrueEmail {
    /// The user name of whom it is for.
    pub account: String,
    /// Where it goes.
    pub address: String,
    /// What it tells of.
    pub item: String,
    /// Its subject.
    pub subject: String,
    /// The link in it.
    pub link: Option<String>,
}

impl TrueConsent {
    /// Those of every child of the family, in order.
    pub(crate) fn of_family(db: &Connection, family: i64) -> rusqlite::Result<Vec<Self>> {
        let mut query = db.prepare_cached(
            "SELECT consent.id, consent.child, title, answer, by,
                    (SELECT count(*) FROM consent_answer WHERE consent = consent.id), open, key,
                    words
             FROM consent JOIN child ON child.id = consent.child
             LEFT JOIN consent_answer ON number =
               (SELECT max(number) FROM consent_answer AS last WHERE last.consent = consent.id)
             WHERE family = ?1 ORDER BY child.position, consent.position",
        )?;
        let rows = query.query_map([family], |row| {
            Ok(Self {
                id: row.get(0)?,
                child: row.get(1)?,
                title: row.get(2)?,
                answer: row.get(3)?,
                by: row.get(4)?,
                answers: usize::try_from(row.get::<_, i64>(5)?).unwrap_or_default(),
                open: row.get(6)?,
                key: row.get(7)?,
                words: row.get(8)?,
            })
        })?;
        rows.collect()
    }
}

impl TrueEmail {
    /// Those to every parent of the family, the oldest first.
    pub(crate) fn of_family(db: &Connection, family: i64) -> rusqlite::Result<Vec<Self>> {
        let mut query = db.prepare_cached(
            "SELECT account, address, item, subject, link FROM email
             JOIN account ON account.username = email.account
             WHERE family = ?1 ORDER BY email.number",
        )?;
        let rows = query.query_map([family], |row| {
            Ok(Self {
                account: row.get(0)?,
                address: row.get(1)?,
                item: row.get(2)?,
                subject: row.get(3)?,
                link: row.get(4)?,
            })
        })?;
        rows.collect()
    }
}
