//! Server-Sent Events: told at once, to the family alone, and resumed where they were left.

use crate::parent::{House, Parent};
use reqwest::{Method, Response};
use schriftje_demo_portal::{
    Fault, FaultKind, NewConversation, NewNews, NewPhotos, StaffAnswer, start,
};
use serde_json::json;

async fn listen(parent: &Parent<'_>, after: Option<&str>) -> Response {
    let mut call = parent.call(Method::GET, "/events");
    if let Some(after) = after {
        call = call.header("Last-Event-ID", after);
    }
    let answer = call.send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    answer
}

/// Reads on until `count` events are there; each as its lines, comments left out.
async fn read(stream: &mut Response, count: usize) -> Vec<String> {
    let mut text = String::new();
    loop {
        let events: Vec<String> = text
            .split_inclusive("\n\n")
            .filter(|event| event.ends_with("\n\n") && !event.starts_with(':'))
            .map(str::to_owned)
            .collect();
        if events.len() >= count {
            return events;
        }
        text.push_str(std::str::from_utf8(&stream.chunk().await.unwrap().unwrap()).unwrap());
    }
}

fn id(event: &str) -> &str {
    event.lines().next().unwrap().strip_prefix("id: ").unwrap()
}

#[tokio::test]
async fn parents_and_staff_alike_ring() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let nursery = house.portal.nursery();
    nursery.post_photos(NewPhotos::default()).await.unwrap();
    let mut stream = listen(&parent, None).await;
    let photos = nursery.post_photos(NewPhotos::default()).await.unwrap();
    let event = read(&mut stream, 1).await.remove(0);
    let number: i64 = id(&event).parse().unwrap();
    let expected = format!("id: {number}\nevent: changed\ndata: {{\"what\": \"timeline\"}}\n\n");
    assert_eq!(event, expected, "only what came after the call, in exactly this form");

    let child = parent.child().await;
    let body = json!({ "childIds": [child], "day": "2026-03-16", "text": "T" });
    parent.written("/diary", &body).await;
    let body = json!({ "childId": child, "subject": "S", "text": "T" });
    let id = parent.written("/messages", &body).await["conversationId"].clone();
    let id = id.as_str().unwrap();
    nursery.answer(id, StaffAnswer::default()).await.unwrap();
    parent.call(Method::PUT, &format!("/messages/{id}/read")).send().await.unwrap();
    nursery.remove_photo(&photos.photos[0]).await.unwrap();
    let words: Vec<bool> = read(&mut stream, 5)
        .await
        .iter()
        .map(|event| event.contains("\"what\": \"messages\""))
        .collect();
    assert_eq!(words, [false, true, true, true, false]);
}

#[tokio::test]
async fn events_go_on_after_the_last_one_also_after_a_restart() {
    let mut house = House::small().await;
    let last = {
        let parent = house.sign_in("sanne").await;
        let mut stream = listen(&parent, None).await;
        let nursery = house.portal.nursery();
        nursery.post_photos(NewPhotos::default()).await.unwrap();
        let last = id(&read(&mut stream, 1).await[0]).to_owned();
        nursery.begin_conversation(NewConversation::default()).await.unwrap();
        last
    };
    let options = house.portal.options();
    house.portal.stop().await;
    house.portal = start(options).await.unwrap();
    let parent = house.sign_in("sanne").await;
    let mut stream = listen(&parent, Some(&last)).await;
    let missed = read(&mut stream, 1).await;
    assert!(missed[0].contains("messages"), "{missed:?}");
    assert_eq!(id(&missed[0]).parse::<i64>().unwrap(), last.parse::<i64>().unwrap() + 1);
}

#[tokio::test]
async fn another_family_hears_nothing() {
    let house = House::small().await;
    let parent = house.sign_in("nieuw").await;
    let mut stream = listen(&parent, None).await;
    let nursery = house.portal.nursery();
    nursery.post_photos(NewPhotos::default()).await.unwrap();
    let own = NewConversation { username: Some("nieuw".into()), ..NewConversation::default() };
    nursery.begin_conversation(own).await.unwrap();
    assert!(read(&mut stream, 1).await[0].contains("messages"));
}

#[tokio::test]
async fn the_line_is_dropped_when_the_server_stops() {
    let mut house = House::small().await;
    let mut stream = listen(&house.sign_in("sanne").await, None).await;
    let options = house.portal.options();
    house.portal.stop().await;
    while let Ok(Some(_)) = stream.chunk().await {}
    house.portal = start(options).await.unwrap();
}

#[tokio::test]
async fn the_line_breaks_off_where_told_so() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    house.portal.faults().add(Fault::once(FaultKind::Truncated).at("/parent-api/v1/events"));
    let mut stream = listen(&parent, None).await;
    assert_eq!(stream.chunk().await.unwrap().unwrap(), ":\n\n");
    assert!(stream.chunk().await.is_err());
}

#[tokio::test]
async fn a_new_day_is_news_for_who_listened_before() {
    let mut house = House::small().await;
    let last = {
        let parent = house.sign_in("sanne").await;
        let mut stream = listen(&parent, None).await;
        house.portal.nursery().post_photos(NewPhotos::default()).await.unwrap();
        id(&read(&mut stream, 1).await[0]).to_owned()
    };
    let mut options = house.portal.options();
    options.now = options.now.map(|now| now + chrono::TimeDelta::days(1));
    house.portal.stop().await;
    house.portal = start(options).await.unwrap();
    let parent = house.sign_in("sanne").await;
    let mut stream = listen(&parent, Some(&last)).await;
    let events = read(&mut stream, 2).await;
    assert!(events[0].contains("timeline") && events[1].contains("messages"), "{events:?}");
}

#[tokio::test]
async fn what_changes_at_the_location_rings_for_all_and_in_a_family_for_itself() {
    let house = House::small().await;
    let nursery = house.portal.nursery();
    let (own, other) = (house.sign_in("sanne").await, house.sign_in("nieuw").await);
    let (mut own_stream, mut other_stream) = (listen(&own, None).await, listen(&other, None).await);
    own.answers(&own.consent("Uitstapjes").await, "refused").await;
    let city = json!({ "city": "Zeewijk" });
    own.changes(Method::PATCH, "/account", &city).await;
    nursery.post_news(NewNews::default()).await.unwrap();
    let words = |events: Vec<String>| -> Vec<String> {
        events.iter().map(|event| event.split('"').nth(3).unwrap().to_owned()).collect()
    };
    assert_eq!(words(read(&mut own_stream, 3).await), ["family", "family", "location"]);
    assert_eq!(words(read(&mut other_stream, 1).await), ["location"]);
}
