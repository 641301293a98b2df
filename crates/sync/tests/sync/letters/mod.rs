//! A portal with conversations, in which the nursery writes while they are being read.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_konnect::{
    AboutConversation, ByteRange, Capabilities, Children, ConversationDetails, ConversationsPage,
    Counters, MappedConversation, MappedMessage, MediaBody, MediaSource, ParentInfo, PortalError,
    TimelinePage, WriteError,
};
use schriftje_model::{ChildId, ConversationId, MessageId, PhotoId, Saveable, TestClock};
use schriftje_store::{Key, OpenMode, Store};
use schriftje_sync::{PortalReads, SyncEngine, SyncOptions};
use std::path::Path;
use std::sync::{Arc, Mutex};

/// What the nursery does between two pages.
#[derive(Clone, Debug)]
pub enum Act {
    /// Begins a conversation.
    Begin,
    /// Writes in the one at that place, counted from the top.
    Write(usize),
    /// Removes the one at that place.
    Remove(usize),
    Nothing,
}

/// A conversation at the portal.
#[derive(Clone, Debug)]
pub struct Letter {
    pub id: String,
    /// Counts what was written at the portal, and so tells when.
    pub written: i64,
    pub messages: u32,
    pub unread: bool,
}

pub struct Portal {
    pub letters: Mutex<Vec<Letter>>,
    /// Done one by one, after each page that was read.
    pub acts: Mutex<Vec<Act>>,
    written: Mutex<i64>,
    page: usize,
    pub messages_feature: bool,
    /// Whatever is asked for, the answer is the first page.
    pub same_page: bool,
    /// Every call, in order.
    pub asked: Mutex<Vec<String>>,
    /// Conversations that were read while they were unread.
    pub read_unread: Mutex<Vec<String>>,
    /// What reading a conversation answers.
    pub trouble: Mutex<Option<PortalError>>,
    /// What the list answers.
    pub list_trouble: Mutex<Option<PortalError>>,
    pub counter: Mutex<u32>,
}

pub fn now() -> DateTime<Utc> {
    "2026-03-16T11:00:00Z".parse().unwrap()
}

impl Portal {
    pub fn new(letters: usize, page: usize, messages_feature: bool) -> Self {
        let portal = Self {
            letters: Mutex::default(),
            acts: Mutex::default(),
            written: Mutex::new(0),
            page,
            messages_feature,
            same_page: false,
            asked: Mutex::default(),
            read_unread: Mutex::default(),
            trouble: Mutex::default(),
            list_trouble: Mutex::default(),
            counter: Mutex::new(0),
        };
        for _ in 0..letters {
            portal.act(&Act::Begin);
        }
        portal.read_everything();
        portal
    }

    pub fn read_everything(&self) {
        self.letters.lock().unwrap().iter_mut().for_each(|letter| letter.unread = false);
    }

    pub fn unread(&self, place: usize) -> String {
        let mut letters = self.letters.lock().unwrap();
        letters[place].unread = true;
        letters[place].id.clone()
    }

    pub fn act(&self, act: &Act) {
        let mut written = self.written.lock().unwrap();
        *written += 1;
        let mut letters = self.letters.lock().unwrap();
        match act {
            Act::Begin => {
                let id = format!("b{written}");
                letters.insert(0, Letter { id, written: *written, messages: 1, unread: true });
            }
            Act::Write(place) if *place < letters.len() => {
                let mut letter = letters.remove(*place);
                letter.written = *written;
                letter.messages += 1;
                letter.unread = true;
                letters.insert(0, letter);
            }
            Act::Remove(place) if *place < letters.len() => {
                letters.remove(*place);
            }
            _ => {}
        }
    }

    /// Identity and time of every conversation, in order.
    pub fn truth(&self) -> Vec<(String, i64)> {
        let letters = self.letters.lock().unwrap();
        letters.iter().map(|letter| (letter.id.clone(), letter.written)).collect()
    }

    pub fn forget_calls(&self) {
        self.asked.lock().unwrap().clear();
    }

    pub fn calls(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn asks(&self, what: impl Into<String>) {
        self.asked.lock().unwrap().push(what.into());
    }
}

/// When what carries that number was written.
pub fn written_at(written: i64) -> DateTime<Utc> {
    now() - TimeDelta::days(400) + TimeDelta::hours(written)
}

fn mapped(letter: &Letter) -> MappedConversation {
    MappedConversation {
        id: ConversationId(letter.id.clone()),
        subject: format!("Over {}", letter.id),
        snippet: String::new(),
        began_at: None,
        last_written: written_at(letter.written),
        unread: letter.unread,
        last_from_parent: false,
        hash: letter.written.to_string(),
    }
}

#[async_trait]
impl PortalReads for Portal {
    async fn counters(&self) -> Result<Counters, PortalError> {
        self.asks("counters");
        Ok(Counters { messages: *self.counter.lock().unwrap(), ..Counters::default() })
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
        self.asks(format!("timeline {offset}"));
        Ok(TimelinePage::default())
    }
    async fn capabilities(&self) -> Result<Capabilities, PortalError> {
        let mut capabilities = Capabilities::plain();
        if self.messages_feature {
            capabilities.features.push("messages".into());
        }
        Ok(capabilities)
    }
    async fn media_saveable(&self, _: &[PhotoId]) -> Result<Vec<(PhotoId, Saveable)>, PortalError> {
        Ok(vec![])
    }
    async fn conversations_page(&self, offset: u32) -> Result<ConversationsPage, PortalError> {
        self.asks(format!("list {offset}"));
        if let Some(error) = self.list_trouble.lock().unwrap().clone() {
            return Err(error);
        }
        let conversations: Vec<MappedConversation> = {
            let all = self.letters.lock().unwrap();
            let offset = if self.same_page { 0 } else { offset as usize };
            all.iter().skip(offset).take(self.page).map(mapped).collect()
        };
        let next = self.acts.lock().unwrap().pop();
        if let Some(act) = next {
            self.act(&act);
        }
        let received = u32::try_from(conversations.len()).unwrap();
        Ok(ConversationsPage { conversations, received, unreadable: 0 })
    }
    async fn conversation(&self, id: &ConversationId) -> Result<ConversationDetails, PortalError> {
        self.asks(format!("read {id}"));
        if let Some(error) = self.trouble.lock().unwrap().clone() {
            return Err(error);
        }
        let mut letters = self.letters.lock().unwrap();
        let Some(letter) = letters.iter_mut().find(|letter| letter.id == id.0) else {
            return Err(PortalError::Refused { status: 404, message_code: None });
        };
        if letter.unread {
            self.read_unread.lock().unwrap().push(letter.id.clone());
        }
        // At a plain portal reading may do this.
        letter.unread &= self.messages_feature;
        let messages = (0..letter.messages).map(|n| MappedMessage {
            id: MessageId(format!("{id} {n}")),
            author: Some("Juf Marieke".into()),
            at: Some(written_at(letter.written)),
            child_first_name: Some("Noortje".into()),
            html: format!("<p>{n}</p>"),
            text: n.to_string(),
            photos: vec![],
            attachments: vec![],
            media: vec![],
        });
        let (messages, hash) = (messages.collect(), letter.messages.to_string());
        Ok(ConversationDetails { subject: None, messages, unreadable: 0, hash })
    }
    async fn conversations_about(
        &self,
        ids: &[ConversationId],
    ) -> Result<Vec<AboutConversation>, PortalError> {
        self.asks(format!("about {}", ids.len()));
        assert!(self.messages_feature && ids.len() <= 50);
        // One of another family is left out.
        let told = ids.iter().skip(1).map(|id| AboutConversation {
            id: id.clone(),
            children: vec![ChildId("noortje".into())],
            group: Some("Hamsters".into()),
            last_author: None,
            closed: false,
        });
        Ok(told.collect())
    }
    async fn mark_read(&self, id: &ConversationId) -> Result<(), WriteError> {
        self.asks(format!("mark {id}"));
        assert!(self.messages_feature);
        let mut letters = self.letters.lock().unwrap();
        letters
            .iter_mut()
            .filter(|letter| letter.id == id.0)
            .for_each(|letter| letter.unread = false);
        Ok(())
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

pub fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
}

pub async fn open(folder: &Path) -> Store {
    let key = Key::from_bytes([3; 32]);
    Store::open(folder, &key, OpenMode::Create).await.unwrap().store
}

pub fn engine(portal: &Arc<Portal>, clock: &TestClock, store: &Store) -> SyncEngine {
    let options = SyncOptions { pictures_ahead: false, ..SyncOptions::default() };
    SyncEngine::new(store.clone(), portal.clone(), Arc::new(clock.clone()), options)
}

/// Identity and time of every conversation here, in order.
pub async fn kept(store: &Store) -> Vec<(String, i64)> {
    let page = store.conversations(None, 1000).await.unwrap();
    page.conversations
        .into_iter()
        .map(|one| (one.id.0, (one.last_written - written_at(0)).num_hours()))
        .collect()
}
