//! The planning as it is read: the same as at the portal, whatever moves there, and at a portal
//! that offers nothing more.

use crate::world::{PASSWORD, World, sync_texts, whole_timeline};
use chrono::{DateTime, NaiveTime, TimeDelta};
use schriftje_app::App;
use schriftje_app::api::{AgendaQuery, DayRange, ErrorCode};
use schriftje_demo_portal::{Fault, FaultKind, Options, Size, SlotMove, TrueSlot};
use schriftje_model::{Attendance, CareSlot, Day, noon};
use std::collections::BTreeSet;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

async fn family() -> World {
    World::with(|options| Options { size: Size::Family, ..options }).await
}

async fn slots(app: &App, from: Day, until: Day) -> Vec<CareSlot> {
    let query = AgendaQuery { children: Vec::new(), from, until };
    app.agenda(query).await.unwrap().days.into_iter().flat_map(|day| day.slots).collect()
}

async fn at_the_portal(world: &World) -> Vec<TrueSlot> {
    world.portal.nursery().truth(Some("sanne")).await.unwrap().slots
}

/// The slots that are there, with all that a portal tells of them.
fn told(slots: &[TrueSlot]) -> BTreeSet<(String, Day, i64, i64, String, String)> {
    let told = |slot: &TrueSlot| {
        let TrueSlot { child, day, start, end, group, attendance, .. } = slot.clone();
        (child, day, start, end, group, attendance)
    };
    slots.iter().map(told).collect()
}

fn read(slots: &[CareSlot]) -> BTreeSet<(String, Day, i64, i64, String, String)> {
    let read = |slot: &CareSlot| {
        let attendance = match slot.attendance {
            Attendance::Attend => "attend",
            Attendance::Absent => "absent",
            Attendance::Tentative => "tentative",
            Attendance::Unknown => "unknown",
        };
        (
            slot.child.0.clone(),
            slot.day,
            slot.starts_at.timestamp_millis(),
            slot.ends_at.timestamp_millis(),
            slot.group.clone().unwrap_or_default(),
            attendance.to_owned(),
        )
    };
    slots.iter().map(read).collect()
}

fn moved(slot: &CareSlot, to: Option<(NaiveTime, NaiveTime)>) -> SlotMove {
    SlotMove {
        username: Some("sanne".to_owned()),
        child: Some(slot.child_name.clone()),
        day: slot.day,
        start: slot.starts_at.timestamp_millis(),
        to,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_slot_at_the_portal_is_in_the_agenda_and_no_other() {
    let world = family().await;
    let app = world.signed_in().await;
    app.writing().await.unwrap();
    app.refresh_agenda(None).await.unwrap();
    let truth = at_the_portal(&world).await;
    let (first, last) =
        (truth.iter().map(|slot| slot.day).min(), truth.iter().map(|slot| slot.day).max());
    assert_eq!(read(&slots(&app, first.unwrap(), last.unwrap()).await), told(&truth));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slot_that_moves_stays_the_same_and_one_taken_out_goes() {
    let world = family().await;
    let app = world.signed_in().await;
    app.writing().await.unwrap();
    app.refresh_agenda(None).await.unwrap();
    let truth = at_the_portal(&world).await;
    let mut alone = truth.iter().filter(|slot| {
        let same = |other: &&TrueSlot| other.child == slot.child && other.day == slot.day;
        slot.day > day("2026-03-16") && truth.iter().filter(same).count() == 1
    });
    let (moves, goes) = (alone.next().unwrap(), alone.next().unwrap());
    let of = |slots: &[CareSlot], slot: &TrueSlot| {
        slots.iter().find(|one| one.child.0 == slot.child && one.day == slot.day).cloned()
    };
    let range = (moves.day.min(goes.day), moves.day.max(goes.day));
    let kept = slots(&app, range.0, range.1).await;
    let (before, leaves) = (of(&kept, moves).unwrap(), of(&kept, goes).unwrap());
    let time = |hour| NaiveTime::from_hms_opt(hour, 15, 0).unwrap();
    let nursery = world.portal.nursery();
    nursery.move_slot(moved(&before, Some((time(10), time(14))))).await.unwrap();
    nursery.move_slot(moved(&leaves, None)).await.unwrap();
    app.refresh_agenda(None).await.unwrap();
    let now = slots(&app, range.0, range.1).await;
    let after = of(&now, moves).unwrap();
    assert_eq!(after.id, before.id);
    assert_eq!(after.ends_at - after.starts_at, TimeDelta::hours(4));
    assert_ne!(after.starts_at, before.starts_at);
    assert_eq!(of(&now, goes), None);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planning_that_may_be_out_of_date_is_called_so_until_it_is_not() {
    let world = World::new().await;
    let app = world.signed_in().await;
    for stale in [true, false] {
        world.portal.nursery().set_planning_stale(stale);
        app.refresh_agenda(None).await.unwrap();
        assert_eq!(app.agenda_state().await.unwrap().stale, stale);
    }
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_shows_the_same_times_on_both_sides_of_both_nights_it_changes() {
    let world = family().await;
    let app = world.signed_in().await;
    let (from, until) = (day("2026-03-01"), day("2026-11-15"));
    app.refresh_agenda(Some(DayRange { from, until })).await.unwrap();
    let known = app.agenda(AgendaQuery { children: Vec::new(), from, until }).await.unwrap().known;
    assert_eq!(known, Some(DayRange { from, until }));
    let all = slots(&app, from, until).await;
    // From noon on the clock, so that an hour lost or won in between shows.
    let times = |from: &str, until: &str| -> BTreeSet<(TimeDelta, TimeDelta)> {
        let within = all.iter().filter(|slot| (day(from)..=day(until)).contains(&slot.day));
        let of_day = |slot: &CareSlot, at: DateTime<_>| at - noon(slot.day).to_utc();
        within.map(|slot| (of_day(slot, slot.starts_at), of_day(slot, slot.ends_at))).collect()
    };
    let before = times("2026-03-23", "2026-03-27");
    assert!(!before.is_empty());
    assert_eq!(times("2026-03-30", "2026-04-03"), before);
    let before = times("2026-10-26", "2026-10-30");
    assert!(!before.is_empty());
    assert_eq!(times("2026-11-02", "2026-11-06"), before);
    let autumn = times("2026-09-28", "2026-10-09");
    assert!(autumn.is_superset(&before), "{before:?} {autumn:?}");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plain_portals_planning_is_read_with_the_observed_call_alone() {
    let world = World::with(|options| Options { plain: true, size: Size::Family, ..options }).await;
    let app = world.app().await;
    app.sign_in(world.form("sanne", PASSWORD)).await.unwrap();
    app.writing().await.unwrap();
    world.portal.clear_requests();
    app.refresh_agenda(None).await.unwrap();
    let asked = world.portal.requests();
    let calendar = |path: &str| path.starts_with("/restservices-parent/calendar/");
    assert!(!asked.is_empty());
    assert!(asked.iter().all(|one| calendar(&one.path_and_query)), "{asked:?}");
    let truth = at_the_portal(&world).await;
    let (first, last) =
        (truth.iter().map(|slot| slot.day).min(), truth.iter().map(|slot| slot.day).max());
    assert_eq!(slots(&app, first.unwrap(), last.unwrap()).await.len(), truth.len());
    let offers = app.agenda_state().await.unwrap().offers;
    assert!(!offers.requests && !offers.absences && offers.credits.is_none());
    assert!(offers.web_portal.ends_with("/parent/") && offers.plain);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_that_fails_says_so_itself_and_leaves_the_timeline_alone() {
    let world = World::new().await;
    world
        .portal
        .faults()
        .add(Fault::always(FaultKind::Status { status: 503 }).at("/restservices-parent/calendar"));
    let app = world.signed_in().await;
    sync_texts(&app).await;
    assert!(!whole_timeline(&app).await.is_empty());
    app.refresh_agenda(None).await.unwrap_err();
    let state = app.agenda_state().await.unwrap();
    assert!(state.trouble.is_some() && state.fresh_at.is_none());
    world.portal.faults().clear();
    app.refresh_agenda(None).await.unwrap();
    let state = app.agenda_state().await.unwrap();
    assert!(state.trouble.is_none() && state.fresh_at.is_some());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn days_the_wrong_way_round_or_too_many_get_one_clear_answer() {
    let world = World::new().await;
    let app = world.signed_in().await;
    for (from, until) in [("2026-03-16", "2026-03-15"), ("2026-01-01", "2027-12-31")] {
        let query = AgendaQuery { children: Vec::new(), from: day(from), until: day(until) };
        assert_eq!(app.agenda(query).await.unwrap_err().code, ErrorCode::PeriodNotAllowed);
    }
    app.shutdown().await;
}
