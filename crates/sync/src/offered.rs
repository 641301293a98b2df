//! What the portal offers beyond the observed calls: asked once a day at most, and kept.

use crate::SyncError;
use crate::engine::Inner;
use chrono::TimeDelta;
use schriftje_store::CapabilitiesRecord;
use serde::{Deserialize, Serialize};

const EVERY: TimeDelta = TimeDelta::days(1);

/// What is kept of a portal's answer.
#[derive(Default, Serialize, Deserialize)]
struct Kept {
    features: Vec<String>,
}

impl Kept {
    fn read(answer: &str) -> Self {
        serde_json::from_str(answer).unwrap_or_default()
    }

    fn has(&self, feature: &str) -> bool {
        self.features.iter().any(|name| name == feature)
    }
}

impl Inner {
    /// Whether the portal offers a feature; asks it once a day at most.
    pub async fn offers(&self, feature: &str) -> Result<bool, SyncError> {
        let now = self.now();
        let known = self.store.capabilities().await?;
        let kept: Kept = match known {
            Some(record) if now - record.asked_at < EVERY => Kept::read(&record.answer),
            _ => {
                let answer = self.portal.capabilities().await?;
                let kept = Kept { features: answer.features };
                let answer = serde_json::to_string(&kept).unwrap_or_default();
                self.store.set_capabilities(CapabilitiesRecord { asked_at: now, answer }).await?;
                kept
            }
        };
        Ok(kept.has(feature))
    }

    /// Whether the portal offers a feature; when it cannot be asked, whether it last did.
    pub async fn offered_or_was(&self, feature: &str) -> Result<bool, SyncError> {
        match self.offers(feature).await {
            Err(SyncError::Portal(error)) => match self.store.capabilities().await? {
                Some(record) => Ok(Kept::read(&record.answer).has(feature)),
                None => Err(error.into()),
            },
            other => other,
        }
    }
}
