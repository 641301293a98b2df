//! Saving: what may not be, what stops it, and going on.

use crate::world::{PASSWORD, World, files, names, save_day, whole_timeline};
use schriftje_app::api::{ErrorCode, SaveState, SaveWhat};
use schriftje_demo_portal::{Fault, FaultKind, NewPhotos, NewReport, Options, Origin};
use schriftje_model::{MediaId, TimelineCard};
use std::collections::BTreeSet;

#[tokio::test(flavor = "multi_thread")]
async fn a_save_stays_with_its_account_and_goes_with_it() {
    let world = World::new().await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let first = app.overview().await.unwrap().account.unwrap().id;
    let day = whole_timeline(&app).await[0].day;
    let job = save_day(&app, day).await;
    assert_eq!((&job.account, job.total > 0), (&first, true), "{job:?}");

    let second = app.sign_in(world.form("joris", PASSWORD)).await.unwrap().id;
    assert_eq!(app.overview().await.unwrap().account.unwrap().id, second);
    let what = SaveWhat::Day { day, children: Vec::new() };
    let again = app.save_for(first.clone(), what.clone(), None).await.unwrap();
    let again = app.save_done(again.id).await.unwrap();
    assert_eq!((&again.account, again.total), (&first, job.total));
    assert_eq!((again.saved, again.already), (0, job.saved), "{again:?}");

    // Signed out, it says nothing any more and cannot be done again.
    app.sign_out(first.clone(), true).await.unwrap();
    assert!(app.saves().await.unwrap().is_empty());
    let gone = app.save_for(first, what, None).await.unwrap_err();
    assert_eq!(gone.code, ErrorCode::NotSignedIn);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_save_says_what_may_not_be_saved_and_goes_on_where_it_stopped() {
    let world = World::new().await;
    let app = world.signed_in().await;
    let new = NewPhotos {
        count: Some(2),
        caption: Some("Samen in de zandbak".into()),
        may_not_be_saved: true,
        ..Default::default()
    };
    world.portal.nursery().post_photos(new).await.unwrap();
    let new = NewPhotos { count: Some(6), ..Default::default() };
    let posted = world.portal.nursery().post_photos(new).await.unwrap();
    app.sync_now().await.unwrap();
    let day = whole_timeline(&app).await[0].day;

    // The network goes in the middle: what is there stays, the rest comes with the next save.
    let fault = Fault::always(FaultKind::Reset).on(Origin::Media).after(2);
    world.portal.faults().add(fault);
    let broken = save_day(&app, day).await;
    assert!(broken.failed > 0 && broken.trouble.is_some(), "{broken:?}");
    world.portal.faults().clear();
    let names_then = names(&world.saved());
    assert!(names_then.iter().all(|name| !name.starts_with('.')), "{names_then:?}");
    let whole = save_day(&app, day).await;
    assert_eq!((whole.state, whole.failed), (SaveState::Done, 0), "{whole:?}");
    assert_eq!(whole.already, broken.saved);
    assert!(whole.refused.len() >= 2);
    assert!(whole.refused.iter().all(|refused| refused.reason.contains("toestemming")));
    assert!(names(&world.saved()).is_superset(&names_then));
    assert!(whole.saved + whole.already >= u32::try_from(posted.photos.len()).unwrap());

    // An unwritable folder is its own trouble, and so is a full disk.
    let file = world.dir.path().join("a file");
    std::fs::write(&file, "not a folder").unwrap();
    let what = SaveWhat::Day { day, children: Vec::new() };
    let below = file.join("photos").to_string_lossy().into_owned();
    let job = app.save(what.clone(), Some(below)).await.unwrap();
    let job = app.save_done(job.id).await.unwrap();
    assert_eq!(job.state, SaveState::Failed);
    assert_eq!(job.trouble.unwrap().code, ErrorCode::FolderNotWritable);
    app.dismiss_save(job.id).await.unwrap();

    // Cancelled: nothing half is left.
    world.portal.faults().add(Fault::always(FaultKind::Latency { ms: 60_000 }).on(Origin::Media));
    let folder = world.dir.path().join("cancelled");
    let job = app.save(what, Some(folder.to_string_lossy().into_owned())).await.unwrap();
    let job = app.cancel_save(job.id).await.unwrap();
    assert_eq!(job.state, SaveState::Cancelled);
    assert_eq!(names(&folder), BTreeSet::new());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_can_tell_about_is_not_saved_and_what_may_not_be_is_not_copied() {
    let world = World::new().await;
    let app = world.signed_in().await;
    let new = NewPhotos { may_not_be_saved: true, ..Default::default() };
    let secret = world.portal.nursery().post_photos(new).await.unwrap().photos.remove(0);
    let new = NewPhotos { count: Some(2), ..Default::default() };
    let open = world.portal.nursery().post_photos(new).await.unwrap().photos.remove(0);
    app.sync_now().await.unwrap();
    let day = whole_timeline(&app).await[0].day;
    let fault = Fault::always(FaultKind::Status { status: 500 }).at("/parent-api/v1/media");
    world.portal.faults().add(fault);
    let untold = save_day(&app, day).await;
    assert_eq!((untold.saved, untold.refused.len()), (0, 0), "{untold:?}");
    assert!(untold.failed > 0);
    assert_eq!(untold.trouble.unwrap().code, ErrorCode::PortalDown);
    let copied = app.photo_to_copy(open.clone().into()).await.unwrap_err();
    assert_eq!(copied.code, ErrorCode::PortalDown);
    world.portal.faults().clear();

    let told = save_day(&app, day).await;
    assert_eq!((told.state, told.failed), (SaveState::Done, 0), "{told:?}");
    assert!(told.saved >= 2 && !told.refused.is_empty());
    app.photo_to_copy(open.into()).await.unwrap();
    let copied = app.photo_to_copy(secret.into()).await.unwrap_err();
    assert_eq!(copied.code, ErrorCode::NotSaveable);
    assert!(copied.portal_says.unwrap().contains("toestemming"));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plain_portal_lets_everything_be_saved() {
    let world = World::with(|options| Options { plain: true, ..options }).await;
    let app = world.signed_in().await;
    let new = NewPhotos { may_not_be_saved: true, ..Default::default() };
    world.portal.nursery().post_photos(new).await.unwrap();
    app.sync_now().await.unwrap();
    let day = whole_timeline(&app).await[0].day;
    let job = save_day(&app, day).await;
    assert_eq!((job.saved, job.failed, job.refused.len()), (job.total, 0, 0), "{job:?}");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_from_a_report_is_saved_whole_with_its_day_inside() {
    let world = World::new().await;
    let app = world.signed_in().await;
    let report = NewReport {
        html: "<p>Kijk hem eens schommelen.</p>".to_owned(),
        photos: 2,
        film: true,
        ..NewReport::default()
    };
    let posted = world.portal.nursery().post_report(report).await.unwrap();
    app.sync_now().await.unwrap();
    let cards = whole_timeline(&app).await;
    let has_it = |card: &TimelineCard| {
        let entry = card.entry.as_ref();
        entry.is_some_and(|entry| entry.photos.iter().any(|one| one.id.0 == posted.photos[1]))
    };
    let card = cards.into_iter().find(has_it).unwrap();
    let job = app.save(SaveWhat::Card { id: card.id }, None).await.unwrap();
    let job = app.save_done(job.id).await.unwrap();
    assert_eq!((job.state, job.saved, job.failed), (SaveState::Done, 2, 0), "{job:?}");
    let saved = files(&world.saved());
    let is_film = |path: &std::path::Path| path.extension().is_some_and(|is| is == "mp4");
    let films: Vec<_> = saved.iter().filter(|(path, _)| is_film(path)).collect();
    let [(_, film)] = &films[..] else { panic!("not one film: {:?}", names(&world.saved())) };
    let original = MediaId(posted.photos[1].clone());
    let account = app.overview().await.unwrap().account.unwrap().id;
    let shown = app.media_range(account, original, 0, None).await.unwrap();
    assert!(film.len() as u64 >= shown.total, "nothing of it is left out");
    // Only the day is known: noon, in seconds since 1904.
    let header = film.windows(4).position(|four| four == b"mvhd").unwrap();
    let seconds = u32::from_be_bytes(film[header + 8..header + 12].try_into().unwrap());
    let noon = schriftje_model::noon(card.day).timestamp() + 2_082_844_800;
    assert_eq!(i64::from(seconds), noon);
    app.shutdown().await;
}
