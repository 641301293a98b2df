//! What the portal sent is what a parent reads back.

use crate::sample::{child, day, journal_card, open, photo_card};
use schriftje_model::{Cached, CardId, CardKind, Child, ChildId, MediaId, PhotoId};
use schriftje_store::{Applied, ArrivedCard, NewCard, Scope, TimelineQuery};
use tempfile::tempdir;

fn whole() -> TimelineQuery {
    TimelineQuery { limit: 100, ..TimelineQuery::default() }
}

#[tokio::test]
async fn a_card_reads_back_as_it_was_sent() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let cards = vec![
        journal_card("j1", day(3), &["noortje", "ties"]),
        photo_card("p1", day(3), &["noortje"], &["a", "b"]),
        NewCard {
            raw: Some(r#"{"type":"weather"}"#.into()),
            ..{
                let mut card = photo_card("x", day(1), &[], &[]);
                card.card.kind = CardKind::Unsupported("weather".into());
                card
            }
        },
    ];
    let applied = store.apply_timeline_page(cards.clone()).await.unwrap();
    assert_eq!((applied.new, applied.new_photos), (3, 3));
    assert_eq!(applied.unknown_children, [ChildId("noortje".into()), ChildId("ties".into())]);
    let read = store.timeline(whole()).await.unwrap();
    assert_eq!(read.next, None);
    let sent: Vec<_> = cards.iter().map(|new| new.card.clone()).collect();
    assert_eq!(read.cards, sent);
    assert_eq!(store.card(CardId("p1".into())).await.unwrap().unwrap(), sent[1]);
    assert_eq!(
        store.raw_card(CardId("x".into())).await.unwrap().as_deref(),
        Some(r#"{"type":"weather"}"#)
    );
}

#[tokio::test]
async fn a_page_is_known_until_something_on_it_changes() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let mut page = vec![journal_card("j1", day(3), &["noortje"])];
    store.apply_timeline_page(page.clone()).await.unwrap();
    assert!(store.apply_timeline_page(page.clone()).await.unwrap().all_known());

    page[0].hash = "another".into();
    let entry = page[0].card.entry.as_mut().unwrap();
    entry.text = "Verbeterd".into();
    entry.rhythm.clear();
    entry.photos.clear();
    let applied = store.apply_timeline_page(page.clone()).await.unwrap();
    assert_eq!((applied.new, applied.changed, applied.known), (0, 1, 0));
    assert_eq!(store.card(page[0].card.id.clone()).await.unwrap().unwrap(), page[0].card);
}

#[tokio::test]
async fn a_photo_on_two_cards_exists_once() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let mut journal = journal_card("j1", day(3), &["noortje"]);
    journal.card.entry.as_mut().unwrap().photos = vec![crate::sample::photo("a", day(3))];
    let page = vec![journal, photo_card("p1", day(3), &["noortje"], &["a", "b"])];
    let applied = store.apply_timeline_page(page).await.unwrap();
    assert_eq!(applied.new_photos, 2);
    assert_eq!(store.totals().await.unwrap().photos, 2);
    let cards = store.photo(PhotoId("a".into())).await.unwrap().unwrap().cards;
    assert_eq!(cards.len(), 2);
    let all = Scope::Range { children: vec![], from: None, until: None };
    let saved = store.photos_in(all).await.unwrap();
    assert_eq!(saved.iter().map(|s| s.photo.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
}

#[tokio::test]
async fn a_photo_that_moves_to_another_card_keeps_what_is_here_of_it() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    store
        .apply_timeline_page(vec![photo_card("p1", day(3), &["noortje"], &["a", "b"])])
        .await
        .unwrap();
    store.note_absent(MediaId("a".into()), schriftje_model::MediaSize::Thumb).await.unwrap();
    // The pages come one after the other: for a moment "b" stands on no card.
    store.apply_timeline_page(vec![photo_card("p1", day(3), &["noortje"], &["a"])]).await.unwrap();
    let applied = store
        .apply_timeline_page(vec![photo_card("p2", day(2), &["noortje", "ties"], &["b"])])
        .await
        .unwrap();
    assert_eq!(applied.new_photos, 0);
    let cards = store.photo(PhotoId("b".into())).await.unwrap().unwrap().cards;
    assert_eq!(cards, [CardId("p2".into())]);
}

#[tokio::test]
async fn counts_follow_what_is_added_and_changed() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let named = |id: &str, attends| Child {
        id: ChildId(id.into()),
        first_name: id.into(),
        full_name: format!("{id} Bloem"),
        attends,
        groups: vec!["Hamsters".into()],
        date_of_birth: Some(day(0)),
        avatar: child(id).avatar,
    };
    let children = vec![named("ties", true), named("noortje", true)];
    assert!(store.set_children(children.clone()).await.unwrap());
    assert!(!store.set_children(children.clone()).await.unwrap());
    let first = vec![
        photo_card("p1", day(1), &["noortje"], &["a"]),
        photo_card("p2", day(2), &["noortje", "ties"], &["b"]),
    ];
    let applied = store.apply_timeline_page(first).await.unwrap();
    let arrived = ["p1", "p2"]
        .map(|id| ArrivedCard { id: CardId(id.into()), new: true, new_photos: 1 })
        .to_vec();
    assert_eq!(applied, Applied { new: 2, new_photos: 2, arrived, ..Applied::default() });
    let counted = store.children().await.unwrap();
    assert_eq!(counted.iter().map(|c| c.cards).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(counted[0].child, children[0]);

    // The portal moves the second card to the other child alone.
    store
        .apply_timeline_page(vec![NewCard {
            hash: "changed".into(),
            ..photo_card("p2", day(2), &["ties"], &["b"])
        }])
        .await
        .unwrap();
    // And no longer lists a child that has cards.
    assert!(store.set_children(vec![children[0].clone()]).await.unwrap());
    let counted = store.children().await.unwrap();
    assert_eq!(counted.iter().map(|c| c.cards).collect::<Vec<_>>(), [1, 1]);
    assert!(counted[0].child.attends && !counted[1].child.attends);
    assert_eq!(store.totals().await.unwrap().cards, 2);
    let wanted = store.wanted_avatars(10).await.unwrap();
    assert_eq!(wanted.len(), 2);
    assert_eq!(
        store.card(CardId("p2".into())).await.unwrap().unwrap().photos[0].cached,
        Cached::Nothing
    );
}
