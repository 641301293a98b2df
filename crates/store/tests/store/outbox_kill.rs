//! Killed while a draft goes into the send queue: it is in one of the two, whole.

use crate::sample::{day, key, killed, open};
use chrono::{DateTime, Utc};
use schriftje_model::{ChildId, Draft, DraftPlace, MediaKind, WriteId, WriteState, WriteWhat};
use schriftje_store::{NewOutFile, OpenMode, Store};
use std::collections::BTreeSet;
use tempfile::tempdir;

const FILES: usize = 2;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap()
}

fn photo(name: String) -> NewOutFile {
    NewOutFile { name, mime: "image/jpeg".into(), kind: MediaKind::Photo }
}

/// Drafts, queues and sends one after the other, says so, and goes on until it is killed. Only
/// does so for the test below.
#[tokio::test]
async fn the_child_that_queues() {
    let Some(folder) = killed::folder() else { return };
    let store = open(&folder).await;
    let mut n = store.writes().await.unwrap().len();
    loop {
        let id = WriteId(format!("w{n}"));
        let text = format!("tekst {n}");
        let draft = Draft { text: text.clone(), ..Draft::empty(DraftPlace::Diary) };
        store.discard_draft(DraftPlace::Diary).await.unwrap();
        store.save_draft(draft.clone(), now()).await.unwrap();
        let mut files = Vec::new();
        for file in 0..FILES {
            let new = photo(format!("{n}-{file}.jpg"));
            let file = store.add_file(DraftPlace::Diary, new, vec![7; 90_000]).await.unwrap();
            files.push(file.id);
        }
        println!("drafted {n}");
        let what = WriteWhat::Diary { children: vec![ChildId("k".into())], day: day(1), text };
        let target = "diary".to_owned();
        store.queue_draft(draft, files, id.clone(), what, target, now()).await.unwrap().unwrap();
        println!("queued {n}");
        assert!(store.start_sending(id.clone(), now()).await.unwrap());
        assert!(store.mark_sent(id, Some(n.to_string()), now()).await.unwrap());
        println!("sent {n}");
        n += 1;
    }
}

#[tokio::test]
async fn a_draft_is_never_half_in_the_queue() {
    let folder = tempdir().unwrap();
    let (mut queued, mut sent) = (BTreeSet::new(), BTreeSet::new());
    for round in 0..16 {
        let mut drafted = None;
        let of = |line: &str, word: &str| -> Option<usize> {
            line.split_once(word)?.1.trim().parse().ok()
        };
        killed::after("outbox_kill::the_child_that_queues", folder.path(), |lines| {
            // The kill falls into the step after the last line, another one each round.
            for line in lines.take(5 + round % 7) {
                drafted = of(&line, "drafted ").or(drafted);
                queued.extend(of(&line, "queued "));
                sent.extend(of(&line, "sent "));
            }
        });

        let opened = Store::open(folder.path(), &key(), OpenMode::Existing).await.unwrap();
        assert!(!opened.recovered.any());
        let store = opened.store;
        let writes = store.writes().await.unwrap();
        for write in &writes {
            assert_eq!(write.files.len(), FILES, "{write:?}");
            assert_eq!(write.remote.is_some(), write.state == WriteState::Sent);
        }
        let ids: Vec<String> = writes.iter().map(|write| write.id.0.clone()).collect();
        assert_eq!(ids, (0..ids.len()).map(|n| format!("w{n}")).collect::<Vec<_>>());
        for n in &queued {
            assert!(ids.contains(&format!("w{n}")), "{n} was queued and is gone");
        }
        for n in &sent {
            assert_eq!(writes[*n].state, WriteState::Sent);
        }
        // What was drafted is in the queue or still a draft, and not in both.
        let draft = store.draft(DraftPlace::Diary).await.unwrap();
        if let Some((draft, files)) = &draft {
            assert!(files.len() <= FILES);
            let text = |write: &schriftje_model::Write| match &write.what {
                WriteWhat::Diary { text, .. } => text.clone(),
                _ => unreachable!(),
            };
            assert!(draft.text.is_empty() || writes.iter().all(|w| text(w) != draft.text));
        }
        if let Some(n) = drafted.filter(|n| *n >= writes.len()) {
            let (draft, files) = draft.unwrap();
            assert!(draft.text == format!("tekst {n}") || draft.text == format!("tekst {}", n + 1));
            assert!(draft.text != format!("tekst {n}") || files.len() == FILES);
        }
        // The next round begins with nothing under way.
        for out in store.interrupted().await.unwrap() {
            assert_eq!((out.write.state, out.write.attempts), (WriteState::Sending, 1));
            store.mark_sent(out.write.id, Some("found".into()), now()).await.unwrap();
        }
        for write in store.unsent().await.unwrap() {
            assert!(store.start_sending(write.id.clone(), now()).await.unwrap());
            assert!(store.mark_sent(write.id, Some("late".into()), now()).await.unwrap());
        }
        store.close().await;
    }
    assert!(queued.len() > 10);
}

/// Bytes that tell whether they belong together.
fn filled(n: usize) -> Vec<u8> {
    vec![u8::try_from(n % 251).unwrap(); 1_200_000 + n % 251]
}

/// Replaces the files of a draft one after the other, says so, and goes on until it is killed. Only
/// does so for the test below.
#[tokio::test]
async fn the_child_that_replaces() {
    let Some(folder) = killed::folder() else { return };
    let store = open(&folder).await;
    let (_, files) = store.draft(DraftPlace::Diary).await.unwrap().unwrap();
    for n in 0.. {
        for file in &files {
            let bytes = filled(n);
            assert!(
                store.replace_draft_file(DraftPlace::Diary, file.id.clone(), bytes).await.unwrap()
            );
            println!("replaced {n}");
        }
    }
}

#[tokio::test]
async fn a_file_that_is_replaced_is_the_old_one_or_the_new_one() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    for n in 0..FILES {
        let new = photo(format!("{n}.jpg"));
        store.add_file(DraftPlace::Diary, new, filled(0)).await.unwrap();
    }
    store.close().await;
    for round in 0..8 {
        let enough = 2 + round % 5;
        let replaced =
            killed::after("outbox_kill::the_child_that_replaces", folder.path(), |lines| {
                lines.filter(|line| line.contains("replaced ")).take(enough).count()
            });
        assert_eq!(replaced, enough);
        let store = Store::open(folder.path(), &key(), OpenMode::Existing).await.unwrap().store;
        let (_, files) = store.draft(DraftPlace::Diary).await.unwrap().unwrap();
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["0.jpg", "1.jpg"]);
        for file in files {
            let bytes = store.file_piece(file.id, 0, file.bytes + 9).await.unwrap();
            assert_eq!(bytes, filled(bytes[0].into()));
        }
        store.close().await;
    }
}
