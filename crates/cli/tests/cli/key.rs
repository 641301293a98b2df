//! Where the key lives.

use crate::world::{PASSWORD, World, finish, names};
use std::io::Write;
use std::process::{Command, Stdio};

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
