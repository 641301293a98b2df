//! The parent's own details and password.

use crate::family_parent::version;
use crate::parent::{House, code, key};
use reqwest::{Method, StatusCode};
use schriftje_demo_portal::Organisation;
use serde_json::{Value, json};

const PATH: &str = "/account";

#[tokio::test]
async fn a_parent_changes_what_may_be_changed_and_the_rest_stays() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let before = parent.json("/parent-api/v1/account").await;
    let change =
        json!({ "email": "bloem@voorbeeld.example", "postalCode": "2099ab", "phone": null });
    let answer = parent.changes(Method::PATCH, PATH, &change).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let etag = answer.headers()["etag"].to_str().unwrap().to_owned();
    let told: Value = answer.json().await.unwrap();
    assert_eq!(told["etag"], etag);
    assert_eq!(told, parent.json("/parent-api/v1/account").await);
    assert_eq!(told["postalCode"], "2099 AB");
    assert!(told["phone"].is_null());
    for same in ["name", "street", "city"] {
        assert_eq!(told[same], before[same]);
    }
    let observed = parent.json("/restservices-parent/parent").await;
    assert_eq!(observed["payload"]["emailAddress"], "bloem@voorbeeld.example");
    let other = house.sign_in("joris").await.json("/parent-api/v1/account").await;
    assert_eq!(other["email"], "joris@voorbeeld.example", "the other parent's own");
}

#[tokio::test]
async fn of_two_devices_the_second_learns_what_stands_there_now() {
    let house = House::small().await;
    let (phone, laptop) = (house.sign_in("sanne").await, house.sign_in("sanne").await);
    let etag = version(&phone, PATH).await;
    let first = phone.changes(Method::PATCH, PATH, &json!({ "city": "Zeewijk" })).await;
    assert_eq!(first.status(), StatusCode::OK);
    let body = json!({ "city": "Bosdorp", "street": "Dreef 1" });
    let late = laptop.change(Method::PATCH, PATH, &etag, &key(), &body).send().await.unwrap();
    assert_eq!(late.status(), StatusCode::PRECONDITION_FAILED);
    let problem: Value = late.json().await.unwrap();
    let now = laptop.json("/parent-api/v1/account").await;
    assert_eq!(problem["code"], "changed-meanwhile");
    assert_eq!((&problem["current"], &problem["sent"]), (&now, &body));
    assert_eq!((&now["city"], &now["street"]), (&"Zeewijk".into(), &"Lindenhof 7".into()));
    let etag = problem["current"]["etag"].as_str().unwrap();
    let again = laptop.change(Method::PATCH, PATH, etag, &key(), &body).send().await.unwrap();
    assert_eq!(again.json::<Value>().await.unwrap()["city"], "Bosdorp");
}

#[tokio::test]
async fn a_change_is_done_once_and_answered_alike_whatever_came_after() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let (etag, key) = (version(&parent, PATH).await, key());
    let change = json!({ "city": "Zeewijk" });
    let send = || parent.change(Method::PATCH, PATH, &etag, &key, &change).send();
    let first = send().await.unwrap();
    let (version, first) = (first.headers()["etag"].clone(), first.text().await.unwrap());
    parent.changes(Method::PATCH, PATH, &json!({ "city": "Bosdorp" })).await;
    let again = send().await.unwrap();
    assert_eq!(again.headers()["etag"], version);
    assert_eq!(again.text().await.unwrap(), first);
    assert_eq!(parent.json("/parent-api/v1/account").await["city"], "Bosdorp");
}

#[tokio::test]
async fn a_change_says_what_it_is_based_on() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let body = json!({ "city": "Zeewijk" });
    let call = || parent.call(Method::PATCH, PATH).json(&body);
    let blind = call().header("Idempotency-Key", key()).send().await.unwrap();
    assert_eq!(code(blind).await, (428, "if-match-missing".into()));
    let no_key = call().header("If-Match", "\"x\"").send().await.unwrap();
    assert_eq!(code(no_key).await, (400, "idempotency-key-missing".into()));
    let weak = call().header("Idempotency-Key", key()).header("If-Match", "W/\"x\", \"y\"");
    assert_eq!(code(weak.send().await.unwrap()).await, (412, "changed-meanwhile".into()));
}

#[tokio::test]
async fn a_change_is_done_whole_or_not_at_all() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let before = parent.json("/parent-api/v1/account").await;
    for (change, expected, field) in [
        (json!({ "city": "Zeewijk", "email": "geen adres" }), "value-not-allowed", "email"),
        (json!({ "city": "Zeewijk", "email": null }), "value-not-allowed", "email"),
        (json!({ "city": "Zeewijk", "phone": 5 }), "value-not-allowed", "phone"),
        (json!({ "city": "Zeewijk", "name": "S. Bloem" }), "field-not-changeable", "name"),
        (json!({ "city": "Zeewijk", "username": "s" }), "field-not-changeable", "username"),
    ] {
        let answer = parent.changes(Method::PATCH, PATH, &change).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let problem: Value = answer.json().await.unwrap();
        assert_eq!((&problem["code"], &problem["field"]), (&expected.into(), &field.into()));
    }
    assert_eq!(parent.json("/parent-api/v1/account").await, before);
}

#[tokio::test]
async fn organisations_differ_in_what_may_be_changed_and_in_their_passwords() {
    let house = House::with(|mut options| {
        options.organisation = Organisation::DUINPAN;
        options
    })
    .await;
    let parent = house.sign_in("sanne").await;
    let account = parent.json("/parent-api/v1/account").await;
    assert_eq!(account["changeable"], json!(["email", "phone"]));
    assert_eq!(account["password"]["leastCharacters"], 12);
    let street = parent.changes(Method::PATCH, PATH, &json!({ "street": "Dreef 1" })).await;
    assert_eq!(code(street).await, (422, "field-not-changeable".into()));
    let no_capital = json!({ "current": "welkom-demo", "new": "de kastanje bloeit" });
    let answer = parent.write("/account/password", &key(), &no_capital).send().await.unwrap();
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(problem["rules"], json!(["Er staan een hoofdletter en een kleine letter in."]));
}

#[tokio::test]
async fn a_changed_password_signs_in_and_the_old_one_does_not() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let change = json!({ "current": "welkom-demo", "new": "de kastanje bloeit" });
    let answer = parent.write("/account/password", &key(), &change).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let signs_in = async |password| {
        let answer: Value =
            house.login("sanne", password).send().await.unwrap().json().await.unwrap();
        answer["authToken"].is_string()
    };
    assert!(signs_in("de kastanje bloeit").await);
    assert!(!signs_in("welkom-demo").await);
    parent.text("/restservices-parent/parent").await;
    house.sign_in("joris").await;
}

#[tokio::test]
async fn wrong_passwords_are_refused_and_in_the_end_locked() {
    let house = House::with(|mut options| {
        options.wrong_passwords = 3;
        options
    })
    .await;
    let parent = house.sign_in("sanne").await;
    let wrong = json!({ "current": "verkeerd", "new": "de kastanje bloeit" });
    for _ in 0..3 {
        let refused = parent.refused("/account/password", &wrong).await;
        assert_eq!(refused, (422, "password-wrong".into()));
    }
    let right = json!({ "current": "welkom-demo", "new": "de kastanje bloeit" });
    let locked = parent.write("/account/password", &key(), &right).send().await.unwrap();
    assert_eq!(locked.headers()["retry-after"], "900");
    assert_eq!(code(locked).await, (429, "password-locked".into()));
    house.portal.clock().advance(chrono::TimeDelta::minutes(15));
    let parent = house.sign_in("sanne").await;
    let answer = parent.write("/account/password", &key(), &right).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
}
