//! Nobody waits for an answer that nobody wants.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use crate::{Key, OpenMode, Store};
use tempfile::tempdir;

#[tokio::test]
async fn a_query_that_nobody_looks_after_keeps_no_other_waiting() {
    let folder = tempdir().unwrap();
    let key = Key::from_bytes([1; 32]);
    let store = Store::open(folder.path(), &key, OpenMode::Create).await.unwrap().store;
    // Begun, and then not polled any more, as happens in one arm of a select.
    let mut begun = Vec::new();
    for _ in 0..2000 {
        let mut query = Box::pin(store.totals());
        // One that is done at once is of no use here.
        if is_pending(query.as_mut()).await {
            begun.push(query);
        }
        if begun.len() == 20 {
            break;
        }
    }
    assert!(begun.len() > 10);
    for _ in 0..20 {
        store.totals().await.unwrap();
    }
    for query in begun {
        query.await.unwrap();
    }
}

/// Polls once; whether it goes on.
async fn is_pending<F: Future>(mut future: std::pin::Pin<&mut F>) -> bool {
    std::future::poll_fn(|cx| std::task::Poll::Ready(future.as_mut().poll(cx).is_pending())).await
}

#[tokio::test]
async fn a_query_that_nobody_waits_for_ends_and_harms_no_other() {
    let folder = tempdir().unwrap();
    let key = Key::from_bytes([1; 32]);
    let store = Store::open(folder.path(), &key, OpenMode::Create).await.unwrap().store;
    // More of them than there are readers: were they not interrupted, nobody would ever read again.
    for _ in 0..12 {
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let cache = store.0.cache.clone();
        let task = tokio::spawn(async move {
            let endless = cache.read(move |c| {
                let _ = begun.send(());
                c.query_row(
                    "WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i)
                     SELECT max(n) FROM i",
                    [],
                    |row| row.get::<_, i64>(0),
                )
            });
            endless.await
        });
        has_begun.await.unwrap();
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
    }
    store.totals().await.unwrap();
    // Closing waits for all of them.
    store.close().await;
    assert_eq!(store.totals().await.unwrap_err(), crate::StoreError::Closed);
    std::fs::remove_dir_all(folder.path()).unwrap();
}
