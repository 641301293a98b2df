//! The timeline's order and offsets.

use crate::parent::{House, photos};
use schriftje_demo_portal::{NewPhotos, NewReport, Nursery};
use serde_json::Value;
use std::collections::HashSet;

fn report(day: Option<&str>) -> NewReport {
    NewReport {
        day: day.map(|day| day.parse().unwrap()),
        html: "<p>Nieuw.</p>".into(),
        ..NewReport::default()
    }
}

async fn post(nursery: &Nursery) -> String {
    nursery.post_report(report(None)).await.unwrap().journal_id.unwrap()
}

#[tokio::test]
async fn a_walk_by_offset_brings_everything_there_is_newest_day_first() {
    let house = House::small().await;
    let cards = house.sign_in("sanne").await.timeline().await;
    let truth = house.portal.nursery().truth(None).await.unwrap();
    assert_eq!(cards.len(), truth.cards.len());
    let sent: Vec<&str> =
        cards.iter().flat_map(photos).map(|photo| photo["id"].as_str().unwrap()).collect();
    assert_eq!(sent, truth.photo_ids());
    let unique: HashSet<_> = sent.iter().collect();
    assert_eq!(unique.len(), sent.len());
    let dates: Vec<i64> = cards.iter().map(|card| card["date"].as_i64().unwrap()).collect();
    assert!(dates.is_sorted_by(|a, b| a >= b));
}

#[tokio::test]
async fn what_is_posted_shifts_every_offset_at_once() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let before = parent.cards(0).await;
    let id = post(&house.portal.nursery()).await;
    let after = parent.cards(0).await;
    assert_eq!(after[0]["journal"]["journalId"], id.as_str());
    let identity = |card: &Value| (card["date"].clone(), card["type"].clone());
    let shifted: Vec<_> = parent.cards(1).await.iter().map(identity).collect();
    assert_eq!(shifted, before.iter().map(identity).collect::<Vec<_>>());
    house.portal.nursery().remove_entry(&id).await.unwrap();
    let removed: Vec<_> = parent.cards(0).await.iter().map(identity).collect();
    assert_eq!(removed, shifted);
}

#[tokio::test]
async fn photos_of_a_day_grow_on_its_card() {
    let house = House::small().await;
    let parent = house.sign_in("nieuw").await;
    let nursery = house.portal.nursery();
    let two = NewPhotos { username: Some("nieuw".into()), count: Some(2), ..NewPhotos::default() };
    let first = nursery.post_photos(two.clone()).await.unwrap();
    let second = nursery.post_photos(two).await.unwrap();
    assert_eq!(first.card, second.card);
    let cards = parent.timeline().await;
    assert_eq!(cards.len(), 1);
    assert_eq!(photos(&cards[0]).len(), 4);
    assert_eq!(photos(&cards[0])[0]["id"], second.photos[1].as_str(), "the newest first");
    for photo in first.photos.iter().chain(&second.photos) {
        nursery.remove_photo(photo).await.unwrap();
    }
    assert!(parent.timeline().await.is_empty(), "a card without photos goes too");
}

#[tokio::test]
async fn an_edit_is_seen_and_marked() {
    let house = House::small().await;
    let id = post(&house.portal.nursery()).await;
    house.portal.nursery().edit_entry(&id, "<p>Verbeterd.</p>").await.unwrap();
    let card = house.sign_in("sanne").await.cards(0).await.remove(0);
    assert_eq!(card["journal"]["journalContent"], "<p>Verbeterd.</p>");
    assert_eq!(card["journal"]["edited"], true);
}

#[tokio::test]
async fn a_card_of_an_earlier_day_takes_its_place_there() {
    let house = House::small().await;
    let day = "2026-02-10";
    let posted = house.portal.nursery().post_report(report(Some(day))).await.unwrap();
    let truth = house.portal.nursery().truth(None).await.unwrap();
    let at = truth.cards.iter().position(|card| card.card == posted.card).unwrap();
    assert_eq!(truth.cards[at].day.to_string(), day);
    assert!(at > 0 && truth.cards[at - 1].day > truth.cards[at].day);
    let cards = house.sign_in("sanne").await.timeline().await;
    assert_eq!(cards[at]["journal"]["journalId"], posted.journal_id.unwrap().as_str());
    // Midnight of 10 February 2026 in Amsterdam.
    assert_eq!(cards[at]["date"], 1_770_678_000_000_i64);
}

#[tokio::test]
async fn a_family_sees_its_own_cards_alone() {
    let house = House::small().await;
    let sanne = house.sign_in("sanne").await.timeline().await;
    let joris = house.sign_in("joris").await.timeline().await;
    assert_eq!(sanne.len(), joris.len());
    assert!(house.sign_in("nieuw").await.timeline().await.is_empty());
}

#[tokio::test]
async fn reading_a_conversation_marks_it_read_only_where_told_so() {
    for marks in [false, true] {
        let house = House::with(|mut options| {
            options.reading_marks_read = marks;
            options
        })
        .await;
        let parent = house.sign_in("sanne").await;
        let overview = "/restservices-parent/logbook/overview?index=0";
        let counters = "/restservices-parent/notification/notifications";
        let unread = async || {
            let answer = parent.json(overview).await;
            let all = answer.as_array().unwrap().clone();
            all.into_iter().filter(|one| one["unread"] == true).collect::<Vec<_>>()
        };
        let before = unread().await;
        assert!(!before.is_empty());
        let count = parent.json(counters).await["payload"]["nrOfNewMessages"].clone();
        assert_eq!(count, before.len());
        let id = before[0]["logMessageMessageId"].as_str().unwrap();
        parent.json(&format!("/restservices-parent/logbook/details/{id}/summary/false")).await;
        assert_eq!(unread().await.len(), before.len() - usize::from(marks));
    }
}
