//! The lock of the app: what opens it, what does not, and when it shuts by itself.

use crate::moody_vault::MoodyVault;
use crate::world::{PASSWORD, World, begin, sync_texts};
use chrono::TimeDelta;
use schriftje_app::api::{ErrorCode, Language, LockState, Notification, Settings, Tag};
use schriftje_app::vault::{MemoryVault, Vault};
use schriftje_app::{App, AppOptions};
use schriftje_demo_portal::NewPhotos;
use schriftje_model::AccountId;
use std::sync::Arc;
use std::sync::atomic::Ordering;

const PIN: &str = "4711";

async fn locked(world: &World) -> Arc<App> {
    let app = world.signed_in().await;
    app.set_pin(None, PIN.into()).await.unwrap();
    app.lock();
    app
}

async fn tried(app: &App, pin: &str) -> Result<LockState, ErrorCode> {
    app.unlock(pin.into()).await.map_err(|error| error.code)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_with_a_pin_starts_locked_and_only_the_pin_opens_it() {
    let world = World::new().await;
    let app = world.signed_in().await;
    assert_eq!(app.lock_state(), LockState::default());
    app.lock();
    assert!(!app.is_locked(), "without a PIN there is no lock");
    assert_eq!(app.set_pin(None, "1234".into()).await.unwrap_err().code, ErrorCode::PinTooSimple);
    assert!(!app.lock_state().set);
    let state = app.set_pin(None, PIN.into()).await.unwrap();
    assert!(state.set && !state.locked, "who chooses a PIN goes on");
    app.shutdown().await;
    drop(app);

    let app = world.app().await;
    assert!(app.is_locked());
    assert_eq!(tried(&app, "4712").await, Err(ErrorCode::WrongPin));
    assert!(app.is_locked());
    let mut changes = app.subscribe();
    let state = tried(&app, PIN).await.unwrap();
    assert!(state.set && !state.locked && !app.is_locked());
    assert!(changes.recv().await.unwrap().tags.contains(&Tag::Lock));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_five_wrong_pins_one_waits_longer_and_longer_also_over_a_restart() {
    let world = World::new().await;
    let app = locked(&world).await;
    for _ in 0..5 {
        assert!(matches!(
            tried(&app, "9999").await,
            Err(ErrorCode::WrongPin | ErrorCode::PinBlocked)
        ));
    }
    // Not even the right one is looked at now.
    let refused = app.unlock(PIN.into()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::PinBlocked);
    let until = refused.blocked_until.unwrap();
    assert_eq!(app.lock_state().blocked_until, Some(until));
    app.shutdown().await;
    drop(app);
    let app = world.app().await;
    assert_eq!(tried(&app, PIN).await, Err(ErrorCode::PinBlocked), "a restart changes nothing");

    world.clock.set(until);
    assert_eq!(tried(&app, "9999").await, Err(ErrorCode::PinBlocked));
    let second = app.lock_state().blocked_until.unwrap();
    assert_eq!(second - until, TimeDelta::minutes(1), "the second waiting is longer");
    world.clock.set(second);
    assert!(tried(&app, PIN).await.is_ok());
    app.lock();
    assert_eq!(tried(&app, "9999").await, Err(ErrorCode::WrongPin), "the count begins anew");
    // A clock that was set back makes nobody wait for days.
    for _ in 0..5 {
        let _ = tried(&app, "9999").await;
    }
    world.clock.advance(TimeDelta::days(-3));
    let until = app.lock_state().blocked_until.unwrap();
    assert!(until - schriftje_model::Clock::now(&world.clock) <= TimeDelta::minutes(15));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_locks_when_the_parent_has_left_and_when_the_device_slept() {
    let world = World::new().await;
    let app = world.signed_in().await;
    app.set_settings(Settings { lock_after: 3, ..app.settings() }).await.unwrap();
    app.set_pin(None, PIN.into()).await.unwrap();
    let pass = |seconds| {
        world.clock.advance(TimeDelta::seconds(seconds));
        app.lock_when_left();
        app.is_locked()
    };
    for _ in 0..35 {
        assert!(!pass(5));
    }
    app.parent_is_here();
    for _ in 0..35 {
        assert!(!pass(5), "the parent was here meanwhile");
    }
    assert!(pass(5), "three minutes without the parent");

    tried(&app, PIN).await.unwrap();
    app.lock_when_left();
    assert!(!pass(5));
    app.parent_is_here();
    assert!(pass(90), "nobody asked for a while: the device slept");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pin_is_changed_and_taken_away_by_the_pin_alone() {
    let world = World::new().await;
    let app = world.signed_in().await;
    app.set_pin(None, PIN.into()).await.unwrap();
    let code = |result: Result<LockState, schriftje_app::api::AppError>| result.map_err(|e| e.code);
    assert_eq!(code(app.set_pin(None, "8520".into()).await), Err(ErrorCode::WrongPin));
    assert_eq!(code(app.remove_pin("8520".into()).await), Err(ErrorCode::WrongPin));
    app.set_pin(Some(PIN.into()), "8520".into()).await.unwrap();
    app.lock();
    assert_eq!(tried(&app, PIN).await, Err(ErrorCode::WrongPin));
    tried(&app, "8520").await.unwrap();
    assert_eq!(app.remove_pin("8520".into()).await.unwrap(), LockState::default());
    app.lock();
    assert!(!app.is_locked());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_pin_costs_the_accounts_and_nothing_stays_behind() {
    let mut world = World::new().await;
    let vault = Arc::new(MemoryVault::default());
    world.vault = vault.clone();
    let app = locked(&world).await;
    let place = entry(&world);
    assert!(vault.get(&place).await.unwrap().is_some());
    app.forget_pin().await.unwrap();
    assert_eq!(app.lock_state(), LockState::default());
    assert!(app.overview().await.unwrap().accounts.is_empty());
    assert!(vault.get(&place).await.unwrap().is_none());
    let nothing = || ["lock.json", "lock-id"].iter().all(|file| !world.data().join(file).exists());
    assert!(nothing());

    // Who signs out of the last account leaves no lock to the next either.
    app.sign_in(world.form("sanne", PASSWORD)).await.unwrap();
    app.set_pin(None, PIN.into()).await.unwrap();
    let place = entry(&world);
    let account = app.overview().await.unwrap().account.unwrap().id;
    app.sign_out(account, true).await.unwrap();
    assert_eq!(app.lock_state(), LockState::default());
    assert!(vault.get(&place).await.unwrap().is_none() && nothing());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_either_half_of_it_gone_the_lock_stays_shut() {
    for file in [None, Some("lock.json"), Some("lock-id")] {
        let world = World::new().await;
        let app = locked(&world).await;
        app.shutdown().await;
        drop(app);
        match file {
            Some(file) => std::fs::remove_file(world.data().join(file)).unwrap(),
            None => world.vault.delete(&entry(&world)).await.unwrap(),
        }
        let app = world.app().await;
        assert!(app.is_locked());
        assert_eq!(tried(&app, PIN).await, Err(ErrorCode::WrongPin));
        let refused = app.set_pin(None, "8520".into()).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::WrongPin);
        app.shutdown().await;
        drop(app);

        let app = world.app().await;
        assert!(app.is_locked(), "trying changes nothing");
        app.forget_pin().await.unwrap();
        assert_eq!(app.lock_state(), LockState::default());
        app.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_pin_that_was_cut_short_locks_nobody_out() {
    let world = World::new().await;
    let app = world.signed_in().await;
    app.set_pin(None, PIN.into()).await.unwrap();
    app.shutdown().await;
    drop(app);
    let file = world.data().join("lock.json");
    let kept: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let half = serde_json::json!({ "coming": kept["salt"] });
    std::fs::write(&file, half.to_string()).unwrap();
    // Killed when the credential store had it: it holds.
    let app = world.app().await;
    assert!(app.is_locked());
    tried(&app, PIN).await.unwrap();
    app.shutdown().await;
    drop(app);
    // Killed before that: there is none, and one can be chosen.
    std::fs::write(&file, half.to_string()).unwrap();
    world.vault.delete(&entry(&world)).await.unwrap();
    let app = world.app().await;
    assert!(!app.is_locked());
    app.set_pin(None, "8520".into()).await.unwrap();
    app.lock();
    tried(&app, "8520").await.unwrap();
    app.shutdown().await;
}

/// Photos and a message come, and what is told of them.
async fn told(world: &World, app: &App) -> Vec<Notification> {
    world.portal.clock().advance(TimeDelta::minutes(1));
    world.clock.advance(TimeDelta::minutes(1));
    let new = NewPhotos { username: Some("sanne".into()), count: Some(2), ..NewPhotos::default() };
    world.portal.nursery().post_photos(new).await.unwrap();
    begin(world, "Noor was wat hangerig").await;
    app.sync_now().await.unwrap();
    app.take_notifications(Language::Nl).await.unwrap()
}

async fn may_name(app: &App, allowed: bool) {
    let mut settings = app.settings();
    settings.notifications.private = allowed;
    app.set_settings(settings).await.unwrap();
}

/// What stands in them that is nobody's business.
fn named(raised: &[Notification], children: &[String]) -> Vec<String> {
    let stands = |word: &&str| {
        raised.iter().any(|one| one.title.contains(*word) || one.body.contains(*word))
    };
    let words = children.iter().map(String::as_str).chain(["hangerig"]);
    words.filter(stands).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn while_it_is_locked_no_notification_names_anybody_whatever_was_allowed() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    app.take_notifications(Language::Nl).await.unwrap();
    let children: Vec<_> =
        app.children().await.unwrap().into_iter().map(|known| known.child.first_name).collect();
    app.set_pin(None, PIN.into()).await.unwrap();
    for allowed in [false, true] {
        may_name(&app, allowed).await;
        app.lock();
        let raised = told(&world, &app).await;
        assert_eq!(raised.len(), 2, "{raised:?}");
        assert_eq!(named(&raised, &children), Vec::<String>::new(), "{raised:?}");
        tried(&app, PIN).await.unwrap();
        let raised = told(&world, &app).await;
        assert_eq!(!named(&raised, &children).is_empty(), allowed, "{raised:?}");
    }
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pin_the_credential_store_refuses_changes_nothing() {
    let mut world = World::new().await;
    let vault = Arc::new(MoodyVault::default());
    world.vault = vault.clone();
    let app = world.signed_in().await;
    for (takes_nothing, keeps_nothing) in [(true, false), (false, true)] {
        vault.takes_nothing.store(takes_nothing, Ordering::Relaxed);
        vault.keeps_nothing.store(keeps_nothing, Ordering::Relaxed);
        let refused = app.set_pin(None, PIN.into()).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::NoCredentialStore);
        assert_eq!(app.lock_state(), LockState::default());
        assert!(!world.data().join("lock.json").exists());
    }
    vault.keeps_nothing.store(false, Ordering::Relaxed);
    app.set_pin(None, PIN.into()).await.unwrap();
    vault.takes_nothing.store(true, Ordering::Relaxed);
    let refused = app.set_pin(Some(PIN.into()), "8520".into()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NoCredentialStore);
    app.shutdown().await;
    drop(app);

    let app = world.app().await;
    assert!(app.is_locked());
    assert_eq!(tried(&app, "8520").await, Err(ErrorCode::WrongPin));
    tried(&app, PIN).await.unwrap();
    vault.takes_nothing.store(false, Ordering::Relaxed);
    app.set_pin(Some(PIN.into()), "8520".into()).await.unwrap();
    app.lock();
    assert_eq!(tried(&app, PIN).await, Err(ErrorCode::WrongPin));
    tried(&app, "8520").await.unwrap();
    app.shutdown().await;
}

/// Chooses `pin` as an app does that is killed before or after the credential store has it.
async fn killed_while_choosing(world: &World, app: Arc<App>, pin: &str, with_it: bool) {
    let file = world.data().join("lock.json");
    let read = || serde_json::from_slice::<serde_json::Value>(&std::fs::read(&file).unwrap());
    let before = read().unwrap();
    let entry = entry(world);
    let old = world.vault.get(&entry).await.unwrap().unwrap();
    app.set_pin(Some(PIN.into()), pin.into()).await.unwrap();
    app.shutdown().await;
    drop(app);
    let half = serde_json::json!({ "salt": before["salt"], "coming": read().unwrap()["salt"] });
    std::fs::write(&file, half.to_string()).unwrap();
    if !with_it {
        world.vault.set(&entry, &old).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_the_pin_that_was_cut_short_leaves_one_that_opens() {
    for with_it in [false, true] {
        let world = World::new().await;
        let app = world.signed_in().await;
        app.set_pin(None, PIN.into()).await.unwrap();
        killed_while_choosing(&world, app, "8520", with_it).await;
        let app = world.app().await;
        let (opens, other) = if with_it { ("8520", PIN) } else { (PIN, "8520") };
        assert_eq!(tried(&app, other).await, Err(ErrorCode::WrongPin));
        tried(&app, opens).await.unwrap();
        app.set_pin(Some(opens.into()), "1470".into()).await.unwrap();
        app.lock();
        tried(&app, "1470").await.unwrap();
        app.shutdown().await;
    }
}

/// Where the credential store keeps the PIN of this data folder.
fn entry(world: &World) -> AccountId {
    let name = std::fs::read(world.data().join("lock-id")).unwrap();
    let name: String = serde_json::from_slice(&name).unwrap();
    AccountId(format!("app-lock-{name}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn another_data_folder_has_another_lock_and_forgetting_its_pin_leaves_this_one() {
    let world = World::new().await;
    let app = locked(&world).await;
    app.shutdown().await;
    drop(app);

    let beside = App::start(AppOptions {
        data_dir: world.dir.path().join("beside"),
        vault: world.vault.clone(),
        clock: Arc::new(world.clock.clone()),
        ca_pem: None,
        picture_dir: world.saved(),
        background: false,
    })
    .await
    .unwrap();
    assert_eq!(beside.lock_state(), LockState::default());
    beside.set_pin(None, "8520".into()).await.unwrap();
    beside.lock();
    assert_eq!(tried(&beside, PIN).await, Err(ErrorCode::WrongPin));
    beside.forget_pin().await.unwrap();
    beside.shutdown().await;

    let app = world.app().await;
    assert!(app.is_locked());
    assert_eq!(tried(&app, "8520").await, Err(ErrorCode::WrongPin));
    tried(&app, PIN).await.unwrap();
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_of_an_older_version_goes_on_locking() {
    let world = World::new().await;
    let app = locked(&world).await;
    app.shutdown().await;
    drop(app);
    // As it was kept before it had a name.
    let place = entry(&world);
    let old = AccountId("app-lock".into());
    let key = world.vault.get(&place).await.unwrap().unwrap();
    world.vault.set(&old, &key).await.unwrap();
    world.vault.delete(&place).await.unwrap();
    std::fs::remove_file(world.data().join("lock-id")).unwrap();

    let app = world.app().await;
    assert!(app.is_locked());
    tried(&app, PIN).await.unwrap();
    app.set_pin(Some(PIN.into()), "8520".into()).await.unwrap();
    app.shutdown().await;
    drop(app);
    let app = world.app().await;
    assert!(app.is_locked());
    app.remove_pin("8520".into()).await.unwrap();
    assert!(world.vault.get(&old).await.unwrap().is_none());
    app.set_pin(None, PIN.into()).await.unwrap();
    assert!(world.vault.get(&entry(&world)).await.unwrap().is_some(), "the next has a name");
    app.shutdown().await;
}
