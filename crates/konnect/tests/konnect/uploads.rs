//! Photos and videos go up in pieces, go on where they were broken off, and stay at the portal.

use crate::peer::{answer, app_tokens, noon, portal_at, raw, session};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use schriftje_konnect::{PortalError, Session, UploadId, WriteError};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex};
use uuid::Uuid;
use wiremock::matchers::{any, method};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

const KEY: Uuid = Uuid::from_u128(0xabc);

/// A portal that takes one upload.
#[derive(Clone, Default)]
struct Tus(Arc<Mutex<Vec<u8>>>);

impl Respond for Tus {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let text = |name: &str| request.headers.get(name).map(|value| value.to_str().unwrap());
        assert_eq!(text("tus-resumable"), Some("1.0.0"));
        let mut kept = self.0.lock().unwrap();
        let at = |status, offset: usize| {
            answer(status, noon()).insert_header("upload-offset", offset.to_string())
        };
        match request.method.as_str() {
            "POST" => answer(201, noon()).insert_header("location", "/parent-api/v1/uploads/u-1"),
            "HEAD" => at(200, kept.len()),
            "PATCH" => {
                assert_eq!(text("content-type"), Some("application/offset+octet-stream"));
                let sum = format!("sha256 {}", STANDARD.encode(Sha256::digest(&request.body)));
                if text("upload-checksum") != Some(&sum) {
                    return answer(460, noon());
                }
                if text("upload-offset") != Some(&kept.len().to_string()) {
                    let said = json!({"code": "upload-incomplete"});
                    return answer(409, noon()).set_body_json(said);
                }
                kept.extend_from_slice(&request.body);
                at(204, kept.len())
            }
            _ => answer(204, noon()),
        }
    }
}

async fn portal(respond: impl Respond + 'static) -> (MockServer, Session) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(respond).mount(&server).await;
    let session = session(portal_at(&server.uri()), app_tokens("a", 15));
    (server, session)
}

fn changed() -> WriteError {
    WriteError::Portal(PortalError::Changed { what: "uploads" })
}

#[tokio::test]
async fn an_upload_that_was_broken_off_goes_on_where_the_portal_is() {
    let tus = Tus::default();
    let (_server, session) = portal(tus.clone()).await;
    let film: Bytes = (0..100_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    let length = film.len() as u64;
    let upload = session.create_upload(KEY, length, "video/mp4", "film.mp4").await.unwrap();
    assert_eq!(upload, UploadId::from("u-1"));
    assert_eq!(session.upload_offset(&upload).await, Ok(0));
    assert_eq!(session.upload_piece(&upload, 0, film.slice(..60_000)).await, Ok(60_000));
    // A piece whose answer got lost is sent again: the portal is further, and says where.
    let piece = film.slice(60_000..80_000);
    session.upload_piece(&upload, 60_000, piece.clone()).await.unwrap();
    let again = session.upload_piece(&upload, 60_000, piece).await;
    assert!(matches!(again, Err(WriteError::Refused { status: 409, .. })), "{again:?}");
    let at = session.upload_offset(&upload).await.unwrap();
    let rest = film.slice(usize::try_from(at).unwrap()..);
    assert_eq!(session.upload_piece(&upload, at, rest).await, Ok(length));
    assert_eq!(*tus.0.lock().unwrap(), film);
    assert_eq!(session.drop_upload(&upload).await, Ok(()));
}

#[tokio::test]
async fn a_place_outside_the_portals_own_uploads_is_refused() {
    let elsewhere = MockServer::start().await;
    for place in [
        format!("{}/parent-api/v1/uploads/u1", elsewhere.uri()),
        "/auth-api/login".to_owned(),
        "/parent-api/v1/uploads/../messages/k1".to_owned(),
        "//evil.example/parent-api/v1/uploads/u1".to_owned(),
    ] {
        let (_server, session) =
            portal(answer(201, noon()).insert_header("location", place.as_str())).await;
        let refused = session.create_upload(KEY, 1, "image/jpeg", "a.jpg").await;
        assert_eq!(refused, Err(WriteError::Portal(PortalError::Redirected)), "{place}");
    }
    assert!(elsewhere.received_requests().await.unwrap().is_empty());
    let (_server, session) = portal(answer(201, noon())).await;
    assert_eq!(session.create_upload(KEY, 1, "image/jpeg", "a.jpg").await, Err(changed()));
}

#[tokio::test]
async fn an_identity_that_leads_elsewhere_is_not_asked_for() {
    let (server, session) = portal(Tus::default()).await;
    let unknown = WriteError::Refused { status: 404, code: None, detail: None };
    for id in ["..", "../messages", "", "a/b"] {
        let id = UploadId::from(id);
        assert_eq!(session.upload_offset(&id).await, Err(unknown.clone()));
        assert_eq!(session.upload_piece(&id, 0, Bytes::new()).await, Err(unknown.clone()));
        assert_eq!(session.drop_upload(&id).await, Err(unknown.clone()));
    }
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn refusals_are_told_apart_from_trouble() {
    let id = UploadId::from("u1");
    let said = json!({"code": "upload-too-large", "detail": "Te groot."});
    let (_server, session) = portal(answer(413, noon()).set_body_json(said)).await;
    let refused = session.create_upload(KEY, 1, "image/jpeg", "a.jpg").await;
    let code = Some("upload-too-large".to_owned());
    let detail = Some("Te groot.".to_owned());
    assert_eq!(refused, Err(WriteError::Refused { status: 413, code, detail }));
    for status in [404, 409, 410, 460] {
        let (_server, session) = portal(answer(status, noon())).await;
        let bare = WriteError::Refused { status, code: None, detail: None };
        assert_eq!(session.upload_piece(&id, 0, Bytes::from("x")).await, Err(bare.clone()));
        assert_eq!(session.upload_offset(&id).await, Err(bare));
    }
    let (_server, session) = portal(answer(503, noon())).await;
    let down = WriteError::Portal(PortalError::Server { status: 503, retry_after: None });
    assert_eq!(session.upload_piece(&id, 0, Bytes::from("x")).await, Err(down));
    let session = self::session(portal_at(&raw("", b"").await), app_tokens("a", 15));
    let cut = session.upload_piece(&id, 0, Bytes::from("x")).await;
    assert_eq!(cut, Err(WriteError::Portal(PortalError::Truncated)));
}

#[tokio::test]
async fn an_offset_that_cannot_be_is_a_changed_portal() {
    let id = UploadId::from("u1");
    for offset in ["-1", "many", "", "3.5"] {
        let template = answer(200, noon()).insert_header("upload-offset", offset);
        let (_server, session) = portal(template).await;
        assert_eq!(session.upload_offset(&id).await, Err(changed()), "{offset:?}");
    }
    for offset in ["9", "14", "18446744073709551615"] {
        let template = answer(204, noon()).insert_header("upload-offset", offset);
        let (_server, session) = portal(template).await;
        let piece = session.upload_piece(&id, 10, Bytes::from("abc")).await;
        assert_eq!(piece, Err(changed()), "{offset}");
    }
    let (_server, session) = portal(answer(204, noon())).await;
    assert_eq!(session.upload_piece(&id, 0, Bytes::new()).await, Err(changed()));
}

#[tokio::test]
async fn an_upload_that_is_gone_is_dropped() {
    for status in [404, 410] {
        let server = MockServer::start().await;
        let gone = answer(status, noon());
        Mock::given(method("DELETE")).respond_with(gone).expect(1).mount(&server).await;
        let session = session(portal_at(&server.uri()), app_tokens("a", 15));
        assert_eq!(session.drop_upload(&"u1".into()).await, Ok(()));
    }
}
