//! The second origin.

use crate::parent::{House, photos};
use chrono::TimeDelta;
use reqwest::StatusCode;
use schriftje_demo_portal::{NewPhotos, Options, Origin};
use serde_json::Value;

async fn first_photo(house: &House) -> Value {
    let new = NewPhotos { username: Some("nieuw".into()), ..NewPhotos::default() };
    house.portal.nursery().post_photos(new).await.unwrap();
    photos(&house.sign_in("nieuw").await.cards(0).await[0])[0].clone()
}

fn url<'a>(photo: &'a Value, size: &str) -> &'a str {
    photo[size].as_str().unwrap()
}

#[tokio::test]
async fn a_plain_get_brings_the_picture_in_each_small_size() {
    let house = House::small().await;
    let photo = first_photo(&house).await;
    for (size, long_edge) in [("thumbUrl", 320), ("mediumUrl", 1280)] {
        let answer = house.http.get(url(&photo, size)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["content-type"], "image/jpeg");
        let length = answer.headers()["content-length"].to_str().unwrap().to_owned();
        let bytes = answer.bytes().await.unwrap();
        assert_eq!(bytes.len().to_string(), length);
        let picture = image::load_from_memory(&bytes).unwrap();
        assert_eq!(picture.width().max(picture.height()), long_edge);
    }
}

#[tokio::test]
async fn a_picture_is_drawn_once_and_kept() {
    let house = House::with(|options| Options { pictures: None, ..options }).await;
    let photo = first_photo(&house).await;
    let get = async || {
        let answer = house.http.get(url(&photo, "thumbUrl")).send().await.unwrap();
        answer.bytes().await.unwrap()
    };
    let drawn = get().await;
    let kept: Vec<_> = std::fs::read_dir(house.folder.path().join("pictures"))
        .unwrap()
        .map(|file| std::fs::read(file.unwrap().path()).unwrap())
        .collect();
    assert_eq!(kept, [drawn.to_vec()]);
    assert_eq!(get().await, drawn);
}

#[tokio::test]
async fn a_signed_url_dies_after_an_hour() {
    let house = House::small().await;
    let photo = first_photo(&house).await;
    house.portal.clock().advance(TimeDelta::seconds(3_599));
    let answer = house.http.get(url(&photo, "thumbUrl")).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    house.portal.clock().advance(TimeDelta::seconds(1));
    let answer = house.http.get(url(&photo, "thumbUrl")).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_token_is_refused_there_and_so_is_a_changed_url() {
    let house = House::small().await;
    let photo = first_photo(&house).await;
    let thumb = url(&photo, "thumbUrl");
    let with_token = house.http.get(thumb).bearer_auth("x").send().await.unwrap();
    assert_eq!(with_token.status(), StatusCode::FORBIDDEN);
    for changed in [
        thumb.replace("thumb.jpg", "medium.jpg"),
        thumb.replace("Expires=17", "Expires=18"),
        thumb.split('?').next().unwrap().to_owned(),
        thumb.replace("Key-Pair-Id", "Other"),
    ] {
        let answer = house.http.get(changed).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    }
    let seen = house.portal.requests();
    let with_bearer: Vec<_> = seen
        .iter()
        .filter(|request| request.origin == Origin::Media && request.has_bearer)
        .collect();
    assert_eq!(with_bearer.len(), 1, "the record tells who sent a token where");
}

#[tokio::test]
async fn a_removed_photo_is_gone_at_once() {
    let house = House::small().await;
    let photo = first_photo(&house).await;
    house.portal.nursery().remove_photo(photo["id"].as_str().unwrap()).await.unwrap();
    let answer = house.http.get(url(&photo, "thumbUrl")).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_film_comes_whole_or_in_ranges() {
    let house = House::small().await;
    let new = NewPhotos { username: Some("nieuw".into()), film: true, ..NewPhotos::default() };
    house.portal.nursery().post_photos(new).await.unwrap();
    let film = photos(&house.sign_in("nieuw").await.cards(0).await[0])[0].clone();
    assert_eq!(film["mediaType"], "video");
    let whole = house.http.get(url(&film, "fullSizeUrl")).send().await.unwrap();
    assert_eq!(whole.headers()["content-type"], "video/mp4");
    assert_eq!(whole.headers()["accept-ranges"], "bytes");
    let whole = whole.bytes().await.unwrap();
    let total = whole.len();
    for (range, expected) in [
        ("bytes=0-99", &whole[..100]),
        ("bytes=100-", &whole[100..]),
        ("bytes=-10", &whole[total - 10..]),
    ] {
        let request = house.http.get(url(&film, "fullSizeUrl")).header("Range", range);
        let part = request.send().await.unwrap();
        assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
        let content_range = part.headers()["content-range"].to_str().unwrap().to_owned();
        assert!(content_range.ends_with(&format!("/{total}")), "{content_range}");
        assert_eq!(part.bytes().await.unwrap(), expected);
    }
    let beyond = house
        .http
        .get(url(&film, "fullSizeUrl"))
        .header("Range", format!("bytes={total}-"))
        .send()
        .await
        .unwrap();
    assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    let poster = house.http.get(url(&film, "thumbUrl")).send().await.unwrap();
    assert_eq!(poster.headers()["content-type"], "image/jpeg");
}

#[tokio::test]
async fn a_child_has_a_face() {
    let house = House::small().await;
    let cards = house.sign_in("sanne").await.cards(0).await;
    let face = cards[0]["children"][0]["avatars"]["fullSizeUrl"].as_str().unwrap();
    let answer = house.http.get(face).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "image/jpeg");
    let picture = image::load_from_memory(&answer.bytes().await.unwrap()).unwrap();
    assert_eq!((picture.width(), picture.height()), (256, 256));
}
