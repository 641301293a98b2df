//! Requests that wait until the portal can say what is possible (table `wishes` of `outbox.db`).

use crate::{Store, StoreError, day, forms};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row};
use schriftje_model::{RequestForm, Wish, WishId};

impl Store {
    /// All wishes, oldest first.
    pub async fn wishes(&self) -> Result<Vec<Wish>, StoreError> {
        self.0
            .outbox
            .read(|c| {
                let sql = format!("{SELECT} ORDER BY seq");
                c.prepare_cached(&sql)?.query_map([], from_row)?.collect()
            })
            .await
    }

    /// One wish.
    pub async fn wish(&self, id: WishId) -> Result<Option<Wish>, StoreError> {
        self.0.outbox.read(move |c| load(c, &id)).await
    }

    /// Makes a wish the form of its kind. A form that was there becomes a wish named `kept_as`, and
    /// nobody is told of that one. `None` when there is no such wish.
    pub async fn open_wish(
        &self,
        id: WishId,
        kept_as: WishId,
        at: DateTime<Utc>,
    ) -> Result<Option<RequestForm>, StoreError> {
        self.0
            .outbox
            .write(move |c| {
                let Some(wish) = load(c, &id)? else { return Ok(None) };
                c.execute("DELETE FROM wishes WHERE id = ?1", [id.as_str()])?;
                let there = forms::load(c, wish.form.kind)?.filter(|form| !form.is_blank());
                if let Some(form) = there {
                    let kept = Wish { id: kept_as, form, ready: wish.ready, kept_at: at };
                    insert(c, &kept)?;
                    c.execute("UPDATE wishes SET told = ready WHERE id = ?1", [kept.id.as_str()])?;
                }
                forms::save(c, &wish.form, at)?;
                Ok(Some(wish.form))
            })
            .await
    }

    /// Removes a wish; whether it was there.
    pub async fn discard_wish(&self, id: WishId) -> Result<bool, StoreError> {
        self.0
            .outbox
            .write(move |c| Ok(c.execute("DELETE FROM wishes WHERE id = ?1", [id.as_str()])? > 0))
            .await
    }

    /// Notes that the portal can be asked about every wish; how many were not ready before.
    pub async fn ready_wishes(&self) -> Result<usize, StoreError> {
        self.0.outbox.write(|c| c.execute("UPDATE wishes SET ready = 1 WHERE ready = 0", [])).await
    }

    /// The wishes that became ready since this was asked last, oldest first: each once.
    pub async fn take_ready_wishes(&self) -> Result<Vec<Wish>, StoreError> {
        self.0
            .outbox
            .write(|c| {
                let sql = format!("{SELECT} WHERE ready = 1 AND told = 0 ORDER BY seq");
                let wishes: Vec<Wish> =
                    c.prepare_cached(&sql)?.query_map([], from_row)?.collect::<Result<_, _>>()?;
                c.execute("UPDATE wishes SET told = 1 WHERE ready = 1 AND told = 0", [])?;
                Ok(wishes)
            })
            .await
    }
}

const SELECT: &str = "SELECT body, id, ready, kept_at FROM wishes";

pub(crate) fn insert(c: &Connection, wish: &Wish) -> rusqlite::Result<()> {
    c.prepare_cached(
        "INSERT INTO wishes (seq, id, body, ready, kept_at)
         VALUES ((SELECT coalesce(max(seq), 0) + 1 FROM wishes), ?1, ?2, ?3, ?4)",
    )?
    .execute((
        wish.id.as_str(),
        forms::text(&wish.form)?,
        wish.ready,
        wish.kept_at.timestamp_millis(),
    ))?;
    Ok(())
}

fn load(c: &Connection, id: &WishId) -> rusqlite::Result<Option<Wish>> {
    c.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id.as_str()], from_row)
        .optional()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Wish> {
    Ok(Wish {
        form: forms::parse(row.get_ref(0)?.as_str()?)?,
        id: WishId(row.get(1)?),
        ready: row.get(2)?,
        kept_at: day::instant(row.get(3)?)?,
    })
}
