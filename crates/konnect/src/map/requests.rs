//! From the portal's requests, credits, possibilities and quotes to the model's: our own extension.

use crate::error::PortalError;
use crate::map::planning::attendance;
use crate::wire::field::{as_day, as_id, as_instant, as_line};
use crate::wire::planning::{as_count, as_time};
use schriftje_model::{
    AbsenceReason, Attendance, CareRequest, ChildId, ConversationId, Credit, CreditId, CreditState,
    CreditUnit, CreditUse, Day, DayPart, LineId, Payment, Quote, QuoteLine, RequestId, RequestKind,
    RequestLine, RequestStatus, SlotRef,
};
use serde_json::Value;

/// More of anything in one answer is nobody's planning.
const MOST: usize = 1_000;
/// Longest token of a quote.
const LONGEST_TOKEN: usize = 4_096;

/// A page of the requests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestsPage {
    /// The requests, newest first.
    pub requests: Vec<CareRequest>,
    /// The idempotency keys of those this account sent, by request.
    pub keys: Vec<(String, RequestId)>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// What is possible on a day or in a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Possible {
    /// Days on which nothing is, and why.
    pub closed: Vec<(Day, String)>,
    /// Child by child.
    pub children: Vec<PossibleForChild>,
}

/// What is possible for one child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PossibleForChild {
    /// The child.
    pub child: ChildId,
    /// What is planned already: the slot, its group, and whether the child is expected.
    pub planned: Vec<(SlotRef, Option<String>, Attendance)>,
    /// The day parts.
    pub parts: Vec<PossibleDayPart>,
    /// The credits that can be used.
    pub credits: Vec<Credit>,
    /// Those that cannot, and why.
    pub not_usable: Vec<(Credit, String)>,
    /// Why nothing is possible.
    pub reason: Option<String>,
}

/// A day part that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PossibleDayPart {
    /// The day part.
    pub part: DayPart,
    /// The group it would be in.
    pub group: Option<String>,
    /// The days on which it is possible.
    pub days: Vec<Day>,
    /// The days on which it is not, and why.
    pub refused: Vec<(Day, String)>,
}

pub(crate) fn requests(answer: &Value) -> Result<RequestsPage, PortalError> {
    let changed = PortalError::Changed { what: "requests" };
    let list = answer.get("requests").and_then(Value::as_array).ok_or(changed)?;
    let mut page =
        RequestsPage { next: answer.get("next").and_then(as_id), ..RequestsPage::default() };
    for value in list.iter().take(MOST) {
        let Some(request) = request(value) else { continue };
        if let Some(key) = value.get("key").and_then(as_id) {
            page.keys.push((key, request.id.clone()));
        }
        page.requests.push(request);
    }
    Ok(page)
}

pub(crate) fn request(value: &Value) -> Option<CareRequest> {
    Some(CareRequest {
        id: RequestId(value.get("id").and_then(as_id)?),
        kind: match value.get("kind")?.as_str()? {
            "extra" => RequestKind::Extra,
            "swap" => RequestKind::Swap,
            "absence" => RequestKind::Absence,
            _ => return None,
        },
        sent_at: value.get("sentAt").and_then(as_instant)?,
        sent_by: value.get("sentBy").and_then(as_line),
        whole: value.get("whole") == Some(&Value::Bool(true)),
        expires_on: value.get("expiresOn").and_then(as_day),
        remark: text(value, "remark"),
        reason: match value.get("reason").and_then(Value::as_str) {
            Some("ill") => Some(AbsenceReason::Ill),
            Some("holiday") => Some(AbsenceReason::Holiday),
            Some("other") => Some(AbsenceReason::Other),
            _ => None,
        },
        conversation: value.get("conversationId").and_then(as_id).map(ConversationId),
        lines: many(value, "lines").filter_map(line).collect(),
    })
}

fn line(value: &Value) -> Option<RequestLine> {
    let from = value.get("from").and_then(as_day)?;
    Some(RequestLine {
        id: LineId(value.get("id").and_then(as_id)?),
        child: ChildId(value.get("childId").and_then(as_id)?),
        from,
        until: value.get("until").and_then(as_day).filter(|until| *until >= from).unwrap_or(from),
        parts: many(value, "parts").filter_map(part).collect(),
        given: many(value, "given").filter_map(slot_ref).collect(),
        group: value.get("group").and_then(as_line),
        status: match value.get("status").and_then(Value::as_str) {
            Some("asked") => RequestStatus::Asked,
            Some("approved") => RequestStatus::Approved,
            Some("refused") => RequestStatus::Refused,
            Some("cancelled") => RequestStatus::Cancelled,
            Some("expired") => RequestStatus::Expired,
            Some("registered") => RequestStatus::Registered,
            _ => RequestStatus::Unknown,
        },
        status_reason: text(value, "statusReason"),
        decided_at: value.get("decidedAt").and_then(as_instant),
        payments: many(value, "payments").filter_map(payment).collect(),
        brings: text(value, "brings"),
        can_cancel: value.get("canCancel") == Some(&Value::Bool(true)),
        cancel_until: value.get("cancelUntil").and_then(as_instant),
        cancel_reason: text(value, "cancelReason"),
    })
}

fn part(value: &Value) -> Option<DayPart> {
    let start = value.get("start").and_then(as_time)?;
    let end = value.get("end").and_then(as_time)?;
    let id = value.get("id").and_then(as_id).unwrap_or_default();
    let name = value.get("name").and_then(as_line).unwrap_or_default();
    Some(DayPart { id, name, start, end })
}

fn slot_ref(value: &Value) -> Option<SlotRef> {
    let starts_at = value.get("start").and_then(as_instant)?;
    let ends_at = value.get("end").and_then(as_instant).filter(|end| *end > starts_at)?;
    let day = value.get("day").and_then(as_day)?;
    Some(SlotRef { day, starts_at, ends_at })
}

fn payment(value: &Value) -> Option<Payment> {
    match value.get("by")?.as_str()? {
        "invoice" => Some(Payment::Invoice { cents: value.get("cents").and_then(amount) }),
        "credit" => Some(Payment::Credit {
            credit: CreditId(value.get("creditId").and_then(as_id)?),
            unit: unit(value.get("unit").and_then(Value::as_str)?),
            amount: value.get("amount").and_then(amount)?,
        }),
        _ => None,
    }
}

/// A whole number that is not negative and that an interface can hold.
fn amount(value: &Value) -> Option<i64> {
    value.as_i64().filter(|amount| (0..=i64::from(i32::MAX)).contains(amount))
}

/// A whole number that an interface can hold, also below nothing.
fn signed_amount(value: &Value) -> Option<i64> {
    value.as_i64().filter(|amount| i32::try_from(*amount).is_ok())
}

pub(crate) fn unit(wire: &str) -> CreditUnit {
    match wire {
        "points" => CreditUnit::Points,
        "minutes" => CreditUnit::Minutes,
        other => CreditUnit::Unsupported(other.chars().take(40).collect()),
    }
}

pub(crate) fn credits(answer: &Value) -> Result<Vec<Credit>, PortalError> {
    let changed = PortalError::Changed { what: "credits" };
    let list = answer.get("credits").and_then(Value::as_array).ok_or(changed)?;
    Ok(list.iter().take(MOST).filter_map(credit).collect())
}

fn credit(value: &Value) -> Option<Credit> {
    let total = value.get("total").and_then(signed_amount)?;
    let left = value.get("left").and_then(signed_amount)?.min(total);
    Some(Credit {
        id: CreditId(value.get("id").and_then(as_id)?),
        child: ChildId(value.get("childId").and_then(as_id)?),
        name: value.get("name").and_then(as_line).unwrap_or_default(),
        unit: unit(value.get("unit").and_then(Value::as_str)?),
        total,
        left,
        valid_from: value.get("validFrom").and_then(as_day),
        valid_until: value.get("validUntil").and_then(as_day),
        note: text(value, "note"),
        state: match value.get("state").and_then(Value::as_str) {
            // Less than nothing is shown, and never paid with.
            _ if left < 0 => CreditState::Unknown,
            Some("usable") => CreditState::Usable,
            Some("partlyUsed") => CreditState::PartlyUsed,
            Some("used") => CreditState::Used,
            Some("expired") => CreditState::Expired,
            _ => CreditState::Unknown,
        },
        uses: many(value, "uses").filter_map(credit_use).collect(),
    })
}

fn credit_use(value: &Value) -> Option<CreditUse> {
    Some(CreditUse {
        request: RequestId(value.get("requestId").and_then(as_id)?),
        line: LineId(value.get("lineId").and_then(as_id)?),
        day: value.get("day").and_then(as_day)?,
        amount: value.get("amount").and_then(signed_amount)?,
    })
}

pub(crate) fn possible(answer: &Value) -> Result<Possible, PortalError> {
    if !answer.get("children").is_some_and(Value::is_array) {
        return Err(PortalError::Changed { what: "possibilities" });
    }
    let for_child = |value: &Value| {
        Some(PossibleForChild {
            child: ChildId(value.get("childId").and_then(as_id)?),
            planned: many(value, "planned").filter_map(planned).collect(),
            parts: many(value, "parts").filter_map(possible_part).collect(),
            credits: many(value, "credits")
                .filter_map(credit)
                .filter(|credit| credit.left >= 0)
                .collect(),
            not_usable: many(value, "notUsable")
                .filter_map(|one| {
                    Some((credit(one.get("credit")?)?, text(one, "reason").unwrap_or_default()))
                })
                .collect(),
            reason: text(value, "reason"),
        })
    };
    Ok(Possible {
        closed: days_with_reasons(answer, "closed"),
        children: many(answer, "children").filter_map(for_child).collect(),
    })
}

fn planned(value: &Value) -> Option<(SlotRef, Option<String>, Attendance)> {
    let group = value.get("group").and_then(as_line);
    let attendance = attendance(value.get("attendance").and_then(Value::as_str));
    Some((slot_ref(value)?, group, attendance))
}

fn possible_part(value: &Value) -> Option<PossibleDayPart> {
    Some(PossibleDayPart {
        part: part(value).filter(|part| !part.id.is_empty())?,
        group: value.get("group").and_then(as_line),
        days: many(value, "days").filter_map(as_day).collect(),
        refused: days_with_reasons(value, "refused"),
    })
}

fn days_with_reasons(value: &Value, name: &str) -> Vec<(Day, String)> {
    many(value, name)
        .filter_map(|one| {
            let day = one.get("day").and_then(as_day)?;
            Some((day, text(one, "reason").unwrap_or_default()))
        })
        .collect()
}

pub(crate) fn quote(answer: &Value) -> Result<Quote, PortalError> {
    let changed = PortalError::Changed { what: "quote" };
    let token = answer.get("token").and_then(Value::as_str);
    let token = token.filter(|token| !token.is_empty() && token.len() <= LONGEST_TOKEN);
    let line = |value: &Value| {
        Some(QuoteLine {
            child: ChildId(value.get("childId").and_then(as_id)?),
            part: value.get("part").and_then(as_id)?,
            days: value.get("days").and_then(as_count)?,
            payment: payment(value.get("payment")?)?,
            notice: text(value, "notice"),
        })
    };
    Ok(Quote {
        lines: many(answer, "lines").filter_map(line).collect(),
        cents: answer.get("cents").and_then(amount),
        notices: many(answer, "notices").filter_map(as_line).collect(),
        token: token.ok_or(changed)?.to_owned(),
    })
}

/// A sentence for the parent, on one line.
fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name).and_then(as_line)
}

fn many<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value.get(name).and_then(Value::as_array).into_iter().flatten().take(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_request_of_a_kind_nobody_knows_is_left_out_and_a_status_is_not_guessed() {
        let line = json!({"id": "l", "childId": "c", "from": "2026-03-16", "until": "2026-03-01",
                          "status": "pondering", "canCancel": "yes"});
        let page = requests(&json!({"requests": [
            {"id": "r1", "kind": "lease", "sentAt": 1, "lines": [line]},
            {"id": "r2", "kind": "swap", "sentAt": 1, "lines": [line, {"id": "x"}], "key": "k"},
            "?",
        ]}))
        .unwrap();
        let [only] = &page.requests[..] else { panic!() };
        assert_eq!(only.lines.len(), 1);
        assert_eq!(only.lines[0].status, RequestStatus::Unknown);
        assert_eq!(only.lines[0].until, only.lines[0].from);
        assert!(!only.lines[0].can_cancel);
        assert_eq!(page.keys, [("k".to_owned(), RequestId("r2".into()))]);
    }

    #[test]
    fn a_credit_below_nothing_or_in_a_strange_unit_is_read_as_what_it_is_and_never_paid_with() {
        let credit = |total: i64, unit: &str| {
            json!({"id": "t", "childId": "c", "name": "Tegoed", "unit": unit, "total": total,
            "left": 90, "state": "usable", "uses": [
                {"requestId": "r", "lineId": "l", "day": "2026-03-16", "amount": -30},
            ]})
        };
        let list = json!([
            credit(-5, "minutes"),
            credit(60, "minutes"),
            credit(120, "beads"),
            credit(i64::MIN, "minutes"),
        ]);
        let read = credits(&json!({"credits": list})).unwrap();
        assert_eq!(read.len(), 3, "what no screen can hold is left out");
        assert_eq!((read[0].total, read[0].left), (-5, -5));
        assert_eq!(read[0].state, CreditState::Unknown);
        assert_eq!(read[0].uses[0].amount, -30);
        assert_eq!((read[1].left, read[1].state), (60, CreditState::Usable));
        assert_eq!(read[2].unit, CreditUnit::Unsupported("beads".into()));
        assert!(credits(&json!({})).is_err());
    }

    #[test]
    fn a_quote_without_its_token_is_none() {
        assert!(quote(&json!({"lines": [], "notices": []})).is_err());
        let read = quote(&json!({"lines": [{"childId": "c", "part": "ochtend", "days": 1,
            "payment": {"by": "invoice", "cents": 4250}, "notice": "x"}], "cents": 4250,
            "notices": ["Restant vervalt."], "token": "t"}))
        .unwrap();
        assert_eq!(read.cents, Some(4250));
        assert_eq!(read.lines[0].payment, Payment::Invoice { cents: Some(4250) });
    }
}
