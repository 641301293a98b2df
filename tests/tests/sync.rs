//! Pulling a whole portal: the same as the nursery knows, whatever goes wrong on the way.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_demo_portal::{
    Fault, FaultKind, NewPhotos, NewReport, Options, Origin, Running, Size, start,
};
use schriftje_konnect::{
    ByteRange, Capabilities, Children, ClientConfig, Counters, MediaBody, MediaSource,
    MemoryKeeper, ParentInfo, Portal, PortalAddress, PortalError, Session, SignInStyle,
    TimelinePage,
};
use schriftje_model::{
    Cached, CardKind, MediaId, MediaSize, PhotoId, Saveable, TestClock, TimelineCard,
};
use schriftje_store::{Key, OpenMode, Store, TimelineQuery};
use schriftje_sync::{PortalReads, SyncEngine, SyncError, SyncEvent, SyncOptions};
use secrecy::SecretString;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use uuid::Uuid;

const TIMELINE: &str = "/restservices-parent/timeline/";

fn now() -> DateTime<Utc> {
    "2026-03-16T15:00:00Z".parse().unwrap()
}

/// A portal, and a parent's device.
struct World {
    portal: Running,
    clock: TestClock,
    device: TempDir,
    _data: TempDir,
}

impl World {
    async fn new() -> Self {
        let data = TempDir::new().unwrap();
        let mut options = Options::new(data.path(), Size::Small);
        options.now = Some(now());
        let portal = start(options).await.unwrap();
        Self { portal, clock: TestClock::at(now()), device: TempDir::new().unwrap(), _data: data }
    }

    /// Lets time pass, at the portal and on the device.
    fn advance(&self, time: TimeDelta) {
        self.clock.advance(time);
        self.portal.clock().advance(time);
    }

    async fn session(&self) -> Session {
        let account = &self.portal.accounts[0];
        session(self.portal.portal.as_str(), &account.username, &account.password, &self.clock)
            .await
    }

    async fn store(&self) -> Store {
        open(self.device.path()).await
    }

    fn engine(&self, store: &Store, portal: Arc<dyn PortalReads>, pictures: bool) -> SyncEngine {
        let options = SyncOptions { pictures_ahead: pictures, ..SyncOptions::default() };
        SyncEngine::new(store.clone(), portal, Arc::new(self.clock.clone()), options)
    }

    /// A signed-in device that reads texts alone.
    async fn texts(&self) -> (Store, SyncEngine) {
        let (store, session) = (self.store().await, self.session().await);
        let engine = self.engine(&store, Arc::new(session), false);
        (store, engine)
    }

    /// What the portal was asked, in order.
    fn asked(&self) -> Vec<String> {
        self.portal.requests().into_iter().map(|asked| asked.path_and_query).collect()
    }

    /// Everything the nursery knows, as [`described`].
    async fn truth(&self) -> BTreeSet<String> {
        let username = Some(self.portal.accounts[0].username.as_str());
        let truth = self.portal.nursery().truth(username).await.unwrap();
        let cards = truth.cards.into_iter().map(|card| {
            let photos = card.photos.into_iter().map(|photo| photo.id).collect();
            describe(&card.day.to_string(), &card.kind, card.journal_id, card.children, photos)
        });
        cards.collect()
    }
}

async fn session(portal: &str, username: &str, password: &str, clock: &TestClock) -> Session {
    let config = ClientConfig::new(Arc::new(clock.clone()), Uuid::from_u128(7));
    let portal = Portal::new(PortalAddress::parse(portal).unwrap(), config).unwrap();
    let password = SecretString::from(password.to_owned());
    let tokens = portal.sign_in(username, &password, SignInStyle::App).await.unwrap();
    Session::new(portal, tokens, Arc::new(MemoryKeeper::default()))
}

async fn open(folder: &Path) -> Store {
    let key = Key::from_bytes([9; 32]);
    let opened = Store::open(folder, &key, OpenMode::Create).await.unwrap();
    assert!(!opened.recovered.any());
    opened.store
}

fn describe(
    day: &str,
    kind: &str,
    journal: Option<String>,
    mut children: Vec<String>,
    mut photos: Vec<String>,
) -> String {
    children.sort();
    photos.sort();
    format!("{day} {kind} {} {children:?} {photos:?}", journal.unwrap_or_default())
}

fn described(card: &TimelineCard) -> String {
    let kind = match &card.kind {
        CardKind::Journal => "journal",
        CardKind::Photos => "photo",
        CardKind::Trigger => "trigger",
        CardKind::Unsupported(word) => word,
    };
    let journal = card.entry.as_ref().map(|entry| entry.id.0.clone());
    let photos = card.entry.iter().flat_map(|entry| &entry.photos).chain(&card.photos);
    let photos = photos.map(|photo| photo.id.0.clone()).collect();
    let children = card.children.iter().map(|child| child.id.0.clone()).collect();
    describe(&card.day.to_string(), kind, journal, children, photos)
}

async fn all(store: &Store) -> Vec<TimelineCard> {
    let query = TimelineQuery { limit: 1000, ..TimelineQuery::default() };
    store.timeline(query).await.unwrap().cards
}

async fn kept(store: &Store) -> BTreeSet<String> {
    all(store).await.iter().map(described).collect()
}

/// Panics with what is missing and what is too much.
async fn assert_whole(store: &Store, world: &World) {
    let (kept, truth) = (kept(store).await, world.truth().await);
    let missing: Vec<_> = truth.difference(&kept).collect();
    let too_much: Vec<_> = kept.difference(&truth).collect();
    assert!(
        missing.is_empty() && too_much.is_empty(),
        "missing {missing:?}, not there {too_much:?}"
    );
}

#[tokio::test]
async fn the_first_sync_brings_everything_the_nursery_knows() {
    let world = World::new().await;
    let (store, engine) = world.texts().await;
    assert!(!world.truth().await.is_empty());
    engine.sync().await.unwrap();
    assert_whole(&store, &world).await;
    let status = engine.status().await.unwrap();
    assert!(status.complete && status.trouble.is_none());
    assert_eq!(status.fresh_at, Some(now()));
    let children = store.children().await.unwrap();
    assert!(!children.is_empty());
    let counted: u32 = children.iter().map(|child| child.cards).sum();
    assert!(counted >= status.cards / 2);
    // What may not be saved says why.
    let truth = world.portal.nursery().truth(Some(&world.portal.accounts[0].username)).await;
    let photos = truth.unwrap().cards.into_iter().flat_map(|card| card.photos);
    for photo in photos {
        let known = store.photo(PhotoId(photo.id)).await.unwrap().unwrap().photo;
        assert_eq!(known.saveable == Saveable::Yes, photo.saveable);
    }
}

#[tokio::test]
async fn a_second_sync_with_nothing_new_asks_for_the_counters_and_the_newest_page() {
    let world = World::new().await;
    let (_store, engine) = world.texts().await;
    engine.sync().await.unwrap();
    world.portal.clear_requests();
    engine.sync().await.unwrap();
    let expected = [
        "/restservices-parent/notification/notifications",
        "/restservices-parent/timeline/cards/v2/0",
    ];
    assert_eq!(world.asked(), expected);
}

#[tokio::test]
async fn a_sync_that_breaks_off_goes_on_where_it_was() {
    let world = World::new().await;
    let (store, engine) = world.texts().await;
    // The network goes away for good after four pages.
    world.portal.faults().add(Fault::always(FaultKind::Reset).at(TIMELINE).after(4));
    engine.sync().await.unwrap_err();
    let before = all(&store).await.len();
    assert!(before > 10);
    store.close().await;
    drop(engine);
    world.portal.faults().clear();
    world.portal.clear_requests();
    let (store, engine) = world.texts().await;
    assert_eq!(all(&store).await.len(), before);
    engine.sync().await.unwrap();
    assert_whole(&store, &world).await;
    let pages: Vec<String> =
        world.asked().into_iter().filter(|path| path.starts_with(TIMELINE)).collect();
    assert!(pages[0].ends_with("/0"));
    let next: u32 = pages[1].rsplit('/').next().unwrap().parse().unwrap();
    assert!(next > 15, "{pages:?}");
}

/// Syncs in a process of its own until it is killed. Only does so for the test below.
#[tokio::test]
async fn the_device_that_is_killed() {
    let Ok(device) = std::env::var("SCHRIFTJE_KILLED_DEVICE") else { return };
    let parts: Vec<&str> = device.split('|').collect();
    let clock = TestClock::at(now());
    let session = session(parts[1], parts[2], parts[3], &clock).await;
    let store = open(Path::new(parts[0])).await;
    let options = SyncOptions::default();
    let engine = SyncEngine::new(store, Arc::new(session), Arc::new(clock), options);
    let mut events = engine.subscribe();
    tokio::spawn(async move { engine.sync().await });
    while let Ok(event) = events.recv().await {
        if event == SyncEvent::TimelineChanged {
            println!("a page is in");
        }
    }
}

#[tokio::test]
async fn killed_in_the_middle_the_next_start_completes_it() {
    let world = World::new().await;
    let account = &world.portal.accounts[0];
    let device = format!(
        "{}|{}|{}|{}",
        world.device.path().display(),
        world.portal.portal,
        account.username,
        account.password
    );
    let mut cards = 0;
    for round in 1..4 {
        let device = device.clone();
        tokio::task::spawn_blocking(move || {
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "the_device_that_is_killed", "--nocapture"])
                .env("SCHRIFTJE_KILLED_DEVICE", device)
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let lines = BufReader::new(child.stdout.take().unwrap()).lines();
            let pages = lines.map_while(Result::ok).filter(|line| line.contains("a page is in"));
            assert_eq!(pages.take(round).count(), round);
            child.kill().unwrap();
            child.wait().unwrap();
        })
        .await
        .unwrap();
        let store = world.store().await;
        let now = all(&store).await.len();
        assert!(now > cards);
        cards = now;
        store.close().await;
    }
    let (store, engine) = world.texts().await;
    engine.sync().await.unwrap();
    assert_whole(&store, &world).await;
}

#[tokio::test]
async fn a_token_that_dies_in_the_middle_is_renewed_unseen() {
    let world = World::new().await;
    let (store, engine) = world.texts().await;
    world.portal.faults().add(Fault::once(FaultKind::Unauthorized).at(TIMELINE).after(2));
    engine.sync().await.unwrap();
    assert_whole(&store, &world).await;
}

#[tokio::test]
async fn a_portal_that_asks_to_slow_down_is_heeded() {
    let world = World::new().await;
    let (store, engine) = world.texts().await;
    let busy = FaultKind::TooManyRequests { retry_after: 1 };
    world.portal.faults().add(Fault::once(busy).at(TIMELINE).after(2));
    let began = std::time::Instant::now();
    engine.sync().await.unwrap();
    assert!(began.elapsed() >= std::time::Duration::from_secs(1));
    assert_whole(&store, &world).await;
}

#[tokio::test]
async fn whatever_comes_back_what_is_known_stays_and_the_next_sync_is_whole() {
    let world = World::new().await;
    let (store, engine) = world.texts().await;
    engine.poll().await.unwrap();
    let before = kept(&store).await;
    let changed = PortalError::Changed { what: "timeline.cards" };
    for (fault, expected) in [
        (FaultKind::Html, Some(PortalError::NotAPortal)),
        (FaultKind::ChangedShape, Some(changed)),
        (FaultKind::HalfJson, None),
        (FaultKind::WrongTypes, None),
        (FaultKind::Truncated, None),
        (FaultKind::Reset, None),
        (
            FaultKind::Status { status: 503 },
            Some(PortalError::Server { status: 503, retry_after: None }),
        ),
    ] {
        world.portal.faults().add(Fault::always(fault.clone()).at(TIMELINE));
        let error = engine.poll().await.unwrap_err();
        let SyncError::Portal(error) = error else { panic!("{fault:?}: {error:?}") };
        if let Some(expected) = expected {
            assert_eq!(error, expected, "{fault:?}");
        }
        assert!(engine.progress().borrow().trouble.is_some(), "{fault:?}");
        assert_eq!(kept(&store).await, before, "{fault:?}");
        world.portal.faults().clear();
    }
    engine.sync().await.unwrap();
    assert!(engine.progress().borrow().trouble.is_none());
    assert_whole(&store, &world).await;
}

/// A portal at which the nursery does something after so many pages.
struct Busy<F> {
    session: Session,
    pages: Mutex<u32>,
    after: u32,
    act: F,
}

#[async_trait]
impl<F: AsyncAct> PortalReads for Busy<F> {
    async fn counters(&self) -> Result<Counters, PortalError> {
        self.session.counters().await
    }
    async fn children(&self) -> Result<Children, PortalError> {
        self.session.children().await
    }
    async fn parent(&self) -> Result<ParentInfo, PortalError> {
        self.session.parent().await
    }
    async fn organisation(&self) -> Result<Option<String>, PortalError> {
        self.session.organisation().await
    }
    async fn timeline_page(&self, offset: u32) -> Result<TimelinePage, PortalError> {
        let page = self.session.timeline_page(offset).await;
        let read = {
            let mut pages = self.pages.lock().unwrap();
            *pages += 1;
            *pages
        };
        if read == self.after {
            self.act.act().await;
        }
        page
    }
    async fn capabilities(&self) -> Result<Capabilities, PortalError> {
        self.session.portal().capabilities().await
    }
    async fn media_saveable(
        &self,
        ids: &[PhotoId],
    ) -> Result<Vec<(PhotoId, Saveable)>, PortalError> {
        self.session.media_saveable(ids).await
    }
    async fn download(
        &self,
        source: &MediaSource,
        range: Option<ByteRange>,
        limit: u64,
    ) -> Result<MediaBody, PortalError> {
        self.session.download(source, range, limit).await
    }
    fn now(&self) -> DateTime<Utc> {
        self.session.portal().now()
    }
    fn is_loopback(&self) -> bool {
        true
    }
}

#[async_trait]
trait AsyncAct: Send + Sync {
    async fn act(&self);
}

/// Posts a series of reports, today, and takes some older cards away.
struct PostAndRemove(schriftje_demo_portal::Nursery, String);

#[async_trait]
impl AsyncAct for PostAndRemove {
    async fn act(&self) {
        for n in 0..5 {
            let report = NewReport {
                username: Some(self.1.clone()),
                html: format!("<p>Nieuw verslag {n}</p>"),
                ..NewReport::default()
            };
            self.0.post_report(report).await.unwrap();
        }
        let cards = self.0.truth(Some(&self.1)).await.unwrap().cards;
        for card in &cards[8..20] {
            self.0.remove_card(card.card).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_poll_that_breaks_off_leaves_no_gap_below_what_it_read() {
    let world = World::new().await;
    let (store, engine) = world.texts().await;
    engine.sync().await.unwrap();
    for _ in 0..30 {
        let report = NewReport { html: "<p>Dag</p>".into(), ..NewReport::default() };
        world.portal.nursery().post_report(report).await.unwrap();
    }
    // The first page arrives, and nothing after it.
    world.portal.faults().add(Fault::always(FaultKind::Reset).at(TIMELINE).after(1));
    engine.poll().await.unwrap_err();
    world.portal.faults().clear();
    engine.sync().await.unwrap();
    assert_whole(&store, &world).await;
}

#[tokio::test]
async fn what_is_posted_and_removed_meanwhile_makes_nothing_missed() {
    let world = World::new().await;
    let username = world.portal.accounts[0].username.clone();
    let busy = Busy {
        session: world.session().await,
        pages: Mutex::new(0),
        after: 3,
        act: PostAndRemove(world.portal.nursery(), username),
    };
    let store = world.store().await;
    let engine = world.engine(&store, Arc::new(busy), false);
    engine.sync().await.unwrap();
    let (here, truth) = (kept(&store).await, world.truth().await);
    let posted: Vec<&String> = truth.difference(&here).collect();
    assert!(posted.len() <= 5, "only what was posted above is not here yet: {posted:?}");
    // The next poll brings that, and the hourly re-read finds what was taken away.
    world.advance(TimeDelta::hours(1));
    engine.sync().await.unwrap();
    world.advance(TimeDelta::days(8));
    engine.sync().await.unwrap();
    assert_whole(&store, &world).await;
}

#[tokio::test]
async fn an_edit_and_a_removal_are_found_within_the_hour_or_the_week() {
    let world = World::new().await;
    let (store, engine) = world.texts().await;
    engine.sync().await.unwrap();
    let username = world.portal.accounts[0].username.clone();
    let nursery = world.portal.nursery();
    let cards = nursery.truth(Some(&username)).await.unwrap().cards;
    let journals: Vec<&String> = cards.iter().filter_map(|card| card.journal_id.as_ref()).collect();
    let (recent, old) = (journals[4], *journals.last().unwrap());
    let gone = cards.iter().skip(12).find(|card| card.kind == "photo").unwrap();
    let text = async |id: &str| {
        let cards = all(&store).await;
        let entries = cards.into_iter().filter_map(|card| card.entry);
        entries.into_iter().find(|entry| entry.id.as_str() == id).map(|entry| entry.text)
    };
    nursery.edit_entry(recent, "<p>Verbeterd verslag</p>").await.unwrap();
    nursery.edit_entry(old, "<p>Verbeterd, lang geleden</p>").await.unwrap();
    nursery.remove_card(gone.card).await.unwrap();

    world.advance(TimeDelta::hours(1));
    engine.sync().await.unwrap();
    assert_eq!(text(recent).await.as_deref(), Some("Verbeterd verslag"));
    assert_ne!(text(old).await.as_deref(), Some("Verbeterd, lang geleden"));

    world.advance(TimeDelta::days(7));
    engine.sync().await.unwrap();
    assert_eq!(text(old).await.as_deref(), Some("Verbeterd, lang geleden"));
    assert_whole(&store, &world).await;
    let photo = gone.photos[0].id.clone();
    assert_eq!(store.photo(PhotoId(photo)).await.unwrap(), None);
}

#[tokio::test]
async fn a_new_photo_is_here_after_the_next_poll_with_its_thumbnail() {
    let world = World::new().await;
    let (store, engine) = world.texts().await;
    engine.sync().await.unwrap();
    let new = NewPhotos {
        username: Some(world.portal.accounts[0].username.clone()),
        count: Some(2),
        caption: Some("In de zandbak".into()),
        ..NewPhotos::default()
    };
    let posted = world.portal.nursery().post_photos(new).await.unwrap();
    let polled = engine.poll().await.unwrap();
    assert_eq!(polled.new_photos, 2);
    let id = MediaId(posted.photos[0].clone());
    let thumb = engine.picture(id.clone(), MediaSize::Thumb).await.unwrap();
    assert_eq!(thumb.mime, "image/jpeg");
    assert!(thumb.width > 0 && thumb.height > 0);
    assert_eq!(store.media(id.clone(), MediaSize::Thumb).await.unwrap(), Some(thumb));
    let photo = store.photo(PhotoId(id.0)).await.unwrap().unwrap().photo;
    assert_eq!(photo.cached, Cached::Thumb);
    assert_eq!(photo.caption.as_deref(), Some("In de zandbak"));
}

#[tokio::test]
async fn pictures_whose_addresses_died_are_found_again() {
    let world = World::new().await;
    let (store, engine) = world.texts().await;
    engine.sync().await.unwrap();
    let cards = all(&store).await;
    let photos: Vec<PhotoId> =
        cards.iter().flat_map(|card| &card.photos).map(|photo| photo.id.clone()).collect();
    let (newest, middle, oldest) = (&photos[0], &photos[photos.len() / 2], photos.last().unwrap());
    // Two hours on every address in memory is dead; then a restart leaves none at all.
    world.advance(TimeDelta::hours(2));
    world.portal.clear_requests();
    let old = engine.picture(MediaId(middle.0.clone()), MediaSize::Thumb).await;
    assert!(old.is_ok(), "{old:?}");
    let again = world.engine(&store, Arc::new(world.session().await), false);
    for id in [oldest, newest] {
        let picture = again.picture(MediaId(id.0.clone()), MediaSize::Medium).await;
        assert!(picture.is_ok(), "{picture:?}");
    }
    let original = again.original(middle.clone(), None).await.unwrap();
    assert!(original.bytes().await.unwrap().len() > 10_000);
    // Looking for them was done with few calls, and no token ever went to the media.
    let requests = world.portal.requests();
    let pages = requests.iter().filter(|asked| asked.path_and_query.starts_with(TIMELINE)).count();
    assert!(pages <= 8, "{pages}");
    let media = requests.iter().filter(|asked| asked.origin == Origin::Media);
    assert!(media.clone().all(|asked| !asked.has_bearer && !asked.has_cookie));
    assert!(media.clone().all(|asked| asked.status == 200), "no dead address was even tried");
}

#[tokio::test]
async fn an_address_that_is_refused_in_the_middle_is_looked_up_anew() {
    let world = World::new().await;
    let (store, engine) = world.texts().await;
    engine.poll().await.unwrap();
    let photo = all(&store).await.into_iter().find_map(|card| card.photos.into_iter().next());
    let id = MediaId(photo.unwrap().id.0);
    world.portal.faults().add(Fault::once(FaultKind::ExpiredMedia).on(Origin::Media));
    engine.picture(id.clone(), MediaSize::Thumb).await.unwrap();
    // Refused with a fresh address too, it is said so and can be tried again.
    world.portal.faults().add(Fault::once(FaultKind::ExpiredMedia).times(2).on(Origin::Media));
    let refused = engine.picture(id.clone(), MediaSize::Medium).await.unwrap_err();
    assert!(refused.is_passing(), "{refused:?}");
    engine.picture(id, MediaSize::Medium).await.unwrap();
}

#[tokio::test]
async fn a_picture_that_cannot_be_read_is_left_alone_for_a_day() {
    let world = World::new().await;
    let (store, engine) = world.texts().await;
    engine.poll().await.unwrap();
    let photos: Vec<_> = all(&store).await.into_iter().flat_map(|card| card.photos).collect();
    for (photo, fault) in photos.iter().zip([FaultKind::HugePicture, FaultKind::BrokenPicture]) {
        let id = MediaId(photo.id.0.clone());
        world.portal.faults().add(Fault::once(fault).on(Origin::Media));
        let broken = SyncError::PictureBroken { retry_at: now() + TimeDelta::days(1) };
        let first = engine.picture(id.clone(), MediaSize::Thumb).await;
        assert_eq!(first.unwrap_err(), broken);
        world.portal.clear_requests();
        let second = engine.picture(id.clone(), MediaSize::Thumb).await;
        assert_eq!(second.unwrap_err(), broken);
        assert_eq!(world.asked(), Vec::<String>::new());
    }
    world.advance(TimeDelta::days(1));
    let id = MediaId(photos[0].id.0.clone());
    assert!(engine.picture(id, MediaSize::Thumb).await.is_ok());
}

#[tokio::test]
async fn pictures_are_fetched_ahead_and_a_few_troubles_do_not_end_it() {
    let world = World::new().await;
    let (store, session) = (world.store().await, world.session().await);
    let engine = world.engine(&store, Arc::new(session), true);
    let faults = world.portal.faults();
    let broken = Fault::once(FaultKind::BrokenPicture).on(Origin::Media).ending("/thumb.jpg");
    faults.add(broken.after(3));
    faults.add(Fault::once(FaultKind::ExpiredMedia).on(Origin::Media).after(6));
    faults.add(Fault::once(FaultKind::Truncated).on(Origin::Media).after(9));
    engine.sync().await.unwrap();
    assert_whole(&store, &world).await;
    let status = engine.status().await.unwrap();
    assert_eq!(status.thumbs, status.photos - 1);
    assert_eq!(status.mediums, status.photos);
    // With nothing new nothing is fetched again.
    world.portal.clear_requests();
    engine.sync().await.unwrap();
    assert_eq!(world.asked().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn less_room_lets_the_oldest_photos_go_and_more_room_brings_them_back() {
    let world = World::new().await;
    let (store, session) = (world.store().await, world.session().await);
    let engine = world.engine(&store, Arc::new(session), true);
    engine.sync().await.unwrap();
    let full = store.storage_use().await.unwrap();
    assert!(full.totals.mediums > 4, "{full:?}");
    engine.set_medium_bound(full.mediums / 2).await.unwrap();
    let half = store.storage_use().await.unwrap();
    assert!(half.mediums <= full.mediums / 2 && half.totals.mediums > 0, "{half:?}");
    assert_eq!(half.totals.thumbs, full.totals.thumbs);
    engine.sync().await.unwrap();
    assert!(store.storage_use().await.unwrap().mediums <= full.mediums / 2);
    engine.set_medium_bound(full.mediums * 2).await.unwrap();
    engine.sync().await.unwrap();
    assert_eq!(store.storage_use().await.unwrap().totals.mediums, full.totals.mediums);
}
