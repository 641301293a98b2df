//! Absences and requests, with and without a network: each arrives once, or is told of.

use crate::family::{
    arrived as all_arrived, ask, day, family, form_of_both, friday, slots, slots_of_both, thursday,
};
use crate::world::{PASSWORD, World, now};
use chrono::{DateTime, TimeDelta};
use schriftje_app::App;
use schriftje_app::api::{ErrorCode, GivenIn, Language, OpenWhat};
use schriftje_demo_portal::{Fault, FaultKind, Options, start};
use schriftje_model::{
    AbsenceForm, AbsenceReason, Attendance, Booking, BookingLine, ChildSlots, Day, Fact, FactKind,
    PortalNotice, Quote, RequestForm, RequestId, RequestKind, RequestStatus, SlotRef, WriteState,
    WriteWhat,
};

/// An absence for the first child that is expected on a day to come.
async fn absence(world: &World) -> AbsenceForm {
    let truth = world.portal.nursery().truth(Some("sanne")).await.unwrap();
    let tomorrow = schriftje_model::today(now()) + TimeDelta::days(1);
    let mut slots: Vec<_> = truth.slots.iter().filter(|slot| slot.day > tomorrow).collect();
    slots.retain(|slot| slot.attendance == "attend");
    slots.sort_by_key(|slot| slot.start);
    let slot = slots[0];
    let instant = |ms| DateTime::from_timestamp_millis(ms).unwrap();
    let named =
        SlotRef { day: slot.day, starts_at: instant(slot.start), ends_at: instant(slot.end) };
    AbsenceForm {
        from: slot.day,
        until: slot.day,
        lines: vec![ChildSlots { child: slot.child.as_str().into(), slots: vec![named] }],
        reason: AbsenceReason::Ill,
        remark: "Koorts".to_owned(),
    }
}

/// How many absences with our remark stand at the portal.
async fn arrived(world: &World) -> usize {
    let truth = world.portal.nursery().truth(Some("sanne")).await.unwrap();
    truth.requests.iter().filter(|request| request.remark == "Koorts").count()
}

fn wish(day: Day, child: &str) -> RequestForm {
    let line = BookingLine { child: child.into(), parts: Vec::new(), credit: None };
    let booking =
        Booking { from: day, until: day, lines: vec![line], given: Vec::new(), quote: None };
    RequestForm { bookings: vec![booking], ..RequestForm::empty(RequestKind::Extra) }
}

async fn raised(app: &App) -> Vec<OpenWhat> {
    let raised = app.take_notifications(Language::Nl).await.unwrap();
    raised.into_iter().map(|raised| raised.what).collect()
}

/// Whether a notification that opens this has done its work.
async fn is_done(app: &App, told: &OpenWhat) -> bool {
    app.seen_meanwhile(vec![told.clone()]).await.unwrap() == [told.clone()]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_absence_reported_without_a_network_arrives_once_after_a_restart() {
    let mut world = family().await;
    let form = absence(&world).await;
    let app = world.signed_in().await;
    app.writing().await.unwrap();
    let options = world.portal.options();
    world.portal.stop().await;
    let write = app.send_absence(form.clone()).await.unwrap();
    // Pressed twice.
    assert_eq!(app.send_absence(form).await.unwrap().id, write.id);
    assert_eq!(app.send_now().await.unwrap_err().code, ErrorCode::Offline);
    app.shutdown().await;
    world.portal = start(options).await.unwrap();
    let app = world.app().await;
    assert_eq!(app.unsent(None).await.unwrap()[0].writes.len(), 1);
    assert_eq!(app.send_now().await.unwrap().sent, 1);
    app.send_now().await.unwrap();
    assert_eq!(arrived(&world).await, 1);
    assert!(app.unsent(None).await.unwrap().is_empty());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_absence_of_a_day_or_a_period_of_several_children_arrives_with_its_reason() {
    let world = family().await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    app.refresh_agenda(None).await.unwrap();
    for (from, until, reason, word) in [
        ("2026-03-26", "2026-03-26", AbsenceReason::Ill, "ill"),
        ("2026-03-30", "2026-04-02", AbsenceReason::Holiday, "holiday"),
        ("2026-04-13", "2026-04-14", AbsenceReason::Other, "other"),
    ] {
        let (from, until) = (day(from), day(until));
        let lines = slots_of_both(&app, from, until).await;
        assert_eq!(lines.len(), 2, "{from}: both are expected");
        let remark = String::new();
        let form = AbsenceForm { from, until, lines: lines.clone(), reason, remark };
        app.send_absence(form).await.unwrap();
        assert_eq!(app.send_now().await.unwrap().sent, 1);
        let there = all_arrived(&world).await.into_iter();
        let there = there.filter(|one| one.lines[0].from == from).collect::<Vec<_>>();
        let [there] = &there[..] else { panic!("one absence: {there:?}") };
        assert_eq!(there.reason.as_deref(), Some(word));
        let counts: Vec<_> = there.lines.iter().map(|line| line.slots.len()).collect();
        assert_eq!(counts, lines.iter().map(|line| line.slots.len()).collect::<Vec<_>>());
        app.refresh_agenda(None).await.unwrap();
        let told = app.request(RequestId(there.id.clone())).await.unwrap();
        assert_eq!((told.kind, told.reason), (RequestKind::Absence, Some(reason)));
        assert!(told.lines.iter().all(|line| line.status == RequestStatus::Registered));
        let away = slots(&app, from).await;
        assert!(away.iter().all(|slot| slot.attendance == Attendance::Absent));
    }
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_only_an_option_is_not_expected_and_hinders_no_absence_around_it() {
    let world = family().await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let asked = ask(&app, form_of_both(&app, RequestKind::Extra).await).await;
    assert_eq!(slots(&app, friday()).await.len(), 2, "it stands in the agenda");
    let lines = slots_of_both(&app, thursday(), friday()).await;
    assert!(lines.iter().flat_map(|line| &line.slots).all(|slot| slot.day == thursday()));
    let (from, until, remark) = (thursday(), friday(), String::new());
    let form = AbsenceForm { from, until, lines, reason: AbsenceReason::Holiday, remark };
    app.send_absence(form).await.unwrap();
    assert_eq!(app.send_now().await.unwrap().sent, 1);
    app.refresh_agenda(None).await.unwrap();
    let still = app.request(asked.id).await.unwrap();
    assert!(still.lines.iter().all(|line| line.status == RequestStatus::Asked));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_absence_whose_answer_was_lost_arrives_once() {
    for wait in [TimeDelta::zero(), TimeDelta::hours(30)] {
        let world = family().await;
        let form = absence(&world).await;
        let app = world.signed_in().await;
        app.writing().await.unwrap();
        let lost = Fault::once(FaultKind::EffectThenReset).at("/parent-api/v1/absences");
        world.portal.faults().add(lost.only("POST"));
        app.send_absence(form).await.unwrap();
        app.send_now().await.unwrap_err();
        assert_eq!(app.outbox().await.unwrap()[0].state, WriteState::Sending);
        // The portal may have forgotten its keys, and the day may have begun.
        world.portal.clock().advance(wait);
        world.clock.advance(wait);
        assert_eq!(app.send_now().await.unwrap().sent, 1);
        assert_eq!(arrived(&world).await, 1);
        app.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_of_two_parents_hears_that_the_absence_is_known_and_keeps_the_form() {
    let world = family().await;
    let form = absence(&world).await;
    let app = world.signed_in().await;
    app.writing().await.unwrap();
    app.send_absence(form.clone()).await.unwrap();
    assert_eq!(app.send_now().await.unwrap().sent, 1);
    app.sign_in(world.form("joris", PASSWORD)).await.unwrap();
    let write = app.send_absence(form.clone()).await.unwrap();
    assert_eq!(app.send_now().await.unwrap().refused, 1);
    let refused = app.outbox().await.unwrap().remove(0);
    assert_eq!(refused.reason_code.as_deref(), Some("already-absent"));
    assert!(refused.reason.is_some());
    let WriteWhat::Absence { form: kept } = refused.what else { panic!("another write") };
    assert_eq!(kept, form);
    let [OpenWhat::Form { write: Some(opened), wish: None, .. }] = &raised(&app).await[..] else {
        panic!("not one notification");
    };
    assert_eq!(*opened, write.id);
    assert!(raised(&app).await.is_empty(), "told once");
    assert_eq!(arrived(&world).await, 1);
    let account = app.overview().await.unwrap().account.unwrap().id;
    let told = OpenWhat::Form { account, write: Some(write.id.clone()), wish: None };
    assert!(!is_done(&app, &told).await, "it stands until the parent goes on with it");
    app.withdraw_write(write.id).await.unwrap();
    assert!(is_done(&app, &told).await);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_absence_whose_day_has_begun_goes_only_when_the_parent_says_so() {
    let mut world = family().await;
    let form = absence(&world).await;
    let app = world.signed_in().await;
    app.writing().await.unwrap();
    let options = world.portal.options();
    world.portal.stop().await;
    let write = app.send_absence(form.clone()).await.unwrap();
    // Six in the morning of the day itself.
    let morning = schriftje_model::noon(form.from).to_utc() - TimeDelta::hours(6);
    world.clock.advance(morning - now());
    app.send_now().await.unwrap_err();
    let held = app.outbox().await.unwrap().remove(0);
    assert_eq!((held.state, held.attempts), (WriteState::Refused, 0));
    assert_eq!(held.reason_code.as_deref(), Some("day-begun"));
    world.portal = start(Options { now: Some(morning), ..options }).await.unwrap();
    app.send_now().await.unwrap();
    assert_eq!(arrived(&world).await, 0);
    assert_eq!(raised(&app).await.len(), 1);
    app.confirm_late_absence(write.id.clone()).await.unwrap();
    let again = app.confirm_late_absence(write.id).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::TooLate);
    assert_eq!(app.send_now().await.unwrap().sent, 1);
    assert_eq!(arrived(&world).await, 1);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_absence_that_is_refused_is_not_told_where_requests_are_off_at_the_portal() {
    let world = family().await;
    let form = absence(&world).await;
    let app = world.signed_in().await;
    app.writing().await.unwrap();
    app.send_absence(form.clone()).await.unwrap();
    assert_eq!(app.send_now().await.unwrap().sent, 1);
    app.sign_in(world.form("joris", PASSWORD)).await.unwrap();
    app.sync_now().await.unwrap();
    let Some(Fact::Notices(held)) = app.fact(FactKind::Notices).await.unwrap().fact else {
        panic!("no notices")
    };
    let requests = held.items.iter().find(|item| item.id == "requests").unwrap();
    let off = PortalNotice { push: Some(false), ..requests.clone() };
    app.set_portal_notices(held.etag, vec![off]).await.unwrap();
    app.send_absence(form).await.unwrap();
    assert_eq!(app.send_now().await.unwrap().refused, 1);
    assert_eq!(raised(&app).await, []);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wish_is_ready_once_with_one_notification() {
    let mut world = family().await;
    let form = absence(&world).await;
    let wished = wish(form.from, form.lines[0].child.as_str());
    let app = world.signed_in().await;
    app.writing().await.unwrap();
    let options = world.portal.options();
    world.portal.stop().await;
    app.save_request_form(wished.clone()).await.unwrap();
    assert_eq!(app.unsent(None).await.unwrap()[0].forms.len(), 1);
    let GivenIn::Wish { wish } = app.send_request(RequestKind::Extra).await.unwrap() else {
        panic!("nobody knows what it is worth");
    };
    let unsent = &app.unsent(None).await.unwrap()[0];
    assert_eq!((unsent.forms.len(), unsent.wishes.len()), (0, 1));
    app.send_now().await.unwrap_err();
    assert!(raised(&app).await.is_empty());
    world.portal = start(options).await.unwrap();
    app.send_now().await.unwrap();
    app.send_now().await.unwrap();
    assert!(app.wishes().await.unwrap()[0].ready);
    let [OpenWhat::Form { write: None, wish: Some(opened), .. }] = &raised(&app).await[..] else {
        panic!("not one notification");
    };
    assert_eq!(*opened, wish.id);
    let account = app.overview().await.unwrap().account.unwrap().id;
    let told = OpenWhat::Form { account, write: None, wish: Some(wish.id.clone()) };
    app.send_now().await.unwrap();
    assert!(raised(&app).await.is_empty());
    assert!(!is_done(&app, &told).await, "it stands until the parent goes on with it");
    // Opened over another form, which is kept.
    let other = RequestForm { remark: "Nog een".to_owned(), ..wished.clone() };
    app.save_request_form(other.clone()).await.unwrap();
    assert_eq!(app.open_wish(wish.id.clone()).await.unwrap(), wished);
    assert_eq!(app.request_form(RequestKind::Extra).await.unwrap(), wished);
    assert_eq!(app.wishes().await.unwrap()[0].form, other);
    assert!(is_done(&app, &told).await);
    assert!(raised(&app).await.is_empty());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_worth_something_else_by_now_comes_back_with_the_reason() {
    let world = family().await;
    let form = absence(&world).await;
    let app = world.signed_in().await;
    app.writing().await.unwrap();
    let mut request = wish(form.from + TimeDelta::days(28), form.lines[0].child.as_str());
    request.bookings[0].lines[0].parts.push(schriftje_model::DayPart {
        id: "ochtend".to_owned(),
        name: "Ochtend".to_owned(),
        start: "08:00:00".parse().unwrap(),
        end: "13:00:00".parse().unwrap(),
    });
    let token = "een oude".to_owned();
    request.bookings[0].quote =
        Some(Quote { lines: Vec::new(), cents: None, notices: Vec::new(), token });
    app.save_request_form(request).await.unwrap();
    let given = app.send_request(RequestKind::Extra).await.unwrap();
    assert!(matches!(given, GivenIn::Queued { .. }));
    assert_eq!(app.send_now().await.unwrap().refused, 1);
    let refused = app.outbox().await.unwrap().remove(0);
    assert!(refused.reason.is_some() && refused.reason_code.is_some());
    assert_eq!(raised(&app).await.len(), 1);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plain_portal_is_asked_nothing_and_the_form_stays() {
    let form = absence(&family().await).await;
    let world = World::with(|options| Options { plain: true, ..options }).await;
    let app = world.signed_in().await;
    app.writing().await.unwrap();
    let refused = app.send_absence(form.clone()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::AgendaNotOffered);
    let wished = wish(form.from, form.lines[0].child.as_str());
    app.save_request_form(wished.clone()).await.unwrap();
    let refused = app.send_request(RequestKind::Extra).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::AgendaNotOffered);
    assert_eq!(app.request_form(RequestKind::Extra).await.unwrap(), wished);
    app.send_now().await.unwrap();
    let invented = world.portal.requests().into_iter().filter(|request| {
        request.path_and_query.starts_with("/parent-api/")
            && request.path_and_query != "/parent-api/v1/capabilities"
    });
    assert_eq!(invented.count(), 0);
    app.shutdown().await;
}
