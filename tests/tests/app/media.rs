//! Pictures and films for the window.

use crate::world::World;
use schriftje_app::api::ErrorCode;
use schriftje_demo_portal::{Fault, FaultKind, NewPhotos, Origin};
use schriftje_model::{MediaId, MediaSize};

#[tokio::test(flavor = "multi_thread")]
async fn films_come_in_pieces_and_a_broken_picture_is_said_to_be_broken() {
    let world = World::new().await;
    let app = world.signed_in().await;
    let new = NewPhotos { film: true, ..Default::default() };
    let film = world.portal.nursery().post_photos(new).await.unwrap().photos.remove(0);
    let new = NewPhotos { count: Some(1), ..Default::default() };
    let photo = world.portal.nursery().post_photos(new).await.unwrap().photos.remove(0);
    app.sync_now().await.unwrap();
    let account = app.overview().await.unwrap().account.unwrap().id;
    let id = MediaId(film);
    let first = app.media_range(account.clone(), id.clone(), 0, Some(99)).await.unwrap();
    assert_eq!((first.bytes.len(), first.start), (100, 0));
    let middle = app.media_range(account.clone(), id.clone(), 50, Some(149)).await.unwrap();
    assert_eq!(middle.bytes[..50], first.bytes[50..]);
    let mut whole = Vec::new();
    while (whole.len() as u64) < first.total {
        let at = whole.len() as u64;
        whole.extend(app.media_range(account.clone(), id.clone(), at, None).await.unwrap().bytes);
    }
    assert_eq!(whole[..100], first.bytes);
    assert_eq!(&whole[4..8], b"ftyp");

    world.portal.faults().add(Fault::always(FaultKind::HugePicture).on(Origin::Media));
    let huge = app.media(account.clone(), MediaId(photo), MediaSize::Medium).await.unwrap_err();
    assert_eq!(huge.code, ErrorCode::PictureBroken);
    let unknown = app.media(account, MediaId("nobody".into()), MediaSize::Thumb).await.unwrap_err();
    assert_eq!(unknown.code, ErrorCode::NotFound);
    app.shutdown().await;
}
