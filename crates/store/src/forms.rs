//! Half-filled requests, one a kind (table `forms` of `outbox.db`).

use crate::{Store, StoreError, day, wishes, writes};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};
use schriftje_model::{RequestForm, RequestKind, Wish, WishId, Write, WriteId, WriteWhat};

impl Store {
    /// The form of a kind as it was left. An absence is never kept half-filled.
    pub async fn form(&self, kind: RequestKind) -> Result<Option<RequestForm>, StoreError> {
        self.0.outbox.read(move |c| load(c, kind)).await
    }

    /// Keeps a form. On disk when this returns.
    pub async fn save_form(&self, form: RequestForm, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.0.outbox.write(move |c| save(c, &form, at)).await
    }

    /// Removes the form of a kind; whether there was one.
    pub async fn discard_form(&self, kind: RequestKind) -> Result<bool, StoreError> {
        self.0.outbox.write(move |c| remove(c, kind)).await
    }

    /// The forms in which something stands, last changed first.
    pub async fn forms(&self) -> Result<Vec<RequestForm>, StoreError> {
        self.0
            .outbox
            .read(|c| {
                let mut forms: Vec<RequestForm> = c
                    .prepare_cached("SELECT body FROM forms ORDER BY updated_at DESC, kind")?
                    .query_map([], |row| parse(row.get_ref(0)?.as_str()?))?
                    .collect::<Result<_, _>>()?;
                forms.retain(|form| !form.is_blank());
                Ok(forms)
            })
            .await
    }

    /// Puts `sent` in the send queue and empties the form of its kind: both, or nothing. `None`
    /// when that is no longer `form`, which was looked at: pressing twice sends once, and nothing
    /// goes out unseen.
    pub async fn queue_form(
        &self,
        form: RequestForm,
        sent: RequestForm,
        id: WriteId,
        target: String,
        at: DateTime<Utc>,
    ) -> Result<Option<Write>, StoreError> {
        self.0
            .outbox
            .write(move |c| {
                if load(c, form.kind)?.as_ref() != Some(&form) {
                    return Ok(None);
                }
                let what = WriteWhat::Request { form: sent };
                writes::insert(c, &id, &writes::body(&what, false)?, &target, at)?;
                remove(c, form.kind)?;
                writes::load(c, &id)
            })
            .await
    }

    /// Keeps `wished` as a wish and empties the form of its kind, as [`Store::queue_form`] does.
    pub async fn form_to_wish(
        &self,
        form: RequestForm,
        wished: RequestForm,
        id: WishId,
        at: DateTime<Utc>,
    ) -> Result<Option<Wish>, StoreError> {
        self.0
            .outbox
            .write(move |c| {
                if load(c, form.kind)?.as_ref() != Some(&form) {
                    return Ok(None);
                }
                remove(c, form.kind)?;
                let wish = Wish { id, form: wished, ready: false, kept_at: at };
                wishes::insert(c, &wish)?;
                Ok(Some(wish))
            })
            .await
    }
}

/// How a kind is written in the database; an absence has no place there.
fn key(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Extra => "extra",
        RequestKind::Swap => "swap",
        RequestKind::Absence => "absence",
    }
}

pub(crate) fn load(c: &Connection, kind: RequestKind) -> rusqlite::Result<Option<RequestForm>> {
    c.prepare_cached("SELECT body FROM forms WHERE kind = ?1")?
        .query_row([key(kind)], |row| parse(row.get_ref(0)?.as_str()?))
        .optional()
}

pub(crate) fn save(c: &Connection, form: &RequestForm, at: DateTime<Utc>) -> rusqlite::Result<()> {
    c.prepare_cached(
        "INSERT INTO forms (kind, body, updated_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (kind) DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at",
    )?
    .execute((key(form.kind), text(form)?, at.timestamp_millis()))?;
    Ok(())
}

fn remove(c: &Connection, kind: RequestKind) -> rusqlite::Result<bool> {
    Ok(c.prepare_cached("DELETE FROM forms WHERE kind = ?1")?.execute([key(kind)])? > 0)
}

pub(crate) fn text(form: &RequestForm) -> rusqlite::Result<String> {
    serde_json::to_string(form)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

pub(crate) fn parse(body: &str) -> rusqlite::Result<RequestForm> {
    serde_json::from_str(body).map_err(|_| day::unreadable(0))
}
