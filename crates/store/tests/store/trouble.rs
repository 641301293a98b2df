//! A wrong key, a newer version, a damaged file, a folder that cannot be written: each is told
//! apart, and nothing is lost that need not be.

use crate::sample::{day, journal_card, key, open, photo_card};
use schriftje_model::{AccountId, MediaId, MediaSize};
use schriftje_store::{
    AccountRecord, Blob, Key, NewBlob, OpenMode, Owner, SessionState, Store, StoreError,
    TimelineQuery,
};
use secrecy::{ExposeSecret, SecretString};
use std::fs;
use std::path::Path;
use tempfile::tempdir;

fn account() -> AccountRecord {
    AccountRecord {
        id: AccountId("a".into()),
        portal: "https://bosrand.ouderportaal.nl".into(),
        username: "sanne@example.org".into(),
        parent_name: None,
        email: None,
        organisation: None,
        session: SessionState::SignedIn,
        device: "b1f6".into(),
    }
}

async fn filled(folder: &Path) {
    let store = open(folder).await;
    store.save_account(account()).await.unwrap();
    store.set_tokens(Some(SecretString::from("zeer-geheim-token"))).await.unwrap();
    for n in 0..40 {
        store
            .apply_timeline_page(vec![
                journal_card(&format!("j{n}"), day(n), &["noortje"]),
                photo_card(&format!("p{n}"), day(n), &["noortje"], &[&format!("f{n}")]),
            ])
            .await
            .unwrap();
        store.put_media(thumb(&format!("f{n}"), n), u64::MAX).await.unwrap();
    }
    store.close().await;
}

fn thumb(id: &str, on: u64) -> NewBlob {
    NewBlob {
        id: MediaId(id.into()),
        size: MediaSize::Thumb,
        day: day(on),
        pinned: false,
        blob: Blob { mime: "image/jpeg".into(), width: 4, height: 3, bytes: vec![42; 20_000] },
        fetched_at: chrono::DateTime::from_timestamp(1_780_000_000, 0).unwrap(),
    }
}

fn every() -> TimelineQuery {
    TimelineQuery { limit: 1000, ..TimelineQuery::default() }
}

#[tokio::test]
async fn a_wrong_key_is_refused_and_touches_nothing() {
    let folder = tempdir().unwrap();
    filled(folder.path()).await;
    let before = fs::read(folder.path().join("cache.db")).unwrap();
    let wrong = Key::from_bytes([8; 32]);
    let refused = Store::open(folder.path(), &wrong, OpenMode::Existing).await.unwrap_err();
    assert_eq!(refused, StoreError::WrongKey);
    // Also when the mark that recognises keys is gone.
    fs::remove_file(folder.path().join("key.mark")).unwrap();
    let refused = Store::open(folder.path(), &wrong, OpenMode::Existing).await.unwrap_err();
    assert_eq!(refused, StoreError::WrongKey);
    assert!(fs::read(folder.path().join("cache.db")).unwrap() == before);
    let opened = Store::open(folder.path(), &key(), OpenMode::Existing).await.unwrap();
    assert!(!opened.recovered.any());
    assert_eq!(opened.store.timeline(every()).await.unwrap().cards.len(), 80);
}

#[tokio::test]
async fn a_folder_without_an_account_says_so() {
    let folder = tempdir().unwrap();
    let refused = Store::open(folder.path(), &key(), OpenMode::Existing).await.unwrap_err();
    assert_eq!(refused, StoreError::NoAccount);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused_and_touched_by_nobody() {
    let folder = tempdir().unwrap();
    filled(folder.path()).await;
    for database in ["account.db", "cache.db", "media.db"] {
        let path = folder.path().join(database);
        let bump = |to: u32| {
            let connection = rusqlite::Connection::open(&path).unwrap();
            let page = if database == "media.db" { 16_384 } else { 4096 };
            connection
                .execute_batch(&format!(
                    "PRAGMA key = \"x'{}'\"; PRAGMA cipher_page_size = {page};",
                    key().to_hex().as_str()
                ))
                .unwrap();
            let version = |row: &rusqlite::Row<'_>| row.get::<_, u32>(0);
            let was = connection.query_row("PRAGMA user_version", [], version).unwrap();
            connection.pragma_update(None, "user_version", to).unwrap();
            was
        };
        let known = bump(999);
        let before = fs::read(&path).unwrap();
        let refused = Store::open(folder.path(), &key(), OpenMode::Existing).await.unwrap_err();
        assert!(
            matches!(&refused, StoreError::NewerVersion { database: d, found: 999, .. } if *d == database),
            "{refused:?}"
        );
        assert!(fs::read(&path).unwrap() == before);
        bump(known);
    }
    let opened = Store::open(folder.path(), &key(), OpenMode::Existing).await.unwrap();
    assert_eq!(opened.store.timeline(every()).await.unwrap().cards.len(), 80);
}

/// Ways in which a file goes bad.
fn damage(path: &Path, how: &str) {
    let mut bytes = fs::read(path).unwrap();
    match how {
        "first page" => bytes[..4096].fill(0x5a),
        "header" => bytes[0] ^= 1,
        "cut short" => bytes.truncate(bytes.len() / 3),
        "cut in a page" => bytes.truncate(6000),
        "no database" => bytes = b"<html>captive portal</html>".to_vec(),
        _ => unreachable!(),
    }
    fs::write(path, bytes).unwrap();
}

#[tokio::test]
async fn a_damaged_cache_is_set_aside_and_nobody_is_signed_out() {
    for how in ["first page", "header", "cut short", "cut in a page", "no database"] {
        let folder = tempdir().unwrap();
        filled(folder.path()).await;
        damage(&folder.path().join("cache.db"), how);
        let opened = Store::open(folder.path(), &key(), OpenMode::Existing).await.unwrap();
        let store = opened.store;
        // Damage that does not show at once shows when it is read, and heals there.
        let recovered = opened.recovered.cache || {
            let failed = store.timeline(every()).await;
            assert!(matches!(failed, Err(StoreError::Damaged { .. })), "{how}: {failed:?}");
            store.take_recovered().await.unwrap().cache
        };
        assert!(recovered, "{how}");
        assert!(folder.path().join("cache.db.damaged-1").exists(), "{how}");
        assert_eq!(store.account().await.unwrap(), Some(account()), "{how}");
        let tokens = store.tokens().await.unwrap().unwrap();
        assert_eq!(tokens.expose_secret(), "zeer-geheim-token");
        assert!(store.timeline(every()).await.unwrap().cards.is_empty());
        // It is fetched again, and pictures need not be.
        let page = vec![photo_card("p1", day(1), &["noortje"], &["f1"])];
        store.apply_timeline_page(page).await.unwrap();
        assert!(store.note_present(MediaId("f1".into()), MediaSize::Thumb).await.unwrap());
        assert_eq!(store.totals().await.unwrap().thumbs, 1);
        store.close().await;
        let again = Store::open(folder.path(), &key(), OpenMode::Existing).await.unwrap();
        assert!(!again.recovered.any(), "{how}");
    }
}

#[tokio::test]
async fn damaged_pictures_are_set_aside_and_wanted_again() {
    let folder = tempdir().unwrap();
    filled(folder.path()).await;
    damage(&folder.path().join("media.db"), "first page");
    let opened = Store::open(folder.path(), &key(), OpenMode::Existing).await.unwrap();
    assert!(opened.recovered.media && !opened.recovered.cache && !opened.recovered.account);
    let store = opened.store;
    assert_eq!(store.timeline(every()).await.unwrap().cards.len(), 80);
    assert_eq!(store.totals().await.unwrap().thumbs, 0);
    assert_eq!(store.wanted_photos(MediaSize::Thumb, 200).await.unwrap().len(), 80);
}

#[tokio::test]
async fn damage_that_shows_while_open_heals_while_open() {
    let folder = tempdir().unwrap();
    filled(folder.path()).await;
    let path = folder.path().join("cache.db");
    let mut bytes = fs::read(&path).unwrap();
    let len = bytes.len();
    // Everything but the first page and the schema, so that opening sees nothing.
    for byte in &mut bytes[8 * 4096..len] {
        *byte ^= 0xff;
    }
    fs::write(&path, bytes).unwrap();
    let opened = Store::open(folder.path(), &key(), OpenMode::Existing).await;
    let store = opened.unwrap().store;
    let mut failures = 0;
    for _ in 0..3 {
        if let Err(error) = store.timeline(every()).await {
            assert!(matches!(error, StoreError::Damaged { database: "cache.db" }), "{error:?}");
            failures += 1;
        }
    }
    assert!(failures <= 1);
    let page = vec![photo_card("p1", day(1), &["noortje"], &["f1"])];
    store.apply_timeline_page(page).await.unwrap();
    assert_eq!(store.timeline(every()).await.unwrap().cards.len(), 1);
}

#[tokio::test]
async fn a_damaged_account_asks_for_a_new_sign_in_and_keeps_the_timeline() {
    let folder = tempdir().unwrap();
    filled(folder.path()).await;
    damage(&folder.path().join("account.db"), "first page");
    let opened = Store::open(folder.path(), &key(), OpenMode::Existing).await.unwrap();
    assert!(opened.recovered.account && !opened.recovered.cache);
    assert_eq!(opened.store.account().await.unwrap(), None);
    assert_eq!(opened.store.timeline(every()).await.unwrap().cards.len(), 80);
    // Whose it is stands there still, so that the same parent finds it again.
    let whose = Owner { portal: account().portal, username: account().username };
    assert_eq!(opened.store.owner().await.unwrap(), Some(whose));
}

#[tokio::test]
async fn whose_timeline_it_is_stands_in_one_that_was_made_anew() {
    let folder = tempdir().unwrap();
    filled(folder.path()).await;
    damage(&folder.path().join("cache.db"), "first page");
    let opened = Store::open(folder.path(), &key(), OpenMode::Existing).await.unwrap();
    assert!(opened.recovered.cache);
    opened.store.close().await;
    damage(&folder.path().join("account.db"), "first page");
    let opened = Store::open(folder.path(), &key(), OpenMode::Existing).await.unwrap();
    let whose = opened.store.owner().await.unwrap().unwrap();
    assert_eq!(whose.username, account().username);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_can_be_read() {
    let folder = tempdir().unwrap();
    filled(folder.path()).await;
    let opened = Store::open(folder.path(), &key(), OpenMode::ReadOnly).await.unwrap();
    let store = opened.store;
    assert_eq!(store.timeline(every()).await.unwrap().cards.len(), 80);
    assert!(store.media(MediaId("f3".into()), MediaSize::Thumb).await.unwrap().is_some());
    let refused = store.apply_timeline_page(vec![journal_card("new", day(1), &[])]).await;
    assert_eq!(refused.unwrap_err(), StoreError::ReadOnly);
    let refused = store.set_tokens(None).await;
    assert_eq!(refused.unwrap_err(), StoreError::ReadOnly);
}

#[test]
fn the_file_systems_own_words_are_told_apart() {
    use std::io::{Error, ErrorKind};
    for (kind, expected) in [
        (ErrorKind::ReadOnlyFilesystem, StoreError::ReadOnly),
        (ErrorKind::PermissionDenied, StoreError::ReadOnly),
        (ErrorKind::StorageFull, StoreError::DiskFull),
        (ErrorKind::QuotaExceeded, StoreError::DiskFull),
        (ErrorKind::NotADirectory, StoreError::Io(ErrorKind::NotADirectory)),
    ] {
        assert_eq!(StoreError::from(Error::from(kind)), expected);
    }
}

#[tokio::test]
async fn nothing_private_can_be_read_in_the_folder() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    store.save_account(account()).await.unwrap();
    store.set_tokens(Some(SecretString::from("zeer-geheim-token"))).await.unwrap();
    store.set_password(Some(SecretString::from("wachtwoord-van-sanne"))).await.unwrap();
    for n in 0..200 {
        let page = vec![
            journal_card(&format!("j{n}"), day(n % 60), &["noortje"]),
            photo_card(&format!("p{n}"), day(n % 60), &["noortje"], &["f1"]),
        ];
        store.apply_timeline_page(page).await.unwrap();
    }
    let mut image = thumb("f1", 1);
    image.blob.bytes = b"JFIF-begin-van-een-foto ".repeat(400);
    store.put_media(image, u64::MAX).await.unwrap();
    // Looked at while it is open, so with whatever lies beside the databases, and after.
    let look = |when: &str| {
        for entry in fs::read_dir(folder.path()).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            for private in [
                "zeer-geheim-token",
                "wachtwoord-van-sanne",
                "sanne@example.org",
                "bosrand",
                "kinderboerderij",
                "Marieke",
                "Voornaam",
                "noortje",
                "Hamsters",
                "Bijschrift",
                "Slapen",
                "Weekmenu",
                "JFIF",
                "SQLite format 3",
                "CREATE TABLE",
            ] {
                let found = bytes.windows(private.len()).any(|w| w == private.as_bytes());
                assert!(!found, "{private} in {} ({when})", path.display());
            }
        }
    };
    look("open");
    assert!(folder.path().join("cache.db-wal").exists());
    store.close().await;
    look("closed");
}
