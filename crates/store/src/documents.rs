//! Documents of the administration (tables `documents`, `document_lists` and `documents_read`).

use crate::{Store, StoreError, day, document_files};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row};
use schriftje_model::{Day, Document, DocumentId, DocumentKind};
use std::collections::BTreeMap;

/// A document as the portal lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDocument {
    /// Its identity.
    pub id: DocumentId,
    /// Its day.
    pub day: Day,
    /// The administration it belongs to at the portal.
    pub admin: String,
    /// Which it is there.
    pub item: String,
    /// Its name; empty when it has none.
    pub subject: String,
    /// Whether there is a file.
    pub has_file: bool,
}

/// A document, and what it is at the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRecord {
    /// The document.
    pub document: Document,
    /// The administration it belongs to at the portal.
    pub admin: String,
    /// Which it is there.
    pub item: String,
}

/// How fresh the documents are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentsState {
    /// When the newest were last read without trouble.
    pub fresh_at: Option<DateTime<Utc>>,
    /// When every year was last read.
    pub walked_at: Option<DateTime<Utc>>,
    /// When the lists that were ever read were last read, by year and kind.
    pub lists: BTreeMap<(i32, DocumentKind), DateTime<Utc>>,
    /// Years with any document, oldest first.
    pub years: Vec<i32>,
}

impl Store {
    /// The documents of `kind`, or of every kind, with a day in `year`, or in any; newest first.
    pub async fn documents(
        &self,
        kind: Option<DocumentKind>,
        year: Option<i32>,
    ) -> Result<Vec<Document>, StoreError> {
        let here = self.0.media.read(document_files::whole).await?;
        let first = |year: i32| Day::from_ymd_opt(year, 1, 1).map_or(i64::MAX, day::number);
        let (from, before) = match year {
            Some(year) => (first(year), first(year.saturating_add(1))),
            None => (i64::MIN, i64::MAX),
        };
        self.0
            .cache
            .read(move |c| {
                let mut documents = Vec::new();
                let mut statement = c.prepare_cached(NEWEST_FIRST)?;
                let mut rows = statement.query((from, before))?;
                while let Some(row) = rows.next()? {
                    let mut record = from_row(row)?;
                    if kind.is_none_or(|kind| kind == record.document.kind) {
                        record.document.here = here.contains(&record.document.id);
                        documents.push(record.document);
                    }
                }
                Ok(documents)
            })
            .await
    }

    /// One document.
    pub async fn document(&self, id: DocumentId) -> Result<Option<DocumentRecord>, StoreError> {
        let wanted = id.clone();
        let here = self.0.media.read(move |c| document_files::find(c, &wanted)).await?.is_some();
        let record = self
            .0
            .cache
            .read(move |c| c.prepare_cached(ONE)?.query_row([id.as_str()], from_row).optional())
            .await?;
        Ok(record.map(|mut record| {
            record.document.here = here;
            record
        }))
    }

    /// Puts the list of a kind and a year in the place of what was known of it; whether anything
    /// is other than before. Files of documents that are gone or changed go as well.
    pub async fn apply_documents(
        &self,
        kind: DocumentKind,
        year: i32,
        new: Vec<NewDocument>,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let outdated = self
            .0
            .cache
            .write(move |c| {
                let outdated = replace(c, kind, year, &new)?;
                c.prepare_cached("INSERT OR REPLACE INTO document_lists VALUES (?1, ?2, ?3)")?
                    .execute((word(kind), year, at.timestamp_millis()))?;
                Ok(outdated)
            })
            .await?;
        // Killed between the two, the file of one that is gone stays unseen, and that of one that
        // changed is the one the parent had.
        if !outdated.files.is_empty() {
            self.0.media.write(move |c| document_files::remove(c, &outdated.files)).await?;
        }
        Ok(outdated.changed)
    }

    /// How fresh the documents are.
    pub async fn documents_state(&self) -> Result<DocumentsState, StoreError> {
        self.0.cache.read(state).await
    }

    /// Notes that the newest documents were read, and with `walked` every year.
    pub async fn set_documents_read(
        &self,
        at: DateTime<Utc>,
        walked: bool,
    ) -> Result<(), StoreError> {
        self.0
            .cache
            .write(move |c| {
                c.execute(
                    "UPDATE documents_read
                     SET fresh_at = ?1, walked_at = iif(?2, ?1, walked_at)",
                    (at.timestamp_millis(), walked),
                )
                .map(drop)
            })
            .await
    }
}

pub(crate) const NEWEST_FIRST: &str =
    "SELECT id, kind, day, subject, has_file, admin, item FROM documents
     WHERE day >= ?1 AND day < ?2 ORDER BY day DESC, kind, position, id";
pub(crate) const ONE: &str =
    "SELECT id, kind, day, subject, has_file, admin, item FROM documents WHERE id = ?1";
pub(crate) const OF_LIST: &str = "SELECT id, kind, day, subject, has_file, admin, item
     FROM documents WHERE kind = ?1 AND year = ?2";

/// What a list made of what was known.
struct Outdated {
    changed: bool,
    files: Vec<DocumentId>,
}

fn replace(
    c: &Connection,
    kind: DocumentKind,
    year: i32,
    new: &[NewDocument],
) -> rusqlite::Result<Outdated> {
    let before: Vec<DocumentRecord> = c
        .prepare_cached(OF_LIST)?
        .query_map((word(kind), year), from_row)?
        .collect::<rusqlite::Result<_>>()?;
    let before: BTreeMap<DocumentId, DocumentRecord> =
        before.into_iter().map(|record| (record.document.id.clone(), record)).collect();
    let is_known = |new: &NewDocument| {
        before.get(&new.id).is_some_and(|record| {
            let Document { day, subject, has_file, .. } = &record.document;
            (*day, subject, *has_file) == (new.day, &new.subject, new.has_file)
        })
    };
    let kept: Vec<&DocumentId> =
        new.iter().filter(|new| is_known(new)).map(|new| &new.id).collect();
    let files: Vec<DocumentId> = before.keys().filter(|id| !kept.contains(id)).cloned().collect();
    let changed = !files.is_empty() || new.iter().any(|new| !is_known(new));
    c.prepare_cached("DELETE FROM documents WHERE kind = ?1 AND year = ?2")?
        .execute((word(kind), year))?;
    let mut insert = c.prepare_cached(
        "INSERT OR REPLACE INTO documents
             (id, kind, year, day, position, admin, item, subject, has_file)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for (position, new) in (0_i64..).zip(new) {
        insert.execute((
            new.id.as_str(),
            word(kind),
            year,
            day::number(new.day),
            position,
            &new.admin,
            &new.item,
            &new.subject,
            new.has_file,
        ))?;
    }
    Ok(Outdated { changed, files })
}

fn state(c: &Connection) -> rusqlite::Result<DocumentsState> {
    let (fresh_at, walked_at): (Option<i64>, Option<i64>) =
        c.query_row("SELECT fresh_at, walked_at FROM documents_read", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let lists = c
        .prepare_cached("SELECT year, kind, read_at FROM document_lists")?
        .query_map([], |row| {
            let kind = kind(row.get_ref(1)?.as_str()?)?;
            Ok(((row.get(0)?, kind), day::instant(row.get(2)?)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let years = c
        .prepare_cached("SELECT DISTINCT year FROM documents ORDER BY year")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(DocumentsState {
        fresh_at: fresh_at.map(day::instant).transpose()?,
        walked_at: walked_at.map(day::instant).transpose()?,
        lists,
        years,
    })
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<DocumentRecord> {
    Ok(DocumentRecord {
        document: Document {
            id: DocumentId(row.get(0)?),
            kind: kind(row.get_ref(1)?.as_str()?)?,
            day: day::from_number(row.get(2)?)?,
            subject: row.get(3)?,
            has_file: row.get(4)?,
            here: false,
        },
        admin: row.get(5)?,
        item: row.get(6)?,
    })
}

fn word(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Invoice => "invoice",
        DocumentKind::AnnualStatement => "annualStatement",
        DocumentKind::Other => "other",
    }
}

fn kind(word: &str) -> rusqlite::Result<DocumentKind> {
    match word {
        "invoice" => Ok(DocumentKind::Invoice),
        "annualStatement" => Ok(DocumentKind::AnnualStatement),
        "other" => Ok(DocumentKind::Other),
        _ => Err(day::unreadable(1)),
    }
}
