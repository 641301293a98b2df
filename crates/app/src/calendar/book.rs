//! What calendar programs are told of an account, and what they were told before.

use super::event::{Event, Status, noted};
use super::planned::planned;
use super::write::{self, Told};
use crate::api::{DayRange, Language, Settings};
use chrono::{DateTime, Utc};
use schriftje_model::{CareSlot, Clock, Day};
use schriftje_store::{Store, StoreError};
use std::sync::{Arc, Mutex, PoisonError};

/// What calendar programs are told of an account.
#[derive(Clone, Debug)]
pub(crate) struct Book {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) settings: Arc<Mutex<Settings>>,
}

/// A calendar as it is given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Issue {
    /// The calendar, as iCalendar.
    pub text: String,
    /// How many slots stand in it.
    pub events: u32,
    /// When one of them last changed.
    pub changed_at: Option<DateTime<Utc>>,
}

impl Book {
    /// The calendar from `from` to `until`, as it is now. What is not known just now stands in it
    /// as it was told last.
    pub(crate) async fn issue(
        &self,
        from: Option<Day>,
        until: Option<Day>,
    ) -> Result<Issue, StoreError> {
        if let Some((known, slots)) = planned(&self.store).await? {
            self.note(known, &slots).await?;
        }
        self.told(from, until).await
    }

    /// Notes every slot of the days that are known.
    pub(super) async fn note(&self, known: DayRange, slots: &[CareSlot]) -> Result<(), StoreError> {
        let Some(owner) = self.store.owner().await? else { return Ok(()) };
        let events = slots.iter().filter_map(|slot| noted(&owner.portal, slot)).collect();
        let now = self.clock.now();
        self.store.note_calendar_events((known.from, known.until), events, now).await
    }

    async fn told(&self, from: Option<Day>, until: Option<Day>) -> Result<Issue, StoreError> {
        let records = self.store.calendar_events(from, until, self.clock.now()).await?;
        let mut told: Vec<Told> = Vec::with_capacity(records.len());
        for record in records {
            // Of another version: it is told again once the slot is seen.
            let Ok(mut event) = serde_json::from_str::<Event>(&record.event) else { continue };
            if record.gone {
                event.status = Status::Cancelled;
            }
            let (uid, sequence, changed_at) = (record.uid, record.sequence, record.changed_at);
            told.push(Told { uid, sequence, changed_at, event });
        }
        told.sort_by(|a, b| (a.event.starts_at, &a.uid).cmp(&(b.event.starts_at, &b.uid)));
        let organisation = self.store.account().await?.and_then(|account| account.organisation);
        Ok(Issue {
            text: write::calendar(organisation.as_deref(), &told, self.language()),
            events: u32::try_from(told.len()).unwrap_or(u32::MAX),
            changed_at: told.iter().map(|told| told.changed_at).max(),
        })
    }

    fn language(&self) -> Language {
        let settings = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
        settings.language.unwrap_or(Language::Nl)
    }
}
