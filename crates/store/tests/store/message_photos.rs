//! Photos of messages are photos like those of the timeline, and neither takes the other's away.

use crate::sample::conversations::{conversation, id, message, read, texts};
use crate::sample::{day, open, photo_card};
use chrono::{DateTime, Utc};
use schriftje_model::{Cached, Day, MediaId, MediaSize, PhotoId};
use schriftje_store::{Blob, NewBlob, Scope, Store, WalkKind};
use tempfile::tempdir;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap()
}

/// A timeline with "f1" and "both", and a conversation with "both" and "m1".
async fn filled(store: &Store) {
    let card = photo_card("c1", day(1), &["noortje"], &["f1", "both"]);
    store.apply_timeline_page(vec![card]).await.unwrap();
    store.apply_conversations(vec![conversation("a", 5, false)], None).await.unwrap();
    read(store, "a", vec![message("w1", "Juf Marieke", &["both", "m1"])]).await;
}

async fn keep(store: &Store, id: &str) {
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

async fn here(store: &Store, id: &str) -> bool {
    let known = store.photo(PhotoId(id.into())).await.unwrap().is_some();
    let picture = store.media(MediaId(id.into()), MediaSize::Thumb).await.unwrap().is_some();
    assert!(known || !picture, "{id}");
    known
}

async fn walk_timeline(store: &Store, cards: &[&str]) {
    let walk = store.begin_walk(WalkKind::Full, None, now()).await.unwrap();
    let cards =
        cards.iter().map(|id| photo_card(id, day(1), &["noortje"], &["f1", "both"])).collect();
    store.apply_walked_page(cards, walk.clone()).await.unwrap();
    store.finish_walk(walk, Some((day(0), Day::MAX)), now()).await.unwrap();
}

#[tokio::test]
async fn a_photo_of_a_message_is_fetched_and_known_by_its_conversation() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    filled(&store).await;
    let wanted = store.wanted_photos(MediaSize::Thumb, 9).await.unwrap();
    assert_eq!(wanted.len(), 3);
    keep(&store, "m1").await;
    assert_eq!(texts(&store, "a").await[0].photos[1].cached, Cached::Thumb);
    let known = store.photo(PhotoId("m1".into())).await.unwrap().unwrap();
    assert!(known.cards.is_empty());
    for (photo, conversation) in [("m1", Some(id("a"))), ("both", Some(id("a"))), ("f1", None)] {
        let found = store.conversation_of_photo(PhotoId(photo.into())).await.unwrap();
        assert_eq!(found, conversation, "{photo}");
    }
}

#[tokio::test]
async fn saving_the_timeline_leaves_out_photos_of_messages_unless_they_are_asked_for() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    filled(&store).await;
    let ids = |found: Vec<schriftje_store::ScopedPhoto>| {
        found
            .into_iter()
            .map(|scoped| (scoped.photo.id.0, scoped.card.is_some()))
            .collect::<Vec<_>>()
    };
    let all = Scope::Range { children: vec![], from: None, until: None };
    let saved = ids(store.photos_in(all).await.unwrap());
    assert_eq!(saved, [("f1".to_owned(), true), ("both".to_owned(), true)]);
    let these = ["m1", "both", "nobody's", "m1"].map(|id| PhotoId(id.into()));
    let saved = ids(store.photos_in(Scope::Photos(these.into())).await.unwrap());
    assert_eq!(saved, [("both".to_owned(), true), ("m1".to_owned(), false)]);
}

#[tokio::test]
async fn the_end_of_a_walk_over_the_timeline_leaves_photos_of_messages() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    filled(&store).await;
    for id in ["f1", "both", "m1"] {
        keep(&store, id).await;
    }
    walk_timeline(&store, &["c1"]).await;
    walk_timeline(&store, &["c2"]).await;
    assert!(here(&store, "f1").await && here(&store, "both").await && here(&store, "m1").await);
    // Now the card is gone.
    walk_timeline(&store, &[]).await;
    assert!(!here(&store, "f1").await);
    assert!(here(&store, "both").await && here(&store, "m1").await);
    let picture = store.media(MediaId("both".into()), MediaSize::Thumb).await.unwrap();
    assert!(picture.is_some());
}

#[tokio::test]
async fn photos_of_a_message_that_is_gone_go_unless_they_stand_on_a_card() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    filled(&store).await;
    for id in ["f1", "both", "m1"] {
        keep(&store, id).await;
    }
    read(&store, "a", vec![message("w2", "Juf Marieke", &[])]).await;
    assert!(!here(&store, "m1").await);
    assert!(here(&store, "both").await && here(&store, "f1").await);
    assert!(store.media(MediaId("m1".into()), MediaSize::Thumb).await.unwrap().is_none());
    // What a card says of a photo, a message does not change.
    let mut again = message("w3", "Juf Marieke", &["both"]);
    again.photos[0].caption = None;
    again.photos[0].own_children.clear();
    read(&store, "a", vec![again]).await;
    let both = store.photo(PhotoId("both".into())).await.unwrap().unwrap().photo;
    assert!(both.caption.is_some() && !both.own_children.is_empty());
}
