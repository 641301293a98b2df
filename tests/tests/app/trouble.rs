//! Trouble with the data folder: damaged, full, not to be written, of a newer version. Each is
//! told apart, what is here stays readable, and nothing is lost.

use crate::world::{PASSWORD, World, now, sync_texts, whole_timeline};
use schriftje_app::api::{Account, ErrorCode, SessionState, SignIn};
use schriftje_app::vault::{MemoryVault, Vault};
use schriftje_app::{App, AppOptions};
use schriftje_demo_portal::NewReport;
use schriftje_model::{AccountId, MediaId, MediaSize, TestClock};
use schriftje_store::Key;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn folder(world: &World, account: &Account) -> PathBuf {
    world.data().join("accounts").join(account.id.as_str())
}

async fn account(app: &App) -> Account {
    app.overview().await.unwrap().account.unwrap()
}

/// A device that has read everything, closed.
async fn read_and_closed(world: &World) -> (Account, usize) {
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let found = (account(&app).await, whole_timeline(&app).await.len());
    app.shutdown().await;
    found
}

fn damage(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    bytes[..4096].fill(0x5a);
    fs::write(path, bytes).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_account_is_signed_in_again_and_is_the_same_one() {
    let world = World::new().await;
    let (before, cards) = read_and_closed(&world).await;
    damage(&folder(&world, &before).join("account.db"));

    let app = world.app().await;
    let damaged = account(&app).await;
    assert_eq!(
        (&damaged.id, &damaged.portal, &damaged.username, damaged.session),
        (&before.id, &before.portal, &before.username, SessionState::Expired)
    );
    assert_eq!(whole_timeline(&app).await.len(), cards);
    assert_eq!(app.sync_now().await.unwrap_err().code, ErrorCode::SessionExpired);
    // With what the sign-in screen is filled with, in the parent's own way of writing.
    let form = SignIn { portal: damaged.portal, ..world.form("Sanne", PASSWORD) };
    let again = app.sign_in(form).await.unwrap();
    assert_eq!((&again.id, again.session), (&before.id, SessionState::SignedIn));
    assert_eq!(app.overview().await.unwrap().accounts.len(), 1);
    assert_eq!(whole_timeline(&app).await.len(), cards);
    app.sync_now().await.unwrap();
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_timeline_is_set_aside_told_and_read_anew() {
    let world = World::new().await;
    let (before, cards) = read_and_closed(&world).await;
    damage(&folder(&world, &before).join("cache.db"));

    let app = world.app().await;
    assert_eq!(account(&app).await.session, SessionState::SignedIn);
    let told = app.sync_status().await.unwrap().trouble.unwrap();
    assert_eq!(told.code, ErrorCode::DatabaseDamaged);
    assert!(folder(&world, &before).join("cache.db.damaged-1").is_file());
    sync_texts(&app).await;
    assert_eq!(whole_timeline(&app).await.len(), cards);
    app.shutdown().await;
}

/// Sets the schema version of a database; answers which it was.
fn set_version(path: &Path, key: &Key, to: u32) -> u32 {
    let connection = rusqlite::Connection::open(path).unwrap();
    let unlock = format!("PRAGMA key = \"x'{}'\";", key.to_hex().as_str());
    connection.execute_batch(&unlock).unwrap();
    let was = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    connection.pragma_update(None, "user_version", to).unwrap();
    was
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_version_is_told_and_its_data_waits_for_it() {
    let world = World::new().await;
    let (before, cards) = read_and_closed(&world).await;
    let key = world.vault.get(&before.id).await.unwrap().unwrap();
    let path = folder(&world, &before).join("cache.db");
    let known = set_version(&path, &key, 999);
    let bytes = fs::read(&path).unwrap();

    let app = world.app().await;
    assert_eq!(app.overview().await.unwrap_err().code, ErrorCode::DatabaseNewer);
    assert!(app.diagnostics().await.unwrap().contains("DatabaseNewer"));
    app.shutdown().await;
    drop(app);
    assert!(fs::read(&path).unwrap() == bytes);

    set_version(&path, &key, known);
    let app = world.app().await;
    assert_eq!(account(&app).await, before);
    assert_eq!(whole_timeline(&app).await.len(), cards);
    app.shutdown().await;
}

#[cfg(unix)]
mod elsewhere {
    use super::*;
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;

    const TOLD: &str = "SCHRIFTJE_TROUBLE";

    /// What the other process is told: the data folder, the account and its key, a photo whose
    /// medium size is not here, how many cards are, and what it meets.
    type Told = (PathBuf, String, String, String, usize, String);

    /// The app in a process that has no room, or no rights. Only does something for the tests
    /// below.
    #[tokio::test(flavor = "multi_thread")]
    async fn somebody_in_trouble() {
        let Ok(told) = std::env::var(TOLD) else { return };
        let (data_dir, id, key, photo, cards, code): Told = serde_json::from_str(&told).unwrap();
        let id = AccountId::from(id);
        let vault = MemoryVault::default();
        vault.set(&id, &Key::from_hex(&key).unwrap()).await.unwrap();
        let app = App::start(AppOptions {
            picture_dir: data_dir.join("nowhere"),
            data_dir,
            vault: Arc::new(vault),
            clock: Arc::new(TestClock::at(now())),
            ca_pem: None,
            background: false,
        })
        .await
        .unwrap();
        assert_eq!(account(&app).await.id, id);
        assert_eq!(whole_timeline(&app).await.len(), cards);
        // It cannot be kept, and is seen all the same.
        let picture = app.media(id, MediaId(photo), MediaSize::Medium).await.unwrap();
        assert!(picture.bytes.len() > 1000);
        let trouble = app.sync_status().await.unwrap().trouble.unwrap();
        assert_eq!(format!("{:?}", trouble.code), code);
        let refused = app.sync_now().await.unwrap_err();
        assert_eq!(format!("{:?}", refused.code), code);
        assert_eq!(whole_timeline(&app).await.len(), cards);
        app.shutdown().await;
        println!("all of it holds");
    }

    /// A device with something new at the portal, and what to tell the other process.
    async fn prepared(world: &World, code: ErrorCode) -> Told {
        let (account, cards) = read_and_closed(world).await;
        let key = world.vault.get(&account.id).await.unwrap().unwrap();
        let app = world.app().await;
        let timeline = whole_timeline(&app).await;
        let photo = timeline.iter().find_map(|card| card.photos.first()).unwrap().id.0.clone();
        app.shutdown().await;
        for _ in 0..12 {
            world.portal.nursery().post_report(NewReport::default()).await.unwrap();
        }
        let id = account.id.as_str().to_owned();
        (world.data(), id, key.to_hex().to_string(), photo, cards, format!("{code:?}"))
    }

    fn run(world: &World, command: &mut Command, told: &Told) {
        let output = command
            .args(["--exact", "trouble::elsewhere::somebody_in_trouble", "--nocapture"])
            .env(TOLD, serde_json::to_string(told).unwrap())
            .current_dir(world.dir.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let failed = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("all of it holds"), "{said}{failed}");
    }

    /// All is well again: what was here still is, and what was new comes.
    async fn goes_on(world: &World, cards: usize) {
        let app = world.app().await;
        assert_eq!(whole_timeline(&app).await.len(), cards);
        let status = app.sync_now().await.unwrap();
        assert!(status.trouble.is_none(), "{status:?}");
        assert!(whole_timeline(&app).await.len() > cards);
        app.shutdown().await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_full_disk_is_told_and_pictures_are_seen_that_cannot_be_kept() {
        let world = World::new().await;
        let told = prepared(&world, ErrorCode::DiskFull).await;
        // No file may grow beyond 36 kB, which is room for little more than an index.
        let mut shell = Command::new("sh");
        shell.args(["-c", "trap '' XFSZ; ulimit -f 72; exec \"$0\" \"$@\""]);
        run(&world, shell.arg(std::env::current_exe().unwrap()), &told);
        goes_on(&world, told.4).await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_folder_without_rights_is_told_and_can_be_read() {
        let world = World::new().await;
        let told = prepared(&world, ErrorCode::DataFolderReadOnly).await;
        let paths = below(&world.data());
        let set = |file: u32, dir: u32| {
            for path in &paths {
                let mode = if path.is_dir() { dir } else { file };
                fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
            }
        };
        set(0o444, 0o555);
        fs::set_permissions(world.dir.path(), Permissions::from_mode(0o755)).unwrap();
        let this = std::env::current_exe().unwrap();
        let probe = world.data().join("probe");
        // Root may write everywhere, so it becomes nobody first.
        let mut command = if fs::write(&probe, "x").is_ok() {
            fs::remove_file(&probe).unwrap();
            let copy = world.dir.path().join("test");
            fs::copy(&this, &copy).unwrap();
            let mut command = Command::new("setpriv");
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(copy);
            command
        } else {
            Command::new(this)
        };
        run(&world, &mut command, &told);
        set(0o600, 0o700);
        goes_on(&world, told.4).await;
    }

    /// A folder and everything below it.
    fn below(folder: &Path) -> Vec<PathBuf> {
        let mut found = vec![folder.to_owned()];
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            found.extend(if path.is_dir() { below(&path) } else { vec![path] });
        }
        found
    }
}
