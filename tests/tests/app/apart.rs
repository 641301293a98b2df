//! Accounts on one device know nothing of each other: not the key, not the token.

use crate::drafting::entry;
use crate::world::{PASSWORD, World, files, now, sync_texts, whole_timeline};
use chrono::TimeDelta;
use schriftje_app::App;
use schriftje_app::api::{Account, ErrorCode, SignIn};
use schriftje_demo_portal::{Options, Running, Size, start};
use schriftje_model::DraftPlace;
use schriftje_store::{Key, OpenMode, Store, StoreError};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The databases of both accounts, as they lie on the disk.
fn databases(world: &World) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = files(&world.data().join("accounts"));
    all.retain(|(path, _)| path.extension().is_some_and(|extension| extension == "db"));
    all.sort();
    all
}

/// Whether `SQLCipher` itself reads anything of a database with this key, whatever its pages are.
fn opens(path: &Path, key: &Key) -> bool {
    (9..=16).any(|power| {
        let connection = rusqlite::Connection::open(path).unwrap();
        let hex = key.to_hex();
        let unlock = format!("PRAGMA key = \"x'{}'\";", hex.as_str());
        let pages = format!("PRAGMA cipher_page_size = {};", 1 << power);
        connection.execute_batch(&(unlock + &pages)).unwrap();
        let tables = "SELECT count(*) FROM sqlite_master";
        connection.query_row(tables, [], |row| row.get::<_, i64>(0)).is_ok()
    })
}

/// What a parent would miss.
async fn kept(app: &App, account: &Account) -> (usize, String) {
    app.switch_account(account.id.clone()).await.unwrap();
    let draft = app.draft(DraftPlace::Diary).await.unwrap().draft.text;
    (whole_timeline(app).await.len(), draft)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_of_one_account_opens_no_other_and_a_wrong_key_loses_nothing() {
    let world = World::new().await;
    let app = world.app().await;
    let mut accounts = Vec::new();
    for user in ["sanne", "joris"] {
        let account = app.sign_in(world.form(user, PASSWORD)).await.unwrap();
        sync_texts(&app).await;
        app.save_draft(entry(&app, &format!("Van {user}, nog niet af")).await).await.unwrap();
        accounts.push(account);
    }
    let [sanne, joris] = &accounts[..] else { panic!() };
    let before = [kept(&app, sanne).await, kept(&app, joris).await];
    assert!(before[0].0 > 0 && before[0].1 != before[1].1);
    app.shutdown().await;
    drop(app);

    let key = async |of: &Account| world.vault.get(&of.id).await.unwrap().unwrap();
    let keys = [key(sanne).await, key(joris).await];
    let lying = databases(&world);
    assert_eq!(lying.len(), 8, "four an account");
    for (path, _) in &lying {
        let of_sanne = path.to_string_lossy().contains(sanne.id.as_str());
        assert_eq!(
            [opens(path, &keys[0]), opens(path, &keys[1])],
            [of_sanne, !of_sanne],
            "{path:?}"
        );
    }
    let folder = |of: &Account| world.data().join("accounts").join(of.id.as_str());
    let refused = Store::open(&folder(sanne), &keys[1], OpenMode::Existing).await.unwrap_err();
    assert!(matches!(refused, StoreError::WrongKey), "{refused}");

    // The credential store has mixed them up; the second time also what tells a wrong key at once.
    world.vault.set(&sanne.id, &keys[1]).await.unwrap();
    world.vault.set(&joris.id, &keys[0]).await.unwrap();
    for without_mark in [false, true] {
        if without_mark {
            for account in &accounts {
                std::fs::remove_file(folder(account).join("key.mark")).unwrap();
            }
        }
        let app = world.app().await;
        assert!(app.overview().await.unwrap().accounts.is_empty(), "{without_mark}");
        let told = app.diagnostics().await.unwrap();
        assert_eq!(told.matches("KeyMissing").count(), 2, "{told}");
        assert_eq!(app.sync_now().await.unwrap_err().code, ErrorCode::NotSignedIn);
        app.shutdown().await;
        drop(app);
        assert!(databases(&world) == lying, "{without_mark}");
    }

    // A parent who signs in again meanwhile gets an account of their own, and nothing is cleared away.
    let app = world.app().await;
    let third = app.sign_in(world.form("sanne", PASSWORD)).await.unwrap();
    assert!(accounts.iter().all(|account| account.id != third.id));
    app.sign_out(third.id, true).await.unwrap();
    app.shutdown().await;
    drop(app);
    assert!(databases(&world) == lying);

    world.vault.set(&sanne.id, &keys[0]).await.unwrap();
    world.vault.set(&joris.id, &keys[1]).await.unwrap();
    let app = world.app().await;
    assert_eq!([kept(&app, sanne).await, kept(&app, joris).await], before);
    app.sync_now().await.unwrap();
    app.shutdown().await;
}

/// What a portal was shown to prove who asks.
fn shown(portal: &Running) -> BTreeSet<String> {
    portal.requests().into_iter().filter_map(|request| request.authorization).collect()
}

/// Reads, writes, and fetches a picture; its session ends in between.
async fn use_all(world: &World, app: &Arc<App>, account: &Account, portals: [&Running; 2]) {
    app.switch_account(account.id.clone()).await.unwrap();
    sync_texts(app).await;
    app.save_draft(entry(app, "Lekker geslapen").await).await.unwrap();
    app.send_draft(DraftPlace::Diary).await.unwrap();
    assert_eq!(app.send_now().await.unwrap().sent, 1);
    for portal in portals {
        portal.clock().advance(TimeDelta::minutes(20));
    }
    world.clock.advance(TimeDelta::minutes(20));
    app.sync_now().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_of_one_account_never_goes_to_another_portal() {
    let world = World::new().await;
    // Of the same name, with parents of the same name, and secrets of its own.
    let options = Options::new(world.dir.path().join("other portal"), Size::Small);
    let other = start(Options { now: Some(now()), seed: 2, ..options }).await.unwrap();
    let app = world.app().await;
    let here = app.sign_in(world.form("sanne", PASSWORD)).await.unwrap();
    let form = SignIn { portal: other.portal.to_string(), ..world.form("sanne", PASSWORD) };
    let there = app.sign_in(form).await.unwrap();
    assert_ne!(here.id, there.id);
    for account in [&here, &there, &here] {
        use_all(&world, &app, account, [&world.portal, &other]).await;
    }
    app.sign_out(there.id, true).await.unwrap();
    app.sync_now().await.unwrap();
    app.shutdown().await;

    let tokens = [shown(&world.portal), shown(&other)];
    assert!(tokens.iter().all(|shown| shown.len() > 1), "each renews its own");
    assert!(tokens[0].is_disjoint(&tokens[1]));
    for portal in [&world.portal, &other] {
        let requests = portal.requests();
        let refused = requests.iter().filter(|request| matches!(request.status, 401 | 403));
        assert_eq!(refused.count(), 0, "a foreign token, of whatever kind, would be refused");
        let renewed = requests.iter().filter(|request| request.path_and_query == "/auth-api/token");
        assert!(renewed.count() > 0);
    }
    let written = async |portal: &Running| {
        let truth = portal.nursery().truth(Some("sanne")).await.unwrap();
        let ours = |html: &String| html.contains("Lekker geslapen");
        truth.entries_of_parents().filter(|entry| entry.html.as_ref().is_some_and(ours)).count()
    };
    assert_eq!((written(&world.portal).await, written(&other).await), (2, 1));
}
