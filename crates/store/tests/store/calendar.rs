//! What calendar programs are told has a memory of its own.

use crate::sample::{day, open};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use schriftje_store::{FeedPlace, NewCalendarEvent, Store};
use secrecy::ExposeSecret;
use std::collections::BTreeMap;
use tempfile::tempdir;

fn event(uid: &str, at: u64, text: &str) -> NewCalendarEvent {
    NewCalendarEvent { uid: uid.into(), day: day(at), event: text.into() }
}

fn hour(hours: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_000_000, 0).unwrap() + TimeDelta::hours(hours)
}

/// Every event with its text, sequence and whether it is gone, at `now`.
async fn told(store: &Store, now: i64) -> Vec<(String, String, u32, bool)> {
    let told = store.calendar_events(None, None, hour(now)).await.unwrap();
    told.into_iter().map(|e| (e.uid, e.event, e.sequence, e.gone)).collect()
}

fn row(uid: &str, text: &str, sequence: u32, gone: bool) -> (String, String, u32, bool) {
    (uid.into(), text.into(), sequence, gone)
}

#[tokio::test]
async fn a_slot_that_moves_goes_and_comes_back_is_told_with_a_higher_sequence_each_time() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let known = (day(0), day(30));
    let note = async |events: Vec<NewCalendarEvent>, now: i64| {
        store.note_calendar_events(known, events, hour(now)).await.unwrap();
    };
    note(vec![event("a", 1, "8"), event("b", 2, "8")], 0).await;
    note(vec![event("a", 1, "8"), event("b", 2, "8")], 1).await;
    assert_eq!(told(&store, 1).await, [row("a", "8", 0, false), row("b", "8", 0, false)]);
    let unchanged = store.calendar_events(Some(day(1)), Some(day(1)), hour(1)).await.unwrap();
    assert_eq!((unchanged.len(), unchanged[0].changed_at), (1, hour(0)));
    note(vec![event("a", 1, "9")], 2).await;
    assert_eq!(told(&store, 2).await, [row("a", "9", 1, false), row("b", "8", 1, true)]);
    // Told once more, it is not gone anew.
    note(vec![event("a", 1, "9")], 3).await;
    assert_eq!(told(&store, 3).await[1], row("b", "8", 1, true));
    note(vec![event("a", 1, "9"), event("b", 2, "8")], 4).await;
    assert_eq!(told(&store, 4).await[1], row("b", "8", 2, false));
}

#[tokio::test]
async fn what_is_not_known_just_now_is_told_as_it_was() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let all = vec![event("a", 1, "8"), event("b", 20, "8")];
    store.note_calendar_events((day(0), day(30)), all, hour(0)).await.unwrap();
    // The cache was lost, and only some days were fetched again.
    store
        .note_calendar_events((day(10), day(30)), vec![event("b", 20, "8")], hour(1))
        .await
        .unwrap();
    assert_eq!(told(&store, 1).await, [row("a", "8", 0, false), row("b", "8", 0, false)]);
}

#[tokio::test]
async fn a_cancellation_is_told_for_90_days_and_is_remembered_while_its_day_can_come() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let known = (day(0), day(400));
    let all = vec![event("soon", 40, "8"), event("late", 390, "8")];
    store.note_calendar_events(known, all, hour(0)).await.unwrap();
    store.note_calendar_events(known, vec![], hour(0)).await.unwrap();
    let after = 24 * 90;
    assert_eq!(told(&store, after - 1).await.len(), 2);
    assert!(told(&store, after).await.is_empty());
    let back = vec![event("soon", 40, "8"), event("late", 390, "8")];
    store.note_calendar_events(known, vec![], hour(after + 24)).await.unwrap();
    store.note_calendar_events(known, back, hour(after + 25)).await.unwrap();
    // The day of the first is long past: it was forgotten.
    assert_eq!(
        told(&store, after + 25).await,
        [row("soon", "8", 0, false), row("late", "8", 2, false)]
    );
}

#[tokio::test]
async fn the_address_for_calendar_programs_stays_until_it_is_switched_off() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    assert!(store.calendar_feed().await.unwrap().is_none());
    let place = FeedPlace { port: 23_456, secret: "geheim".to_owned().into() };
    store.set_calendar_feed(Some(place)).await.unwrap();
    store.close().await;
    let store = open(folder.path()).await;
    let kept = store.calendar_feed().await.unwrap().unwrap();
    assert_eq!((kept.port, kept.secret.expose_secret()), (23_456, "geheim"));
    store.set_calendar_feed(None).await.unwrap();
    assert!(store.calendar_feed().await.unwrap().is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_sequence_never_goes_back_and_rises_with_every_change(
        rounds in prop::collection::vec(prop::collection::btree_map(0_u64..4, 0_u8..3, 0..4), 1..8),
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let folder = tempdir().unwrap();
            let store = open(folder.path()).await;
            let mut last: BTreeMap<String, (String, u32, bool)> = BTreeMap::new();
            for (now, slots) in (0_i64..).zip(rounds) {
                let events = slots.iter().map(|(n, text)| event(&n.to_string(), *n, &text.to_string()));
                let events = events.collect();
                store.note_calendar_events((day(0), day(9)), events, hour(now)).await.unwrap();
                for (uid, text, sequence, gone) in told(&store, now).await {
                    let number: u64 = uid.parse().unwrap();
                    assert_eq!(slots.contains_key(&number), !gone);
                    if let Some((was, before, was_gone)) = last.get(&uid) {
                        let changed = (was, *was_gone) != (&text, gone);
                        assert_eq!(sequence, before + u32::from(changed));
                    }
                    last.insert(uid, (text, sequence, gone));
                }
            }
        });
    }
}
