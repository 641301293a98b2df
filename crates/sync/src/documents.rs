//! Documents of the administration: the lists daily, every year weekly, and a file when somebody
//! wants it. A portal that refuses them still has a timeline.

use crate::engine::Inner;
use crate::own_task::on_its_own;
use crate::poll::label;
use crate::{SyncEngine, SyncError, SyncEvent};
use chrono::{DateTime, Datelike, Days, TimeDelta, Utc};
use schriftje_konnect::{DocumentPlace, ListedDocument, MediaBody, PortalError};
use schriftje_model::{Day, DocumentFormat, DocumentId, DocumentKind, today};
use schriftje_store::{DocumentFile, DocumentsState, NewDocument, NewDocumentFile};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How old the newest lists may become, and all of them.
const NEWEST_EVERY: TimeDelta = TimeDelta::days(1);
const ALL_EVERY: TimeDelta = TimeDelta::days(7);
/// After trouble it is tried again no sooner.
const AGAIN_AFTER: TimeDelta = TimeDelta::minutes(30);
/// What belongs to a year may come so long after it.
const COMES_LATER: Days = Days::new(92);
/// So many years in a row without any document end the way back.
const EMPTY_YEARS: u32 = 2;
/// Nobody is a parent for longer.
const MOST_YEARS: i32 = 30;
/// The most bytes of a file.
const LARGEST: u64 = 64 << 20;
/// Bytes that are kept in one go.
const PIECE: usize = 1 << 20;

/// What is known of reading documents.
#[derive(Default)]
pub(crate) struct Cabinet {
    trouble: Mutex<Option<PortalError>>,
    asked_at: Mutex<Option<DateTime<Utc>>>,
    /// Readings under way.
    reading: AtomicU32,
}

/// A reading under way, until this is dropped.
struct Reading<'a>(&'a AtomicU32);

impl<'a> Reading<'a> {
    fn begin(count: &'a AtomicU32) -> Self {
        count.fetch_add(1, Ordering::AcqRel);
        Self(count)
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl SyncEngine {
    /// Reads the lists of documents now: of the newest years, and of every year when that is due.
    ///
    /// # Errors
    /// The network's, and the portal's.
    pub async fn refresh_documents(&self) -> Result<(), SyncError> {
        let inner = Arc::clone(&self.0);
        on_its_own(async move { inner.read_documents().await }).await
    }

    /// Whether documents are being read.
    pub fn reads_documents(&self) -> bool {
        self.0.cabinet.reading.load(Ordering::Acquire) > 0
    }

    /// Why documents could not be read, until they can.
    pub fn documents_trouble(&self) -> Option<PortalError> {
        self.0.cabinet.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The file of a document: what is here, else the portal's, which is then kept.
    ///
    /// # Errors
    /// [`SyncError::NotFound`] when there is no such document or the portal has its file no more,
    /// [`SyncError::NotADocument`] when its bytes are none, or the network's.
    pub async fn document_file(&self, id: DocumentId) -> Result<DocumentFile, SyncError> {
        if let Some(file) = self.0.store.document_file(id.clone()).await? {
            return Ok(file);
        }
        let inner = Arc::clone(&self.0);
        on_its_own(async move { inner.fetch_document(id).await }).await
    }
}

impl Inner {
    /// The part of a poll that reads the lists, if they have grown old.
    pub async fn poll_documents(&self) -> Result<(), SyncError> {
        let now = self.now();
        let within = |at: Option<DateTime<Utc>>, time: TimeDelta| {
            at.is_some_and(|at| (TimeDelta::zero()..time).contains(&(now - at)))
        };
        let asked = *self.cabinet.asked_at.lock().unwrap_or_else(PoisonError::into_inner);
        let state = self.store.documents_state().await?;
        let is_fresh = within(state.fresh_at, NEWEST_EVERY) && within(state.walked_at, ALL_EVERY);
        if is_fresh || within(asked, AGAIN_AFTER) {
            return Ok(());
        }
        match self.read_documents().await {
            Err(SyncError::Portal(error)) => {
                Ok(label("documents", Err(error)).map(|_: Option<()>| ())?)
            }
            other => other,
        }
    }

    pub async fn read_documents(&self) -> Result<(), SyncError> {
        let cabinet = &self.cabinet;
        *cabinet.asked_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(self.now());
        let reading = Reading::begin(&cabinet.reading);
        self.tell(SyncEvent::DocumentsChanged);
        let read = self.read_lists().await;
        drop(reading);
        let trouble = match &read {
            Err(SyncError::Portal(error)) => Some(error.clone()),
            _ => None,
        };
        *cabinet.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
        self.tell(SyncEvent::DocumentsChanged);
        read
    }

    async fn read_lists(&self) -> Result<(), SyncError> {
        let began = self.now();
        let state = self.store.documents_state().await?;
        let walks = state.walked_at.is_none_or(|at| began - at >= ALL_EVERY || at > began);
        let newest = newest_years(today(began));
        for &year in &newest {
            self.read_year(year).await?;
        }
        if walks {
            self.walk_years(&newest, &state, began).await?;
        }
        Ok(self.store.set_documents_read(began, walks).await?)
    }

    /// Every year that is known and on from there, until so many in a row have nothing. A year that
    /// was read a moment ago, before a break, is not read again.
    async fn walk_years(
        &self,
        newest: &[i32],
        state: &DocumentsState,
        began: DateTime<Utc>,
    ) -> Result<(), SyncError> {
        let this_year = today(began).year();
        let oldest_known = state.years.first().copied().unwrap_or(this_year);
        let mut empty = 0;
        for year in (this_year - MOST_YEARS..=this_year).rev() {
            let is_read = newest.contains(&year)
                || DocumentKind::ALL.iter().all(|kind| {
                    let at = state.lists.get(&(year, *kind));
                    at.is_some_and(|at| (TimeDelta::zero()..NEWEST_EVERY).contains(&(began - *at)))
                });
            if !is_read {
                self.read_year(year).await?;
            }
            let none = self.store.documents(None, Some(year)).await?.is_empty();
            empty = if none { empty + 1 } else { 0 };
            if empty >= EMPTY_YEARS && year <= oldest_known {
                break;
            }
        }
        Ok(())
    }

    async fn read_year(&self, year: i32) -> Result<(), SyncError> {
        for kind in DocumentKind::ALL {
            let listed = self.portal.documents(kind, year).await?;
            if listed.unreadable > 0 {
                tracing::warn!(documents = listed.unreadable, "a list holds what cannot be read");
            }
            let new = listed.documents.into_iter().map(kept).collect();
            if self.store.apply_documents(kind, year, new, self.now()).await? {
                self.tell(SyncEvent::DocumentsChanged);
            }
        }
        Ok(())
    }

    async fn fetch_document(&self, id: DocumentId) -> Result<DocumentFile, SyncError> {
        let record = self.store.document(id.clone()).await?.ok_or(SyncError::NotFound)?;
        let place =
            DocumentPlace { kind: record.document.kind, admin: record.admin, item: record.item };
        let body = match self.portal.document(&place, LARGEST).await {
            Err(PortalError::Refused { status: 404 | 410, .. }) => return Err(SyncError::NotFound),
            body => body?,
        };
        let file = self.keep_file(id, body).await?;
        self.tell(SyncEvent::DocumentsChanged);
        Ok(file)
    }

    /// Keeps a file that may be opened, whole or not at all.
    pub(crate) async fn keep_file(
        &self,
        id: DocumentId,
        body: MediaBody,
    ) -> Result<DocumentFile, SyncError> {
        let new = self.store.begin_document_file(id.clone(), self.now()).await?;
        match self.receive(&new, body).await {
            Ok(bytes) => self.store.finish_document_file(new, bytes).await?,
            Err(error) => {
                self.store.drop_document_file(new).await?;
                return Err(error);
            }
        }
        self.store.document_file(id).await?.ok_or(SyncError::NotFound)
    }

    /// Keeps a file as it comes; answers how large it is.
    async fn receive(&self, new: &NewDocumentFile, mut body: MediaBody) -> Result<u64, SyncError> {
        let (mut end, mut waiting) = (0, Vec::new());
        while let Some(chunk) = body.chunk().await? {
            waiting.extend_from_slice(&chunk);
            if end == 0 && waiting.len() >= DocumentFormat::HEAD {
                DocumentFormat::of(&waiting).ok_or(SyncError::NotADocument)?;
            }
            if waiting.len() >= PIECE {
                let piece = std::mem::take(&mut waiting);
                end = self.store.append_document_file(new, end, piece).await?;
            }
        }
        if end == 0 {
            DocumentFormat::of(&waiting).ok_or(SyncError::NotADocument)?;
        }
        if !waiting.is_empty() {
            end = self.store.append_document_file(new, end, waiting).await?;
        }
        Ok(end)
    }
}

/// The years that something new may be in, newest first.
fn newest_years(today: Day) -> Vec<i32> {
    let before = today.checked_sub_days(COMES_LATER).unwrap_or(today);
    let years: BTreeSet<i32> = [before.year(), today.year()].into();
    years.into_iter().rev().collect()
}

fn kept(listed: ListedDocument) -> NewDocument {
    let ListedDocument { id, place, day, subject, has_file } = listed;
    NewDocument { id, day, admin: place.admin, item: place.item, subject, has_file }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_late_of_the_last_year_is_looked_for_until_spring() {
        assert_eq!(newest_years("2026-03-14".parse().unwrap()), [2026, 2025]);
        assert_eq!(newest_years("2026-08-14".parse().unwrap()), [2026]);
    }
}
