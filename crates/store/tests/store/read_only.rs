//! A data folder that really cannot be written: refused with a clear word, and readable.

use crate::sample::{day, key, open, photo_card};
use schriftje_store::{OpenMode, Store, StoreError, TimelineQuery};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use tempfile::tempdir;

const FOLDER: &str = "SCHRIFTJE_READ_ONLY_FOLDER";

/// Runs as somebody without rights there. Only does something for the test below.
#[tokio::test]
async fn somebody_without_rights() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let folder = Path::new(&folder);
    assert!(fs::write(folder.join("probe"), "x").is_err(), "the folder can be written");
    let refused = Store::open(folder, &key(), OpenMode::Existing).await.unwrap_err();
    assert_eq!(refused, StoreError::ReadOnly);
    let opened = Store::open(folder, &key(), OpenMode::ReadOnly).await.unwrap();
    let query = TimelineQuery { limit: 100, ..TimelineQuery::default() };
    assert_eq!(opened.store.timeline(query).await.unwrap().cards.len(), 1);
    let refused = opened.store.set_children(vec![]).await.unwrap_err();
    assert_eq!(refused, StoreError::ReadOnly);
    println!("all of it holds");
}

#[tokio::test]
async fn a_folder_without_rights_is_told_and_can_be_read() {
    let outer = tempdir().unwrap();
    let folder = outer.path().join("account");
    let store = open(&folder).await;
    store.apply_timeline_page(vec![photo_card("c", day(1), &["noortje"], &[])]).await.unwrap();
    store.close().await;
    for entry in fs::read_dir(&folder).unwrap() {
        fs::set_permissions(entry.unwrap().path(), Permissions::from_mode(0o444)).unwrap();
    }
    fs::set_permissions(&folder, Permissions::from_mode(0o555)).unwrap();
    fs::set_permissions(outer.path(), Permissions::from_mode(0o755)).unwrap();

    let this = std::env::current_exe().unwrap();
    let probe = folder.join("probe");
    // Root may write everywhere, so it becomes nobody first.
    let mut command = if fs::write(&probe, "x").is_ok() {
        fs::remove_file(&probe).unwrap();
        let copy = outer.path().join("test");
        fs::copy(&this, &copy).unwrap();
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(copy);
        command
    } else {
        Command::new(this)
    };
    let output = command
        .args(["--exact", "read_only::somebody_without_rights", "--nocapture"])
        .env(FOLDER, &folder)
        .current_dir(outer.path())
        .output()
        .unwrap();
    fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("all of it holds"), "{said}{}", String::from_utf8_lossy(&output.stderr));
}
