//! The calls of the planning, byte for byte against `tests/golden`, which is written by hand from
//! `docs/portal-api.md`.
//!
//! The parent is the one whose child has not started: nothing is there but what a test asks.

use crate::agenda_parent::{booking, cancel_path, period, request};
use crate::golden_calls::{check, check_as, golden};
use crate::parent::{House, Parent};
use reqwest::{Method, RequestBuilder};
use schriftje_demo_portal::{Decision, NewCredit, Unit, Weeks};
use serde_json::{Value, json};

const KEY: &str = "11111111-1111-4111-8111-111111111111";
const OTHER_KEY: &str = "22222222-2222-4222-8222-222222222222";

fn get(parent: &Parent<'_>, path: &str) -> RequestBuilder {
    parent.call(Method::GET, path)
}

async fn give(house: &House, name: &str, weeks: Weeks, note: Option<&str>) -> String {
    let new = NewCredit {
        username: Some("nieuw".into()),
        child: Some("Mees".into()),
        name: name.into(),
        unit: Unit::Minutes,
        total: 600,
        valid_from: "2026-01-01".parse().unwrap(),
        valid_until: "2026-12-31".parse().unwrap(),
        weeks,
        note: note.map(str::to_owned),
    };
    house.portal.nursery().give_credit(new).await.unwrap()
}

#[tokio::test]
async fn the_planning_and_its_rules_answer_as_described() {
    let house = House::small().await;
    let parent = house.sign_in("nieuw").await;
    let path = "/planning/2026-04-23/until/2026-04-27";
    check(&house, get(&parent, path), golden!("planning")).await;
    check(&house, get(&parent, "/planning/rules"), golden!("planning-rules")).await;
}

#[tokio::test]
async fn possibilities_and_quotes_answer_as_described() {
    let house = House::small().await;
    let parent = house.sign_in("nieuw").await;
    give(&house, "Vakantietegoed", Weeks::Holiday, Some("Alleen in schoolvakanties.")).await;
    let credit = give(&house, "Tegoed", Weeks::All, None).await;
    let body = json!({ "kind": "extra", "from": "2026-04-23", "until": "2026-04-25" });
    let asked = parent.call(Method::POST, "/possibilities").json(&body);
    check(&house, asked, golden!("possibilities")).await;
    let child = parent.child().await;
    let mut wanted = period(&child, "2026-04-23", "2026-04-24", &["ochtend", "middag"]);
    wanted["lines"][0]["creditId"] = credit.into();
    let body = json!({ "kind": "extra", "booking": wanted });
    let asked = parent.call(Method::POST, "/quote").json(&body);
    check(&house, asked, golden!("quote")).await;
}

#[tokio::test]
async fn requests_answer_as_described() {
    let house = House::small().await;
    let parent = house.sign_in("nieuw").await;
    let credit = give(&house, "Tegoed", Weeks::All, None).await;
    let child = parent.child().await;
    let mut wanted = booking(&child, "2026-04-24", &["ochtend", "middag"]);
    wanted["lines"][0]["creditId"] = credit.into();
    let mut body = request("extra", &[parent.quoted("extra", &wanted).await]);
    body["expiresOn"] = "2026-04-20".into();
    body["remark"] = "Graag.".into();
    for _ in 0..2 {
        let write = parent.write("/requests", KEY, &body);
        check_as(&house, write, 201, "application/json", golden!("request-made")).await;
    }
    let mut wanted = booking(&child, "2026-04-22", &["ochtend"]);
    wanted["given"] = json!([parent.named(&child, "2026-04-23").await]);
    let body = request("swap", &[parent.quoted("swap", &wanted).await]);
    let write = parent.write("/requests", OTHER_KEY, &body);
    check_as(&house, write, 201, "application/json", golden!("request-made")).await;
    let swap = parent.overview().await.into_iter().find(|found| found["kind"] == "swap").unwrap();
    let line = swap["lines"][0]["id"].as_str().unwrap();
    let no = Decision { approve: false, reason: Some("De groep is vol.".into()) };
    house.portal.nursery().decide_line(line, no).await.unwrap();
    check(&house, get(&parent, "/requests"), golden!("requests")).await;
    check(&house, get(&parent, "/credits"), golden!("credits")).await;
}

#[tokio::test]
async fn absences_and_cancelling_answer_as_described() {
    let house = House::small().await;
    let parent = house.sign_in("nieuw").await;
    let child = parent.child().await;
    let body = parent.absence(&child, "2026-04-23").await;
    for _ in 0..2 {
        let write = parent.write("/absences", KEY, &body);
        check_as(&house, write, 201, "application/json", golden!("request-made")).await;
    }
    check(&house, get(&parent, "/requests"), golden!("requests-absence")).await;
    let refused = parent.write("/absences", OTHER_KEY, &body);
    let problem = golden!("problem-planning");
    check_as(&house, refused, 409, "application/problem+json", problem).await;
    let made: Value = parent.overview().await.remove(0);
    for _ in 0..2 {
        let write = parent.write(&cancel_path(&made, 0), OTHER_KEY, &json!({}));
        check(&house, write, golden!("cancelled")).await;
    }
}
