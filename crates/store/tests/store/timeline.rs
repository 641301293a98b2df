//! Paging through the timeline shows every card once, in order, whatever the filter.

use crate::sample::{day, journal_card, open, photo_card};
use proptest::prelude::*;
use schriftje_model::{CardKind, ChildId, TimelineCard};
use schriftje_store::{Cursor, NewCard, Scope, Store, TimelineQuery};
use tempfile::tempdir;

const CHILDREN: [&str; 3] = ["noortje", "ties", "saar"];

fn cards() -> impl Strategy<Value = Vec<NewCard>> {
    let card = (0_u64..12, 0_u8..8, any::<bool>());
    prop::collection::vec(card, 0..40).prop_map(|cards| {
        cards
            .into_iter()
            .enumerate()
            .map(|(n, (on, who, journal))| {
                let who: Vec<&str> =
                    (0..3).filter(|bit| who & (1 << bit) != 0).map(|bit| CHILDREN[bit]).collect();
                // Identities in no order, as hashes are.
                let id = format!("{:03}", (n * 37) % 101);
                if journal {
                    journal_card(&id, day(on), &who)
                } else {
                    photo_card(&id, day(on), &who, &[&format!("photo-{n}")])
                }
            })
            .collect()
    })
}

/// The order promised: newest day first, reports before photos, then by identity.
fn expected(cards: &[NewCard], query: &TimelineQuery) -> Vec<TimelineCard> {
    let mut cards: Vec<TimelineCard> = cards
        .iter()
        .map(|new| new.card.clone())
        .filter(|card| {
            query.children.is_empty()
                || card.children.iter().any(|child| query.children.contains(&child.id))
        })
        .filter(|card| query.from.is_none_or(|from| card.day >= from))
        .filter(|card| query.until.is_none_or(|until| card.day <= until))
        .collect();
    cards.sort_by_key(|card| {
        (std::cmp::Reverse(card.day), card.kind == CardKind::Photos, card.id.clone())
    });
    cards
}

async fn paged(store: &Store, mut query: TimelineQuery) -> Vec<TimelineCard> {
    let mut all = Vec::new();
    loop {
        let page = store.timeline(query.clone()).await.unwrap();
        assert!(page.cards.len() <= query.limit as usize);
        all.extend(page.cards);
        let Some(next) = page.next else { return all };
        // What the interface holds is text.
        query.after = Some(next.to_string().parse::<Cursor>().unwrap());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]
    #[test]
    fn pages_show_every_card_once_and_in_order(
        cards in cards(),
        which in prop::collection::vec(0_usize..3, 0..3),
        from in prop::option::of(0_u64..12),
        until in prop::option::of(0_u64..12),
        limit in 1_u32..9,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let folder = tempdir().unwrap();
            let store = open(folder.path()).await;
            store.apply_timeline_page(cards.clone()).await.unwrap();
            let query = TimelineQuery {
                children: which.iter().map(|n| ChildId(CHILDREN[*n].into())).collect(),
                from: from.map(day),
                until: until.map(day),
                after: None,
                limit,
            };
            let expected = expected(&cards, &query);
            assert_eq!(paged(&store, query.clone()).await, expected);

            // Saving the same scope gives the same photos, oldest first.
            let scope = Scope::Range {
                children: query.children.clone(),
                from: query.from,
                until: query.until,
            };
            let mut days: Vec<_> = Vec::new();
            let mut saved: Vec<String> = Vec::new();
            for scoped in store.photos_in(scope).await.unwrap() {
                days.push(scoped.photo.day);
                saved.push(scoped.photo.id.0);
            }
            assert!(days.is_sorted());
            saved.sort();
            let mut photos: Vec<String> = expected
                .iter()
                .flat_map(|card| {
                    card.entry.iter().flat_map(|entry| &entry.photos).chain(&card.photos)
                })
                .map(|photo| photo.id.0.clone())
                .collect();
            photos.sort();
            assert_eq!(saved, photos);
            store.close().await;
        });
    }

    #[test]
    fn what_is_no_cursor_is_refused_and_never_panics(text in ".{0,40}") {
        let _ = text.parse::<Cursor>();
    }
}

#[tokio::test]
async fn a_page_goes_on_where_it_was_though_a_card_was_posted_meanwhile() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let old: Vec<NewCard> =
        (0..6).map(|n| photo_card(&format!("c{n}"), day(n), &["noortje"], &[])).collect();
    store.apply_timeline_page(old).await.unwrap();
    let query = TimelineQuery { limit: 3, ..TimelineQuery::default() };
    let first = store.timeline(query.clone()).await.unwrap();
    store.apply_timeline_page(vec![photo_card("new", day(9), &[], &[])]).await.unwrap();
    let second = store.timeline(TimelineQuery { after: first.next, ..query }).await.unwrap();
    let ids: Vec<&str> = second.cards.iter().map(|card| card.id.as_str()).collect();
    assert_eq!(ids, ["c2", "c1", "c0"]);
}
