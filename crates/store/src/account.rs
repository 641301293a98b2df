//! Who is signed in (table `account`).

use crate::{Store, StoreError, day};
use rusqlite::{Connection, OptionalExtension, Row};
use schriftje_model::AccountId;

/// How the portal sees this account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// Signed in.
    SignedIn,
    /// The portal asks for the password again.
    Expired,
    /// The portal refuses this account for good.
    Ended,
}

impl SessionState {
    fn as_str(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::Expired => "expired",
            Self::Ended => "ended",
        }
    }

    fn parse(text: &str) -> rusqlite::Result<Self> {
        match text {
            "signed_in" => Ok(Self::SignedIn),
            "expired" => Ok(Self::Expired),
            "ended" => Ok(Self::Ended),
            _ => Err(day::unreadable(0)),
        }
    }
}

/// An account at a portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRecord {
    /// Its name on this device.
    pub id: AccountId,
    /// The portal's address.
    pub portal: String,
    /// The user name.
    pub username: String,
    /// The parent's own name, once the portal has told.
    pub parent_name: Option<String>,
    /// The parent's e-mail address, once the portal has told.
    pub email: Option<String>,
    /// The organisation's name, once the portal has told.
    pub organisation: Option<String>,
    /// How the portal sees it.
    pub session: SessionState,
    /// A random name of this device, told to the portal.
    pub device: String,
}

impl Store {
    /// The account; `None` before [`Store::save_account`], and after `account.db` was damaged.
    pub async fn account(&self) -> Result<Option<AccountRecord>, StoreError> {
        self.0.account.read(read).await
    }

    /// Saves the account as a whole.
    pub async fn save_account(&self, account: AccountRecord) -> Result<(), StoreError> {
        self.0.account.write(move |c| save(c, &account)).await?;
        self.note_owner().await
    }

    /// Notes how the portal sees the account.
    pub async fn set_session(&self, session: SessionState) -> Result<(), StoreError> {
        self.0
            .account
            .write(move |c| {
                c.execute("UPDATE account SET session = ?1", [session.as_str()])?;
                Ok(())
            })
            .await
    }

    /// Notes what the portal tells of the parent. Answers whether that is news.
    pub async fn set_profile(
        &self,
        parent_name: Option<String>,
        email: Option<String>,
        organisation: Option<String>,
    ) -> Result<bool, StoreError> {
        self.0
            .account
            .write(move |c| {
                let changed = c.execute(
                    "UPDATE account SET parent_name = coalesce(?1, parent_name),
                         email = coalesce(?2, email), organisation = coalesce(?3, organisation)
                     WHERE (parent_name, email, organisation) IS NOT
                           (coalesce(?1, parent_name), coalesce(?2, email), coalesce(?3, organisation))",
                    (parent_name, email, organisation),
                )?;
                Ok(changed > 0)
            })
            .await
    }
}

fn read(c: &Connection) -> rusqlite::Result<Option<AccountRecord>> {
    c.query_row(
        "SELECT id, portal, username, parent_name, email, organisation, session, device
         FROM account WHERE one = 1",
        [],
        from_row,
    )
    .optional()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<AccountRecord> {
    Ok(AccountRecord {
        id: AccountId(row.get(0)?),
        portal: row.get(1)?,
        username: row.get(2)?,
        parent_name: row.get(3)?,
        email: row.get(4)?,
        organisation: row.get(5)?,
        session: SessionState::parse(row.get_ref(6)?.as_str()?)?,
        device: row.get(7)?,
    })
}

fn save(c: &Connection, account: &AccountRecord) -> rusqlite::Result<()> {
    c.execute(
        "INSERT OR REPLACE INTO account
             (one, id, portal, username, parent_name, email, organisation, session, device)
         VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (
            account.id.as_str(),
            &account.portal,
            &account.username,
            &account.parent_name,
            &account.email,
            &account.organisation,
            account.session.as_str(),
            &account.device,
        ),
    )?;
    Ok(())
}
