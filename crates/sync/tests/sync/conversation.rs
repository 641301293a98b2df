//! What was written in conversations is read ahead, politely, and never so that the parent would
//! not notice that it is new.

use crate::letters::{Act, Portal, engine, now, open, run};
use chrono::TimeDelta;
use schriftje_konnect::PortalError;
use schriftje_model::{ConversationId, TestClock};
use schriftje_store::Store;
use schriftje_sync::{SyncEngine, SyncError};
use std::sync::Arc;
use tempfile::{TempDir, tempdir};

struct World {
    portal: Arc<Portal>,
    clock: TestClock,
    store: Store,
    engine: SyncEngine,
    _folder: TempDir,
}

async fn world(letters: usize, feature: bool) -> World {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let portal = Arc::new(Portal::new(letters, 10, feature));
    let clock = TestClock::at(now());
    let engine = engine(&portal, &clock, &store);
    World { portal, clock, store, engine, _folder: folder }
}

impl World {
    /// Calls that begin with this word.
    fn calls(&self, word: &str) -> Vec<String> {
        self.portal.calls().into_iter().filter(|call| call.starts_with(word)).collect()
    }

    async fn messages(&self, id: &str) -> usize {
        self.store.messages(ConversationId(id.into()), None).await.unwrap().len()
    }

    async fn is_unread(&self, id: &str) -> bool {
        let conversation = self.store.conversation(ConversationId(id.into())).await.unwrap();
        conversation.unwrap().unread
    }

    async fn open(&self, id: &str) -> Result<(), SyncError> {
        self.engine.open_conversation(ConversationId(id.into())).await
    }
}

#[test]
fn conversations_are_read_ahead_newest_first_and_once() {
    run(async {
        let world = world(4, false).await;
        world.engine.sync().await.unwrap();
        assert_eq!(world.calls("read"), ["read b4", "read b3", "read b2", "read b1"]);
        assert!(world.calls("about").is_empty() && world.calls("mark").is_empty());
        world.portal.forget_calls();
        // One is written in on another device: it is read, and again read ahead.
        world.portal.act(&Act::Write(2));
        world.portal.read_everything();
        world.engine.refresh_conversations().await.unwrap();
        world.engine.sync().await.unwrap();
        assert_eq!(world.calls("read"), ["read b2"]);
        assert_eq!(world.messages("b2").await, 2);
    });
}

#[test]
fn at_a_plain_portal_an_unread_conversation_is_read_when_it_is_opened_and_never_ahead() {
    run(async {
        let world = world(12, false).await;
        let unread = world.portal.unread(2);
        *world.portal.counter.lock().unwrap() = 1;
        for _ in 0..3 {
            world.engine.sync().await.unwrap();
            world.clock.advance(TimeDelta::days(8));
        }
        assert_eq!(world.calls("read").len(), 11);
        assert!(world.portal.read_unread.lock().unwrap().is_empty());
        assert_eq!(world.messages(&unread).await, 0);
        assert!(world.is_unread(&unread).await);
        world.open(&unread).await.unwrap();
        assert_eq!(
            world.portal.read_unread.lock().unwrap().as_slice(),
            std::slice::from_ref(&unread)
        );
        assert_eq!(world.messages(&unread).await, 1);
        assert!(!world.is_unread(&unread).await);
        assert!(world.calls("mark").is_empty() && world.calls("about").is_empty());
    });
}

#[test]
fn at_a_plain_portal_the_list_is_looked_at_before_reading_ahead_for_long() {
    run(async {
        let world = world(3, false).await;
        // The list is read, and then the program rests for a while.
        world.engine.poll().await.unwrap();
        world.clock.advance(TimeDelta::minutes(5));
        let unread = world.portal.unread(1);
        world.engine.catch_up().await.unwrap();
        assert!(world.portal.read_unread.lock().unwrap().is_empty());
        assert!(world.is_unread(&unread).await);
        assert_eq!(world.calls("read").len(), 2);
    });
}

#[test]
fn a_portal_that_tells_more_is_asked_fifty_at_a_time_and_told_what_was_read() {
    run(async {
        let world = world(70, true).await;
        let unread = world.portal.unread(2);
        world.engine.sync().await.unwrap();
        assert_eq!(world.calls("about"), ["about 50", "about 20"]);
        // Read ahead, and still unread.
        assert_eq!(world.messages(&unread).await, 1);
        assert!(world.is_unread(&unread).await && world.calls("mark").is_empty());
        let about =
            world.store.conversation(ConversationId(unread.clone())).await.unwrap().unwrap();
        assert_eq!(about.group.as_deref(), Some("Hamsters"));
        world.open(&unread).await.unwrap();
        assert_eq!(world.calls("mark"), [format!("mark {unread}")]);
        assert!(!world.is_unread(&unread).await);
        // What is read needs no telling.
        world.open(&unread).await.unwrap();
        assert_eq!(world.calls("mark").len(), 1);
        // Having read one moves the portal's count, so the list is looked at once more.
        world.engine.sync().await.unwrap();
        world.portal.forget_calls();
        world.engine.sync().await.unwrap();
        assert_eq!(world.portal.calls(), ["counters", "timeline 0"]);
    });
}

#[test]
fn what_is_read_without_a_network_is_told_later() {
    run(async {
        let world = world(3, true).await;
        let unread = world.portal.unread(0);
        world.engine.sync().await.unwrap();
        *world.portal.trouble.lock().unwrap() = Some(PortalError::Offline);
        let opened = world.open(&unread).await;
        assert_eq!(opened, Err(SyncError::Portal(PortalError::Offline)));
        // It is here, so the parent has read it.
        assert!(!world.is_unread(&unread).await && world.calls("mark").is_empty());
        *world.portal.trouble.lock().unwrap() = None;
        world.engine.sync().await.unwrap();
        assert_eq!(world.calls("mark"), [format!("mark {unread}")]);
        assert!(!world.is_unread(&unread).await);

        // What is not here cannot be read.
        world.portal.act(&Act::Begin);
        world.engine.refresh_conversations().await.unwrap();
        *world.portal.trouble.lock().unwrap() = Some(PortalError::Offline);
        let newest = world.portal.truth()[0].0.clone();
        world.open(&newest).await.unwrap_err();
        assert!(world.is_unread(&newest).await);
        assert_eq!(world.open("nobody's").await, Err(SyncError::NotFound));
    });
}

#[test]
fn a_conversation_that_cannot_be_read_is_left_alone_for_a_while() {
    run(async {
        let world = world(9, true).await;
        let refused = PortalError::Refused { status: 500, message_code: None };
        *world.portal.trouble.lock().unwrap() = Some(refused);
        world.engine.sync().await.unwrap();
        // After three in a row something else must be wrong.
        assert_eq!(world.calls("read").len(), 3);
        world.engine.sync().await.unwrap();
        assert_eq!(world.calls("read").len(), 6);
        *world.portal.trouble.lock().unwrap() = None;
        world.engine.sync().await.unwrap();
        assert_eq!(world.calls("read").len(), 9);
        world.clock.advance(TimeDelta::hours(1));
        world.engine.sync().await.unwrap();
        assert_eq!(world.calls("read").len(), 15);
        assert!(world.store.conversations_to_fetch(9, true).await.unwrap().is_empty());
    });
}
