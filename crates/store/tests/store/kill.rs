//! Killed at any moment, the next start goes on from what was written.

use crate::sample::{day, key, killed, open, photo_card};
use schriftje_model::{MediaId, MediaSize};
use schriftje_store::{Blob, NewBlob, OpenMode, Store, TimelineQuery, WalkKind};
use tempfile::tempdir;

const PAGE: u64 = 3;

/// Writes page after page, each with its walk's place and a picture, and says so, until it is
/// killed. Only does so for the test below.
#[tokio::test]
async fn the_child_that_writes() {
    let Some(folder) = killed::folder() else { return };
    let store = open(&folder).await;
    let now = chrono::DateTime::from_timestamp(1_780_000_000, 0).unwrap();
    let mut walk = match store.timeline_state().await.unwrap().walk {
        Some(walk) => walk,
        None => store.begin_walk(WalkKind::Full, None, now).await.unwrap(),
    };
    loop {
        let first = u64::from(walk.next);
        let cards = (first..first + PAGE)
            .map(|n| {
                let photos = [format!("a{n}"), format!("b{n}")];
                let photos = photos.each_ref().map(String::as_str);
                photo_card(&format!("c{n}"), day(n), &["noortje"], &photos)
            })
            .collect();
        walk.next += u32::try_from(PAGE).unwrap();
        store.apply_walked_page(cards, walk.clone()).await.unwrap();
        let blob = Blob { mime: "image/jpeg".into(), width: 1, height: 1, bytes: vec![7; 30_000] };
        let new = NewBlob {
            id: MediaId(format!("a{first}")),
            size: MediaSize::Thumb,
            day: day(first),
            pinned: false,
            blob,
            fetched_at: now,
        };
        store.put_media(new, u64::MAX).await.unwrap();
        println!("written {first}");
    }
}

#[tokio::test]
async fn what_was_written_is_there_after_a_kill() {
    let folder = tempdir().unwrap();
    let mut acknowledged: Vec<u64> = Vec::new();
    for round in 0..12 {
        // The kill falls into the write after the last line, wherever that is by then.
        let written: Vec<u64> =
            killed::after("kill::the_child_that_writes", folder.path(), |lines| {
                lines
                    .filter_map(|line| line.split_once("written ")?.1.parse().ok())
                    .take(2 + round * 3 % 7)
                    .collect()
            });
        assert!(!written.is_empty());
        acknowledged.extend(written);

        let opened = Store::open(folder.path(), &key(), OpenMode::Existing).await.unwrap();
        assert!(!opened.recovered.any());
        let store = opened.store;
        let walk = store.timeline_state().await.unwrap().walk.unwrap();
        assert!(u64::from(walk.next) >= acknowledged.last().unwrap() + PAGE);
        // The place of the walk and the cards before it are one and the same transaction.
        let totals = store.totals().await.unwrap();
        assert_eq!(totals.cards, walk.next);
        assert_eq!(totals.photos, 2 * walk.next);
        let page = TimelineQuery { limit: 1000, ..TimelineQuery::default() };
        for card in store.timeline(page).await.unwrap().cards {
            assert_eq!((card.children.len(), card.photos.len()), (1, 2));
        }
        for first in &acknowledged {
            let id = MediaId(format!("a{first}"));
            assert!(store.media(id, MediaSize::Thumb).await.unwrap().is_some(), "{first}");
        }
        store.close().await;
    }
}
