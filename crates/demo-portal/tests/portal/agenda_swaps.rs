//! What §5.3 of the manual promises of swaps, as far as it is the portal's doing. Each test is named
//! after its sentence.

use crate::agenda_parent::{FRIDAY, booking, both, family, period, refused, request, statuses};
use serde_json::{Value, json};

#[tokio::test]
async fn a_swap_is_the_family_s_for_a_day_or_a_period_and_several_children() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let made = both(&house, "swap", |_| {}).await;
    assert_eq!(made["kind"], "swap");
    assert_eq!(made["lines"].as_array().unwrap().len(), 2);
    assert_eq!(made["lines"][0]["given"].as_array().unwrap().len(), 2);
    let child = &parent.children().await[1];
    let mut wanted = period(child, "2026-04-08", "2026-04-10", &["naschools"]);
    wanted["given"] = json!([
        parent.named(child, "2026-04-06").await,
        parent.named(child, "2026-04-07").await,
        parent.named(child, "2026-04-09").await
    ]);
    let body = request("swap", &[parent.quoted("swap", &wanted).await]);
    parent.requests_made(&body).await;
}

#[tokio::test]
async fn the_day_parts_a_child_is_expected_for_can_be_given_in() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let found = parent.possibilities("swap", "2026-03-26", "2026-03-26").await;
    assert_eq!(found["children"][0]["planned"].as_array().unwrap().len(), 2);
    let child = parent.child().await;
    let mut wanted = booking(&child, FRIDAY, &["ochtend"]);
    let body = |wanted: &Value| json!({ "kind": "swap", "booking": wanted });
    assert_eq!(refused(parent.asks("/quote", &body(&wanted)).await).await, "nothing-chosen");
    wanted["given"] =
        json!([{ "childId": child, "slots": [{ "day": FRIDAY, "start": 0, "end": 1 }] }]);
    assert_eq!(refused(parent.asks("/quote", &body(&wanted)).await).await, "slot-unknown");
}

#[tokio::test]
async fn a_wanted_day_already_planned_is_told() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let mut wanted = booking(&child, "2026-03-30", &["ochtend"]);
    wanted["given"] = json!([parent.named(&child, "2026-03-26").await]);
    let body = json!({ "kind": "swap", "booking": wanted });
    assert_eq!(refused(parent.asks("/quote", &body).await).await, "already-planned");
    let found = parent.possibilities("swap", "2026-03-30", "2026-03-30").await;
    assert_eq!(found["children"][0]["reason"], "Je kind is dan al gepland.");
}

#[tokio::test]
async fn time_left_over_of_a_swap_lapses() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let mut wanted = booking(&child, FRIDAY, &["ochtend"]);
    wanted["given"] = json!([parent.named(&child, "2026-03-26").await]);
    let quote = parent.quote("swap", &wanted).await;
    let notice = "Noortje: er blijft 5 uur over van wat je inlevert. Die tijd vervalt.";
    assert_eq!(quote["notices"], json!([notice]));
    assert_eq!(quote["cents"], 0);
    let body = request("swap", &[parent.quoted("swap", &wanted).await]);
    let id = parent.requests_made(&body).await;
    let credits = parent.credits().await;
    house.judges(&parent.care_request(&id).await, 0, true).await;
    assert_eq!(parent.credits().await, credits, "nothing comes back for it");
    assert_eq!(parent.slots(&child, "2026-03-26").await.len(), 0);
}

#[tokio::test]
async fn a_swap_can_wait_for_all_children_and_expires_too() {
    let house = family().await;
    let whole = both(&house, "swap", |body| {
        body["whole"] = true.into();
        body["expiresOn"] = "2026-03-20".into();
    })
    .await;
    house.judges(&whole, 0, true).await;
    house.portal.clock().set("2026-03-20T09:00:00Z".parse().unwrap());
    let parent = house.sign_in("sanne").await;
    let after = parent.care_request(whole["id"].as_str().unwrap()).await;
    assert_eq!(statuses(&after), ["expired", "expired"]);
    assert_eq!(parent.letters().await.len(), 1);
    let child = parent.child().await;
    assert_eq!(parent.slots(&child, "2026-03-26").await.len(), 2, "what was given in stays");
}

#[tokio::test]
async fn a_swap_stands_in_the_calendar_as_an_option_and_moves_when_approved() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let made = both(&house, "swap", |_| {}).await;
    let code = |slots: &[Value]| slots[0]["plannedAttendanceCode"]["code"].clone();
    assert_eq!(code(&parent.slots(&child, FRIDAY).await), "tentative");
    assert_eq!(code(&parent.slots(&child, "2026-03-26").await), "attend");
    house.judges(&made, 0, true).await;
    assert_eq!(code(&parent.slots(&child, FRIDAY).await), "attend");
    assert_eq!(parent.slots(&child, "2026-03-26").await.len(), 0);
    let planning = parent.json(&format!("/parent-api/v1/planning/{FRIDAY}/until/{FRIDAY}")).await;
    assert_eq!(planning["slots"][0]["kind"], "swap");
}

#[tokio::test]
async fn a_swap_is_cancelled_while_policy_allows_and_judged_child_by_child() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let made = both(&house, "swap", |_| {}).await;
    let after: Value = parent.cancels(&made, 1).await.json().await.unwrap();
    assert_eq!(statuses(&after), ["asked", "cancelled"]);
    house.judges(&made, 0, false).await;
    assert_eq!(parent.letters().await.len(), 1);
}
