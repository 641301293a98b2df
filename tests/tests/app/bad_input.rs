//! What cannot be, cannot be any more or is asked twice: one clear answer, and one truth at the
//! portal. Two parents, a place that went and a request that was decided meanwhile stand in
//! `agenda_writing.rs` and `asking.rs`.

use crate::family::{
    arrived, ask, booking_of_both, day, family, form_of_both, friday, give_in, newest, room, slots,
    slots_of_both,
};
use crate::world::{PASSWORD, World};
use chrono::{Days, TimeDelta};
use schriftje_app::App;
use schriftje_app::api::{AppError, DayRange, ErrorCode, QuoteQuery};
use schriftje_demo_portal::{NewCredit, Options, Size};
use schriftje_model::{
    AbsenceForm, AbsenceReason, Attendance, Booking, ChildSlots, CreditId, Day, RequestForm,
    RequestKind, SlotRef, TestClock, Write, WriteId, WriteState, noon,
};
use serde_json::json;
use std::sync::Arc;

/// The family at another time.
async fn family_at(time: &str) -> World {
    let now = time.parse().unwrap();
    let world =
        World::with(|options| Options { size: Size::Family, now: Some(now), ..options }).await;
    World { clock: TestClock::at(now), ..world }
}

async fn read(world: &World) -> Arc<App> {
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    app.refresh_agenda(None).await.unwrap();
    app
}

fn absence(from: Day, until: Day, lines: Vec<ChildSlots>) -> AbsenceForm {
    AbsenceForm { from, until, lines, reason: AbsenceReason::Holiday, remark: String::new() }
}

/// The absence of both in a period.
async fn absence_of_both(app: &App, from: Day, until: Day) -> AbsenceForm {
    absence(from, until, slots_of_both(app, from, until).await)
}

async fn write(app: &App, id: &WriteId) -> Write {
    app.outbox().await.unwrap().into_iter().find(|one| one.id == *id).unwrap()
}

/// Sends what waits; answers how the portal refused it.
async fn refused(app: &App, id: &WriteId) -> String {
    assert_eq!(app.send_now().await.unwrap().refused, 1);
    let refused = write(app, id).await;
    assert_eq!(refused.state, WriteState::Refused);
    assert!(refused.reason.is_some_and(|reason| !reason.is_empty()), "and says why");
    refused.reason_code.unwrap()
}

fn says_why(error: &AppError) -> bool {
    error.portal_says.as_ref().is_some_and(|says| !says.is_empty())
}

#[tokio::test(flavor = "multi_thread")]
async fn days_that_cannot_be_get_one_clear_answer_and_nothing_arrives() {
    let world = family().await;
    let app = read(&world).await;
    let before = world.portal.nursery().truth(Some("sanne")).await.unwrap();
    let sample = booking_of_both(&app, RequestKind::Extra, friday(), friday()).await;
    for (from, until) in [
        // Past, and begun in the past.
        ("2026-03-13", "2026-03-13"),
        ("2026-03-13", "2026-03-27"),
        // The wrong way round.
        ("2026-03-27", "2026-03-26"),
        // Over a year, and far over it.
        ("2026-03-27", "2027-04-02"),
        ("2026-03-27", "2028-03-27"),
        // Over both nights on which the clock changes: longer than the organisation plans.
        ("2026-03-27", "2026-10-26"),
        // Further than it plans.
        ("2027-04-09", "2027-04-09"),
    ] {
        let (from, until) = (day(from), day(until));
        let asked = app.possibilities(RequestKind::Extra, from, until).await.unwrap_err();
        assert!(says_why(&asked), "{from} {until}: {asked:?}");
        let begins = noon(from).to_utc();
        let slot = SlotRef { day: from, starts_at: begins, ends_at: begins + TimeDelta::hours(4) };
        let child = sample.lines[0].child.clone();
        let form = absence(from, until, vec![ChildSlots { child, slots: vec![slot] }]);
        let booking = Booking { from, until, ..sample.clone() };
        let request =
            RequestForm { bookings: vec![booking], ..RequestForm::empty(RequestKind::Extra) };
        app.save_request_form(request).await.unwrap();
        let given = [
            app.send_absence(form).await.map(drop),
            app.send_request(RequestKind::Extra).await.map(drop),
        ];
        let here = given.iter().filter_map(|given| given.as_ref().err());
        let here: Vec<ErrorCode> = here.map(|error| error.code).collect();
        assert!(here.iter().all(|code| *code == ErrorCode::PeriodNotAllowed), "{from}: {here:?}");
        let sent = app.send_now().await.unwrap();
        assert_eq!((sent.sent, sent.refused as usize + here.len()), (0, 2), "{from} {until}");
        for write in app.outbox().await.unwrap() {
            assert!(write.reason.is_some_and(|reason| !reason.is_empty()), "{from} {until}");
            app.withdraw_write(write.id).await.unwrap();
        }
        app.discard_request_form(RequestKind::Extra).await.unwrap();
    }
    let after = world.portal.nursery().truth(Some("sanne")).await.unwrap();
    assert_eq!((after.requests, after.slots), (before.requests, before.slots));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_29th_of_february_is_a_day_like_any_other() {
    let world = family_at("2028-02-19T09:00:00Z").await;
    let leap = day("2028-02-29");
    let app = read(&world).await;
    let form = absence_of_both(&app, leap, leap).await;
    assert!(!form.lines.is_empty(), "a Tuesday");
    app.send_absence(form.clone()).await.unwrap();
    assert_eq!(app.send_now().await.unwrap().sent, 1);
    let told = newest(&app).await;
    assert!(told.lines.iter().all(|line| (line.from, line.until) == (leap, leap)));
    let away = slots(&app, leap).await;
    assert!(away.iter().all(|slot| slot.attendance == Attendance::Absent), "{away:?}");
    // It is a day on which something expires as well.
    let wanted = day("2028-03-03");
    room(&world, wanted).await;
    let bookings = vec![booking_of_both(&app, RequestKind::Extra, wanted, wanted).await];
    let expires_on = Some(leap);
    let form = RequestForm { bookings, expires_on, ..RequestForm::empty(RequestKind::Extra) };
    assert_eq!(ask(&app, form).await.expires_on, expires_on);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_over_a_night_on_which_the_clock_changes_keeps_every_slot() {
    let world = family().await;
    let app = read(&world).await;
    for (from, until) in [("2026-03-26", "2026-04-02"), ("2026-10-22", "2026-10-29")] {
        let (from, until) = (day(from), day(until));
        app.refresh_agenda(Some(DayRange { from, until })).await.unwrap();
        let form = absence_of_both(&app, from, until).await;
        let begins = form.lines.iter().flat_map(|line| &line.slots);
        let sides: Vec<bool> = begins.map(|slot| slot.day < from + Days::new(3)).collect();
        assert!(sides.contains(&true) && sides.contains(&false), "on both sides");
        app.send_absence(form.clone()).await.unwrap();
        assert_eq!(app.send_now().await.unwrap().sent, 1);
        app.refresh_agenda(Some(DayRange { from, until })).await.unwrap();
        let there =
            arrived(&world).await.into_iter().find(|one| one.lines[0].from == from).unwrap();
        assert_eq!(there.lines.len(), form.lines.len());
        for (line, sent) in there.lines.iter().zip(&form.lines) {
            let there: Vec<_> = line.slots.iter().map(|slot| (slot.start, slot.end)).collect();
            let instants = |slot: &SlotRef| {
                (slot.starts_at.timestamp_millis(), slot.ends_at.timestamp_millis())
            };
            assert_eq!(there, sent.slots.iter().map(instants).collect::<Vec<_>>());
        }
        assert_eq!(slots_of_both(&app, from, until).await, []);
    }
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_booking_twice_is_refused_whole_and_after_the_first_as_well() {
    let world = family().await;
    let app = read(&world).await;
    let form = form_of_both(&app, RequestKind::Extra).await;
    let [once] = &form.bookings[..] else { panic!("one booking") };
    let (kind, before) = (RequestKind::Extra, vec![once.clone()]);
    let query = QuoteQuery { kind, booking: once.clone(), before };
    let priced = app.quote(query).await.unwrap_err();
    assert!(priced.code == ErrorCode::Refused && says_why(&priced), "{priced:?}");
    let twice = RequestForm { bookings: vec![once.clone(), once.clone()], ..form.clone() };
    let id = give_in(&app, twice).await;
    refused(&app, &id).await;
    assert_eq!(arrived(&world).await, []);
    let asked = ask(&app, form.clone()).await;
    let id = give_in(&app, form).await;
    refused(&app, &id).await;
    let there = arrived(&world).await;
    assert_eq!(there.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), [asked.id.as_str()]);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credit_the_other_parent_used_meanwhile_pays_once() {
    let world = family().await;
    let app = read(&world).await;
    let sanne = app.overview().await.unwrap().account.unwrap().id;
    let credit = json!({
        "child": "Noortje", "name": "Cadeau", "unit": "minutes", "total": 400,
        "validFrom": "2020-01-01", "validUntil": "2100-01-01"
    });
    let credit: NewCredit = serde_json::from_value(credit).unwrap();
    let credit = CreditId(world.portal.nursery().give_credit(credit).await.unwrap());
    let paid = async |app: &App, on: Day| {
        room(&world, on).await;
        let mut booking = booking_of_both(app, RequestKind::Extra, on, on).await;
        booking.lines.truncate(1);
        booking.lines[0].credit = Some(credit.clone());
        let booking = crate::family::quoted(app, RequestKind::Extra, booking).await;
        RequestForm { bookings: vec![booking], ..RequestForm::empty(RequestKind::Extra) }
    };
    let hers = paid(&app, friday()).await;
    app.sign_in(world.form("joris", PASSWORD)).await.unwrap();
    app.sync_now().await.unwrap();
    let his = paid(&app, friday() + Days::new(14)).await;
    ask(&app, his).await;
    app.switch_account(sanne).await.unwrap();
    let id = give_in(&app, hers.clone()).await;
    let code = refused(&app, &id).await;
    assert!(["quote-changed", "credit-gone"].contains(&code.as_str()), "{code}");
    let there = arrived(&world).await;
    let used: Vec<_> =
        there.iter().flat_map(|one| &one.lines).map(|line| &line.paid_with).collect();
    assert_eq!(used.len(), 1);
    assert_eq!(used[0][0].0, credit.0);
    // Priced anew it is told what it costs by now.
    let anew = crate::family::quoted(&app, RequestKind::Extra, hers.bookings[0].clone()).await;
    assert!(anew.quote.unwrap().lines[0].notice.is_some());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_whose_clock_is_a_day_off_gets_the_portals_answer_once() {
    // A Wednesday afternoon: Noortje and Ties come on Thursdays.
    let time = "2026-03-25T15:00:00Z";
    let thursday = day("2026-03-26");
    for hours in [-24, 24] {
        let world = family_at(time).await;
        let app = read(&world).await;
        world.clock.advance(TimeDelta::hours(hours));
        let form = absence_of_both(&app, thursday, thursday).await;
        app.send_absence(form).await.unwrap();
        let sent = app.send_now().await.unwrap();
        assert_eq!((sent.sent, sent.refused), (1, 0), "{hours}");
        app.send_now().await.unwrap();
        let since = time.parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_millis();
        let there = arrived(&world).await;
        let told: Vec<_> = there.iter().filter(|request| request.sent_at >= since).collect();
        assert_eq!(told.len(), 1, "{hours}");
        assert_eq!(slots_of_both(&app, thursday, thursday).await, [], "{hours}");
        app.shutdown().await;
    }
    // The day before is past at the portal, whatever the device thinks.
    let world = family_at(time).await;
    let app = read(&world).await;
    world.clock.advance(TimeDelta::hours(-48));
    let monday = day("2026-03-23");
    let form = absence_of_both(&app, monday, monday).await;
    assert!(!form.lines.is_empty());
    let id = app.send_absence(form).await.unwrap().id;
    refused(&app, &id).await;
    app.shutdown().await;
}
