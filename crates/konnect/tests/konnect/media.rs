//! Pictures and films: no secret goes along, and every trouble has its own name.

use crate::peer::{answer, app_tokens, asked, config, noon, ok, portal_at, raw, session};
use schriftje_konnect::{
    ByteRange, Manners, MediaSource, Portal, PortalAddress, PortalError, Session,
};
use schriftje_model::TestClock;
use serde_json::{Value, json};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

const CARDS: &str = "/restservices-parent/timeline/cards/v2/0";

/// A card with one photo whose three sizes are at `uri`.
fn card_at(uri: &str) -> Value {
    json!([{
        "date": 1_791_324_000_000_i64, "type": "photo", "children": [],
        "photos": [{
            "id": "p1", "mediaType": "photo",
            "thumbUrl": format!("{uri}/thumb.jpeg?Expires=1&Signature=geheim"),
        }],
    }])
}

async fn source_at(uri: &str) -> (MockServer, Session, MediaSource) {
    let server = MockServer::start().await;
    Mock::given(path(CARDS)).respond_with(ok(&card_at(uri))).mount(&server).await;
    let session = session(portal_at(&server.uri()), app_tokens("a", 15));
    let mut page = session.timeline_page(0).await.unwrap();
    let source = page.cards.remove(0).media.remove(0).source;
    (server, session, source)
}

async fn photo(template: ResponseTemplate, limit: u64) -> Result<Vec<u8>, PortalError> {
    let media = MockServer::start().await;
    Mock::given(path("/thumb.jpeg")).respond_with(template).mount(&media).await;
    let (_server, session, source) = source_at(&media.uri()).await;
    Ok(session.download(&source, None, limit).await?.bytes().await?.to_vec())
}

#[tokio::test]
async fn media_gets_no_token_no_cookie_and_no_referer() {
    let media = MockServer::start().await;
    let jpeg = answer(200, noon()).set_body_raw(vec![7; 10], "Image/JPEG; x=y");
    Mock::given(path("/thumb.jpeg")).respond_with(jpeg).mount(&media).await;
    let (_server, session, source) = source_at(&media.uri()).await;
    let body = session.download(&source, None, 10).await.unwrap();
    assert_eq!((body.mime.as_deref(), body.length), (Some("image/jpeg"), Some(10)));
    assert_eq!(body.bytes().await.unwrap().len(), 10);
    let requests = media.received_requests().await.unwrap();
    assert_eq!(requests.len(), 1);
    for name in ["authorization", "cookie", "referer", "x-client-name"] {
        assert!(!requests[0].headers.contains_key(name), "{name}");
    }
}

#[tokio::test]
async fn media_troubles_are_told_apart() {
    let jpeg = |status| answer(status, noon()).set_body_raw(vec![7; 10], "image/jpeg");
    assert_eq!(photo(jpeg(200), 10).await.unwrap(), vec![7; 10]);
    assert_eq!(photo(jpeg(200), 9).await, Err(PortalError::TooLarge { limit: 9 }));
    assert_eq!(photo(jpeg(403), 10).await, Err(PortalError::MediaExpired));
    assert_eq!(photo(jpeg(404), 10).await, Err(PortalError::MediaGone));
    assert!(matches!(photo(jpeg(500), 10).await, Err(PortalError::Server { status: 500, .. })));
    assert!(matches!(photo(jpeg(429), 10).await, Err(PortalError::TooManyRequests { .. })));
    let away = answer(302, noon()).insert_header("location", "http://127.0.0.2:9/x");
    assert_eq!(photo(away, 10).await, Err(PortalError::Redirected));
}

#[tokio::test]
async fn a_picture_that_was_cut_off_or_never_ends_is_not_a_picture() {
    let short = "HTTP/1.1 200 OK\r\ncontent-type: image/jpeg\r\ncontent-length: 100\r\n\r\n";
    let (_server, session, source) = source_at(&raw(short, b"\xff\xd8").await).await;
    let body = session.download(&source, None, 1000).await.unwrap();
    assert_eq!(body.bytes().await, Err(PortalError::Truncated));
    let endless =
        crate::peer::endless("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await;
    let (_server, session, source) = source_at(&endless).await;
    let limit = 1 << 20;
    let body = session.download(&source, None, limit).await.unwrap();
    assert_eq!(body.bytes().await, Err(PortalError::TooLarge { limit }));
}

#[tokio::test]
async fn no_more_downloads_run_at_once_than_manners_allow() {
    let media = MockServer::start().await;
    let jpeg = answer(200, noon()).set_body_raw(vec![7; 10], "image/jpeg");
    Mock::given(path("/thumb.jpeg")).respond_with(jpeg).mount(&media).await;
    let server = MockServer::start().await;
    Mock::given(path(CARDS)).respond_with(ok(&card_at(&media.uri()))).mount(&server).await;
    let mut config = config(&TestClock::at(noon()));
    config.manners = Manners::Fixed { calls_per_second: 1000, media_at_once: 1 };
    let portal = Portal::new(PortalAddress::parse(&server.uri()).unwrap(), config).unwrap();
    let session = session(portal, app_tokens("a", 15));
    let mut page = session.timeline_page(0).await.unwrap();
    let source = page.cards.remove(0).media.remove(0).source;
    let first = session.download(&source, None, 10).await.unwrap();
    let second = tokio::spawn({
        let (session, source) = (session.clone(), source.clone());
        async move { session.download(&source, None, 10).await?.bytes().await }
    });
    // Time enough for the second to have gone out, if it did not wait.
    for _ in 0..20 {
        session.timeline_page(0).await.unwrap();
    }
    assert_eq!(asked(&media, "/thumb.jpeg").await, 1);
    first.bytes().await.unwrap();
    assert_eq!(second.await.unwrap().unwrap().len(), 10);
    assert_eq!(asked(&media, "/thumb.jpeg").await, 2);
}

#[tokio::test]
async fn a_part_of_a_film_says_which_part_it_is() {
    let media = MockServer::start().await;
    let part = answer(206, noon())
        .insert_header("content-range", "bytes 100-109/5000")
        .set_body_raw(vec![7; 10], "video/mp4");
    Mock::given(path("/thumb.jpeg"))
        .and(wiremock::matchers::header("range", "bytes=100-109"))
        .respond_with(part)
        .mount(&media)
        .await;
    let (_server, session, source) = source_at(&media.uri()).await;
    let range = ByteRange { first: 100, last: Some(109) };
    let body = session.download(&source, Some(range), 1000).await.unwrap();
    assert_eq!((body.first, body.total, body.length), (Some(100), Some(5000), Some(10)));
    assert_eq!(body.bytes().await.unwrap().len(), 10);
}
