//! "Mijn locatie": whose location and team a parent sees, and the files that come with news.

use crate::agenda_parent::family;
use crate::parent::{House, Parent, code};
use reqwest::{Method, StatusCode};
use schriftje_demo_portal::{MemberChange, NewAttachment, NewNews, NewNewsletter, Organisation};
use serde_json::Value;
use std::collections::HashSet;

async fn team(parent: &Parent<'_>) -> Vec<Value> {
    parent.json("/parent-api/v1/team").await["members"].as_array().unwrap().clone()
}

fn named<'a>(team: &'a [Value], name: &str) -> Option<&'a Value> {
    team.iter().find(|member| member["name"] == name)
}

#[tokio::test]
async fn locations_are_those_of_the_children_that_have_not_left() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let answer = parent.json("/parent-api/v1/location").await;
    let locations = answer["locations"].as_array().unwrap();
    let groups = |location: &Value| location["groups"].as_array().unwrap().clone();
    assert_eq!(locations.len(), 2);
    let children = parent.children().await;
    for (location, name, group, child) in [
        (&locations[0], "De Bosrand", "Hamsters", &children[0]),
        (&locations[1], "BSO Floris", "Floris", &children[1]),
    ] {
        assert_eq!(location["name"], name);
        let groups = groups(location);
        assert_eq!(groups.len(), 1, "{name}");
        assert_eq!(groups[0]["name"], group);
        assert_eq!(groups[0]["childIds"], serde_json::json!([child]), "Fenna has left");
    }
    let hours = locations[1]["openingHours"].as_array().unwrap();
    assert_eq!(hours.iter().filter(|hours| hours["weekday"] == 1).count(), 2, "around school");
}

#[tokio::test]
async fn the_team_is_that_of_groups_with_a_placement_and_nobody_else() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let team = team(&parent).await;
    let groups: HashSet<&str> = team
        .iter()
        .flat_map(|member| member["groups"].as_array().unwrap())
        .map(|group| group.as_str().unwrap())
        .collect();
    assert_eq!(groups, HashSet::from(["Hamsters", "Floris"]));
    assert_eq!(team.len(), 8);
    // She works on another group too, where this family has no child.
    assert_eq!(named(&team, "Rosa Hendriks").unwrap()["groups"], serde_json::json!(["Hamsters"]));
    assert!(named(&team, "Jolanda Kuipers").is_none());
    let children = parent.json("/parent-api/v1/children").await;
    let mentor = &children["children"][0]["mentor"];
    assert_eq!(named(&team, mentor["name"].as_str().unwrap()).unwrap()["id"], mentor["memberId"]);
}

#[tokio::test]
async fn another_picture_of_somebody_has_another_identity() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let before = team(&parent).await;
    let before = named(&before, "Marieke de Wit").unwrap();
    let picture = house.http.get(before["picture"]["url"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(picture.headers()["content-type"], "image/jpeg");
    let change = MemberChange { picture: Some(7), ..MemberChange::default() };
    let id = before["id"].as_str().unwrap();
    house.portal.nursery().change_member(id, change).await.unwrap();
    let after = team(&parent).await;
    let after = named(&after, "Marieke de Wit").unwrap();
    assert_eq!(after["id"], before["id"]);
    assert_eq!(after["text"], before["text"], "the rest stays");
    assert_ne!(after["picture"]["id"], before["picture"]["id"]);
    let old = house.http.get(before["picture"]["url"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(old.status(), StatusCode::FORBIDDEN);
    let nobody = house.portal.nursery().change_member("niemand", MemberChange::default()).await;
    assert!(nobody.is_err());
}

#[tokio::test]
async fn news_brings_its_attachments_and_a_page_too() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let new = NewNews {
        title: "Zomerfeest".into(),
        snippet: "Zaterdag.".into(),
        html: "<p>Zaterdag vieren we de zomer.</p>".into(),
        picture: None,
        attachments: vec![NewAttachment {
            name: "Wat neem je mee é.pdf".into(),
            media_type: None,
            text: "Taart".into(),
        }],
    };
    let id = house.portal.nursery().post_news(new).await.unwrap();
    let listed = parent.json("/restservices-parent/htmlnews/view").await;
    let first = &listed["payload"]["newsItems"][0];
    assert_eq!(
        (&first["title"], &first["htmlContentId"]),
        (&"Zomerfeest".into(), &id.clone().into())
    );
    assert_eq!(first["isNew"], true);
    let path = format!("/parent-api/v1/news/{id}/attachments");
    let attachments = parent.json(&path).await;
    let attachment = &attachments["attachments"][0];
    let url = attachment["url"].as_str().unwrap();
    let answer = house.http.get(url).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/pdf");
    assert_eq!(
        answer.headers()["content-disposition"],
        "attachment; filename*=UTF-8''Wat%20neem%20je%20mee%20%C3%A9.pdf"
    );
    let bytes = answer.bytes().await.unwrap();
    assert_eq!(attachment["bytes"], bytes.len());
    assert!(bytes.starts_with(b"%PDF-1.4\n"));
    let with_token = house.http.get(url).bearer_auth("x").send().await.unwrap();
    assert_eq!(with_token.status(), StatusCode::FORBIDDEN);
    house.portal.clock().advance(chrono::TimeDelta::hours(1));
    assert_eq!(house.http.get(url).send().await.unwrap().status(), StatusCode::FORBIDDEN);

    let parent = house.sign_in("sanne").await;
    let pages = parent.json("/parent-api/v1/pages").await;
    let path = format!("/parent-api/v1/pages/{}", pages["pages"][0]["id"].as_str().unwrap());
    let page = parent.json(&path).await;
    let url = page["attachments"][0]["url"].as_str().unwrap();
    assert_eq!(house.http.get(url).send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn news_without_attachments_says_so_and_what_is_not_there_is_refused() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let id = house.portal.nursery().post_news(NewNews::default()).await.unwrap();
    let about = parent.json(&format!("/parent-api/v1/news/about?ids={id}")).await;
    assert_eq!(about["news"][0]["attachments"], 0);
    let none = parent.text(&format!("/parent-api/v1/news/{id}/attachments")).await;
    assert_eq!(none, r#"{"attachments":[]}"#);
    for (path, expected) in [
        ("/news/nergens/attachments", (404, "news-unknown")),
        ("/pages/nergens", (404, "page-unknown")),
    ] {
        let answer = parent.call(Method::GET, path).send().await.unwrap();
        assert_eq!(code(answer).await, (expected.0, expected.1.into()));
    }
    let many = vec!["x"; 51].join(",");
    let answer = parent.call(Method::GET, &format!("/news/about?ids={many}")).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_newsletter_stands_on_top_of_the_others_and_is_unread() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let new = NewNewsletter {
        subject: "Even bijpraten".into(),
        snippet: "Over de tuin.".into(),
        html: "<html><body><p>Beste ouders,</p></body></html>".into(),
    };
    let id = house.portal.nursery().send_newsletter(new.clone()).await.unwrap();
    let listed = parent.json("/restservices-parent/newsletter?index=0").await;
    let first = &listed["newsletterItems"][0];
    assert_eq!(first["mailSubject"], "Even bijpraten");
    assert_eq!(
        (&first["unread"], &first["generatedHtmlNewsLetterId"]),
        (&true.into(), &id.clone().into())
    );
    let whole = parent.json(&format!("/restservices-parent/newsletter/generated/{id}")).await;
    assert_eq!(whole["fullSource"], new.html);
}

#[tokio::test]
async fn an_organisation_without_pages_and_observations_does_not_offer_them() {
    let house = House::with(|mut options| {
        options.organisation = Organisation::DUINPAN;
        options
    })
    .await;
    let parent = house.sign_in("sanne").await;
    let capabilities = parent.json("/parent-api/v1/capabilities").await;
    let features: Vec<&str> =
        capabilities["features"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    for (feature, path) in [
        ("pages", "/pages"),
        ("pages", "/pages/x"),
        ("observations", "/observations"),
        ("observations", "/observations/x"),
        ("credits", "/credits"),
    ] {
        assert!(!features.contains(&feature));
        let answer = parent.call(Method::GET, path).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
    for feature in ["location", "team", "account", "children", "consents", "notificationSettings"] {
        assert!(features.contains(&feature), "{feature}");
    }
    let answer = parent.json("/parent-api/v1/location").await;
    let location = &answer["locations"][0];
    assert_eq!(location["name"], "De Duinpan");
    assert!(location["coordinates"].is_null() && location["email"].is_null());
    let children = parent.json("/parent-api/v1/children").await;
    let kinds = children["children"][0]["placements"].as_array().unwrap().iter();
    let kinds: Vec<&Value> = kinds.map(|placement| &placement["kind"]).collect();
    assert_eq!(kinds, ["dayCare", "preschool"], "Noortje turned two in February");
}
