//! The terminal program as a real process, at a real portal.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

use schriftje_demo_portal::{NewPaper, NewPhotos, Options, PlacesSet, Running, Size, start};
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const PASSWORD: &str = "welkom-demo";

/// A portal and a device without a credential store.
struct World {
    portal: Running,
    dir: tempfile::TempDir,
}

impl World {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let options = Options::new(dir.path().join("portal"), Size::Small);
        let now = Some("2026-03-14T15:00:00Z".parse().unwrap());
        let portal = start(Options { now, ..options }).await.unwrap();
        Self { portal, dir }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_schriftje-cli"));
        command
            .env("LANG", "nl_NL.UTF-8")
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .env("HOME", self.path("home"))
            .arg("--data-dir")
            .arg(self.path("data"))
            .arg("--key-file")
            .arg(self.path("sleutel"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    async fn run(&self, arguments: &[&str]) -> Answer {
        self.run_with(arguments, "").await
    }

    async fn run_with(&self, arguments: &[&str], input: &str) -> Answer {
        let mut child = self.command(arguments).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        finish(child).await
    }

    async fn login(&self, user: &str, password: &str) -> Answer {
        let portal = self.portal.portal.to_string();
        let login = ["--json", "login", "--portal", &portal, "--user", user, "--password-stdin"];
        self.run_with(&login, &format!("{password}\n")).await
    }
}

/// Waits away from the runtime, on which the portal answers.
async fn finish(child: std::process::Child) -> Answer {
    let done = tokio::task::spawn_blocking(move || child.wait_with_output()).await;
    Answer::from(done.unwrap().unwrap())
}

/// Waits until something is seen, for as long as the process that brings it about lives.
async fn until(child: &mut std::process::Child, seen: impl Fn() -> bool) {
    while !seen() {
        let ended = child.try_wait().unwrap();
        assert!(ended.is_none() || seen(), "the process ended early: {ended:?}");
        tokio::task::yield_now().await;
    }
}

/// What a script sees.
#[derive(Debug)]
struct Answer {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Answer {
    fn json(&self) -> Value {
        assert_eq!(self.code, Some(0), "{self:?}");
        serde_json::from_str(&self.stdout).unwrap()
    }

    fn error(&self) -> Value {
        let error: Value = serde_json::from_str(&self.stderr).expect(&self.stderr);
        error["error"]["code"].clone()
    }
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

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

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_sign_in_says_why_by_code_and_by_exit_code() {
    let world = World::new().await;
    let wrong = world.login("sanne", "fout").await;
    assert_eq!((wrong.code, wrong.error()), (Some(4), "wrongPassword".into()));
    let empty = world.login("sanne", "").await;
    assert_eq!((empty.code, empty.error()), (Some(2), "signInIncomplete".into()));
    let reset = world.login("resetten", PASSWORD).await;
    assert_eq!((reset.code, reset.error()), (Some(4), "mustResetPassword".into()));
    let address = ["login", "--portal", "geen adres!", "--user", "sanne", "--password-stdin"];
    let address = world.run_with(&address, "x\n").await;
    assert_eq!(address.code, Some(2));
    assert_eq!(address.stderr.trim(), "Dit is geen portaaladres");
    // A password as an argument is not even understood.
    let argument = world.run(&["login", "--portal", "x", "--user", "y", "--password", "z"]).await;
    assert_eq!(argument.code, Some(2));
    assert_eq!(world.run(&["logout"]).await.code, Some(3));
    assert_eq!(names(&world.path("data")), Vec::<String>::new());
}

#[cfg(unix)]
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

#[cfg(unix)]
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

#[cfg(unix)]
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

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn the_key_lives_in_the_credential_store_and_goes_with_the_account() {
    let world = World::new().await;
    let script = r#"
        echo | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
        cli() { "$CLI" --data-dir "$DATA" --json "$@"; }
        echo welkom-demo | cli login --portal "$PORTAL" --user sanne --password-stdin || exit 20
        cli status || exit 21
        secret-tool search --all service nl.schriftje.app >"$FOUND" 2>&1
        cli logout || exit 22
        secret-tool search --all service nl.schriftje.app >"$LEFT" 2>&1
        exit 0
    "#;
    let (found, left) = (world.path("found"), world.path("left"));
    let mut session = Command::new("dbus-run-session");
    session
        .args(["--", "sh", "-c", script])
        .env("CLI", env!("CARGO_BIN_EXE_schriftje-cli"))
        .env("DATA", world.path("data"))
        .env("PORTAL", world.portal.portal.as_str())
        .env("FOUND", &found)
        .env("LEFT", &left)
        .env("HOME", world.path("home"))
        .env("XDG_DATA_HOME", world.path("home/share"))
        .env("XDG_RUNTIME_DIR", world.path("home"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    std::fs::create_dir_all(world.path("home/share")).unwrap();
    let child = session.spawn().expect("dbus-run-session and gnome-keyring must be installed");
    let answer = finish(child).await;
    assert_eq!(answer.code, Some(0), "{answer:?}");
    let found = std::fs::read_to_string(found).unwrap();
    assert_eq!(found.matches("secret = ").count(), 1, "{found}");
    assert!(!found.contains("sanne") && !found.contains(PASSWORD));
    let left = std::fs::read_to_string(left).unwrap();
    assert!(!left.contains("secret = "), "{left}");
    assert_eq!(names(&world.path("data")), Vec::<String>::new());
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn without_a_credential_store_no_password_is_sent() {
    let world = World::new().await;
    let mut login = Command::new(env!("CARGO_BIN_EXE_schriftje-cli"));
    login
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
        .env("HOME", world.path("home"))
        .arg("--data-dir")
        .arg(world.path("data"))
        .args(["--json", "login", "--portal", world.portal.portal.as_str()])
        .args(["--user", "sanne", "--password-stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = login.spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"welkom-demo\n").unwrap();
    let answer = finish(child).await;
    assert_eq!((answer.code, answer.error()), (Some(7), "noCredentialStore".into()));
    assert!(world.portal.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_without_a_network_waits_and_the_next_sync_sends_it() {
    use schriftje_demo_portal::{Fault, FaultKind};
    let world = World::new().await;
    world.login("sanne", PASSWORD).await.json();
    world.run(&["--json", "sync"]).await.json();
    let children = world.run(&["--json", "children"]).await.json();
    let child = children[0]["child"]["firstName"].as_str().unwrap().to_owned();
    let photo = world.path("foto.jpg");
    image::RgbImage::from_pixel(64, 48, image::Rgb([90, 160, 90])).save(&photo).unwrap();
    let photo = photo.to_string_lossy().into_owned();
    // Nothing gets through.
    world.portal.faults().add(Fault::always(FaultKind::Reset));

    let subject = "Vrijdag eerder ophalen";
    let message = ["--json", "messages", "send", "--child", &child, "--subject", subject];
    let text = ["--text", "Om drie uur, door oma.", "--photo", &photo];
    let sent = world.run(&[&message[..], &text].concat()).await.json();
    assert_eq!((&sent["state"], sent["files"].as_array().unwrap().len()), (&"queued".into(), 1));
    let day = "2026-03-14";
    let diary = ["--json", "diary", "write", "--child", &child, "--text", "Een tand eruit!"];
    let diary = [&diary[..], &["--day", day]].concat();
    assert_eq!(world.run(&diary).await.json()["state"], "queued");
    let waiting = world.run(&["--json", "outbox", "list"]).await.json();
    assert_eq!(waiting.as_array().unwrap().len(), 2);
    // It is not thrown away unasked.
    let refused = world.run(&["--json", "logout"]).await;
    assert_eq!((refused.code, refused.error()), (Some(11), "unsent".into()));

    world.portal.faults().clear();
    world.run(&["--json", "sync"]).await.json();
    assert_eq!(world.run(&["--json", "outbox", "list"]).await.json(), serde_json::json!([]));
    let truth = world.portal.nursery().truth(Some("sanne")).await.unwrap();
    let there = truth.conversations.iter().filter(|one| one.subject == subject);
    let messages: Vec<_> = there.flat_map(|one| &one.messages).collect();
    assert_eq!((messages.len(), messages[0].photos), (1, 1));
    assert_eq!(
        truth
            .entries_of_parents()
            .filter(|card| {
                card.html.as_deref().is_some_and(|html| html.contains("Een tand eruit!"))
            })
            .count(),
        1
    );

    // Read, answered and found again.
    let list = world.run(&["--json", "messages", "list", "--limit", "5"]).await.json();
    let ours = list.as_array().unwrap().iter().find(|one| one["subject"] == subject).unwrap();
    let id = ours["id"].as_str().unwrap();
    world.run(&["--json", "messages", "reply", id, "--text", "Of toch half vier."]).await;
    let thread = world.run(&["--json", "messages", "show", id]).await.json();
    assert_eq!(thread["messages"].as_array().unwrap().len(), 2);
    let found = world.run(&["--json", "search", "ophaal"]).await.json();
    assert!(found.as_array().unwrap().iter().any(|one| one["place"]["conversation"] == id));
    // Something wrong is told, and nothing waits.
    let empty = world.run(&["--json", "messages", "reply", id, "--text", "  "]).await;
    assert_eq!((empty.code, empty.error()), (Some(2), "textEmpty".into()));
    let gone = world.path("weg.jpg").to_string_lossy().into_owned();
    let diary = ["--json", "diary", "write", "--child", &child, "--photo", &gone];
    let gone = world.run(&diary).await;
    assert_eq!((gone.code, gone.error()), (Some(2), "fileNotTaken".into()));
    let elsewhere = [&message[..], &["--group", "Nergens", "--text", "Hoi"]].concat();
    let elsewhere = world.run(&elsewhere).await;
    assert_eq!((elsewhere.code, elsewhere.error()), (Some(2), "groupMissing".into()));
    let many: Vec<&str> = std::iter::repeat_n(["--photo", &photo], 21).flatten().collect();
    let many = world.run(&[&diary[..5], &many].concat()).await;
    assert_eq!((many.code, many.error()), (Some(2), "tooManyFiles".into()));
    assert_eq!(world.run(&["--json", "outbox", "list"]).await.json(), serde_json::json!([]));
    // What the organisation refuses ends with a code of its own, and stands in the outbox.
    world.portal.nursery().close_conversation(id, true).await.unwrap();
    let refused = world.run(&["--json", "messages", "reply", id, "--text", "Toch niet."]).await;
    assert_eq!(refused.code, Some(12), "{}", refused.stderr);
    // A script that wrote without a network hears it from `sync`.
    assert_eq!(world.run(&["--json", "sync"]).await.code, Some(12));
    let outbox = world.run(&["--json", "outbox", "list"]).await.json();
    let [write] = &outbox.as_array().unwrap()[..] else { panic!("{outbox}") };
    let known = (&write["state"], &write["reasonCode"]);
    assert_eq!(known, (&"refused".into(), &"conversation-closed".into()));
    world.run(&["outbox", "withdraw", write["id"].as_str().unwrap()]).await;
    world.run(&["logout"]).await;
    assert_eq!(names(&world.path("data").join("accounts")), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_writes_the_planning_for_calendar_programs() {
    let world = World::new().await;
    let file = world.path("opvang.ics");
    let to = file.to_str().unwrap();
    let nobody = world.run(&["--json", "calendar", "export", "--to", to]).await;
    assert_eq!((nobody.code, nobody.error()), (Some(3), "notSignedIn".into()));
    world.login("sanne", PASSWORD).await.json();
    let exported = world.run(&["--json", "calendar", "export", "--to", to]).await.json();
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(exported["events"], text.matches("BEGIN:VEVENT").count());
    let nowhere = world.path("weg/opvang.ics");
    let nowhere = nowhere.to_str().unwrap();
    let refused = world.run(&["--json", "calendar", "export", "--to", nowhere]).await;
    assert_eq!((refused.code, refused.error()), (Some(7), "folderNotWritable".into()));
    let turned = ["--from", "2026-03-16", "--until", "2026-03-15"];
    let turned =
        world.run(&[&["--json", "calendar", "export", "--to", to], &turned[..]].concat()).await;
    assert_eq!((turned.code, turned.error()), (Some(2), "periodNotAllowed".into()));
    // A reason that is none never reaches the app.
    let absence =
        ["request", "absence", "--child", "Noortje", "--from", "2026-03-16", "--reason", "moe"];
    assert_eq!(world.run(&absence).await.code, Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_reports_an_absence_and_cancels_it_by_what_the_agenda_says() {
    let dir = tempfile::tempdir().unwrap();
    let portal = start(Options::new(dir.path().join("portal"), Size::Small)).await.unwrap();
    let world = World { portal, dir };
    world.login("sanne", PASSWORD).await.json();
    world.run(&["sync"]).await;
    let planned = world.run(&["--json", "agenda"]).await.json();
    // Far enough away that it is no matter of minutes.
    let day = planned["days"].as_array().unwrap().iter().skip(4).find(|day| {
        day["slots"]
            .as_array()
            .unwrap()
            .iter()
            .any(|slot| slot["childName"] == "Noortje" && slot["attendance"] == "attend")
    });
    let day = day.unwrap()["day"].as_str().unwrap().to_owned();
    let report =
        ["request", "absence", "--child", "Noortje", "--from", &day, "--reason", "vakantie"];
    let told = world.run(&[&["--json"], &report[..]].concat()).await;
    assert_eq!(told.code, Some(0), "{told:?}");
    let listed = || async { world.run(&["--json", "requests", "list"]).await.json() };
    let newest = listed().await[0].clone();
    assert_eq!((&newest["kind"], &newest["reason"]), (&"absence".into(), &"holiday".into()));
    let line = &newest["lines"][0];
    assert_eq!((&line["from"], &line["status"]), (&day.clone().into(), &"registered".into()));
    let absent = world.run(&["--json", "agenda", "--from", &day, "--until", &day]).await.json();
    assert!(absent.to_string().contains("\"absent\""));

    let again = world.run(&[&["--json"], &report[..]].concat()).await;
    assert_ne!(again.code, Some(0), "nothing is left to report");
    let id = newest["id"].as_str().unwrap();
    let cancelled = world.run(&["--json", "requests", "cancel", id]).await.json();
    assert_eq!(cancelled["lines"][0]["status"], "cancelled");
    let back = world.run(&["--json", "agenda", "--from", &day, "--until", &day]).await.json();
    assert!(!back.to_string().contains("\"absent\""));
}

/// A device that has read the planning, at the time it is.
async fn read_now() -> World {
    let dir = tempfile::tempdir().unwrap();
    let portal = start(Options::new(dir.path().join("portal"), Size::Small)).await.unwrap();
    let world = World { portal, dir };
    read_planning(&world, "sanne").await;
    world
}

/// Signs in and reads the planning; the pictures are not needed.
async fn read_planning(world: &World, user: &str) {
    use schriftje_demo_portal::{Fault, FaultKind, Origin};
    world.login(user, PASSWORD).await.json();
    let slow = Fault::always(FaultKind::Latency { ms: 600_000 });
    world.portal.faults().add(slow.on(Origin::Media));
    let mut sync = world.command(&["--json", "sync"]).spawn().unwrap();
    while planned_days(world).await.len() < 6 || newest_request(world).await.is_null() {
        assert!(sync.try_wait().unwrap().is_none(), "the sync ended early");
    }
    sync.kill().unwrap();
    sync.wait().unwrap();
    world.portal.faults().clear();
}

/// The days to come on which Noortje is expected.
async fn planned_days(world: &World) -> Vec<String> {
    let planned = world.run(&["--json", "agenda"]).await.json();
    let expected = |day: &&Value| {
        let slots = day["slots"].as_array().unwrap();
        slots.iter().any(|slot| slot["attendance"] == "attend")
    };
    let days = planned["days"].as_array().unwrap().iter().filter(expected);
    days.map(|day| day["day"].as_str().unwrap().to_owned()).collect()
}

/// One of them more than a week away.
async fn planned_day(world: &World) -> String {
    planned_days(world).await.swap_remove(5)
}

/// The first day after `after` on which the command is possible, with `DAY` in its place.
async fn possible_day(world: &World, after: &str, command: &[&str]) -> String {
    let after: chrono::NaiveDate = after.parse().unwrap();
    for day in after.iter_days().skip(1).take(60) {
        let day = day.to_string();
        if world.run(&asked(command, &day, &["--dry-run"])).await.code == Some(0) {
            return day;
        }
    }
    panic!("nothing is possible in two months");
}

fn asked<'a>(command: &[&'a str], day: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let named = command.iter().map(|word| if *word == "DAY" { day } else { word });
    named.chain(more.iter().copied()).collect()
}

async fn newest_request(world: &World) -> Value {
    world.run(&["--json", "requests", "list"]).await.json()[0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_asks_for_a_day_hears_its_price_first_and_why_it_cannot_be() {
    let world = read_now().await;
    let ask = ["request", "day", "--child", "Noortje", "--day", "DAY", "--part", "Ochtend"];
    let json_ask = [&["--json"], &ask[..]].concat();
    let planned = planned_day(&world).await;
    let before = newest_request(&world).await;
    let day = possible_day(&world, &planned, &ask).await;
    let worth = world.run(&asked(&json_ask, &day, &["--dry-run"])).await.json();
    let cents = worth["cents"].as_u64().unwrap();
    assert_eq!(worth["lines"][0]["payment"]["by"], "invoice");
    let price = format!("€ {},{:02}", cents / 100, cents % 100);
    let told = world.run(&asked(&ask, &day, &["--dry-run"])).await;
    assert!(cents > 0 && told.stdout.contains(&price), "{told:?}");
    assert_eq!(newest_request(&world).await, before, "nothing is sent to hear a price");

    let sent = world.run(&asked(&ask, &day, &["--remark", "Oma is jarig"])).await;
    assert_eq!(sent.code, Some(0), "{sent:?}");
    let newest = newest_request(&world).await;
    assert_eq!((&newest["kind"], &newest["remark"]), (&"extra".into(), &"Oma is jarig".into()));
    let line = &newest["lines"][0];
    assert_eq!((&line["from"], &line["status"]), (&day.clone().into(), &"asked".into()));
    assert_eq!(line["payments"][0]["cents"], cents);

    // The same once more, a day on which she comes already, and one on which the group is full.
    let full = possible_day(&world, &day, &ask).await;
    let no_places = PlacesSet {
        group: "Hamsters".to_owned(),
        day: full.parse().unwrap(),
        part: "ochtend".to_owned(),
        places: 0,
    };
    world.portal.nursery().set_places(no_places).await.unwrap();
    for not in [&day, &planned, &full] {
        let refused = world.run(&asked(&json_ask, not, &[])).await;
        assert_eq!((refused.code, refused.error()), (Some(2), "periodNotAllowed".into()), "{not}");
        let error: Value = serde_json::from_str(&refused.stderr).unwrap();
        assert!(!error["error"]["portalSays"].as_str().unwrap().is_empty(), "{error}");
    }
    let unknown = world.run(&asked(&json_ask, "2027-02-29", &[])).await;
    assert_eq!(unknown.code, Some(2), "there is no such day");
    assert_eq!(newest_request(&world).await["id"], newest["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_swaps_a_day_and_hears_what_lapses_and_what_cannot_be() {
    let world = read_now().await;
    let give = planned_day(&world).await;
    let ask = ["request", "swap", "--child", "Noortje", "--give", &give, "--day", "DAY"];
    let ask = [&ask[..], &["--part", "Ochtend"]].concat();
    let json_ask = [&["--json"], &ask[..]].concat();
    let day = possible_day(&world, &give, &ask).await;
    let told = world.run(&asked(&ask, &day, &["--dry-run"])).await;
    assert!(told.stdout.contains("vervalt"), "{told:?}");

    // A day on which she comes already; and giving in a day on which she does not come.
    let refused = world.run(&asked(&json_ask, &give, &[])).await;
    assert_eq!((refused.code, refused.error()), (Some(2), "periodNotAllowed".into()));
    let nothing = ["--json", "request", "swap", "--child", "Noortje", "--give", &day, "--day"];
    let nothing = [&nothing[..], &[&day, "--part", "Ochtend"]].concat();
    let refused = world.run(&nothing).await;
    assert_eq!((refused.code, refused.error()), (Some(2), "nothingChosen".into()));

    let sent = world.run(&asked(&ask, &day, &["--expires", &day, "--whole"])).await;
    assert_eq!(sent.code, Some(0), "{sent:?}");
    let newest = newest_request(&world).await;
    assert_eq!((&newest["kind"], &newest["whole"]), (&"swap".into(), &true.into()));
    assert_eq!(newest["expiresOn"], day);
    let line = &newest["lines"][0];
    assert_eq!((&line["from"], &line["status"]), (&day.clone().into(), &"asked".into()));
    assert_eq!(line["given"][0]["day"], give);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_organisation_refuses_ends_with_its_reason_and_a_code_of_its_own() {
    let world = read_now().await;
    let day = planned_day(&world).await;
    // The other parent tells it first, on another device.
    let report = ["request", "absence", "--child", "Noortje", "--from", &day, "--reason", "ziek"];
    let other = World { dir: tempfile::tempdir().unwrap(), portal: world.portal };
    read_planning(&other, "joris").await;
    assert_eq!(other.run(&report).await.code, Some(0));
    let world = World { dir: world.dir, portal: other.portal };
    let refused = world.run(&report).await;
    assert_eq!(refused.code, Some(12), "{refused:?}");
    let kept = world.run(&["--json", "outbox", "list"]).await.json();
    assert_eq!(
        (&kept[0]["state"], &kept[0]["reasonCode"]),
        (&"refused".into(), &"already-absent".into())
    );
    let reason = kept[0]["reason"].as_str().unwrap();
    assert!(refused.stdout.contains(reason), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_saves_invoices_and_is_told_of_what_is_no_document() {
    let world = World::new().await;
    world.login("sanne", PASSWORD).await.json();
    world.run(&["--json", "sync"]).await.json();
    let listed = world.run(&["--json", "documents", "--kind", "factuur", "--year", "2026"]).await;
    let listed = listed.json().as_array().unwrap().len();
    assert!(listed > 0);
    let text = world.run(&["documents", "--year", "2026"]).await;
    assert!(text.stdout.contains("2026-03-01  factuur  Factuur maart 2026"), "{text:?}");
    let to = world.path("Facturen");
    let to = to.to_str().unwrap();
    let save = ["--json", "documents", "save", "--to", to, "--kind", "factuur", "--year", "2026"];
    let saved = world.run(&save).await.json();
    assert_eq!((&saved["saved"], &saved["failed"]), (&listed.into(), &0.into()));
    assert!(names(Path::new(to)).contains(&"2026-03-01 Factuur maart 2026.pdf".to_owned()));
    assert_eq!(world.run(&save).await.json()["already"], listed, "nothing twice");

    let program = NewPaper {
        kind: "invoice",
        subject: "Factuur.pdf".to_owned(),
        day: "2026-03-02".parse().unwrap(),
        bytes: Some(b"MZ I am a program".to_vec()),
    };
    world.portal.nursery().put_paper(program).await.unwrap();
    // A device that has read nothing yet.
    let other = World { portal: world.portal, dir: tempfile::tempdir().unwrap() };
    other.login("sanne", PASSWORD).await.json();
    other.run(&["--json", "sync"]).await.json();
    let broken = other.run(&save).await;
    assert_eq!((broken.code, broken.error()), (Some(8), "notADocument".into()));
    assert_eq!(names(Path::new(to)).len(), listed);
}
