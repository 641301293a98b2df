//! Whether the organisation lets a parent save a photo (columns `refusal` and `asked`).

use crate::{Store, StoreError};
use rusqlite::OptionalExtension;
use schriftje_model::{PhotoId, Saveable};

impl Store {
    /// Photos of which the portal was not asked whether they may be saved, newest first.
    pub async fn unasked_photos(&self, limit: u32) -> Result<Vec<PhotoId>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                c.prepare_cached(UNASKED)?
                    .query_map([limit], |row| row.get(0).map(PhotoId))?
                    .collect()
            })
            .await
    }

    /// What the portal last said of these photos. Those it was not asked about are left out.
    pub async fn told_saveable(
        &self,
        photos: Vec<PhotoId>,
    ) -> Result<Vec<(PhotoId, Saveable)>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                let mut told = c.prepare_cached(TOLD)?;
                let mut found = Vec::new();
                for id in photos {
                    let refusal: Option<Option<String>> =
                        told.query_row([id.as_str()], |row| row.get(0)).optional()?;
                    if let Some(refusal) = refusal {
                        found.push((id, refusal.map_or(Saveable::Yes, Saveable::No)));
                    }
                }
                Ok(found)
            })
            .await
    }

    /// Notes the portal's answers. Photos it says nothing of may be saved.
    pub async fn set_saveable(&self, answers: Vec<(PhotoId, Saveable)>) -> Result<(), StoreError> {
        self.0
            .cache
            .write(move |c| {
                let mut update =
                    c.prepare_cached("UPDATE photos SET refusal = ?2, asked = 1 WHERE id = ?1")?;
                for (id, saveable) in &answers {
                    let refusal = match saveable {
                        Saveable::Yes => None,
                        Saveable::No(reason) => Some(reason),
                    };
                    update.execute((id.as_str(), refusal))?;
                }
                Ok(())
            })
            .await
    }
}

pub(crate) const UNASKED: &str =
    "SELECT id FROM photos WHERE asked = 0 ORDER BY day DESC, n DESC LIMIT ?1";
pub(crate) const TOLD: &str = "SELECT refusal FROM photos WHERE id = ?1 AND asked = 1";
