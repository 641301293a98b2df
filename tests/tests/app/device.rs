//! What belongs to this device: how much is kept, what a dear network brings, and emptying the
//! cache.

use crate::drafting::{draft_message, entry};
use crate::world::{World, sync_texts, whole_timeline};
use chrono::NaiveDate;
use schriftje_app::App;
use schriftje_app::api::{ErrorCode, Metered, SessionState, Settings};
use schriftje_demo_portal::{Fault, FaultKind, NewPhotos, Origin};
use schriftje_model::{Cached, DraftPlace, MediaId, MediaSize};
use std::sync::Arc;

/// How often the portal was asked for a picture.
fn pictures_asked(world: &World) -> usize {
    world.portal.requests().iter().filter(|asked| asked.origin == Origin::Media).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_metered_network_brings_the_newest_and_what_is_opened_and_another_the_rest() {
    let mut world = World::new().await;
    world.background = true;
    let app = world.app().await;
    app.set_metered(Metered::Yes);
    app.sign_in(world.form("sanne", crate::world::PASSWORD)).await.unwrap();
    app.sync_now().await.unwrap();
    // Asked once more, it still leaves the rest alone.
    let status = app.sync_now().await.unwrap();
    assert!(status.held_back && !status.complete && status.cards > 0, "{status:?}");
    assert_eq!(pictures_asked(&world), 0);
    assert_eq!(app.overview().await.unwrap().metered, Metered::Yes);

    // What the parent opens is there.
    let account = app.overview().await.unwrap().account.unwrap().id;
    let cards = whole_timeline(&app).await;
    let photo = cards.iter().flat_map(|card| &card.photos).next().unwrap();
    app.media(account, MediaId(photo.id.0.clone()), MediaSize::Medium).await.unwrap();

    // The parent says that it may cost something.
    let mut changes = app.subscribe();
    let settings = Settings { all_on_metered: true, ..app.settings() };
    app.set_settings(settings).await.unwrap();
    while !app.sync_status().await.unwrap().complete {
        changes.recv().await.unwrap();
    }
    assert!(!app.sync_status().await.unwrap().held_back);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_another_network_what_waited_comes_by_itself() {
    let mut world = World::new().await;
    world.background = true;
    let app = world.app().await;
    app.set_metered(Metered::Yes);
    app.sign_in(world.form("sanne", crate::world::PASSWORD)).await.unwrap();
    assert!(!app.sync_now().await.unwrap().complete);
    let mut changes = app.subscribe();
    app.set_metered(Metered::No);
    loop {
        let status = app.sync_status().await.unwrap();
        if status.complete && status.thumbs > 0 {
            break;
        }
        changes.recv().await.unwrap();
    }
    app.shutdown().await;
}

/// A device with a photo in its cache, something half written, and something that waits.
async fn filled(world: &World) -> (Arc<App>, MediaId) {
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let account = app.overview().await.unwrap().account.unwrap().id;
    let cards = whole_timeline(&app).await;
    let photo = cards.iter().flat_map(|card| &card.photos).next().unwrap();
    let id = MediaId(photo.id.0.clone());
    app.media(account, id.clone(), MediaSize::Medium).await.unwrap();
    draft_message(&app, "Half af", "Nog niet kl").await;
    app.save_draft(entry(&app, "Lekker gespeeld").await).await.unwrap();
    app.send_draft(DraftPlace::Diary).await.unwrap();
    (app, id)
}

async fn kept(app: &App, id: &MediaId) -> Cached {
    let cards = whole_timeline(app).await;
    let mut photos = cards.iter().flat_map(|card| &card.photos);
    photos.find(|photo| photo.id.0 == id.0).unwrap().cached
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emptied_cache_is_read_anew_and_what_was_written_stays() {
    let world = World::new().await;
    let (app, photo) = filled(&world).await;
    let cards = whole_timeline(&app).await.len();
    assert_eq!(kept(&app, &photo).await, Cached::Medium);
    app.clear_cache().await.unwrap();
    assert_eq!(kept(&app, &photo).await, Cached::Nothing);
    assert_eq!(whole_timeline(&app).await.len(), cards);
    assert_eq!(app.draft(DraftPlace::NewMessage).await.unwrap().draft.text, "Nog niet kl");
    assert_eq!(app.outbox().await.unwrap().len(), 1);
    assert_eq!(app.overview().await.unwrap().account.unwrap().session, SessionState::SignedIn);
    sync_texts(&app).await;
    assert_eq!(whole_timeline(&app).await.len(), cards + 1, "what waited has gone out");
    let account = app.overview().await.unwrap().account.unwrap().id;
    app.media(account, photo.clone(), MediaSize::Medium).await.unwrap();
    assert_eq!(kept(&app, &photo).await, Cached::Medium);
    app.shutdown().await;
}

/// A device whose oldest photo the portal has just taken down, which no walk has seen yet.
async fn with_one_taken_down(world: &World) -> (Arc<App>, MediaId) {
    let day = NaiveDate::from_ymd_opt(2020, 3, 14);
    let new = NewPhotos { day, ..NewPhotos::default() };
    let posted = world.portal.nursery().post_photos(new).await.unwrap();
    let (app, _) = filled(world).await;
    let account = app.overview().await.unwrap().account.unwrap().id;
    let id = MediaId(posted.photos[0].clone());
    app.media(account, id.clone(), MediaSize::Medium).await.unwrap();
    world.portal.nursery().remove_card(posted.card).await.unwrap();
    (app, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_portal_took_down_since_the_last_walk_stays_when_the_cache_is_emptied() {
    let world = World::new().await;
    let (app, gone) = with_one_taken_down(&world).await;
    app.clear_cache().await.unwrap();
    assert_eq!(kept(&app, &gone).await, Cached::Medium);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn emptying_that_is_stopped_or_fails_on_its_way_lets_go_of_nothing() {
    let world = World::new().await;
    let (app, photo) = filled(&world).await;
    let timeline = "/restservices-parent/timeline";
    // The newest page is read, and nothing further back.
    let broken = Fault::always(FaultKind::Status { status: 503 }).at(timeline).after(3);
    world.portal.faults().add(broken);
    assert_eq!(app.clear_cache().await.unwrap_err().code, ErrorCode::PortalDown);
    assert_eq!(kept(&app, &photo).await, Cached::Medium);
    assert_eq!(app.sync_status().await.unwrap().clearing, None);

    world.portal.faults().clear();
    let slow = Fault::always(FaultKind::Latency { ms: 600_000 }).at(timeline).after(3);
    world.portal.faults().add(slow);
    let mut changes = app.subscribe();
    let clearing = tokio::spawn({
        let app = app.clone();
        async move { app.clear_cache().await }
    });
    while app.sync_status().await.unwrap().clearing.is_none_or(|clearing| clearing.seen == 0) {
        changes.recv().await.unwrap();
    }
    app.stop_clearing().await.unwrap();
    assert_eq!(clearing.await.unwrap().unwrap_err().code, ErrorCode::Cancelled);
    assert_eq!(kept(&app, &photo).await, Cached::Medium);
    assert_eq!(app.sync_status().await.unwrap().clearing, None);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_emptied_that_cannot_be_had_again_now() {
    let world = World::new().await;
    let (app, photo) = filled(&world).await;
    world.portal.nursery().end_account("sanne").await.unwrap();
    let mut changes = app.subscribe();
    assert_eq!(app.clear_cache().await.unwrap_err().code, ErrorCode::AccountEnded);
    while app.overview().await.unwrap().account.unwrap().session != SessionState::Ended {
        changes.recv().await.unwrap();
    }
    assert_eq!(app.clear_cache().await.unwrap_err().code, ErrorCode::AccountEnded);
    assert_eq!(kept(&app, &photo).await, Cached::Medium);
    world.portal.nursery().reopen_account("sanne").await.unwrap();
    app.sync_now().await.unwrap();

    let World { portal, .. } = world;
    portal.stop().await;
    assert_eq!(app.clear_cache().await.unwrap_err().code, ErrorCode::Offline);
    assert_eq!(kept(&app, &photo).await, Cached::Medium);
    app.shutdown().await;
}
