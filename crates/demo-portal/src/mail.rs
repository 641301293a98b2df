//! What parents are told of, and the e-mails the portal would send. They are kept and go nowhere.

use crate::portal::Portal;
use rusqlite::{Connection, OptionalExtension, params};

/// Something a parent can be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    Photos,
    Diary,
    Messages,
    News,
    Newsletters,
    Requests,
    Consents,
    Observations,
}

/// The ways to be told of something; `None` where the organisation does not offer it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ways {
    pub email: Option<bool>,
    pub push: Option<bool>,
}

impl Item {
    pub const ALL: [Self; 8] = [
        Self::Photos,
        Self::Diary,
        Self::Messages,
        Self::News,
        Self::Newsletters,
        Self::Requests,
        Self::Consents,
        Self::Observations,
    ];

    /// Its name on the wire.
    pub fn id(self) -> &'static str {
        match self {
            Self::Photos => "photos",
            Self::Diary => "diary",
            Self::Messages => "messages",
            Self::News => "news",
            Self::Newsletters => "newsletters",
            Self::Requests => "requests",
            Self::Consents => "consents",
            Self::Observations => "observations",
        }
    }

    /// Its name for parents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Photos => "Foto's",
            Self::Diary => "Dagboek",
            Self::Messages => "Berichten",
            Self::News => "Nieuws",
            Self::Newsletters => "Nieuwsbrieven",
            Self::Requests => "Aanvragen",
            Self::Consents => "Toestemmingen en verklaringen",
            Self::Observations => "Observaties",
        }
    }

    /// Whether this organisation tells of it at all.
    pub fn used(self, portal: &Portal) -> bool {
        self != Self::Observations || portal.options.organisation.rules.observations
    }

    /// How a parent is told of it who never set anything.
    fn begins(self, portal: &Portal) -> Ways {
        let photos_by_email = portal.options.organisation.rules.photos_by_email;
        Ways {
            email: match self {
                Self::Photos if !photos_by_email => None,
                item => Some(matches!(item, Self::Newsletters | Self::Requests | Self::Consents)),
            },
            push: (self != Self::Newsletters).then_some(true),
        }
    }

    /// How this parent is told of it.
    pub fn ways(self, db: &Connection, portal: &Portal, account: &str) -> rusqlite::Result<Ways> {
        let begins = self.begins(portal);
        let sql = "SELECT email, push FROM notification_setting WHERE account = ?1 AND item = ?2";
        let set = db.query_row(sql, [account, self.id()], |row| {
            Ok((row.get::<_, Option<bool>>(0)?, row.get::<_, Option<bool>>(1)?))
        });
        let (email, push) = set.optional()?.unwrap_or_default();
        Ok(Ways {
            email: begins.email.map(|begins| email.unwrap_or(begins)),
            push: begins.push.map(|begins| push.unwrap_or(begins)),
        })
    }

    /// Sets how this parent is told of it.
    pub fn set(self, db: &Connection, account: &str, ways: Ways) -> rusqlite::Result<()> {
        db.execute(
            "INSERT OR REPLACE INTO notification_setting (account, item, email, push)
             VALUES (?1, ?2, ?3, ?4)",
            params![account, self.id(), ways.email, ways.push],
        )
        .map(drop)
    }
}

/// E-mails the parents of `family` who want to be told of this that way; all parents when `None`.
pub fn send(
    db: &Connection,
    portal: &Portal,
    family: Option<i64>,
    item: Item,
    subject: &str,
) -> rusqlite::Result<()> {
    let mut parents = db.prepare_cached(
        "SELECT username, email FROM account
         WHERE (?1 IS NULL OR family = ?1) AND state <> 'ended' ORDER BY number",
    )?;
    let parents: Vec<(String, String)> = parents
        .query_map([family], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let now = portal.clock.now().timestamp_millis();
    for (account, address) in parents {
        if item.ways(db, portal, &account)?.email == Some(true) {
            db.execute(
                "INSERT INTO email (account, address, item, subject, at)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![account, address, item.id(), subject, now],
            )?;
        }
    }
    Ok(())
}
