//! Asking for extra days and swaps, and reporting absences: our own extension, for a portal that
//! offers it.

use crate::error::PortalError;
use crate::session::Session;
use crate::wire::field::as_id;
use crate::write_error::{WriteError, needed};
use schriftje_model::{
    AbsenceForm, AbsenceReason, Booking, BookingLine, ChildSlots, RequestForm, RequestId,
    RequestKind, SlotRef,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// Pages of the overview looked through for a key.
const PAGES: u32 = 20;

/// Asking and reporting. Only for a portal whose [`Capabilities`](crate::Capabilities) list
/// `requests` or `absences`. With the same `key` and the same form it is done once, however often
/// it is sent.
impl Session {
    /// Asks for extra days or a swap: `POST /parent-api/v1/requests`. A booking without a quote is
    /// refused by the portal.
    pub async fn send_request(
        &self,
        key: Uuid,
        form: &RequestForm,
    ) -> Result<RequestId, WriteError> {
        let body = json!({
            "kind": kind(form.kind),
            "bookings": form.bookings.iter().map(booking).collect::<Vec<_>>(),
            "whole": form.whole,
            "expiresOn": form.expires_on.map(|day| day.to_string()),
            "remark": form.remark,
        });
        let json = self.post("parent-api/v1/requests", key, body).await?;
        Ok(RequestId(needed(&json, "requestId", as_id, "requests")?))
    }

    /// Reports an absence: `POST /parent-api/v1/absences`.
    pub async fn report_absence(
        &self,
        key: Uuid,
        form: &AbsenceForm,
    ) -> Result<RequestId, WriteError> {
        let body = json!({
            "from": form.from.to_string(),
            "until": form.until.to_string(),
            "lines": form.lines.iter().map(child_slots).collect::<Vec<_>>(),
            "reason": reason(form.reason),
            "remark": form.remark,
        });
        let json = self.post("parent-api/v1/absences", key, body).await?;
        Ok(RequestId(needed(&json, "requestId", as_id, "absences")?))
    }

    /// The request or absence this account sent under `key`, among the newest thousand:
    /// `GET /parent-api/v1/requests`.
    pub async fn request_with_key(&self, key: Uuid) -> Result<Option<RequestId>, PortalError> {
        let changed = || PortalError::Changed { what: "requests" };
        let key = key.to_string();
        let mut path = "parent-api/v1/requests".to_owned();
        for _ in 0..PAGES {
            let page = self.read(&path).await?;
            let requests = page.get("requests").and_then(Value::as_array).ok_or_else(changed)?;
            let ours = requests
                .iter()
                .find(|request| request.get("key").and_then(Value::as_str) == Some(key.as_str()));
            if let Some(request) = ours {
                let id = request.get("id").and_then(as_id).ok_or_else(changed)?;
                return Ok(Some(RequestId(id)));
            }
            let Some(next) = page.get("next").and_then(Value::as_str) else { return Ok(None) };
            let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
            path = format!("parent-api/v1/requests?after={next}");
        }
        Ok(None)
    }
}

fn booking(booking: &Booking) -> Value {
    json!({
        "from": booking.from.to_string(),
        "until": booking.until.to_string(),
        "lines": booking.lines.iter().map(line).collect::<Vec<_>>(),
        "given": booking.given.iter().map(child_slots).collect::<Vec<_>>(),
        "quote": booking.quote.as_ref().map(|quote| &quote.token),
    })
}

fn line(line: &BookingLine) -> Value {
    json!({
        "childId": line.child,
        "parts": line.parts.iter().map(|part| &part.id).collect::<Vec<_>>(),
        "creditId": line.credit,
    })
}

fn child_slots(of: &ChildSlots) -> Value {
    json!({ "childId": of.child, "slots": of.slots.iter().map(slot).collect::<Vec<_>>() })
}

fn slot(slot: &SlotRef) -> Value {
    json!({
        "day": slot.day.to_string(),
        "start": slot.starts_at.timestamp_millis(),
        "end": slot.ends_at.timestamp_millis(),
    })
}

fn kind(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Extra => "extra",
        RequestKind::Swap => "swap",
        RequestKind::Absence => "absence",
    }
}

fn reason(reason: AbsenceReason) -> &'static str {
    match reason {
        AbsenceReason::Ill => "ill",
        AbsenceReason::Holiday => "holiday",
        AbsenceReason::Other => "other",
    }
}
