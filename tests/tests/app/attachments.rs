//! Photos and videos that go along with what a parent writes.

use crate::drafting::{entry, phone_photo, put};
use crate::world::{World, sync_texts, whole_timeline};
use schriftje_app::App;
use schriftje_app::api::RejectedWhy;
use schriftje_demo_portal::{Options, Organisation};
use schriftje_model::{Draft, DraftPlace, FileId, MediaId, MediaKind, MediaSize, OutFile};
use std::path::Path;

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_goes_upright_and_small_and_keeps_its_place_to_itself() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let place = DraftPlace::Diary;
    let photo = put(world.dir.path(), "IMG_2.jpg", &phone_photo(4000, 3000));
    let added = app.add_files(place.clone(), vec![photo]).await.unwrap();
    let account = app.overview().await.unwrap().account.unwrap().id;
    let shown = |id: &str| app.media(account.clone(), MediaId(id.to_owned()), MediaSize::Thumb);
    let bytes = shown(added.files[0].id.as_str()).await.unwrap().bytes;
    let picture = image::load_from_memory(&bytes).unwrap().into_rgb8();
    // The portal takes 2560 pixels; what lay on its side stands.
    assert_eq!(picture.dimensions(), (1920, 2560));
    let (top, bottom) = (picture.get_pixel(960, 200).0, picture.get_pixel(960, 2360).0);
    assert!(top[0] > 180 && bottom[2] > 180, "{top:?} {bottom:?}");
    app.save_draft(entry(&app, "").await).await.unwrap();
    let write = app.send_draft(place).await.unwrap();
    let bytes = shown(write.files[0].id.as_str()).await.unwrap().bytes;
    let told = exiftool(&put(world.dir.path(), "sent.jpg", &bytes));
    assert!(!told.contains("GPS"), "{told}");
    assert!(told.contains("2026:03:10 08:30:00"), "{told}");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_along_stays_in_order_when_photos_forget_their_place() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let place = DraftPlace::Diary;
    let here = world.dir.path();
    let film = include_bytes!("../../../assets/demo/videos/swing.mp4");
    let mut plain = Vec::new();
    image::RgbImage::new(9, 9)
        .write_to(&mut std::io::Cursor::new(&mut plain), image::ImageFormat::Png)
        .unwrap();
    let paths = vec![
        put(here, "1.png", &plain),
        put(here, "2.jpg", &phone_photo(60, 40)),
        put(here, "3.mp4", film),
        put(here, "4.jpg", &phone_photo(40, 60)),
    ];
    let added = app.add_files(place.clone(), paths).await.unwrap();
    assert!(added.rejected.is_empty(), "{:?}", added.rejected);
    app.save_draft(entry(&app, "").await).await.unwrap();
    let write = app.send_draft(place).await.unwrap();
    let names: Vec<&str> = write.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["1.png", "2.jpg", "3.mp4", "4.jpg"]);
    // Only what told a place was written anew.
    let ids = |files: &[OutFile]| {
        files.iter().map(|file| (file.id.clone(), file.name.clone())).collect::<Vec<_>>()
    };
    assert_eq!(ids(&write.files), ids(&added.files));
    assert_eq!(write.files[2].bytes, film.len() as u64);
    let account = app.overview().await.unwrap().account.unwrap().id;
    for file in write.files.iter().filter(|file| file.kind == MediaKind::Photo) {
        let id = MediaId(file.id.0.clone());
        let bytes = app.media(account.clone(), id, MediaSize::Thumb).await.unwrap().bytes;
        let told = exiftool(&put(here, "sent", &bytes));
        assert!(!told.contains("GPS"), "{told}");
    }
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_of_a_parent_stands_with_the_entry_at_the_portal_and_in_the_timeline() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let place = DraftPlace::Diary;
    let film = include_bytes!("../../../assets/demo/videos/swing.mp4");
    app.save_draft(entry(&app, "Kijk hem eens schommelen").await).await.unwrap();
    let path = put(world.dir.path(), "schommel.mp4", film);
    let added = app.add_files(place.clone(), vec![path]).await.unwrap();
    assert_eq!((added.files.len(), added.rejected.len()), (1, 0));
    app.send_draft(place).await.unwrap();
    let sent = app.send_now().await.unwrap();
    assert_eq!((sent.sent, sent.refused, sent.unconfirmed), (1, 0, 0));

    let truth = world.portal.nursery().truth(Some("sanne")).await.unwrap();
    let says = |html: &str| html.contains("schommelen");
    let there = truth.entries_of_parents().find(|one| one.html.as_deref().is_some_and(says));
    let [there] = &there.unwrap().photos[..] else { panic!("not one film") };
    assert!(there.film);

    app.sync_now().await.unwrap();
    let cards = whole_timeline(&app).await;
    let mut entries = cards.iter().filter_map(|card| card.entry.as_ref());
    let shown = entries.find(|entry| says(&entry.text)).unwrap();
    let [shown] = &shown.photos[..] else { panic!("not one film") };
    assert_eq!((shown.id.0.as_str(), shown.kind), (there.id.as_str(), MediaKind::Video));
    let account = app.overview().await.unwrap().account.unwrap().id;
    let id = MediaId(shown.id.0.clone());
    let first = app.media_range(account, id, 0, Some(99)).await.unwrap();
    assert_eq!((first.total, &first.bytes[..]), (film.len() as u64, &film[..100]));
    app.shutdown().await;
}

fn exiftool(path: &Path) -> String {
    let output = std::process::Command::new("exiftool").args(["-a", "-G1"]).arg(path).output();
    String::from_utf8(output.unwrap().stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_is_edited_still_keeps_the_place_of_its_photos() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let place = DraftPlace::Diary;
    world.portal.stop().await;
    let chosen = Draft { keep_place: true, ..entry(&app, "Op de camping").await };
    app.save_draft(chosen.clone()).await.unwrap();
    app.add_bytes(place.clone(), "1.jpg".into(), phone_photo(30, 20)).await.unwrap();
    let write = app.send_draft(place.clone()).await.unwrap();
    let back = app.edit_write(write.id).await.unwrap();
    assert!(back.draft.keep_place);
    let write = app.send_draft(place.clone()).await.unwrap();
    assert!(tells_place(&app, &write.files[0].id).await);
    app.withdraw_write(write.id).await.unwrap();
    // Written without a draft, as in a terminal.
    let path = put(world.dir.path(), "2.jpg", &phone_photo(20, 30));
    let write = app.write(chosen, vec![path]).await.unwrap();
    assert!(app.edit_write(write.id).await.unwrap().draft.keep_place);
    app.shutdown().await;
}

pub async fn tells_place(app: &App, id: &FileId) -> bool {
    use img_parts::ImageEXIF;
    let account = app.overview().await.unwrap().account.unwrap().id;
    let id = MediaId(id.to_string());
    let bytes = app.media(account, id, MediaSize::Full).await.unwrap().bytes;
    let exif = img_parts::jpeg::Jpeg::from_bytes(bytes.clone().into()).unwrap().exif().unwrap();
    exif.windows(2).any(|part| part == b"\x25\x88" || part == b"\x88\x25")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_of_an_iphone_arrives_as_it_is_where_it_is_taken() {
    let world = World::with(|options| Options { organisation: Organisation::DUINPAN, ..options });
    let world = world.await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let place = DraftPlace::Diary;
    app.save_draft(entry(&app, "Met de telefoon").await).await.unwrap();
    let plain = include_bytes!("../../../crates/app/src/attach/plain.heic").to_vec();
    let added = app.add_bytes(place.clone(), "IMG_1.HEIC".into(), plain.clone()).await.unwrap();
    assert_eq!(added.files[0].mime, "image/heic");
    assert_eq!(added.files[0].bytes, plain.len() as u64);
    app.send_draft(place).await.unwrap();
    let sent = app.send_now().await.unwrap();
    assert_eq!((sent.sent, sent.refused), (1, 0));
    // The portal shows it to everybody.
    app.sync_now().await.unwrap();
    let truth = world.portal.nursery().truth(Some("sanne")).await.unwrap();
    let entry = truth
        .entries_of_parents()
        .find(|entry| entry.html.as_deref().is_some_and(|html| html.contains("Met de telefoon")))
        .unwrap();
    let account = app.overview().await.unwrap().account.unwrap().id;
    let id = MediaId(entry.photos[0].id.clone());
    let shown = app.media(account, id, MediaSize::Medium).await.unwrap();
    assert!(shown.bytes.starts_with(b"\xff\xd8"));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_go_along_is_told_before_anything_waits() {
    let world = World::with(|options| Options { organisation: Organisation::DUINPAN, ..options });
    let world = world.await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let place = DraftPlace::Diary;
    let here = world.dir.path();
    let film = include_bytes!("../../../assets/demo/videos/swing.mp4");
    let good = phone_photo(60, 40);
    let paths = vec![
        put(here, "leeg.jpg", b""),
        world.dir.path().join("verdwenen.jpg"),
        put(here, "brief.jpg", b"%PDF-1.7 geen foto"),
        put(here, "half.jpg", &good[..good.len() / 2]),
        put(here, "film.mp4", film),
        put(here, "foto-met-verkeerde-naam.txt", &good),
    ];
    let added = app.add_files(place.clone(), paths).await.unwrap();
    let why: Vec<_> = added.rejected.iter().map(|one| (one.name.as_str(), one.why)).collect();
    assert_eq!(
        why,
        [
            ("leeg.jpg", RejectedWhy::Empty),
            ("verdwenen.jpg", RejectedWhy::Gone),
            ("brief.jpg", RejectedWhy::NotAPicture),
            ("half.jpg", RejectedWhy::Broken),
            ("film.mp4", RejectedWhy::NoVideos),
        ]
    );
    assert_eq!(added.files.len(), 1);
    let many = vec![put(here, "foto.jpg", &good); 200];
    let added = app.add_files(place.clone(), many).await.unwrap();
    let most = app.writing().await.unwrap().files as usize;
    assert_eq!(added.files.len(), most);
    assert!(added.rejected.iter().all(|one| one.why == RejectedWhy::TooMany));
    assert_eq!(added.rejected.len(), 201 - most);
    app.discard_draft(place.clone()).await.unwrap();
    assert!(app.draft(place).await.unwrap().files.is_empty());
    assert!(app.outbox().await.unwrap().is_empty());
    app.shutdown().await;
}
