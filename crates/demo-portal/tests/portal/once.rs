//! `Idempotency-Key`: whatever is sent again is done once.

use crate::parent::{House, Parent, code, key};
use proptest::prelude::*;
use reqwest::{Method, StatusCode};
use schriftje_demo_portal::{Fault, FaultKind, start};
use serde_json::{Value, json};

async fn message(parent: &Parent<'_>, text: &str) -> Value {
    let child = parent.child().await;
    json!({ "childId": child, "group": null, "subject": "Een", "text": text, "uploads": [] })
}

/// The texts at the portal that were written with `key`.
async fn with_key(house: &House, key: &str) -> Vec<String> {
    let truth = house.portal.nursery().truth(None).await.unwrap();
    let messages = truth.conversations.into_iter().flat_map(|one| one.messages);
    messages.filter(|one| one.key.as_deref() == Some(key)).map(|one| one.html).collect()
}

#[tokio::test]
async fn the_same_key_and_body_give_the_same_answer_and_nothing_more() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let (key, body) = (key(), message(&parent, "Een keer").await);
    let mut answers = Vec::new();
    for _ in 0..3 {
        let answer = parent.write("/messages", &key, &body).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::CREATED);
        assert_eq!(answer.headers()["content-type"], "application/json");
        answers.push(answer.text().await.unwrap());
        house.portal.clock().advance(chrono::TimeDelta::minutes(1));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(with_key(&house, &key).await, ["<p>Een keer</p>"]);
    let other = message(&parent, "Iets anders").await;
    let answer = parent.write("/messages", &key, &other).send().await.unwrap();
    assert_eq!(code(answer).await, (422, "idempotency-key-reused".into()));
    let id = serde_json::from_str::<Value>(&answers[0]).unwrap()["conversationId"].clone();
    let path = format!("/messages/{}/replies", id.as_str().unwrap());
    let answer = parent.write(&path, &key, &json!({ "text": "Een keer" })).send().await.unwrap();
    assert_eq!(code(answer).await, (422, "idempotency-key-reused".into()), "another call");
    // The other parent's device may have made the same key.
    let joris = house.sign_in("joris").await;
    assert_eq!(
        joris.write("/messages", &key, &other).send().await.unwrap().status(),
        StatusCode::CREATED
    );
}

#[tokio::test]
async fn an_effect_whose_answer_was_lost_is_answered_when_asked_again() {
    let mut house = House::small().await;
    let key = key();
    let body = {
        let parent = house.sign_in("sanne").await;
        let body = message(&parent, "Weg").await;
        let fault = Fault::once(FaultKind::EffectThenReset).at("/parent-api/v1/messages");
        house.portal.faults().add(fault.only("POST"));
        assert_eq!(parent.ask("/parent-api/v1/messages/about?ids=").await.status(), 200);
        assert!(parent.write("/messages", &key, &body).send().await.is_err());
        body
    };
    assert_eq!(with_key(&house, &key).await.len(), 1);
    // Also after the portal was stopped and started.
    let options = house.portal.options();
    house.portal.stop().await;
    house.portal = start(options).await.unwrap();
    let parent = house.sign_in("sanne").await;
    let answer = parent.write("/messages", &key, &body).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::CREATED);
    assert_eq!(with_key(&house, &key).await.len(), 1);
}

#[tokio::test]
async fn a_reset_before_the_effect_leaves_nothing() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let (key, body) = (key(), message(&parent, "Later").await);
    house.portal.faults().add(Fault::once(FaultKind::Reset).only("POST"));
    assert!(parent.write("/messages", &key, &body).send().await.is_err());
    assert!(with_key(&house, &key).await.is_empty());
}

#[tokio::test]
async fn a_key_is_in_use_until_its_first_call_is_answered() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let (key, body) = (key(), message(&parent, "Traag").await);
    let late = Fault::once(FaultKind::LateAnswer { ms: 600_000 }).only("POST");
    house.portal.faults().add(late);
    let first = tokio::spawn(parent.write("/messages", &key, &body).send());
    while with_key(&house, &key).await.is_empty() {
        tokio::task::yield_now().await;
    }
    let second = parent.write("/messages", &key, &body).send().await.unwrap();
    assert_eq!(code(second).await, (409, "idempotency-key-in-use".into()));
    // Who goes away lets go of the key.
    first.abort();
    loop {
        let again = parent.write("/messages", &key, &body).send().await.unwrap();
        if again.status() == StatusCode::CREATED {
            break;
        }
        assert_eq!(again.status(), StatusCode::CONFLICT);
    }
    assert_eq!(with_key(&house, &key).await.len(), 1);
}

#[tokio::test]
async fn a_write_without_a_key_is_refused() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let body = message(&parent, "Zonder").await;
    let missing = (400, "idempotency-key-missing".to_owned());
    let answer = parent.call(Method::POST, "/messages").json(&body).send().await.unwrap();
    assert_eq!(code(answer).await, missing);
    let answer = parent.write("/diary", "geen uuid", &body).send().await.unwrap();
    assert_eq!(code(answer).await, missing);
}

#[tokio::test]
async fn a_refusal_is_not_kept() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let key = key();
    let empty = message(&parent, "").await;
    let answer = parent.write("/messages", &key, &empty).send().await.unwrap();
    assert_eq!(code(answer).await, (422, "text-empty".into()));
    let body = message(&parent, "Toch").await;
    let answer = parent.write("/messages", &key, &body).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::CREATED);
}

#[tokio::test]
async fn a_key_is_forgotten_in_time() {
    let house = House::small().await;
    let (key, first) = {
        let parent = house.sign_in("sanne").await;
        let key = key();
        let body = message(&parent, "Gisteren").await;
        parent.write("/messages", &key, &body).send().await.unwrap();
        (key, body)
    };
    house.portal.clock().advance(chrono::TimeDelta::hours(24));
    let parent = house.sign_in("sanne").await;
    let answer = parent.write("/messages", &key, &first).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::CREATED);
    assert_eq!(with_key(&house, &key).await.len(), 2);
}

/// Sends in whatever order and however often, with whatever going wrong.
#[test]
fn whatever_is_sent_how_often_is_there_once_and_in_order() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let house = runtime.block_on(House::small());
    let parent = runtime.block_on(house.sign_in("sanne"));
    let trouble = prop_oneof![
        3 => Just(None),
        1 => Just(Some(FaultKind::EffectThenReset)),
        1 => Just(Some(FaultKind::Reset)),
        1 => Just(Some(FaultKind::Status { status: 503 })),
        1 => Just(Some(FaultKind::Truncated)),
    ];
    let plan = prop::collection::vec(prop::collection::vec(trouble, 1..4), 1..5);
    let config = ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() };
    proptest!(config, |(plan in plan)| {
        runtime.block_on(async {
            let first = message(&parent, "Begin").await;
            let begun = parent.written("/messages", &first).await;
            let id = begun["conversationId"].as_str().unwrap();
            let path = format!("/messages/{id}/replies");
            for (number, tries) in plan.iter().enumerate() {
                let (key, body) = (key(), json!({ "text": format!("{number}") }));
                // The last try always goes well.
                for trouble in tries.iter().cloned().chain([None]) {
                    house.portal.faults().clear();
                    if let Some(kind) = trouble {
                        house.portal.faults().add(Fault::once(kind).only("POST"));
                    }
                    let _answer = parent.write(&path, &key, &body).send().await;
                }
            }
            let truth = house.portal.nursery().truth(None).await.unwrap();
            let conversation = truth.conversations.iter().find(|one| one.id == id).unwrap();
            let texts: Vec<&str> =
                conversation.messages[1..].iter().map(|one| one.html.as_str()).collect();
            let expected: Vec<String> =
                (0..plan.len()).map(|number| format!("<p>{number}</p>")).collect();
            prop_assert_eq!(texts, expected);
            Ok(())
        })?;
    });
}
