//! The portal's clock, so that a device whose own clock is wrong stays signed in.

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{DATE, HeaderMap};
use schriftje_model::Clock;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The device's clock, put right by the `Date` of the portal's answers.
#[derive(Debug)]
pub(crate) struct ServerClock {
    device: Arc<dyn Clock>,
    ahead_ms: AtomicI64,
}

impl ServerClock {
    pub(crate) fn new(device: Arc<dyn Clock>) -> Self {
        Self { device, ahead_ms: AtomicI64::new(0) }
    }

    /// The present instant on the portal's clock, to the second.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        let ahead = TimeDelta::milliseconds(self.ahead_ms.load(Ordering::Relaxed));
        let now = self.device.now();
        now.checked_add_signed(ahead).unwrap_or(now)
    }

    /// Learns from the headers of an answer that just came in.
    pub(crate) fn learn(&self, headers: &HeaderMap) {
        let Some(date) = headers
            .get(DATE)
            .and_then(|value| value.to_str().ok())
            .and_then(|text| DateTime::parse_from_rfc2822(text).ok())
        else {
            return;
        };
        let ahead = (date.to_utc() - self.device.now()).num_milliseconds();
        self.ahead_ms.store(ahead, Ordering::Relaxed);
    }
}
