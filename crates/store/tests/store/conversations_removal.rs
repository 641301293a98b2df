//! Conversations that are gone at the portal go here after a complete walk, and no sooner.

use crate::sample::conversations::{at, conversation, id, message, read, texts};
use crate::sample::open;
use schriftje_model::{Child, ChildId, PhotoId};
use schriftje_store::{LogbookWalk, NewAbout, RemovedConversations, Store, WalkKind};
use tempfile::tempdir;

/// Walks over the conversations with these numbers, each written in last in its own hour.
async fn walk(
    store: &Store,
    kind: WalkKind,
    seen: &[i64],
    until: Option<i64>,
) -> RemovedConversations {
    let walk = seen_by(store, kind, seen, until).await;
    store.finish_logbook_walk(walk, true, at(999)).await.unwrap()
}

async fn seen_by(store: &Store, kind: WalkKind, seen: &[i64], until: Option<i64>) -> LogbookWalk {
    let mut walk = store.begin_logbook_walk(kind, until.map(at), at(999)).await.unwrap();
    walk.oldest = seen.iter().min().map(|n| at(*n));
    let page = seen.iter().rev().map(|n| conversation(&format!("b{n}"), *n, false)).collect();
    store.apply_conversations(page, Some(walk.clone())).await.unwrap();
    walk
}

async fn ids(store: &Store) -> Vec<String> {
    let page = store.conversations(None, 1000).await.unwrap();
    page.conversations.into_iter().map(|conversation| conversation.id.0).collect()
}

fn all(count: i64) -> Vec<i64> {
    (0..count).collect()
}

fn except(count: i64, gone: &[i64]) -> Vec<i64> {
    all(count).into_iter().filter(|n| !gone.contains(n)).collect()
}

#[tokio::test]
async fn a_conversation_that_a_complete_walk_does_not_see_is_gone() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    assert!(!store.logbook_state().await.unwrap().complete);
    assert_eq!(walk(&store, WalkKind::Full, &all(8), None).await, RemovedConversations::default());
    let state = store.logbook_state().await.unwrap();
    assert!(state.complete && state.walk.is_none());
    assert_eq!((state.full_at, state.recent_at), (Some(at(999)), Some(at(999))));
    read(&store, "b4", vec![message("m", "Juf Marieke", &["f4"])]).await;
    let removed = walk(&store, WalkKind::Full, &except(8, &[4]), None).await;
    assert_eq!((removed.conversations, removed.photos, removed.doubted), (1, 1, false));
    assert!(!ids(&store).await.contains(&"b4".to_owned()));
    assert!(texts(&store, "b4").await.is_empty());
    assert_eq!(store.photo(PhotoId("f4".into())).await.unwrap(), None);
}

#[tokio::test]
async fn only_what_lies_inside_a_walk_counts() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    walk(&store, WalkKind::Full, &all(8), None).await;
    // The newest alone, of which one is gone.
    let removed = walk(&store, WalkKind::Recent, &[7, 5], Some(5)).await;
    assert_eq!(removed.conversations, 1);
    // A list that now begins later, one that is empty, and a walk that is not sure.
    for (seen, sure) in [(vec![3, 4, 5, 7], true), (vec![], true), (vec![0, 7], false)] {
        let walk = seen_by(&store, WalkKind::Full, &seen, None).await;
        let removed = store.finish_logbook_walk(walk, sure, at(999)).await.unwrap();
        assert_eq!(removed.conversations, 0);
    }
    assert_eq!(ids(&store).await, ["b7", "b5", "b4", "b3", "b2", "b1", "b0"]);
}

#[tokio::test]
async fn a_walk_that_misses_much_or_a_list_without_order_is_believed_the_second_time() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    walk(&store, WalkKind::Full, &all(40), None).await;
    let few = all(10);
    let removed = walk(&store, WalkKind::Full, &[&few[..], &[39]].concat(), None).await;
    assert!(removed.doubted && removed.conversations == 0);
    let removed = walk(&store, WalkKind::Full, &[&few[..], &[39]].concat(), None).await;
    assert_eq!(removed.conversations, 29);

    for round in 0..2 {
        let mut walk = seen_by(&store, WalkKind::Full, &few, None).await;
        walk.in_order = false;
        let removed = store.finish_logbook_walk(walk, true, at(999)).await.unwrap();
        assert_eq!((removed.doubted, removed.conversations), (true, round));
    }
}

#[tokio::test]
async fn what_was_about_a_child_who_has_left_stays() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let children =
        [("k1", "Noortje", false), ("k2", "Ties", true)].map(|(id, name, attends)| Child {
            id: ChildId(id.into()),
            first_name: name.into(),
            full_name: name.into(),
            attends,
            groups: vec![],
            date_of_birth: None,
            avatar: None,
        });
    store.set_children(children.into()).await.unwrap();
    walk(&store, WalkKind::Full, &all(5), None).await;
    // "b1" is known by the child's name, "b2" by its identity, "b3" is about both.
    read(&store, "b1", vec![message("m", "Juf Marieke", &[])]).await;
    let about = |which: &str, children: &[&str]| NewAbout {
        id: id(which),
        children: children.iter().map(|id| ChildId((*id).into())).collect(),
        group: None,
        last_author: None,
        closed: false,
    };
    let told = vec![about("b2", &["k1"]), about("b3", &["k1", "k2"])];
    store.set_about(vec![], told).await.unwrap();
    let removed = walk(&store, WalkKind::Full, &[0, 4], None).await;
    assert_eq!(removed.conversations, 1);
    assert_eq!(ids(&store).await, ["b4", "b2", "b1", "b0"]);
}

#[tokio::test]
async fn the_place_of_a_walk_survives_a_break() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let mut walk = store.begin_logbook_walk(WalkKind::Recent, Some(at(2)), at(1)).await.unwrap();
    walk.next = 9;
    walk.tail = vec![id("b1"), id("b2")];
    (walk.newest, walk.oldest, walk.head) = (Some(at(9)), Some(at(3)), Some(at(8)));
    (walk.pages, walk.in_order) = (3, false);
    let page = vec![conversation("b1", 9, false)];
    store.apply_conversations(page.clone(), Some(walk.clone())).await.unwrap();
    store.set_logbook_fresh(at(5), Some(2)).await.unwrap();
    store.set_logbook_fresh(at(6), None).await.unwrap();
    store.close().await;
    let store = open(folder.path()).await;
    let state = store.logbook_state().await.unwrap();
    assert_eq!((state.fresh_at, state.counter), (Some(at(6)), Some(2)));
    assert_eq!(state.walk, Some(walk.clone()));
    // A page that brings nothing is counted.
    store.apply_conversations(page, Some(walk)).await.unwrap();
    assert_eq!(store.logbook_state().await.unwrap().walk.unwrap().stalled, 1);
}
