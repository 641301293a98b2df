//! The portal's clock: the machine's, or one that stands where it was put.

use chrono::{DateTime, TimeDelta, Utc};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;

/// The portal's clock. Clones tell and set the same time.
#[derive(Clone, Debug)]
pub struct PortalClock {
    setting: Arc<Mutex<Setting>>,
    /// Rings when the clock is moved.
    moved: watch::Sender<()>,
}

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
        Self { setting: Arc::new(Mutex::new(setting)), moved: watch::Sender::new(()) }
    }

    /// The time at the portal.
    pub fn now(&self) -> DateTime<Utc> {
        match *self.setting.lock().unwrap_or_else(PoisonError::into_inner) {
            Setting::Running(moved) => Utc::now() + moved,
            Setting::Standing(at) => at,
        }
    }

    /// Moves the clock by `delta`; one that runs keeps running.
    pub fn advance(&self, delta: TimeDelta) {
        match &mut *self.setting.lock().unwrap_or_else(PoisonError::into_inner) {
            Setting::Running(moved) => *moved += delta,
            Setting::Standing(at) => *at += delta,
        }
        self.moved.send_replace(());
    }

    /// Puts the clock at `now`, where it stays.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.setting.lock().unwrap_or_else(PoisonError::into_inner) = Setting::Standing(now);
        self.moved.send_replace(());
    }

    /// Hears when the clock is moved, from now on.
    pub(crate) fn hear(&self) -> watch::Receiver<()> {
        self.moved.subscribe()
    }
}
