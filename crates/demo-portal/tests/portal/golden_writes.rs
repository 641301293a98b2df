//! What parents write, byte for byte as the observed reads and our extension show it, against
//! `tests/golden`, which is written by hand from `docs/portal-api.md`.

use crate::golden_calls::{check, check_as, check_get, golden};
use crate::parent::{House, a_photo, key};
use serde_json::json;

#[tokio::test]
async fn a_message_answers_as_described() {
    let house = House::small().await;
    let parent = house.sign_in("nieuw").await;
    let upload = parent.upload("image/jpeg", &a_photo(40, 30)).await;
    let body = json!({
        "childId": parent.child().await, "group": null, "subject": "Wennen & zwaaien",
        "text": "Mees vindt het \"spannend\".\r\n\r\nIk ook.", "uploads": [upload]
    });
    let key = key();
    for _ in 0..2 {
        let write = parent.write("/messages", &key, &body);
        check_as(&house, write, 201, "application/json", golden!("written")).await;
    }
    let overview = "/logbook/overview?index=0";
    check_get(&house, &parent.token, overview, golden!("logbook-overview-of-parent")).await;
    let conversations = parent.json(&format!("/restservices-parent{overview}")).await;
    let id = conversations[0]["logMessageMessageId"].as_str().unwrap();
    let details = format!("/logbook/details/{id}/summary/true");
    check_get(&house, &parent.token, &details, golden!("logbook-details-of-parent")).await;
    let about = house
        .http
        .get(house.url(&format!("/parent-api/v1/messages/about?ids={id},nergens")))
        .bearer_auth(&parent.token);
    check(&house, about, golden!("about")).await;
}

#[tokio::test]
async fn an_entry_answers_as_described() {
    let house = House::small().await;
    let parent = house.sign_in("nieuw").await;
    let upload = parent.upload("image/jpeg", &a_photo(40, 30)).await;
    let body = json!({
        "childIds": [parent.child().await], "day": "2026-03-16", "text": "Eerste stapjes!",
        "uploads": [upload]
    });
    let write = parent.write("/diary", &key(), &body);
    check_as(&house, write, 201, "application/json", golden!("entered")).await;
    check_get(&house, &parent.token, "/timeline/cards/v2/0", golden!("timeline-of-parent")).await;
}

#[tokio::test]
async fn a_refusal_answers_as_described() {
    let house = House::small().await;
    let parent = house.sign_in("nieuw").await;
    let body = json!({ "childId": "nergens", "subject": "S", "text": "T" });
    let write = parent.write("/messages", &key(), &body);
    check_as(&house, write, 422, "application/problem+json", golden!("problem")).await;
}
