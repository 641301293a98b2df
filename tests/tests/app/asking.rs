//! A request from what is possible to its end, as a parent goes through it.

use crate::family::{arrived, ask, booking_of_both, day, family, form_of_both, friday};
use crate::world::{World, now};
use chrono::Days;
use schriftje_app::App;
use schriftje_app::api::{ErrorCode, GivenIn, QuoteQuery, RequestQuery};
use schriftje_demo_portal::{Decision, NewCredit, PlacesSet};
use schriftje_model::{
    Booking, BookingLine, CareRequest, CreditId, CreditUnit, Day, DayPart, Payment, RequestForm,
    RequestKind, RequestStatus, WriteState, today,
};
use serde_json::json;

/// Two days to come on which Noortje can come in the morning and is not expected.
async fn two_mornings(app: &App) -> [(Day, BookingLine); 2] {
    let mut found = Vec::new();
    let mut day = today(now()) + Days::new(8);
    while found.len() < 2 {
        let possible = app.possibilities(RequestKind::Extra, day, day).await.unwrap();
        let noortje = possible.children.iter().find(|one| one.child_name == "Noortje").unwrap();
        let morning = noortje.parts.iter().find(|one| one.part.id == "ochtend");
        if let Some(morning) = morning.filter(|one| one.days == [day] && noortje.planned.is_empty())
        {
            found.push((day, line(noortje.child.as_str(), &morning.part)));
        }
        day = day + Days::new(1);
    }
    found.try_into().unwrap()
}

fn line(child: &str, part: &DayPart) -> BookingLine {
    BookingLine { child: child.into(), parts: vec![part.clone()], credit: None }
}

fn booking((day, line): (Day, BookingLine), credit: Option<&CreditId>) -> Booking {
    let line = BookingLine { credit: credit.cloned(), ..line };
    Booking { from: day, until: day, lines: vec![line], given: Vec::new(), quote: None }
}

async fn quoted(app: &App, booking: Booking, before: &[Booking]) -> Booking {
    let query =
        QuoteQuery { kind: RequestKind::Extra, booking: booking.clone(), before: before.to_vec() };
    Booking { quote: Some(app.quote(query).await.unwrap()), ..booking }
}

async fn send(app: &App, bookings: Vec<Booking>) -> GivenIn {
    let form = RequestForm { bookings, ..RequestForm::empty(RequestKind::Extra) };
    app.save_request_form(form).await.unwrap();
    let given = app.send_request(RequestKind::Extra).await.unwrap();
    app.send_now().await.unwrap();
    given
}

/// The newest request, as it is kept after it was read again.
async fn newest(app: &App) -> CareRequest {
    app.refresh_agenda(None).await.unwrap();
    let query = RequestQuery { limit: 1, ..RequestQuery::default() };
    app.requests(query).await.unwrap().requests.remove(0)
}

/// A credit of Noortje's that pays for one morning and not for two.
async fn credit(world: &World) -> CreditId {
    let credit = json!({
        "child": "Noortje", "name": "Cadeau", "unit": "minutes", "total": 400,
        "validFrom": "2020-01-01", "validUntil": "2100-01-01"
    });
    let credit: NewCredit = serde_json::from_value(credit).unwrap();
    CreditId(world.portal.nursery().give_credit(credit).await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_days_on_one_credit_are_told_apart_before_they_are_sent_and_go_to_their_end() {
    let world = family().await;
    let app = world.signed_in().await;
    let credit = credit(&world).await;
    app.sync_now().await.unwrap();
    let [first, second] = two_mornings(&app).await;
    let first = quoted(&app, booking(first, Some(&credit)), &[]).await;
    let second = quoted(&app, booking(second, Some(&credit)), std::slice::from_ref(&first)).await;
    let paid = |booking: &Booking| booking.quote.as_ref().unwrap().lines[0].payment.clone();
    assert!(matches!(paid(&first), Payment::Credit { credit: of, .. } if of == credit));
    assert!(matches!(paid(&second), Payment::Invoice { cents: Some(_) }));
    assert!(second.quote.as_ref().unwrap().lines[0].notice.is_some(), "and says why");

    let expected = [paid(&first), paid(&second)];
    assert!(matches!(send(&app, vec![first, second]).await, GivenIn::Queued { .. }));
    let asked = newest(&app).await;
    let payments: Vec<_> = asked.lines.iter().flat_map(|line| line.payments.clone()).collect();
    assert_eq!(payments, expected);
    assert!(asked.lines.iter().all(|line| line.status == RequestStatus::Asked && line.can_cancel));

    let nursery = world.portal.nursery();
    let approve = Decision { approve: true, reason: None };
    nursery.decide_line(asked.lines[0].id.as_str(), approve).await.unwrap();
    let cancelled = app.cancel_line(asked.id.clone(), asked.lines[1].id.clone()).await.unwrap();
    assert_eq!(cancelled.lines[1].status, RequestStatus::Cancelled);
    // Decided while the parent looked at it: the reason is the portal's.
    let late = app.cancel_line(asked.id.clone(), asked.lines[0].id.clone()).await.unwrap_err();
    assert_eq!(late.code, ErrorCode::NotCancellable);
    assert!(late.portal_says.is_some_and(|says| !says.is_empty()));
    let statuses: Vec<_> = newest(&app).await.lines.iter().map(|line| line.status).collect();
    assert_eq!(statuses, [RequestStatus::Approved, RequestStatus::Cancelled]);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_went_meanwhile_is_refused_with_its_reason_and_the_form_is_there() {
    let world = family().await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let [first, _] = two_mornings(&app).await;
    let day = first.0;
    let first = quoted(&app, booking(first, None), &[]).await;
    let group = "Hamsters".to_owned();
    let full = PlacesSet { group, day, part: "ochtend".to_owned(), places: 0 };
    world.portal.nursery().set_places(full).await.unwrap();
    let GivenIn::Queued { write } = send(&app, vec![first.clone()]).await else {
        panic!("it was priced");
    };
    let refused = app.outbox().await.unwrap().into_iter().find(|one| one.id == write.id).unwrap();
    assert_eq!(refused.state, WriteState::Refused);
    assert!(refused.reason.is_some());
    assert_eq!(refused.what, write.what, "as it was filled in");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_for_several_children_is_offered_day_by_day_and_arrives_with_its_remark() {
    let world = family().await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let (from, until) = (day("2026-03-25"), day("2026-03-29"));
    let possible = app.possibilities(RequestKind::Extra, from, until).await.unwrap();
    let closed: Vec<Day> = possible.closed.iter().map(|one| one.day).collect();
    assert_eq!(closed, [day("2026-03-28"), day("2026-03-29")], "the weekend");
    let noortje = possible.children.iter().find(|one| one.child_name == "Noortje").unwrap();
    assert!(noortje.planned.iter().any(|planned| planned.slot.day == day("2026-03-26")));
    let morning = noortje.parts.iter().find(|one| one.part.id == "ochtend").unwrap();
    assert!(morning.days.contains(&friday()));
    let not: Vec<Day> = morning.refused.iter().map(|one| one.day).collect();
    assert!(not.contains(&day("2026-03-26")), "planned already");
    assert!(morning.refused.iter().all(|one| !one.reason.is_empty()));
    assert_eq!(morning.days.len() + not.len(), 3, "each open day is one or the other");

    let bookings = vec![booking_of_both(&app, RequestKind::Extra, from, until).await];
    let remark = " Oma is jarig. ".to_owned();
    let form = RequestForm { bookings, remark, ..RequestForm::empty(RequestKind::Extra) };
    let asked = ask(&app, form).await;
    assert_eq!(asked.remark.as_deref(), Some("Oma is jarig."));
    let there = &arrived(&world).await[..];
    let [there] = there else { panic!("one request: {there:?}") };
    assert_eq!((there.lines.len(), there.remark.as_str()), (2, "Oma is jarig."));
    assert!(there.lines.iter().all(|line| (line.from, line.until) == (from, until)));
    let days: Vec<Day> = there.lines[0].slots.iter().map(|slot| slot.day).collect();
    assert_eq!(days, morning.days);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credit_is_offered_to_its_own_child_and_only_where_it_can_be_used() {
    let world = family().await;
    let app = world.signed_in().await;
    let credit = credit(&world).await;
    app.sync_now().await.unwrap();
    let form = form_of_both(&app, RequestKind::Extra).await;
    let possible = app.possibilities(RequestKind::Extra, friday(), friday()).await.unwrap();
    for child in &possible.children {
        let others = child.not_usable.iter().map(|one| &one.credit);
        assert!(child.credits.iter().chain(others).all(|one| one.child == child.child));
        assert!(child.not_usable.iter().all(|one| !one.reason.is_empty()));
        let has = child.credits.iter().any(|one| one.id == credit);
        assert_eq!(has, child.child_name == "Noortje", "{}", child.child_name);
    }
    let noortje = possible.children.iter().find(|one| one.child_name == "Noortje").unwrap();
    let holidays = noortje.not_usable.iter().find(|one| one.credit.name == "Vakantietegoed 2026");
    let holidays = holidays.unwrap();
    assert!(holidays.reason.contains("schoolvakanties"), "{}", holidays.reason);
    // Neither the holidays' own nor another child's pays, even if it were asked.
    for (line, credit) in [(0, &holidays.credit.id), (1, &credit)] {
        let mut booking = form.bookings[0].clone();
        booking.lines[line].credit = Some(credit.clone());
        let query = QuoteQuery { kind: RequestKind::Extra, booking, before: Vec::new() };
        let refused = app.quote(query).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Refused);
        assert!(refused.portal_says.is_some_and(|says| !says.is_empty()));
    }
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credit_below_nothing_is_told_as_what_it_is_and_pays_nothing() {
    let world = family().await;
    let app = world.signed_in().await;
    let debt = json!({
        "child": "Noortje", "name": "Correctie", "unit": "minutes", "total": -150,
        "validFrom": "2020-01-01", "validUntil": "2100-01-01"
    });
    let debt: NewCredit = serde_json::from_value(debt).unwrap();
    let debt = CreditId(world.portal.nursery().give_credit(debt).await.unwrap());
    app.sync_now().await.unwrap();
    let told = app.credits().await.unwrap();
    let told = told.iter().flat_map(|child| &child.credits).find(|one| one.id == debt).unwrap();
    assert_eq!((told.total, told.left, &told.unit), (-150, -150, &CreditUnit::Minutes));
    let possible = app.possibilities(RequestKind::Extra, friday(), friday()).await.unwrap();
    let mut usable = possible.children.iter().flat_map(|child| &child.credits);
    assert!(usable.all(|one| one.id != debt && one.left > 0));
    let mut booking = form_of_both(&app, RequestKind::Extra).await.bookings.remove(0);
    booking.lines[0].credit = Some(debt);
    let query = QuoteQuery { kind: RequestKind::Extra, booking, before: Vec::new() };
    match app.quote(query).await {
        // It is not charged to the credit, or not taken at all.
        Ok(quote) => {
            let mut paid = quote.lines.iter().map(|line| &line.payment);
            assert!(paid.all(|by| matches!(by, Payment::Invoice { .. })), "{quote:?}");
        }
        Err(refused) => assert_eq!(refused.code, ErrorCode::Refused),
    }
    app.shutdown().await;
}
