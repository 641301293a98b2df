//! Requests and absences (table `care_requests`), and credits (table `credits`), as the portal last
//! told them.

use crate::{Store, StoreError, day};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};
use schriftje_model::{CareRequest, Credit, RequestId};
use serde::Serialize;
use serde::de::DeserializeOwned;

impl Store {
    /// All requests and absences, newest first.
    pub async fn care_requests(&self) -> Result<Vec<CareRequest>, StoreError> {
        self.0.cache.read(|c| bodies(c, REQUESTS)).await
    }

    /// One of them.
    pub async fn care_request(&self, id: RequestId) -> Result<Option<CareRequest>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                let sql = "SELECT body FROM care_requests WHERE id = ?1";
                let body = c.query_row(sql, [id.as_str()], |row| row.get::<_, String>(0));
                body.optional()?.map(|body| parsed(&body)).transpose()
            })
            .await
    }

    /// Takes in the list of requests as it was read. With `all` they are all there are: what is not
    /// among them goes. Answers what was known before; nothing when the list was never read.
    pub async fn apply_care_requests(
        &self,
        requests: Vec<CareRequest>,
        all: bool,
        at: DateTime<Utc>,
    ) -> Result<Option<Vec<CareRequest>>, StoreError> {
        self.0
            .cache
            .write(move |c| {
                let sql = "SELECT requests_at FROM planning";
                let read_at: Option<i64> = c.query_row(sql, [], |row| row.get(0))?;
                // What an older version wrote otherwise was not read.
                let before = read_at.and_then(|_| bodies(c, REQUESTS).ok());
                if all {
                    c.execute("DELETE FROM care_requests", [])?;
                }
                keep(c, &requests)?;
                let sql = "UPDATE planning SET requests_at = ?1";
                c.execute(sql, [at.timestamp_millis()])?;
                Ok(before)
            })
            .await
    }

    /// Keeps a request as it is after this parent changed it.
    pub async fn set_care_request(&self, request: CareRequest) -> Result<(), StoreError> {
        self.0.cache.write(move |c| keep(c, &[request])).await
    }

    /// All credits, in the portal's order.
    pub async fn credits(&self) -> Result<Vec<Credit>, StoreError> {
        self.0.cache.read(|c| bodies(c, CREDITS)).await
    }

    /// Puts `credits` in the place of all there were.
    pub async fn apply_credits(&self, credits: Vec<Credit>) -> Result<(), StoreError> {
        self.0
            .cache
            .write(move |c| {
                c.execute("DELETE FROM credits", [])?;
                let mut insert =
                    c.prepare_cached("INSERT OR REPLACE INTO credits VALUES (?1, ?2, ?3)")?;
                for (position, credit) in (0_i64..).zip(&credits) {
                    insert.execute((credit.id.as_str(), position, body(credit)?))?;
                }
                Ok(())
            })
            .await
    }
}

const REQUESTS: &str = "SELECT body FROM care_requests ORDER BY sent_at DESC, id";
const CREDITS: &str = "SELECT body FROM credits ORDER BY position";

fn keep(c: &Connection, requests: &[CareRequest]) -> rusqlite::Result<()> {
    let mut insert =
        c.prepare_cached("INSERT OR REPLACE INTO care_requests VALUES (?1, ?2, ?3)")?;
    for request in requests {
        let sent_at = request.sent_at.timestamp_millis();
        insert.execute((request.id.as_str(), sent_at, body(request)?))?;
    }
    Ok(())
}

fn bodies<T: DeserializeOwned>(c: &Connection, sql: &str) -> rusqlite::Result<Vec<T>> {
    let mut query = c.prepare_cached(sql)?;
    let rows = query.query_map([], |row| row.get::<_, String>(0))?;
    rows.map(|body| parsed(&body?)).collect()
}

fn parsed<T: DeserializeOwned>(body: &str) -> rusqlite::Result<T> {
    serde_json::from_str(body).map_err(|_| day::unreadable(0))
}

fn body<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}
