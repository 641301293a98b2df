//! A portal that misbehaves, exactly as told.

use crate::parent::{House, Parent, photos};
use reqwest::StatusCode;
use schriftje_demo_portal::{Fault, FaultKind, NewPhotos, Origin};
use serde_json::Value;
use std::time::{Duration, Instant};

const TIMELINE: &str = "/restservices-parent/timeline/cards/v2/0";

async fn raw(parent: &Parent<'_>) -> reqwest::Result<reqwest::Response> {
    let house = parent.house;
    house.http.get(house.url(TIMELINE)).bearer_auth(&parent.token).send().await
}

#[tokio::test]
async fn a_fault_meets_the_requests_it_is_meant_for_and_no_others() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let fault = Fault::once(FaultKind::Status { status: 503 })
        .at("/restservices-parent/timeline")
        .after(1)
        .times(2);
    house.portal.faults().add(fault);
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(parent.ask(TIMELINE).await.status().as_u16());
        assert_eq!(parent.ask("/restservices-parent/parent").await.status(), StatusCode::OK);
    }
    assert_eq!(statuses, [200, 503, 503, 200]);
    assert!(house.portal.faults().all().is_empty());
}

#[tokio::test]
async fn statuses_carry_what_belongs_to_them() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    house.portal.faults().add(Fault::once(FaultKind::TooManyRequests { retry_after: 7 }));
    let answer = parent.ask(TIMELINE).await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.headers()["retry-after"], "7");
    house.portal.faults().add(Fault::once(FaultKind::Unauthorized));
    assert_eq!(parent.ask(TIMELINE).await.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(parent.ask(TIMELINE).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn connections_break_before_and_in_the_middle_of_an_answer() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    house.portal.faults().add(Fault::once(FaultKind::Reset));
    assert!(raw(&parent).await.is_err());
    house.portal.faults().add(Fault::once(FaultKind::Truncated));
    let answer = raw(&parent).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(answer.text().await.is_err(), "the body ends too early");
    house.portal.faults().add(Fault::once(FaultKind::HalfJson));
    let half = raw(&parent).await.unwrap().text().await.unwrap();
    assert!(serde_json::from_str::<Value>(&half).is_err());
    assert!(!parent.cards(0).await.is_empty());
    let statuses: Vec<u16> =
        house.portal.requests().iter().skip(1).map(|request| request.status).collect();
    assert_eq!(statuses, [0, 200, 200, 200]);
}

#[tokio::test]
async fn answers_are_of_another_kind_or_shape() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    house.portal.faults().add(Fault::once(FaultKind::Html));
    let page = parent.ask(TIMELINE).await;
    assert!(page.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
    house.portal.faults().add(Fault::once(FaultKind::WrongTypes));
    let cards = parent.cards(0).await;
    assert!(cards[0]["date"].is_string() && cards[0]["type"].is_object());
    house.portal.faults().add(Fault::once(FaultKind::ChangedShape));
    let changed = parent.json(TIMELINE).await;
    assert!(changed["data"]["items"][0]["dateV3"].is_number());
}

#[tokio::test]
async fn an_endless_answer_goes_on_until_the_client_has_enough() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    for declared in [true, false] {
        house.portal.faults().add(Fault::once(FaultKind::Endless { declared }));
        let mut answer = raw(&parent).await.unwrap();
        let length = answer.content_length();
        assert_eq!(length, declared.then_some(2 * 1024 * 1024 * 1024));
        let mut read = 0;
        while read < 20_000_000 {
            read += answer.chunk().await.unwrap().unwrap().len();
        }
    }
}

#[tokio::test]
async fn pictures_lie_about_their_size_or_are_broken() {
    let house = House::small().await;
    let new = NewPhotos { username: Some("nieuw".into()), ..NewPhotos::default() };
    house.portal.nursery().post_photos(new).await.unwrap();
    let parent = house.sign_in("nieuw").await;
    let photo = photos(&parent.cards(0).await[0])[0].clone();
    let thumb = async || {
        let answer = house.http.get(photo["thumbUrl"].as_str().unwrap()).send().await.unwrap();
        (answer.status(), answer.bytes().await.unwrap())
    };
    let fault = |kind| house.portal.faults().add(Fault::once(kind).on(Origin::Media));
    fault(FaultKind::HugePicture);
    let (_, huge) = thumb().await;
    assert!(huge.len() < 10_000);
    let reader = image::ImageReader::new(std::io::Cursor::new(&huge));
    let size = reader.with_guessed_format().unwrap().into_dimensions().unwrap();
    assert_eq!(size, (30_000, 30_000));
    fault(FaultKind::BrokenPicture);
    let (status, broken) = thumb().await;
    assert_eq!((status, &broken[..2]), (StatusCode::OK, &[0xFF, 0xD8][..]));
    assert!(image::load_from_memory(&broken).is_err());
    fault(FaultKind::ExpiredMedia);
    assert_eq!(thumb().await.0, StatusCode::FORBIDDEN);
    assert_eq!(thumb().await.0, StatusCode::OK);

    house.portal.faults().add(Fault::once(FaultKind::StaleUrls));
    let stale = photos(&parent.cards(0).await[0])[0].clone();
    let answer = house.http.get(stale["thumbUrl"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn latency_is_added_to_what_comes_after() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    house.portal.faults().add(Fault::once(FaultKind::Latency { ms: 120 }));
    house.portal.faults().add(Fault::once(FaultKind::Status { status: 500 }));
    let start = Instant::now();
    assert_eq!(parent.ask(TIMELINE).await.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(start.elapsed() >= Duration::from_millis(120));
}

#[tokio::test]
async fn the_portal_tells_its_own_time() {
    let house = House::small().await;
    let answer = house.http.get(house.url("/auth-api/captcha")).send().await.unwrap();
    assert_eq!(answer.headers()["date"], "Mon, 16 Mar 2026 09:30:00 GMT");
}
