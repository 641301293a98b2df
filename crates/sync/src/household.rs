//! The children, the parent and the organisation: read once a day, and when a card names a child
//! that nobody knows.

use crate::engine::Inner;
use crate::poll::label;
use crate::{SyncError, SyncEvent};
use chrono::TimeDelta;

const EVERY: TimeDelta = TimeDelta::days(1);
/// A child that the portal names on a card but does not list is not asked for again before this.
const UNKNOWN_EVERY: TimeDelta = TimeDelta::hours(1);

impl Inner {
    /// Reads them when that is due; `unknown_child` makes it due sooner.
    pub async fn household(&self, unknown_child: bool) -> Result<(), SyncError> {
        let now = self.now();
        let age = self.store.timeline_state().await?.children_at.map(|at| now - at);
        let due = age.is_none_or(|age| age >= EVERY || (unknown_child && age >= UNKNOWN_EVERY));
        if !due {
            return Ok(());
        }
        let children = self.portal.children().await?;
        self.links.note(children.avatars);
        let mut changed = self.store.set_children(children.children).await?;
        if age.is_none_or(|age| age >= EVERY) {
            let parent = label("parent", self.portal.parent().await)?;
            let organisation = label("organisation", self.portal.organisation().await)?;
            // What was not read stays as it was.
            let parent = parent.unwrap_or_default();
            let organisation = organisation.flatten();
            changed |= self.store.set_profile(parent.full_name, parent.email, organisation).await?;
        }
        self.store.set_children_read(now).await?;
        if changed {
            self.tell(SyncEvent::ChildrenChanged);
        }
        Ok(())
    }
}
