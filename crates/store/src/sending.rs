//! The sender's side of the send queue: what goes next, and how it went.
//!
//! Each step answers whether it was taken: a write that is in another state stays as it is.

use crate::{Store, StoreError, day, writes};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row};
use schriftje_model::{FileId, Write, WriteId};

/// A write with what its sender must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The write.
    pub write: Write,
    /// Its idempotency key at the portal.
    pub key: String,
    /// Writes with the same target are sent in order.
    pub target: String,
    /// When it was first tried with this key; `None`: never.
    pub first_attempt_at: Option<DateTime<Utc>>,
    /// The parent said that it goes although the day it is about has begun.
    pub may_be_late: bool,
    /// How far its files are, in the order of `write.files`.
    pub uploads: Vec<Upload>,
}

/// How far the upload of a file is. `OutFile::sent` tells how many bytes the portal has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// The file.
    pub file: FileId,
    /// The SHA-256 of all its bytes, in hexadecimal.
    pub sha256: String,
    /// The portal's name for the upload, once it has begun.
    pub upload: Option<String>,
    /// The idempotency key the upload is begun with, once one was chosen.
    pub key: Option<String>,
}

impl Store {
    /// The oldest write that may be sent now: nothing before it in its target waits, is being sent
    /// or is in doubt. Targets in `skip` are left out.
    pub async fn next_to_send(&self, skip: &[String]) -> Result<Option<Outgoing>, StoreError> {
        let skip = serde_json::Value::from(skip).to_string();
        self.0
            .outbox
            .read(move |c| {
                let next: Option<String> =
                    c.prepare_cached(NEXT)?.query_row([&skip], |row| row.get(0)).optional()?;
                next.map(|id| outgoing(c, &id)).transpose()
            })
            .await
    }

    /// What was being sent when the program ended. Look at the portal before it is sent again.
    pub async fn interrupted(&self) -> Result<Vec<Outgoing>, StoreError> {
        self.0
            .outbox
            .read(|c| {
                let ids: Vec<String> = c
                    .prepare_cached("SELECT id FROM writes WHERE state = 'sending' ORDER BY seq")?
                    .query_map([], |row| row.get(0))?
                    .collect::<Result<_, _>>()?;
                ids.iter().map(|id| outgoing(c, id)).collect()
            })
            .await
    }

    /// One write with what its sender must know.
    pub async fn outgoing(&self, id: WriteId) -> Result<Option<Outgoing>, StoreError> {
        self.0.outbox.read(move |c| outgoing(c, id.as_str()).optional()).await
    }

    /// Counts an attempt and notes that a queued write is being sent, on disk before the first
    /// byte goes out. `false` too when something before it in its target is not done.
    pub async fn start_sending(&self, id: WriteId, at: DateTime<Utc>) -> Result<bool, StoreError> {
        self.step(START, (id.0, at.timestamp_millis())).await
    }

    /// Counts another attempt at a write that was being sent when its answer went missing.
    pub async fn count_attempt(&self, id: WriteId) -> Result<bool, StoreError> {
        self.step(
            "UPDATE writes SET attempts = attempts + 1 WHERE id = ?1 AND state = 'sending'",
            [id.0],
        )
        .await
    }

    /// Notes that the portal has it, also when that came to light later.
    pub async fn mark_sent(
        &self,
        id: WriteId,
        remote: Option<String>,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        self.step(
            "UPDATE writes SET state = 'sent', remote = ?2, sent_at = ?3
             WHERE id = ?1 AND first_attempt_at IS NOT NULL
               AND state IN ('queued', 'sending', 'unconfirmed')",
            (id.0, remote, at.timestamp_millis()),
        )
        .await
    }

    /// Notes the portal's refusal, with its code and sentence.
    pub async fn mark_refused(
        &self,
        id: WriteId,
        code: Option<String>,
        reason: Option<String>,
    ) -> Result<bool, StoreError> {
        self.step(
            "UPDATE writes SET state = 'refused', code = ?2, reason = ?3
             WHERE id = ?1 AND state IN ('queued', 'sending')",
            (id.0, code, reason),
        )
        .await
    }

    /// Notes that nobody can tell whether the portal has it. The parent decides.
    pub async fn mark_unconfirmed(&self, id: WriteId) -> Result<bool, StoreError> {
        self.step(
            "UPDATE writes SET state = 'unconfirmed' WHERE id = ?1 AND state = 'sending'",
            [id.0],
        )
        .await
    }

    /// Lets what was being sent wait again in its place, or what was in doubt once the parent wants
    /// it sent again.
    pub async fn back_to_queue(&self, id: WriteId) -> Result<bool, StoreError> {
        self.step(
            "UPDATE writes SET state = 'queued'
             WHERE id = ?1 AND state IN ('sending', 'unconfirmed')",
            [id.0],
        )
        .await
    }

    /// Lets a refused write wait again as a new one: after all others, with a fresh key, its
    /// uploads forgotten.
    pub async fn retry_refused(&self, id: WriteId, new_key: String) -> Result<bool, StoreError> {
        self.0
            .outbox
            .write(move |c| {
                let retried = c.execute(
                    "UPDATE writes SET state = 'queued', code = NULL, reason = NULL, key = ?2,
                         first_attempt_at = NULL, told = 0, seq = (SELECT max(seq) + 1 FROM writes)
                     WHERE id = ?1 AND state = 'refused'",
                    (id.as_str(), new_key),
                )?;
                if retried == 0 {
                    return Ok(false);
                }
                c.execute(
                    "UPDATE files SET upload = NULL, upload_key = NULL, sent = 0 WHERE write = ?1",
                    [id.as_str()],
                )?;
                Ok(true)
            })
            .await
    }

    /// Lets a write that was refused with `code` wait again as a new one: after all others, with a
    /// fresh key, and with leave to go although the day it is about has begun.
    pub async fn let_go_late(
        &self,
        id: WriteId,
        code: &'static str,
        new_key: String,
    ) -> Result<bool, StoreError> {
        self.step(
            "UPDATE writes SET state = 'queued', code = NULL, reason = NULL, key = ?3,
                 first_attempt_at = NULL, told = 0, may_be_late = 1,
                 seq = (SELECT max(seq) + 1 FROM writes)
             WHERE id = ?1 AND state = 'refused' AND code = ?2",
            (id.0, code, new_key),
        )
        .await
    }

    /// Gives a waiting write or one in doubt a fresh key, since the portal no longer knows the old
    /// one, and lets it wait. It counts as never tried with the new one.
    pub async fn renew_key(&self, id: WriteId, new_key: String) -> Result<bool, StoreError> {
        self.step(
            "UPDATE writes SET state = 'queued', key = ?2, first_attempt_at = NULL
             WHERE id = ?1 AND state IN ('queued', 'unconfirmed')",
            (id.0, new_key),
        )
        .await
    }

    /// Notes the key an upload is begun with, and once it has begun the portal's name for it.
    /// Another name or key begins at the first byte.
    pub async fn set_upload(
        &self,
        file: FileId,
        upload: Option<String>,
        key: String,
    ) -> Result<bool, StoreError> {
        self.step(
            "UPDATE files SET upload = ?2, upload_key = ?3,
                 sent = iif((upload, upload_key) IS (?2, ?3), sent, 0)
             WHERE id = ?1 AND write IS NOT NULL",
            (file.0, upload, key),
        )
        .await
    }

    /// Notes how many bytes of a file the portal has.
    pub async fn set_upload_sent(&self, file: FileId, sent: u64) -> Result<bool, StoreError> {
        let sent = i64::try_from(sent).unwrap_or(i64::MAX);
        self.step(
            "UPDATE files SET sent = min(?2, bytes) WHERE id = ?1 AND upload IS NOT NULL",
            (file.0, sent),
        )
        .await
    }

    /// Forgets an upload, so that it begins anew.
    pub async fn forget_upload(&self, file: FileId) -> Result<bool, StoreError> {
        self.step(
            "UPDATE files SET upload = NULL, upload_key = NULL, sent = 0 WHERE id = ?1",
            [file.0],
        )
        .await
    }

    async fn step<P>(&self, sql: &'static str, values: P) -> Result<bool, StoreError>
    where
        P: rusqlite::Params + Send + 'static,
    {
        self.0.outbox.write(move |c| Ok(c.prepare_cached(sql)?.execute(values)? > 0)).await
    }
}

pub(crate) const NEXT: &str = "SELECT id FROM writes INDEXED BY writes_not_sent
     WHERE state <> 'sent' AND state = 'queued'
       AND target NOT IN (SELECT value FROM json_each(?1))
       AND NOT EXISTS (SELECT 1 FROM writes AS other WHERE other.target = writes.target
                       AND other.state IN ('queued', 'sending', 'unconfirmed')
                       AND other.seq < writes.seq)
       AND NOT EXISTS (SELECT 1 FROM writes AS other WHERE other.target = writes.target
                       AND other.state = 'sending')
     ORDER BY seq LIMIT 1";
const START: &str = "UPDATE writes SET state = 'sending', attempts = attempts + 1,
         first_attempt_at = coalesce(first_attempt_at, ?2)
     WHERE id = ?1 AND state = 'queued'
       AND NOT EXISTS (SELECT 1 FROM writes AS other WHERE other.target = writes.target
                       AND other.state IN ('queued', 'sending', 'unconfirmed')
                       AND other.seq < writes.seq)
       AND NOT EXISTS (SELECT 1 FROM writes AS other WHERE other.target = writes.target
                       AND other.state = 'sending')";
pub(crate) const UPLOADS: &str =
    "SELECT id, sha256, upload, upload_key FROM files WHERE write = ?1 ORDER BY position";

fn outgoing(c: &Connection, id: &str) -> rusqlite::Result<Outgoing> {
    let outgoing = c
        .prepare_cached(&format!("{} WHERE id = ?1", writes::SELECT))?
        .query_row([id], from_row)?;
    let uploads = c
        .prepare_cached(UPLOADS)?
        .query_map([id], |row| {
            Ok(Upload {
                file: FileId(row.get(0)?),
                sha256: row.get(1)?,
                upload: row.get(2)?,
                key: row.get(3)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(Outgoing { write: writes::with_files(c, outgoing.write)?, uploads, ..outgoing })
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Outgoing> {
    Ok(Outgoing {
        write: writes::from_row(row)?,
        key: row.get(9)?,
        target: row.get(10)?,
        first_attempt_at: row.get::<_, Option<i64>>(11)?.map(day::instant).transpose()?,
        may_be_late: row.get(12)?,
        uploads: Vec::new(),
    })
}
