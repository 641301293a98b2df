//! The staff side, as a test outside the process uses it.

use crate::parent::House;
use reqwest::{Method, Response, StatusCode};
use schriftje_demo_portal::Truth;
use serde_json::{Value, json};

async fn call(house: &House, method: Method, path: &str, body: Value) -> Response {
    let answer = house.http.request(method, house.staff(path)).json(&body).send().await.unwrap();
    assert!(answer.status().is_success(), "{path}: {}", answer.status());
    answer
}

#[tokio::test]
async fn everything_a_nursery_does_works_over_http() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let posted: Value =
        call(&house, Method::POST, "photos", json!({ "count": 3, "caption": "Kijk!" }))
            .await
            .json()
            .await
            .unwrap();
    assert_eq!(posted["photos"].as_array().unwrap().len(), 3);
    let report = json!({ "html": "<p>Over HTTP.</p>", "photos": 1 });
    let posted: Value = call(&house, Method::POST, "reports", report).await.json().await.unwrap();
    let journal = posted["journalId"].as_str().unwrap();
    let edited = json!({ "text": "<p>Anders.</p>" });
    call(&house, Method::PUT, &format!("entries/{journal}"), edited).await;
    let truth: Truth = call(&house, Method::GET, "truth", Value::Null).await.json().await.unwrap();
    assert_eq!(truth, house.portal.nursery().truth(None).await.unwrap());
    assert_eq!(truth.cards[0].html.as_deref(), Some("<p>Anders.</p>"));
    let photo = &truth.cards[0].photos[0].id;
    call(&house, Method::PUT, &format!("photos/{photo}"), json!({ "text": "Zo." })).await;
    call(&house, Method::DELETE, &format!("photos/{photo}"), Value::Null).await;
    call(&house, Method::DELETE, &format!("entries/{journal}"), Value::Null).await;
    call(&house, Method::DELETE, &format!("cards/{}", truth.cards[1].card), Value::Null).await;
    let counted = parent.json("/restservices-parent/notification/notifications").await;
    call(&house, Method::PUT, "counters", json!({ "news": 5, "newsletters": 6 })).await;
    let seen = parent.json("/restservices-parent/notification/notifications").await;
    assert_eq!(seen["payload"]["nrOfNewMessages"], counted["payload"]["nrOfNewMessages"]);
    assert_eq!(seen["payload"]["nrOfNewNewsItems"], 5);
    call(&house, Method::PUT, "counters", json!({ "messages": 4 })).await;
    let seen = parent.json("/restservices-parent/notification/notifications").await;
    assert_eq!(seen["payload"]["nrOfNewMessages"], 4);
    assert_eq!(seen["payload"]["nrOfNewNewsletters"], 6);
    call(&house, Method::POST, "conversations", json!({ "subject": "S", "html": "<p>H</p>" }))
        .await;
    call(&house, Method::PUT, "planning", json!({ "stale": true })).await;
    call(&house, Method::POST, "accounts/joris/end", Value::Null).await;
    call(&house, Method::POST, "accounts/joris/reopen", Value::Null).await;
    call(&house, Method::PUT, "accounts/joris/password", json!({ "text": "nieuw" })).await;
    assert_eq!(house.login("joris", "nieuw").send().await.unwrap().status(), StatusCode::OK);
    call(&house, Method::DELETE, "sessions", Value::Null).await;
    call(&house, Method::DELETE, "locks", Value::Null).await;
    let nobody = house.http.post(house.staff("accounts/niemand/end")).send().await.unwrap();
    assert_eq!(nobody.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn faults_clock_and_record_are_there_over_http() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    call(&house, Method::DELETE, "requests", Value::Null).await;
    let fault = json!({ "kind": "status", "status": 502, "pathPrefix": "/restservices-parent/par", "count": 1 });
    call(&house, Method::POST, "faults", fault).await;
    assert_eq!(parent.ask("/restservices-parent/parent").await.status(), StatusCode::BAD_GATEWAY);
    parent.text("/restservices-parent/parent").await;
    let requests: Value =
        call(&house, Method::GET, "requests", Value::Null).await.json().await.unwrap();
    let requests = requests.as_array().unwrap();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0]["status"], 502);
    assert_eq!(requests[1]["pathAndQuery"], "/restservices-parent/parent");
    assert_eq!(
        (&requests[1]["hasBearer"], &requests[1]["hasCookie"]),
        (&true.into(), &false.into())
    );
    assert!(requests[1]["bytes"].as_u64().unwrap() > 50);
    call(&house, Method::POST, "faults", json!({ "kind": "reset" })).await;
    call(&house, Method::DELETE, "faults", Value::Null).await;
    let moved: Value = call(&house, Method::POST, "clock", json!({ "advanceSeconds": 900 }))
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(moved["now"], "2026-03-16T09:45:00Z");
    assert_eq!(parent.ask("/restservices-parent/parent").await.status(), StatusCode::UNAUTHORIZED);
    let set = json!({ "now": "2026-03-20T00:00:00Z" });
    call(&house, Method::POST, "clock", set).await;
    assert_eq!(house.portal.clock().now().to_rfc3339(), "2026-03-20T00:00:00+00:00");
    let cpu: Value = call(&house, Method::GET, "cpu", Value::Null).await.json().await.unwrap();
    if cfg!(target_os = "linux") {
        assert!(cpu["cpuSeconds"].as_f64().unwrap() >= 0.0);
    }
}

#[tokio::test]
async fn the_staff_side_needs_its_key() {
    let house = House::small().await;
    for path in ["/staff/truth", "/staff/000000000000000000000000/truth"] {
        let answer = house.http.get(house.url(path)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_plain_portal_knows_nothing_of_our_extension() {
    let house = House::with(|mut options| {
        options.plain = true;
        options
    })
    .await;
    let parent = house.sign_in("sanne").await;
    for path in ["/parent-api/v1/capabilities", "/parent-api/v1/media?ids=a"] {
        assert_eq!(parent.ask(path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn conversations_are_answered_and_closed_over_http() {
    let house = House::small().await;
    let begun = json!({ "subject": "S", "html": "<p>H</p>", "photos": 1 });
    let begun = call(&house, Method::POST, "conversations", begun).await;
    let id = begun.json::<Value>().await.unwrap()["conversation"].clone();
    let path = format!("conversations/{}", id.as_str().unwrap());
    let answer = json!({ "html": "<p>A</p>", "author": "Rosa Hendriks" });
    call(&house, Method::POST, &format!("{path}/answers"), answer).await;
    call(&house, Method::PUT, &format!("{path}/closed"), json!({ "closed": true })).await;
    let truth: Truth = call(&house, Method::GET, "truth", Value::Null).await.json().await.unwrap();
    assert_eq!(truth, house.portal.nursery().truth(None).await.unwrap());
    let first = &truth.conversations[0];
    assert!(first.closed && first.unread && first.messages[0].photos == 1);
    assert_eq!(first.messages[1].author, "Rosa Hendriks");
    let answer = json!({ "html": "" });
    let nobody = house.http.post(house.staff("conversations/nergens/answers")).json(&answer);
    assert_eq!(nobody.send().await.unwrap().status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_location_and_the_family_are_looked_after_over_http() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let made = async |path: &str, body: Value| {
        let answer = call(&house, Method::POST, path, body).await;
        answer.json::<Value>().await.unwrap()["id"].as_str().unwrap().to_owned()
    };
    let attachment = json!({ "name": "Menu.pdf", "text": "Soep" });
    let news = json!({ "title": "T", "html": "<p>H</p>", "attachments": [attachment] });
    let news = made("news", news).await;
    let attachments = parent.json(&format!("/parent-api/v1/news/{news}/attachments")).await;
    assert_eq!(attachments["attachments"][0]["name"], "Menu.pdf");
    let letter = made("newsletters", json!({ "subject": "S", "html": "<p>H</p>" })).await;
    parent.text(&format!("/restservices-parent/newsletter/generated/{letter}")).await;
    let role = json!({ "role": "Kok" });
    call(&house, Method::PUT, "team/Marieke%20de%20Wit", role).await;
    assert_eq!(parent.json("/parent-api/v1/team").await["members"][0]["role"], "Kok");
    let consent = made("consents", json!({ "title": "Zwemles", "text": "In het bad." })).await;
    assert_eq!(parent.consent("Zwemles").await["id"], consent);
    let question = json!({ "type": "text", "question": "Q", "answer": "A" });
    let form = json!({ "title": "F", "sections": [{ "title": "S", "questions": [question] }] });
    let form = made("observations", form).await;
    let form = parent.json(&format!("/parent-api/v1/observations/{form}")).await;
    assert_eq!(form["sections"][0]["questions"][0]["answer"], "A");
    let truth: Truth = call(&house, Method::GET, "truth", Value::Null).await.json().await.unwrap();
    assert_eq!(truth, house.portal.nursery().truth(None).await.unwrap());
    assert!(truth.consents.iter().any(|known| known.id == consent && known.open));
    let nobody = house.http.put(house.staff("team/niemand")).json(&json!({}));
    assert_eq!(nobody.send().await.unwrap().status(), StatusCode::NOT_FOUND);
}
