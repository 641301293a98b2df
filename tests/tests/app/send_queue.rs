//! The send queue against a real portal, under random writes, edits, withdrawals, faults, restarts
//! and kills: nothing is lost, nothing arrives twice, and nothing out of order.
//!
//! `PROPTEST_CASES` and `PROPTEST_RNG_SEED` choose how many cases and which; what was run at length
//! stands in `docs/reliability.md`.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::strategy::BoxedStrategy;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};
use schriftje_demo_portal::{Fault, FaultKind, NewConversation, Options, Running, Size, start};
use schriftje_konnect::{ClientConfig, MemoryKeeper, Portal, PortalAddress, Session, SignInStyle};
use schriftje_model::{
    ChildId, ConversationId, Draft, MediaKind, TestClock, Write, WriteId, WriteState, WriteWhat,
    today,
};
use schriftje_store::{AccountRecord, Key, NewOutFile, OpenMode, SessionState, Store};
use schriftje_sync::{SendQueue, Sent, SyncEngine, SyncError, SyncOptions};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use uuid::Uuid;

/// Conversations that are answered in.
const CONVERSATIONS: usize = 2;
/// Bytes of a piece, so that a small photo goes up in several.
const PIECE: u64 = 150;
/// A portal serves so many cases: what they wrote makes it slower to read.
const CASES_A_PORTAL: u32 = 40;
/// Rounds of sending within which a portal in order must have everything.
const ROUNDS: u32 = 40;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
});

/// The portal in use, how many cases it has served, and which number the next write has.
static SHARED: Mutex<Option<(Arc<World>, u32)>> = Mutex::new(None);

fn now() -> DateTime<Utc> {
    "2026-03-16T12:00:00Z".parse().unwrap()
}

/// A portal and a signed-in parent.
struct World {
    portal: Running,
    session: Session,
    clock: TestClock,
    child: ChildId,
    /// How the portal calls the parent.
    parent: String,
    conversations: Vec<ConversationId>,
    photo: Vec<u8>,
    _data: TempDir,
}

impl World {
    async fn new() -> Self {
        let data = TempDir::new().unwrap();
        let options = Options { now: Some(now()), ..Options::new(data.path(), Size::Small) };
        let portal = start(options).await.unwrap();
        let clock = TestClock::at(now());
        let config = ClientConfig::new(Arc::new(clock.clone()), Uuid::from_u128(7));
        let address = PortalAddress::parse(portal.portal.as_str()).unwrap();
        let client = Portal::new(address, config).unwrap();
        let account = &portal.accounts[0];
        let password = account.password.clone().into();
        let tokens = client.sign_in(&account.username, &password, SignInStyle::App).await.unwrap();
        let session = Session::new(client, tokens, Arc::new(MemoryKeeper::default()));
        let child = session.children().await.unwrap().children[0].id.clone();
        let parent = session.parent().await.unwrap().full_name.unwrap();
        let mut conversations = Vec::new();
        for n in 0..CONVERSATIONS {
            let new = NewConversation {
                username: Some(account.username.clone()),
                subject: format!("gesprek {n}"),
                html: "<p>Hoe gaat het?</p>".to_owned(),
                ..NewConversation::default()
            };
            let id = portal.nursery().begin_conversation(new).await.unwrap();
            conversations.push(ConversationId(id));
        }
        let mut photo = Vec::new();
        let picture = image::RgbImage::from_pixel(12, 8, image::Rgb([200, 120, 60]));
        image::codecs::jpeg::JpegEncoder::new(&mut photo).encode_image(&picture).unwrap();
        Self { portal, session, clock, child, parent, conversations, photo, _data: data }
    }

    fn shared() -> Arc<Self> {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((world, cases)) = shared.as_mut()
            && *cases < CASES_A_PORTAL
        {
            *cases += 1;
            world.portal.clear_requests();
            return world.clone();
        }
        let world = Arc::new(RUNTIME.block_on(Self::new()));
        *shared = Some((world.clone(), 1));
        world
    }
}

/// Where something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Message,
    Reply(usize),
    Diary,
}

#[derive(Clone, Debug)]
enum Step {
    Write {
        place: Place,
        photo: bool,
    },
    Edit(usize),
    Withdraw(usize),
    Retry(usize),
    Send,
    /// The program dies when the portal was asked so many times more.
    SendAndDie(usize),
    Restart,
    Fault(FaultKind, u32),
    Heal,
    Close(usize),
    Open(usize),
    /// So long a pause that the portal forgets its keys.
    LongPause,
    /// The device's clock is set to another time.
    WrongClock(i64),
}

/// How many writes there are; what they become depends on what reached the portal, and is kept
/// with the device.
#[derive(Clone, Debug)]
struct Count(usize);

fn place() -> impl Strategy<Value = Place> {
    prop_oneof![
        Just(Place::Message),
        (0..CONVERSATIONS).prop_map(Place::Reply),
        (0..CONVERSATIONS).prop_map(Place::Reply),
        Just(Place::Diary),
    ]
}

fn fault() -> impl Strategy<Value = FaultKind> {
    prop_oneof![
        3 => Just(FaultKind::EffectThenReset),
        2 => Just(FaultKind::Reset),
        1 => Just(FaultKind::Status { status: 500 }),
        1 => Just(FaultKind::Status { status: 503 }),
        1 => Just(FaultKind::TooManyRequests { retry_after: 1 }),
        1 => Just(FaultKind::Unauthorized),
        1 => Just(FaultKind::Truncated),
        1 => Just(FaultKind::HalfJson),
        1 => Just(FaultKind::Html),
        1 => Just(FaultKind::LateAnswer { ms: 5 }),
    ]
}

impl ReferenceStateMachine for Count {
    type State = Self;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Self> {
        Just(Self(0)).boxed()
    }

    fn transitions(state: &Self) -> BoxedStrategy<Step> {
        let write = (place(), prop::bool::weighted(0.2))
            .prop_map(|(place, photo)| Step::Write { place, photo });
        let some = 0..state.0.max(1);
        prop_oneof![
            8 => write,
            2 => some.clone().prop_map(Step::Edit),
            2 => some.clone().prop_map(Step::Withdraw),
            2 => some.prop_map(Step::Retry),
            4 => Just(Step::Send),
            4 => (0_usize..8).prop_map(Step::SendAndDie),
            1 => Just(Step::Restart),
            6 => (fault(), 0_u32..4).prop_map(|(kind, after)| Step::Fault(kind, after)),
            2 => Just(Step::Heal),
            1 => (0..CONVERSATIONS).prop_map(Step::Close),
            1 => (0..CONVERSATIONS).prop_map(Step::Open),
            1 => Just(Step::LongPause),
            1 => (-30_i64..30).prop_map(Step::WrongClock),
        ]
        .boxed()
    }

    fn preconditions(state: &Self, step: &Step) -> bool {
        match step {
            Step::Edit(n) | Step::Withdraw(n) | Step::Retry(n) => *n < state.0,
            _ => true,
        }
    }

    fn apply(state: Self, step: &Step) -> Self {
        match step {
            Step::Write { .. } => Self(state.0 + 1),
            _ => state,
        }
    }
}

/// What a write must have become in the end.
#[derive(Clone, Debug)]
struct Meant {
    id: WriteId,
    place: Place,
    text: String,
    photos: usize,
    /// Its turn in its target; later ones arrive later.
    turn: u32,
    /// It was withdrawn, and must not be there.
    withdrawn: bool,
}

/// A parent's device.
struct Device {
    world: Arc<World>,
    folder: TempDir,
    store: Store,
    queue: SendQueue,
    meant: Vec<Meant>,
    /// Texts that were edited away, and must not be there either.
    gone: Vec<String>,
    turns: u32,
    tag: String,
    /// There was a pause after which some things cannot be told.
    paused: bool,
}

impl Device {
    async fn open(world: &World, folder: &TempDir) -> (Store, SendQueue) {
        let key = Key::from_bytes([5; 32]);
        let store = Store::open(folder.path(), &key, OpenMode::Create).await.unwrap().store;
        let session = Arc::new(world.session.clone());
        let options = SyncOptions { pictures_ahead: false, ..SyncOptions::default() };
        let clock = Arc::new(world.clock.clone());
        let engine = SyncEngine::new(store.clone(), session.clone(), clock, options);
        let account = AccountRecord {
            id: "a".into(),
            portal: world.portal.portal.to_string(),
            username: "sanne".to_owned(),
            parent_name: Some(world.parent.clone()),
            email: None,
            organisation: None,
            session: SessionState::SignedIn,
            device: String::new(),
        };
        store.save_account(account).await.unwrap();
        // What the portal offers is asked once a day, and known before anything goes wrong.
        engine.offered().await.unwrap();
        let queue = SendQueue::in_pieces_of(PIECE, store.clone(), session, engine);
        (store, queue)
    }

    async fn write(&mut self, place: Place, photo: bool) {
        let text = format!("{} nummer {}", self.tag, self.meant.len());
        let id = WriteId(Uuid::new_v4().to_string());
        let mut files = Vec::new();
        if photo {
            let new = NewOutFile {
                name: "foto.jpg".to_owned(),
                mime: "image/jpeg".to_owned(),
                kind: MediaKind::Photo,
            };
            let file = self.store.begin_loose_file(new).await.unwrap();
            self.store.append_piece(file.clone(), self.world.photo.clone()).await.unwrap();
            self.store.finish_file(file.clone()).await.unwrap().unwrap();
            files.push(file);
        }
        let what = self.what(place, &text);
        let target = target(place);
        self.store.queue_write(id.clone(), what, target, files, now()).await.unwrap().unwrap();
        self.turns += 1;
        let (photos, turn) = (usize::from(photo), self.turns);
        self.meant.push(Meant { id, place, text, photos, turn, withdrawn: false });
    }

    fn what(&self, place: Place, text: &str) -> WriteWhat {
        let (child, text) = (self.world.child.clone(), text.to_owned());
        match place {
            Place::Message => {
                WriteWhat::Message { child, group: None, subject: self.tag.clone(), text }
            }
            Place::Reply(n) => {
                WriteWhat::Reply { conversation: self.world.conversations[n].clone(), text }
            }
            Place::Diary => WriteWhat::Diary { children: vec![child], day: today(now()), text },
        }
    }

    /// Edits a write as a parent does: it becomes a draft, and is given in anew.
    async fn edit(&mut self, n: usize) {
        let meant = self.meant[n].clone();
        let Some(place) = self.store.write_to_draft(meant.id, now()).await.unwrap() else { return };
        let (draft, files) = self.store.draft(place.clone()).await.unwrap().unwrap();
        assert_eq!((draft.text.as_str(), files.len()), (meant.text.as_str(), meant.photos));
        let text = format!("{}, verbeterd", meant.text);
        self.store.save_draft(Draft { text: text.clone(), ..draft }, now()).await.unwrap();
        let id = WriteId(Uuid::new_v4().to_string());
        let what = self.what(meant.place, &text);
        let target = target(meant.place);
        self.store.queue_draft(place, id.clone(), what, target, now()).await.unwrap().unwrap();
        self.gone.push(meant.text);
        self.turns += 1;
        let meant = &mut self.meant[n];
        (meant.id, meant.text, meant.turn) = (id, text, self.turns);
    }

    async fn retry(&mut self, n: usize) {
        let key = Uuid::new_v4().to_string();
        if self.store.retry_refused(self.meant[n].id.clone(), key).await.unwrap() {
            self.turns += 1;
            self.meant[n].turn = self.turns;
        }
    }

    async fn send(&self) -> Option<Sent> {
        match self.queue.send().await {
            Ok(sent) => Some(sent),
            Err(SyncError::Portal(_)) => None,
            Err(error) => panic!("sending failed: {error}"),
        }
    }

    /// Dies while it sends, as soon as the portal has answered so many requests more.
    async fn die_sending(&mut self, requests: usize) {
        let until = self.world.portal.requests().len() + requests;
        let queue = self.queue.clone();
        let sending = tokio::spawn(async move { drop(queue.send().await) });
        while !sending.is_finished() && self.world.portal.requests().len() < until {
            tokio::task::yield_now().await;
        }
        sending.abort();
        let _ = sending.await;
        self.restart().await;
    }

    async fn restart(&mut self) {
        self.store.close().await;
        (self.store, self.queue) = Self::open(&self.world, &self.folder).await;
    }

    /// The parent looks at the portal, and says whether something in doubt stands there.
    async fn decide(&mut self, n: usize) {
        let id = self.meant[n].id.clone();
        let write = self.store.write(id.clone()).await.unwrap();
        if write.is_none_or(|write| write.state != WriteState::Unconfirmed) {
            return;
        }
        let there = self.at_portal().await;
        if there.values().flatten().any(|(text, _)| *text == self.meant[n].text) {
            assert!(self.store.mark_sent(id.clone(), None, now()).await.unwrap());
        } else {
            let key = Uuid::new_v4().to_string();
            assert!(self.store.renew_key(id, key).await.unwrap());
        }
    }

    /// The portal is in order again: everything goes out.
    async fn finish(&mut self) {
        self.world.portal.faults().clear();
        let nursery = self.world.portal.nursery();
        for conversation in &self.world.conversations {
            nursery.close_conversation(conversation.as_str(), false).await.unwrap();
        }
        for _ in 0..ROUNDS {
            for n in 0..self.meant.len() {
                self.retry(n).await;
                self.decide(n).await;
            }
            let sent = self.send().await;
            if sent.is_some() && self.store.unsent().await.unwrap().is_empty() {
                return;
            }
        }
        panic!("not everything was sent: {:?}", self.store.unsent().await.unwrap());
    }

    /// What this device wrote, as it stands at the portal: by target, in order.
    async fn at_portal(&self) -> BTreeMap<String, Vec<(String, usize)>> {
        let username = Some(self.world.portal.accounts[0].username.as_str());
        let truth = self.world.portal.nursery().truth(username).await.unwrap();
        let mut there: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
        for conversation in truth.conversations.iter().rev() {
            for message in conversation.messages.iter().filter(|message| message.from_parent) {
                let text = words(&message.html);
                if text.starts_with(&self.tag) {
                    let place = self
                        .world
                        .conversations
                        .iter()
                        .position(|known| known.0 == conversation.id);
                    let target = target(place.map_or(Place::Message, Place::Reply));
                    there.entry(target).or_default().push((text, message.photos));
                }
            }
        }
        let mut entries: Vec<_> = truth
            .entries_of_parents()
            .map(|card| {
                (card.card, words(card.html.as_deref().unwrap_or_default()), card.photos.len())
            })
            .filter(|(_, text, _)| text.starts_with(&self.tag))
            .collect();
        entries.sort();
        for (_, text, photos) in entries {
            there.entry(target(Place::Diary)).or_default().push((text, photos));
        }
        there
    }

    async fn check(&self) {
        let there = self.at_portal().await;
        let mut meant: Vec<&Meant> = self.meant.iter().filter(|meant| !meant.withdrawn).collect();
        meant.sort_by_key(|meant| meant.turn);
        let mut expected: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
        for meant in meant {
            let arrived = (meant.text.clone(), meant.photos);
            expected.entry(target(meant.place)).or_default().push(arrived);
        }
        assert_eq!(there, expected, "edited away: {:?}", self.gone);
    }

    /// What is in the queue is only what was meant, and nothing is lost from it before it was sent.
    async fn check_queue(&self) {
        let writes: Vec<Write> = self.store.writes().await.unwrap();
        for write in &writes {
            let meant = self.meant.iter().find(|meant| meant.id == write.id);
            assert!(meant.is_some_and(|meant| !meant.withdrawn), "{write:?} is nobody's");
            let in_doubt = write.state == WriteState::Unconfirmed;
            assert!(self.paused || !in_doubt, "the portal keeps its keys: {write:?}");
        }
    }
}

fn target(place: Place) -> String {
    match place {
        Place::Message => "messages".to_owned(),
        Place::Reply(n) => format!("conversation {n}"),
        Place::Diary => "diary".to_owned(),
    }
}

fn words(html: &str) -> String {
    let mut inside = false;
    let text: String = html
        .chars()
        .filter(|c| {
            match c {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    return false;
                }
                _ => {}
            }
            !inside
        })
        .collect();
    text.trim().to_owned()
}

struct Queue;

impl StateMachineTest for Queue {
    type SystemUnderTest = Device;
    type Reference = Count;

    fn init_test(_: &Count) -> Device {
        let world = World::shared();
        world.portal.faults().clear();
        let folder = TempDir::new().unwrap();
        let (store, queue) = RUNTIME.block_on(Device::open(&world, &folder));
        let tag = format!("geval {}", Uuid::new_v4().simple());
        Device {
            world,
            folder,
            store,
            queue,
            meant: vec![],
            gone: vec![],
            turns: 0,
            tag,
            paused: false,
        }
    }

    fn apply(mut device: Device, _: &Count, step: Step) -> Device {
        RUNTIME.block_on(async {
            match step {
                Step::Write { place, photo } => device.write(place, photo).await,
                Step::Edit(n) => {
                    if !device.meant[n].withdrawn {
                        device.edit(n).await;
                    }
                }
                Step::Withdraw(n) => {
                    let id = device.meant[n].id.clone();
                    if device.store.withdraw(id).await.unwrap() {
                        device.meant[n].withdrawn = true;
                    }
                }
                Step::Retry(n) => device.retry(n).await,
                Step::Send => drop(device.send().await),
                Step::SendAndDie(requests) => device.die_sending(requests).await,
                Step::Restart => device.restart().await,
                Step::Fault(kind, after) => {
                    let fault = Fault::once(kind).at("/parent-api/v1/").after(after);
                    device.world.portal.faults().add(fault);
                }
                Step::Heal => device.world.portal.faults().clear(),
                Step::Close(n) | Step::Open(n) => {
                    let id = device.world.conversations[n].clone();
                    let closed = matches!(step, Step::Close(_));
                    let nursery = device.world.portal.nursery();
                    nursery.close_conversation(id.as_str(), closed).await.unwrap();
                }
                Step::LongPause => {
                    device.world.portal.clock().advance(TimeDelta::hours(26));
                    device.world.clock.advance(TimeDelta::hours(26));
                    device.paused = true;
                }
                Step::WrongClock(hours) => device.world.clock.advance(TimeDelta::hours(hours)),
            }
            device.check_queue().await;
        });
        device
    }

    fn teardown(mut device: Device, _: Count) {
        RUNTIME.block_on(async {
            device.finish().await;
            device.check().await;
            device.store.close().await;
        });
    }
}

prop_state_machine! {
    #![proptest_config(ProptestConfig {
        // `PROPTEST_CASES` asks for more.
        cases: std::env::var("PROPTEST_CASES").map_or(60, |cases| cases.parse().unwrap_or(60)),
        max_shrink_iters: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_goes_wrong_each_write_arrives_once_and_in_order(sequential 1..30 => Queue);
}

/// A device that wrote one answer whose request met `fault`, and waited longer than the portal
/// keeps its keys.
async fn answered_long_ago(fault: FaultKind) -> (Device, WriteId) {
    let world = Arc::new(World::new().await);
    let folder = TempDir::new().unwrap();
    let (store, queue) = Device::open(&world, &folder).await;
    let tag = "lang geleden".to_owned();
    let mut device = Device {
        world,
        folder,
        store,
        queue,
        meant: vec![],
        gone: vec![],
        turns: 0,
        tag,
        paused: false,
    };
    device.write(Place::Reply(0), false).await;
    device.world.portal.faults().add(Fault::once(fault).at("/parent-api/v1/messages").only("POST"));
    assert!(device.send().await.is_none());
    let id = device.meant[0].id.clone();
    let state = device.store.write(id.clone()).await.unwrap().unwrap().state;
    assert_eq!(state, WriteState::Sending);
    // The portal forgets its keys in the meantime, and so the session renews itself.
    let long = TimeDelta::hours(30);
    device.world.clock.advance(long);
    device.world.portal.clock().advance(long);
    (device, id)
}

#[test]
fn what_arrived_and_was_never_answered_is_found_when_the_keys_are_forgotten() {
    RUNTIME.block_on(async {
        let (device, _) = answered_long_ago(FaultKind::EffectThenReset).await;
        device.send().await.unwrap();
        assert!(device.store.unsent().await.unwrap().is_empty());
        device.check().await;
    });
}

#[test]
fn what_nobody_can_tell_is_left_to_the_parent() {
    RUNTIME.block_on(async {
        let (device, id) = answered_long_ago(FaultKind::Reset).await;
        assert_eq!(device.send().await.unwrap().unconfirmed, 1);
        let write = device.store.write(id.clone()).await.unwrap().unwrap();
        assert_eq!(write.state, WriteState::Unconfirmed);
        // It is not sent by itself, whatever happens.
        device.send().await.unwrap();
        let write = device.store.write(id.clone()).await.unwrap().unwrap();
        assert_eq!(write.state, WriteState::Unconfirmed);
        // The parent looked, and has it sent again.
        device.store.renew_key(id, Uuid::new_v4().to_string()).await.unwrap();
        assert_eq!(device.send().await.unwrap().sent, 1);
        device.check().await;
    });
}

#[test]
fn a_try_that_did_nothing_makes_nothing_of_one_before_it_that_was_not_answered() {
    RUNTIME.block_on(async {
        let world = Arc::new(World::new().await);
        let folder = TempDir::new().unwrap();
        let (store, queue) = Device::open(&world, &folder).await;
        let tag = "nog eens gevraagd".to_owned();
        let mut device = Device {
            world,
            folder,
            store,
            queue,
            meant: vec![],
            gone: vec![],
            turns: 0,
            tag,
            paused: false,
        };
        device.write(Place::Reply(0), false).await;
        let faults = device.world.portal.faults();
        for kind in [FaultKind::EffectThenReset, FaultKind::TooManyRequests { retry_after: 1 }] {
            faults.add(Fault::once(kind).at("/parent-api/v1/messages").only("POST"));
            assert!(device.send().await.is_none());
            // It may stand at the portal: edited now, it would arrive twice.
            let id = device.meant[0].id.clone();
            assert_eq!(device.store.write_to_draft(id, now()).await.unwrap(), None);
        }
        device.finish().await;
        device.check().await;
    });
}
