//! Photos and words that come while something is being sent.

use crate::attachments::tells_place;
use crate::drafting::{entry, phone_photo};
use crate::world::{PASSWORD, World, now, sync_texts};
use chrono::{DateTime, Utc};
use schriftje_app::api::ErrorCode;
use schriftje_app::{App, AppOptions};
use schriftje_model::{Clock, DraftPlace, MediaKind, WriteWhat};
use schriftje_store::{NewOutFile, OpenMode, Store};
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

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_while_sending_goes_along_and_is_looked_at_too() {
    let world = World::new().await;
    let clock = Between::default();
    let app = app_with(&world, &clock).await;
    let place = DraftPlace::Diary;
    app.save_draft(entry(&app, "In het bos").await).await.unwrap();
    app.add_bytes(place.clone(), "1.jpg".into(), phone_photo(30, 20)).await.unwrap();
    let (other, longer) = (app.clone(), entry(&app, "In het bos, met de hond").await);
    clock.0.lock().unwrap().push(Box::pin(async move {
        other.add_bytes(DraftPlace::Diary, "2.jpg".into(), phone_photo(20, 30)).await.unwrap();
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

/// The account in use, as another process has it open.
async fn beside(world: &World, app: &App) -> Store {
    let account = app.overview().await.unwrap().account.unwrap().id;
    let key = world.vault.get(&account).await.unwrap().unwrap();
    let folder = world.data().join("accounts").join(account.as_str());
    Store::open(&folder, &key, OpenMode::Existing).await.unwrap().store
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_half_added_when_another_window_crashed_keeps_nothing_waiting() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let place = DraftPlace::Diary;
    let other = beside(&world, &app).await;
    let (name, mime) = ("1.jpg".to_owned(), "image/jpeg".to_owned());
    let half = NewOutFile { name, mime, kind: MediaKind::Photo };
    app.save_draft(entry(&app, "Aan het strand").await).await.unwrap();
    let adding = other.adding().await.unwrap();
    let id = other.begin_file(place.clone(), half.clone()).await.unwrap();
    other.append_piece(id, vec![1; 9]).await.unwrap();
    // It is on its way.
    assert_eq!(app.send_draft(place.clone()).await.unwrap_err().code, ErrorCode::Busy);
    drop(adding);
    let write = app.send_draft(place.clone()).await.unwrap();
    assert_eq!(write.files, []);
    // Adding goes on as well.
    let id = other.begin_file(place.clone(), half).await.unwrap();
    let added = app.add_bytes(place, "2.jpg".into(), phone_photo(30, 20)).await.unwrap();
    assert_eq!(added.files.len(), 1);
    assert!(!other.append_piece(id, vec![1]).await.unwrap());
    app.shutdown().await;
}
