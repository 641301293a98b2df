//! What deserves a notification is told once, together with what was told and not seen yet.

use crate::sample::conversations::{at, conversation};
use crate::sample::{day, open, photo_card};
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_model::{CareRequest, Consent, Fact, FactKind, ObservationTitle, RequestKind};
use schriftje_store::{NewsItem, NewsKind, Store};
use tempfile::tempdir;

fn item(kind: NewsKind, place: &str, count: u32, at: DateTime<Utc>) -> NewsItem {
    NewsItem { kind, place: place.into(), child: None, children: vec![], title: None, count, at }
}

/// An account with cards and unread conversations.
async fn filled(folder: &std::path::Path) -> Store {
    let store = open(folder).await;
    let cards = ["c1", "c2"].map(|id| photo_card(id, day(3), &["noortje"], &[id])).to_vec();
    store.apply_timeline_page(cards).await.unwrap();
    let page = vec![conversation("a", 5, true), conversation("b", 4, true)];
    store.apply_conversations(page, None).await.unwrap();
    store
}

async fn take(store: &Store, hour: i64) -> Vec<(String, u32)> {
    let taken = store.take_news(NewsKind::ALL.to_vec(), at(hour)).await.unwrap();
    taken.into_iter().map(|item| (item.place, item.count)).collect()
}

fn counts(expected: &[(&str, u32)]) -> Vec<(String, u32)> {
    expected.iter().map(|(place, count)| ((*place).to_owned(), *count)).collect()
}

#[tokio::test]
async fn what_comes_later_is_added_to_what_was_told_until_that_is_seen() {
    let folder = tempdir().unwrap();
    let store = filled(folder.path()).await;
    store.add_news(vec![item(NewsKind::Photos, "c1", 3, at(0))]).await.unwrap();
    assert_eq!(take(&store, 0).await, counts(&[("c1", 3)]));
    assert!(take(&store, 0).await.is_empty() && !store.has_news().await.unwrap());
    store.add_news(vec![item(NewsKind::Photos, "c2", 1, at(1))]).await.unwrap();
    assert_eq!(take(&store, 1).await, counts(&[("c1", 3), ("c2", 1)]));
    // More of the same card; a message tells nothing of photos.
    store.add_news(vec![item(NewsKind::Photos, "c1", 2, at(2))]).await.unwrap();
    assert_eq!(take(&store, 2).await, counts(&[("c1", 5), ("c2", 1)]));
    store.add_news(vec![item(NewsKind::Message, "a", 1, at(2))]).await.unwrap();
    assert_eq!(take(&store, 2).await, counts(&[("a", 1)]));
    let mut seen = store.told_news().await.unwrap();
    seen.retain(|item| item.kind == NewsKind::Photos);
    store.forget_news(seen).await.unwrap();
    store.add_news(vec![item(NewsKind::Photos, "c1", 1, at(3))]).await.unwrap();
    assert_eq!(take(&store, 3).await, counts(&[("c1", 1)]));
}

#[tokio::test]
async fn what_is_seen_while_more_comes_does_not_take_that_along() {
    let folder = tempdir().unwrap();
    let store = filled(folder.path()).await;
    store.add_news(vec![item(NewsKind::Photos, "c1", 3, at(0))]).await.unwrap();
    let nothing = store.told_news().await.unwrap();
    assert!(nothing.is_empty(), "nobody was told");
    take(&store, 0).await;
    let seen = store.news().await.unwrap();
    store.add_news(vec![item(NewsKind::Photos, "c1", 1, at(1))]).await.unwrap();
    store.forget_news(seen).await.unwrap();
    assert!(!take(&store, 1).await.is_empty());
}

#[tokio::test]
async fn what_is_seen_before_anybody_was_told_is_not_told_any_more() {
    let folder = tempdir().unwrap();
    let store = filled(folder.path()).await;
    let both = vec![item(NewsKind::Photos, "c1", 3, at(0)), item(NewsKind::Diary, "c2", 1, at(0))];
    store.add_news(both).await.unwrap();
    let mut seen = store.news().await.unwrap();
    seen.retain(|item| item.place == "c1");
    store.forget_news(seen).await.unwrap();
    assert_eq!(take(&store, 1).await, counts(&[("c2", 1)]));
}

#[tokio::test]
async fn a_conversation_that_was_read_is_told_by_what_comes_after() {
    let folder = tempdir().unwrap();
    let store = filled(folder.path()).await;
    let both = ["a", "b"].map(|id| item(NewsKind::Message, id, 1, at(0))).to_vec();
    store.add_news(both).await.unwrap();
    assert_eq!(take(&store, 0).await, counts(&[("a", 1), ("b", 1)]));
    // Read, on whatever device.
    store.apply_conversations(vec![conversation("a", 5, false)], None).await.unwrap();
    store.apply_conversations(vec![conversation("a", 6, true)], None).await.unwrap();
    store.add_news(vec![item(NewsKind::Message, "a", 1, at(1))]).await.unwrap();
    assert_eq!(take(&store, 1).await, counts(&[("b", 1), ("a", 1)]));
}

#[tokio::test]
async fn what_is_stale_gone_or_not_wanted_is_no_news() {
    let folder = tempdir().unwrap();
    let store = filled(folder.path()).await;
    store
        .add_news(vec![
            item(NewsKind::Photos, "gone", 1, at(0)),
            item(NewsKind::Photos, "c1", 1, at(0)),
            item(NewsKind::Message, "a", 1, at(0)),
        ])
        .await
        .unwrap();
    assert!(store.take_news(vec![NewsKind::Diary], at(0)).await.unwrap().is_empty());
    assert!(take(&store, 0).await.is_empty(), "told although nobody wanted it");
    store.add_news(vec![item(NewsKind::Photos, "c1", 1, at(0))]).await.unwrap();
    let late = at(0) + TimeDelta::hours(37);
    assert!(store.take_news(NewsKind::ALL.to_vec(), late).await.unwrap().is_empty());
    // Told two days ago counts as seen.
    store.add_news(vec![item(NewsKind::Photos, "c1", 4, at(0))]).await.unwrap();
    take(&store, 1).await;
    store.add_news(vec![item(NewsKind::Photos, "c2", 1, at(50))]).await.unwrap();
    assert_eq!(take(&store, 50).await, counts(&[("c2", 1)]));
}

/// A request that was judged, and told in that conversation.
fn judged(conversation: &str) -> CareRequest {
    CareRequest {
        id: "r".into(),
        kind: RequestKind::Extra,
        sent_at: at(0),
        sent_by: None,
        whole: false,
        expires_on: None,
        remark: None,
        reason: None,
        conversation: Some(conversation.into()),
        lines: Vec::new(),
    }
}

fn consent(open: bool) -> Fact {
    Fact::Consents(vec![Consent {
        id: "q".into(),
        child: "noortje".into(),
        declaration: false,
        title: "Uitstapje".into(),
        text: String::new(),
        answer: None,
        asked_at: Some(at(0)),
        asked_day: None,
        open,
        asks: None,
        changeable: true,
        reason: None,
        history: Vec::new(),
        etag: String::new(),
    }])
}

#[tokio::test]
async fn what_was_answered_read_in_its_message_or_taken_back_is_no_news() {
    let folder = tempdir().unwrap();
    let store = filled(folder.path()).await;
    let form = ObservationTitle {
        id: "o".into(),
        child: "noortje".into(),
        title: String::new(),
        day: None,
        by: String::new(),
    };
    let lists = |open: bool, forms: Vec<ObservationTitle>| {
        [(FactKind::Consents, consent(open)), (FactKind::Observations, Fact::Observations(forms))]
    };
    for (kind, fact) in lists(true, vec![form]) {
        store.set_fact(&kind, &fact, at(0)).await.unwrap();
    }
    assert_eq!(store.apply_care_requests(vec![judged("a")], true, at(0)).await.unwrap(), None);
    let news = || {
        vec![
            item(NewsKind::Request, "r", 1, at(0)),
            item(NewsKind::Consent, "q", 1, at(0)),
            item(NewsKind::Observation, "o", 1, at(0)),
        ]
    };
    store.add_news(news()).await.unwrap();
    assert_eq!(take(&store, 0).await, counts(&[("r", 1), ("q", 1), ("o", 1)]));
    assert_eq!(store.still_told().await.unwrap().len(), 3);
    store.apply_conversations(vec![conversation("a", 5, false)], None).await.unwrap();
    assert_eq!(store.still_told().await.unwrap().len(), 2, "read in its message");
    for (kind, fact) in lists(false, Vec::new()) {
        store.set_fact(&kind, &fact, at(1)).await.unwrap();
    }
    assert!(store.still_told().await.unwrap().is_empty());
    store.add_news(news()).await.unwrap();
    assert!(take(&store, 1).await.is_empty());
}

#[tokio::test]
async fn requests_are_known_from_before_once_their_list_was_read_even_an_empty_one() {
    let folder = tempdir().unwrap();
    let store = filled(folder.path()).await;
    // Sent and cancelled here before the list was ever read.
    store.set_care_request(judged("a")).await.unwrap();
    assert_eq!(store.apply_care_requests(Vec::new(), true, at(0)).await.unwrap(), None);
    let after = store.apply_care_requests(vec![judged("a")], true, at(1)).await.unwrap();
    assert_eq!(after, Some(Vec::new()));
    let again = store.apply_care_requests(vec![judged("b")], true, at(2)).await.unwrap();
    assert_eq!(again, Some(vec![judged("a")]));
}
