//! Pictures of the children (table `avatars`).

use crate::{Store, StoreError};
use rusqlite::{Connection, OptionalExtension};
use schriftje_model::{ChildId, MediaId};

impl Store {
    /// Whose picture that is; `None` when it is no avatar.
    pub async fn avatar_owner(&self, id: MediaId) -> Result<Option<ChildId>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                c.prepare_cached(OWNER)?
                    .query_row([id.as_str()], |row| row.get(0).map(ChildId))
                    .optional()
            })
            .await
    }
}

pub(crate) const OWNER: &str = "SELECT child FROM avatars WHERE id = ?1";

/// Notes that a child has that picture.
pub(crate) fn note(c: &Connection, id: &MediaId, child: &ChildId) -> rusqlite::Result<()> {
    c.prepare_cached("INSERT OR IGNORE INTO avatars (id, child) VALUES (?1, ?2)")?
        .execute([id.as_str(), child.as_str()])?;
    Ok(())
}
