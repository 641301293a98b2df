//! What the portal offers beyond the observed calls: asked once a day at most, and kept.

use crate::engine::Inner;
use crate::{SyncEngine, SyncError};
use chrono::TimeDelta;
use schriftje_konnect::WriteLimits;
use schriftje_store::CapabilitiesRecord;
use serde::{Deserialize, Serialize};

const EVERY: TimeDelta = TimeDelta::days(1);

/// What a portal offers, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Offered {
    /// The names of its features, such as `messages`.
    pub features: Vec<String>,
    /// What it takes of what is written.
    pub limits: WriteLimits,
    /// It did not say so again when it was asked last. One bad answer takes nothing away; a second
    /// one, a day later, does.
    pub doubted: bool,
}

impl Offered {
    fn read(answer: &str) -> Self {
        serde_json::from_str(answer).unwrap_or_default()
    }

    /// Whether it offers `feature`.
    pub fn has(&self, feature: &str) -> bool {
        self.features.iter().any(|name| name == feature)
    }
}

impl Inner {
    /// What the portal offers; asks it once a day at most.
    pub async fn offered(&self) -> Result<Offered, SyncError> {
        let now = self.now();
        let known = self.store.capabilities().await?;
        let before = known.as_ref().map(|record| Offered::read(&record.answer));
        // A clock that was set back is no reason to wait for it.
        let young = known.is_some_and(|record| {
            (chrono::TimeDelta::zero()..EVERY).contains(&(now - record.asked_at))
        });
        if let Some(before) = before.as_ref().filter(|_| young) {
            return Ok(before.clone());
        }
        let answer = self.portal.capabilities().await?;
        let offered = match before {
            Some(before) if answer.is_plain() && !before.features.is_empty() && !before.doubted => {
                Offered { doubted: true, ..before }
            }
            _ => Offered { features: answer.features, limits: answer.limits, doubted: false },
        };
        let answer = serde_json::to_string(&offered).unwrap_or_default();
        self.store.set_capabilities(CapabilitiesRecord { asked_at: now, answer }).await?;
        Ok(offered)
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
    /// What the portal offers beyond reading; when it cannot be asked now, what it last did.
    pub async fn offered(&self) -> Result<Offered, SyncError> {
        self.0.offered_or_was().await
    }
}
