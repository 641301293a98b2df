//! What goes wrong with the planning, and the one clear answer to it.

use crate::agenda_parent::{
    booking, cancel_path, family, later, period, refused, request, statuses,
};
use crate::parent::{House, code, key};
use reqwest::{Response, StatusCode};
use schriftje_demo_portal::{NewCredit, Organisation, PlacesSet, SlotMove, Unit, Weeks};
use serde_json::{Value, json};

const FRIDAY: &str = "2026-03-27";

#[tokio::test]
async fn two_parents_sending_the_same_absence_make_one() {
    let house = family().await;
    let (sanne, joris) = (house.sign_in("sanne").await, house.sign_in("joris").await);
    let child = sanne.child().await;
    let body = sanne.absence(&child, "2026-03-26").await;
    let (keys, path) = ([key(), key()], "/absences");
    let (first, second) = tokio::join!(
        sanne.write(path, &keys[0], &body).send(),
        joris.write(path, &keys[1], &body).send()
    );
    let mut answers = [first.unwrap(), second.unwrap()];
    answers.sort_by_key(Response::status);
    let [made, refused] = answers;
    assert_eq!(made.status(), StatusCode::CREATED);
    assert_eq!(code(refused).await, (409, "already-absent".into()));
    let truth = house.portal.nursery().truth(None).await.unwrap();
    let by_app = truth.requests.iter().filter(|request| request.key.is_some());
    assert_eq!(by_app.count(), 1);
    let credits =
        truth.credits.iter().filter(|credit| credit.name.starts_with("Afwezigheid donderdag 26"));
    assert_eq!(credits.count(), 1);
}

#[tokio::test]
async fn a_credit_the_other_parent_used_meanwhile_is_gone() {
    let house = family().await;
    let (sanne, joris) = (house.sign_in("sanne").await, house.sign_in("joris").await);
    let child = sanne.child().await;
    let credit = give(&house, Unit::Minutes, 330).await;
    let with_credit = |day: &str| {
        let mut wanted = booking(&child, day, &["ochtend"]);
        wanted["lines"][0]["creditId"] = credit.clone().into();
        wanted
    };
    let mine = request("extra", &[sanne.quoted("extra", &with_credit(FRIDAY)).await]);
    let theirs = joris.asked(&with_credit("2026-04-10")).await;
    assert_eq!(sanne.refused("/requests", &mine).await, (409, "credit-gone".into()));
    // When theirs comes to nothing the credit is back, and the quote holds again.
    joris.cancels(&theirs, 0).await;
    sanne.requests_made(&mine).await;
}

#[tokio::test]
async fn room_that_went_between_quote_and_request_is_told() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let quoted = parent.quoted("extra", &booking(&child, FRIDAY, &["ochtend"])).await;
    places(&house, 0).await;
    let body = request("extra", &[quoted]);
    assert_eq!(parent.refused("/requests", &body).await, (409, "no-room".into()));
    let found = parent.possibilities("extra", FRIDAY, FRIDAY).await;
    assert_eq!(found["children"][0]["parts"][0]["refused"][0]["reason"], "De groep is dan vol.");
    places(&house, 1).await;
    parent.requests_made(&body).await;
}

#[tokio::test]
async fn a_request_decided_while_it_is_cancelled_has_one_end() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    for day in [FRIDAY, "2026-04-10", "2026-04-17", "2026-04-24"] {
        let made = parent.asked(&booking(&child, day, &["ochtend"])).await;
        let line = made["lines"][0]["id"].as_str().unwrap();
        let nursery = house.portal.nursery();
        let decision = schriftje_demo_portal::Decision { approve: true, reason: None };
        let (cancelled, decided) =
            tokio::join!(parent.cancels(&made, 0), nursery.decide_line(line, decision));
        let after = parent.care_request(made["id"].as_str().unwrap()).await;
        if decided.is_ok() {
            assert_eq!(code(cancelled).await, (409, "already-decided".into()));
            assert_eq!(statuses(&after), ["approved"]);
        } else {
            assert_eq!(cancelled.status(), 200);
            assert_eq!(statuses(&after), ["cancelled"]);
        }
    }
}

#[tokio::test]
async fn days_that_cannot_be_are_refused_with_their_reason() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    for (from, until, expected) in [
        ("2026-03-13", "2026-03-13", "day-past"),
        ("2026-03-13", "2026-03-20", "day-past"),
        ("2026-03-28", "2026-03-28", "day-closed"),
        ("2026-04-27", "2026-04-27", "day-closed"),
        ("2026-03-20", "2026-03-19", "period-not-allowed"),
        ("2026-03-20", "2027-03-20", "period-not-allowed"),
        ("2026-03-20", "2026-06-20", "period-not-allowed"),
        ("2028-02-29", "2028-02-29", "period-not-allowed"),
        ("9999-12-31", "9999-12-31", "period-not-allowed"),
        ("2026-03-16", "2026-03-16", "notice-too-short"),
    ] {
        let wanted = period(&child, from, until, &["ochtend"]);
        let body = json!({ "kind": "extra", "booking": wanted });
        assert_eq!(refused(parent.asks("/quote", &body).await).await, expected, "{from} {until}");
    }
    for day in ["2027-02-29", "gisteren", "2026-3-1"] {
        let body = json!({ "kind": "extra", "from": day, "until": day });
        assert_eq!(parent.asks("/possibilities", &body).await.status(), 422, "{day}");
        let path = format!("/parent-api/v1/planning/{day}/until/{day}");
        if day != "2026-3-1" {
            assert_eq!(parent.ask(&path).await.status(), 400, "{day}");
        }
    }
    let long = parent.ask("/parent-api/v1/planning/2026-01-01/until/2027-02-06").await;
    assert_eq!(code(long).await, (422, "period-not-allowed".into()));
    for (part, expected) in
        [("ochtend", None), ("naschools", Some("part-unknown")), ("", Some("part-unknown"))]
    {
        let body = json!({ "kind": "extra", "booking": booking(&child, FRIDAY, &[part]) });
        let answer = parent.asks("/quote", &body).await;
        match expected {
            None => assert_eq!(answer.status(), 200),
            Some(expected) => assert_eq!(refused(answer).await, expected),
        }
    }
}

#[tokio::test]
async fn the_leap_day_is_a_day_like_others() {
    let house = House::with(|mut options| {
        options.now = Some("2028-02-21T09:30:00Z".parse().unwrap());
        options
    })
    .await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    // A Tuesday.
    assert_eq!(parent.slots(&child, "2028-02-29").await.len(), 2);
    let body = parent.absence(&child, "2028-02-29").await;
    parent.written("/absences", &body).await;
    let path = "/parent-api/v1/planning/2028-02-28/until/2028-02-29";
    let days: Vec<Value> = parent.json(path).await["slots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|slot| slot["day"].clone())
        .collect();
    assert_eq!(days, ["2028-02-28", "2028-02-28", "2028-02-29", "2028-02-29"]);
}

#[tokio::test]
async fn a_period_over_both_nights_the_clock_changes_keeps_its_hours() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.children().await[1].clone();
    // From before the last Sunday of March to after it, and the same of October.
    for (from, until) in [("2026-03-25", "2026-04-01"), ("2026-10-21", "2026-10-28")] {
        let made = parent.asked(&period(&child, from, until, &["naschools"])).await;
        let parts = made["lines"][0]["parts"].as_array().unwrap();
        assert_eq!(parts.len(), 1, "the same hours before and after: {parts:?}");
        assert_eq!((&parts[0]["start"], &parts[0]["end"]), (&json!("14:30"), &json!("18:30")));
    }
    let path = "/parent-api/v1/planning/2026-03-25/until/2026-10-28";
    let planning = parent.json(path).await;
    for slot in planning["slots"].as_array().unwrap() {
        let at = |name: &str| {
            let instant = chrono::DateTime::from_timestamp_millis(slot[name].as_i64().unwrap());
            let local = instant.unwrap().with_timezone(&chrono_tz::Europe::Amsterdam);
            local.format("%Y-%m-%d %H:%M").to_string()
        };
        assert!(at("start").starts_with(slot["day"].as_str().unwrap()));
        let hours = ["07:30", "13:00", "14:30", "18:00", "18:30"];
        for name in ["start", "end"] {
            assert!(hours.contains(&&at(name)[11..]), "{slot}");
        }
    }
}

#[tokio::test]
async fn the_same_booking_twice_is_asked_already() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let quoted = parent.quoted("extra", &booking(&child, FRIDAY, &["ochtend"])).await;
    let twice = request("extra", &[quoted.clone(), quoted.clone()]);
    assert_eq!(parent.refused("/requests", &twice).await, (409, "already-asked".into()));
    assert_eq!(parent.slots(&child, FRIDAY).await.len(), 0, "nothing is left of it");
    let once = request("extra", &[quoted]);
    parent.requests_made(&once).await;
    assert_eq!(parent.refused("/requests", &once).await, (409, "already-asked".into()));
}

#[tokio::test]
async fn nobody_pays_what_was_not_shown() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let wanted = booking(&child, FRIDAY, &["ochtend"]);
    let with_token = |token: Value| {
        let mut quoted = wanted.clone();
        quoted["quote"] = token;
        request("extra", &[quoted])
    };
    for missing in [Value::Null, "".into()] {
        let told = parent.refused("/requests", &with_token(missing)).await;
        assert_eq!(told, (422, "quote-missing".into()));
    }
    let of_another = parent.quote("extra", &booking(&child, FRIDAY, &["middag"])).await;
    for stale in [of_another["token"].clone(), "verlopen".into()] {
        let told = parent.refused("/requests", &with_token(stale)).await;
        assert_eq!(told, (409, "quote-changed".into()));
    }
    // A day of a period that is full meanwhile makes it another offer.
    let wanted = period(&child, "2026-03-25", FRIDAY, &["ochtend"]);
    let quoted = parent.quoted("extra", &wanted).await;
    places(&house, 0).await;
    let told = parent.refused("/requests", &request("extra", &[quoted])).await;
    assert_eq!(told, (409, "quote-changed".into()));
}

#[tokio::test]
async fn bookings_that_share_a_credit_are_quoted_one_after_the_other() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let credit = give(&house, Unit::Minutes, 330).await;
    let with_credit = |day: &str| {
        let mut wanted = booking(&child, day, &["ochtend"]);
        wanted["lines"][0]["creditId"] = credit.clone().into();
        wanted
    };
    let (first, mut second) = (with_credit(FRIDAY), with_credit("2026-04-10"));
    let body = json!({ "kind": "extra", "booking": second, "before": [first] });
    // Nothing is left for the second.
    let told = parent.asks("/quote", &body).await;
    let told: Value = told.json().await.unwrap();
    assert_eq!(told["code"], "credit-gone");
    second["lines"][0]["creditId"] = Value::Null;
    let body = json!({ "kind": "extra", "booking": second, "before": [first] });
    let quote: Value = parent.asks("/quote", &body).await.json().await.unwrap();
    second["quote"] = quote["token"].clone();
    let first = parent.quoted("extra", &first).await;
    parent.requests_made(&request("extra", &[first, second])).await;
}

#[tokio::test]
async fn an_organisation_without_credits_knows_none() {
    let house = House::with(|mut options| {
        options.organisation = Organisation::DUINPAN;
        options
    })
    .await;
    let parent = house.sign_in("sanne").await;
    let capabilities = parent.json("/parent-api/v1/capabilities").await;
    let features = capabilities["features"].as_array().unwrap();
    assert!(features.contains(&"requests".into()) && !features.contains(&"credits".into()));
    let rules = parent.json("/parent-api/v1/planning/rules").await;
    assert_eq!((&rules["credits"], &rules["longestPeriod"]), (&Value::Null, &json!(31)));
    assert_eq!(parent.ask("/parent-api/v1/credits").await.status(), 404);
    give(&house, Unit::Minutes, 400).await;
    let found = parent.possibilities("extra", FRIDAY, FRIDAY).await;
    let noortje = &found["children"][0];
    assert_eq!((&noortje["credits"], &noortje["notUsable"]), (&json!([]), &json!([])));
    // Other day parts, other notice, and an absence that brings nothing.
    assert_eq!(noortje["parts"][0]["id"], "dag");
    let child = parent.child().await;
    let mut wanted = booking(&child, FRIDAY, &["dag"]);
    wanted["lines"][0]["creditId"] = "een tegoed".into();
    let body = json!({ "kind": "extra", "booking": wanted });
    assert_eq!(refused(parent.asks("/quote", &body).await).await, "credit-unknown");
    let body = json!({ "kind": "extra", "booking": booking(&child, "2026-03-18", &["dag"]) });
    assert_eq!(refused(parent.asks("/quote", &body).await).await, "notice-too-short");
    let body = parent.absence(&child, "2026-03-26").await;
    let id = parent.written("/absences", &body).await["requestId"].clone();
    let made = parent.care_request(id.as_str().unwrap()).await;
    assert_eq!(made["lines"][0]["brings"], Value::Null);
    let begun = parent.absence(&child, "2026-03-16").await;
    assert_eq!(parent.refused("/absences", &begun).await, (422, "notice-too-short".into()));
}

#[tokio::test]
async fn a_credit_in_another_unit_is_never_converted() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let credit = give(&house, Unit::Points, 400).await;
    let found = parent.possibilities("extra", FRIDAY, FRIDAY).await;
    let not_usable = found["children"][0]["notUsable"].as_array().unwrap();
    let found = not_usable.iter().find(|one| one["credit"]["id"] == credit.as_str()).unwrap();
    assert!(found["reason"].as_str().unwrap().contains("telt in punten"));
    assert_eq!(found["credit"]["unit"], "points");
}

#[tokio::test]
async fn each_write_is_done_once_under_its_key() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let before = parent.overview().await.len();
    let quoted = parent.quoted("extra", &booking(&child, FRIDAY, &["ochtend"])).await;
    let asking = request("extra", &[quoted]);
    let absence = parent.absence(&child, "2026-03-26").await;
    let mut ids = Vec::new();
    for (path, body) in [("/requests", &asking), ("/absences", &absence)] {
        let key = key();
        let mut answers = Vec::new();
        for _ in 0..3 {
            let answer = parent.write(path, &key, body).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::CREATED, "{path}");
            answers.push(answer.json::<Value>().await.unwrap());
        }
        assert!(answers.windows(2).all(|two| two[0] == two[1]));
        let mut other = body.clone();
        other["remark"] = "anders".into();
        let answer = parent.write(path, &key, &other).send().await.unwrap();
        assert_eq!(code(answer).await, (422, "idempotency-key-reused".into()));
        let id = answers[0]["requestId"].as_str().unwrap().to_owned();
        assert_eq!(parent.care_request(&id).await["key"], key.as_str());
        ids.push(id);
    }
    assert_eq!(parent.overview().await.len(), before + 2);
    for id in ids {
        let (made, key) = (parent.care_request(&id).await, key());
        let path = cancel_path(&made, 0);
        let mut answers = Vec::new();
        for _ in 0..2 {
            let answer = parent.write(&path, &key, &json!({})).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::OK);
            answers.push(answer.text().await.unwrap());
        }
        assert_eq!(answers[0], answers[1]);
        let answer = parent.call(reqwest::Method::POST, &path).json(&json!({}));
        let answer = answer.send().await.unwrap();
        assert_eq!(code(answer).await, (400, "idempotency-key-missing".into()));
    }
}

#[tokio::test]
async fn an_absence_must_be_about_what_is_planned() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let good = parent.absence(&child, "2026-03-26").await;
    let with = |change: &dyn Fn(&mut Value)| {
        let mut body = good.clone();
        change(&mut body);
        body
    };
    for (body, expected) in [
        (with(&|body| body["lines"] = json!([])), "nothing-chosen"),
        (with(&|body| body["lines"][0]["slots"][0]["start"] = 1.into()), "slot-unknown"),
        (with(&|body| body["lines"][0]["slots"][0]["end"] = i64::MAX.into()), "slot-unknown"),
        (with(&|body| body["lines"][0]["slots"][0]["day"] = FRIDAY.into()), "slot-unknown"),
        (with(&|body| body["lines"][0]["childId"] = "nergens".into()), "child-unknown"),
        (with(&|body| body["until"] = "2026-03-25".into()), "period-not-allowed"),
        (with(&|body| body["remark"] = "o".repeat(10_001).into()), "text-too-long"),
    ] {
        assert_eq!(parent.refused("/absences", &body).await.1, expected, "{body}");
    }
    let stranger = house.sign_in("nieuw").await;
    assert_eq!(stranger.refused("/absences", &good).await, (422, "child-unknown".into()));
    let mut past = parent.absence(&child, "2026-03-12").await;
    assert_eq!(parent.refused("/absences", &past).await.1, "day-past");
    past["until"] = "2026-03-26".into();
    assert_eq!(parent.refused("/absences", &past).await.1, "day-past");
    // An option is cancelled, not stayed away from.
    parent.asked(&booking(&child, FRIDAY, &["ochtend"])).await;
    let option = parent.absence(&child, FRIDAY).await;
    assert_eq!(parent.refused("/absences", &option).await, (409, "already-asked".into()));
}

#[tokio::test]
async fn a_slot_offered_in_a_swap_is_not_offered_again() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let given = parent.named(&child, "2026-03-26").await;
    let swap = |day: &str| {
        let mut wanted = booking(&child, day, &["ochtend"]);
        wanted["given"] = json!([given]);
        wanted
    };
    let body = request("swap", &[parent.quoted("swap", &swap(FRIDAY)).await]);
    parent.requests_made(&body).await;
    let body = json!({ "kind": "swap", "booking": swap("2026-04-10") });
    assert_eq!(refused(parent.asks("/quote", &body).await).await, "already-asked");
    let absence = parent.absence(&child, "2026-03-26").await;
    assert_eq!(parent.refused("/absences", &absence).await, (409, "already-asked".into()));
}

#[tokio::test]
async fn a_moved_slot_is_named_by_its_new_times() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let before = parent.absence(&child, "2026-03-26").await;
    let start = before["lines"][0]["slots"][0]["start"].as_i64().unwrap();
    let slot = |to: Option<(&str, &str)>, start| SlotMove {
        username: None,
        child: None,
        day: "2026-03-26".parse().unwrap(),
        start,
        to: to.map(|(from, until)| (from.parse().unwrap(), until.parse().unwrap())),
    };
    let nursery = house.portal.nursery();
    nursery.move_slot(slot(Some(("08:30:00", "13:00:00")), start)).await.unwrap();
    assert_eq!(parent.refused("/absences", &before).await, (422, "slot-unknown".into()));
    let moved = parent.slots(&child, "2026-03-26").await;
    assert_eq!(moved[0]["startTime"], start + 3_600_000);
    let body = parent.absence(&child, "2026-03-26").await;
    parent.written("/absences", &body).await;
    // Moved back, it is the slot that is stayed away from.
    nursery.move_slot(slot(Some(("07:30:00", "13:00:00")), start + 3_600_000)).await.unwrap();
    let back = &parent.slots(&child, "2026-03-26").await[0];
    assert_eq!(back["plannedAttendanceCode"]["code"], "absent");
    nursery.move_slot(slot(None, start)).await.unwrap();
    assert_eq!(parent.slots(&child, "2026-03-26").await.len(), 1);
    assert!(nursery.move_slot(slot(None, start)).await.is_err());
}

#[tokio::test]
async fn the_staff_side_judges_over_http_and_the_truth_tells_it() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let made = parent.asked(&booking(&child, FRIDAY, &["ochtend"])).await;
    let line = made["lines"][0]["id"].as_str().unwrap();
    let open = house.http.get(house.staff("planning/requests")).send().await.unwrap();
    let open: Value = open.json().await.unwrap();
    assert_eq!(open[0]["id"], made["id"]);
    let put = async |path: &str, body: Value| {
        house.http.put(house.staff(path)).json(&body).send().await.unwrap().status()
    };
    let decision = format!("planning/lines/{line}/decision");
    let no = json!({ "approve": false, "reason": "Helaas." });
    assert_eq!(put(&decision, no.clone()).await, 204);
    assert_eq!(put(&decision, no.clone()).await, 409);
    assert_eq!(put("planning/lines/nergens/decision", no).await, 404);
    let set = json!({ "group": "Hamsters", "day": FRIDAY, "part": "ochtend", "places": 2 });
    assert_eq!(put("planning/places", set).await, 204);
    let nowhere = json!({ "group": "Dassen", "day": FRIDAY, "part": "ochtend", "places": 2 });
    assert_eq!(put("planning/places", nowhere).await, 404);
    let credit = json!({
        "name": "Cadeau", "unit": "minutes", "total": 90, "weeks": "holiday",
        "validFrom": "2026-01-01", "validUntil": "2026-12-31"
    });
    let given = house.http.post(house.staff("planning/credits")).json(&credit);
    let given: Value = given.send().await.unwrap().json().await.unwrap();
    let start = parent.slots(&child, "2026-03-26").await[0]["startTime"].clone();
    let moved = json!({ "day": "2026-03-26", "start": start, "to": ["08:00:00", "13:00:00"] });
    assert_eq!(put("planning/slots", moved).await, 204);
    let truth = house.http.get(house.staff("truth")).send().await.unwrap();
    let truth: schriftje_demo_portal::Truth = truth.json().await.unwrap();
    assert_eq!(truth, house.portal.nursery().truth(None).await.unwrap());
    let told = &truth.requests[0];
    assert_eq!(made["id"], told.id.as_str());
    assert_eq!(
        (told.lines[0].status.as_str(), told.lines[0].status_reason.as_deref()),
        ("refused", Some("Helaas."))
    );
    let credit = truth.credits.iter().find(|credit| given["credit"] == credit.id.as_str()).unwrap();
    assert_eq!((credit.left, credit.state.as_str()), (90, "usable"));
    let slot = truth.slots.iter().find(|slot| slot.day.to_string() == "2026-03-26").unwrap();
    assert_eq!(slot.start, start.as_i64().unwrap() + 1_800_000);
}

#[tokio::test]
async fn the_history_of_the_demo_family_is_there_and_holds() {
    let days = ["2026-03-16", "2026-06-03", "2026-08-05", "2026-12-25", "2028-02-29"];
    let days = days.map(|day| (Organisation::BOSRAND, day));
    for (organisation, day) in days.into_iter().chain([(Organisation::DUINPAN, "2026-03-16")]) {
        let house = House::with(|mut options| {
            options.organisation = organisation;
            options.now = Some(format!("{day}T09:30:00Z").parse().unwrap());
            options
        })
        .await;
        let parent = house.sign_in("sanne").await;
        let all = parent.overview().await;
        let kinds: std::collections::HashSet<String> = all.iter().flat_map(statuses).collect();
        for status in ["asked", "approved", "refused", "cancelled", "expired", "registered"] {
            assert!(kinds.contains(status), "{day}: {status} of {kinds:?}");
        }
        if organisation == Organisation::BOSRAND {
            let states: std::collections::HashSet<String> = parent
                .credits()
                .await
                .iter()
                .map(|credit| credit["state"].as_str().unwrap().to_owned())
                .collect();
            assert_eq!(states.len(), 4, "{day}: {states:?}");
        }
        let truth = house.portal.nursery().truth(None).await.unwrap();
        let tentative = truth.slots.iter().any(|slot| slot.attendance == "tentative");
        assert!(tentative, "{day}");
        assert_eq!(parent.letters().await.len(), 0, "what was judged long ago was told long ago");
    }
}

#[tokio::test]
async fn an_expiry_rings_for_who_listens_and_asks_nothing() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let mut body =
        request("extra", &[parent.quoted("extra", &booking(&child, FRIDAY, &["ochtend"])).await]);
    body["expiresOn"] = later("2026-03-16", 2).into();
    let mut stream = parent.call(reqwest::Method::GET, "/events").send().await.unwrap();
    parent.requests_made(&body).await;
    house.portal.clock().set("2026-03-18T00:00:00Z".parse().unwrap());
    let mut heard = String::new();
    while heard.matches("\"planning\"").count() < 2 || !heard.contains("\"messages\"") {
        heard.push_str(std::str::from_utf8(&stream.chunk().await.unwrap().unwrap()).unwrap());
    }
    let truth = house.portal.nursery().truth(None).await.unwrap();
    let letters = truth.conversations.iter().filter(|one| one.subject.contains("vervallen"));
    assert_eq!(letters.count(), 1);
}

async fn places(house: &House, places: u32) {
    let set = PlacesSet {
        group: "Hamsters".into(),
        day: FRIDAY.parse().unwrap(),
        part: "ochtend".into(),
        places,
    };
    house.portal.nursery().set_places(set).await.unwrap();
}

async fn give(house: &House, unit: Unit, total: i64) -> String {
    let new = NewCredit {
        username: None,
        child: None,
        name: "Cadeau".into(),
        unit,
        total,
        valid_from: "2026-01-01".parse().unwrap(),
        valid_until: "2026-12-31".parse().unwrap(),
        weeks: Weeks::All,
        note: None,
    };
    house.portal.nursery().give_credit(new).await.unwrap()
}
