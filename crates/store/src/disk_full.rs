//! A full disk: the write says so, and nothing that was here is lost.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use crate::{Blob, Key, NewBlob, NewCard, OpenMode, Store, StoreError, TimelineQuery};
use chrono::DateTime;
use schriftje_model::{CardId, CardKind, Day, MediaId, MediaSize, TimelineCard};
use tempfile::tempdir;

fn card(n: u64) -> NewCard {
    NewCard {
        card: TimelineCard {
            id: CardId(format!("c{n}")),
            day: Day::from_ymd_opt(2026, 3, 14).unwrap(),
            kind: CardKind::Unsupported("long".into()),
            children: vec![],
            entry: None,
            photos: vec![],
        },
        hash: String::new(),
        raw: Some("lang verhaal ".repeat(300)),
    }
}

async fn cards(store: &Store) -> usize {
    let query = TimelineQuery { limit: 1000, ..TimelineQuery::default() };
    store.timeline(query).await.unwrap().cards.len()
}

#[tokio::test]
async fn a_full_disk_is_told_and_loses_nothing() {
    let folder = tempdir().unwrap();
    let key = Key::from_bytes([1; 32]);
    let store = Store::open(folder.path(), &key, OpenMode::Create).await.unwrap().store;
    store.0.cache.limit_pages(120).await;
    let mut kept = 0;
    let full = loop {
        // Two cards a page, so that half a page would show.
        match store.apply_timeline_page(vec![card(2 * kept), card(2 * kept + 1)]).await {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(full, StoreError::DiskFull);
    assert!(kept > 3);
    let expected = usize::try_from(2 * kept).unwrap();
    assert_eq!(cards(&store).await, expected);
    // There is room again.
    store.0.cache.limit_pages(1_000_000).await;
    store.apply_timeline_page(vec![card(9000)]).await.unwrap();
    assert_eq!(cards(&store).await, expected + 1);
    store.close().await;
    let opened = Store::open(folder.path(), &key, OpenMode::Existing).await.unwrap();
    assert!(!opened.recovered.any());
    assert_eq!(cards(&opened.store).await, expected + 1);
}

#[tokio::test]
async fn a_picture_that_finds_no_room_is_told() {
    let folder = tempdir().unwrap();
    let key = Key::from_bytes([1; 32]);
    let store = Store::open(folder.path(), &key, OpenMode::Create).await.unwrap().store;
    store.0.media.limit_pages(40).await;
    let new = NewBlob {
        id: MediaId("f".into()),
        size: MediaSize::Medium,
        day: Day::from_ymd_opt(2026, 3, 14).unwrap(),
        pinned: false,
        blob: Blob { mime: "image/jpeg".into(), width: 1, height: 1, bytes: vec![1; 2_000_000] },
        fetched_at: DateTime::from_timestamp(0, 0).unwrap(),
    };
    let full = store.put_media(new, u64::MAX).await.unwrap_err();
    assert_eq!(full, StoreError::DiskFull);
    assert_eq!(store.media(MediaId("f".into()), MediaSize::Medium).await.unwrap(), None);
}
