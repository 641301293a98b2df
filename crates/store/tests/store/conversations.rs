//! Conversations: what the list and the portal's details say is what a parent reads back.

use crate::sample::conversations::{at, conversation, id, message, read, texts};
use crate::sample::open;
use proptest::prelude::*;
use schriftje_model::{Child, ChildId, Conversation};
use schriftje_store::{ConversationCursor, NewAbout, NewConversation, Store};
use tempfile::tempdir;

async fn one(store: &Store, which: &str) -> Conversation {
    store.conversation(id(which)).await.unwrap().unwrap()
}

async fn apply(store: &Store, page: &[NewConversation]) -> schriftje_store::AppliedConversations {
    store.apply_conversations(page.to_vec(), None).await.unwrap()
}

#[tokio::test]
async fn a_conversation_is_known_until_something_is_written_in_it() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let page = [conversation("a", 5, false), conversation("b", 4, true)];
    let applied = apply(&store, &page).await;
    assert_eq!(applied.new, [id("a"), id("b")]);
    assert!(!applied.all_known() && applied.unseen == 2);
    let applied = apply(&store, &page).await;
    assert!(applied.all_known() && applied.known == 2 && !applied.visible());

    assert!(read(&store, "a", vec![message("m1", "Juf Marieke", &[])]).await);
    assert!(one(&store, "a").await.read_here);
    assert_eq!(one(&store, "a").await.last_author.as_deref(), Some("Juf Marieke"));
    assert_eq!(store.is_up_to_date(id("a")).await.unwrap(), Some(true));

    // Something is written: who did is not known, and what is here is behind.
    let applied = apply(&store, &[conversation("a", 6, true), conversation("b", 4, true)]).await;
    assert_eq!((applied.new.len(), applied.changed), (0, vec![id("a")]));
    let a = one(&store, "a").await;
    assert_eq!((a.last_author, a.unread, a.last_written), (None, true, at(6)));
    assert_eq!(a.child_names, ["Noortje"]);
    assert_eq!(store.is_up_to_date(id("a")).await.unwrap(), Some(false));
    assert_eq!(store.is_up_to_date(id("nobody's")).await.unwrap(), None);
}

#[tokio::test]
async fn messages_read_back_as_they_were_sent_and_say_which_are_own() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let mut nameless = conversation("a", 5, false);
    nameless.subject = String::new();
    apply(&store, &[nameless]).await;
    let sent = vec![message("m1", "Juf Marieke", &["f1", "f2"]), message("m2", " Sanne Test", &[])];
    assert!(read(&store, "a", sent.clone()).await);
    assert!(!read(&store, "a", sent.clone()).await);
    let here = texts(&store, "a").await;
    assert_eq!(here.iter().map(|message| message.own).collect::<Vec<_>>(), [false, true]);
    for (sent, here) in sent.iter().zip(&here) {
        assert_eq!((&sent.id, &sent.author, sent.at), (&here.id, &here.author, here.at));
        assert_eq!((&sent.html, &sent.text), (&here.html, &here.text));
        assert_eq!((&sent.photos, &sent.attachments), (&here.photos, &here.attachments));
    }
    assert_eq!(one(&store, "a").await.subject, "Onderwerp");
    assert!(store.messages(id("a"), None).await.unwrap().iter().all(|message| !message.own));

    // One is changed, one is gone, one is new between them.
    let later = vec![NewMessageText("m1", "Anders").of(&sent[0]), message("m3", "Juf Fatima", &[])];
    assert!(read(&store, "a", later).await);
    let here = texts(&store, "a").await;
    assert_eq!(here.iter().map(|m| m.id.as_str()).collect::<Vec<_>>(), ["m1", "m3"]);
    assert_eq!(here[0].text, "Anders");
    assert!(!read(&store, "nobody's", vec![message("m9", "Iemand", &[])]).await);
}

/// A message with another text.
struct NewMessageText(&'static str, &'static str);

impl NewMessageText {
    fn of(&self, message: &schriftje_store::NewMessage) -> schriftje_store::NewMessage {
        assert_eq!(message.id.as_str(), self.0);
        schriftje_store::NewMessage { text: self.1.into(), ..message.clone() }
    }
}

#[tokio::test]
async fn what_is_unread_is_counted_here_and_there() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let page =
        [conversation("a", 5, true), conversation("b", 4, true), conversation("c", 3, false)];
    apply(&store, &page).await;
    assert_eq!(store.unread_conversations().await.unwrap(), 2);
    assert!(store.mark_read(id("a")).await.unwrap());
    assert!(!store.mark_read(id("a")).await.unwrap());
    assert_eq!(store.unread_conversations().await.unwrap(), 1);
    assert_eq!(store.conversations_to_tell(9).await.unwrap(), [id("a")]);

    // The portal does not know it yet: here it stays read.
    assert!(!apply(&store, &page).await.visible());
    assert!(!one(&store, "a").await.unread && store.is_unread_there(id("a")).await.unwrap());
    store.note_read_there(id("a")).await.unwrap();
    assert!(store.conversations_to_tell(9).await.unwrap().is_empty());

    // "b" was read on another device.
    let mut page = page;
    page[1].unread = false;
    let applied = apply(&store, &page).await;
    assert!(applied.all_known() && applied.unread_changed && applied.visible());
    assert_eq!(store.unread_conversations().await.unwrap(), 0);

    // Something is written in "a".
    page[0] = conversation("a", 7, true);
    assert_eq!(apply(&store, &page).await.changed, [id("a")]);
    assert!(one(&store, "a").await.unread);
    assert_eq!(store.unread_conversations().await.unwrap(), 1);
}

#[tokio::test]
async fn what_is_behind_is_fetched_newest_first_and_unread_ones_only_when_asked() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let page =
        [conversation("a", 5, true), conversation("b", 4, false), conversation("c", 3, false)];
    apply(&store, &page).await;
    assert_eq!(store.conversations_to_fetch(9, true).await.unwrap(), [id("a"), id("b"), id("c")]);
    assert_eq!(store.conversations_to_fetch(9, false).await.unwrap(), [id("b"), id("c")]);
    read(&store, "b", vec![]).await;
    assert_eq!(store.conversations_to_fetch(9, false).await.unwrap(), [id("c")]);
    // Read here, but not at the portal, as far as is known.
    store.mark_read(id("a")).await.unwrap();
    assert_eq!(store.conversations_to_fetch(1, false).await.unwrap(), [id("c")]);
    apply(&store, &[conversation("b", 8, false)]).await;
    assert_eq!(store.conversations_to_fetch(9, false).await.unwrap(), [id("b"), id("c")]);
}

#[tokio::test]
async fn what_the_portal_tells_about_is_asked_once_for_each_change() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let children = [("k1", "Noortje"), ("k2", "Ties")].map(|(id, name)| Child {
        id: ChildId(id.into()),
        first_name: name.into(),
        full_name: name.into(),
        attends: true,
        groups: vec![],
        date_of_birth: None,
        avatar: None,
    });
    store.set_children(children.into()).await.unwrap();
    apply(&store, &[conversation("a", 5, false), conversation("b", 4, false)]).await;
    let asked = store.conversations_without_about(50).await.unwrap();
    assert_eq!(asked, [id("a"), id("b")]);
    let told = vec![NewAbout {
        id: id("a"),
        children: vec![ChildId("k2".into()), ChildId("k1".into())],
        group: Some("Hamsters".into()),
        last_author: Some("Juf Marieke".into()),
        closed: true,
    }];
    assert!(store.set_about(asked.clone(), told.clone()).await.unwrap());
    assert!(!store.set_about(asked, told).await.unwrap());
    assert!(store.conversations_without_about(50).await.unwrap().is_empty());
    let a = one(&store, "a").await;
    assert_eq!(a.child_names, ["Ties", "Noortje"]);
    assert_eq!((a.group.as_deref(), a.closed), (Some("Hamsters"), true));
    assert_eq!(a.last_author.as_deref(), Some("Juf Marieke"));
    apply(&store, &[conversation("b", 9, false)]).await;
    assert_eq!(store.conversations_without_about(50).await.unwrap(), [id("b")]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, ..ProptestConfig::default() })]
    #[test]
    fn pages_show_every_conversation_once_and_in_order(
        hours in prop::collection::vec(0_i64..8, 0..40),
        limit in 1_u32..9,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let folder = tempdir().unwrap();
            let store = open(folder.path()).await;
            let all: Vec<NewConversation> = hours
                .iter()
                .enumerate()
                .map(|(n, hour)| conversation(&format!("{:03}", (n * 37) % 101), *hour, n % 3 == 0))
                .collect();
            apply(&store, &all).await;
            let mut expected: Vec<_> =
                all.iter().map(|new| (std::cmp::Reverse(new.last_written), new.id.clone())).collect();
            expected.sort();
            let (mut after, mut shown) = (None, Vec::new());
            loop {
                let page = store.conversations(after, limit).await.unwrap();
                assert!(page.conversations.len() <= limit as usize);
                shown.extend(page.conversations.into_iter().map(|one| one.id));
                let Some(next) = page.next else { break };
                // What the interface holds is text.
                after = Some(next.to_string().parse::<ConversationCursor>().unwrap());
            }
            let expected: Vec<_> = expected.into_iter().map(|(_, id)| id).collect();
            assert_eq!(shown, expected);
            let unread = all.iter().filter(|new| new.unread).count();
            let counted = store.unread_conversations().await.unwrap();
            assert_eq!(counted as usize, unread);
            store.close().await;
        });
    }

    #[test]
    fn what_is_no_cursor_is_refused_and_never_panics(text in ".{0,40}") {
        if let Ok(cursor) = text.parse::<ConversationCursor>() {
            let again: ConversationCursor = cursor.to_string().parse().unwrap();
            prop_assert_eq!(again, cursor);
        }
    }
}
