//! One coarse event that tells what to read again, at most every hundred milliseconds.

use crate::api::{Changed, Tag};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, broadcast};
use tokio::task::AbortHandle;

const PAUSE: Duration = Duration::from_millis(100);

/// Gathers tags and sends them on in one go.
#[derive(Clone, Debug)]
pub(crate) struct Changes {
    pending: Arc<Mutex<BTreeSet<Tag>>>,
    wake: Arc<Notify>,
    sender: broadcast::Sender<Changed>,
    _task: Arc<AbortOnDrop>,
}

#[derive(Debug)]
struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Changes {
    /// Starts the gathering on the current runtime.
    pub(crate) fn start() -> Self {
        let pending = Arc::new(Mutex::new(BTreeSet::new()));
        let wake = Arc::new(Notify::new());
        let (sender, _) = broadcast::channel(64);
        let task = tokio::spawn(send_on(pending.clone(), wake.clone(), sender.clone()));
        let task = Arc::new(AbortOnDrop(task.abort_handle()));
        Self { pending, wake, sender, _task: task }
    }

    /// Says that `tag` changed.
    pub(crate) fn tell(&self, tag: Tag) {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner).insert(tag);
        self.wake.notify_one();
    }

    /// Listens from now on.
    pub(crate) fn subscribe(&self) -> broadcast::Receiver<Changed> {
        self.sender.subscribe()
    }
}

async fn send_on(
    pending: Arc<Mutex<BTreeSet<Tag>>>,
    wake: Arc<Notify>,
    sender: broadcast::Sender<Changed>,
) {
    loop {
        wake.notified().await;
        let tags = std::mem::take(&mut *pending.lock().unwrap_or_else(PoisonError::into_inner));
        if tags.is_empty() {
            continue;
        }
        // Nobody listening is no trouble.
        let _ = sender.send(Changed { tags: tags.into_iter().collect() });
        tokio::time::sleep(PAUSE).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_storm_of_changes_arrives_as_a_few_events_and_none_is_lost() {
        let changes = Changes::start();
        let mut events = changes.subscribe();
        for _ in 0..1000 {
            changes.tell(Tag::Media);
            changes.tell(Tag::Timeline);
        }
        let first = events.recv().await.unwrap();
        assert_eq!(first.tags, [Tag::Timeline, Tag::Media]);
        changes.tell(Tag::Saves);
        let second = events.recv().await.unwrap();
        assert_eq!(second.tags, [Tag::Saves]);
    }
}
