//! Signing in, how it fails, and when a session ends.

use crate::world::{PASSWORD, World, files, names, now, whole_timeline};
use schriftje_app::api::{AppError, CredentialStore, ErrorCode, SessionState, SignIn};
use schriftje_app::vault::{Vault, VaultError};
use schriftje_app::{App, AppOptions};
use schriftje_demo_portal::{Fault, FaultKind, Options};
use schriftje_model::AccountId;
use schriftje_store::Key;
use std::collections::BTreeSet;
use std::sync::Arc;

#[tokio::test(flavor = "multi_thread")]
async fn every_way_that_signing_in_fails_is_told_apart() {
    let world = World::new().await;
    let app = world.app().await;
    let fail = async |form: SignIn| -> AppError { app.sign_in(form).await.unwrap_err() };
    let at = |portal: &str| SignIn { portal: portal.into(), ..world.form("sanne", PASSWORD) };

    assert_eq!(fail(at("geen adres!")).await.code, ErrorCode::AddressInvalid);
    assert_eq!(fail(at("bestaat-niet.invalid")).await.code, ErrorCode::AddressUnknown);
    let media = world.portal.media.to_string();
    assert_eq!(fail(at(&media)).await.code, ErrorCode::NotAPortal);
    assert_eq!(fail(at("http://127.0.0.1:9")).await.code, ErrorCode::Offline);
    assert_eq!(fail(world.form("sanne", "fout")).await.code, ErrorCode::WrongPassword);
    assert_eq!(fail(world.form("resetten", PASSWORD)).await.code, ErrorCode::MustResetPassword);

    world.portal.faults().add(Fault::always(FaultKind::Html));
    assert_eq!(fail(at(world.portal.portal.as_str())).await.code, ErrorCode::NotAPortal);
    world.portal.faults().clear();
    world.portal.faults().add(Fault::always(FaultKind::Status { status: 503 }));
    assert_eq!(fail(at(world.portal.portal.as_str())).await.code, ErrorCode::PortalDown);
    world.portal.faults().clear();

    // What is not filled in is not sent.
    world.portal.clear_requests();
    assert_eq!(fail(world.form(" ", PASSWORD)).await.code, ErrorCode::SignInIncomplete);
    assert_eq!(fail(world.form("sanne", "")).await.code, ErrorCode::SignInIncomplete);
    assert!(world.portal.requests().is_empty());

    // A password is sent once; after some wrong ones the portal refuses for a while.
    world.portal.clear_requests();
    let mut locked = fail(world.form("joris", "fout")).await;
    assert_eq!(world.logins(), 1);
    for _ in 0..10 {
        if locked.code == ErrorCode::LockedOut {
            break;
        }
        locked = fail(world.form("joris", "fout")).await;
    }
    assert_eq!(locked.code, ErrorCode::LockedOut);
    assert!(locked.blocked_until.unwrap() > now());
    let before = world.logins();
    assert_eq!(fail(world.form("joris", PASSWORD)).await.code, ErrorCode::LockedOut);
    assert_eq!(world.logins(), before, "a blocked portal gets no password");

    // Nothing of all that stays.
    assert!(app.overview().await.unwrap().accounts.is_empty());
    assert_eq!(names(&world.data()), BTreeSet::new());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let world = World::with(|options| Options { tls: true, ..options }).await;
    let app = world.app().await;
    let refused = app.sign_in(world.form("sanne", PASSWORD)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::CertificateBad);
    app.shutdown().await;
    let trusting = App::start(AppOptions {
        data_dir: world.data(),
        vault: world.vault.clone(),
        clock: Arc::new(world.clock.clone()),
        ca_pem: world.portal.ca_pem.clone().map(String::into_bytes),
        picture_dir: world.saved(),
        background: false,
    })
    .await
    .unwrap();
    trusting.sign_in(world.form("sanne", PASSWORD)).await.unwrap();
    trusting.sync_now().await.unwrap();
    trusting.shutdown().await;
}

/// A machine without a credential store.
#[derive(Debug)]
pub struct NoVault;

#[async_trait::async_trait]
impl Vault for NoVault {
    async fn get(&self, _: &AccountId) -> Result<Option<Key>, VaultError> {
        Err(VaultError::Unavailable)
    }

    async fn set(&self, _: &AccountId, _: &Key) -> Result<(), VaultError> {
        Err(VaultError::Unavailable)
    }

    async fn delete(&self, _: &AccountId) -> Result<(), VaultError> {
        Err(VaultError::Unavailable)
    }

    async fn availability(&self) -> CredentialStore {
        CredentialStore::Missing
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_credential_store_an_account_stays_until_the_app_closes() {
    let world = World::new().await;
    let app = world.app_with(Arc::new(NoVault)).await;
    assert_eq!(app.overview().await.unwrap().credential_store, CredentialStore::Missing);
    world.portal.clear_requests();
    let refused = app.sign_in(world.form("sanne", PASSWORD)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NoCredentialStore);
    assert!(world.portal.requests().is_empty(), "no password was sent for nothing");
    let form = SignIn { until_closed: true, ..world.form("sanne", PASSWORD) };
    assert!(app.sign_in(form).await.unwrap().until_closed);
    app.sync_now().await.unwrap();
    assert!(!whole_timeline(&app).await.is_empty());
    app.shutdown().await;
    drop(app);
    let left = files(&world.data());
    assert!(left.iter().all(|(path, _)| !path.to_string_lossy().contains("db")), "{left:?}");
    let app = world.app_with(Arc::new(NoVault)).await;
    assert!(app.overview().await.unwrap().accounts.is_empty());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_loses_nothing_and_a_remembered_password_is_used_once() {
    let world = World::new().await;
    let app = world.app().await;
    let remember = SignIn { remember: true, ..world.form("sanne", PASSWORD) };
    let account = app.sign_in(remember).await.unwrap();
    assert!(account.remembered);
    app.sync_now().await.unwrap();
    let cards = whole_timeline(&app).await;

    // The session ends: the password signs in again without anybody noticing.
    world.sessions_end().await;
    world.portal.clear_requests();
    app.sync_now().await.unwrap();
    assert_eq!(app.overview().await.unwrap().account.unwrap().session, SessionState::SignedIn);
    assert_eq!(world.logins(), 1);

    // It ends again and the password was changed: refused once, forgotten, never sent again.
    let fresh = World { dir: tempfile::tempdir().unwrap(), ..world };
    let world = fresh;
    let app2 = world.app().await;
    let remember = SignIn { remember: true, ..world.form("sanne", PASSWORD) };
    app2.sign_in(remember).await.unwrap();
    app2.sync_now().await.unwrap();
    world.portal.nursery().set_password("sanne", "een-ander").await.unwrap();
    world.sessions_end().await;
    world.portal.clear_requests();
    assert_eq!(app2.sync_now().await.unwrap_err().code, ErrorCode::WrongPassword);
    assert_eq!(app2.sync_now().await.unwrap_err().code, ErrorCode::SessionExpired);
    assert_eq!(world.logins(), 1);
    let expired = app2.overview().await.unwrap().account.unwrap();
    assert_eq!((expired.session, expired.remembered), (SessionState::Expired, false));
    assert_eq!(whole_timeline(&app2).await, cards, "what is here stays readable");

    // Signing in again goes on with the same account.
    let again = app2.sign_in(world.form("Sanne ", "een-ander")).await.unwrap();
    assert_eq!((again.id, again.session), (expired.id, SessionState::SignedIn));
    app2.sync_now().await.unwrap();
    app2.shutdown().await;
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_whose_answer_never_came_rests_also_over_a_restart() {
    let world = World::new().await;
    let app = world.app().await;
    app.sign_in(SignIn { remember: true, ..world.form("sanne", PASSWORD) }).await.unwrap();
    app.sync_now().await.unwrap();
    world.sessions_end().await;
    world.portal.clear_requests();

    // Before the password goes out, trouble costs nothing.
    world.portal.faults().add(Fault::once(FaultKind::Reset).at("/auth-api/captcha"));
    assert!(app.sync_now().await.unwrap_err().retryable);
    assert_eq!(world.logins(), 0);

    // It went out, and nobody knows whether it arrived.
    world.portal.faults().add(Fault::once(FaultKind::Reset).at("/auth-api/login"));
    assert!(app.sync_now().await.unwrap_err().retryable);
    assert_eq!(app.sync_now().await.unwrap_err().code, ErrorCode::SessionExpired);
    app.shutdown().await;
    drop(app);
    let app = world.app().await;
    assert_eq!(app.sync_now().await.unwrap_err().code, ErrorCode::SessionExpired);
    assert_eq!(world.logins(), 1);

    // Later, and asked by the parent, it may be sent again.
    world.clock.advance(chrono::TimeDelta::minutes(11));
    world.portal.clock().advance(chrono::TimeDelta::minutes(11));
    app.sync_now().await.unwrap();
    assert_eq!(world.logins(), 2);
    assert_eq!(app.overview().await.unwrap().account.unwrap().session, SessionState::SignedIn);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn links_are_known_before_signing_in() {
    let world = World::new().await;
    let app = world.app().await;
    let links = app.portal_links(format!(" {} ", world.portal.portal)).await.unwrap();
    assert!(links.sign_in_page.ends_with("/auth/login"), "{links:?}");
    assert!(links.privacy.is_some() && links.disclosure.is_some(), "{links:?}");
    world.portal.clear_requests();
    app.portal_links(world.portal.portal.to_string()).await.unwrap();
    assert!(world.portal.requests().is_empty(), "a portal is asked once a day at most");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_forgot_the_password_signs_in_with_the_one_set_by_the_e_mail() {
    let world = World::new().await;
    let app = world.app().await;
    let http = reqwest::Client::new();
    let post = async |path: &str, body: String| {
        let url = world.portal.portal.join(path).unwrap();
        let form = "application/x-www-form-urlencoded";
        http.post(url).header("Content-Type", form).body(body).send().await.unwrap()
    };
    // The account that has to set a new one before it can be used.
    let stuck = app.sign_in(world.form("resetten", PASSWORD)).await.unwrap_err();
    assert_eq!(stuck.code, ErrorCode::MustResetPassword);
    post("/auth/wachtwoord-vergeten", "who=resetten".to_owned()).await;
    let truth = world.portal.nursery().truth(Some("resetten")).await.unwrap();
    let link = truth.emails.iter().find_map(|email| email.link.clone()).unwrap();
    let key = link.split_once("key=").unwrap().1;
    let new = "Vlinder-83-fiets";
    let set = post("/auth/nieuw-wachtwoord", format!("key={key}&new={new}&again={new}")).await;
    assert!(set.status().is_success());
    app.sign_in(world.form("resetten", new)).await.unwrap();
    app.sync_now().await.unwrap();
    app.shutdown().await;
}
