//! A portal and a parent's device with a send queue, and what must have become of what it wrote.

use super::stock::Stock;
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_demo_portal::{NewConversation, Options, Running, Size, start};
use schriftje_konnect::{ClientConfig, MemoryKeeper, Portal, PortalAddress, Session, SignInStyle};
use schriftje_model::{
    AbsenceForm, ChildId, ConversationId, Draft, FileId, MediaKind, RequestForm, TestClock, Write,
    WriteId, WriteState, WriteWhat, today,
};
use schriftje_store::{AccountRecord, Key, NewOutFile, OpenMode, SessionState, Store};
use schriftje_sync::{SendQueue, Sent, SyncEngine, SyncError, SyncOptions};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use uuid::Uuid;

/// Conversations that are answered in.
pub const CONVERSATIONS: usize = 2;
/// Bytes of a piece, so that a small photo goes up in several.
pub const PIECE: u64 = 150;
/// A portal serves so many cases: what they wrote makes it slower to read.
pub const CASES_A_PORTAL: u32 = 40;
/// Steps of a case at most.
pub const STEPS: usize = 30;
/// Rounds of sending within which a portal in order must have everything.
pub const ROUNDS: u32 = 40;

pub static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
});

/// The portal in use, how many cases it has served, and which number the next write has.
pub static SHARED: Mutex<Option<(Arc<World>, u32)>> = Mutex::new(None);

pub fn now() -> DateTime<Utc> {
    "2026-03-16T12:00:00Z".parse().unwrap()
}

/// A portal and a signed-in parent.
pub struct World {
    pub portal: Running,
    pub session: Session,
    pub clock: TestClock,
    pub child: ChildId,
    /// How the portal calls the parent.
    pub parent: String,
    pub conversations: Vec<ConversationId>,
    pub photo: Vec<u8>,
    pub stock: Mutex<Stock>,
    _data: TempDir,
}

impl World {
    pub async fn new() -> Self {
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
        let stock = Mutex::default();
        Self { portal, session, clock, child, parent, conversations, photo, stock, _data: data }
    }

    pub fn shared() -> Arc<Self> {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((world, cases)) = shared.as_mut()
            && *cases < CASES_A_PORTAL
            && world.stock.lock().unwrap_or_else(PoisonError::into_inner).serves(STEPS)
        {
            *cases += 1;
            world.portal.clear_requests();
            return world.clone();
        }
        let world = RUNTIME.block_on(async {
            let world = Self::new().await;
            let stock = Stock::of(&world).await;
            Arc::new(Self { stock: Mutex::new(stock), ..world })
        });
        *shared = Some((world.clone(), 1));
        world
    }
}

/// Where something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Message,
    Reply(usize),
    Diary,
    Absence,
    Request,
}

impl Place {
    /// Whether photos can go along.
    pub fn takes_photos(self) -> bool {
        !matches!(self, Self::Absence | Self::Request)
    }
}

/// What a write must have become in the end.
#[derive(Clone, Debug)]
pub struct Meant {
    pub id: WriteId,
    pub place: Place,
    pub what: WriteWhat,
    pub text: String,
    pub photos: usize,
    /// Its turn in its target; later ones arrive later.
    pub turn: u32,
    /// It was withdrawn, and must not be there.
    pub withdrawn: bool,
}

/// A parent's device.
pub struct Device {
    pub world: Arc<World>,
    pub folder: TempDir,
    pub store: Store,
    pub queue: SendQueue,
    pub meant: Vec<Meant>,
    /// Texts that were edited away, and must not be there either.
    pub gone: Vec<String>,
    pub turns: u32,
    pub tag: String,
    /// There was a pause after which some things cannot be told.
    pub paused: bool,
    /// Its clock was set, and so a day may have gone by for it.
    pub clock_was_set: bool,
}

impl Device {
    /// One of its own, with nothing written yet.
    pub async fn fresh(world: Arc<World>, tag: String) -> Self {
        let folder = TempDir::new().unwrap();
        let (store, queue) = Self::open(&world, &folder).await;
        Self {
            world,
            folder,
            store,
            queue,
            meant: vec![],
            gone: vec![],
            turns: 0,
            tag,
            paused: false,
            clock_was_set: false,
        }
    }

    pub async fn open(world: &World, folder: &TempDir) -> (Store, SendQueue) {
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

    pub async fn write(&mut self, place: Place, photo: bool) {
        let text = format!("{} nummer {}", self.tag, self.meant.len());
        self.write_words(place, text, photo).await;
    }

    pub async fn write_words(&mut self, place: Place, text: String, photo: bool) {
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
        self.queue(id.clone(), what.clone(), target(place), files).await;
        self.turns += 1;
        let (photos, turn) = (usize::from(photo), self.turns);
        self.meant.push(Meant { id, place, what, text, photos, turn, withdrawn: false });
    }

    /// Gives it in as the app does: a request comes from its form.
    async fn queue(&self, id: WriteId, what: WriteWhat, target: String, files: Vec<FileId>) {
        let queued = if let WriteWhat::Request { form } = what {
            self.store.save_form(form.clone(), now()).await.unwrap();
            self.store.queue_form(form.clone(), form, id, target, now()).await
        } else {
            self.store.queue_write(id, what, target, files, false, now()).await
        };
        queued.unwrap().unwrap();
    }

    pub fn what(&self, place: Place, text: &str) -> WriteWhat {
        let (child, text) = (self.world.child.clone(), text.to_owned());
        match place {
            Place::Message => {
                WriteWhat::Message { child, group: None, subject: self.tag.clone(), text }
            }
            Place::Reply(n) => {
                WriteWhat::Reply { conversation: self.world.conversations[n].clone(), text }
            }
            Place::Diary => WriteWhat::Diary { children: vec![child], day: today(now()), text },
            Place::Absence | Place::Request => {
                let mut stock = self.world.stock.lock().unwrap_or_else(PoisonError::into_inner);
                let next = if place == Place::Absence { stock.absence() } else { stock.request() };
                with_remark(next, text)
            }
        }
    }

    /// Edits a write as a parent does: it becomes a draft, and is given in anew.
    pub async fn edit(&mut self, n: usize) {
        let meant = self.meant[n].clone();
        if !meant.place.takes_photos() {
            return self.edit_form(n).await;
        }
        let Some(place) = self.store.write_to_draft(meant.id, now()).await.unwrap() else { return };
        let (draft, files) = self.store.draft(place).await.unwrap().unwrap();
        assert_eq!((draft.text.as_str(), files.len()), (meant.text.as_str(), meant.photos));
        let text = format!("{}, verbeterd", meant.text);
        let draft = Draft { text: text.clone(), ..draft };
        self.store.save_draft(draft.clone(), now()).await.unwrap();
        let id = WriteId(Uuid::new_v4().to_string());
        let what = self.what(meant.place, &text);
        let target = target(meant.place);
        let given_in = what.clone();
        let files = files.into_iter().map(|file| file.id).collect();
        let queued = self.store.queue_draft(draft, files, id.clone(), what, target, now());
        queued.await.unwrap().unwrap();
        self.gone.push(meant.text);
        self.turns += 1;
        let meant = &mut self.meant[n];
        (meant.id, meant.what, meant.text, meant.turn) = (id, given_in, text, self.turns);
    }

    /// The same of an absence or a request: it is a form again, and the write goes.
    async fn edit_form(&mut self, n: usize) {
        let meant = self.meant[n].clone();
        if !self.store.withdraw(meant.id).await.unwrap() {
            return;
        }
        let text = format!("{}, verbeterd", meant.text);
        let id = WriteId(Uuid::new_v4().to_string());
        let what = with_remark(meant.what, text.clone());
        self.queue(id.clone(), what.clone(), target(meant.place), Vec::new()).await;
        self.gone.push(meant.text);
        self.turns += 1;
        let meant = &mut self.meant[n];
        (meant.id, meant.what, meant.text, meant.turn) = (id, what, text, self.turns);
    }

    pub async fn retry(&mut self, n: usize) {
        let key = Uuid::new_v4().to_string();
        if self.store.retry_refused(self.meant[n].id.clone(), key).await.unwrap() {
            self.turns += 1;
            self.meant[n].turn = self.turns;
        }
    }

    pub async fn state(&self, n: usize) -> Option<WriteState> {
        Some(self.store.write(self.meant[n].id.clone()).await.unwrap()?.state)
    }

    pub async fn send(&self) -> Option<Sent> {
        loop {
            match self.queue.send().await {
                Ok(sent) => return Some(sent),
                Err(SyncError::Portal(_)) => return None,
                // Whoever died here just now may hold the lock a moment longer than its task.
                Err(SyncError::Busy) => tokio::task::yield_now().await,
                Err(error) => panic!("sending failed: {error}"),
            }
        }
    }

    /// Dies while it sends, as soon as the portal has answered so many requests more.
    pub async fn die_sending(&mut self, requests: usize) {
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

    pub async fn restart(&mut self) {
        self.store.close().await;
        (self.store, self.queue) = Self::open(&self.world, &self.folder).await;
    }

    /// The parent looks at the portal, and says whether something in doubt stands there.
    pub async fn decide(&mut self, n: usize) {
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

    /// So long that the portal forgets its keys, and is asked anew what it offers.
    pub fn pause(&mut self) {
        self.world.portal.clock().advance(TimeDelta::hours(26));
        self.world.clock.advance(TimeDelta::hours(26));
        self.paused = true;
    }

    /// The portal is in order again: everything goes out.
    pub async fn finish(&mut self) {
        self.world.portal.faults().clear();
        if self.paused || self.clock_was_set {
            // What the portal offers is asked once a day: two bad days may have made it a plain one.
            self.pause();
        }
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
    pub async fn at_portal(&self) -> BTreeMap<String, Vec<(String, usize)>> {
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
        for request in truth.requests.iter().rev() {
            if request.remark.starts_with(&self.tag) {
                let absence = request.kind == "absence";
                let (place, status) = if absence {
                    (Place::Absence, "registered")
                } else {
                    (Place::Request, "asked")
                };
                assert!(request.lines.iter().all(|line| line.status == status), "{request:?}");
                there.entry(target(place)).or_default().push((request.remark.clone(), 0));
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

    pub async fn check(&self) {
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
    pub async fn check_queue(&self) {
        let writes: Vec<Write> = self.store.writes().await.unwrap();
        for write in &writes {
            let meant = self.meant.iter().find(|meant| meant.id == write.id);
            assert!(meant.is_some_and(|meant| !meant.withdrawn), "{write:?} is nobody's");
            let in_doubt = write.state == WriteState::Unconfirmed;
            assert!(self.paused || !in_doubt, "the portal keeps its keys: {write:?}");
        }
    }
}

pub fn target(place: Place) -> String {
    match place {
        Place::Message => "messages".to_owned(),
        Place::Reply(n) => format!("conversation {n}"),
        Place::Diary => "diary".to_owned(),
        Place::Absence => "absences".to_owned(),
        Place::Request => "requests".to_owned(),
    }
}

fn with_remark(what: WriteWhat, remark: String) -> WriteWhat {
    match what {
        WriteWhat::Absence { form } => WriteWhat::Absence { form: AbsenceForm { remark, ..form } },
        WriteWhat::Request { form } => WriteWhat::Request { form: RequestForm { remark, ..form } },
        other => other,
    }
}

pub fn words(html: &str) -> String {
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

/// A device with a portal to itself.
pub async fn fresh(tag: &str) -> Device {
    Device::fresh(Arc::new(World::new().await), tag.to_owned()).await
}
