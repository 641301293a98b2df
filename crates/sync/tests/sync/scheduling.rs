//! How often a portal is asked, in time that a test lets pass.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_konnect::{
    ByteRange, Capabilities, Children, Counters, MediaBody, MediaSource, ParentInfo, PortalError,
    TimelinePage,
};
use schriftje_model::{Draft, DraftPlace, PhotoId, Saveable, TestClock};
use schriftje_store::{Key, NewsItem, NewsKind, OpenMode, Store};
use schriftje_sync::{Offered, PortalReads, Rhythm, SyncEngine, SyncError, SyncEvent, SyncOptions};
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;
use tempfile::{TempDir, tempdir};
use tokio::time::Instant;

/// An empty portal that notes when it was asked, and answers the next calls with these errors.
#[derive(Default)]
struct Watched {
    polls: Mutex<Vec<Instant>>,
    errors: Mutex<Vec<PortalError>>,
    timeline: Mutex<Vec<PortalError>>,
    /// What all labels answer, when not with one.
    labels: Mutex<Option<PortalError>>,
    /// How often it was asked what it offers.
    capabilities: Mutex<u32>,
}

impl Watched {
    fn label<T: Default>(&self) -> Result<T, PortalError> {
        self.labels.lock().unwrap().clone().map_or_else(|| Ok(T::default()), Err)
    }

    fn polled(&self) -> usize {
        self.polls.lock().unwrap().len()
    }
}

fn refused(status: u16) -> PortalError {
    PortalError::Refused { status, message_code: None }
}

#[async_trait]
impl PortalReads for Watched {
    async fn counters(&self) -> Result<Counters, PortalError> {
        self.polls.lock().unwrap().push(Instant::now());
        match self.errors.lock().unwrap().pop() {
            Some(error) => Err(error),
            None => self.label(),
        }
    }
    async fn children(&self) -> Result<Children, PortalError> {
        Ok(Children::default())
    }
    async fn parent(&self) -> Result<ParentInfo, PortalError> {
        self.label()
    }
    async fn organisation(&self) -> Result<Option<String>, PortalError> {
        self.label()
    }
    async fn timeline_page(&self, _: u32) -> Result<TimelinePage, PortalError> {
        self.timeline.lock().unwrap().pop().map_or_else(|| Ok(TimelinePage::default()), Err)
    }
    async fn capabilities(&self) -> Result<Capabilities, PortalError> {
        *self.capabilities.lock().unwrap() += 1;
        let asked = self.label::<()>();
        asked.map(|()| Capabilities::plain())
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
        DateTime::UNIX_EPOCH
    }
    fn is_loopback(&self) -> bool {
        true
    }
}

async fn engine(portal: &Arc<Watched>, now: &str, rhythm: Rhythm) -> (SyncEngine, TempDir) {
    let clock = TestClock::at(now.parse().unwrap());
    let (engine, _, folder) = engine_at(portal, clock, rhythm).await;
    (engine, folder)
}

async fn engine_at(
    portal: &Arc<Watched>,
    clock: TestClock,
    rhythm: Rhythm,
) -> (SyncEngine, Store, TempDir) {
    let folder = tempdir().unwrap();
    let key = Key::from_bytes([3; 32]);
    let store = Store::open(folder.path(), &key, OpenMode::Create).await.unwrap().store;
    let clock = Arc::new(clock);
    let options = SyncOptions { rhythm, ..SyncOptions::default() };
    (SyncEngine::new(store.clone(), portal.clone(), clock, options), store, folder)
}

/// Polls in so many hours, on a clock that stands at `now`.
async fn polls(now: &str, rhythm: Rhythm, hours: u64) -> usize {
    let portal = Arc::new(Watched::default());
    let (engine, _folder) = engine(&portal, now, rhythm).await;
    let _ = tokio::time::timeout(Duration::from_hours(hours), engine.run()).await;
    portal.polls.lock().unwrap().len()
}

#[tokio::test(start_paused = true)]
async fn the_portal_is_asked_often_by_day_and_seldom_by_night() {
    let day = polls("2026-03-16T11:00:00Z", Rhythm::Foreground, 2).await;
    assert!((22..=28).contains(&day), "{day}");
    let tray = polls("2026-03-16T11:00:00Z", Rhythm::Background, 2).await;
    assert!((7..=10).contains(&tray), "{tray}");
    let night = polls("2026-03-16T22:00:00Z", Rhythm::Foreground, 4).await;
    assert!((4..=6).contains(&night), "{night}");
}

#[tokio::test(start_paused = true)]
async fn a_portal_that_asks_to_slow_down_is_left_alone_for_as_long() {
    let portal = Arc::new(Watched::default());
    let busy = PortalError::TooManyRequests { retry_after: Some(Duration::from_mins(20)) };
    portal.errors.lock().unwrap().push(busy);
    let (engine, _folder) = engine(&portal, "2026-03-16T11:00:00Z", Rhythm::Foreground).await;
    let _ = tokio::time::timeout(Duration::from_mins(30), engine.run()).await;
    let polls = portal.polls.lock().unwrap().clone();
    let waited = polls[1] - polls[0];
    assert!(waited >= Duration::from_mins(20) && waited <= Duration::from_mins(24), "{waited:?}");
    assert!(engine.progress().borrow().trouble.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_session_that_has_ended_waits_for_a_new_one() {
    let portal = Arc::new(Watched::default());
    portal.errors.lock().unwrap().push(PortalError::Unauthorized);
    let (engine, _folder) = engine(&portal, "2026-03-16T11:00:00Z", Rhythm::Foreground).await;
    let mut events = engine.subscribe();
    let running = engine.clone();
    let task = tokio::spawn(async move { running.run().await });
    tokio::time::sleep(Duration::from_hours(5)).await;
    assert_eq!(portal.polls.lock().unwrap().len(), 1);
    let mut told = false;
    while let Ok(event) = events.try_recv() {
        told |= event == SyncEvent::Trouble(SyncError::Portal(PortalError::Unauthorized));
    }
    assert!(told);
    engine.wake();
    tokio::time::sleep(Duration::from_mins(1)).await;
    assert_eq!(portal.polls.lock().unwrap().len(), 2);
    task.abort();
}

#[tokio::test(start_paused = true)]
async fn one_refusal_does_not_end_the_polls() {
    for error in [refused(404), refused(409), refused(200), PortalError::NotAPortal] {
        let portal = Arc::new(Watched::default());
        portal.timeline.lock().unwrap().push(error.clone());
        let (engine, _folder) = engine(&portal, "2026-03-16T11:00:00Z", Rhythm::Foreground).await;
        let _ = tokio::time::timeout(Duration::from_hours(1), engine.run()).await;
        assert!((11..=14).contains(&portal.polled()), "{error:?} {}", portal.polled());
        assert!(engine.progress().borrow().trouble.is_none());
    }
}

#[tokio::test(start_paused = true)]
async fn an_account_that_is_refused_is_asked_for_seldom_and_goes_on_once_it_is_let_in() {
    let portal = Arc::new(Watched::default());
    portal.timeline.lock().unwrap().extend([refused(403), refused(403)]);
    let (engine, _folder) = engine(&portal, "2026-03-16T11:00:00Z", Rhythm::Foreground).await;
    let mut progress = engine.progress();
    let running = engine.clone();
    let task = tokio::spawn(async move { running.run().await });
    let ended = Some(SyncError::AccountRefused { message_code: None });
    progress.wait_for(|progress| progress.trouble == ended).await.unwrap();
    tokio::time::sleep(Duration::from_mins(90)).await;
    assert_eq!(portal.polled(), 2);
    // The parent asks, and is let in: from here on the rhythm is the usual one.
    engine.poll().await.unwrap();
    assert!(progress.borrow_and_update().trouble.is_none());
    tokio::time::sleep(Duration::from_mins(30)).await;
    assert!(portal.polled() >= 7, "{}", portal.polled());
    task.abort();
}

#[tokio::test(start_paused = true)]
async fn a_label_that_cannot_be_read_keeps_nobody_from_the_timeline() {
    for error in [
        refused(403),
        refused(404),
        PortalError::NotAPortal,
        PortalError::Changed { what: "parent" },
        PortalError::Server { status: 500, retry_after: None },
    ] {
        let portal = Arc::new(Watched::default());
        *portal.labels.lock().unwrap() = Some(error.clone());
        let (engine, _folder) = engine(&portal, "2026-03-16T11:00:00Z", Rhythm::Foreground).await;
        engine.poll().await.unwrap();
        let progress = engine.progress().borrow().clone();
        assert!(progress.trouble.is_none() && progress.fresh_at.is_some(), "{error:?}");
    }
    for error in [
        PortalError::Unauthorized,
        PortalError::Offline,
        PortalError::TooManyRequests { retry_after: None },
    ] {
        let portal = Arc::new(Watched::default());
        *portal.labels.lock().unwrap() = Some(error.clone());
        let (engine, _folder) = engine(&portal, "2026-03-16T11:00:00Z", Rhythm::Foreground).await;
        assert_eq!(engine.poll().await, Err(SyncError::Portal(error)));
    }
}

#[tokio::test(start_paused = true)]
async fn a_session_found_alive_again_brings_the_usual_rhythm_back() {
    for later in [false, true] {
        let portal = Arc::new(Watched::default());
        portal.errors.lock().unwrap().push(PortalError::Unauthorized);
        let (engine, _folder) = engine(&portal, "2026-03-16T11:00:00Z", Rhythm::Foreground).await;
        let running = engine.clone();
        let task = tokio::spawn(async move { running.run().await });
        tokio::time::sleep(Duration::from_hours(1)).await;
        assert_eq!(portal.polled(), 1);
        if later {
            engine.wake_later();
        } else {
            engine.poll().await.unwrap();
        }
        tokio::time::sleep(Duration::from_mins(1)).await;
        assert!(portal.polled() <= 2, "not at once");
        tokio::time::sleep(Duration::from_hours(1)).await;
        assert!(portal.polled() >= 11, "{}", portal.polled());
        task.abort();
    }
}

#[tokio::test(start_paused = true)]
async fn what_another_process_fetched_is_noticed() {
    let portal = Arc::new(Watched::default());
    let (engine, folder) = engine(&portal, "2026-03-16T22:00:00Z", Rhythm::Foreground).await;
    let mut events = engine.subscribe();
    let running = engine.clone();
    let task = tokio::spawn(async move { running.run().await });
    tokio::time::sleep(Duration::from_mins(1)).await;
    while events.try_recv().is_ok() {}
    let key = Key::from_bytes([3; 32]);
    let other = Store::open(folder.path(), &key, OpenMode::Existing).await.unwrap().store;
    other.set_fresh("2026-03-16T22:10:00Z".parse().unwrap()).await.unwrap();
    tokio::time::sleep(Duration::from_secs(30)).await;
    let mut told = false;
    while let Ok(event) = events.try_recv() {
        told |= event == SyncEvent::TimelineChanged;
    }
    assert!(told);
    assert_eq!(portal.polls.lock().unwrap().len(), 1);
    task.abort();
}

/// What a window hears within a minute of what `terminal` does beside it.
async fn heard<F: Future<Output = ()>>(terminal: impl FnOnce(Store) -> F) -> Vec<SyncEvent> {
    let portal = Arc::new(Watched::default());
    let (engine, folder) = engine(&portal, "2026-03-16T11:00:00Z", Rhythm::Foreground).await;
    let running = engine.clone();
    let task = tokio::spawn(async move { running.run().await });
    tokio::time::sleep(Duration::from_mins(1)).await;
    let mut events = engine.subscribe();
    let key = Key::from_bytes([3; 32]);
    terminal(Store::open(folder.path(), &key, OpenMode::Existing).await.unwrap().store).await;
    tokio::time::sleep(Duration::from_mins(1)).await;
    task.abort();
    std::iter::from_fn(|| events.try_recv().ok()).collect()
}

#[tokio::test(start_paused = true)]
async fn what_a_terminal_writes_is_heard_beside_it() {
    let written = heard(async |store| {
        let draft = Draft { text: "Tot morgen".into(), ..Draft::empty(DraftPlace::NewMessage) };
        store.save_draft(draft, DateTime::UNIX_EPOCH).await.unwrap();
    });
    assert_eq!(written.await, [SyncEvent::OutboxChangedElsewhere]);
}

#[tokio::test(start_paused = true)]
async fn what_a_terminal_read_first_is_told_beside_it() {
    let read = heard(async |store| {
        let item = NewsItem {
            kind: NewsKind::Photos,
            place: "c1".into(),
            child: None,
            children: vec!["Noortje".into()],
            title: None,
            count: 3,
            at: DateTime::UNIX_EPOCH,
        };
        store.add_news(vec![item]).await.unwrap();
    });
    let read = read.await;
    assert!(read.contains(&SyncEvent::News), "{read:?}");
    assert!(!read.contains(&SyncEvent::OutboxChangedElsewhere), "{read:?}");
}

#[tokio::test]
async fn polls_ask_what_is_offered_once_a_day_and_go_on_without_an_answer() {
    let portal = Arc::new(Watched::default());
    let clock = TestClock::at("2026-03-16T11:00:00Z".parse().unwrap());
    let (engine, _, _folder) = engine_at(&portal, clock.clone(), Rhythm::Foreground).await;
    let polled = async |hours: i64| {
        clock.advance(TimeDelta::hours(hours));
        engine.poll().await.unwrap();
        *portal.capabilities.lock().unwrap()
    };
    assert_eq!(polled(0).await, 1);
    assert_eq!(polled(23).await, 1);
    assert_eq!(polled(2).await, 2);
    *portal.labels.lock().unwrap() = Some(refused(403));
    assert_eq!(polled(25).await, 3);
    assert_eq!(polled(1).await, 3);
    *portal.labels.lock().unwrap() = None;
    assert_eq!(polled(24).await, 4);
}

#[tokio::test]
async fn whoever_writes_is_told_what_was_offered_however_long_ago() {
    let portal = Arc::new(Watched::default());
    *portal.labels.lock().unwrap() = Some(PortalError::TimedOut);
    let now = "2026-03-16T11:00:00Z".parse().unwrap();
    let (engine, store, _folder) = engine_at(&portal, TestClock::at(now), Rhythm::Foreground).await;
    assert_eq!(engine.offered().await, Err(SyncError::Portal(PortalError::TimedOut)));
    let said = Capabilities { features: vec!["messages".into()], ..Capabilities::plain() };
    Offered::keep(&store, said, now - TimeDelta::days(9)).await.unwrap();
    assert!(engine.offered().await.unwrap().has("messages"));
    assert_eq!(*portal.capabilities.lock().unwrap(), 1);
}
