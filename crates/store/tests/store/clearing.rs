//! Emptying the cache: what can be had again goes, and nothing else.

use crate::sample::{day, open, photo_card};
use chrono::{DateTime, Utc};
use schriftje_model::{Child, ChildId, Draft, DraftPlace, MediaId, MediaSize};
use schriftje_store::{Blob, NewBlob, NewCard, Store, TimelineQuery, WalkKind, Walked};
use tempfile::tempdir;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap()
}

fn child(id: &str, attends: bool) -> Child {
    Child {
        id: ChildId(id.into()),
        first_name: id.into(),
        full_name: id.into(),
        attends,
        groups: Vec::new(),
        date_of_birth: None,
        avatar: None,
    }
}

async fn walk(store: &Store, cards: Vec<NewCard>) {
    let walk = store.begin_walk(WalkKind::Full, None, now()).await.unwrap();
    store.apply_walked_page(cards, walk.clone()).await.unwrap();
    store.finish_walk(walk, None, now()).await.unwrap();
}

async fn keep(store: &Store, id: &str) {
    for size in [MediaSize::Thumb, MediaSize::Medium] {
        let blob = Blob { mime: "image/jpeg".into(), width: 4, height: 3, bytes: vec![1; 50_000] };
        let new = NewBlob {
            id: MediaId(id.into()),
            size,
            day: day(1),
            pinned: false,
            blob,
            fetched_at: now(),
        };
        store.put_media(new, u64::MAX).await.unwrap();
    }
}

async fn is_here(store: &Store, id: &str) -> bool {
    store.media(MediaId(id.into()), MediaSize::Medium).await.unwrap().is_some()
}

#[tokio::test]
async fn emptying_takes_what_the_portal_gives_again_and_nothing_else() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    store.set_children(vec![child("noortje", true), child("groot", false)]).await.unwrap();
    let now_there = photo_card("now", day(9), &["noortje"], &["now"]);
    let of_who_left = photo_card("left", day(5), &["groot"], &["left"]);
    let gone_there = photo_card("gone", day(1), &["noortje"], &["gone"]);
    walk(&store, vec![now_there.clone(), of_who_left.clone(), gone_there]).await;
    // The portal no longer shows its oldest card.
    walk(&store, vec![now_there.clone(), of_who_left.clone()]).await;
    for id in ["now", "left", "gone", "avatar-noortje"] {
        keep(&store, id).await;
    }
    let draft = Draft { text: "Nog niet af".into(), ..Draft::empty(DraftPlace::Diary) };
    store.save_draft(draft.clone(), now()).await.unwrap();

    assert_eq!(
        store.clear(Walked { conversations: true, documents: true }).await.unwrap().photos,
        1
    );
    assert!(!is_here(&store, "now").await);
    for id in ["left", "gone", "avatar-noortje"] {
        assert!(is_here(&store, id).await, "{id}");
    }
    let query = TimelineQuery { limit: 10, ..TimelineQuery::default() };
    assert_eq!(store.timeline(query).await.unwrap().cards.len(), 3, "texts are read meanwhile");
    assert_eq!(store.draft(DraftPlace::Diary).await.unwrap().unwrap().0.text, draft.text);

    // All of it is wanted, and read, anew.
    let wanted = store.wanted_photos(MediaSize::Medium, 10).await.unwrap();
    assert_eq!(wanted.iter().map(|wanted| wanted.id.as_str()).collect::<Vec<_>>(), ["now"]);
    let state = store.timeline_state().await.unwrap();
    assert!(state.complete && state.full_at.is_none() && state.children_at.is_none());
    let applied = store.apply_timeline_page(vec![now_there, of_who_left]).await.unwrap();
    assert_eq!((applied.new, applied.changed, applied.new_photos), (0, 2, 0));
}
