//! Uploads over tus: in pieces, resumed, checked, dropped, used once, and shown.

use crate::parent::{House, Parent, a_photo, code, key};
use reqwest::{Method, StatusCode};
use schriftje_demo_portal::{Fault, FaultKind, start};
use serde_json::{Value, json};

async fn offset(parent: &Parent<'_>, location: &str) -> Option<String> {
    let answer = parent.tus(Method::HEAD, location).send().await.unwrap();
    let offset = answer.headers().get("upload-offset")?;
    Some(offset.to_str().unwrap().to_owned())
}

/// Sends a message with `uploads`; the photos of it come back.
async fn sent(parent: &Parent<'_>, uploads: &[String]) -> Vec<Value> {
    let child = parent.child().await;
    let body = json!({
        "childId": child, "group": null, "subject": "Foto", "text": "", "uploads": uploads
    });
    let id = parent.written("/messages", &body).await["conversationId"].clone();
    let path =
        format!("/restservices-parent/logbook/details/{}/summary/true", id.as_str().unwrap());
    parent.json(&path).await["messages"][0]["photos"].as_array().unwrap().clone()
}

#[tokio::test]
async fn an_upload_goes_on_where_it_was() {
    let mut house = House::small().await;
    let bytes = a_photo(400, 300);
    let half = bytes.len() / 2;
    let location = {
        let parent = house.sign_in("sanne").await;
        let location = parent.begin_upload("image/jpeg", bytes.len()).await;
        assert_eq!(offset(&parent, &location).await.as_deref(), Some("0"));
        let first = parent.append(&location, 0, &bytes[..half]).send().await.unwrap();
        assert_eq!(first.status(), StatusCode::NO_CONTENT);
        assert_eq!(first.headers()["upload-offset"], half.to_string().as_str());
        assert_eq!(first.headers()["tus-resumable"], "1.0.0");
        let again = parent.append(&location, 0, &bytes[..half]).send().await.unwrap();
        assert_eq!(again.status(), StatusCode::CONFLICT, "another offset than the portal's");
        location
    };
    let options = house.portal.options();
    house.portal.stop().await;
    house.portal = start(options).await.unwrap();
    let parent = house.sign_in("sanne").await;
    assert_eq!(offset(&parent, &location).await, Some(half.to_string()));
    // The answer to the last piece is lost, not the piece.
    house.portal.faults().add(Fault::once(FaultKind::EffectThenReset).only("PATCH"));
    assert!(parent.append(&location, half, &bytes[half..]).send().await.is_err());
    assert_eq!(offset(&parent, &location).await, Some(bytes.len().to_string()));
    let id = location.rsplit_once('/').unwrap().1.to_owned();
    let photo = &sent(&parent, &[id]).await[0];
    let full = house.http.get(photo["fullSizeUrl"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(full.bytes().await.unwrap(), bytes, "a JPEG stays as it was sent");
}

#[tokio::test]
async fn nothing_is_kept_of_a_piece_with_a_wrong_checksum() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let bytes = a_photo(40, 30);
    let location = parent.begin_upload("image/jpeg", bytes.len()).await;
    let wrong = parent.append(&location, 0, &bytes).body(vec![0xFF; bytes.len()]);
    let wrong = wrong.send().await.unwrap();
    assert_eq!(code(wrong).await, (460, "checksum-mismatch".into()));
    assert_eq!(offset(&parent, &location).await.as_deref(), Some("0"));
    let right = parent.append(&location, 0, &bytes).send().await.unwrap();
    assert_eq!(right.status(), StatusCode::NO_CONTENT);
    let more = parent.append(&location, bytes.len(), b"te veel").send().await.unwrap();
    assert_eq!(code(more).await, (413, "upload-too-large".into()));
}

#[tokio::test]
async fn a_file_is_what_its_bytes_say() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbaImage::new(30, 20).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let png = png.into_inner();
    let broken = &a_photo(200, 200)[..150];
    let mut heic = [0; 64];
    heic[4..12].copy_from_slice(b"ftypheic");
    for (media_type, bytes) in [
        ("image/jpeg", &png[..]),
        ("image/jpeg", broken),
        ("image/jpeg", b"<html><script>alert(1)</script></html>"),
        ("video/mp4", &heic[..]),
        ("image/png", b"x"),
    ] {
        let location = parent.begin_upload(media_type, bytes.len()).await;
        let answer = parent.append(&location, 0, bytes).send().await.unwrap();
        assert_eq!(code(answer).await, (415, "type-not-allowed".into()), "{media_type}");
        assert_eq!(offset(&parent, &location).await.as_deref(), Some("0"));
    }
    for (media_type, length) in [("image/heic", 10), ("text/html", 10), ("image/jpeg", 0)] {
        let answer = parent.create(&key(), media_type, length).send().await.unwrap();
        assert_eq!(code(answer).await, (415, "type-not-allowed".into()), "{media_type}");
    }
    let answer = parent.create(&key(), "video/mp4", 100 * 1024 * 1024 + 1).send().await.unwrap();
    assert_eq!(code(answer).await, (413, "upload-too-large".into()));
    let wide = a_photo(2_561, 8);
    let location = parent.begin_upload("image/jpeg", wide.len()).await;
    let answer = parent.append(&location, 0, &wide).send().await.unwrap();
    assert_eq!(code(answer).await, (413, "upload-too-large".into()));
    parent.upload("image/png", &png).await;
    // However small the pieces it comes in.
    let location = parent.begin_upload("video/mp4", heic.len()).await;
    let start = parent.append(&location, 0, &heic[..9]).send().await.unwrap();
    assert_eq!(start.status(), StatusCode::NO_CONTENT);
    let answer = parent.append(&location, 9, &heic[9..]).send().await.unwrap();
    assert_eq!(code(answer).await, (415, "type-not-allowed".into()));
}

#[tokio::test]
async fn photos_come_in_every_size_and_films_as_they_are() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let film = schriftje_demo_pictures::videos()[0].bytes;
    let mut webp = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(1_600, 900).write_to(&mut webp, image::ImageFormat::WebP).unwrap();
    let uploads =
        [parent.upload("image/webp", webp.get_ref()).await, parent.upload("video/mp4", film).await];
    let photos = sent(&parent, &uploads).await;
    let get = async |photo: &Value, size: &str| {
        let answer = house.http.get(photo[size].as_str().unwrap()).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{size}");
        (answer.headers()["content-type"].clone(), answer.bytes().await.unwrap())
    };
    let edges =
        [("thumbUrl", (320, 180)), ("mediumUrl", (1_280, 720)), ("fullSizeUrl", (1_600, 900))];
    for (size, edge) in edges {
        let (media_type, bytes) = get(&photos[0], size).await;
        assert_eq!(media_type, "image/jpeg");
        let picture = image::load_from_memory(&bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), edge, "{size}");
    }
    assert_eq!(photos[1]["mediaType"], "video");
    assert_eq!(get(&photos[1], "fullSizeUrl").await, ("video/mp4".parse().unwrap(), film.into()));
    let (poster, _) = get(&photos[1], "thumbUrl").await;
    assert_eq!(poster, "image/jpeg");
    let part = house
        .http
        .get(photos[1]["fullSizeUrl"].as_str().unwrap())
        .header("Range", "bytes=0-9")
        .send()
        .await
        .unwrap();
    assert_eq!(part.bytes().await.unwrap(), film[..10]);
    let id = photos[0]["id"].as_str().unwrap();
    let saveable = parent.json(&format!("/parent-api/v1/media?ids={id}")).await;
    assert_eq!(saveable["media"][0]["saveable"], true);
}

#[tokio::test]
async fn an_upload_is_its_makers_and_is_used_once() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let bytes = a_photo(40, 30);
    let id = parent.upload("image/jpeg", &bytes).await;
    let location = format!("/parent-api/v1/uploads/{id}");
    let other = house.sign_in("joris").await;
    assert_eq!(offset(&other, &location).await, None);
    let child = parent.child().await;
    let body = json!({ "childId": child, "subject": "S", "text": "", "uploads": [id] });
    assert_eq!(other.refused("/messages", &body).await, (422, "upload-unknown".into()));
    let twice = json!({ "childId": child, "subject": "S", "text": "", "uploads": [id, id] });
    assert_eq!(parent.refused("/messages", &twice).await, (422, "upload-unknown".into()));
    parent.written("/messages", &body).await;
    assert_eq!(parent.refused("/messages", &body).await, (422, "upload-unknown".into()));
    // Its maker, not knowing that the write arrived, still sees that all of it did.
    assert_eq!(offset(&parent, &location).await, Some(bytes.len().to_string()));
    let dropped = parent.tus(Method::DELETE, &location).send().await.unwrap();
    assert_eq!(dropped.status(), StatusCode::CONFLICT);

    let half = parent.begin_upload("image/jpeg", bytes.len()).await;
    let half_id = half.rsplit_once('/').unwrap().1;
    let body = json!({ "childId": child, "subject": "S", "text": "", "uploads": [half_id] });
    assert_eq!(parent.refused("/messages", &body).await, (409, "upload-incomplete".into()));
    let dropped = parent.tus(Method::DELETE, &half).send().await.unwrap();
    assert_eq!(dropped.status(), StatusCode::NO_CONTENT);
    assert_eq!(parent.refused("/messages", &body).await, (422, "upload-unknown".into()));
}

#[tokio::test]
async fn beginning_an_upload_twice_begins_it_once() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let key = key();
    let mut locations = Vec::new();
    for _ in 0..2 {
        let answer = parent.create(&key, "image/jpeg", 1_000).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::CREATED);
        locations.push(answer.headers()["location"].clone());
    }
    assert_eq!(locations[0], locations[1]);
    let other = parent.create(&key, "image/jpeg", 1_001).send().await.unwrap();
    assert_eq!(code(other).await, (422, "idempotency-key-reused".into()));
}

#[tokio::test]
async fn what_nobody_used_is_dropped_after_a_day() {
    let house = House::small().await;
    let bytes = a_photo(40, 30);
    let id = house.sign_in("sanne").await.upload("image/jpeg", &bytes).await;
    assert!(house.folder.path().join("uploads").join(&id).exists());
    house.portal.clock().advance(chrono::TimeDelta::hours(24));
    let parent = house.sign_in("sanne").await;
    assert_eq!(offset(&parent, &format!("/parent-api/v1/uploads/{id}")).await, None);
    parent.begin_upload("image/jpeg", 10).await;
    assert!(!house.folder.path().join("uploads").join(&id).exists());
}

#[tokio::test]
async fn the_portal_says_which_tus_it_speaks() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let url = house.url("/parent-api/v1/uploads");
    let offer = house.http.request(Method::OPTIONS, &url).send().await.unwrap();
    assert_eq!(offer.status(), StatusCode::NO_CONTENT);
    for (name, value) in [
        ("tus-version", "1.0.0"),
        ("tus-extension", "creation,checksum,termination"),
        ("tus-max-size", "104857600"),
        ("tus-checksum-algorithm", "sha256"),
    ] {
        assert_eq!(offer.headers()[name], value);
    }
    let other = house.http.post(&url).bearer_auth(&parent.token).send().await.unwrap();
    assert_eq!(other.status(), StatusCode::PRECONDITION_FAILED);
    assert_eq!(other.headers()["tus-version"], "1.0.0");
}
