//! Sign in, read, go offline, save, sign out.

use crate::world::{
    PASSWORD, World, files, names, newest_photo_day, save_day, sync_texts, whole_timeline,
};
use schriftje_app::api::{ErrorCode, SaveState, SessionState, TimelineQuery};
use schriftje_demo_portal::{Options, Size, start};
use schriftje_model::{Cached, MediaId, MediaSize};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

fn exiftool(path: &Path) -> serde_json::Value {
    let output = Command::new("exiftool")
        .args(["-json", "-validate", "-warning", "-error", "-a", "-all"])
        .arg(path)
        .output()
        .expect("exiftool (libimage-exiftool-perl) must be installed");
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    answer[0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_main_path_from_signing_in_to_signing_out() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;

    // Everything the portal has, in its words.
    let truth = world.portal.nursery().truth(None).await.unwrap();
    let cards = whole_timeline(&app).await;
    assert_eq!(cards.len(), truth.cards.len());
    let overview = app.overview().await.unwrap();
    let account = overview.account.clone().unwrap();
    assert_eq!(account.session, SessionState::SignedIn);
    assert_eq!(account.organisation.as_deref(), Some(schriftje_demo_portal::ORGANISATION));
    assert!(account.parent_name.is_some() && account.email.is_some());
    let children = app.children().await.unwrap();
    assert!(children.iter().any(|child| child.child.first_name == "Noortje" && child.cards > 0));

    // Saving: right dates, right names, once.
    let day = newest_photo_day(&app).await;
    let job = save_day(&app, day).await;
    assert_eq!((job.state, job.failed), (SaveState::Done, 0), "{job:?}");
    assert_eq!(job.saved + u32::try_from(job.refused.len()).unwrap(), job.total);
    let saved = names(&world.saved());
    assert_eq!(saved.len(), job.saved as usize);
    for name in &saved {
        assert!(name.starts_with(&day.to_string()), "{name}");
        let read = exiftool(&world.saved().join(name));
        let noon = format!("{} 12:00:00", day.format("%Y:%m:%d"));
        if Path::new(name).extension() == Some("jpg".as_ref()) {
            assert_eq!(read["DateTimeOriginal"], noon, "{name}");
            assert_eq!(read["OffsetTimeOriginal"], "+01:00");
            assert_eq!(read["Validate"], "OK", "{read:#}");
        }
    }
    let again = save_day(&app, day).await;
    assert_eq!((again.saved, again.already), (0, job.saved));
    assert_eq!(names(&world.saved()), saved);
    let kept = files(&world.saved());

    // What a parent looks at is kept.
    let photos: Vec<_> = cards.iter().flat_map(|card| &card.photos).take(8).collect();
    for photo in &photos {
        for size in [MediaSize::Thumb, MediaSize::Medium] {
            app.media(account.id.clone(), MediaId(photo.id.0.clone()), size).await.unwrap();
        }
    }
    let cards = whole_timeline(&app).await;

    // Nothing private can be read where the app keeps its things.
    let words: BTreeSet<&str> = cards
        .iter()
        .filter_map(|card| card.entry.as_ref())
        .flat_map(|entry| entry.text.split_whitespace())
        .filter(|word| word.chars().count() >= 9)
        .take(60)
        // Short words turn up in random bytes by chance; these do not.
        .chain(["Noortje", "Bloem", "sanne", PASSWORD, "Bosrand", "refreshToken", "eyJhbGci"])
        .collect();
    assert!(words.len() > 40);
    for (path, bytes) in files(&world.data()) {
        let bytes = String::from_utf8_lossy(&bytes);
        for word in &words {
            assert!(!bytes.contains(word), "{word} stands in {}", path.display());
        }
    }
    assert!(!app.diagnostics().await.unwrap().contains("Noortje"));
    app.shutdown().await;
    drop(app);

    // Offline, after a restart.
    let World { portal, dir, vault, clock, background } = world;
    let options = portal.options();
    portal.stop().await;
    let world = World {
        portal: start(Options::new(dir.path().join("other"), Size::Small)).await.unwrap(),
        dir,
        vault,
        clock,
        background,
    };
    assert_ne!(options.listen, world.portal.options().listen);
    let app = world.app().await;
    assert_eq!(whole_timeline(&app).await, cards);
    let overview = app.overview().await.unwrap();
    assert_eq!(overview.account.as_ref(), Some(&account));
    let kept_photos = cards.iter().flat_map(|card| &card.photos);
    let kept_photos: Vec<_> =
        kept_photos.filter(|photo| photo.cached == Cached::Medium).cloned().collect();
    assert!(kept_photos.len() >= photos.len());
    for photo in kept_photos {
        for size in [MediaSize::Thumb, MediaSize::Medium] {
            let id = MediaId(photo.id.0.clone());
            let picture = app.media(account.id.clone(), id, size).await.unwrap();
            assert_eq!(picture.mime, "image/jpeg");
        }
    }
    assert_eq!(app.sync_now().await.unwrap_err().code, ErrorCode::Offline);
    let status = app.sync_status().await.unwrap();
    assert_eq!(status.trouble.unwrap().code, ErrorCode::Offline);
    assert!(status.fresh_at.is_some());

    // Signing out leaves nothing but what was saved.
    app.sign_out(account.id.clone(), false).await.unwrap();
    assert_eq!(names(&world.data()), BTreeSet::new());
    assert!(world.vault.get(&account.id).await.unwrap().is_none());
    assert_eq!(files(&world.saved()), kept);
    assert_eq!(
        app.timeline(TimelineQuery::default()).await.unwrap_err().code,
        ErrorCode::NotSignedIn
    );
    app.shutdown().await;
}
