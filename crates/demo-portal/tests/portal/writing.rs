//! What parents write, and what the nursery answers: the observed reads show it at once.

use crate::parent::{House, Parent, a_photo, photos};
use reqwest::Method;
use schriftje_demo_portal::{NewConversation, Options, StaffAnswer};
use serde_json::{Value, json};

async fn overview(parent: &Parent<'_>) -> Vec<Value> {
    let answer = parent.json("/restservices-parent/logbook/overview?index=0").await;
    answer.as_array().unwrap().clone()
}

async fn messages(parent: &Parent<'_>, id: &str) -> Vec<Value> {
    let path = format!("/restservices-parent/logbook/details/{id}/summary/false");
    parent.json(&path).await["messages"].as_array().unwrap().clone()
}

async fn unread(parent: &Parent<'_>) -> i64 {
    let answer = parent.json("/restservices-parent/notification/notifications").await;
    answer["payload"]["nrOfNewMessages"].as_i64().unwrap()
}

async fn begun(parent: &Parent<'_>, text: &str) -> String {
    let child = parent.child().await;
    let body = json!({ "childId": child, "group": null, "subject": "Vraag", "text": text });
    let written = parent.written("/messages", &body).await;
    written["conversationId"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_nobody_answered_was_last_written_when_it_began() {
    let house = House::with(|options| Options { now: None, ..options }).await;
    let parent = house.sign_in("sanne").await;
    // The clock runs: were it looked at twice, some of these would stand on the edge of two moments.
    for _ in 0..200 {
        let new = NewConversation { subject: "Bericht".into(), ..NewConversation::default() };
        house.portal.nursery().begin_conversation(new).await.unwrap();
    }
    let begun = overview(&parent).await;
    let begun: Vec<_> = begun.iter().filter(|one| one["subject"] == "Bericht").collect();
    assert!(begun.len() >= 20, "{}", begun.len());
    for one in begun {
        assert_eq!(one["date"], one["lastWritten"]);
    }
}

#[tokio::test]
async fn a_message_and_its_answers_stand_in_the_observed_reads_in_order() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let before = unread(&parent).await;
    let id = begun(&parent, "Mag de <beer> mee?\n\nGroet").await;
    let first = &overview(&parent).await[0];
    assert_eq!(first["logMessageMessageId"], id.as_str());
    assert_eq!(first["message"], "<p>Mag de &lt;beer&gt; mee?</p><p>Groet</p>");
    assert_eq!((&first["unread"], &first["lastFromParent"]), (&json!(false), &json!(true)));
    assert_eq!(unread(&parent).await, before);

    let nursery = house.portal.nursery();
    let answer = StaffAnswer {
        author: Some("Fatima Amrani".into()),
        html: "<p>Natuurlijk!</p>".into(),
        photos: 2,
    };
    nursery.answer(&id, answer).await.unwrap();
    assert_eq!(unread(&parent).await, before + 1);
    assert_eq!(overview(&parent).await[0]["unread"], true);
    let answer = parent.json(&format!("/parent-api/v1/messages/about?ids={id}")).await;
    assert_eq!(answer["conversations"][0]["lastAuthor"], "Fatima Amrani");

    for _ in 0..2 {
        let read = parent.call(Method::PUT, &format!("/messages/{id}/read")).json(&json!({}));
        assert_eq!(read.send().await.unwrap().status(), 204);
    }
    assert_eq!(unread(&parent).await, before);
    // The clock stands still, and yet what is written last stands last.
    for text in ["Fijn", "En tot morgen"] {
        parent.written(&format!("/messages/{id}/replies"), &json!({ "text": text })).await;
    }
    let all = messages(&parent, &id).await;
    let texts: Vec<&str> = all.iter().map(|one| one["message"].as_str().unwrap()).collect();
    assert_eq!(texts[1..], ["<p>Natuurlijk!</p>", "<p>Fijn</p>", "<p>En tot morgen</p>"]);
    let photo = &all[1]["photos"][1];
    let thumb = house.http.get(photo["thumbUrl"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(thumb.headers()["content-type"], "image/jpeg");
    assert_eq!(all[1]["photos"].as_array().unwrap().len(), 2);

    let truth = nursery.truth(None).await.unwrap();
    let conversation = &truth.conversations[0];
    assert_eq!((&conversation.id, conversation.unread), (&id, false));
    assert_eq!(conversation.child, parent.child().await);
    let keyed: Vec<bool> = conversation.messages.iter().map(|one| one.key.is_some()).collect();
    assert_eq!(keyed, [true, false, true, true]);
    assert_eq!(conversation.messages[1].photos, 2);
}

#[tokio::test]
async fn the_nursery_begins_with_photos_and_closes_a_conversation() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let nursery = house.portal.nursery();
    let new = NewConversation {
        subject: "Kijk eens".into(),
        html: "<p>Zo trots!</p>".into(),
        photos: 3,
        ..NewConversation::default()
    };
    let id = nursery.begin_conversation(new).await.unwrap();
    assert_eq!(messages(&parent, &id).await[0]["photos"].as_array().unwrap().len(), 3);
    nursery.close_conversation(&id, true).await.unwrap();
    let path = format!("/messages/{id}/replies");
    let refused = parent.refused(&path, &json!({ "text": "Mooi" })).await;
    assert_eq!(refused, (409, "conversation-closed".into()));
    let about = parent.json(&format!("/parent-api/v1/messages/about?ids={id}")).await;
    assert_eq!(about["conversations"][0]["closed"], true);
    assert_eq!(about["conversations"][0]["group"], "Hamsters");
}

#[tokio::test]
async fn an_entry_stands_on_a_card_of_its_day_at_once() {
    let house = House::small().await;
    let parent = house.sign_in("joris").await;
    let child = parent.child().await;
    let uploads = [
        parent.upload("image/jpeg", &a_photo(60, 40)).await,
        parent.upload("image/jpeg", &a_photo(40, 60)).await,
    ];
    let body = json!({
        "childIds": [child], "day": "2026-03-16", "text": "Regel\nregel", "uploads": uploads
    });
    let journal = parent.written("/diary", &body).await["journalId"].clone();
    let card = parent.cards(0).await.remove(0);
    assert_eq!(card["journal"]["journalId"], journal);
    assert_eq!(card["journal"]["journalContent"], "<p>Regel<br>regel</p>");
    assert_eq!(card["journal"]["writtenByName"], "Joris Bloem");
    assert_eq!(card["journal"]["writtenByType"], "timeline.card_journal_header_type.parent");
    assert_eq!(card["journal"]["isNew"], false);
    // In the order they were sent: lying, then standing.
    let mut shapes = Vec::new();
    for photo in photos(&card) {
        let answer = house.http.get(photo["fullSizeUrl"].as_str().unwrap()).send().await.unwrap();
        let picture = image::load_from_memory(&answer.bytes().await.unwrap()).unwrap();
        shapes.push((picture.width(), picture.height()));
    }
    assert_eq!(shapes, [(60, 40), (40, 60)]);
    let truth = house.portal.nursery().truth(None).await.unwrap();
    let entry = truth.entries_of_parents().next().unwrap();
    assert_eq!(entry.journal_id.as_deref(), journal.as_str());
    assert!(entry.key.is_some() && entry.photos.len() == 2);
}

#[tokio::test]
async fn an_entry_may_be_about_several_children() {
    let house = House::with(|mut options| {
        options.size = schriftje_demo_portal::Size::Family;
        options
    })
    .await;
    let parent = house.sign_in("sanne").await;
    let children = parent.json("/restservices-parent/children/").await;
    let ids: Vec<&Value> = children["payload"]["activeChildren"]
        .as_array()
        .unwrap()
        .iter()
        .map(|child| &child["id"])
        .collect();
    assert_eq!(ids.len(), 2);
    let body = json!({ "childIds": ids, "day": "2026-03-15", "text": "Samen" });
    let journal = parent.written("/diary", &body).await["journalId"].clone();
    let cards = parent.timeline().await;
    let card = cards.iter().find(|card| card["journal"]["journalId"] == journal).unwrap();
    assert_eq!(card["children"].as_array().unwrap().len(), 2);
    let left = &children["payload"]["inactiveChildren"][0]["id"];
    let body = json!({ "childIds": [left], "day": "2026-03-15", "text": "Nog" });
    assert_eq!(parent.refused("/diary", &body).await, (422, "child-unknown".into()));
}

#[tokio::test]
async fn what_may_not_be_written_is_refused_with_its_reason() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let stranger = house.sign_in("nieuw").await;
    let message = json!({
        "childId": child, "group": "Hamsters", "subject": "S", "text": "T", "uploads": []
    });
    let with = |name: &str, value: Value| {
        let mut changed = message.clone();
        changed[name] = value;
        changed
    };
    parent.written("/messages", &message).await;
    parent.written("/messages", &with("text", "👋".repeat(10_000).into())).await;
    for (body, status, code) in [
        (with("subject", " ".into()), 422, "subject-empty"),
        (with("subject", "s".repeat(121).into()), 422, "subject-too-long"),
        (with("text", " \n\u{a0}".into()), 422, "text-empty"),
        (with("text", "t".repeat(100_000).into()), 422, "text-too-long"),
        (with("childId", "nergens".into()), 422, "child-unknown"),
        (with("childId", stranger.child().await.into()), 422, "child-unknown"),
        (with("group", "Egeltjes".into()), 422, "group-unknown"),
        (with("uploads", json!(["nergens"])), 422, "upload-unknown"),
        (with("uploads", json!(vec!["u"; 21])), 422, "too-many-uploads"),
        (with("text", 7.into()), 422, ""),
    ] {
        assert_eq!(parent.refused("/messages", &body).await, (status, code.to_owned()), "{code}");
    }
    let entry = |day: &str| json!({ "childIds": [child], "day": day, "text": "T" });
    parent.written("/diary", &entry("2026-01-02")).await;
    for day in ["2026-03-17", "2020-01-01"] {
        let refused = parent.refused("/diary", &entry(day)).await;
        assert_eq!(refused, (422, "day-not-allowed".into()), "{day}");
    }
    let nobody = json!({ "childIds": [], "day": "2026-03-16", "text": "T" });
    assert_eq!(parent.refused("/diary", &nobody).await, (422, "child-unknown".into()));
    let id = begun(&parent, "Van ons").await;
    let path = format!("/messages/{id}/replies");
    let refused = stranger.refused(&path, &json!({ "text": "Van een ander" })).await;
    assert_eq!(refused, (404, "conversation-unknown".into()));
    let about = stranger.text(&format!("/parent-api/v1/messages/about?ids={id}")).await;
    assert_eq!(about, r#"{"conversations":[]}"#);
    let read = stranger.call(Method::PUT, &format!("/messages/{id}/read"));
    assert_eq!(read.send().await.unwrap().status(), 404);
    let unsigned = house.http.post(house.url("/parent-api/v1/messages")).json(&message);
    assert_eq!(unsigned.send().await.unwrap().status(), 401);
}
