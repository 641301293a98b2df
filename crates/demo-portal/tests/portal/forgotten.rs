//! A forgotten password, as a parent goes through it in a browser.

use crate::parent::House;
use chrono::TimeDelta;
use reqwest::{Response, StatusCode};
use schriftje_demo_portal::TrueEmail;
use serde_json::Value;

const ASK: &str = "/auth/wachtwoord-vergeten";
const NEW: &str = "een heel nieuw wachtwoord 1";

async fn post(house: &House, path: &str, fields: &[(&str, &str)]) -> Response {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let form = "application/x-www-form-urlencoded";
    house.http.post(house.url(path)).header("Content-Type", form).body(body).send().await.unwrap()
}

async fn asked(house: &House, who: &str) -> String {
    let answer = post(house, ASK, &[("who", who)]).await;
    assert_eq!(answer.status(), StatusCode::OK);
    answer.text().await.unwrap()
}

async fn mails(house: &House) -> Vec<TrueEmail> {
    let truth = house.portal.nursery().truth(Some("sanne")).await.unwrap();
    truth.emails.into_iter().filter(|email| email.item == "password").collect()
}

/// The key in the newest link.
async fn newest_key(house: &House) -> String {
    let link = mails(house).await.pop().unwrap().link.unwrap();
    let page = house.http.get(&link).send().await.unwrap().text().await.unwrap();
    let key = link.split_once("?key=").unwrap().1.to_owned();
    assert!(page.contains(&key) && page.contains("name=\"new\""), "{page}");
    key
}

async fn sets(house: &House, key: &str, new: &str) -> StatusCode {
    let fields = [("key", key), ("new", new), ("again", new)];
    post(house, "/auth/nieuw-wachtwoord", &fields).await.status()
}

async fn signs_in(house: &House, password: &str) -> bool {
    let answer: Value = house.login("sanne", password).send().await.unwrap().json().await.unwrap();
    answer["authToken"].is_string()
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_by_the_link_in_an_e_mail() {
    let house = House::small().await;
    let login = house.http.get(house.url("/auth/login")).send().await.unwrap();
    assert!(login.text().await.unwrap().contains(&format!("href=\"{ASK}\"")));
    asked(&house, " Sanne ").await;
    let sent = mails(&house).await;
    assert_eq!(sent.len(), 1);
    assert_eq!((&*sent[0].account, &*sent[0].address), ("sanne", "sanne@voorbeeld.example"));
    let key = newest_key(&house).await;
    // By the rules for changing it; what is refused uses nothing up.
    let short = sets(&house, &key, "kort 1").await;
    assert_eq!(short, StatusCode::UNPROCESSABLE_ENTITY);
    let unlike = [("key", &*key), ("new", NEW), ("again", "iets anders 22")];
    let unlike = post(&house, "/auth/nieuw-wachtwoord", &unlike).await.status();
    assert_eq!(unlike, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(signs_in(&house, "welkom-demo").await);
    assert_eq!(sets(&house, &key, NEW).await, StatusCode::OK);
    assert!(signs_in(&house, NEW).await && !signs_in(&house, "welkom-demo").await);
    // Once.
    assert_eq!(sets(&house, &key, "nog een ander wachtwoord 2").await, StatusCode::GONE);
    assert!(signs_in(&house, NEW).await);
}

#[tokio::test]
async fn whether_anybody_is_called_that_is_not_told() {
    let house = House::small().await;
    let known = asked(&house, "SANNE@voorbeeld.example").await;
    assert_eq!(asked(&house, "niemand@voorbeeld.example").await, known);
    assert_eq!(asked(&house, "").await, known);
    assert_eq!(mails(&house).await.len(), 1);
    house.portal.nursery().end_account("sanne").await.unwrap();
    assert_eq!(asked(&house, "sanne").await, known);
    assert_eq!(mails(&house).await.len(), 1);
}

#[tokio::test]
async fn a_link_is_good_for_an_hour_and_until_the_next_one() {
    let house = House::small().await;
    asked(&house, "sanne").await;
    let first = newest_key(&house).await;
    asked(&house, "sanne").await;
    let second = newest_key(&house).await;
    assert_eq!(sets(&house, &first, NEW).await, StatusCode::GONE);
    house.portal.clock().advance(TimeDelta::minutes(60));
    assert_eq!(sets(&house, &second, NEW).await, StatusCode::GONE);
    for key in ["", "geraden", "\"><script>"] {
        assert_eq!(sets(&house, key, NEW).await, StatusCode::GONE, "{key}");
    }
    assert!(signs_in(&house, "welkom-demo").await);
}
