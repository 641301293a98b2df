//! "Overig", byte for byte against `tests/golden`, which is written by hand from
//! `docs/portal-api.md`.

use crate::family_parent::{etag, version};
use crate::golden_calls::{check, check_as, golden};
use crate::parent::{House, Parent, key};
use reqwest::{Method, RequestBuilder};
use schriftje_demo_portal::{NewObservation, NewQuestion, Question, Scale, Section};
use serde_json::{Value, json};

fn get(parent: &Parent<'_>, path: &str) -> RequestBuilder {
    parent.call(Method::GET, path)
}

const PROBLEM: &str = "application/problem+json";

#[tokio::test]
async fn the_account_answers_as_described() {
    let house = House::small().await;
    let parent = house.sign_in("nieuw").await;
    check(&house, get(&parent, "/account"), golden!("account")).await;
    let etag = version(&parent, "/account").await;
    let change = json!({ "name": "Nina Berg" });
    let refused = parent.change(Method::PATCH, "/account", &etag, &key(), &change);
    check_as(&house, refused, 422, PROBLEM, golden!("problem-field")).await;
    let weak = json!({ "current": "welkom-demo", "new": "nieuw-1" });
    let refused = parent.write("/account/password", &key(), &weak);
    check_as(&house, refused, 422, PROBLEM, golden!("problem-password")).await;
    let strong = json!({ "current": "welkom-demo", "new": "de kastanje bloeit" });
    let key = key();
    for _ in 0..2 {
        let write = parent.write("/account/password", &key, &strong);
        check(&house, write, golden!("password-changed")).await;
    }
}

#[tokio::test]
async fn the_children_answer_as_described() {
    let house = House::small().await;
    let parent = house.sign_in("nieuw").await;
    check(&house, get(&parent, "/children"), golden!("children-details")).await;
}

#[tokio::test]
async fn consents_answer_as_described() {
    let house = House::small().await;
    let parent = house.sign_in("nieuw").await;
    let question = NewQuestion {
        username: Some("nieuw".into()),
        title: "Logeren in de boomhut".into(),
        text: "Mees mag een nacht mee.\n\nMet kussen.".into(),
        declaration: true,
        author: Some("Anouk Visser".into()),
        ..NewQuestion::default()
    };
    let id = house.portal.nursery().ask_consent(question).await.unwrap();
    check(&house, get(&parent, "/consents?asked=true"), golden!("consents-asked")).await;
    let asked = parent.json("/parent-api/v1/consents?asked=true").await;
    let (path, etag, key) = (format!("/consents/{id}"), etag(&asked["consents"][0]), key());
    for _ in 0..2 {
        let body = json!({ "answer": "refused" });
        let write = parent.change(Method::PUT, &path, &etag, &key, &body);
        check(&house, write, golden!("consent-answered")).await;
    }
}

#[tokio::test]
async fn observations_answer_as_described() {
    let house = House::small().await;
    let parent = house.sign_in("nieuw").await;
    let asked = |kind: &str, question: &str, answer: Value| Question {
        kind: kind.into(),
        question: question.into(),
        answer,
        ..Question::default()
    };
    let options = |all: &[&str]| Some(all.iter().map(|one| (*one).to_owned()).collect());
    let scale = Scale { from: 1, to: 5, from_label: Some("nog niet".into()), to_label: None };
    let new = NewObservation {
        username: Some("nieuw".into()),
        title: "De eerste weken".into(),
        day: Some("2026-03-12".parse().unwrap()),
        author: Some("Anouk Visser".into()),
        sections: vec![
            Section {
                title: "Wennen".into(),
                text: Some("We keken een week.".into()),
                questions: vec![
                    asked("text", "Wat valt op?", json!("Mees lacht.")),
                    Question {
                        scale: Some(scale),
                        remark: Some("Met een doekje.".into()),
                        ..asked("scale", "Slaapt goed", json!(4))
                    },
                    Question {
                        options: options(&["Rustig", "Druk"]),
                        ..asked("choice", "Hoe?", json!("Rustig"))
                    },
                ],
            },
            Section {
                title: "Spelen".into(),
                text: None,
                questions: vec![
                    Question {
                        options: options(&["Bal", "Boek", "Klei"]),
                        ..asked("choices", "Waarmee?", json!(["Bal", "Boek"]))
                    },
                    asked("date", "Eerste lach", json!("2026-03-09")),
                    asked("picture", "Een moment", json!(12)),
                    Question {
                        as_text: Some("Zonnig.".into()),
                        ..asked("weather", "Welk weer?", json!({ "sun": 3 }))
                    },
                ],
            },
        ],
        ..NewObservation::default()
    };
    let id = house.portal.nursery().add_observation(new).await.unwrap();
    check(&house, get(&parent, "/observations"), golden!("observations")).await;
    check(&house, get(&parent, &format!("/observations/{id}")), golden!("observation")).await;
}

#[tokio::test]
async fn notification_settings_answer_as_described() {
    let house = House::small().await;
    let parent = house.sign_in("nieuw").await;
    let path = "/notification-settings";
    check(&house, get(&parent, path), golden!("notification-settings")).await;
    let etag = version(&parent, path).await;
    let change = json!({ "items": [{ "id": "photos", "email": true }] });
    let answer = parent.change(Method::PUT, path, &etag, &key(), &change).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let late = json!({ "items": [{ "id": "photos", "push": false }] });
    let refused = parent.change(Method::PUT, path, &etag, &key(), &late);
    check_as(&house, refused, 412, PROBLEM, golden!("problem-changed")).await;
}
