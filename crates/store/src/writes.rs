//! What this parent gave in, until it stands in what is read (table `writes` of `outbox.db`).

use crate::{Store, StoreError, day, drafts, out_files};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row};
use schriftje_model::{Draft, FileId, Write, WriteId, WriteState, WriteWhat};

impl Store {
    /// Puts a draft in the send queue, with its files: all of it, or nothing. `None` when it is not
    /// there (any more), so that pressing twice sends once; and when it is no longer the draft
    /// with these files that was looked at, or a file is being added to it, so that nothing goes
    /// out unseen or is lost. Writes with the same `target` are sent in order.
    pub async fn queue_draft(
        &self,
        draft: Draft,
        files: Vec<FileId>,
        id: WriteId,
        what: WriteWhat,
        target: String,
        at: DateTime<Utc>,
    ) -> Result<Option<Write>, StoreError> {
        self.0
            .outbox
            .write(move |c| {
                let key = drafts::key(&draft.place);
                if drafts::load(c, &key)?.as_ref() != Some(&draft)
                    || !out_files::are_all_of_draft(c, &key, &files)?
                {
                    return Ok(None);
                }
                insert(c, &id, &body(&what, draft.keep_place)?, &target, at)?;
                out_files::give_to_write(c, &key, id.as_str())?;
                drafts::remove(c, &key)?;
                load(c, &id)
            })
            .await
    }

    /// Puts something in the send queue that was never a draft, with finished files of
    /// [`Store::begin_loose_file`]. `keep_place` is for when it becomes a draft. `None` when one of
    /// the files is not there.
    pub async fn queue_write(
        &self,
        id: WriteId,
        what: WriteWhat,
        target: String,
        files: Vec<FileId>,
        keep_place: bool,
        at: DateTime<Utc>,
    ) -> Result<Option<Write>, StoreError> {
        self.0
            .outbox
            .write(move |c| {
                insert(c, &id, &body(&what, keep_place)?, &target, at)?;
                if out_files::give_loose(c, &files, id.as_str())? {
                    return load(c, &id);
                }
                c.execute("DELETE FROM writes WHERE id = ?1", [id.as_str()])?;
                Ok(None)
            })
            .await
    }

    /// All writes, in the order they are sent in.
    pub async fn writes(&self) -> Result<Vec<Write>, StoreError> {
        self.0.outbox.read(|c| list(c, &format!("{SELECT} ORDER BY seq"))).await
    }

    /// All writes that the portal does not have, or that nobody knows of whether it has.
    pub async fn unsent(&self) -> Result<Vec<Write>, StoreError> {
        self.0.outbox.read(|c| list(c, UNSENT)).await
    }

    /// How many those are.
    pub async fn count_open_writes(&self) -> Result<u32, StoreError> {
        self.0.outbox.read(|c| c.prepare_cached(COUNT_OPEN)?.query_row([], |row| row.get(0))).await
    }

    /// One write.
    pub async fn write(&self, id: WriteId) -> Result<Option<Write>, StoreError> {
        self.0.outbox.read(move |c| load(c, &id)).await
    }

    /// The absences and requests that were refused since this was asked last, oldest first: each
    /// refusal once.
    pub async fn take_refused_requests(&self) -> Result<Vec<Write>, StoreError> {
        self.0
            .outbox
            .write(|c| {
                let refused = list(c, REFUSED_UNTOLD)?;
                for write in &refused {
                    c.prepare_cached("UPDATE writes SET told = 1 WHERE id = ?1")?
                        .execute([write.id.as_str()])?;
                }
                Ok(refused)
            })
            .await
    }

    /// Removes a write that is not being sent and was not sent; whether that was so.
    pub async fn withdraw(&self, id: WriteId) -> Result<bool, StoreError> {
        self.0
            .outbox
            .write(move |c| {
                let removed = c.execute(
                    "DELETE FROM writes
                     WHERE id = ?1 AND state IN ('queued', 'refused', 'unconfirmed')",
                    [id.as_str()],
                )?;
                Ok(removed > 0)
            })
            .await
    }

    /// Removes a write that was sent, once it stands in what is read; whether that was so.
    pub async fn forget_sent(&self, id: WriteId) -> Result<bool, StoreError> {
        self.0
            .outbox
            .write(move |c| {
                let removed = c.execute(
                    "DELETE FROM writes WHERE id = ?1 AND state = 'sent'",
                    [id.as_str()],
                )?;
                Ok(removed > 0)
            })
            .await
    }
}

pub(crate) const SELECT: &str = "SELECT id, body, state, code, reason, attempts, written_at,
            sent_at, remote, key, target, first_attempt_at, may_be_late
     FROM writes";
pub(crate) const UNSENT: &str = "SELECT id, body, state, code, reason, attempts, written_at,
            sent_at, remote, key, target, first_attempt_at, may_be_late
     FROM writes INDEXED BY writes_not_sent WHERE state <> 'sent' ORDER BY seq";
pub(crate) const REFUSED_UNTOLD: &str =
    "SELECT id, body, state, code, reason, attempts, written_at,
            sent_at, remote, key, target, first_attempt_at, may_be_late
     FROM writes INDEXED BY writes_not_sent
     WHERE state <> 'sent' AND state = 'refused' AND target IN ('absences', 'requests')
       AND told = 0
     ORDER BY seq";
pub(crate) const COUNT_OPEN: &str =
    "SELECT count(*) FROM writes INDEXED BY writes_not_sent WHERE state <> 'sent'";

/// What a write is, with whether its photos keep their place.
pub(crate) fn body(what: &WriteWhat, keep_place: bool) -> rusqlite::Result<String> {
    let mut body = serde_json::to_value(what)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    body["keepPlace"] = keep_place.into();
    Ok(body.to_string())
}

/// Whether the parent wanted the photos of a write to keep their place. One that was given in
/// before this was asked does not say.
pub(crate) fn keeps_place(c: &Connection, id: &WriteId) -> rusqlite::Result<bool> {
    c.query_row(
        "SELECT coalesce(body ->> '$.keepPlace', FALSE) FROM writes WHERE id = ?1",
        [id.as_str()],
        |row| row.get(0),
    )
}

pub(crate) fn insert(
    c: &Connection,
    id: &WriteId,
    body: &str,
    target: &str,
    at: DateTime<Utc>,
) -> rusqlite::Result<()> {
    c.prepare_cached(
        "INSERT INTO writes (seq, id, target, body, key, state, written_at)
         VALUES ((SELECT coalesce(max(seq), 0) + 1 FROM writes), ?1, ?2, ?3, ?1, 'queued', ?4)",
    )?
    .execute((id.as_str(), target, body, at.timestamp_millis()))?;
    Ok(())
}

pub(crate) fn load(c: &Connection, id: &WriteId) -> rusqlite::Result<Option<Write>> {
    let write = c
        .prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id.as_str()], from_row)
        .optional()?;
    write.map(|write| with_files(c, write)).transpose()
}

fn list(c: &Connection, sql: &str) -> rusqlite::Result<Vec<Write>> {
    c.prepare_cached(sql)?.query_map([], from_row)?.map(|write| with_files(c, write?)).collect()
}

pub(crate) fn with_files(c: &Connection, write: Write) -> rusqlite::Result<Write> {
    Ok(Write { files: out_files::of_write(c, write.id.as_str())?, ..write })
}

/// Reads a row of [`SELECT`]; its files are read apart.
pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Write> {
    Ok(Write {
        id: WriteId(row.get(0)?),
        what: serde_json::from_str(row.get_ref(1)?.as_str()?).map_err(|_| day::unreadable(1))?,
        state: state(row.get_ref(2)?.as_str()?)?,
        reason_code: row.get(3)?,
        reason: row.get(4)?,
        attempts: row.get(5)?,
        written_at: day::instant(row.get(6)?)?,
        sent_at: row.get::<_, Option<i64>>(7)?.map(day::instant).transpose()?,
        remote: row.get(8)?,
        files: Vec::new(),
    })
}

fn state(text: &str) -> rusqlite::Result<WriteState> {
    match text {
        "queued" => Ok(WriteState::Queued),
        "sending" => Ok(WriteState::Sending),
        "sent" => Ok(WriteState::Sent),
        "refused" => Ok(WriteState::Refused),
        "unconfirmed" => Ok(WriteState::Unconfirmed),
        _ => Err(day::unreadable(2)),
    }
}
