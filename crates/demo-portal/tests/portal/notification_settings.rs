//! What a parent is told of, by e-mail or on the device.

use crate::agenda_parent::{booking, request};
use crate::parent::{House, Parent, code};
use reqwest::{Method, StatusCode};
use schriftje_demo_portal::{
    Decision, NewConversation, NewNews, NewNewsletter, NewObservation, NewPhotos, NewQuestion,
    NewReport, Organisation, StaffAnswer, TrueEmail,
};
use serde_json::{Value, json};

const PATH: &str = "/notification-settings";

async fn set(parent: &Parent<'_>, item: &str, email: bool) {
    let change = json!({ "items": [{ "id": item, "email": email }] });
    let answer = parent.changes(Method::PUT, PATH, &change).await;
    assert_eq!(answer.status(), StatusCode::OK);
}

async fn emails(house: &House, account: &str) -> Vec<TrueEmail> {
    let truth = house.portal.nursery().truth(Some(account)).await.unwrap();
    truth.emails.into_iter().filter(|email| email.account == account).collect()
}

fn letter(subject: &str) -> NewConversation {
    NewConversation { subject: subject.into(), html: "<p>Dag!</p>".into(), ..Default::default() }
}

#[tokio::test]
async fn a_message_brings_one_email_to_who_wants_it_and_none_to_who_does_not() {
    let house = House::small().await;
    let nursery = house.portal.nursery();
    let (sanne, joris) = (house.sign_in("sanne").await, house.sign_in("joris").await);
    set(&sanne, "messages", true).await;
    set(&joris, "messages", false).await;
    let id = nursery.begin_conversation(letter("Reservekleding")).await.unwrap();
    let sent = emails(&house, "sanne").await;
    assert_eq!(sent.len(), 1);
    assert_eq!((sent[0].item.as_str(), sent[0].subject.as_str()), ("messages", "Reservekleding"));
    assert_eq!(sent[0].address, "sanne@voorbeeld.example");
    let answer = StaffAnswer { html: "<p>En?</p>".into(), ..StaffAnswer::default() };
    nursery.answer(&id, answer).await.unwrap();
    assert_eq!(emails(&house, "sanne").await.len(), 2, "an answer is a message too");
    set(&sanne, "messages", false).await;
    nursery.begin_conversation(letter("Zonnebrand")).await.unwrap();
    assert_eq!(emails(&house, "sanne").await.len(), 2);
    assert_eq!(emails(&house, "joris").await, []);
    // What a parent writes is no news to the family.
    set(&sanne, "messages", true).await;
    let body = json!({ "childId": sanne.child().await, "subject": "S", "text": "T" });
    sanne.written("/messages", &body).await;
    assert_eq!(emails(&house, "sanne").await.len(), 2);
}

#[tokio::test]
async fn each_item_has_a_switch_of_its_own() {
    let house = House::small().await;
    let nursery = house.portal.nursery();
    let parent = house.sign_in("sanne").await;
    let settings = parent.json("/parent-api/v1/notification-settings").await;
    let items: Vec<String> = settings["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect();
    for on in &items {
        for item in &items {
            set(&parent, item, item == on).await;
        }
        let before = emails(&house, "sanne").await.len();
        nursery.post_photos(NewPhotos::default()).await.unwrap();
        nursery.post_report(NewReport::default()).await.unwrap();
        nursery.begin_conversation(letter("S")).await.unwrap();
        nursery.post_news(NewNews::default()).await.unwrap();
        nursery.send_newsletter(NewNewsletter::default()).await.unwrap();
        nursery.ask_consent(NewQuestion::default()).await.unwrap();
        nursery.add_observation(NewObservation::default()).await.unwrap();
        let sent: Vec<String> = emails(&house, "sanne")
            .await
            .split_off(before)
            .into_iter()
            .map(|one| one.item)
            .collect();
        let expected: &[String] = if on == "requests" { &[] } else { std::slice::from_ref(on) };
        assert_eq!(sent, expected);
    }
}

#[tokio::test]
async fn a_judged_request_is_told_as_a_request_and_not_as_a_message() {
    let house = House::small().await;
    let parent = house.sign_in("nieuw").await;
    set(&parent, "messages", true).await;
    set(&parent, "requests", true).await;
    let wanted = booking(&parent.child().await, "2026-04-24", &["ochtend"]);
    let body = request("extra", &[parent.quoted("extra", &wanted).await]);
    parent.written("/requests", &body).await;
    let line = parent.overview().await[0]["lines"][0]["id"].as_str().unwrap().to_owned();
    let yes = Decision { approve: true, reason: None };
    house.portal.nursery().decide_line(&line, yes).await.unwrap();
    let sent = emails(&house, "nieuw").await;
    assert_eq!(sent.iter().map(|one| one.item.as_str()).collect::<Vec<_>>(), ["requests"]);
}

#[tokio::test]
async fn what_is_left_out_of_a_change_stays() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let change = json!({ "items": [
        { "id": "diary", "email": true },
        { "id": "photos", "push": false }
    ] });
    let told: Value = parent.changes(Method::PUT, PATH, &change).await.json().await.unwrap();
    let item = |id: &str| {
        let items = told["items"].as_array().unwrap();
        let item = items.iter().find(|item| item["id"] == id).unwrap();
        (item["email"].as_bool(), item["push"].as_bool())
    };
    assert_eq!(item("diary"), (Some(true), Some(true)));
    assert_eq!(item("photos"), (Some(false), Some(false)));
    assert_eq!(item("newsletters"), (Some(true), None), "no push of these");
    let other = house.sign_in("joris").await.json("/parent-api/v1/notification-settings").await;
    assert_eq!(other["items"][1]["email"], false, "each parent has settings of their own");
}

#[tokio::test]
async fn what_the_organisation_does_not_offer_is_refused_whole() {
    let house = House::with(|mut options| {
        options.organisation = Organisation::DUINPAN;
        options
    })
    .await;
    let parent = house.sign_in("sanne").await;
    let before = parent.json("/parent-api/v1/notification-settings").await;
    let items = before["items"].as_array().unwrap();
    assert!(items.iter().all(|item| item["id"] != "observations"));
    for (id, way, expected) in [
        ("photos", "email", "way-not-offered"),
        ("newsletters", "push", "way-not-offered"),
        ("observations", "email", "item-unknown"),
        ("nergens", "push", "item-unknown"),
    ] {
        let change =
            json!({ "items": [{ "id": "diary", "email": true }, { "id": id, way: true }] });
        let answer = parent.changes(Method::PUT, PATH, &change).await;
        assert_eq!(code(answer).await, (422, expected.into()), "{id}");
    }
    assert_eq!(parent.json("/parent-api/v1/notification-settings").await, before);
}
