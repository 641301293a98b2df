//! From signing in to signing out, as a script does it.

use crate::world::{PASSWORD, World, names};
use schriftje_demo_portal::{NewPhotos, Options, Size, start};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

#[tokio::test(flavor = "multi_thread")]
async fn a_script_signs_in_syncs_reads_offline_saves_and_signs_out() {
    let world = World::new().await;
    let caption = "Samen in de zandbak – „mooi”";
    let new = NewPhotos { count: Some(3), caption: Some(caption.into()), ..Default::default() };
    world.portal.nursery().post_photos(new).await.unwrap();
    let account = world.login("sanne", PASSWORD).await.json();
    assert_eq!(account["session"], "signedIn");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(world.path("sleutel")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    let synced = world.run(&["--json", "sync"]).await;
    assert_eq!(synced.stderr, "", "not a terminal: quiet");
    let synced = synced.json();
    assert_eq!(synced["complete"], true);
    assert_eq!(synced["thumbs"], synced["photos"]);
    let truth = world.portal.nursery().truth(None).await.unwrap();
    assert_eq!(synced["cards"], truth.cards.len());

    let cards = world.run(&["--json", "timeline", "--limit", "1000"]).await.json();
    assert_eq!(cards.as_array().unwrap().len(), truth.cards.len());
    let child = world.run(&["--json", "timeline", "--child", "noortje", "--limit", "3"]).await;
    assert_eq!(child.json().as_array().unwrap().len(), 3);
    let nobody = world.run(&["--json", "timeline", "--child", "Pluk"]).await;
    assert_eq!((nobody.code, nobody.error()), (Some(10), "notFound".into()));

    // The newest day with photos.
    let cards = cards.as_array().unwrap();
    let with_photos = |card: &&Value| card["photos"].as_array().is_some_and(|all| all.len() > 2);
    let day = cards.iter().find(with_photos).unwrap()["day"].as_str().unwrap().to_owned();
    let to = world.path("Foto's");
    let to = to.to_str().unwrap();
    let save = ["--json", "photos", "save", "--to", to, "--from", &day, "--until", &day];
    let saved = world.run(&save).await.json();
    assert_eq!((&saved["state"], &saved["failed"]), (&"done".into(), &0.into()));
    let files = names(Path::new(to));
    assert_eq!(saved["saved"], files.len());
    let read = Command::new("exiftool")
        .args(["-json", "-validate", "-DateTimeOriginal", "-OffsetTimeOriginal"])
        .args(["-ImageDescription", "-XMP-dc:Description"])
        .args(
            files
                .iter()
                .map(|name| Path::new(to).join(name))
                .filter(|path| path.extension() == Some("jpg".as_ref())),
        )
        .output()
        .expect("exiftool (libimage-exiftool-perl) must be installed");
    let read: Value = serde_json::from_slice(&read.stdout).unwrap();
    for photo in read.as_array().unwrap() {
        assert_eq!(photo["DateTimeOriginal"], format!("{} 12:00:00", day.replace('-', ":")));
        assert_eq!(photo["OffsetTimeOriginal"], "+01:00");
        assert_eq!(photo["Validate"], "OK");
        assert_eq!(photo["ImageDescription"], photo["Description"]);
    }
    let captioned = read.as_array().unwrap().iter();
    assert_eq!(captioned.filter(|photo| photo["Description"] == caption).count(), 3, "{read:#}");
    let again = world.run(&save).await.json();
    assert_eq!((&again["saved"], &again["already"]), (&0.into(), &saved["saved"]));

    // Without the portal everything is still there.
    let World { portal, dir } = world;
    portal.stop().await;
    let other = Options::new(dir.path().join("other"), Size::Small);
    let world = World { portal: start(other).await.unwrap(), dir };
    let offline = world.run(&["--json", "timeline", "--limit", "1000"]).await.json();
    assert_eq!(offline.as_array().unwrap(), cards);
    let sync = world.run(&["--json", "sync"]).await;
    assert_eq!((sync.code, sync.error()), (Some(5), "offline".into()));
    let status = world.run(&["--json", "status"]).await.json();
    assert_eq!(status["sync"]["cards"], truth.cards.len());
    let text = world.run(&["children"]).await;
    assert!(text.stdout.contains("Noortje"), "{text:?}");

    assert_eq!(world.run(&["logout"]).await.code, Some(0));
    assert_eq!(names(&world.path("data")), Vec::<String>::new());
    assert_eq!(std::fs::read_to_string(world.path("sleutel")).unwrap(), "");
    assert_eq!(names(Path::new(to)), files);
    let nobody = world.run(&["--json", "timeline"]).await;
    assert_eq!((nobody.code, nobody.error()), (Some(3), "notSignedIn".into()));
}
