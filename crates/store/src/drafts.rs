//! What is half-written, one thing a place (table `drafts` of `outbox.db`).

use crate::{Store, StoreError, day, out_files};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};
use schriftje_model::{ConversationId, Draft, DraftPlace, OutFile};

impl Store {
    /// The draft of a place, with the files that go along.
    pub async fn draft(
        &self,
        place: DraftPlace,
    ) -> Result<Option<(Draft, Vec<OutFile>)>, StoreError> {
        self.0
            .outbox
            .read(move |c| {
                let key = key(&place);
                let Some(draft) = load(c, &key)? else { return Ok(None) };
                Ok(Some((draft, out_files::of_draft(c, &key)?)))
            })
            .await
    }

    /// Keeps a draft; its files stay with it. On disk when this returns.
    pub async fn save_draft(&self, draft: Draft, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.0.outbox.write(move |c| save(c, &draft, at.timestamp_millis())).await
    }

    /// Removes the draft of a place with its files; whether there was one.
    pub async fn discard_draft(&self, place: DraftPlace) -> Result<bool, StoreError> {
        self.0.outbox.write(move |c| remove(c, &key(&place))).await
    }

    /// The drafts in which something stands, last changed first, with the files that go along.
    pub async fn drafts(&self) -> Result<Vec<(Draft, Vec<OutFile>)>, StoreError> {
        self.0
            .outbox
            .read(|c| {
                let mut drafts = Vec::new();
                for draft in
                    c.prepare_cached(ALL)?.query_map([], |row| parse(row.get_ref(0)?.as_str()?))?
                {
                    let draft = draft?;
                    let files = out_files::of_draft(c, &key(&draft.place))?;
                    if !files.is_empty() || !is_blank(&draft) {
                        drafts.push((draft, files));
                    }
                }
                Ok(drafts)
            })
            .await
    }
}

const ALL: &str = "SELECT body FROM drafts ORDER BY updated_at DESC, place";
pub(crate) const SELECT: &str = "SELECT body FROM drafts WHERE place = ?1";

/// How a place is written in the database.
pub(crate) fn key(place: &DraftPlace) -> String {
    match place {
        DraftPlace::NewMessage => "new".into(),
        DraftPlace::Reply(ConversationId(conversation)) => format!("reply:{conversation}"),
        DraftPlace::Diary => "diary".into(),
    }
}

pub(crate) fn load(c: &Connection, key: &str) -> rusqlite::Result<Option<Draft>> {
    c.prepare_cached(SELECT)?.query_row([key], |row| parse(row.get_ref(0)?.as_str()?)).optional()
}

/// Keeps a draft; `at` in epoch milliseconds.
pub(crate) fn save(c: &Connection, draft: &Draft, at: i64) -> rusqlite::Result<()> {
    c.prepare_cached(
        "INSERT INTO drafts (place, body, updated_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (place) DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at",
    )?
    .execute((key(&draft.place), text(draft)?, at))?;
    Ok(())
}

/// Makes sure that a place has a draft that files can go along with.
pub(crate) fn ensure(c: &Connection, place: DraftPlace) -> rusqlite::Result<()> {
    let key = key(&place);
    c.prepare_cached("INSERT OR IGNORE INTO drafts (place, body, updated_at) VALUES (?1, ?2, 0)")?
        .execute((key, text(&Draft::empty(place))?))?;
    Ok(())
}

pub(crate) fn remove(c: &Connection, key: &str) -> rusqlite::Result<bool> {
    Ok(c.prepare_cached("DELETE FROM drafts WHERE place = ?1")?.execute([key])? > 0)
}

/// Whether nobody would miss its words.
pub(crate) fn is_blank(draft: &Draft) -> bool {
    draft.subject.trim().is_empty() && draft.text.trim().is_empty()
}

fn text(draft: &Draft) -> rusqlite::Result<String> {
    serde_json::to_string(draft)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

fn parse(body: &str) -> rusqlite::Result<Draft> {
    serde_json::from_str(body).map_err(|_| day::unreadable(0))
}
