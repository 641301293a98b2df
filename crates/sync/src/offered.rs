//! What the portal offers beyond the observed calls: asked once a day at most, and kept.

use crate::engine::Inner;
use crate::{SyncEngine, SyncError};
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_konnect::{Capabilities, PageLinks, WriteLimits};
use schriftje_store::{CapabilitiesRecord, Store, StoreError};
use serde::{Deserialize, Serialize};
use std::sync::PoisonError;

const EVERY: TimeDelta = TimeDelta::days(1);

/// What a portal offers, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Offered {
    /// The names of its features, such as `messages`.
    pub features: Vec<String>,
    /// What it takes of what is written.
    pub limits: WriteLimits,
    /// Pages it names.
    pub links: PageLinks,
    /// It did not say so again when it was asked last. One bad answer takes nothing away; a second
    /// one, a day later, does.
    pub doubted: bool,
}

impl Offered {
    fn read(answer: &str) -> Self {
        serde_json::from_str(answer).unwrap_or_default()
    }

    fn from(answer: Capabilities) -> Self {
        let Capabilities { features, limits, links, .. } = answer;
        Self { features, limits, links, doubted: false }
    }

    /// What the portal of an account offers as it is kept, when it was asked within a day.
    pub async fn kept(store: &Store, now: DateTime<Utc>) -> Result<Option<Self>, StoreError> {
        let record = store.capabilities().await?;
        Ok(record
            .filter(|record| is_young(record.asked_at, now))
            .map(|kept| Self::read(&kept.answer)))
    }

    /// What the portal of an account offered when it last told, however long ago; nothing when it
    /// never did.
    pub async fn last_told(store: &Store) -> Result<Self, StoreError> {
        let record = store.capabilities().await?;
        Ok(record.map(|kept| Self::read(&kept.answer)).unwrap_or_default())
    }

    /// Keeps an answer that was got before the account was there, so that it is not asked for anew.
    pub async fn keep(
        store: &Store,
        answer: Capabilities,
        asked_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        Self::from(answer).write(store, asked_at).await
    }

    async fn write(&self, store: &Store, asked_at: DateTime<Utc>) -> Result<(), StoreError> {
        let answer = serde_json::to_string(self).unwrap_or_default();
        store.set_capabilities(CapabilitiesRecord { asked_at, answer }).await
    }

    /// Whether it offers `feature`.
    pub fn has(&self, feature: &str) -> bool {
        self.features.iter().any(|name| name == feature)
    }
}

/// A clock that was set back is no reason to wait for it.
fn is_young(asked_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (TimeDelta::zero()..EVERY).contains(&(now - asked_at))
}

impl Inner {
    /// What the portal offers; asks it once a day at most.
    pub async fn offered(&self) -> Result<Offered, SyncError> {
        let now = self.now();
        if let Some(kept) = Offered::kept(&self.store, now).await? {
            return Ok(kept);
        }
        let before = self.store.capabilities().await?;
        let before = before.map(|record| Offered::read(&record.answer));
        let answer = self.portal.capabilities().await?;
        let offered = match before {
            Some(before) if answer.is_plain() && !before.features.is_empty() && !before.doubted => {
                Offered { doubted: true, ..before }
            }
            _ => Offered::from(answer),
        };
        offered.write(&self.store, now).await?;
        Ok(offered)
    }

    /// Asks what the portal offers when that is due; one that cannot tell is left alone for a day.
    pub async fn keep_offered_fresh(&self) -> Result<(), StoreError> {
        let now = self.now();
        if Offered::kept(&self.store, now).await?.is_some() || !self.may_ask_offered(now) {
            return Ok(());
        }
        match self.offered().await {
            Err(SyncError::Store(error)) => Err(error),
            Err(error) => {
                tracing::info!(%error, "what the portal offers cannot be asked");
                Ok(())
            }
            Ok(_) => Ok(()),
        }
    }

    /// Whether a poll has not asked in vain within a day; from now on it has.
    fn may_ask_offered(&self, now: DateTime<Utc>) -> bool {
        let mut asked = self.offered_asked.lock().unwrap_or_else(PoisonError::into_inner);
        let may = asked.is_none_or(|at| !is_young(at, now));
        if may {
            *asked = Some(now);
        }
        may
    }

    /// Whether the portal offers a feature; asks it once a day at most.
    pub async fn offers(&self, feature: &str) -> Result<bool, SyncError> {
        Ok(self.offered().await?.has(feature))
    }

    /// What the portal offers; when it cannot be asked, what it last did.
    pub async fn offered_or_was(&self) -> Result<Offered, SyncError> {
        match self.offered().await {
            Err(SyncError::Portal(error)) => match self.store.capabilities().await? {
                Some(record) => Ok(Offered::read(&record.answer)),
                None => Err(error.into()),
            },
            other => other,
        }
    }
}

impl SyncEngine {
    /// What the portal last said it offers beyond reading, however long ago: whoever waits for
    /// the answer is not to wait for a dead line. Polls and the send queue keep it fresh. A portal
    /// that was never asked is asked now.
    pub async fn offered(&self) -> Result<Offered, SyncError> {
        match self.0.store.capabilities().await? {
            Some(record) => Ok(Offered::read(&record.answer)),
            None => self.0.offered().await,
        }
    }
}
