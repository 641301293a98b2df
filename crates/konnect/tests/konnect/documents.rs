//! The administration's documents: the list of a year, and a file of at most so many bytes.

use crate::peer::{answer, app_tokens, noon, ok, portal_at, raw, session};
use schriftje_konnect::{DocumentPlace, PortalError, Session};
use schriftje_model::DocumentKind;
use serde_json::json;
use wiremock::matchers::{header_exists, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const FILE: &str = "/restservices-parent/administration/12/invoice/f-9";

fn place() -> DocumentPlace {
    DocumentPlace { kind: DocumentKind::Invoice, admin: "12".into(), item: "f-9".into() }
}

async fn file(template: ResponseTemplate, limit: u64) -> Result<Vec<u8>, PortalError> {
    let server = MockServer::start().await;
    Mock::given(path(FILE))
        .and(header_exists("authorization"))
        .respond_with(template)
        .mount(&server)
        .await;
    read(&session(portal_at(&server.uri()), app_tokens("a", 15)), limit).await
}

async fn read(session: &Session, limit: u64) -> Result<Vec<u8>, PortalError> {
    Ok(session.document(&place(), limit).await?.bytes().await?.to_vec())
}

#[tokio::test]
async fn the_list_of_a_year_is_asked_for_as_it_was_observed() {
    let server = MockServer::start().await;
    let list = json!({"result": true, "payload": [
        {"hasAttachment": false, "itemDate": "2025-12-31", "adminId": "12", "itemId": 4,
         "subject": "Jaaropgave"},
    ], "messages": []});
    Mock::given(path(
        "/restservices-parent/administration/annualstatement/overview/20250101/20251231",
    ))
    .respond_with(ok(&list))
    .mount(&server)
    .await;
    let session = session(portal_at(&server.uri()), app_tokens("a", 15));
    let read = session.documents(DocumentKind::AnnualStatement, 2025).await.unwrap();
    let place = &read.documents[0].place;
    assert_eq!((place.admin.as_str(), place.item.as_str()), ("12", "4"));
    assert!(!read.documents[0].has_file);
}

#[tokio::test]
async fn a_file_has_bounds_and_every_trouble_its_own_name() {
    let pdf = |status| answer(status, noon()).set_body_raw(b"%PDF-1.4\n".to_vec(), "text/plain");
    assert_eq!(file(pdf(200), 9).await.unwrap(), b"%PDF-1.4\n");
    assert_eq!(file(pdf(200), 8).await, Err(PortalError::TooLarge { limit: 8 }));
    let gone = Err(PortalError::Refused { status: 404, message_code: None });
    assert_eq!(file(pdf(404), 9).await, gone);
    assert!(matches!(file(pdf(503), 9).await, Err(PortalError::Server { status: 503, .. })));
    let page = answer(200, noon()).set_body_raw("<html>sign in</html>", "text/html");
    assert_eq!(file(page, 100).await, Err(PortalError::NotAPortal));
    let refusal = json!({"result": false, "messages": [{"messageCode": "web.no.rights"}]});
    let refused = PortalError::Refused { status: 200, message_code: Some("web.no.rights".into()) };
    assert_eq!(file(ok(&refusal), 100).await, Err(refused));
    let away = answer(302, noon()).insert_header("location", "http://127.0.0.2:9/x");
    assert_eq!(file(away, 100).await, Err(PortalError::Redirected));
}

#[tokio::test]
async fn a_file_that_was_cut_off_or_never_ends_is_none() {
    let short = "HTTP/1.1 200 OK\r\ncontent-type: application/pdf\r\ncontent-length: 99\r\n\r\n";
    let cut = session(portal_at(&raw(short, b"%PDF-").await), app_tokens("a", 15));
    assert_eq!(read(&cut, 1000).await, Err(PortalError::Truncated));
    let endless =
        crate::peer::endless("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await;
    let endless = session(portal_at(&endless), app_tokens("a", 15));
    assert_eq!(read(&endless, 1000).await, Err(PortalError::TooLarge { limit: 1000 }));
}

#[tokio::test]
async fn names_that_lead_elsewhere_are_never_sent() {
    let server = MockServer::start().await;
    let session = session(portal_at(&server.uri()), app_tokens("a", 15));
    for (admin, item) in [("..", "1"), ("1", "../../auth-api/token"), ("", "1"), ("1", "a b")] {
        let place = DocumentPlace { admin: admin.into(), item: item.into(), ..place() };
        let refused = session.document(&place, 9).await.unwrap_err();
        assert_eq!(refused, PortalError::Refused { status: 404, message_code: None });
    }
    assert_eq!(server.received_requests().await.unwrap().len(), 0);
}
