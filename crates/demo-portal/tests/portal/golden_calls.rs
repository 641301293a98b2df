//! Every observed call, byte for byte against `tests/golden`, which is written by hand from the
//! observations, not from this program.
//!
//! The parent is the one whose child has not started: nothing is there but what a test posts.

use crate::golden::{Known, assert_golden};
use crate::parent::{House, now};
use reqwest::RequestBuilder;
use schriftje_demo_portal::{NewConversation, NewPhotos, NewReport};
use serde_json::json;

macro_rules! golden {
    ($name:literal) => {
        include_str!(concat!("../golden/", $name, ".json"))
    };
}
pub(crate) use golden;

pub async fn check(house: &House, request: RequestBuilder, golden: &str) {
    check_as(house, request, 200, "application/json", golden).await;
}

pub async fn check_as(
    house: &House,
    request: RequestBuilder,
    status: u16,
    media_type: &str,
    golden: &str,
) {
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), status);
    assert_eq!(answer.headers()["content-type"], media_type);
    let known = Known {
        portal: house.portal.portal.as_str().trim_end_matches('/'),
        media: house.portal.media.as_str().trim_end_matches('/'),
        expires: now().timestamp() + 3_600,
    };
    assert_golden(&answer.text().await.unwrap(), golden, &known);
}

pub async fn check_get(house: &House, token: &str, path: &str, golden: &str) {
    let url = house.url(&format!("/restservices-parent{path}"));
    check(house, house.http.get(url).bearer_auth(token), golden).await;
}

#[tokio::test]
async fn signing_in_answers_as_observed() {
    let house = House::small().await;
    check(&house, house.http.get(house.url("/auth-api/captcha")), golden!("captcha")).await;
    check(&house, house.login("nieuw", "welkom-demo"), golden!("login-browser")).await;
    let device = json!({ "username": "nieuw", "password": "welkom-demo", "deviceInfo": {} });
    let app = house
        .http
        .put(house.url("/auth-api/login"))
        .header("X-Client-Name", "OuderApp")
        .header("X-Client-Version", "3.64.1")
        .json(&device);
    check(&house, app, golden!("login-app")).await;
    check(&house, house.login("nieuw", "verkeerd"), golden!("login-refused")).await;
    check(&house, house.login("resetten", "welkom-demo"), golden!("login-must-reset")).await;
    check(&house, house.login("geblokkeerd", "welkom-demo"), golden!("login-blocked")).await;
    check(&house, house.http.get(house.url("/auth-api/captcha")), golden!("captcha-blocked")).await;
}

#[tokio::test]
async fn refreshing_answers_as_observed() {
    let house = House::small().await;
    let parent = house.sign_in("nieuw").await;
    let cookie = parent.cookie.clone().unwrap();
    let get = house.http.get(house.url("/auth-api/token")).header("Cookie", &cookie);
    check(&house, get, golden!("token-of-cookie")).await;
    let put = house
        .http
        .put(house.url("/auth-api/token"))
        .bearer_auth(&parent.token)
        .header("Cookie", &cookie)
        .json(&json!({}));
    check(&house, put, golden!("token-browser")).await;
    let user = house.http.get(house.url("/auth-api/user")).bearer_auth(&parent.token);
    check(&house, user, golden!("user")).await;
}

#[tokio::test]
async fn the_household_answers_as_observed() {
    let house = House::small().await;
    let token = house.sign_in("nieuw").await.token;
    check_get(&house, &token, "/parent", golden!("parent")).await;
    check_get(&house, &token, "/customer/info", golden!("customer-info")).await;
    check_get(&house, &token, "/children/", golden!("children")).await;
    check_get(&house, &token, "/notification/notifications", golden!("notifications")).await;
}

#[tokio::test]
async fn the_timeline_answers_as_observed() {
    let house = House::small().await;
    let token = house.sign_in("nieuw").await.token;
    check_get(&house, &token, "/timeline/cards/v2/0", "[]").await;
    let nursery = house.portal.nursery();
    let photos = NewPhotos {
        username: Some("nieuw".into()),
        count: Some(1),
        caption: Some("Voor het eerst op bezoek".into()),
        ..NewPhotos::default()
    };
    nursery.post_photos(photos).await.unwrap();
    let film = NewPhotos {
        username: Some("nieuw".into()),
        count: Some(1),
        caption: Some("In this photo is Mees".into()),
        generated: true,
        film: true,
        ..NewPhotos::default()
    };
    nursery.post_photos(film).await.unwrap();
    let report = NewReport {
        username: Some("nieuw".into()),
        html: "<p>Mees kwam \"even\" kennismaken.</p>".into(),
        rhythm: "<table class='day-rythm-moment'><tr><td></td></tr></table>".into(),
        author: Some("Marieke de Wit".into()),
        photos: 1,
        ..NewReport::default()
    };
    nursery.post_report(report).await.unwrap();
    check_get(&house, &token, "/timeline/cards/v2/0", golden!("timeline")).await;
    check_get(&house, &token, "/timeline/cards/v2/2", "[]").await;
}

#[tokio::test]
async fn conversations_answer_as_observed() {
    let house = House::small().await;
    let token = house.sign_in("nieuw").await.token;
    let new = NewConversation {
        username: Some("nieuw".into()),
        subject: "Wenochtend".into(),
        html: "<p>Welkom op maandag!</p>".into(),
        author: Some("Marieke de Wit".into()),
        ..NewConversation::default()
    };
    let id = house.portal.nursery().begin_conversation(new).await.unwrap();
    check_get(&house, &token, "/logbook/overview?index=0", golden!("logbook-overview")).await;
    check_get(&house, &token, "/logbook/overview?index=1", "[]").await;
    let days = "/logbook/overview?from=20260316&to=20260316";
    check_get(&house, &token, days, golden!("logbook-overview")).await;
    check_get(&house, &token, "/logbook/overview?from=20260317&to=20260318", "[]").await;
    for summary in [true, false] {
        let path = format!("/logbook/details/{id}/summary/{summary}");
        check_get(&house, &token, &path, golden!("logbook-details")).await;
    }
}

#[tokio::test]
async fn the_planning_answers_as_observed() {
    let house = House::small().await;
    let token = house.sign_in("nieuw").await.token;
    // The child starts on Monday 13 April; the Wednesday is not one of its days.
    let path = "/calendar/20260414/until/20260415";
    check_get(&house, &token, path, golden!("calendar")).await;
    house.portal.nursery().set_planning_stale(true);
    check_get(&house, &token, path, golden!("calendar-stale")).await;
}

#[tokio::test]
async fn news_and_papers_answer_as_observed() {
    let house = House::small().await;
    let token = house.sign_in("sanne").await.token;
    check_get(&house, &token, "/htmlnews/view", golden!("news")).await;
    check_get(&house, &token, "/newsletter?index=0", golden!("newsletters")).await;
    let papers = "/administration/annualstatement/overview/20260101/20261231";
    check_get(&house, &token, papers, golden!("annual-statements")).await;

    let parent = house.sign_in("sanne").await;
    let news = parent.json("/restservices-parent/htmlnews/view").await;
    let id = news["payload"]["newsItems"][1]["htmlContentId"].as_str().unwrap();
    let path = format!("/htmlcontent/container/{id}");
    check_get(&house, &token, &path, golden!("news-container")).await;
    let letters = parent.json("/restservices-parent/newsletter?index=0").await;
    let id = letters["newsletterItems"][0]["generatedHtmlNewsLetterId"].as_str().unwrap();
    let path = format!("/newsletter/generated/{id}");
    check_get(&house, &token, &path, golden!("newsletter")).await;
}

#[tokio::test]
async fn a_paper_is_a_pdf() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let overview = "/restservices-parent/administration/invoice/overview/20260101/20261231";
    let papers = parent.json(overview).await;
    let paper = &papers["payload"][0];
    let path = format!(
        "/restservices-parent/administration/{}/invoice/{}",
        paper["adminId"].as_str().unwrap(),
        paper["itemId"].as_str().unwrap()
    );
    let answer = parent.ask(&path).await;
    assert_eq!(answer.headers()["content-type"], "application/pdf");
    let bytes = answer.bytes().await.unwrap();
    assert!(bytes.starts_with(b"%PDF-1.4\n") && bytes.ends_with(b"%%EOF\n"));
    let text = String::from_utf8_lossy(&bytes);
    let table: usize =
        text.split("startxref\n").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
    assert!(text[table..].starts_with("xref\n0 6\n0000000000 65535 f \n"));
    let other = house.sign_in("nieuw").await.ask(&path).await;
    assert_eq!(other.status(), 404, "another family's paper");
}

#[tokio::test]
async fn our_extension_answers_as_described() {
    let house = House::small().await;
    let url = house.url("/parent-api/v1/capabilities");
    check(&house, house.http.get(url), golden!("capabilities")).await;
    let nursery = house.portal.nursery();
    let new = NewPhotos { username: Some("nieuw".into()), ..NewPhotos::default() };
    let yes = nursery.post_photos(new.clone()).await.unwrap().photos.remove(0);
    let forbidden = NewPhotos { may_not_be_saved: true, ..new };
    let no = nursery.post_photos(forbidden).await.unwrap().photos.remove(0);
    let token = house.sign_in("nieuw").await.token;
    let url = house.url(&format!("/parent-api/v1/media?ids={yes},{no},nergens"));
    check(&house, house.http.get(url).bearer_auth(token), golden!("media")).await;
    let other = house.sign_in("sanne").await;
    let unknown = other.text(&format!("/parent-api/v1/media?ids={yes}")).await;
    assert_eq!(unknown, r#"{"media":[]}"#, "another family's photo");
}
