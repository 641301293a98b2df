//! Pictures: what is here, what is wanted, and what goes when room is short.

use crate::sample::{day, open, photo_card};
use chrono::{DateTime, TimeDelta};
use schriftje_model::{Cached, CardId, Child, ChildId, MediaId, MediaSize, PhotoId, Saveable};
use schriftje_store::{Blob, NewBlob, Store, WalkKind};
use tempfile::tempdir;

fn picture(id: &str, size: MediaSize, on: u64, bytes: usize) -> NewBlob {
    NewBlob {
        id: MediaId(id.into()),
        size,
        day: day(on),
        pinned: false,
        blob: Blob { mime: "image/jpeg".into(), width: 40, height: 30, bytes: vec![1; bytes] },
        fetched_at: DateTime::from_timestamp(1_780_000_000, 0).unwrap(),
    }
}

fn child(id: &str, attends: bool) -> Child {
    Child {
        id: ChildId(id.into()),
        first_name: id.into(),
        full_name: id.into(),
        attends,
        groups: Vec::new(),
        date_of_birth: None,
        avatar: None,
    }
}

/// Ten photos, "f0" on the oldest day.
async fn album(store: &Store) {
    store.set_children(vec![child("noortje", true)]).await.unwrap();
    let cards = (0..10)
        .map(|n| photo_card(&format!("c{n}"), day(n), &["noortje"], &[&format!("f{n}")]))
        .collect();
    store.apply_timeline_page(cards).await.unwrap();
}

async fn cached(store: &Store, n: usize) -> Cached {
    store.photo(PhotoId(format!("f{n}"))).await.unwrap().unwrap().photo.cached
}

#[tokio::test]
async fn the_newest_are_wanted_first_and_what_arrived_is_wanted_no_more() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    album(&store).await;
    let wanted = store.wanted_photos(MediaSize::Thumb, 3).await.unwrap();
    assert_eq!(wanted.iter().map(|w| w.id.as_str()).collect::<Vec<_>>(), ["f9", "f8", "f7"]);
    let new = picture("f9", MediaSize::Thumb, 9, 100);
    store.put_media(new.clone(), u64::MAX).await.unwrap();
    let wanted = store.wanted_photos(MediaSize::Thumb, 1).await.unwrap();
    assert_eq!(wanted[0].id.as_str(), "f8");
    let here = store.media(MediaId("f9".into()), MediaSize::Thumb).await.unwrap();
    assert_eq!(here, Some(new.blob));
    assert_eq!(store.media(MediaId("f9".into()), MediaSize::Medium).await.unwrap(), None);
    assert_eq!(cached(&store, 9).await, Cached::Thumb);
    let card = store.card(CardId("c9".into())).await.unwrap().unwrap();
    assert_eq!(card.photos[0].cached, Cached::Thumb);
    assert_eq!(store.totals().await.unwrap().thumbs, 1);
}

#[tokio::test]
async fn old_medium_sizes_make_room_for_new_ones_and_say_so() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    album(&store).await;
    let bound = 3000;
    // Fetched in an order of its own: what counts is the photo's day.
    for n in [5, 1, 9, 3, 7, 0, 8, 2, 6, 4] {
        let id = format!("f{n}");
        store.put_media(picture(&id, MediaSize::Thumb, n, 500), bound).await.unwrap();
        store.put_media(picture(&id, MediaSize::Medium, n, 1000), bound).await.unwrap();
    }
    for n in 0..10 {
        let expected = if n < 7 { Cached::Evicted } else { Cached::Medium };
        assert_eq!(cached(&store, n).await, expected, "f{n}");
        let thumb = store.media(MediaId(format!("f{n}")), MediaSize::Thumb).await.unwrap();
        assert!(thumb.is_some(), "thumbnails stay");
        let medium = store.media(MediaId(format!("f{n}")), MediaSize::Medium).await.unwrap();
        assert_eq!(medium.is_some(), n >= 7);
    }
    assert!(!store.has_room(day(6), bound).await.unwrap());
    assert!(store.has_room(day(9), bound).await.unwrap());
    assert!(store.wanted_photos(MediaSize::Medium, 10).await.unwrap().is_empty());
    assert_eq!(store.totals().await.unwrap().mediums, 3);
    assert_eq!(store.storage_use().await.unwrap().totals.thumbs, 10);
}

#[tokio::test]
async fn with_less_room_the_oldest_go_from_the_disk_and_with_more_they_are_wanted_again() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    album(&store).await;
    for n in 0..10 {
        let id = format!("f{n}");
        store.put_media(picture(&id, MediaSize::Thumb, n, 500), u64::MAX).await.unwrap();
        store.put_media(picture(&id, MediaSize::Medium, n, 100_000), u64::MAX).await.unwrap();
    }
    let full = store.storage_use().await.unwrap();
    assert_eq!(full.mediums, 1_000_000);
    assert_eq!(store.fit_mediums(300_000).await.unwrap(), 7);
    for n in 0..10 {
        let expected = if n < 7 { Cached::Evicted } else { Cached::Medium };
        assert_eq!(cached(&store, n).await, expected, "f{n}");
        let thumb = store.media(MediaId(format!("f{n}")), MediaSize::Thumb).await.unwrap();
        assert!(thumb.is_some(), "thumbnails stay");
    }
    assert_eq!(store.storage_use().await.unwrap().mediums, 300_000);
    store.close().await;
    let after: u64 = std::fs::metadata(folder.path().join("media.db")).unwrap().len();
    assert!(after < 600_000, "the file is as small as what is in it: {after}");

    let store = open(folder.path()).await;
    store.want_mediums_again().await.unwrap();
    let wanted = store.wanted_photos(MediaSize::Medium, 10).await.unwrap();
    let wanted: Vec<_> = wanted.iter().map(|wanted| wanted.id.as_str()).collect();
    assert_eq!(wanted, ["f6", "f5", "f4", "f3", "f2", "f1", "f0"]);
}

/// Keeps a medium size of 1000 bytes.
async fn keep(store: &Store, id: &str, on: u64, bound: u64) {
    store.put_media(picture(id, MediaSize::Medium, on, 1000), bound).await.unwrap();
}

#[tokio::test]
async fn of_a_child_who_left_no_photo_makes_room_for_those_of_the_younger_one() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    store.set_children(vec![child("groot", false), child("noortje", true)]).await.unwrap();
    let of =
        |name: &'static str, n| photo_card(&format!("c{n}"), day(n), &[name], &[&format!("f{n}")]);
    let cards = (0..4).map(|n| of("groot", n)).chain((4..10).map(|n| of("noortje", n)));
    store.apply_timeline_page(cards.collect()).await.unwrap();
    for n in 0..10 {
        keep(&store, &format!("f{n}"), n, 6000).await;
    }
    for n in 0..10 {
        let stays = !(4..8).contains(&n);
        let expected = if stays { Cached::Medium } else { Cached::Evicted };
        assert_eq!(cached(&store, n).await, expected, "f{n}");
    }
    // Nothing older is left that may go.
    assert!(!store.has_room(day(7), 6000).await.unwrap());
    assert!(store.has_room(day(9), 6000).await.unwrap());
    assert_eq!(store.fit_mediums(0).await.unwrap(), 2);
    assert!(!store.has_room(day(9), 4000).await.unwrap());
    for n in 0..4 {
        assert_eq!(cached(&store, n).await, Cached::Medium, "f{n}");
    }
}

#[tokio::test]
async fn a_photo_the_portal_shows_no_more_stays_until_it_stands_there_again() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    album(&store).await;
    let now = DateTime::from_timestamp(1_780_000_000, 0).unwrap();
    let walk = async |from: u64| {
        let walk = store.begin_walk(WalkKind::Full, None, now).await.unwrap();
        let cards = (from..10)
            .map(|n| photo_card(&format!("c{n}"), day(n), &["noortje"], &[&format!("f{n}")]))
            .collect();
        store.apply_walked_page(cards, walk.clone()).await.unwrap();
        store.finish_walk(walk, None, now).await.unwrap();
    };
    // Its oldest two are gone.
    walk(2).await;
    for n in 0..10 {
        keep(&store, &format!("f{n}"), n, 4000).await;
    }
    for n in 0..10 {
        let stays = !(2..8).contains(&n);
        let expected = if stays { Cached::Medium } else { Cached::Evicted };
        assert_eq!(cached(&store, n).await, expected, "f{n}");
    }
    walk(0).await;
    assert_eq!(store.fit_mediums(2000).await.unwrap(), 2);
    assert_eq!(
        (cached(&store, 0).await, cached(&store, 9).await),
        (Cached::Evicted, Cached::Medium)
    );
}

#[tokio::test]
async fn a_pinned_picture_stays() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    album(&store).await;
    let pinned = NewBlob { pinned: true, ..picture("f0", MediaSize::Medium, 0, 1000) };
    store.put_media(pinned, 2000).await.unwrap();
    for n in 1..6 {
        let id = format!("f{n}");
        store.put_media(picture(&id, MediaSize::Medium, n, 1000), 2000).await.unwrap();
    }
    assert_eq!(cached(&store, 0).await, Cached::Medium);
    assert_eq!(cached(&store, 4).await, Cached::Evicted);
    assert_eq!(cached(&store, 5).await, Cached::Medium);
}

#[tokio::test]
async fn a_broken_picture_is_left_alone_until_its_time_comes() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    album(&store).await;
    let now = DateTime::from_timestamp(1_780_000_000, 0).unwrap();
    let (id, later) = (MediaId("f9".into()), now + TimeDelta::days(1));
    store.mark_broken(id.clone(), MediaSize::Thumb, later).await.unwrap();
    assert_eq!(cached(&store, 9).await, Cached::Broken, "and not merely on its way");
    let wanted = store.wanted_photos(MediaSize::Thumb, 1).await.unwrap();
    assert_eq!(wanted[0].id.as_str(), "f8");
    assert_eq!(store.broken_until(id.clone(), MediaSize::Thumb).await.unwrap(), Some(later));
    assert_eq!(store.retry_broken(now).await.unwrap(), 0);
    assert_eq!(store.retry_broken(later).await.unwrap(), 1);
    assert_eq!(cached(&store, 9).await, Cached::Nothing);
    let wanted = store.wanted_photos(MediaSize::Thumb, 1).await.unwrap();
    assert_eq!(wanted[0].id.as_str(), "f9");

    // A thumbnail that can be read does not mend the picture itself.
    store.put_media(picture("f8", MediaSize::Thumb, 8, 100), u64::MAX).await.unwrap();
    store.mark_broken(MediaId("f8".into()), MediaSize::Medium, later).await.unwrap();
    assert_eq!(cached(&store, 8).await, Cached::Broken);
}

#[tokio::test]
async fn what_may_not_be_saved_says_why() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    album(&store).await;
    let unasked = store.unasked_photos(2).await.unwrap();
    assert_eq!(unasked, [PhotoId("f9".into()), PhotoId("f8".into())]);
    let no = Saveable::No("Geen toestemming".into());
    let answers = vec![(unasked[0].clone(), no.clone()), (unasked[1].clone(), Saveable::Yes)];
    store.set_saveable(answers).await.unwrap();
    let photo = store.photo(PhotoId("f9".into())).await.unwrap().unwrap().photo;
    assert_eq!(photo.saveable, no);
    assert_eq!(store.unasked_photos(1).await.unwrap(), [PhotoId("f7".into())]);
    // The page that comes again does not undo it.
    album(&store).await;
    let photo = store.photo(PhotoId("f9".into())).await.unwrap().unwrap().photo;
    assert_eq!(photo.saveable, no);
}
