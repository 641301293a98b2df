//! Accounts over restarts, beside each other, and in two processes.

use crate::signing_in::NoVault;
use crate::world::{PASSWORD, World, files, names, newest_photo_day, save_day, whole_timeline};
use chrono::TimeDelta;
use schriftje_app::api::{Account, ErrorCode, Language, SessionState, Settings, SignIn, Tag};
use schriftje_app::vault::{KeyFile, MemoryVault};
use schriftje_demo_portal::{NewPhotos, Options, Organisation};
use schriftje_store::{OpenMode, Store, StoreError};
use std::collections::BTreeSet;
use std::sync::Arc;

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_has_ended_is_a_readable_archive() {
    let world = World::new().await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let cards = whole_timeline(&app).await;
    world.portal.nursery().end_account("sanne").await.unwrap();
    let refused = app.sync_now().await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::AccountEnded);
    let mut changes = app.subscribe();
    while app.overview().await.unwrap().account.unwrap().session != SessionState::Ended {
        changes.recv().await.unwrap();
    }
    assert_eq!(whole_timeline(&app).await, cards);
    world.portal.nursery().reopen_account("sanne").await.unwrap();
    app.sign_in(world.form("sanne", PASSWORD)).await.unwrap();
    app.sync_now().await.unwrap();
    assert_eq!(app.overview().await.unwrap().account.unwrap().session, SessionState::SignedIn);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_out_that_was_killed_is_finished_at_the_next_start() {
    let world = World::new().await;
    let app = world.signed_in().await;
    let account = app.overview().await.unwrap().account.unwrap();
    app.shutdown().await;
    drop(app);
    // As it stands right after signing out began.
    let folder = world.data().join("accounts").join(account.id.as_str());
    std::fs::write(folder.join("signing-out"), b"").unwrap();
    let app = world.app().await;
    assert!(app.overview().await.unwrap().accounts.is_empty());
    assert!(!folder.exists());
    assert!(world.vault.get(&account.id).await.unwrap().is_none());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_gone_asks_for_a_new_sign_in_and_a_remnant_is_cleared_away() {
    let world = World::new().await;
    let app = world.signed_in().await;
    let first = app.overview().await.unwrap().account.unwrap();
    app.shutdown().await;
    drop(app);
    // As it stands when killed between making a folder and keeping its key.
    let remnant = world.data().join("accounts/5a5b0c7e-8d8e-4e55-9d3c-0d7f8f5c9a11");
    std::fs::create_dir(&remnant).unwrap();
    let other = world.app_with(Arc::new(MemoryVault::default())).await;
    assert!(!remnant.exists());
    assert!(other.overview().await.unwrap().accounts.is_empty());
    assert!(other.diagnostics().await.unwrap().contains("KeyMissing"));
    other.shutdown().await;
    drop(other);
    // The credential store is back, and so is everything.
    let app = world.app().await;
    assert_eq!(app.overview().await.unwrap().account.unwrap(), first);
    app.shutdown().await;
    drop(app);

    // Another key file, or a store that does not work, says nothing about the key.
    let folder = world.data().join("accounts").join(first.id.as_str());
    let file = world.app_with(Arc::new(KeyFile::at(world.dir.path().join("keys")))).await;
    let second = file.sign_in(world.form("sanne", PASSWORD)).await.unwrap();
    file.shutdown().await;
    drop(file);
    let locked = world.app_with(Arc::new(NoVault)).await;
    let form = SignIn { until_closed: true, ..world.form("sanne", PASSWORD) };
    locked.sign_in(form).await.unwrap();
    locked.shutdown().await;
    assert!(folder.is_dir());

    // The store works and has no key: once the parent signs in again, what nobody can read goes.
    let other = world.app_with(Arc::new(MemoryVault::default())).await;
    assert!(folder.is_dir());
    let again = other.sign_in(world.form("sanne", PASSWORD)).await.unwrap();
    assert_ne!(again.id, first.id);
    assert!(!folder.exists());
    assert_eq!(other.overview().await.unwrap().accounts.len(), 1);
    other.shutdown().await;
    drop(other);
    // A key in a file was never in the store.
    let file = world.app_with(Arc::new(KeyFile::at(world.dir.path().join("keys")))).await;
    assert_eq!(file.overview().await.unwrap().account.unwrap().id, second.id);
    file.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_survive_a_restart() {
    let world = World::new().await;
    let app = world.app().await;
    let mut changes = app.subscribe();
    let settings = Settings {
        language: Some(Language::En),
        folder: Some(world.saved().join("elders").to_string_lossy().into_owned()),
        ..Settings::default()
    };
    app.set_settings(settings.clone()).await.unwrap();
    assert_eq!(changes.recv().await.unwrap().tags, [Tag::Settings]);
    app.shutdown().await;
    drop(app);
    let app = world.app().await;
    let overview = app.overview().await.unwrap();
    assert_eq!(overview.settings, settings);
    assert_eq!(Some(overview.default_folder), settings.folder);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_parents_share_a_device_without_mixing() {
    let world = World::new().await;
    let app = world.signed_in().await;
    let first = app.overview().await.unwrap().account.unwrap();
    let second = app.sign_in(world.form("joris", PASSWORD)).await.unwrap();
    assert_ne!(first.id, second.id);
    assert_eq!(app.overview().await.unwrap().accounts.len(), 2);
    app.sync_now().await.unwrap();
    assert!(!whole_timeline(&app).await.is_empty());
    app.switch_account(first.id.clone()).await.unwrap();
    assert!(whole_timeline(&app).await.is_empty());
    app.shutdown().await;
    drop(app);
    let app = world.app().await;
    let overview = app.overview().await.unwrap();
    assert_eq!((overview.account.unwrap().id, overview.accounts.len()), (first.id.clone(), 2));
    app.sign_out(first.id, false).await.unwrap();
    assert_eq!(app.overview().await.unwrap().account.unwrap().id, second.id);
    app.sign_out_all(false).await.unwrap();
    assert_eq!(names(&world.data()), BTreeSet::new());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_of_one_of_three_leaves_two_whole_and_nothing_of_the_first() {
    let world = World::new().await;
    let elsewhere =
        World::with(|options| Options { organisation: Organisation::DUINPAN, ..options }).await;
    let app = world.signed_in().await;
    let first = app.overview().await.unwrap().account.unwrap();
    let second = app.sign_in(world.form("joris", PASSWORD)).await.unwrap();
    let theirs = &elsewhere.portal.accounts[0];
    let third = app.sign_in(elsewhere.form(&theirs.username, &theirs.password)).await.unwrap();
    let mut cards = Vec::new();
    let mut children = Vec::new();
    for account in [&first, &second, &third] {
        app.switch_account(account.id.clone()).await.unwrap();
        app.sync_now().await.unwrap();
        cards.push(whole_timeline(&app).await);
        let names = app.children().await.unwrap().into_iter().map(|one| one.child.full_name);
        children.push(names.collect::<Vec<_>>());
    }
    assert_ne!(first.portal, third.portal);
    assert!(cards.iter().all(|cards| !cards.is_empty()));
    assert!(children.iter().all(|names| !names.is_empty()));

    // The key of one opens nothing of another.
    let folder = |account: &Account| world.data().join("accounts").join(account.id.as_str());
    for (one, other) in [(&first, &second), (&second, &third), (&third, &first)] {
        let key = world.vault.get(&one.id).await.unwrap().unwrap();
        let opened = Store::open(&folder(other), &key, OpenMode::Existing).await;
        assert!(matches!(opened, Err(StoreError::WrongKey)));
    }

    // The account another shares its portal with, then the only one at its portal.
    let accounts = [&first, &second, &third];
    for (gone, left) in [(0, &[1, 2][..]), (2, &[1])] {
        let id = accounts[gone].id.clone();
        assert!(!traces(&world, accounts[gone], &children[gone]).is_empty());
        app.sign_out(id.clone(), false).await.unwrap();
        assert!(world.vault.get(&id).await.unwrap().is_none());
        assert_eq!(traces(&world, accounts[gone], &children[gone]), BTreeSet::new());
        for &other in left {
            app.switch_account(accounts[other].id.clone()).await.unwrap();
            assert_eq!(whole_timeline(&app).await, cards[other]);
            let asked = world.portal.requests().len() + elsewhere.portal.requests().len();
            app.sync_now().await.unwrap();
            assert!(world.portal.requests().len() + elsewhere.portal.requests().len() > asked);
        }
    }
    app.shutdown().await;
    drop(app);

    let app = world.app().await;
    let overview = app.overview().await.unwrap();
    assert_eq!((overview.account.unwrap().id, overview.accounts.len()), (second.id.clone(), 1));
    assert_eq!(whole_timeline(&app).await, cards[1]);
    for gone in [0, 2] {
        assert_eq!(traces(&world, accounts[gone], &children[gone]), BTreeSet::new());
    }
    app.shutdown().await;
}

/// What of an account stands in names and bytes of files in the data folder, or in the vault.
fn traces(world: &World, account: &Account, children: &[String]) -> BTreeSet<String> {
    let address = account.portal.split("://").last().unwrap().trim_end_matches('/');
    let mut words = vec![account.id.as_str(), account.username.as_str(), address];
    words.extend([&account.parent_name, &account.email].into_iter().flatten().map(String::as_str));
    words.extend(children.iter().map(String::as_str));
    let mut places = vec![("vault".to_owned(), format!("{:?}", world.vault).into_bytes())];
    for (path, bytes) in files(&world.data()) {
        let name = path.strip_prefix(world.data()).unwrap().display().to_string();
        places.push((name.clone(), name.clone().into_bytes()));
        places.push((name, bytes));
    }
    let mut found = BTreeSet::new();
    for (place, bytes) in places {
        for word in &words {
            if bytes.windows(word.len()).any(|part| part == word.as_bytes()) {
                found.insert(format!("{word} in {place}"));
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_work_on_one_account() {
    let mut world = World::new().await;
    let keys = world.dir.path().join("keys");
    world.vault = Arc::new(KeyFile::at(&keys));
    let window = world.signed_in().await;
    let terminal = world.app_with(Arc::new(KeyFile::at(&keys))).await;
    assert_eq!(terminal.overview().await.unwrap().accounts.len(), 1);
    let (one, two) = tokio::join!(window.sync_now(), terminal.sync_now());
    assert_eq!(one.unwrap().cards, two.unwrap().cards);
    let cards = whole_timeline(&window).await;
    assert_eq!(cards, whole_timeline(&terminal).await);

    // Both save the same day to the same folder: every photo is there once.
    let day = newest_photo_day(&window).await;
    let (one, two) = tokio::join!(save_day(&window, day), save_day(&terminal, day));
    assert_eq!(one.saved + two.saved, one.saved + one.already);
    assert_eq!(names(&world.saved()).len(), (one.saved + two.saved) as usize);

    // One signs out: the other notices.
    terminal.sign_out_all(false).await.unwrap();
    assert!(window.overview().await.unwrap().accounts.is_empty());
    terminal.shutdown().await;
    window.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_back_to_the_window_sees_at_once_what_is_new() {
    let mut world = World::new().await;
    world.background = true;
    let app = world.app().await;
    // Out of sight, also for an account that is added then.
    app.set_background(true);
    let mut changes = app.subscribe();
    app.sign_in(world.form("sanne", PASSWORD)).await.unwrap();
    while !app.sync_status().await.unwrap().complete {
        changes.recv().await.unwrap();
    }
    app.sync_stop().await.unwrap();
    let cards = app.sync_status().await.unwrap().cards;
    world.portal.nursery().post_photos(NewPhotos::default()).await.unwrap();
    world.clock.advance(TimeDelta::minutes(6));
    world.portal.clock().advance(TimeDelta::minutes(6));
    // By itself it would ask in a quarter of an hour.
    app.set_background(false);
    while app.sync_status().await.unwrap().cards == cards {
        changes.recv().await.unwrap();
    }
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_background_everything_comes_by_itself() {
    let mut world = World::new().await;
    world.background = true;
    let app = world.app().await;
    let mut changes = app.subscribe();
    app.sign_in(world.form("sanne", PASSWORD)).await.unwrap();
    loop {
        let status = app.sync_status().await.unwrap();
        if status.complete && status.photos > 0 && status.thumbs > 0 {
            break;
        }
        changes.recv().await.unwrap();
    }
    app.sync_stop().await.unwrap();
    assert!(app.sync_status().await.unwrap().stopped);
    app.sign_out_all(false).await.unwrap();
    assert_eq!(names(&world.data()), BTreeSet::new());
    app.shutdown().await;
}
