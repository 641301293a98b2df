//! What a parent relies on of the planning that is kept.

use chrono::{DateTime, TimeDelta, Utc};
use schriftje_model::{Attendance, CareSlot, Day, DayMark};
use schriftje_store::NewPlanning;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn slot(id: &str, on: &str, hour: i64) -> CareSlot {
    let starts_at = at(&format!("{on}T00:00:00Z")) + TimeDelta::hours(hour);
    CareSlot {
        id: id.into(),
        child: "c".into(),
        child_name: "Noortje".into(),
        day: day(on),
        ordinal: 0,
        starts_at,
        ends_at: starts_at + TimeDelta::hours(5),
        attendance: Attendance::Attend,
        to_confirm: false,
        extra_info: None,
        group: Some("Hamsters".into()),
        kind: None,
        request: None,
        line: None,
    }
}

fn stretch(from: &str, until: &str, slots: Vec<CareSlot>) -> NewPlanning {
    NewPlanning { from: day(from), until: day(until), slots, marks: Vec::new(), stale: false }
}

#[tokio::test]
async fn what_is_gone_from_a_stretch_goes_and_the_rest_stays() {
    let folder = tempfile::tempdir().unwrap();
    let store = crate::sample::open(folder.path()).await;
    let now = at("2026-03-01T10:00:00Z");
    let all =
        vec![slot("a", "2026-03-02", 7), slot("b", "2026-03-03", 7), slot("z", "2026-04-01", 7)];
    store.apply_planning(stretch("2026-03-01", "2026-04-30", all), now).await.unwrap();
    let moved = CareSlot { attendance: Attendance::Absent, ..slot("b", "2026-03-03", 9) };
    let again = || stretch("2026-03-01", "2026-03-31", vec![moved.clone()]);
    store.apply_planning(again(), now).await.unwrap();
    store.apply_planning(again(), now).await.unwrap();
    let kept = store.slots(day("2026-01-01"), day("2026-12-31")).await.unwrap();
    assert_eq!(kept, [moved, slot("z", "2026-04-01", 7)]);
}

#[tokio::test]
async fn days_that_were_never_read_do_not_count_as_known() {
    let folder = tempfile::tempdir().unwrap();
    let store = crate::sample::open(folder.path()).await;
    let now = at("2026-03-01T10:00:00Z");
    let known = || async { store.planning_state().await.unwrap().known };
    store.apply_planning(stretch("2026-03-01", "2026-03-31", vec![]), now).await.unwrap();
    store.apply_planning(stretch("2026-06-01", "2026-06-30", vec![]), now).await.unwrap();
    assert_eq!(known().await, Some((day("2026-03-01"), day("2026-03-31"))));
    store.apply_planning(stretch("2026-04-01", "2026-04-30", vec![]), now).await.unwrap();
    assert_eq!(known().await, Some((day("2026-03-01"), day("2026-04-30"))));
}

#[tokio::test]
async fn marks_are_kept_with_their_days() {
    let folder = tempfile::tempdir().unwrap();
    let store = crate::sample::open(folder.path()).await;
    let mark =
        DayMark { day: day("2026-04-27"), closed: Some("Koningsdag".into()), school_holiday: None };
    let new =
        NewPlanning { marks: vec![mark.clone()], ..stretch("2026-04-01", "2026-04-30", vec![]) };
    store.apply_planning(new, at("2026-03-01T10:00:00Z")).await.unwrap();
    assert_eq!(store.day_marks(day("2026-04-27"), day("2026-04-27")).await.unwrap(), [mark]);
}
