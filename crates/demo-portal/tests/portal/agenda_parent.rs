//! A parent who asks things about the planning.

use crate::parent::{House, Parent, code, key};
use chrono::NaiveDate;
use reqwest::{Method, Response};
use schriftje_demo_portal::{Decision, Size};
use serde_json::{Value, json};

/// A portal with the whole demo family: Noortje at the day care, Ties around school, Fenna who has
/// left.
pub async fn family() -> House {
    House::with(|mut options| {
        options.size = Size::Family;
        options
    })
    .await
}

/// A booking of one child on a day.
pub fn booking(child: &str, day: &str, parts: &[&str]) -> Value {
    period(child, day, day, parts)
}

/// A booking of one child in a period.
pub fn period(child: &str, from: &str, until: &str, parts: &[&str]) -> Value {
    json!({
        "from": from, "until": until, "given": [],
        "lines": [{ "childId": child, "parts": parts, "creditId": null }]
    })
}

/// A request of these bookings, each with its quote.
pub fn request(kind: &str, bookings: &[Value]) -> Value {
    json!({
        "kind": kind, "bookings": bookings, "whole": false, "expiresOn": null, "remark": ""
    })
}

impl Parent<'_> {
    /// A call that asks and changes nothing.
    pub async fn asks(&self, path: &str, body: &Value) -> Response {
        self.call(Method::POST, path).json(body).send().await.unwrap()
    }

    pub async fn possibilities(&self, kind: &str, from: &str, until: &str) -> Value {
        let body = json!({ "kind": kind, "from": from, "until": until });
        let answer = self.asks("/possibilities", &body).await;
        assert_eq!(answer.status(), 200);
        answer.json().await.unwrap()
    }

    /// The children of the family who have not left.
    pub async fn children(&self) -> Vec<String> {
        let children = self.json("/restservices-parent/children/").await;
        let active = children["payload"]["activeChildren"].as_array().unwrap();
        active.iter().map(|child| child["id"].as_str().unwrap().to_owned()).collect()
    }

    pub async fn quote(&self, kind: &str, booking: &Value) -> Value {
        let answer = self.asks("/quote", &json!({ "kind": kind, "booking": booking })).await;
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert_eq!(status, 200, "{text}");
        serde_json::from_str(&text).unwrap()
    }

    /// The booking with its quote.
    pub async fn quoted(&self, kind: &str, booking: &Value) -> Value {
        let mut quoted = booking.clone();
        quoted["quote"] = self.quote(kind, booking).await["token"].clone();
        quoted
    }

    /// Sends a request; its identity comes back.
    pub async fn requests_made(&self, body: &Value) -> String {
        self.written("/requests", body).await["requestId"].as_str().unwrap().to_owned()
    }

    /// Asks for an extra day of one child; the request as it stands comes back.
    pub async fn asked(&self, booking: &Value) -> Value {
        let body = request("extra", &[self.quoted("extra", booking).await]);
        let id = self.requests_made(&body).await;
        self.care_request(&id).await
    }

    pub async fn overview(&self) -> Vec<Value> {
        let mut all = Vec::new();
        let mut path = "/parent-api/v1/requests".to_owned();
        loop {
            let page = self.json(&path).await;
            all.extend(page["requests"].as_array().unwrap().clone());
            match page["next"].as_str() {
                Some(next) => path = format!("/parent-api/v1/requests?after={next}"),
                None => return all,
            }
        }
    }

    pub async fn care_request(&self, id: &str) -> Value {
        let found = self.overview().await.into_iter().find(|request| request["id"] == id);
        found.unwrap()
    }

    pub async fn cancels(&self, request: &Value, line: usize) -> Response {
        let path = cancel_path(request, line);
        self.write(&path, &key(), &json!({})).send().await.unwrap()
    }

    /// The slots of a child on a day, as the observed calendar has them.
    pub async fn slots(&self, child: &str, day: &str) -> Vec<Value> {
        let compact = day.replace('-', "");
        let path = format!("/restservices-parent/calendar/{compact}/until/{compact}");
        let calendar = self.json(&path).await;
        let children = calendar["payload"]["days"][0]["children"].as_array().unwrap().clone();
        let of = children.into_iter().find(|found| found["child"]["id"] == child);
        let parts = of.map(|of| of["combinedPlanningParts"][0]["planningParts"].clone());
        parts.map_or_else(Vec::new, |parts| parts.as_array().unwrap().clone())
    }

    /// Those slots as they are named in calls.
    pub async fn named(&self, child: &str, day: &str) -> Value {
        let slots: Vec<Value> = self
            .slots(child, day)
            .await
            .iter()
            .map(|slot| json!({ "day": day, "start": slot["startTime"], "end": slot["endTime"] }))
            .collect();
        json!({ "childId": child, "slots": slots })
    }

    /// An absence of one child on a day.
    pub async fn absence(&self, child: &str, day: &str) -> Value {
        let lines = [self.named(child, day).await];
        json!({ "from": day, "until": day, "lines": lines, "reason": "ill", "remark": "" })
    }

    pub async fn credits(&self) -> Vec<Value> {
        let credits = self.json("/parent-api/v1/credits").await;
        credits["credits"].as_array().unwrap().clone()
    }

    /// The texts of the messages in conversations about requests.
    pub async fn letters(&self) -> Vec<String> {
        let overview = self.json("/restservices-parent/logbook/overview?index=0").await;
        let all = overview.as_array().unwrap();
        let about = |found: &&Value| found["subject"].as_str().unwrap().contains("aanvraag");
        all.iter()
            .filter(about)
            .map(|found| found["message"].as_str().unwrap().to_owned())
            .collect()
    }
}

impl House {
    /// The planning department judges a line.
    pub async fn judges(&self, request: &Value, line: usize, approve: bool) {
        let reason = (!approve).then(|| "De groep is vol.".to_owned());
        let line = request["lines"][line]["id"].as_str().unwrap();
        self.portal.nursery().decide_line(line, Decision { approve, reason }).await.unwrap();
    }
}

pub fn cancel_path(request: &Value, line: usize) -> String {
    let (id, line) = (&request["id"], &request["lines"][line]["id"]);
    format!("/requests/{}/lines/{}/cancel", id.as_str().unwrap(), line.as_str().unwrap())
}

pub fn statuses(request: &Value) -> Vec<String> {
    let lines = request["lines"].as_array().unwrap();
    lines.iter().map(|line| line["status"].as_str().unwrap().to_owned()).collect()
}

/// The code of something that is refused.
pub async fn refused(answer: Response) -> String {
    let (status, code) = code(answer).await;
    assert!((400..500).contains(&status), "{status}");
    code
}

/// So many days from a day.
pub fn later(day: &str, days: i64) -> String {
    let day: NaiveDate = day.parse().unwrap();
    (day + chrono::TimeDelta::days(days)).to_string()
}

/// A Friday on which nobody of the family comes and no group is full.
pub const FRIDAY: &str = "2026-03-27";

/// Noortje's morning and Ties' afternoon on a Friday; for a swap, Thursday is given in.
pub async fn both(house: &House, kind: &str, change: impl FnOnce(&mut Value)) -> Value {
    both_on(house, kind, FRIDAY, change).await
}

/// The same on another day.
pub async fn both_on(
    house: &House,
    kind: &str,
    day: &str,
    change: impl FnOnce(&mut Value),
) -> Value {
    let parent = house.sign_in("sanne").await;
    let children = parent.children().await;
    let mut wanted = booking(&children[0], day, &["ochtend"]);
    let other = booking(&children[1], day, &["naschools"]);
    wanted["lines"].as_array_mut().unwrap().push(other["lines"][0].clone());
    if kind == "swap" {
        wanted["given"] = json!([
            parent.named(&children[0], "2026-03-26").await,
            parent.named(&children[1], "2026-03-26").await
        ]);
    }
    let mut body = request(kind, &[parent.quoted(kind, &wanted).await]);
    change(&mut body);
    let id = parent.requests_made(&body).await;
    parent.care_request(&id).await
}

/// Gives a child so many minutes of credit; answers which.
pub async fn give(house: &House, child: &str, total: u32) -> String {
    let credit = json!({
        "child": child, "name": "Cadeau", "unit": "minutes", "total": total,
        "validFrom": "2026-01-01", "validUntil": "2026-12-31"
    });
    let credit = serde_json::from_value(credit).unwrap();
    house.portal.nursery().give_credit(credit).await.unwrap()
}
