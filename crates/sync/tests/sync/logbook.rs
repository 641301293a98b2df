//! Whatever is written and removed while the list of conversations is being read, none is missed and
//! none is taken for gone; and nothing is asked without a reason.

use crate::letters::{Act, Portal, engine, kept, now, open, run};
use chrono::TimeDelta;
use proptest::prelude::*;
use schriftje_konnect::PortalError;
use schriftje_model::TestClock;
use schriftje_sync::{SyncError, SyncEvent};
use std::collections::BTreeMap;
use std::sync::Arc;
use tempfile::tempdir;

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        1 => Just(Act::Begin),
        3 => (0_usize..60).prop_map(Act::Write),
        2 => (0_usize..60).prop_map(Act::Remove),
        3 => Just(Act::Nothing),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]
    #[test]
    fn no_conversation_is_missed_while_the_list_shifts(
        letters in 0_usize..50,
        acts in prop::collection::vec(act(), 0..30),
        later in prop::collection::vec(act(), 0..30),
        page in 1_usize..12,
        feature: bool,
    ) {
        run(async {
            let folder = tempdir().unwrap();
            let store = open(folder.path()).await;
            let portal = Arc::new(Portal::new(letters, page, feature));
            let before = portal.truth();
            *portal.acts.lock().unwrap() = acts;
            let clock = TestClock::at(now());
            let engine = engine(&portal, &clock, &store);
            engine.sync().await.unwrap();
            // What was there all the time is here after the first walk, whatever went on.
            let here: BTreeMap<String, i64> = kept(&store).await.into_iter().collect();
            let stayed: BTreeMap<String, i64> = portal.truth().into_iter().collect();
            for (id, _) in before.iter().filter(|(id, _)| stayed.contains_key(id)) {
                assert!(here.contains_key(id), "{id} was missed");
            }
            // So it is in a later walk, which takes nothing for gone that is there.
            portal.acts.lock().unwrap().clear();
            for _ in 0..2 {
                clock.advance(TimeDelta::days(8));
                engine.sync().await.unwrap();
            }
            let before = kept(&store).await;
            *portal.acts.lock().unwrap() = later;
            clock.advance(TimeDelta::days(8));
            engine.sync().await.unwrap();
            let here: BTreeMap<String, i64> = kept(&store).await.into_iter().collect();
            let stayed: BTreeMap<String, i64> = portal.truth().into_iter().collect();
            for (id, _) in before.iter().filter(|(id, _)| stayed.contains_key(id)) {
                assert!(here.contains_key(id), "{id} was taken for gone");
            }
            // With the nursery quiet, the list is the portal's.
            portal.acts.lock().unwrap().clear();
            for _ in 0..3 {
                clock.advance(TimeDelta::days(8));
                engine.sync().await.unwrap();
            }
            let (here, truth) = (kept(&store).await, portal.truth());
            assert_eq!(&here[..truth.len()], truth);
            // What is left is older than all the portal lists.
            let oldest = truth.last().map_or(i64::MAX, |(_, written)| *written);
            assert!(here[truth.len()..].iter().all(|(_, written)| *written < oldest));
            store.close().await;
        });
    }
}

#[test]
fn with_nothing_new_a_poll_is_two_calls() {
    run(async {
        let folder = tempdir().unwrap();
        let store = open(folder.path()).await;
        let portal = Arc::new(Portal::new(35, 10, true));
        let clock = TestClock::at(now());
        let engine = engine(&portal, &clock, &store);
        engine.sync().await.unwrap();
        assert_eq!(kept(&store).await, portal.truth());
        portal.forget_calls();
        engine.sync().await.unwrap();
        assert_eq!(portal.calls(), ["counters", "timeline 0"]);
        clock.advance(TimeDelta::minutes(59));
        portal.forget_calls();
        engine.poll().await.unwrap();
        assert_eq!(portal.calls(), ["counters", "timeline 0"]);
        // An hour later the newest are read again, and no more.
        clock.advance(TimeDelta::minutes(1));
        portal.forget_calls();
        engine.sync().await.unwrap();
        let lists: Vec<_> =
            portal.calls().into_iter().filter(|call| call.starts_with("list")).collect();
        assert_eq!(lists, ["list 0"]);
    });
}

#[test]
fn what_the_portal_counts_is_looked_for() {
    run(async {
        let folder = tempdir().unwrap();
        let store = open(folder.path()).await;
        let portal = Arc::new(Portal::new(35, 10, true));
        let clock = TestClock::at(now());
        let engine = engine(&portal, &clock, &store);
        engine.sync().await.unwrap();
        let mut events = engine.subscribe();
        portal.act(&Act::Write(20));
        *portal.counter.lock().unwrap() = 1;
        portal.forget_calls();
        engine.poll().await.unwrap();
        // The page ends with what is known: nothing further back can be new.
        assert_eq!(portal.calls()[..3], ["counters", "timeline 0", "list 0"]);
        assert_eq!(kept(&store).await, portal.truth());
        // It stays unread, and the counter as it is: that is nothing new.
        portal.forget_calls();
        engine.poll().await.unwrap();
        assert_eq!(portal.calls(), ["counters", "timeline 0"]);
        assert_eq!(store.unread_conversations().await.unwrap(), 1);
        let mut told = 0;
        while let Ok(event) = events.try_recv() {
            told += u32::from(event == SyncEvent::MessagesChanged);
        }
        assert!(told > 0);
        // Read on another device: the counter says so, once.
        portal.read_everything();
        *portal.counter.lock().unwrap() = 0;
        engine.poll().await.unwrap();
        assert_eq!(store.unread_conversations().await.unwrap(), 0);
        portal.forget_calls();
        engine.poll().await.unwrap();
        assert_eq!(portal.calls(), ["counters", "timeline 0"]);
        // Somebody asks.
        portal.act(&Act::Begin);
        engine.refresh_conversations().await.unwrap();
        assert_eq!(kept(&store).await, portal.truth());
    });
}

#[test]
fn a_backfill_that_breaks_off_goes_on_where_it_was() {
    run(async {
        let folder = tempdir().unwrap();
        let store = open(folder.path()).await;
        let portal = Arc::new(Portal::new(60, 10, false));
        let clock = TestClock::at(now());
        let first = engine(&portal, &clock, &store);
        first.poll().await.unwrap();
        first.stop();
        assert_eq!(first.catch_up().await.unwrap_err(), SyncError::Stopped);
        assert_eq!(kept(&store).await.len(), 10);
        drop(first);
        portal.forget_calls();
        let second = engine(&portal, &clock, &store);
        second.sync().await.unwrap();
        assert_eq!(kept(&store).await, portal.truth());
        let lists: Vec<_> =
            portal.calls().into_iter().filter(|call| call.starts_with("list")).collect();
        // On from there, to the end, which is looked at twice, and the top once more.
        assert_eq!(
            lists,
            [
                "list 9", "list 18", "list 27", "list 36", "list 45", "list 54", "list 59",
                "list 60", "list 59", "list 60", "list 0"
            ]
        );
        assert!(store.logbook_state().await.unwrap().complete);
    });
}

#[test]
fn a_portal_that_refuses_conversations_still_has_a_timeline() {
    for trouble in [
        PortalError::Refused { status: 403, message_code: None },
        PortalError::Changed { what: "logbook.overview" },
        PortalError::NotAPortal,
    ] {
        run(async {
            let folder = tempdir().unwrap();
            let store = open(folder.path()).await;
            let portal = Arc::new(Portal::new(5, 10, false));
            *portal.list_trouble.lock().unwrap() = Some(trouble);
            *portal.counter.lock().unwrap() = 3;
            let clock = TestClock::at(now());
            let engine = engine(&portal, &clock, &store);
            for _ in 0..3 {
                engine.sync().await.unwrap();
                assert!(engine.status().await.unwrap().trouble.is_none());
            }
            let asked = portal.calls().iter().filter(|call| call.starts_with("list")).count();
            assert_eq!(asked, 1);
            *portal.list_trouble.lock().unwrap() = None;
            clock.advance(TimeDelta::hours(1));
            engine.sync().await.unwrap();
            assert_eq!(kept(&store).await, portal.truth());
        });
    }
}

#[test]
fn a_list_that_cannot_be_walked_ends_and_removes_nothing() {
    run(async {
        let folder = tempdir().unwrap();
        let store = open(folder.path()).await;
        let mut portal = Portal::new(10, 10, false);
        portal.same_page = true;
        let portal = Arc::new(portal);
        let clock = TestClock::at(now());
        let engine = engine(&portal, &clock, &store);
        for _ in 0..2 {
            engine.sync().await.unwrap();
            assert_eq!(kept(&store).await, portal.truth());
            assert!(store.logbook_state().await.unwrap().complete);
            clock.advance(TimeDelta::days(8));
        }
        let asked = portal.calls().iter().filter(|call| call.starts_with("list")).count();
        assert!(asked < 100, "{asked}");
    });
}
