//! Signing out, whatever the credential store makes of it.

use crate::documents::{called, put};
use crate::moody_vault::MoodyVault;
use crate::world::{PASSWORD, World, files, sync_texts};
use chrono::TimeDelta;
use schriftje_app::App;
use schriftje_app::api::{ErrorCode, Language, LockState, OpenWhat};
use schriftje_app::vault::Vault;
use schriftje_demo_portal::NewPhotos;
use schriftje_model::{AccountId, WishId};
use std::sync::Arc;
use std::sync::atomic::Ordering;

async fn moody() -> (World, Arc<MoodyVault>, Arc<App>) {
    let mut world = World::new().await;
    let vault = Arc::new(MoodyVault::default());
    world.vault = vault.clone();
    let app = world.signed_in().await;
    (world, vault, app)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_looks_while_an_account_leaves_takes_nothing_from_below_it() {
    let (world, vault, app) = moody().await;
    let gone = app.overview().await.unwrap().account.unwrap();
    let stays = app.sign_in(world.form("joris", PASSWORD)).await.unwrap();
    let databases = world.data().join("accounts").join(gone.id.as_str()).join("account.db");
    let waits = vault.waits.lock().await;
    let leaving = tokio::spawn({
        let (app, id) = (app.clone(), gone.id.clone());
        async move { app.sign_out(id, true).await }
    });
    let asked = || vault.asked_to_let_go.load(Ordering::Relaxed);
    while asked() == 0 {
        tokio::task::yield_now().await;
    }
    let looking = tokio::spawn({
        let app = app.clone();
        async move { app.overview().await }
    });
    // Long enough for whoever does not wait.
    for _ in 0..2000 {
        assert!(tokio::fs::try_exists(&databases).await.unwrap());
    }
    assert_eq!(asked(), 1, "nobody else takes the account away meanwhile");
    drop(waits);
    leaving.await.unwrap().unwrap();
    assert_eq!(looking.await.unwrap().unwrap().accounts, [stays]);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_does_not_go_keeps_nothing_else_here_and_goes_at_the_next_start() {
    let (world, vault, app) = moody().await;
    put(&world, "Factuur maart", "2026-03-02", None).await;
    app.sync_now().await.unwrap();
    let march = called(&app, "Factuur maart").await.id;
    let copy = app.document_to_open(march).await.unwrap();
    app.set_pin(None, "4711".into()).await.unwrap();
    let account = app.overview().await.unwrap().account.unwrap();
    let folder = world.data().join("accounts").join(account.id.as_str());

    vault.clings.store(1, Ordering::Relaxed);
    let told = app.sign_out(account.id.clone(), true).await.unwrap_err();
    assert_eq!(told.code, ErrorCode::KeyLeft);
    assert!(!copy.exists(), "a copy in plain goes all the same");
    assert_eq!(app.lock_state(), LockState::default(), "and so does the lock");
    let left: Vec<_> = files(&folder).into_iter().map(|(path, _)| path).collect();
    assert_eq!(left, [folder.join("signing-out")]);
    let overview = app.overview().await.unwrap();
    assert_eq!((overview.account, overview.accounts.len()), (None, 0));
    assert!(vault.get(&account.id).await.unwrap().is_some());
    // Who comes back meanwhile is kept apart from it.
    let again = app.sign_in(world.form("sanne", PASSWORD)).await.unwrap();
    assert_ne!(again.id, account.id);
    app.shutdown().await;
    drop(app);

    vault.clings.store(1, Ordering::Relaxed);
    let app = world.app().await;
    assert_eq!(app.overview().await.unwrap().accounts, std::slice::from_ref(&again));
    assert!(folder.exists(), "it is not given up");
    app.shutdown().await;
    drop(app);
    let app = world.app().await;
    assert_eq!(app.overview().await.unwrap().accounts, [again]);
    assert!(!folder.exists());
    assert!(vault.get(&account.id).await.unwrap().is_none());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_of_all_goes_on_after_one_that_does_not_go_whole() {
    for pin_forgotten in [false, true] {
        let (world, vault, app) = moody().await;
        app.sign_in(world.form("joris", PASSWORD)).await.unwrap();
        app.set_pin(None, "4711".into()).await.unwrap();
        vault.clings.store(1, Ordering::Relaxed);
        let told = if pin_forgotten {
            app.lock();
            app.forget_pin().await
        } else {
            app.sign_out_all(true).await
        };
        assert_eq!(told.unwrap_err().code, ErrorCode::KeyLeft);
        assert!(app.overview().await.unwrap().accounts.is_empty());
        assert_eq!(app.lock_state(), LockState::default());
        app.shutdown().await;
        drop(app);
        let app = world.app().await;
        app.shutdown().await;
        assert!(!world.data().join("accounts").exists());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_of_an_account_goes_with_it_and_nothing_of_another() {
    let (world, _, app) = moody().await;
    let gone = app.overview().await.unwrap().account.unwrap().id;
    let stays = app.sign_in(world.form("joris", PASSWORD)).await.unwrap().id;
    let timeline = |account: &AccountId| OpenWhat::Timeline { account: account.clone() };
    sync_texts(&app).await;
    app.take_notifications(Language::Nl).await.unwrap();
    world.portal.clock().advance(TimeDelta::minutes(1));
    world.clock.advance(TimeDelta::minutes(1));
    let photos = NewPhotos { username: Some("joris".to_owned()), ..NewPhotos::default() };
    world.portal.nursery().post_photos(photos).await.unwrap();
    app.sync_now().await.unwrap();
    let raised = app.take_notifications(Language::Nl).await.unwrap();
    let [told] = &raised[..] else { panic!("{raised:?}") };
    assert_eq!(told.account, stays);

    let form = |account: &AccountId| OpenWhat::Form {
        account: account.clone(),
        write: None,
        wish: Some(WishId("w".to_owned())),
    };
    app.sign_out(gone.clone(), true).await.unwrap();
    let standing = vec![timeline(&gone), form(&gone), told.what.clone()];
    let done = app.seen_meanwhile(standing).await.unwrap();
    assert_eq!(done, [timeline(&gone), form(&gone)]);
    app.sign_out_all(true).await.unwrap();
    let done = app.seen_meanwhile(vec![told.what.clone()]).await.unwrap();
    assert_eq!(done, std::slice::from_ref(&told.what));
    app.shutdown().await;
}
