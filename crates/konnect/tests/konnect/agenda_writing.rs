//! What is asked of the planning, as it goes over the wire.

use crate::peer::{answer, app_tokens, noon, ok, portal_at, session};
use schriftje_konnect::{PortalError, Session, WriteError};
use schriftje_model::{
    AbsenceForm, AbsenceReason, Booking, BookingLine, ChildSlots, DayPart, Quote, RequestForm,
    RequestKind, SlotRef,
};
use serde_json::{Value, json};
use uuid::Uuid;
use wiremock::matchers::{method, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer};

const KEY: Uuid = Uuid::from_u128(0xabc);

async fn says(status: u16, body: Value) -> (MockServer, Session) {
    let server = MockServer::start().await;
    let said = answer(status, noon()).set_body_raw(body.to_string(), "application/json");
    Mock::given(method("POST")).respond_with(said).mount(&server).await;
    let session = session(portal_at(&server.uri()), app_tokens("a", 15));
    (server, session)
}

/// The only call: its method, path and key, and its body.
async fn sent(server: &MockServer) -> (String, Value) {
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 1);
    let key = requests[0].headers["idempotency-key"].to_str().unwrap().to_owned();
    let line = format!("{} {} {key}", requests[0].method, requests[0].url.path());
    (line, serde_json::from_slice(&requests[0].body).unwrap())
}

fn slots() -> ChildSlots {
    let slot = SlotRef {
        day: "2026-03-26".parse().unwrap(),
        starts_at: "2026-03-26T07:00:00Z".parse().unwrap(),
        ends_at: "2026-03-26T17:00:00Z".parse().unwrap(),
    };
    ChildSlots { child: "c1".into(), slots: vec![slot] }
}

#[tokio::test]
async fn a_swap_goes_with_its_slots_day_parts_credit_and_quote() {
    let part = DayPart {
        id: "ochtend".into(),
        name: "Ochtend".into(),
        start: "08:00:00".parse().unwrap(),
        end: "13:00:00".parse().unwrap(),
    };
    let quote =
        Quote { lines: Vec::new(), cents: None, notices: Vec::new(), token: "q1".to_owned() };
    let line = BookingLine { child: "c1".into(), parts: vec![part], credit: Some("t1".into()) };
    let booking = Booking {
        from: "2026-03-27".parse().unwrap(),
        until: "2026-03-27".parse().unwrap(),
        lines: vec![line],
        given: vec![slots()],
        quote: Some(quote),
    };
    let form = RequestForm {
        bookings: vec![booking],
        whole: true,
        expires_on: "2026-03-20".parse().ok(),
        remark: "Oma komt".to_owned(),
        ..RequestForm::empty(RequestKind::Swap)
    };
    let (server, session) = says(201, json!({"requestId": "r7"})).await;
    assert_eq!(session.send_request(KEY, &form).await, Ok("r7".into()));
    let (line, body) = sent(&server).await;
    assert_eq!(line, format!("POST /parent-api/v1/requests {KEY}"));
    let slot =
        json!({"day": "2026-03-26", "start": 1_774_508_400_000_i64, "end": 1_774_544_400_000_i64});
    let expected = json!({
        "kind": "swap",
        "bookings": [{
            "from": "2026-03-27", "until": "2026-03-27",
            "lines": [{"childId": "c1", "parts": ["ochtend"], "creditId": "t1"}],
            "given": [{"childId": "c1", "slots": [slot]}],
            "quote": "q1",
        }],
        "whole": true, "expiresOn": "2026-03-20", "remark": "Oma komt",
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn an_absence_names_its_slots_by_when_they_are() {
    let form = AbsenceForm {
        from: "2026-03-26".parse().unwrap(),
        until: "2026-03-26".parse().unwrap(),
        lines: vec![slots()],
        reason: AbsenceReason::Ill,
        remark: String::new(),
    };
    let (server, session) = says(201, json!({"requestId": 12})).await;
    assert_eq!(session.report_absence(KEY, &form).await, Ok("12".into()));
    let (line, body) = sent(&server).await;
    assert_eq!(line, format!("POST /parent-api/v1/absences {KEY}"));
    let slot =
        json!({"day": "2026-03-26", "start": 1_774_508_400_000_i64, "end": 1_774_544_400_000_i64});
    let expected = json!({
        "from": "2026-03-26", "until": "2026-03-26",
        "lines": [{"childId": "c1", "slots": [slot]}], "reason": "ill", "remark": "",
    });
    assert_eq!(body, expected);
    let (_server, session) = says(201, json!({})).await;
    let changed = WriteError::Portal(PortalError::Changed { what: "absences" });
    assert_eq!(session.report_absence(KEY, &form).await, Err(changed));
}

#[tokio::test]
async fn what_was_sent_is_found_by_its_key_on_a_later_page() {
    let server = MockServer::start().await;
    let first = json!({"requests": [{"id": "r1", "key": null}], "next": "a b"});
    Mock::given(query_param_is_missing("after")).respond_with(ok(&first)).mount(&server).await;
    let second = json!({"requests": [{"id": "r2", "key": KEY.to_string()}], "next": null});
    Mock::given(query_param("after", "a b")).respond_with(ok(&second)).mount(&server).await;
    let session = session(portal_at(&server.uri()), app_tokens("a", 15));
    assert_eq!(session.request_with_key(KEY).await, Ok(Some("r2".into())));
    assert_eq!(session.request_with_key(Uuid::from_u128(1)).await, Ok(None));
}
