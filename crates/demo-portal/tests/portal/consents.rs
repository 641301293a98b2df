//! Consents and declarations: asked for by the nursery, answered by two parents.

use crate::agenda_parent::family;
use crate::family_parent::etag;
use crate::parent::{House, code};
use chrono::TimeDelta;
use reqwest::{Method, StatusCode};
use schriftje_demo_portal::NewQuestion;
use serde_json::{Value, json};

const WEBSITE: &str = "Foto's op de website";

#[tokio::test]
async fn of_two_parents_the_loser_learns_both_answers_and_may_insist() {
    let house = House::small().await;
    let (sanne, joris) = (house.sign_in("sanne").await, house.sign_in("joris").await);
    let read = sanne.consent(WEBSITE).await;
    assert_eq!(read, joris.consent(WEBSITE).await, "it is the child's");
    assert_eq!((&read["answer"], &read["answeredBy"]), (&"refused".into(), &"Joris Bloem".into()));
    assert_eq!(sanne.answers(&read, "given").await.status(), StatusCode::OK);
    let late = joris.answers(&read, "refused").await;
    assert_eq!(late.status(), StatusCode::PRECONDITION_FAILED);
    let problem: Value = late.json().await.unwrap();
    assert_eq!(problem["code"], "changed-meanwhile");
    assert_eq!(problem["sent"], json!({ "answer": "refused" }));
    let current = &problem["current"];
    assert_eq!(
        (&current["answer"], &current["answeredBy"]),
        (&"given".into(), &"Sanne Bloem".into())
    );
    assert_eq!(*current, joris.consent(WEBSITE).await, "nothing was changed");
    house.portal.clock().advance(TimeDelta::minutes(1));
    let insisted = joris.answers(current, "refused").await;
    let insisted: Value = insisted.json().await.unwrap();
    let history = insisted["history"].as_array().unwrap();
    let told: Vec<_> = history.iter().map(|past| (&past["answer"], &past["by"])).collect();
    let (given, refused): (Value, Value) = ("given".into(), "refused".into());
    let (sanne, joris): (Value, Value) = ("Sanne Bloem".into(), "Joris Bloem".into());
    assert_eq!(
        told,
        [(&refused, &joris), (&given, &sanne), (&refused, &joris), (&given, &sanne)],
        "the newest first"
    );
    assert!(history[0]["at"].as_i64() > history[1]["at"].as_i64());
}

#[tokio::test]
async fn what_is_asked_has_a_card_that_leads_to_it_until_it_is_answered() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let nursery = house.portal.nursery();
    let before = parent.cards(0).await.len();
    let question = NewQuestion {
        title: "Mee naar het strand".into(),
        text: "We gaan met de bus.".into(),
        ..NewQuestion::default()
    };
    let id = nursery.ask_consent(question).await.unwrap();
    let cards = parent.timeline().await;
    assert!(cards.len() > before || before == 10);
    let card = &cards[0];
    assert_eq!(card["type"], "trigger");
    let open = async || {
        let asked = parent.json("/parent-api/v1/consents?asked=true").await;
        asked["consents"].as_array().unwrap().clone()
    };
    let asked = open().await.into_iter().find(|consent| consent["id"] == id).unwrap();
    let midnight = chrono::DateTime::from_timestamp_millis(card["date"].as_i64().unwrap()).unwrap();
    let day = midnight.with_timezone(&chrono_tz::Europe::Amsterdam).date_naive().to_string();
    assert_eq!(
        (&asked["asked"]["day"], &asked["childId"]),
        (&day.into(), &card["children"][0]["id"])
    );
    assert_eq!(parent.answers(&asked, "given").await.status(), StatusCode::OK);
    assert!(open().await.iter().all(|consent| consent["id"] != id));
    assert_eq!(parent.timeline().await[0]["type"], "trigger", "the card stays");
    let truth = nursery.truth(None).await.unwrap();
    let known = truth.consents.iter().find(|consent| consent.id == id).unwrap();
    assert_eq!(known.answer.as_deref(), Some("given"));
    assert!(known.key.is_some() && !known.open && known.answers == 1);
}

#[tokio::test]
async fn what_was_answered_can_be_asked_again_and_keeps_its_answer() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let before = parent.consent(WEBSITE).await;
    let question = NewQuestion { title: WEBSITE.into(), ..NewQuestion::default() };
    let id = house.portal.nursery().ask_consent(question).await.unwrap();
    assert_eq!(before["id"], id);
    let after = parent.consent(WEBSITE).await;
    assert_eq!(after["asked"]["open"], true);
    assert_eq!((&after["answer"], &after["text"]), (&before["answer"], &before["text"]));
    assert_ne!(etag(&after), etag(&before), "it is another thing to answer");
}

#[tokio::test]
async fn answers_that_cannot_be_are_refused() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let fixed = parent.consent("Verklaring machtiging ophalen").await;
    assert_eq!(fixed["changeable"], false);
    let answer = parent.answers(&fixed, "refused").await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(problem["code"], "consent-not-changeable");
    assert_eq!(problem["detail"], fixed["reason"]);
    let consent = parent.consent(WEBSITE).await;
    let maybe = parent.answers(&consent, "maybe").await;
    assert_eq!(code(maybe).await, (422, "answer-not-allowed".into()));
    let other = house.sign_in("nieuw").await;
    let foreign = other.answers(&consent, "given").await;
    assert_eq!(code(foreign).await, (404, "consent-unknown".into()));
    assert_eq!(parent.consent(WEBSITE).await, consent);
    let asked = parent.call(Method::GET, "/consents?asked=misschien").send().await.unwrap();
    assert_eq!(asked.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_is_asked_is_filled_in_with_a_yes_and_with_nothing_else() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let before = parent.consent("Verklaring huisarts").await;
    assert!(before["asks"].as_str().unwrap().starts_with("Bij welke huisarts"));
    assert_eq!(before["history"][0]["words"], "Huisartsen aan de Lindenhof, 023 555 01 40");
    let plain = parent.consent(WEBSITE).await;
    let long = "é".repeat(501);
    for (consent, body) in [
        (&before, json!({ "answer": "given" })),
        (&before, json!({ "answer": "given", "words": " " })),
        (&before, json!({ "answer": "given", "words": long })),
        (&before, json!({ "answer": "given", "words": "a\u{0}" })),
        (&before, json!({ "answer": "refused", "words": "Geen" })),
        (&plain, json!({ "answer": "given", "words": "Graag" })),
    ] {
        let refused = code(parent.answers_with(consent, &body).await).await;
        assert_eq!(refused, (422, "words-not-allowed".into()), "{body}");
    }
    assert_eq!(parent.consent("Verklaring huisarts").await, before);
    let body = json!({ "answer": "given", "words": "Huisarts De Wit" });
    assert_eq!(parent.answers_with(&before, &body).await.status(), StatusCode::OK);
    let after = parent.consent("Verklaring huisarts").await;
    assert_eq!(after["history"][0]["words"], "Huisarts De Wit");
    assert_eq!(parent.answers(&after, "refused").await.status(), StatusCode::OK);
    let withdrawn = parent.consent("Verklaring huisarts").await;
    assert!(withdrawn["history"][0]["words"].is_null());
}

#[tokio::test]
async fn consents_are_of_the_children_that_have_not_left() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let consents = parent.json("/parent-api/v1/consents").await;
    let consents = consents["consents"].as_array().unwrap();
    for child in parent.children().await {
        assert!(consents.iter().any(|consent| consent["childId"] == child));
    }
    let details = parent.json("/parent-api/v1/children").await;
    let details = details["children"].as_array().unwrap();
    let fenna = details.iter().find(|child| child["firstName"] == "Fenna").unwrap();
    assert!(consents.iter().all(|consent| consent["childId"] != fenna["id"]));
    assert!(fenna["group"].is_null(), "its details are there, its placements are over");
    assert!(fenna["placements"].as_array().unwrap().iter().all(|one| one["until"].is_string()));
    // A card of last September leads to what was asked then, answered or not.
    let asked = consents.iter().filter(|consent| consent["asked"]["day"] == "2025-09-10");
    let open: Vec<bool> = asked.map(|consent| consent["asked"]["open"] == true).collect();
    assert_eq!(open, [false, true]);
    let cards = parent.timeline().await;
    let triggers = cards.iter().filter(|card| card["type"] == "trigger");
    let midnight = 1_757_455_200_000_i64;
    assert_eq!(triggers.filter(|card| card["date"] == midnight).count(), 1);
}
