//! Work on a task of its own.

use crate::SyncError;
use schriftje_store::StoreError;
use tokio::task::JoinSet;

/// Runs `work` on a task of its own, and ends it when nobody waits for it any more.
///
/// A future that holds a lock and is not polled for a while, as happens to the other arms of a
/// select, would keep everybody waiting; a task is always polled.
pub(crate) async fn on_its_own<T: Send + 'static>(
    work: impl Future<Output = Result<T, SyncError>> + Send + 'static,
) -> Result<T, SyncError> {
    let mut task = JoinSet::new();
    task.spawn(work);
    match task.join_next().await {
        Some(Ok(result)) => result,
        Some(Err(error)) if error.is_cancelled() => Err(SyncError::Stopped),
        _ => Err(SyncError::Store(StoreError::Sql("a task panicked".into()))),
    }
}
