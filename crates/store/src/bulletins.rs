//! How fresh the lists of news and newsletters are (table `bulletins`).

use crate::{Store, StoreError, day, totals};
use chrono::{DateTime, Utc};

/// What an organisation sends to all parents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bulletin {
    /// News items.
    Articles,
    /// Newsletters.
    Newsletters,
}

impl Bulletin {
    fn as_str(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Newsletters => "newsletters",
        }
    }
}

/// How fresh a list is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BulletinState {
    /// When it was last read without trouble.
    pub fresh_at: Option<DateTime<Utc>>,
    /// How many the portal counted as new then.
    pub counter: Option<u32>,
    /// Whether it was read to its end at least once.
    pub complete: bool,
}

impl Store {
    /// How fresh a list is.
    pub async fn bulletin_state(&self, which: Bulletin) -> Result<BulletinState, StoreError> {
        self.0
            .cache
            .read(move |c| {
                c.prepare_cached(STATE)?.query_row([which.as_str()], |row| {
                    Ok(BulletinState {
                        fresh_at: row.get::<_, Option<i64>>(0)?.map(day::instant).transpose()?,
                        counter: row.get(1)?,
                        complete: row.get(2)?,
                    })
                })
            })
            .await
    }

    /// Notes that a list was read without trouble at `now`, when the portal counted so many as
    /// new; with `complete` to its end.
    pub async fn set_bulletin_fresh(
        &self,
        which: Bulletin,
        now: DateTime<Utc>,
        counter: Option<u32>,
        complete: bool,
    ) -> Result<(), StoreError> {
        self.0
            .cache
            .write(move |c| {
                c.execute(
                    "UPDATE bulletins SET fresh_at = ?2, counter = coalesce(?3, counter),
                            complete = complete OR ?4
                     WHERE name = ?1",
                    (which.as_str(), now.timestamp_millis(), counter, complete),
                )?;
                Ok(())
            })
            .await
    }

    /// How many of a list hold something unread. Costs the same whatever is in the account.
    pub async fn unread_bulletins(&self, which: Bulletin) -> Result<u32, StoreError> {
        let name = match which {
            Bulletin::Articles => "unread_articles",
            Bulletin::Newsletters => "unread_newsletters",
        };
        self.0
            .cache
            .read(move |c| c.prepare_cached(totals::SELECT)?.query_row([name], |row| row.get(0)))
            .await
    }
}

pub(crate) const STATE: &str = "SELECT fresh_at, counter, complete FROM bulletins WHERE name = ?1";

/// What of a list was new.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppliedBulletins {
    /// Identities of those that were not here, or say something else than before.
    pub new: Vec<String>,
    /// Whether a screen shows something else now.
    pub visible: bool,
}
