//! Being told by the portal that something changed, where it offers to tell. Everywhere else the
//! polls find it a little later.

use crate::{SyncEngine, SyncError, retry};
use futures::StreamExt;
use schriftje_konnect::{Changed, PortalError};
use std::time::Duration;

/// What a portal calls the ability to tell.
const FEATURE: &str = "events";
/// How long to wait before a portal that does not tell is asked whether it does by now.
const NOT_OFFERED: Duration = Duration::from_hours(1);
/// How long to wait before listening again, after the portal hung up.
const AGAIN: Duration = Duration::from_secs(2);
/// The longest wait after trouble.
const LONGEST: Duration = Duration::from_mins(5);

impl SyncEngine {
    /// Listens for as long as it is let run, and reads what is said to have changed. What went by
    /// while nobody listened is told again, or found by a poll.
    pub async fn listen(&self) {
        let mut last = None;
        let mut failures = 0;
        loop {
            let wait = match self.listen_once(&mut last).await {
                Ok(Heard::NotOffered) => NOT_OFFERED,
                Ok(Heard::HungUp { anything }) => {
                    failures = if anything { 0 } else { failures + 1 };
                    patience(failures)
                }
                Err(error) => {
                    failures += 1;
                    let asked = match &error {
                        SyncError::Portal(error) => retry::asked(error),
                        _ => None,
                    };
                    asked.unwrap_or_else(|| patience(failures))
                }
            };
            // A poll that succeeds shows that the portal can be reached again.
            let mut progress = self.progress();
            let fresh_at = progress.borrow_and_update().fresh_at;
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                _ = progress.wait_for(|now| now.fresh_at != fresh_at), if failures > 0 => {}
            }
        }
    }

    async fn listen_once(&self, last: &mut Option<String>) -> Result<Heard, SyncError> {
        if !self.0.offers(FEATURE).await? {
            return Ok(Heard::NotOffered);
        }
        let mut events = self.0.portal.events(last.clone()).await?;
        let mut anything = false;
        while let Some(event) = events.next().await {
            let event = event?;
            anything = true;
            let read = match event.what {
                Changed::Timeline => self.poll().await.map(drop),
                Changed::Messages => self.refresh_conversations().await,
                Changed::Planning => self.refresh_planning(None).await,
                Changed::Location => self.0.location_changed().await,
                Changed::Family => self.0.facts_changed(false).await,
                Changed::Other => Ok(()),
            };
            match read {
                Ok(()) => *last = event.id.or(last.take()),
                // A session that has ended is the poll's to tell of.
                Err(SyncError::Portal(error @ PortalError::Unauthorized)) => {
                    return Err(self.0.trouble(error.into()));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(Heard::HungUp { anything })
    }
}

/// Longer each time: trying to connect costs nothing at first, and a battery in the end.
fn patience(failures: u32) -> Duration {
    AGAIN.saturating_mul(1 << failures.min(8)).min(LONGEST)
}

/// How listening ended.
enum Heard {
    /// The portal does not tell.
    NotOffered,
    /// It hung up, after it told something or nothing.
    HungUp { anything: bool },
}
