//! Photos and words that come while something is being sent, and what a parent chose for them.

use crate::world::{PASSWORD, World, now, sync_texts};
use chrono::{DateTime, Utc};
use schriftje_app::api::ErrorCode;
use schriftje_app::{App, AppOptions};
use schriftje_demo_portal::{Options, Organisation};
use schriftje_model::{Clock, Draft, DraftPlace, FileId, MediaId, MediaSize, WriteWhat};
use std::fmt::{self, Debug, Formatter};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

type Meanwhile = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A clock that lets something happen when it is looked at: sending looks at it between reading a
/// draft and queueing it.
#[derive(Clone, Default)]
struct Between(Arc<Mutex<Vec<Meanwhile>>>);

impl Debug for Between {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("Between")
    }
}

impl Clock for Between {
    fn now(&self) -> DateTime<Utc> {
        // What happens looks at the clock as well, and one thing happens at a time.
        let mut left = std::mem::take(&mut *self.0.lock().unwrap());
        if let Some(meanwhile) = left.pop() {
            let runtime = tokio::runtime::Handle::current();
            tokio::task::block_in_place(|| runtime.block_on(meanwhile));
            *self.0.lock().unwrap() = left;
        }
        now()
    }
}

async fn app_with(world: &World, clock: &Between) -> Arc<App> {
    let app = App::start(AppOptions {
        data_dir: world.data(),
        vault: world.vault.clone(),
        clock: Arc::new(clock.clone()),
        ca_pem: None,
        picture_dir: world.saved(),
        background: false,
    });
    let app = app.await.unwrap();
    app.sign_in(world.form("sanne", PASSWORD)).await.unwrap();
    sync_texts(&app).await;
    app
}

/// A JPEG with a place and a moment inside.
fn phone_photo(shade: u8) -> Vec<u8> {
    use img_parts::ImageEXIF;
    let mut bytes = Vec::new();
    let picture = image::RgbImage::from_pixel(30, 20, image::Rgb([shade, 40, 40]));
    image::codecs::jpeg::JpegEncoder::new(&mut bytes).encode_image(&picture).unwrap();
    let mut jpeg = img_parts::jpeg::Jpeg::from_bytes(bytes.into()).unwrap();
    jpeg.set_exif(Some(include_bytes!("phone.exif").to_vec().into()));
    jpeg.encoder().bytes().to_vec()
}

async fn tells_place(app: &App, id: &FileId) -> bool {
    use img_parts::ImageEXIF;
    let account = app.overview().await.unwrap().account.unwrap().id;
    let id = MediaId(id.to_string());
    let bytes = app.media(account, id, MediaSize::Full).await.unwrap().bytes;
    let exif = img_parts::jpeg::Jpeg::from_bytes(bytes.clone().into()).unwrap().exif().unwrap();
    exif.windows(2).any(|part| part == b"\x25\x88" || part == b"\x88\x25")
}

async fn entry(app: &App, text: &str) -> Draft {
    let child = app.children().await.unwrap()[0].child.id.clone();
    let place = DraftPlace::Diary;
    Draft { children: vec![child], text: text.to_owned(), ..Draft::empty(place) }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_while_sending_goes_along_and_is_looked_at_too() {
    let world = World::new().await;
    let clock = Between::default();
    let app = app_with(&world, &clock).await;
    let place = DraftPlace::Diary;
    app.save_draft(entry(&app, "In het bos").await).await.unwrap();
    app.add_bytes(place.clone(), "1.jpg".into(), phone_photo(1)).await.unwrap();
    let (other, longer) = (app.clone(), entry(&app, "In het bos, met de hond").await);
    clock.0.lock().unwrap().push(Box::pin(async move {
        other.add_bytes(DraftPlace::Diary, "2.jpg".into(), phone_photo(2)).await.unwrap();
        other.save_draft(longer).await.unwrap();
    }));
    let write = app.send_draft(place.clone()).await.unwrap();
    assert!(clock.0.lock().unwrap().is_empty(), "it came in between");
    let WriteWhat::Diary { text, .. } = &write.what else { panic!("{write:?}") };
    assert_eq!(text, "In het bos, met de hond");
    assert_eq!(write.files.len(), 2);
    for file in &write.files {
        assert!(!tells_place(&app, &file.id).await, "{}", file.name);
    }
    assert_eq!(app.draft(place).await.unwrap().files.len(), 0);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_keeps_changing_is_not_sent_and_stays() {
    let world = World::new().await;
    let clock = Between::default();
    let app = app_with(&world, &clock).await;
    let place = DraftPlace::Diary;
    app.save_draft(entry(&app, "Begin").await).await.unwrap();
    for n in 0..40 {
        let (other, longer) = (app.clone(), entry(&app, &format!("Meer {n}")).await);
        let meanwhile = async move {
            other.save_draft(longer).await.unwrap();
        };
        clock.0.lock().unwrap().push(Box::pin(meanwhile));
    }
    let refused = app.send_draft(place.clone()).await.unwrap_err();
    clock.0.lock().unwrap().clear();
    assert_eq!(refused.code, ErrorCode::Busy);
    assert!(app.outbox().await.unwrap().is_empty());
    assert!(app.draft(place).await.unwrap().draft.text.starts_with("Meer"));
    app.shutdown().await;
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
    app.add_bytes(place.clone(), "1.jpg".into(), phone_photo(1)).await.unwrap();
    let write = app.send_draft(place.clone()).await.unwrap();
    let back = app.edit_write(write.id).await.unwrap();
    assert!(back.draft.keep_place);
    let write = app.send_draft(place.clone()).await.unwrap();
    assert!(tells_place(&app, &write.files[0].id).await);
    app.withdraw_write(write.id).await.unwrap();
    // Written without a draft, as in a terminal.
    let path = world.dir.path().join("2.jpg");
    std::fs::write(&path, phone_photo(2)).unwrap();
    let write = app.write(chosen, vec![path]).await.unwrap();
    assert!(app.edit_write(write.id).await.unwrap().draft.keep_place);
    app.shutdown().await;
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
