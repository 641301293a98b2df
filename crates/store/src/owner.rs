//! Whose timeline this is (table `owner`): what is left to go by when `account.db` was damaged.

use crate::{Store, StoreError};
use rusqlite::{Connection, OptionalExtension};

/// Which account a timeline belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The portal's address.
    pub portal: String,
    /// The user name.
    pub username: String,
}

impl Store {
    /// Whose timeline this is: as the account says, and after `account.db` was damaged, as the
    /// account last said. `None` before [`Store::save_account`].
    pub async fn owner(&self) -> Result<Option<Owner>, StoreError> {
        if let Some(account) = self.account().await? {
            return Ok(Some(Owner { portal: account.portal, username: account.username }));
        }
        self.0.cache.read(read).await
    }

    /// Notes beside the timeline whose it is, unless that stands there.
    pub(crate) async fn note_owner(&self) -> Result<(), StoreError> {
        let Some(account) = self.account().await? else { return Ok(()) };
        let owner = Owner { portal: account.portal, username: account.username };
        if self.0.cache.read(read).await?.as_ref() == Some(&owner) {
            return Ok(());
        }
        self.0.cache.write(move |c| save(c, &owner)).await
    }
}

fn read(c: &Connection) -> rusqlite::Result<Option<Owner>> {
    c.query_row("SELECT portal, username FROM owner WHERE one = 1", [], |row| {
        Ok(Owner { portal: row.get(0)?, username: row.get(1)? })
    })
    .optional()
}

fn save(c: &Connection, owner: &Owner) -> rusqlite::Result<()> {
    c.execute(
        "INSERT OR REPLACE INTO owner (one, portal, username) VALUES (1, ?1, ?2)",
        (&owner.portal, &owner.username),
    )?;
    Ok(())
}
