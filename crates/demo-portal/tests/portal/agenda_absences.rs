//! What §5.4 of the manual promises of absences, as far as it is the portal's doing. Each test is named
//! after its sentence.

use crate::agenda_parent::{family, refused, statuses};
use serde_json::{Value, json};

#[tokio::test]
async fn an_absence_is_the_family_s_for_a_day_or_a_period_and_several_children() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let found = parent.possibilities("absence", "2026-03-23", "2026-03-24").await;
    let children = found["children"].as_array().unwrap();
    assert_eq!(children.len(), 3);
    let lines: Vec<Value> = children[..2]
        .iter()
        .map(|child| {
            let slots = child["planned"].as_array().unwrap().iter();
            let slots: Vec<Value> = slots
                .map(|slot| json!({ "day": slot["day"], "start": slot["start"], "end": slot["end"] }))
                .collect();
            json!({ "childId": child["childId"], "slots": slots })
        })
        .collect();
    let body = json!({
        "from": "2026-03-23", "until": "2026-03-24", "lines": lines, "reason": "holiday", "remark": ""
    });
    let id = parent.written("/absences", &body).await["requestId"].clone();
    let made = parent.care_request(id.as_str().unwrap()).await;
    assert_eq!(statuses(&made), ["registered", "registered"]);
    assert_eq!(made["lines"][0]["until"], "2026-03-24");
}

#[tokio::test]
async fn the_day_parts_a_child_is_expected_for_can_be_chosen_one_by_one() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let mut body = parent.absence(&child, "2026-03-26").await;
    body["lines"][0]["slots"].as_array_mut().unwrap().truncate(1);
    parent.written("/absences", &body).await;
    let codes: Vec<Value> = parent
        .slots(&child, "2026-03-26")
        .await
        .iter()
        .map(|slot| slot["plannedAttendanceCode"]["code"].clone())
        .collect();
    assert_eq!(codes, ["absent", "attend"]);
}

#[tokio::test]
async fn an_absence_has_a_reason() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    for (day, reason) in [("2026-03-23", "ill"), ("2026-03-24", "holiday"), ("2026-03-26", "other")]
    {
        let mut body = parent.absence(&child, day).await;
        body["reason"] = reason.into();
        let id = parent.written("/absences", &body).await["requestId"].clone();
        assert_eq!(parent.care_request(id.as_str().unwrap()).await["reason"], reason);
    }
    let mut body = parent.absence(&child, "2026-03-30").await;
    body["reason"] = "moe".into();
    assert_eq!(parent.refused("/absences", &body).await, (422, String::new()));
}

#[tokio::test]
async fn an_absence_is_registered_at_once_and_seen_in_the_overview() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let body = parent.absence(&child, "2026-03-26").await;
    let id = parent.written("/absences", &body).await["requestId"].clone();
    let newest = &parent.overview().await[0];
    assert_eq!((&newest["id"], &newest["kind"]), (&id, &json!("absence")));
    let line = &newest["lines"][0];
    assert_eq!((&line["status"], &line["group"]), (&json!("registered"), &json!("Hamsters")));
    assert_eq!(line["brings"], "Dit levert een tegoed op van 10 uur en 30 minuten.");
    assert_eq!(line["parts"][0]["name"], "Ochtend");
    assert!(
        house
            .portal
            .nursery()
            .open_requests(None)
            .await
            .unwrap()
            .iter()
            .all(|open| id != open.id.as_str()),
        "never judged"
    );
    assert_eq!(parent.letters().await.len(), 0);
}

#[tokio::test]
async fn an_absence_is_cancelled_while_policy_allows() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let body = parent.absence(&child, "2026-03-26").await;
    let id = parent.written("/absences", &body).await["requestId"].clone();
    let made = parent.care_request(id.as_str().unwrap()).await;
    let credits = parent.credits().await.len();
    let after: Value = parent.cancels(&made, 0).await.json().await.unwrap();
    assert_eq!(statuses(&after), ["cancelled"]);
    assert_eq!(parent.credits().await.len(), credits - 1, "what it brought goes too");
    let slots = parent.slots(&child, "2026-03-26").await;
    assert!(slots.iter().all(|slot| slot["plannedAttendanceCode"]["code"] == "attend"));
    // Today's has begun already.
    let today = parent.absence(&child, "2026-03-16").await;
    let id = parent.written("/absences", &today).await["requestId"].clone();
    let made = parent.care_request(id.as_str().unwrap()).await;
    assert_eq!(made["lines"][0]["cancelReason"], "Annuleren kan voordat het begint.");
    assert_eq!(refused(parent.cancels(&made, 0).await).await, "too-late-to-cancel");
}
