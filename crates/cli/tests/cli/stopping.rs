//! What is stopped or fails halfway leaves nothing half.

use crate::world::{PASSWORD, World, finish, names, until};
use schriftje_demo_portal::NewPhotos;
use serde_json::Value;
use std::process::{Command, Stdio};

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_stops_a_sync_cleanly_and_the_next_one_goes_on() {
    use schriftje_demo_portal::{Fault, FaultKind};
    let world = World::new().await;
    world.login("sanne", PASSWORD).await.json();
    // Older pages come slowly, so that there is something to stop.
    let slow = Fault::always(FaultKind::Latency { ms: 1_000 });
    let timeline = "/restservices-parent/timeline";
    world.portal.faults().add(slow.at(timeline).after(1));
    world.portal.clear_requests();
    let mut child = world.command(&["--json", "sync"]).spawn().unwrap();
    let asked = || {
        let requests = world.portal.requests();
        requests.iter().filter(|request| request.path_and_query.starts_with(timeline)).count()
    };
    until(&mut child, || asked() >= 2).await;
    let stopped = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(stopped.success());
    let stopped = finish(child).await;
    assert_eq!(stopped.code, Some(130), "{stopped:?}");
    let then: Value = serde_json::from_str(&stopped.stdout).unwrap();
    assert_eq!((&then["stopped"], &then["complete"]), (&true.into(), &false.into()));
    world.portal.faults().clear();

    // Killed outright, and then let finish.
    let mut child = world.command(&["--json", "sync"]).spawn().unwrap();
    let before = asked();
    until(&mut child, || asked() > before).await;
    child.kill().unwrap();
    child.wait().unwrap();
    let status = world.run(&["--json", "status"]).await.json();
    assert!(status["sync"]["cards"].as_u64() >= then["cards"].as_u64());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_stops_a_save_with_its_own_code_and_leaves_nothing_half() {
    let world = World::new().await;
    world.login("sanne", PASSWORD).await.json();
    let new = NewPhotos { count: Some(2), ..Default::default() };
    world.portal.nursery().post_photos(new).await.unwrap();
    // Reads the newest page; the pictures are not needed.
    let fault = schriftje_demo_portal::FaultKind::Status { status: 503 };
    let fault = schriftje_demo_portal::Fault::always(fault);
    world.portal.faults().add(fault.on(schriftje_demo_portal::Origin::Media));
    let mut sync = world.command(&["--json", "sync"]).spawn().unwrap();
    let pid = sync.id();
    while world.run(&["--json", "status"]).await.json()["sync"]["complete"] != true {
        assert!(sync.try_wait().unwrap().is_none(), "the sync ended early");
    }
    Command::new("kill").args(["-INT", &pid.to_string()]).status().unwrap();
    finish(sync).await;
    world.portal.faults().clear();

    let to = world.path("full");
    // No file of this process may grow beyond 512 KiB: the system's way to play a full disk.
    let mut limited = Command::new("sh");
    limited
        .args(["-c", "trap '' XFSZ; ulimit -f 1024; exec \"$0\" \"$@\""])
        .arg(env!("CARGO_BIN_EXE_schriftje-cli"))
        .arg("--data-dir")
        .arg(world.path("data"))
        .arg("--key-file")
        .arg(world.path("sleutel"))
        .args(["--json", "photos", "save", "--from", "2026-03-14", "--to"])
        .arg(&to)
        .env("HOME", world.path("home"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let full = finish(limited.spawn().unwrap()).await;
    assert_eq!((full.code, full.error()), (Some(7), "diskFull".into()), "{full:?}");
    assert_eq!(names(&to), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_save_that_is_killed_leaves_nothing_half_once_the_next_one_ran() {
    use schriftje_demo_portal::{Fault, FaultKind, Origin};
    let world = World::new().await;
    world.login("sanne", PASSWORD).await.json();
    let new = NewPhotos { count: Some(3), ..Default::default() };
    world.portal.nursery().post_photos(new).await.unwrap();
    // The newest page is enough.
    let media = || Fault::always(FaultKind::Latency { ms: 600_000 }).on(Origin::Media);
    world.portal.faults().add(media());
    let mut sync = world.command(&["--json", "sync"]).spawn().unwrap();
    while world.run(&["--json", "status"]).await.json()["sync"]["cards"] == 0 {
        assert!(sync.try_wait().unwrap().is_none(), "the sync ended early");
    }
    sync.kill().unwrap();
    sync.wait().unwrap();

    let to = world.path("killed");
    let day = "2026-03-14";
    let save =
        ["--json", "photos", "save", "--to", to.to_str().unwrap(), "--from", day, "--until", day];
    let mut killed = world.command(&save).spawn().unwrap();
    until(&mut killed, || !names(&to).is_empty()).await;
    killed.kill().unwrap();
    killed.wait().unwrap();
    world.portal.faults().clear();
    let saved = world.run(&save).await.json();
    assert_eq!((&saved["state"], &saved["failed"]), (&"done".into(), &0.into()));
    let left = names(&to);
    assert_eq!(saved["saved"], left.len());
    assert!(left.iter().all(|name| name.starts_with(day)), "{left:?}");
}
