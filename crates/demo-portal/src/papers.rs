//! What the administration puts ready for a family.

use crate::day::midnight_ms;
use crate::nursery::{Nursery, NurseryError, family};
use chrono::NaiveDate;
use rusqlite::params;

/// A document to put ready.
#[derive(Clone, Debug)]
pub struct NewPaper {
    /// `invoice`, `annualstatement` or `document`.
    pub kind: &'static str,
    /// Its name, sent exactly so.
    pub subject: String,
    /// Its day.
    pub day: NaiveDate,
    /// Its file, exactly so; a PDF that says its name when left out.
    pub bytes: Option<Vec<u8>>,
}

impl Nursery {
    /// Puts a document ready for the demo family; answers which it is (wire: `itemId`).
    ///
    /// # Errors
    /// When the portal's memory failed.
    pub async fn put_paper(&self, new: NewPaper) -> Result<String, NurseryError> {
        self.change(move |db| {
            let family = family(db, None)?;
            let item = uuid::Uuid::new_v4().simple().to_string();
            db.execute(
                "INSERT INTO paper
                     (item_id, admin_id, family, kind, subject, date, has_attachment, bytes)
                 VALUES (?1, 'a1', ?2, ?3, ?4, ?5, 1, ?6)",
                params![item, family, new.kind, new.subject, midnight_ms(new.day), new.bytes],
            )?;
            Ok(item)
        })
        .await
    }

    /// Takes back a document.
    ///
    /// # Errors
    /// When there is no such document.
    pub async fn take_back_paper(&self, item: &str) -> Result<(), NurseryError> {
        let item = item.to_owned();
        self.change(move |db| match db.execute("DELETE FROM paper WHERE item_id = ?1", [item])? {
            0 => Err(NurseryError::Unknown("paper")),
            _ => Ok(()),
        })
        .await
    }
}
