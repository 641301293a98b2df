//! What was here before there was a search is found after a while.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use crate::connection::is_sound;
use crate::migrations::Kind;
use crate::{Key, OpenMode, SearchQuery, Store};
use rusqlite::Connection;
use std::time::Duration;
use tempfile::tempdir;

const ENTRIES: &str = "
    WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 900)
    INSERT INTO cards SELECT n, 'c' || n, n, 1, 'journal', 'h', NULL, 1 FROM i;
    INSERT INTO entries SELECT n, 'j', NULL, 'parent', '', 'Een egel', 0 FROM cards;";

#[test]
fn a_cache_from_before_is_marked_for_later() {
    let mut c = Connection::open_in_memory().unwrap();
    Kind::Cache.migrate_to(&mut c, 2).unwrap();
    c.execute_batch(ENTRIES).unwrap();
    c.execute_batch(
        "INSERT INTO photos (n, id, day, kind, caption) VALUES (1, 'f', 1, 'photo', 'Mol');
         INSERT INTO photos (n, id, day, kind) VALUES (2, 'g', 1, 'photo');
         INSERT INTO conversations (n, id, subject, snippet, last_written, last_from_parent, hash,
                                    walk, unread, unread_there)
             VALUES (1, 'b', 's', 't', 0, 0, 'h', 0, 0, 0);
         INSERT INTO messages (conversation, id, position, html, text) VALUES (1, 'm', 0, '', 'x');",
    )
    .unwrap();
    Kind::Cache.migrate(&mut c).unwrap();
    let marked: i64 = c
        .query_row("SELECT count(*) FROM search_pending WHERE old = 1", [], |row| row.get(0))
        .unwrap();
    assert_eq!(marked, 900 + 1 + 1 + 1);
}

#[tokio::test]
async fn it_is_indexed_in_the_background_and_new_texts_do_not_wait_for_it() {
    let folder = tempdir().unwrap();
    let key = Key::from_bytes([1; 32]);
    let store = Store::open(folder.path(), &key, OpenMode::Create).await.unwrap().store;
    store.0.cache.write(|c| c.execute_batch(ENTRIES)).await.unwrap();
    let query =
        |words: &str| SearchQuery { words: words.into(), limit: 2000, ..SearchQuery::default() };
    assert_eq!(store.search(query("egel")).await.unwrap().found.len(), 900);
    // As after a migration.
    let forget = "DELETE FROM findable;
         INSERT INTO search_pending (kind, id, old) SELECT 'card', card, 1 FROM entries;";
    store.0.cache.write(move |c| c.execute_batch(forget)).await.unwrap();
    assert_eq!(store.unindexed().await.unwrap(), 900);
    let change = "UPDATE entries SET text = 'Een mol' WHERE card = 1;
         DELETE FROM search_pending WHERE kind = 'card' AND id = 1;
         INSERT INTO search_pending (kind, id) VALUES ('card', 1);";
    store.0.cache.write(move |c| c.execute_batch(change)).await.unwrap();
    assert_eq!(store.search(query("mol")).await.unwrap().found.len(), 1);
    assert_eq!(store.unindexed().await.unwrap(), 899);
    store.close().await;
    let store = Store::open(folder.path(), &key, OpenMode::Existing).await.unwrap().store;
    for _ in 0..200 {
        if store.unindexed().await.unwrap() == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(store.search(query("egel")).await.unwrap().found.len(), 899);
    // The check that decides whether a cache is set aside looks at the index too.
    store.close().await;
    assert!(is_sound(&folder.path().join("cache.db"), Kind::Cache, &key));
}
