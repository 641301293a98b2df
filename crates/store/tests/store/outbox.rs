//! Drafts, the files that go along, and what becomes of them in the send queue.

use crate::sample::{day, key, open, photo_card};
use chrono::{DateTime, Utc};
use schriftje_model::{
    ChildId, ConversationId, Draft, DraftPlace, FileId, MediaKind, WriteId, WriteState, WriteWhat,
};
use schriftje_store::{NewOutFile, OpenMode, Store, StoreError};
use std::fs;
use tempfile::tempdir;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000 + seconds, 0).unwrap()
}

fn reply(conversation: &str, text: &str) -> Draft {
    let place = DraftPlace::Reply(ConversationId(conversation.into()));
    Draft { text: text.into(), ..Draft::empty(place) }
}

fn diary(text: &str) -> WriteWhat {
    WriteWhat::Diary { children: vec![ChildId("noortje".into())], day: day(3), text: text.into() }
}

fn new(name: &str, kind: MediaKind) -> NewOutFile {
    let mime = if kind == MediaKind::Video { "video/mp4" } else { "image/jpeg" };
    NewOutFile { name: name.into(), mime: mime.into(), kind }
}

async fn queued(store: &Store, id: &str, text: &str) {
    store
        .queue_write(WriteId(id.into()), diary(text), "diary".into(), vec![], false, at(0))
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn a_draft_is_kept_by_place_and_survives_a_restart() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let first = reply("b1", "Dank je wel");
    let second = reply("b2", "Zij is ziek");
    store.save_draft(first.clone(), at(0)).await.unwrap();
    store.save_draft(second.clone(), at(1)).await.unwrap();
    store.save_draft(reply("b3", " \n"), at(2)).await.unwrap();
    let place = first.place.clone();
    let photo =
        store.add_file(place.clone(), new("a.jpg", MediaKind::Photo), vec![1; 9]).await.unwrap();
    store.close().await;
    let store = open(folder.path()).await;
    let kept: Vec<_> = store.drafts().await.unwrap().into_iter().map(|(draft, _)| draft).collect();
    assert_eq!(kept, [second.clone(), first.clone()]);
    assert_eq!(
        store.draft(place.clone()).await.unwrap(),
        Some((first.clone(), vec![photo.clone()]))
    );
    // Saved again with every change, its files stay.
    let longer = reply("b1", "Dank je wel!");
    store.save_draft(longer.clone(), at(3)).await.unwrap();
    assert_eq!(store.draft(place.clone()).await.unwrap(), Some((longer, vec![photo.clone()])));
    assert!(store.discard_draft(place.clone()).await.unwrap());
    assert!(!store.discard_draft(place.clone()).await.unwrap());
    assert_eq!(store.draft(place).await.unwrap(), None);
    assert_eq!(store.file(photo.id.clone()).await.unwrap(), None);
    assert!(store.file_piece(photo.id, 0, 9).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_film_goes_in_and_comes_out_in_pieces() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let bytes: Vec<u8> = (0..5_000_000_u32).map(|n| n.to_le_bytes()[(n % 3) as usize]).collect();
    let id = store.begin_file(DraftPlace::Diary, new("film.mp4", MediaKind::Video)).await.unwrap();
    // Larger and smaller than a piece.
    for part in [&bytes[..3_000_000], &bytes[3_000_000..3_000_001], &bytes[3_000_001..]] {
        assert!(store.append_piece(id.clone(), part.to_vec()).await.unwrap());
    }
    assert!(store.append_piece(id.clone(), vec![]).await.unwrap());
    // Not seen before it is whole.
    assert_eq!(store.file(id.clone()).await.unwrap(), None);
    assert_eq!(store.draft(DraftPlace::Diary).await.unwrap().unwrap().1, []);
    let file = store.finish_file(id.clone()).await.unwrap().unwrap();
    assert_eq!((file.bytes, file.sent), (5_000_000, 0));
    assert_eq!(store.finish_file(id.clone()).await.unwrap(), Some(file.clone()));
    assert!(!store.append_piece(id.clone(), vec![1]).await.unwrap());
    assert_eq!(store.drafts().await.unwrap().len(), 1);
    for (offset, len) in [
        (0, 5_000_000),
        (0, 1),
        (1_048_575, 2),
        (1_048_576, 1_048_576),
        (2_999_999, 3),
        (4_999_999, 500),
    ] {
        let read = store.file_piece(id.clone(), offset, len).await.unwrap();
        let from = usize::try_from(offset).unwrap();
        let until = (from + usize::try_from(len).unwrap()).min(bytes.len());
        assert!(read == bytes[from..until], "{offset} {len}");
    }
    for (offset, len) in [(5_000_000, 1), (u64::MAX, 1), (1, 0), (u64::MAX, u64::MAX)] {
        assert!(store.file_piece(id.clone(), offset, len).await.unwrap().is_empty());
    }
    assert!(store.remove_draft_file(DraftPlace::Diary, id.clone()).await.unwrap());
    assert!(!store.remove_draft_file(DraftPlace::Diary, id.clone()).await.unwrap());
    assert_eq!(store.file(id).await.unwrap(), None);
}

#[tokio::test]
async fn a_file_that_was_never_finished_goes_when_nobody_is_at_it() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let adding = store.adding().await.unwrap();
    let id = store.begin_file(DraftPlace::Diary, new("a.jpg", MediaKind::Photo)).await.unwrap();
    let loose = store.begin_loose_file(new("b.jpg", MediaKind::Photo)).await.unwrap();
    store.append_piece(loose.clone(), vec![1]).await.unwrap();
    store.finish_file(loose.clone()).await.unwrap().unwrap();
    // Another process looks in meanwhile.
    let other = open(folder.path()).await;
    assert!(!other.clear_broken_off().await.unwrap());
    assert!(store.append_piece(id.clone(), vec![1]).await.unwrap());
    assert!(store.file(loose.clone()).await.unwrap().is_some());
    // Whoever was at it is gone; the account stays open all the while.
    drop(adding);
    assert!(other.clear_broken_off().await.unwrap());
    assert!(!store.append_piece(id.clone(), vec![1]).await.unwrap());
    assert_eq!(store.finish_file(id).await.unwrap(), None);
    assert_eq!(store.file(loose).await.unwrap(), None);
    assert!(!store.clear_broken_off().await.unwrap());
}

#[tokio::test]
async fn a_file_that_was_never_finished_goes_when_the_account_is_opened() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let id = store.begin_file(DraftPlace::Diary, new("a.jpg", MediaKind::Photo)).await.unwrap();
    store.close().await;
    let store = open(folder.path()).await;
    assert!(!store.append_piece(id, vec![1]).await.unwrap());
}

#[tokio::test]
async fn a_draft_is_queued_once_with_its_files() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let mut files = Vec::new();
    let draft = Draft { keep_place: true, ..Draft::empty(DraftPlace::Diary) };
    store.save_draft(draft.clone(), at(0)).await.unwrap();
    for name in ["a.jpg", "b.jpg"] {
        files.push(
            store
                .add_file(DraftPlace::Diary, new(name, MediaKind::Photo), name.into())
                .await
                .unwrap(),
        );
    }
    let ids: Vec<_> = files.iter().map(|file| file.id.clone()).collect();
    let id = WriteId("w1".into());
    let queue = || {
        let (draft, ids, id) = (draft.clone(), ids.clone(), id.clone());
        store.queue_draft(draft, ids, id, diary("Hoi"), "diary".into(), at(1))
    };
    let write = queue().await.unwrap().unwrap();
    assert_eq!((write.state, write.attempts, &write.files), (WriteState::Queued, 0, &files));
    assert_eq!(queue().await.unwrap(), None);
    assert_eq!(store.draft(DraftPlace::Diary).await.unwrap(), None);
    assert_eq!(store.writes().await.unwrap(), std::slice::from_ref(&write));
    assert_eq!(store.count_open_writes().await.unwrap(), 1);
    assert_eq!(store.file_piece(files[1].id.clone(), 0, 9).await.unwrap(), b"b.jpg");
    // A file of a write is no draft's to remove.
    assert!(!store.remove_draft_file(DraftPlace::Diary, files[0].id.clone()).await.unwrap());
    let out = store.next_to_send(&[]).await.unwrap().unwrap();
    assert_eq!((&out.write, out.key.as_str()), (&write, "w1"));
    assert_eq!(
        out.uploads.iter().map(|u| &u.file).collect::<Vec<_>>(),
        [&files[0].id, &files[1].id]
    );
    assert_eq!(out.uploads[0].sha256, sha256("a.jpg"));
}

#[tokio::test]
async fn a_draft_that_changed_since_it_was_looked_at_stays_a_draft() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let place = DraftPlace::Diary;
    let photo = async |name: &str| {
        store.add_file(place.clone(), new(name, MediaKind::Photo), name.into()).await.unwrap().id
    };
    let draft = Draft { text: "Hoi".into(), ..Draft::empty(place.clone()) };
    store.save_draft(draft.clone(), at(0)).await.unwrap();
    let first = photo("a.jpg").await;
    let queue = async |draft: &Draft, files: &[&FileId]| {
        let files = files.iter().copied().cloned().collect();
        let (draft, id) = (draft.clone(), WriteId("w1".into()));
        let queued = store.queue_draft(draft, files, id, diary("Hoi"), "diary".into(), at(1));
        queued.await.unwrap()
    };
    // A photo came, one is coming, and something was typed.
    let second = photo("b.jpg").await;
    assert_eq!(queue(&draft, &[&first]).await, None);
    assert_eq!(queue(&draft, &[&second, &first]).await, None);
    let coming = store.begin_file(place.clone(), new("c.jpg", MediaKind::Photo)).await.unwrap();
    assert_eq!(queue(&draft, &[&first, &second]).await, None);
    assert_eq!(queue(&draft, &[&first, &second, &coming]).await, None);
    assert!(store.append_piece(coming.clone(), vec![1]).await.unwrap(), "it goes on");
    store.finish_file(coming.clone()).await.unwrap().unwrap();
    let longer = Draft { text: "Hoi hoi".into(), ..draft.clone() };
    store.save_draft(longer.clone(), at(2)).await.unwrap();
    let all = [&first, &second, &coming];
    assert_eq!(queue(&draft, &all).await, None);
    let kept = Draft { keep_place: true, ..longer.clone() };
    assert_eq!(queue(&kept, &all).await, None);
    assert!(store.writes().await.unwrap().is_empty());
    let (there, files) = store.draft(place).await.unwrap().unwrap();
    assert_eq!((&there, files.len()), (&longer, 3));
    assert_eq!(queue(&longer, &all).await.unwrap().files, files);
}

#[tokio::test]
async fn editing_gives_back_whether_photos_keep_their_place() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let place = DraftPlace::Diary;
    let photo = async || {
        store.add_file(place.clone(), new("a.jpg", MediaKind::Photo), vec![1]).await.unwrap().id
    };
    let id = WriteId("w1".into());
    for keep_place in [true, false] {
        let draft = Draft { keep_place, ..Draft::empty(place.clone()) };
        store.save_draft(draft.clone(), at(0)).await.unwrap();
        let files = vec![photo().await];
        store
            .queue_draft(draft, files, id.clone(), diary("Hoi"), "diary".into(), at(1))
            .await
            .unwrap()
            .unwrap();
        store.write_to_draft(id.clone(), at(2)).await.unwrap().unwrap();
        assert_eq!(store.draft(place.clone()).await.unwrap().unwrap().0.keep_place, keep_place);
        store.discard_draft(place.clone()).await.unwrap();
    }
    // What stands there decides, as soon as photos go along with it.
    for (there, with_photo, expected) in
        [(false, false, true), (false, true, false), (true, true, true)]
    {
        let what = diary("Hoi");
        store
            .queue_write(id.clone(), what, "diary".into(), vec![], true, at(3))
            .await
            .unwrap()
            .unwrap();
        let draft = Draft { keep_place: there, ..Draft::empty(place.clone()) };
        store.save_draft(draft, at(4)).await.unwrap();
        if with_photo {
            photo().await;
        }
        store.write_to_draft(id.clone(), at(5)).await.unwrap().unwrap();
        let (draft, _) = store.draft(place.clone()).await.unwrap().unwrap();
        assert_eq!(draft.keep_place, expected, "{there} {with_photo}");
        store.discard_draft(place.clone()).await.unwrap();
    }
}

fn sha256(text: &str) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(Sha256::digest(text))
}

#[tokio::test]
async fn what_was_never_a_draft_is_queued_with_its_files_or_not_at_all() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let file = store.begin_loose_file(new("a.jpg", MediaKind::Photo)).await.unwrap();
    store.append_piece(file.clone(), vec![1, 2]).await.unwrap();
    let queue =
        |files| store.queue_write("w".into(), diary("Hoi"), "diary".into(), files, false, at(0));
    assert_eq!(queue(vec![file.clone()]).await.unwrap(), None);
    store.finish_file(file.clone()).await.unwrap().unwrap();
    assert_eq!(queue(vec![file.clone(), "nowhere".into()]).await.unwrap(), None);
    assert!(store.writes().await.unwrap().is_empty());
    let write = queue(vec![file.clone()]).await.unwrap().unwrap();
    assert_eq!(write.files[0].id, file);
    // The draft of the place was not touched.
    assert_eq!(store.draft(DraftPlace::Diary).await.unwrap(), None);
}

#[tokio::test]
async fn editing_puts_a_write_before_what_stands_there() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let place = DraftPlace::Reply("b1".into());
    let draft = reply("b1", "Een");
    store.save_draft(draft.clone(), at(0)).await.unwrap();
    let first = store.add_file(place.clone(), new("1", MediaKind::Photo), vec![1]).await.unwrap();
    let what = WriteWhat::Reply { conversation: "b1".into(), text: "Een".into() };
    let id = WriteId("w1".into());
    let files = vec![first.id.clone()];
    store.queue_draft(draft, files, id.clone(), what, "b1".into(), at(1)).await.unwrap().unwrap();
    assert!(store.set_upload(first.id.clone(), Some("u".into()), "k".into()).await.unwrap());
    assert!(store.set_upload_sent(first.id.clone(), 1).await.unwrap());
    store.save_draft(reply("b1", "Twee"), at(2)).await.unwrap();
    let second = store.add_file(place.clone(), new("2", MediaKind::Photo), vec![2]).await.unwrap();
    assert_eq!(store.write_to_draft(id.clone(), at(3)).await.unwrap(), Some(place.clone()));
    let (draft, files) = store.draft(place.clone()).await.unwrap().unwrap();
    assert_eq!(draft.text, "Een\n\nTwee");
    assert_eq!(files, [first, second]);
    assert_eq!(store.write_to_draft(id.clone(), at(4)).await.unwrap(), None);
    assert!(store.writes().await.unwrap().is_empty());
}

#[tokio::test]
async fn what_is_being_sent_or_was_sent_cannot_be_edited_or_withdrawn() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    queued(&store, "w1", "Een").await;
    let id = WriteId("w1".into());
    assert!(store.start_sending(id.clone(), at(1)).await.unwrap());
    assert!(!store.start_sending(id.clone(), at(2)).await.unwrap());
    for _ in 0..2 {
        assert_eq!(store.write_to_draft(id.clone(), at(3)).await.unwrap(), None);
        assert!(!store.withdraw(id.clone()).await.unwrap());
        store.mark_sent(id.clone(), Some("b9".into()), at(4)).await.unwrap();
    }
    let write = store.write(id.clone()).await.unwrap().unwrap();
    assert_eq!((write.state, write.attempts), (WriteState::Sent, 1));
    assert_eq!((write.remote.as_deref(), write.sent_at), (Some("b9"), Some(at(4))));
    assert!(store.unsent().await.unwrap().is_empty());
    assert!(store.forget_sent(id.clone()).await.unwrap());
    assert_eq!(store.write(id).await.unwrap(), None);
}

#[tokio::test]
async fn a_refused_write_is_tried_again_as_a_new_one_after_the_others() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let file =
        store.add_file(DraftPlace::Diary, new("1", MediaKind::Photo), vec![1; 9]).await.unwrap();
    let id = WriteId("w1".into());
    let draft = Draft::empty(DraftPlace::Diary);
    store
        .queue_draft(draft, vec![file.id.clone()], id.clone(), diary("Een"), "diary".into(), at(0))
        .await
        .unwrap()
        .unwrap();
    queued(&store, "w2", "Twee").await;
    store.start_sending(id.clone(), at(1)).await.unwrap();
    store.set_upload(file.id.clone(), None, "uk".into()).await.unwrap();
    assert!(!store.set_upload_sent(file.id.clone(), 4).await.unwrap());
    store.set_upload(file.id.clone(), Some("u".into()), "uk".into()).await.unwrap();
    store.set_upload_sent(file.id.clone(), 4).await.unwrap();
    // The same name again forgets nothing.
    store.set_upload(file.id.clone(), Some("u".into()), "uk".into()).await.unwrap();
    let out = store.interrupted().await.unwrap().remove(0);
    assert_eq!((out.write.files[0].sent, out.uploads[0].upload.as_deref()), (4, Some("u")));
    let code = Some("too-long".to_owned());
    store.mark_refused(id.clone(), code, Some("Te lang.".into())).await.unwrap();
    let refused = store.write(id.clone()).await.unwrap().unwrap();
    assert_eq!(refused.reason.as_deref(), Some("Te lang."));
    assert_eq!(store.next_to_send(&[]).await.unwrap().unwrap().write.id.0, "w2");
    assert!(store.retry_refused(id.clone(), "k2".into()).await.unwrap());
    let ids: Vec<_> = store.writes().await.unwrap().into_iter().map(|w| w.id.0).collect();
    assert_eq!(ids, ["w2", "w1"]);
    let out = store.outgoing(id).await.unwrap().unwrap();
    assert_eq!((out.key.as_str(), out.first_attempt_at, out.write.attempts), ("k2", None, 1));
    assert_eq!((out.uploads[0].upload.as_deref(), out.write.files[0].sent), (None, 0));
    assert_eq!((out.write.reason, out.write.reason_code), (None, None));
}

#[tokio::test]
async fn the_outbox_survives_the_loss_of_everything_else() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    store.apply_timeline_page(vec![photo_card("c", day(1), &["noortje"], &["f"])]).await.unwrap();
    store.save_draft(reply("b1", "Dank je wel"), at(0)).await.unwrap();
    queued(&store, "w1", "Een").await;
    store.close().await;
    for name in ["account.db", "cache.db", "media.db"] {
        let path = folder.path().join(name);
        let mut bytes = fs::read(&path).unwrap();
        bytes[..4096].fill(0x5a);
        fs::write(path, bytes).unwrap();
    }
    let opened = Store::open(folder.path(), &key(), OpenMode::Existing).await.unwrap();
    assert!(opened.recovered.cache && !opened.recovered.outbox);
    assert_eq!(opened.store.drafts().await.unwrap().len(), 1);
    assert_eq!(opened.store.unsent().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_damaged_outbox_is_set_aside_and_never_deleted_or_written_over() {
    let folder = tempdir().unwrap();
    let mut aside = Vec::new();
    for round in 1..=3 {
        let store = open(folder.path()).await;
        queued(&store, "w1", &format!("Ronde {round}")).await;
        store.close().await;
        let path = folder.path().join("outbox.db");
        let mut bytes = fs::read(&path).unwrap();
        bytes[..16_384].fill(round);
        fs::write(&path, &bytes).unwrap();
        aside.push(bytes);
        let opened = Store::open(folder.path(), &key(), OpenMode::Existing).await.unwrap();
        assert!(opened.recovered.outbox && opened.recovered.any());
        assert!(!opened.recovered.cache && !opened.recovered.account);
        assert!(opened.store.writes().await.unwrap().is_empty());
        opened.store.close().await;
        for (n, bytes) in (1..).zip(&aside) {
            let kept = fs::read(folder.path().join(format!("outbox.db.damaged-{n}"))).unwrap();
            assert!(&kept == bytes, "{n} in round {round}");
        }
    }
    // A name of which only a part is left is not used again.
    let orphan = folder.path().join("outbox.db.damaged-4-wal");
    fs::write(&orphan, "what was written last").unwrap();
    fs::write(folder.path().join("outbox.db"), "<html>").unwrap();
    let opened = Store::open(folder.path(), &key(), OpenMode::Existing).await.unwrap();
    assert!(opened.recovered.outbox);
    assert_eq!(fs::read_to_string(orphan).unwrap(), "what was written last");
    assert_eq!(fs::read_to_string(folder.path().join("outbox.db.damaged-5")).unwrap(), "<html>");
}

#[tokio::test]
async fn a_folder_from_before_the_outbox_can_be_read_without_rights() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    store.close().await;
    for name in ["outbox.db", "outbox.db-wal", "outbox.db-shm"] {
        let _ = fs::remove_file(folder.path().join(name));
    }
    let opened = Store::open(folder.path(), &key(), OpenMode::ReadOnly).await.unwrap();
    assert!(opened.store.writes().await.unwrap().is_empty());
    let refused = opened.store.save_draft(reply("b1", "Een"), at(0)).await.unwrap_err();
    assert_eq!(refused, StoreError::ReadOnly);
    assert!(!folder.path().join("outbox.db").exists());
}

#[tokio::test]
async fn another_process_shows_in_what_changed() {
    let folder = tempdir().unwrap();
    let (one, other) = (open(folder.path()).await, open(folder.path()).await);
    one.outbox_changed_elsewhere().await.unwrap();
    queued(&one, "w1", "Een").await;
    assert!(!one.outbox_changed_elsewhere().await.unwrap());
    queued(&other, "w2", "Twee").await;
    assert!(one.outbox_changed_elsewhere().await.unwrap());
    assert!(!one.outbox_changed_elsewhere().await.unwrap());
    assert_eq!(one.writes().await.unwrap().len(), 2);
}

#[tokio::test]
async fn nothing_that_was_written_can_be_read_in_the_folder() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    for n in 0..40 {
        store.save_draft(reply(&format!("b{n}"), "zeer-vertrouwelijk"), at(n)).await.unwrap();
        queued(&store, &format!("w{n}"), "alleen-voor-de-juf").await;
    }
    let bytes = b"JFIF-begin-van-een-foto ".repeat(4000);
    store.add_file(DraftPlace::Diary, new("a.jpg", MediaKind::Photo), bytes).await.unwrap();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        for private in ["zeer-vertrouwelijk", "alleen-voor-de-juf", "JFIF", "CREATE TABLE"] {
            assert!(!bytes.windows(private.len()).any(|w| w == private.as_bytes()), "{private}");
        }
    }
}

#[tokio::test]
async fn a_file_of_a_draft_is_replaced_where_it_stands() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let place = DraftPlace::Diary;
    let mut ids = Vec::new();
    for name in ["a.jpg", "b.jpg", "c.jpg"] {
        let file = store.add_file(place.clone(), new(name, MediaKind::Photo), vec![1; 2_000_000]);
        ids.push(file.await.unwrap().id);
    }
    let replace = |place: DraftPlace, id: usize| {
        store.replace_draft_file(place, ids[id].clone(), vec![2; 1_500_000])
    };
    assert!(replace(place.clone(), 1).await.unwrap());
    let (_, files) = store.draft(place.clone()).await.unwrap().unwrap();
    let there: Vec<_> = files.iter().map(|file| (file.name.as_str(), file.bytes)).collect();
    assert_eq!(there, [("a.jpg", 2_000_000), ("b.jpg", 1_500_000), ("c.jpg", 2_000_000)]);
    assert_eq!(files[1].id, ids[1]);
    let bytes = store.file_piece(ids[1].clone(), 0, 9_000_000).await.unwrap();
    assert_eq!(bytes, vec![2; 1_500_000]);
    // Not one of another draft, and not one that is gone.
    assert!(!replace(DraftPlace::NewMessage, 1).await.unwrap());
    store.remove_draft_file(place.clone(), ids[0].clone()).await.unwrap();
    assert!(!replace(place, 0).await.unwrap());
}
