//! What chapter 5 of the manual promises of the planning and of extra days, as far as it is the portal's doing.
//! Each test is named after its sentence.

use crate::agenda_parent::{
    FRIDAY, booking, both, both_on, family, give, period, refused, request, statuses,
};
use crate::parent::now;
use chrono::TimeDelta;
use serde_json::{Value, json};

#[tokio::test]
async fn the_planned_days_of_every_child_are_answered() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    for child in parent.children().await {
        let slots = parent.slots(&child, "2026-03-31").await;
        assert!(!slots.is_empty());
        assert!(slots.iter().all(|slot| slot["plannedAttendanceCode"]["code"] == "attend"));
        // The list goes far into the future and back into the past.
        assert!(!parent.slots(&child, "2027-03-30").await.is_empty());
        assert!(!parent.slots(&child, "2025-11-04").await.is_empty());
    }
}

#[tokio::test]
async fn a_slot_has_its_group_and_where_it_comes_from() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let children = parent.children().await;
    let made = parent.asked(&booking(&children[1], FRIDAY, &["naschools"])).await;
    let path = format!("/parent-api/v1/planning/2026-03-26/until/{FRIDAY}");
    let planning = parent.json(&path).await;
    let slots = planning["slots"].as_array().unwrap();
    let told: Vec<(&Value, &Value)> =
        slots.iter().map(|slot| (&slot["group"], &slot["kind"])).collect();
    let expected = [
        ("Hamsters", "contract"),
        ("Hamsters", "contract"),
        ("Floris", "contract"),
        ("Floris", "extra"),
    ];
    assert_eq!(
        told,
        expected.map(|(group, kind)| (json!(group), json!(kind))).each_ref().map(|(a, b)| (a, b))
    );
    assert_eq!(slots[3]["requestId"], made["id"]);
    assert_eq!(slots[3]["lineId"], made["lines"][0]["id"]);
    assert_eq!(slots[0]["requestId"], Value::Null);
}

#[tokio::test]
async fn asking_again_answers_the_newest_planning() {
    let house = family().await;
    let (sanne, joris) = (house.sign_in("sanne").await, house.sign_in("joris").await);
    let child = sanne.child().await;
    assert_eq!(sanne.slots(&child, FRIDAY).await.len(), 0);
    joris.asked(&booking(&child, FRIDAY, &["ochtend"])).await;
    assert_eq!(sanne.slots(&child, FRIDAY).await.len(), 1);
}

#[tokio::test]
async fn a_request_holds_several_bookings() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let first = parent.quoted("extra", &booking(&child, FRIDAY, &["ochtend"])).await;
    let second = parent.quoted("extra", &booking(&child, "2026-03-20", &["middag"])).await;
    let id = parent.requests_made(&request("extra", &[first, second])).await;
    assert_eq!(statuses(&parent.care_request(&id).await), ["asked", "asked"]);
}

#[tokio::test]
async fn a_child_already_expected_is_shown_with_its_times() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let found = parent.possibilities("extra", "2026-03-26", "2026-03-26").await;
    let noortje = &found["children"][0];
    assert_eq!(noortje["planned"].as_array().unwrap().len(), 2);
    assert_eq!(noortje["planned"][0]["attendance"], "attend");
    assert_eq!(noortje["planned"][0]["group"], "Hamsters");
    for part in noortje["parts"].as_array().unwrap() {
        assert_eq!(part["days"], json!([]));
        assert_eq!(part["refused"][0]["reason"], "Je kind is dan al gepland.");
    }
    let twice = booking(&parent.child().await, "2026-03-26", &["ochtend"]);
    let body = json!({ "kind": "extra", "booking": twice });
    assert_eq!(refused(parent.asks("/quote", &body).await).await, "already-planned");
}

#[tokio::test]
async fn the_possible_day_parts_of_a_day_are_computed() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let found = parent.possibilities("extra", FRIDAY, FRIDAY).await;
    let parts = |child: usize| {
        let parts = found["children"][child]["parts"].as_array().unwrap().clone();
        let possible = parts.into_iter().filter(|part| part["days"] == json!([FRIDAY]));
        possible.map(|part| part["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(parts(0), ["ochtend", "middag"]);
    // A school week: no whole holiday mornings.
    assert_eq!(parts(1), ["voorschools", "naschools"]);
    let holiday = &found["children"][1]["parts"][1];
    assert_eq!(holiday["id"], "vakantieochtend");
    assert!(holiday["refused"][0]["reason"].as_str().unwrap().contains("schoolvakanties"));
}

#[tokio::test]
async fn for_a_period_the_same_holds() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let found = parent.possibilities("extra", "2026-03-23", "2026-03-29").await;
    assert_eq!(found["closed"].as_array().unwrap().len(), 2, "the weekend");
    let morning = &found["children"][0]["parts"][0];
    let days = morning["days"].as_array().unwrap().len();
    let refused = morning["refused"].as_array().unwrap().len();
    assert!(days >= 1 && refused >= 3 && days + refused == 5, "{morning}");
    let child = parent.child().await;
    let quote =
        parent.quote("extra", &period(&child, "2026-03-23", "2026-03-29", &["ochtend"])).await;
    assert_eq!(quote["lines"][0]["days"], days);
    assert!(quote["notices"][0].as_str().unwrap().contains("kan het niet"));
}

#[tokio::test]
async fn the_value_of_a_chosen_day_part_is_computed() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let quote = parent.quote("extra", &booking(&child, FRIDAY, &["ochtend", "middag"])).await;
    // Five hours and a half, and five hours, at € 10,50.
    assert_eq!(quote["lines"][0]["payment"], json!({ "by": "invoice", "cents": 5_775 }));
    assert_eq!(quote["lines"][1]["payment"], json!({ "by": "invoice", "cents": 5_250 }));
    assert_eq!(quote["cents"], 11_025);
}

#[tokio::test]
async fn one_pays_by_invoice_or_by_a_credit() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let found = parent.possibilities("extra", FRIDAY, FRIDAY).await;
    let credits = found["children"][0]["credits"].as_array().unwrap();
    let flexible = credits.iter().find(|credit| credit["name"] == "Flexibel tegoed 2026").unwrap();
    let mut wanted = booking(&child, FRIDAY, &["ochtend"]);
    wanted["lines"][0]["creditId"] = flexible["id"].clone();
    let made = parent.asked(&wanted).await;
    let expected =
        json!({ "by": "credit", "creditId": flexible["id"], "unit": "minutes", "amount": 330 });
    assert_eq!(made["lines"][0]["payments"], json!([expected]));
    let after = parent.credits().await;
    let after = after.iter().find(|credit| credit["id"] == flexible["id"]).unwrap();
    assert_eq!((&after["left"], &after["state"]), (&json!(990), &json!("partlyUsed")));
    assert_eq!(after["uses"][0]["requestId"], made["id"]);
    assert_eq!(
        (&after["uses"][0]["day"], &after["uses"][0]["amount"]),
        (&json!(FRIDAY), &json!(330))
    );
}

#[tokio::test]
async fn a_credit_that_does_not_suffice_pays_nothing_of_a_day_part() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let credit = give(&house, "Noortje", 400).await;
    let mut wanted = booking(&child, FRIDAY, &["ochtend", "middag"]);
    wanted["lines"][0]["creditId"] = credit.into();
    let quote = parent.quote("extra", &wanted).await;
    assert_eq!(quote["lines"][0]["payment"]["by"], "credit");
    assert_eq!(quote["lines"][1]["payment"], json!({ "by": "invoice", "cents": 5_250 }));
    let notice = quote["lines"][1]["notice"].as_str().unwrap();
    assert!(notice.contains("5 uur nodig") && notice.contains("1 uur en 10 minuten"), "{notice}");
}

#[tokio::test]
async fn credits_are_bound_to_their_child() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let credit = give(&house, "Ties", 4_000).await;
    let found = parent.possibilities("extra", FRIDAY, FRIDAY).await;
    let has = |child: usize| {
        let child = &found["children"][child];
        let all = [&child["credits"], &child["notUsable"]];
        all.iter()
            .flat_map(|list| list.as_array().unwrap())
            .any(|one| one.to_string().contains(&credit))
    };
    assert!(!has(0) && has(1));
    let mut wanted = booking(&parent.child().await, FRIDAY, &["ochtend"]);
    wanted["lines"][0]["creditId"] = credit.into();
    let body = json!({ "kind": "extra", "booking": wanted });
    assert_eq!(refused(parent.asks("/quote", &body).await).await, "credit-not-usable");
}

#[tokio::test]
async fn a_credit_for_holidays_is_not_usable_in_a_school_week_and_says_so() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let reason = async |day: &str| {
        let found = parent.possibilities("extra", day, day).await;
        let all = found["children"][1]["notUsable"].as_array().unwrap().clone();
        let named = all.into_iter().find(|one| one["credit"]["name"] == "Vakantietegoed 2026");
        named.map(|one| one["reason"].as_str().unwrap().to_owned())
    };
    let told = reason(FRIDAY).await;
    assert_eq!(told.as_deref(), Some("Dit tegoed is alleen geldig in schoolvakanties."));
    // A Wednesday in the May holiday.
    assert_eq!(reason("2026-04-29").await, None);
    let found = parent.possibilities("extra", FRIDAY, FRIDAY).await;
    let all = found["children"][1]["notUsable"].to_string();
    assert!(all.contains("was geldig tot en met woensdag 31 december 2025"), "{all}");
}

#[tokio::test]
async fn a_request_is_the_family_s_and_shows_all_its_children() {
    let house = family().await;
    let (sanne, joris) = (house.sign_in("sanne").await, house.sign_in("joris").await);
    let found = sanne.possibilities("extra", FRIDAY, FRIDAY).await;
    assert_eq!(found["children"].as_array().unwrap().len(), 3);
    let left = found["children"][2]["reason"].as_str().unwrap();
    assert_eq!(left, "Fenna komt dan niet meer bij ons.");
    let made = joris.asked(&booking(&sanne.child().await, FRIDAY, &["ochtend"])).await;
    let seen = sanne.care_request(made["id"].as_str().unwrap()).await;
    assert_eq!((&seen["sentBy"], &seen["key"]), (&json!("Joris Bloem"), &Value::Null));
    assert!(made["key"].is_string());
    let stranger = house.sign_in("nieuw").await;
    assert_eq!(stranger.overview().await, Vec::<Value>::new());
    assert_eq!(refused(stranger.cancels(&made, 0).await).await, "request-unknown");
}

#[tokio::test]
async fn a_request_is_for_a_day_or_a_period_for_one_child_or_several() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let children = parent.children().await;
    let mut wanted = period(&children[0], "2026-03-25", FRIDAY, &["ochtend"]);
    let other = period(&children[1], "2026-03-25", FRIDAY, &["naschools"]);
    wanted["lines"].as_array_mut().unwrap().push(other["lines"][0].clone());
    let made = parent.asked(&wanted).await;
    assert_eq!(made["lines"].as_array().unwrap().len(), 2, "a period is one line a child");
    for (line, child) in made["lines"].as_array().unwrap().iter().zip(&children) {
        assert_eq!((&line["from"], &line["until"]), (&json!("2026-03-25"), &json!(FRIDAY)));
        assert_eq!(line["childId"], child.as_str());
    }
}

#[tokio::test]
async fn it_is_judged_child_by_child_and_one_message_comes_when_all_are_judged() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let made = both(&house, "extra", |_| {}).await;
    let id = made["id"].as_str().unwrap();
    house.judges(&made, 0, true).await;
    assert_eq!(statuses(&parent.care_request(id).await), ["approved", "asked"]);
    assert_eq!(parent.letters().await.len(), 0);
    house.judges(&made, 1, false).await;
    assert_eq!(statuses(&parent.care_request(id).await), ["approved", "refused"]);
    let letters = parent.letters().await;
    assert_eq!(letters.len(), 1);
    assert!(letters[0].contains("Noortje") && letters[0].contains("goedgekeurd"), "{letters:?}");
    assert!(letters[0].contains("Ties") && letters[0].contains("De groep is vol."), "{letters:?}");
    let overview = parent.json("/restservices-parent/logbook/overview?index=0").await;
    assert_eq!(
        (&overview[0]["unread"], &overview[0]["lastFromParent"]),
        (&json!(true), &json!(false))
    );
}

#[tokio::test]
async fn judged_as_a_whole_a_request_goes_on_only_when_all_children_can_come() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let made = both(&house, "extra", |body| body["whole"] = true.into()).await;
    let id = made["id"].as_str().unwrap();
    house.judges(&made, 0, true).await;
    assert_eq!(statuses(&parent.care_request(id).await), ["asked", "asked"]);
    house.judges(&made, 1, false).await;
    let after = parent.care_request(id).await;
    assert_eq!(statuses(&after), ["refused", "refused"]);
    assert_eq!(after["lines"][0]["statusReason"], "Niet alle kinderen konden geplaatst worden.");
    assert_eq!(after["lines"][1]["statusReason"], "De groep is vol.");
    assert_eq!(parent.letters().await.len(), 1);
}

#[tokio::test]
async fn judged_as_a_whole_is_for_one_day_only() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let wanted = period(&child, "2026-03-25", FRIDAY, &["ochtend"]);
    let mut body = request("extra", &[parent.quoted("extra", &wanted).await]);
    body["whole"] = true.into();
    assert_eq!(parent.refused("/requests", &body).await, (422, "whole-not-allowed".into()));
}

#[tokio::test]
async fn a_request_says_until_which_day_it_may_stand() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let made = both(&house, "extra", |body| body["expiresOn"] = "2026-03-24".into()).await;
    assert_eq!(made["expiresOn"], "2026-03-24");
    let child = parent.child().await;
    let quoted = parent.quoted("extra", &booking(&child, "2026-04-10", &["ochtend"])).await;
    for day in ["2026-03-16", "2026-03-01", "2026-04-11"] {
        let mut body = request("extra", std::slice::from_ref(&quoted));
        body["expiresOn"] = day.into();
        assert_eq!(parent.refused("/requests", &body).await, (422, "expiry-not-allowed".into()));
    }
}

#[tokio::test]
async fn not_judged_in_time_it_is_withdrawn_with_one_message_and_its_status() {
    let house = family().await;
    let made = both(&house, "extra", |body| body["expiresOn"] = "2026-03-18".into()).await;
    let id = made["id"].as_str().unwrap();
    house.portal.clock().set("2026-03-17T22:59:59Z".parse().unwrap());
    let parent = house.sign_in("sanne").await;
    assert_eq!(statuses(&parent.care_request(id).await), ["asked", "asked"]);
    assert_eq!(parent.letters().await.len(), 0);
    house.portal.clock().advance(TimeDelta::seconds(1));
    // However often and by whom it is looked at, and whatever else looks.
    let joris = house.sign_in("joris").await;
    let (a, b) = tokio::join!(parent.care_request(id), joris.care_request(id));
    assert_eq!(
        (statuses(&a), statuses(&b)),
        (vec!["expired".into(); 2], vec!["expired".into(); 2])
    );
    house.portal.clock().advance(TimeDelta::minutes(5));
    let child = parent.child().await;
    assert_eq!(parent.slots(&child, FRIDAY).await.len(), 0);
    let letters = parent.letters().await;
    assert_eq!(letters.len(), 1, "{letters:?}");
    assert!(letters[0].contains("vervallen"), "{letters:?}");
}

#[tokio::test]
async fn a_remark_comes_along() {
    let house = family().await;
    let made = both(&house, "extra", |body| body["remark"] = " Oma is jarig. ".into()).await;
    assert_eq!(made["remark"], "Oma is jarig.");
    let truth = house.portal.nursery().open_requests(None).await.unwrap();
    let seen = truth.iter().find(|request| made["id"] == request.id.as_str()).unwrap();
    assert_eq!(seen.remark, "Oma is jarig.", "whoever judges reads it");
}

#[tokio::test]
async fn a_request_is_offered_to_the_organisation_and_followed_in_the_overview() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let made = both(&house, "extra", |_| {}).await;
    let offered = house.portal.nursery().open_requests(None).await.unwrap();
    assert!(offered.iter().any(|request| made["id"] == request.id.as_str()));
    let newest = &parent.overview().await[0];
    assert_eq!(newest["id"], made["id"]);
    assert_eq!(newest["sentAt"], now().timestamp_millis());
}

#[tokio::test]
async fn a_request_stands_in_the_calendar_at_first_as_an_option() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.child().await;
    let made = parent.asked(&booking(&child, FRIDAY, &["ochtend"])).await;
    let slot = &parent.slots(&child, FRIDAY).await[0];
    assert_eq!(slot["plannedAttendanceCode"]["code"], "tentative");
    assert_eq!(slot["extraInfo"], "Optie extra");
    assert_eq!(slot["toConfirmProduct"], true);
    house.judges(&made, 0, true).await;
    let slot = &parent.slots(&child, FRIDAY).await[0];
    assert_eq!(slot["plannedAttendanceCode"]["code"], "attend");
    assert_eq!((&slot["extraInfo"], &slot["toConfirmProduct"]), (&Value::Null, &json!(false)));
}

#[tokio::test]
async fn cancelling_goes_child_by_child_while_it_is_an_option() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let made = both(&house, "extra", |_| {}).await;
    assert_eq!(made["lines"][0]["canCancel"], true);
    let after: Value = parent.cancels(&made, 0).await.json().await.unwrap();
    assert_eq!(statuses(&after), ["cancelled", "asked"]);
    assert_eq!(after["lines"][0]["canCancel"], false);
    let children = parent.children().await;
    assert_eq!(parent.slots(&children[0], FRIDAY).await.len(), 0);
    assert_eq!(parent.slots(&children[1], FRIDAY).await.len(), 1);
    assert_eq!(refused(parent.cancels(&made, 0).await).await, "already-cancelled");
    house.judges(&made, 1, true).await;
    assert_eq!(refused(parent.cancels(&made, 1).await).await, "already-decided");
}

#[tokio::test]
async fn where_it_may_not_be_cancelled_any_more_the_reason_is_told() {
    let house = family().await;
    let made = both(&house, "extra", |_| {}).await;
    // Noortje begins at half past seven in the morning, Ties at half past two.
    house.portal.clock().set("2026-03-26T09:00:00Z".parse().unwrap());
    let parent = house.sign_in("sanne").await;
    let after = parent.care_request(made["id"].as_str().unwrap()).await;
    assert_eq!(after["lines"][0]["canCancel"], false);
    assert_eq!(after["lines"][0]["cancelReason"], "Annuleren kan tot 24 uur van tevoren.");
    assert_eq!(after["lines"][1]["canCancel"], true);
    assert_eq!(after["lines"][1]["cancelReason"], Value::Null);
    assert_eq!(refused(parent.cancels(&made, 0).await).await, "too-late-to-cancel");
    let approved = both_on(&house, "extra", "2026-04-10", |_| {}).await;
    house.judges(&approved, 0, true).await;
    let after = parent.care_request(approved["id"].as_str().unwrap()).await;
    let reason = after["lines"][0]["cancelReason"].as_str().unwrap();
    assert!(reason.contains("al beslist"), "{reason}");
}

#[tokio::test]
async fn a_period_is_cancelled_whole() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let child = parent.children().await[1].clone();
    let made = parent.asked(&period(&child, "2026-04-08", "2026-04-10", &["naschools"])).await;
    for day in ["2026-04-08", "2026-04-10"] {
        assert_eq!(parent.slots(&child, day).await.len(), 1, "{day}");
    }
    let after: Value = parent.cancels(&made, 0).await.json().await.unwrap();
    assert_eq!(statuses(&after), ["cancelled"]);
    for day in ["2026-04-08", "2026-04-10"] {
        assert_eq!(parent.slots(&child, day).await.len(), 0, "{day}");
    }
}

#[tokio::test]
async fn whom_to_ask_for_changes_in_the_contract_is_told() {
    let house = family().await;
    let rules = house.sign_in("sanne").await.json("/parent-api/v1/planning/rules").await;
    assert!(rules["contract"].as_str().unwrap().contains("planningsafdeling"));
    assert!(rules["groups"].as_array().unwrap().iter().all(|group| group["phone"].is_string()));
}

#[tokio::test]
async fn the_overview_shows_all_with_day_times_status_and_group_newest_first() {
    let house = family().await;
    let parent = house.sign_in("sanne").await;
    let all = parent.overview().await;
    let statuses: std::collections::HashSet<String> = all.iter().flat_map(statuses).collect();
    for status in ["asked", "approved", "refused", "cancelled", "expired", "registered"] {
        assert!(statuses.contains(status), "{status}");
    }
    assert!(all.len() > 50, "more than a page: {}", all.len());
    let ids: std::collections::HashSet<&str> =
        all.iter().map(|request| request["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), all.len());
    let sent: Vec<i64> = all.iter().map(|request| request["sentAt"].as_i64().unwrap()).collect();
    assert!(sent.is_sorted_by(|a, b| a >= b));
    for line in all.iter().flat_map(|request| request["lines"].as_array().unwrap()) {
        assert!(line["from"].is_string() && line["group"].is_string());
        assert_eq!(line["parts"][0]["start"].as_str().unwrap().len(), 5);
    }
}
