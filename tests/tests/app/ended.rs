//! Accounts that end: when that is concluded, when it is taken back, and what can still be saved.

use crate::world::{PASSWORD, World, files, save_day, whole_timeline};
use schriftje_app::App;
use schriftje_app::api::{ErrorCode, SaveState, SessionState, SignIn};
use schriftje_demo_portal::{Fault, FaultKind, NewPhotos};
use schriftje_model::{MediaId, MediaSize};

async fn session(app: &App) -> SessionState {
    app.overview().await.unwrap().account.unwrap().session
}

async fn until_session(app: &App, wanted: SessionState) {
    let mut changes = app.subscribe();
    while session(app).await != wanted {
        changes.recv().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_firewall_that_refuses_some_calls_ends_no_account() {
    let world = World::new().await;
    let app = world.signed_in().await;
    let refused = || Fault::always(FaultKind::Status { status: 403 });
    world.portal.faults().add(refused().at("/restservices-parent/notification"));
    world.portal.faults().add(refused().at("/restservices-parent/customer"));
    world.portal.faults().add(refused().at("/restservices-parent/parent"));
    let status = app.sync_now().await.unwrap();
    assert!(status.trouble.is_none() && status.cards > 0, "{status:?}");
    world.portal.faults().clear();
    world.portal.faults().add(refused().at("/restservices-parent/children"));
    world.clock.advance(chrono::TimeDelta::days(2));
    world.portal.clock().advance(chrono::TimeDelta::days(2));
    assert_eq!(app.sync_now().await.unwrap_err().code, ErrorCode::Refused);
    assert_eq!(session(&app).await, SessionState::SignedIn);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_opens_again_as_soon_as_a_refresh_succeeds() {
    let world = World::new().await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    world.portal.nursery().end_account("sanne").await.unwrap();
    assert_eq!(app.sync_now().await.unwrap_err().code, ErrorCode::AccountEnded);
    until_session(&app, SessionState::Ended).await;
    world.portal.nursery().reopen_account("sanne").await.unwrap();
    app.sync_now().await.unwrap();
    assert_eq!(session(&app).await, SessionState::SignedIn);

    // An archive whose session runs out as well stays one.
    world.portal.nursery().end_account("sanne").await.unwrap();
    app.sync_now().await.unwrap_err();
    until_session(&app, SessionState::Ended).await;
    world.sessions_end().await;
    assert_eq!(app.sync_now().await.unwrap_err().code, ErrorCode::SessionExpired);
    assert_eq!(session(&app).await, SessionState::Ended);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_refused_at_signing_in_again_has_ended() {
    let world = World::new().await;
    let app = world.app().await;
    app.sign_in(SignIn { remember: true, ..world.form("sanne", PASSWORD) }).await.unwrap();
    app.sync_now().await.unwrap();
    world.portal.nursery().end_account("sanne").await.unwrap();
    world.sessions_end().await;
    world.portal.clear_requests();
    assert_eq!(app.sync_now().await.unwrap_err().code, ErrorCode::Refused);
    let account = app.overview().await.unwrap().account.unwrap();
    assert_eq!((account.session, account.remembered), (SessionState::Ended, false));
    app.sync_now().await.unwrap_err();
    assert_eq!(world.logins(), 1);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_an_ended_account_the_medium_sizes_are_saved_and_say_so() {
    let world = World::new().await;
    let app = world.signed_in().await;
    let new = NewPhotos { count: Some(3), film: true, ..Default::default() };
    let posted = world.portal.nursery().post_photos(new).await.unwrap().photos;
    app.sync_now().await.unwrap();
    let cards = whole_timeline(&app).await;
    let (day, account) = (cards[0].day, app.overview().await.unwrap().account.unwrap().id);
    let looked_at: Vec<MediaId> =
        [&posted[0], &posted[2]].map(|id| MediaId(id.clone())).into_iter().collect();
    for id in &looked_at {
        app.media(account.clone(), id.clone(), MediaSize::Medium).await.unwrap();
    }
    // Whether they may be saved is asked while the portal still answers.
    let asked = app.photo_to_copy(posted[0].clone().into()).await.unwrap();
    assert_eq!(asked.mime, "image/jpeg");
    app.shutdown().await;
    drop(app);
    let app = world.app().await;
    world.portal.nursery().end_account("sanne").await.unwrap();
    assert_eq!(app.sync_now().await.unwrap_err().code, ErrorCode::AccountEnded);
    until_session(&app, SessionState::Ended).await;

    let job = save_day(&app, day).await;
    assert_eq!((job.state, job.reduced), (SaveState::Done, 1), "{job:?}");
    assert_eq!((job.saved, job.failed > 0), (1, true), "{job:?}");
    assert_eq!(job.trouble.unwrap().code, ErrorCode::AccountEnded);
    let saved = files(&world.saved());
    let note = b"Alleen de middelgrote versie was nog beschikbaar.";
    assert!(saved[0].1.windows(note.len()).any(|window| window == note));
    let again = save_day(&app, day).await;
    assert_eq!((again.saved, again.already), (0, 1), "{again:?}");

    // The account is opened again: the originals come, and what was saved stays.
    world.portal.nursery().reopen_account("sanne").await.unwrap();
    app.sync_now().await.unwrap();
    let whole = save_day(&app, day).await;
    assert_eq!((whole.state, whole.failed, whole.reduced), (SaveState::Done, 0, 0), "{whole:?}");
    assert_eq!(whole.saved + u32::try_from(whole.refused.len()).unwrap(), whole.total);
    let after = files(&world.saved());
    assert_eq!(after.len(), whole.saved as usize + 1);
    assert!(after.contains(&saved[0]));
    let done = save_day(&app, day).await;
    assert_eq!((done.saved, done.already), (0, whole.saved));
    app.shutdown().await;
}
