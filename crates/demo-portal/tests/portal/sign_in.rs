//! Signing in, staying signed in, and being locked out.

use crate::parent::{House, cookie, now};
use chrono::TimeDelta;
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

async fn refresh_as_app(house: &House, refresh_token: &str) -> Response {
    house
        .http
        .put(house.url("/auth-api/token"))
        .header("X-Client-Name", "OuderApp")
        .header("X-Client-Version", "3.64.1")
        .json(&json!({
            "username": "sanne",
            "refreshToken": refresh_token,
            "connectionType": "unknown",
            "deviceInfo": {},
        }))
        .send()
        .await
        .unwrap()
}

async fn refresh_as_browser(house: &House, token: &str, cookie: &str) -> Response {
    house
        .http
        .put(house.url("/auth-api/token"))
        .bearer_auth(token)
        .header("Cookie", format!("other=1; {cookie}"))
        .json(&json!({}))
        .send()
        .await
        .unwrap()
}

async fn sign_in_as_app(house: &House) -> Value {
    let answer = house
        .login("sanne", "welkom-demo")
        .header("X-Client-Name", "OuderApp")
        .header("X-Client-Version", "3.64.1")
        .send()
        .await
        .unwrap();
    answer.json().await.unwrap()
}

#[tokio::test]
async fn a_token_lives_a_quarter_of_an_hour_by_the_portals_clock() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    house.portal.clock().advance(TimeDelta::seconds(15 * 60 - 1));
    assert_eq!(parent.ask("/restservices-parent/parent").await.status(), StatusCode::OK);
    house.portal.clock().advance(TimeDelta::seconds(1));
    let late = parent.ask("/restservices-parent/parent").await;
    assert_eq!(late.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn both_tokens_rotate_in_app_style_and_an_old_one_is_refused() {
    let house = House::small().await;
    let signed_in = sign_in_as_app(&house).await;
    let first = signed_in["refreshToken"].as_str().unwrap().to_owned();
    house.portal.clock().advance(TimeDelta::days(30));
    let refreshed: Value = refresh_as_app(&house, &first).await.json().await.unwrap();
    assert_ne!(refreshed["authToken"], signed_in["authToken"]);
    let second = refreshed["refreshToken"].as_str().unwrap();
    assert_ne!(second, first);
    assert_eq!(refresh_as_app(&house, &first).await.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(refresh_as_app(&house, second).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn the_cookie_rotates_in_browser_style_and_dies_after_an_hour() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let first = parent.cookie.clone().unwrap();
    // The token is dead by then; whose it was still counts.
    house.portal.clock().advance(TimeDelta::minutes(59));
    let refreshed = refresh_as_browser(&house, &parent.token, &first).await;
    assert_eq!(refreshed.status(), StatusCode::OK);
    let second = cookie(&refreshed).unwrap();
    assert_ne!(second, first);
    let again = refresh_as_browser(&house, &parent.token, &first).await;
    assert_eq!(again.status(), StatusCode::UNAUTHORIZED);
    house.portal.clock().advance(TimeDelta::minutes(60));
    let late = refresh_as_browser(&house, &parent.token, &second).await;
    assert_eq!(late.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_refresh_needs_both_the_cookie_and_a_token_of_the_same_parent() {
    let house = House::small().await;
    let sanne = house.sign_in("sanne").await;
    let joris = house.sign_in("joris").await;
    let cookie = sanne.cookie.clone().unwrap();
    for token in ["nonsense", &joris.token] {
        let answer = refresh_as_browser(&house, token, &cookie).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn five_wrong_passwords_lock_signing_in_for_a_quarter_of_an_hour() {
    let house = House::small().await;
    let blocked_until = async || {
        let answer = house.http.get(house.url("/auth-api/captcha")).send().await.unwrap();
        answer.json::<Value>().await.unwrap()["payload"]["blockedUntil"].clone()
    };
    for _ in 0..5 {
        assert_eq!(blocked_until().await, Value::Null);
        let answer = house.login("sanne", "geraden").send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.json::<Value>().await.unwrap()["result"], false);
    }
    let until = now() + TimeDelta::minutes(15);
    assert_eq!(blocked_until().await, until.timestamp_millis());
    let right: Value =
        house.login("sanne", "welkom-demo").send().await.unwrap().json().await.unwrap();
    assert_eq!(right["messages"][0]["messageCode"], "web.auth.message.login.blocked");
    house.portal.clock().set(until);
    assert_eq!(blocked_until().await, Value::Null);
    house.sign_in("sanne").await;
}

#[tokio::test]
async fn an_ended_account_is_refused_everywhere() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let refresh = sign_in_as_app(&house).await["refreshToken"].as_str().unwrap().to_owned();
    house.portal.nursery().end_account("sanne").await.unwrap();
    assert_eq!(parent.ask("/restservices-parent/parent").await.status(), StatusCode::FORBIDDEN);
    assert_eq!(refresh_as_app(&house, &refresh).await.status(), StatusCode::UNAUTHORIZED);
    let answer: Value =
        house.login("sanne", "welkom-demo").send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["messages"][0]["messageCode"], "web.auth.message.account.inactive");
    house.sign_in("joris").await;
}

#[tokio::test]
async fn sessions_survive_a_restart_on_the_same_ports() {
    let mut house = House::small().await;
    let signed_in = sign_in_as_app(&house).await;
    let token = house.sign_in("sanne").await.token;
    let (options, portal) = (house.portal.options(), house.portal.portal.clone());
    house.portal.stop().await;
    let refused = house.http.get(portal.as_str()).send().await;
    assert!(refused.is_err(), "a stopped portal does not answer");
    house.portal = schriftje_demo_portal::start(options).await.unwrap();
    assert_eq!(house.portal.portal, portal);
    let url = house.url("/restservices-parent/parent");
    let answer = house.http.get(url).bearer_auth(token).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let refresh = signed_in["refreshToken"].as_str().unwrap();
    assert_eq!(refresh_as_app(&house, refresh).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn nothing_is_read_without_a_token() {
    let house = House::small().await;
    for path in [
        "/restservices-parent/parent",
        "/restservices-parent/customer/info",
        "/restservices-parent/children/",
        "/restservices-parent/notification/notifications",
        "/restservices-parent/timeline/cards/v2/0",
        "/restservices-parent/logbook/overview?index=0",
        "/restservices-parent/calendar/20260316/until/20260322",
        "/restservices-parent/htmlnews/view",
        "/restservices-parent/newsletter?index=0",
        "/restservices-parent/administration/invoice/overview/20260101/20261231",
        "/parent-api/v1/media?ids=a",
        "/auth-api/user",
    ] {
        let answer = house.http.get(house.url(path)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{path}");
    }
}

#[tokio::test]
async fn the_sign_in_page_links_what_the_organisation_promises() {
    let house = House::small().await;
    let page = house.http.get(house.url("/auth/login")).send().await.unwrap();
    let page = page.text().await.unwrap();
    assert!(page.contains("<a href=\"/privacyverklaring\">Privacyverklaring</a>"));
    assert!(page.contains("<a href=\"/responsible-disclosure\">Responsible disclosure</a>"));
    for path in ["/parent/", "/privacyverklaring", "/responsible-disclosure"] {
        let answer = house.http.get(house.url(path)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn a_session_outlives_the_day_the_portal_was_filled_on() {
    let mut house = House::small().await;
    let signed_in = sign_in_as_app(&house).await;
    let tomorrow = Some(now() + TimeDelta::days(1));
    let options = schriftje_demo_portal::Options { now: tomorrow, ..house.portal.options() };
    house.portal.stop().await;
    house.portal = schriftje_demo_portal::start(options).await.unwrap();
    let refresh = signed_in["refreshToken"].as_str().unwrap();
    assert_eq!(refresh_as_app(&house, refresh).await.status(), StatusCode::OK);
}
