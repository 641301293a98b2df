//! Observations of the family's children, and of no others.

use crate::agenda_parent::family;
use crate::parent::code;
use reqwest::{Method, StatusCode};
use schriftje_demo_portal::NewObservation;
use serde_json::Value;
use std::collections::HashSet;

#[tokio::test]
async fn forms_hold_every_type_of_question_and_one_nobody_knows() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let listed = parent.json("/parent-api/v1/observations").await;
    let listed = listed["observations"].as_array().unwrap();
    let days: Vec<&str> = listed.iter().map(|form| form["day"].as_str().unwrap()).collect();
    assert!(days.is_sorted_by(|newer, older| newer >= older), "the newest first: {days:?}");
    let mut types = HashSet::new();
    let mut picture = None;
    for form in listed {
        let path = format!("/parent-api/v1/observations/{}", form["id"].as_str().unwrap());
        let whole = parent.json(&path).await;
        for field in ["id", "childId", "title", "day", "by"] {
            assert_eq!(whole[field], form[field]);
        }
        let sections = whole["sections"].as_array().unwrap().iter();
        for question in sections.flat_map(|section| section["questions"].as_array().unwrap()) {
            let kind = question["type"].as_str().unwrap().to_owned();
            if kind == "picture" {
                picture = question["answer"]["thumbUrl"].as_str().map(str::to_owned);
            }
            if kind == "weather" {
                assert!(question["asText"].is_string());
            }
            types.insert(kind);
        }
    }
    let expected = ["text", "scale", "choice", "choices", "date", "picture", "weather"];
    assert_eq!(types, expected.map(str::to_owned).into());
    let answer = house.http.get(picture.unwrap()).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "image/jpeg");
}

#[tokio::test]
async fn a_form_is_seen_by_its_own_family_alone() {
    let house = family().await;
    let new = NewObservation { title: "Nieuw".into(), ..NewObservation::default() };
    let id = house.portal.nursery().add_observation(new).await.unwrap();
    let parent = house.sign_in("joris").await;
    let listed = parent.json("/parent-api/v1/observations").await;
    assert_eq!(listed["observations"][0]["id"], id, "today's on top");
    let path = format!("/observations/{id}");
    let own = parent.call(Method::GET, &path).send().await.unwrap();
    assert_eq!(own.status(), StatusCode::OK);
    let other = house.sign_in("nieuw").await;
    let foreign = other.call(Method::GET, &path).send().await.unwrap();
    assert_eq!(code(foreign).await, (404, "observation-unknown".into()));
    let none: Value = other.json("/parent-api/v1/observations").await;
    assert_eq!(none["observations"].as_array().unwrap().len(), 0);
}
