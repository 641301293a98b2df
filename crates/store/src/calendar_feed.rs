//! Where calendar programs on this device find the planning (table `calendar_feed`).

use crate::{Store, StoreError};
use rusqlite::OptionalExtension;
use secrecy::{ExposeSecret, SecretString};

/// Where calendar programs find it.
#[derive(Clone, Debug)]
pub struct FeedPlace {
    /// The port on this device.
    pub port: u16,
    /// The part of the path that only the parent knows.
    pub secret: SecretString,
}

impl Store {
    /// The place, while it is switched on.
    pub async fn calendar_feed(&self) -> Result<Option<FeedPlace>, StoreError> {
        self.0
            .account
            .read(|c| {
                c.query_row("SELECT port, secret FROM calendar_feed WHERE one = 1", [], |row| {
                    Ok(FeedPlace {
                        port: row.get(0)?,
                        secret: SecretString::from(row.get::<_, String>(1)?),
                    })
                })
                .optional()
            })
            .await
    }

    /// Keeps the place, or forgets it with its secret.
    pub async fn set_calendar_feed(&self, place: Option<FeedPlace>) -> Result<(), StoreError> {
        self.0
            .account
            .write(move |c| {
                match place {
                    Some(place) => c.execute(
                        "INSERT OR REPLACE INTO calendar_feed (one, port, secret) VALUES (1, ?1, ?2)",
                        (place.port, place.secret.expose_secret()),
                    )?,
                    None => c.execute("DELETE FROM calendar_feed", [])?,
                };
                Ok(())
            })
            .await
    }
}
