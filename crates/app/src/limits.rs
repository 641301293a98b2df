//! What every account keeps to: how much it keeps for offline, and what it leaves for later on a
//! metered network.

use crate::App;
use crate::account::Open;
use crate::api::{Metered, Settings, Tag};
use std::sync::{Arc, PoisonError};

/// What every account keeps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// What photos kept for offline may take, in bytes.
    pub(crate) offline_bytes: u64,
    /// Whether older things and photos ahead wait for another network.
    pub(crate) held_back: bool,
}

impl Limits {
    /// As the settings and the network have it.
    pub(crate) fn of(settings: &Settings, metered: Metered) -> Self {
        Self {
            offline_bytes: settings.offline_bytes(),
            held_back: metered == Metered::Yes && !settings.all_on_metered,
        }
    }
}

impl App {
    /// What the system says of the network, from now on. A host that cannot tell says nothing.
    pub fn set_metered(&self, metered: Metered) {
        let mut known = self.metered.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::replace(&mut *known, metered) == metered {
            return;
        }
        drop(known);
        self.follow_settings();
        self.host.changes.tell(Tag::Settings);
    }

    /// What the system says of the network.
    pub(crate) fn metered(&self) -> Metered {
        *self.metered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has every account keep to the settings as they are now.
    pub(crate) fn follow_settings(&self) {
        let limits = Limits::of(&self.settings(), self.metered());
        *self.host.limits.lock().unwrap_or_else(PoisonError::into_inner) = limits;
        for open in self.registry.opened() {
            keep_to(&open, limits);
        }
    }
}

fn keep_to(open: &Arc<Open>, limits: Limits) {
    let Ok(line) = open.line() else { return };
    line.engine.hold_back(limits.held_back);
    let kept = open.clone();
    open.spawn(async move {
        // The only copy there is goes for no bound.
        if kept.has_ended().await.unwrap_or(true) {
            return;
        }
        if let Err(error) = line.engine.set_medium_bound(limits.offline_bytes).await {
            tracing::warn!(%error, "how much is kept for offline stays as it was");
        }
    });
}
