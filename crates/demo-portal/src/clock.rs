//! The portal's clock: the machine's, or one that stands where it was put.

use chrono::{DateTime, TimeDelta, Utc};
use std::sync::{Arc, Mutex, PoisonError};

/// The portal's clock. Clones tell and set the same time.
#[derive(Clone, Debug)]
pub struct PortalClock(Arc<Mutex<Setting>>);

#[derive(Clone, Copy, Debug)]
enum Setting {
    /// The machine's clock, moved by so much.
    Running(TimeDelta),
    /// Stands still.
    Standing(DateTime<Utc>),
}

impl PortalClock {
    pub(crate) fn new(now: Option<DateTime<Utc>>) -> Self {
        let setting = now.map_or(Setting::Running(TimeDelta::zero()), Setting::Standing);
        Self(Arc::new(Mutex::new(setting)))
    }

    /// The time at the portal.
    pub fn now(&self) -> DateTime<Utc> {
        match *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Setting::Running(moved) => Utc::now() + moved,
            Setting::Standing(at) => at,
        }
    }

    /// Moves the clock by `delta`; one that runs keeps running.
    pub fn advance(&self, delta: TimeDelta) {
        match &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Setting::Running(moved) => *moved += delta,
            Setting::Standing(at) => *at += delta,
        }
    }

    /// Puts the clock at `now`, where it stays.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Setting::Standing(now);
    }
}
