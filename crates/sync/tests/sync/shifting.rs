//! Whatever the nursery posts and removes while the timeline is being read, no card is missed and
//! none is taken for gone.

use async_trait::async_trait;
use chrono::{DateTime, Days, TimeDelta, Utc};
use proptest::prelude::*;
use schriftje_konnect::{
    ByteRange, Capabilities, Children, Counters, MappedCard, MediaBody, MediaSource, ParentInfo,
    PortalError, TimelinePage,
};
use schriftje_model::{CardId, CardKind, Day, PhotoId, Saveable, TestClock, TimelineCard};
use schriftje_store::{Key, OpenMode, Store, TimelineQuery};
use schriftje_sync::{PortalReads, SyncEngine, SyncOptions};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tempfile::tempdir;

/// What the nursery does between two pages.
#[derive(Clone, Debug)]
enum Act {
    /// Posts a card so many days ago.
    Post(u64),
    /// Removes the card at that place, counted from the newest.
    Remove(usize),
    /// Changes the card at that place.
    Edit(usize),
    Nothing,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => (0_u64..60).prop_map(Act::Post),
        2 => (0_usize..60).prop_map(Act::Remove),
        1 => (0_usize..60).prop_map(Act::Edit),
        3 => Just(Act::Nothing),
    ]
}

/// A portal that acts after each page it has sent.
struct Shifting {
    /// Newest day first; within a day the newest posted first, as the number says.
    cards: Mutex<Vec<(u64, u32, u32)>>,
    acts: Mutex<Vec<Act>>,
    posted: Mutex<u32>,
    page: usize,
    asked: Mutex<Vec<u32>>,
}

fn today() -> Day {
    Day::from_ymd_opt(2026, 3, 14).unwrap()
}

fn now() -> DateTime<Utc> {
    "2026-03-14T15:00:00Z".parse().unwrap()
}

impl Shifting {
    fn new(days: &[u64], acts: Vec<Act>, page: usize) -> Self {
        let mut portal = Self {
            cards: Mutex::default(),
            acts: Mutex::new(acts),
            posted: Mutex::new(0),
            page,
            asked: Mutex::default(),
        };
        for ago in days {
            portal.post(*ago);
        }
        portal.acts.get_mut().unwrap().reverse();
        portal
    }

    fn post(&self, ago: u64) {
        let mut posted = self.posted.lock().unwrap();
        *posted += 1;
        let mut cards = self.cards.lock().unwrap();
        cards.push((ago, *posted, 0));
        cards.sort_by_key(|(ago, n, _)| (*ago, std::cmp::Reverse(*n)));
    }

    fn act(&self, act: &Act) {
        match act {
            Act::Post(ago) => self.post(*ago),
            Act::Remove(at) => {
                let mut cards = self.cards.lock().unwrap();
                if *at < cards.len() {
                    cards.remove(*at);
                }
            }
            Act::Edit(at) => {
                if let Some(card) = self.cards.lock().unwrap().get_mut(*at) {
                    card.2 += 1;
                }
            }
            Act::Nothing => {}
        }
    }

    /// Identity and revision of every card.
    fn truth(&self) -> BTreeMap<String, String> {
        let cards = self.cards.lock().unwrap();
        cards.iter().map(|(_, n, revision)| (format!("c{n}"), format!("r{revision}"))).collect()
    }
}

fn mapped((ago, n, revision): (u64, u32, u32)) -> MappedCard {
    MappedCard {
        card: TimelineCard {
            id: CardId(format!("c{n}")),
            day: today() - Days::new(ago),
            kind: CardKind::Unsupported(format!("r{revision}")),
            children: vec![],
            entry: None,
            photos: vec![],
        },
        media: vec![],
        avatars: vec![],
        hash: format!("r{revision}"),
        raw: None,
        unseen: true,
    }
}

#[async_trait]
impl PortalReads for Shifting {
    async fn counters(&self) -> Result<Counters, PortalError> {
        Ok(Counters::default())
    }
    async fn children(&self) -> Result<Children, PortalError> {
        Ok(Children::default())
    }
    async fn parent(&self) -> Result<ParentInfo, PortalError> {
        Ok(ParentInfo::default())
    }
    async fn organisation(&self) -> Result<Option<String>, PortalError> {
        Ok(None)
    }
    async fn timeline_page(&self, offset: u32) -> Result<TimelinePage, PortalError> {
        self.asked.lock().unwrap().push(offset);
        let cards: Vec<MappedCard> = {
            let all = self.cards.lock().unwrap();
            all.iter().skip(offset as usize).take(self.page).copied().map(mapped).collect()
        };
        let next = self.acts.lock().unwrap().pop();
        if let Some(act) = next {
            self.act(&act);
        }
        let received = u32::try_from(cards.len()).unwrap();
        Ok(TimelinePage { received, cards, ..TimelinePage::default() })
    }
    async fn capabilities(&self) -> Result<Capabilities, PortalError> {
        Ok(Capabilities::plain())
    }
    async fn media_saveable(&self, _: &[PhotoId]) -> Result<Vec<(PhotoId, Saveable)>, PortalError> {
        Ok(vec![])
    }
    async fn download(
        &self,
        _: &MediaSource,
        _: Option<ByteRange>,
        _: u64,
    ) -> Result<MediaBody, PortalError> {
        Err(PortalError::Offline)
    }
    fn now(&self) -> DateTime<Utc> {
        now()
    }
    fn is_loopback(&self) -> bool {
        true
    }
}

async fn kept(store: &Store) -> BTreeMap<String, String> {
    let query = TimelineQuery { limit: 1000, ..TimelineQuery::default() };
    let page = store.timeline(query).await.unwrap();
    page.cards
        .into_iter()
        .map(|card| {
            let CardKind::Unsupported(revision) = card.kind else { panic!() };
            (card.id.0, revision)
        })
        .collect()
}

fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
}

fn engine(portal: &Arc<Shifting>, clock: &TestClock, store: &Store) -> SyncEngine {
    let options = SyncOptions { pictures_ahead: false, ..SyncOptions::default() };
    SyncEngine::new(store.clone(), portal.clone(), Arc::new(clock.clone()), options)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]
    #[test]
    fn no_card_is_missed_while_the_timeline_shifts(
        days in prop::collection::vec(0_u64..60, 0..60),
        acts in prop::collection::vec(act(), 0..25),
        page in 1_usize..12,
    ) {
        run(async {
            let folder = tempdir().unwrap();
            let key = Key::from_bytes([3; 32]);
            let store = Store::open(folder.path(), &key, OpenMode::Create).await.unwrap().store;
            let portal = Arc::new(Shifting::new(&days, acts, page));
            let before = portal.truth();
            let clock = TestClock::at(now());
            let engine = engine(&portal, &clock, &store);
            engine.sync().await.unwrap();
            // What was there all the time is here after the first walk, whatever went on.
            let here = kept(&store).await;
            let stayed = portal.truth();
            for id in before.keys().filter(|id| stayed.contains_key(*id)) {
                assert!(here.contains_key(id), "{id} was missed");
            }
            // With the nursery quiet, a poll and a re-read tell the truth of all days walked.
            portal.acts.lock().unwrap().clear();
            for _ in 0..3 {
                clock.advance(TimeDelta::days(8));
                engine.sync().await.unwrap();
            }
            let here = kept(&store).await;
            let truth = portal.truth();
            for (id, revision) in &truth {
                assert_eq!(here.get(id), Some(revision), "{id}");
            }
            let oldest = portal.cards.lock().unwrap().iter().map(|(ago, ..)| *ago).max();
            for id in here.keys().filter(|id| !truth.contains_key(*id)) {
                let card = store.card(CardId(id.clone())).await.unwrap().unwrap();
                let ago = (today() - card.day).num_days();
                let beyond = oldest.is_none_or(|oldest| ago > i64::try_from(oldest).unwrap());
                assert!(beyond, "{id} is gone at the portal");
            }
            store.close().await;
        });
    }
}

#[test]
fn with_nothing_new_only_the_newest_page_is_read() {
    run(async {
        let folder = tempdir().unwrap();
        let key = Key::from_bytes([3; 32]);
        let store = Store::open(folder.path(), &key, OpenMode::Create).await.unwrap().store;
        let days: Vec<u64> = (0..35).collect();
        let portal = Arc::new(Shifting::new(&days, vec![], 10));
        let clock = TestClock::at(now());
        let engine = engine(&portal, &clock, &store);
        engine.sync().await.unwrap();
        portal.asked.lock().unwrap().clear();
        engine.sync().await.unwrap();
        assert_eq!(*portal.asked.lock().unwrap(), [0]);
        // An hour later the last two weeks are read again, and no more.
        clock.advance(TimeDelta::hours(1));
        portal.asked.lock().unwrap().clear();
        engine.sync().await.unwrap();
        assert_eq!(*portal.asked.lock().unwrap(), [0, 0, 9]);
    });
}

#[test]
fn a_stopped_walk_goes_on_where_it_was() {
    run(async {
        let folder = tempdir().unwrap();
        let key = Key::from_bytes([3; 32]);
        let store = Store::open(folder.path(), &key, OpenMode::Create).await.unwrap().store;
        let days: Vec<u64> = (0..60).collect();
        let portal = Arc::new(Shifting::new(&days, vec![], 10));
        let clock = TestClock::at(now());
        let first = engine(&portal, &clock, &store);
        first.poll().await.unwrap();
        first.stop();
        assert_eq!(first.catch_up().await.unwrap_err(), schriftje_sync::SyncError::Stopped);
        assert_eq!(kept(&store).await.len(), 10);
        drop(first);
        portal.asked.lock().unwrap().clear();
        let second = engine(&portal, &clock, &store);
        second.sync().await.unwrap();
        assert_eq!(kept(&store).await, portal.truth());
        // The newest page, and then not the beginning again.
        assert_eq!(portal.asked.lock().unwrap()[..2], [0, 9]);
        let status = second.status().await.unwrap();
        assert!(status.complete && status.trouble.is_none());
        assert_eq!(status.oldest, Some(today() - Days::new(59)));
    });
}

#[test]
fn two_at_once_share_the_work_and_do_it_once() {
    run(async {
        let folder = tempdir().unwrap();
        let key = Key::from_bytes([3; 32]);
        let store = Store::open(folder.path(), &key, OpenMode::Create).await.unwrap().store;
        let other = Store::open(folder.path(), &key, OpenMode::Existing).await.unwrap().store;
        let days: Vec<u64> = (0..59).collect();
        let portal = Arc::new(Shifting::new(&days, vec![], 10));
        let clock = TestClock::at(now());
        let (one, two) = (engine(&portal, &clock, &store), engine(&portal, &clock, &other));
        let (a, b) = tokio::join!(one.sync(), two.sync());
        a.unwrap();
        b.unwrap();
        assert_eq!(kept(&other).await, portal.truth());
        // Each read the newest page; every older one was read by one of them.
        let asked = portal.asked.lock().unwrap().clone();
        for offset in [9, 18, 27, 36, 45, 54] {
            assert_eq!(asked.iter().filter(|asked| **asked == offset).count(), 1, "{asked:?}");
        }
    });
}

#[test]
fn a_sync_that_is_not_looked_after_keeps_nobody_waiting() {
    run(async {
        let folder = tempdir().unwrap();
        let key = Key::from_bytes([3; 32]);
        let store = Store::open(folder.path(), &key, OpenMode::Create).await.unwrap().store;
        let days: Vec<u64> = (0..60).collect();
        let portal = Arc::new(Shifting::new(&days, vec![], 10));
        let clock = TestClock::at(now());
        let engine = engine(&portal, &clock, &store);
        let mut sync = Box::pin(engine.sync());
        let once = |cx: &mut std::task::Context<'_>| {
            let _ = sync.as_mut().poll(cx);
            std::task::Poll::Ready(())
        };
        std::future::poll_fn(once).await;
        // As in the arm of a select that answers meanwhile.
        for _ in 0..20 {
            engine.status().await.unwrap();
            engine.poll().await.unwrap();
        }
        sync.await.unwrap();
        assert_eq!(kept(&store).await, portal.truth());
    });
}
