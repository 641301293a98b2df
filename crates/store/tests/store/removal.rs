//! What is gone at the portal goes here after a complete walk, and no sooner.

use crate::sample::{day, open, photo_card};
use chrono::{DateTime, Utc};
use schriftje_model::{Child, ChildId, Day, MediaId, MediaSize, PhotoId};
use schriftje_store::{Blob, NewBlob, Removed, Store, TimelineQuery, WalkKind};
use tempfile::tempdir;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap()
}

/// Walks over the cards with these numbers, each on its own day.
async fn walk(store: &Store, kind: WalkKind, seen: &[u64], days: Option<(Day, Day)>) -> Removed {
    let walk = store.begin_walk(kind, None, now()).await.unwrap();
    let cards = seen
        .iter()
        .map(|n| photo_card(&format!("c{n}"), day(*n), &["noortje"], &[&format!("f{n}")]))
        .collect();
    store.apply_walked_page(cards, walk.clone()).await.unwrap();
    store.finish_walk(walk, days, now()).await.unwrap()
}

async fn ids(store: &Store) -> Vec<String> {
    let query = TimelineQuery { limit: 1000, ..TimelineQuery::default() };
    store.timeline(query).await.unwrap().cards.into_iter().map(|card| card.id.0).collect()
}

#[tokio::test]
async fn a_card_that_a_complete_walk_does_not_see_is_gone() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let all: Vec<u64> = (0..10).collect();
    let inside = Some((day(0), Day::MAX));
    assert_eq!(walk(&store, WalkKind::Full, &all, inside).await, Removed::default());
    assert!(store.timeline_state().await.unwrap().complete);
    let without: Vec<u64> = all.iter().copied().filter(|n| *n != 4).collect();
    let removed = walk(&store, WalkKind::Full, &without, inside).await;
    assert_eq!((removed.cards, removed.photos), (1, 1));
    assert!(!ids(&store).await.contains(&"c4".to_owned()));
    assert_eq!(store.photo(PhotoId("f4".into())).await.unwrap(), None);
    assert_eq!(store.totals().await.unwrap().cards, 9);
}

#[tokio::test]
async fn a_walk_of_the_last_days_says_nothing_of_older_ones() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let all: Vec<u64> = (0..10).collect();
    walk(&store, WalkKind::Full, &all, Some((day(0), Day::MAX))).await;
    let removed = walk(&store, WalkKind::Recent, &[9, 7], Some((day(7), Day::MAX))).await;
    assert_eq!(removed.cards, 1);
    assert_eq!(ids(&store).await, ["c9", "c7", "c6", "c5", "c4", "c3", "c2", "c1", "c0"]);
}

#[tokio::test]
async fn history_that_the_portal_lets_go_stays_here() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let all: Vec<u64> = (0..10).collect();
    walk(&store, WalkKind::Full, &all, Some((day(0), Day::MAX))).await;
    // The portal now begins at day 5.
    let recent: Vec<u64> = (5..10).collect();
    walk(&store, WalkKind::Full, &recent, Some((day(5), Day::MAX))).await;
    assert_eq!(ids(&store).await.len(), 10);
}

#[tokio::test]
async fn an_empty_answer_removes_nothing() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    walk(&store, WalkKind::Full, &[1, 2, 3], Some((day(0), Day::MAX))).await;
    walk(&store, WalkKind::Full, &[], None).await;
    assert_eq!(ids(&store).await.len(), 3);
}

#[tokio::test]
async fn a_walk_that_misses_much_is_believed_the_second_time() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let all: Vec<u64> = (0..60).collect();
    let inside = Some((day(0), Day::MAX));
    walk(&store, WalkKind::Full, &all, inside).await;
    let few: Vec<u64> = (0..10).collect();
    let removed = walk(&store, WalkKind::Full, &few, inside).await;
    assert!(removed.doubted && removed.cards == 0);
    assert_eq!(ids(&store).await.len(), 60);
    let removed = walk(&store, WalkKind::Full, &few, inside).await;
    assert_eq!(removed.cards, 50);
    assert_eq!(ids(&store).await.len(), 10);
}

#[tokio::test]
async fn walks_of_the_last_days_do_not_speak_for_a_whole_one() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let all: Vec<u64> = (0..60).collect();
    let inside = Some((day(0), Day::MAX));
    walk(&store, WalkKind::Full, &all, inside).await;
    for _ in 0..3 {
        walk(&store, WalkKind::Recent, &[59, 58], Some((day(58), Day::MAX))).await;
    }
    let removed = walk(&store, WalkKind::Full, &[0, 58, 59], inside).await;
    assert!(removed.doubted && removed.cards == 0);
    assert_eq!(ids(&store).await.len(), 60);
}

#[tokio::test]
async fn what_was_of_a_child_who_has_left_stays() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let child = |id: &str, attends| Child {
        id: ChildId(id.into()),
        first_name: id.into(),
        full_name: id.into(),
        attends,
        groups: Vec::new(),
        date_of_birth: None,
        avatar: None,
    };
    store.set_children(vec![child("noortje", false), child("ties", true)]).await.unwrap();
    let inside = Some((day(0), Day::MAX));
    let first = store.begin_walk(WalkKind::Full, None, now()).await.unwrap();
    let cards = vec![
        photo_card("left", day(1), &["noortje"], &["f1"]),
        photo_card("both", day(2), &["noortje", "ties"], &["f2"]),
    ];
    store.apply_walked_page(cards, first.clone()).await.unwrap();
    store.finish_walk(first, inside, now()).await.unwrap();
    let removed = walk(&store, WalkKind::Full, &[0], inside).await;
    assert_eq!((removed.cards, removed.photos), (1, 1));
    assert!(ids(&store).await.contains(&"left".to_owned()));
    assert!(store.photo(PhotoId("f1".into())).await.unwrap().is_some());
}

#[tokio::test]
async fn pictures_of_what_is_gone_go_too() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let inside = Some((day(0), Day::MAX));
    walk(&store, WalkKind::Full, &[1, 2, 3], inside).await;
    // "f9" is of a photo that went while the program was killed.
    for id in ["f1", "f2", "f9", "avatar-noortje"] {
        let new = NewBlob {
            id: MediaId(id.into()),
            size: MediaSize::Thumb,
            day: day(1),
            pinned: false,
            blob: Blob { mime: "image/jpeg".into(), width: 1, height: 1, bytes: vec![1; 9] },
            fetched_at: now(),
        };
        store.put_media(new, u64::MAX).await.unwrap();
    }
    walk(&store, WalkKind::Full, &[1, 3], inside).await;
    for (id, stays) in [("f1", true), ("f2", false), ("f9", false), ("avatar-noortje", true)] {
        let here = store.media(MediaId(id.into()), MediaSize::Thumb).await.unwrap();
        assert_eq!(here.is_some(), stays, "{id}");
    }
}
