//! What the portal last said it offers (table `capabilities`).

use crate::{Store, StoreError, day};
use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;

/// The portal's last answer about its capabilities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapabilitiesRecord {
    /// When it was asked; it is asked once a day at most.
    pub asked_at: DateTime<Utc>,
    /// The answer as JSON, as whoever saved it wrote it.
    pub answer: String,
}

impl Store {
    /// The last answer, if the portal was ever asked.
    pub async fn capabilities(&self) -> Result<Option<CapabilitiesRecord>, StoreError> {
        self.0
            .account
            .read(|c| {
                c.query_row("SELECT asked_at, answer FROM capabilities WHERE one = 1", [], |row| {
                    Ok(CapabilitiesRecord {
                        asked_at: day::instant(row.get(0)?)?,
                        answer: row.get(1)?,
                    })
                })
                .optional()
            })
            .await
    }

    /// Notes an answer.
    pub async fn set_capabilities(&self, record: CapabilitiesRecord) -> Result<(), StoreError> {
        self.0
            .account
            .write(move |c| {
                c.execute(
                    "INSERT OR REPLACE INTO capabilities (one, asked_at, answer) VALUES (1, ?1, ?2)",
                    (record.asked_at.timestamp_millis(), &record.answer),
                )?;
                Ok(())
            })
            .await
    }
}
