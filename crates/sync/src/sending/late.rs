//! An absence never goes out after its day has begun without asking: the group has seen by then who
//! came, and a parent may have called.

use super::queue::Inner;
use crate::{SyncError, SyncEvent};
use schriftje_model::{WriteState, WriteWhat};
use schriftje_store::Outgoing;

/// Our own reason code of an absence that was not sent since its day began while it waited.
pub const DAY_BEGUN: &str = "day-begun";

impl Inner {
    /// Holds every waiting absence whose day has begun, also without a network; how many.
    pub async fn hold_what_is_late(&self) -> Result<u32, SyncError> {
        let mut held = 0;
        for write in self.store.unsent().await? {
            if write.state == WriteState::Queued
                && matches!(write.what, WriteWhat::Absence { .. })
                && let Some(outgoing) = self.store.outgoing(write.id).await?
                && self.hold_if_late(&outgoing).await?
            {
                held += 1;
            }
        }
        Ok(held)
    }

    /// Holds a waiting absence whose day has begun; whether it is one.
    pub async fn hold_if_late(&self, outgoing: &Outgoing) -> Result<bool, SyncError> {
        if !self.is_late(outgoing) {
            return Ok(false);
        }
        let id = outgoing.write.id.clone();
        self.store.mark_refused(id, Some(DAY_BEGUN.to_owned()), None).await?;
        self.changed();
        self.engine.0.tell(SyncEvent::News);
        Ok(true)
    }

    /// Whether a write is an absence whose day began while it waited, and that may not go by now.
    pub fn is_late(&self, outgoing: &Outgoing) -> bool {
        match &outgoing.write.what {
            WriteWhat::Absence { form } => {
                !outgoing.may_be_late
                    && form.began_while_it_waited(outgoing.write.written_at, self.portal_now())
            }
            _ => false,
        }
    }
}
