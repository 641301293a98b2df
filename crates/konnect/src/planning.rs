//! The planning: the observed calendar, and what our own extension adds to it.

use crate::call::Call;
use crate::error::PortalError;
use crate::http::parse;
use crate::map::planning::{self as map, Planning, PlanningDetails, PlanningRules};
use crate::map::requests::{self, Possible, RequestsPage};
use crate::session::Session;
use crate::wire::envelope::unwrap;
use crate::wire::field::segment;
use crate::write_error::WriteError;
use crate::writing::with_key;
use reqwest::Method;
use schriftje_model::{
    Booking, CareRequest, ChildSlots, Credit, Day, LineId, Quote, RequestId, RequestKind, SlotRef,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// A stretch of days in one call.
pub const MOST_DAYS: i64 = 400;
const STALE: &str =
    "web.general.message.data_connector.child_planning.offline.possible_incorrect_data";

impl Session {
    /// The planning: `GET /calendar/{YYYYMMDD}/until/{YYYYMMDD}` (D, F), at most [`MOST_DAYS`].
    pub async fn planning(&self, from: Day, until: Day) -> Result<Planning, PortalError> {
        let (from, until) = (from.format("%Y%m%d"), until.format("%Y%m%d"));
        let path = format!("restservices-parent/calendar/{from}/until/{until}");
        let (answer, messages) = self.read_with_messages(&path).await?;
        map::planning(answer, messages.iter().any(|code| code == STALE))
    }

    /// What the calendar leaves out: `GET /parent-api/v1/planning/{from}/until/{until}`. Only for a
    /// portal that lists `planning`.
    pub async fn planning_details(
        &self,
        from: Day,
        until: Day,
    ) -> Result<PlanningDetails, PortalError> {
        map::details(self.read(&format!("parent-api/v1/planning/{from}/until/{until}")).await?)
    }

    /// What holds at the organisation: `GET /parent-api/v1/planning/rules`. Only for a portal that
    /// lists `planning`.
    pub async fn planning_rules(&self) -> Result<PlanningRules, PortalError> {
        map::rules(self.read("parent-api/v1/planning/rules").await?)
    }

    /// Requests and absences, newest first: `GET /parent-api/v1/requests`. Only for a portal that
    /// lists `requests` or `absences`.
    pub async fn requests(&self, after: Option<&str>) -> Result<RequestsPage, PortalError> {
        let path = match after.and_then(segment) {
            Some(after) => format!("parent-api/v1/requests?after={after}"),
            None => "parent-api/v1/requests".to_owned(),
        };
        requests::requests(&self.read(&path).await?)
    }

    /// The credits of every child: `GET /parent-api/v1/credits`. Only for a portal that lists
    /// `credits`.
    pub async fn credits(&self) -> Result<Vec<Credit>, PortalError> {
        requests::credits(&self.read("parent-api/v1/credits").await?)
    }

    /// What is possible: `POST /parent-api/v1/possibilities`. It changes nothing.
    pub async fn possibilities(
        &self,
        kind: RequestKind,
        from: Day,
        until: Day,
    ) -> Result<Possible, WriteError> {
        let body = json!({"kind": kind_word(kind), "from": from, "until": until});
        let answer = self.ask("parent-api/v1/possibilities", body).await?;
        Ok(requests::possible(&answer)?)
    }

    /// What a booking is worth after those `before` it in the same request:
    /// `POST /parent-api/v1/quote`. It changes nothing.
    pub async fn quote(
        &self,
        kind: RequestKind,
        booking: &Booking,
        before: &[Booking],
    ) -> Result<Quote, WriteError> {
        let before: Vec<Value> = before.iter().map(booking_body).collect();
        let body = json!({
            "kind": kind_word(kind),
            "booking": booking_body(booking),
            "before": before,
        });
        let answer = self.ask("parent-api/v1/quote", body).await?;
        Ok(requests::quote(&answer)?)
    }

    /// Cancels one line: `POST /parent-api/v1/requests/{id}/lines/{lineId}/cancel`. With the same
    /// key it is done once.
    pub async fn cancel_line(
        &self,
        key: Uuid,
        request: &RequestId,
        line: &LineId,
    ) -> Result<CareRequest, WriteError> {
        let request = segment(request.as_str()).ok_or_else(WriteError::unknown)?;
        let line = segment(line.as_str()).ok_or_else(WriteError::unknown)?;
        let path = format!("parent-api/v1/requests/{request}/lines/{line}/cancel");
        let call = Call::write(Method::POST, path).json(json!({}));
        let answer = unwrap(parse(&self.write(with_key(call, key)?).await?)?)?;
        let changed = PortalError::Changed { what: "requests.cancel" };
        Ok(requests::request(&answer).ok_or(changed)?)
    }

    async fn ask(&self, path: &str, body: Value) -> Result<Value, WriteError> {
        let call = Call::write(Method::POST, path).json(body);
        Ok(unwrap(parse(&self.write(call).await?)?)?)
    }
}

/// The wire's word for a kind.
pub(crate) fn kind_word(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Extra => "extra",
        RequestKind::Swap => "swap",
        RequestKind::Absence => "absence",
    }
}

/// A booking as the portal takes it, without its quote.
pub(crate) fn booking_body(booking: &Booking) -> Value {
    let lines = booking.lines.iter().map(|line| {
        let parts: Vec<&str> = line.parts.iter().map(|part| part.id.as_str()).collect();
        json!({"childId": line.child, "parts": parts, "creditId": line.credit})
    });
    json!({
        "from": booking.from,
        "until": booking.until,
        "lines": lines.collect::<Vec<_>>(),
        "given": child_slots(&booking.given),
    })
}

/// Slots, child by child, as the portal takes them.
pub(crate) fn child_slots(given: &[ChildSlots]) -> Vec<Value> {
    let slot = |slot: &SlotRef| {
        json!({
            "day": slot.day,
            "start": slot.starts_at.timestamp_millis(),
            "end": slot.ends_at.timestamp_millis(),
        })
    };
    given
        .iter()
        .map(|one| {
            let slots: Vec<Value> = one.slots.iter().map(slot).collect();
            json!({"childId": one.child, "slots": slots})
        })
        .collect()
}
