//! What the portal tells of the place and the family (table `facts`).

use crate::{Store, StoreError, day};
use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;
use schriftje_model::{Fact, FactKind, MediaId};

/// A piece as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptFact {
    /// What it says.
    pub fact: Fact,
    /// When it was read last.
    pub read_at: DateTime<Utc>,
}

/// What a piece was before it was read anew.
#[derive(Clone, Debug, PartialEq)]
pub struct FactBefore {
    /// Whether it said something else, or was not here.
    pub differs: bool,
    /// What it said, when it was ever read.
    pub fact: Option<Fact>,
}

impl Store {
    /// A piece, when it was ever read. One that an older version wrote otherwise was not.
    pub async fn fact(&self, kind: &FactKind) -> Result<Option<KeptFact>, StoreError> {
        let name = kind.name();
        let kept = self
            .0
            .cache
            .read(move |c| {
                c.prepare_cached(FACT)?
                    .query_row([&name], |row| {
                        Ok((row.get::<_, String>(0)?, day::instant(row.get(1)?)?))
                    })
                    .optional()
            })
            .await?;
        Ok(kept.and_then(|(body, read_at)| {
            serde_json::from_str(&body).ok().map(|fact| KeptFact { fact, read_at })
        }))
    }

    /// Keeps a piece; answers what it was before.
    pub async fn set_fact(
        &self,
        kind: &FactKind,
        fact: &Fact,
        read_at: DateTime<Utc>,
    ) -> Result<FactBefore, StoreError> {
        let name = kind.name();
        let body =
            serde_json::to_string(fact).map_err(|error| StoreError::Sql(error.to_string()))?;
        self.0
            .cache
            .write(move |c| {
                let before: Option<String> = c
                    .prepare_cached("SELECT body FROM facts WHERE name = ?1")?
                    .query_row([&name], |row| row.get(0))
                    .optional()?;
                c.prepare_cached(
                    "INSERT OR REPLACE INTO facts (name, body, read_at) VALUES (?1, ?2, ?3)",
                )?
                .execute((&name, &body, read_at.timestamp_millis()))?;
                Ok(FactBefore {
                    differs: before.as_deref() != Some(&body),
                    fact: before.and_then(|before| serde_json::from_str(&before).ok()),
                })
            })
            .await
    }

    /// Forgets a piece that the portal has no more.
    pub async fn forget_fact(&self, kind: &FactKind) -> Result<(), StoreError> {
        let name = kind.name();
        self.0
            .cache
            .write(move |c| {
                c.prepare_cached("DELETE FROM facts WHERE name = ?1")?.execute([&name])?;
                Ok(())
            })
            .await
    }

    /// The piece a picture belongs to.
    pub async fn fact_of_picture(&self, id: &MediaId) -> Result<Option<FactKind>, StoreError> {
        let id = format!("\"{id}\"");
        let name = self
            .0
            .cache
            .read(move |c| {
                c.prepare_cached(OF_PICTURE)?
                    .query_row([&id], |row| row.get::<_, String>(0))
                    .optional()
            })
            .await?;
        Ok(name.and_then(|name| FactKind::named(&name)))
    }
}

pub(crate) const FACT: &str = "SELECT body, read_at FROM facts WHERE name = ?1";
/// There are a few dozen pieces at most.
const OF_PICTURE: &str = "SELECT name FROM facts WHERE instr(body, ?1) > 0";
