//! The planning in the parent's own calendar: a file, and an address on this device.

use crate::world::{World, files};
use schriftje_app::api::ErrorCode;
use std::io::ErrorKind;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The status a calendar program gets at that address; none when nobody answers.
async fn status(url: &str) -> Option<u16> {
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = match TcpStream::connect(host).await {
        Ok(stream) => stream,
        Err(error) if error.kind() == ErrorKind::ConnectionRefused => return None,
        Err(error) => panic!("{error}"),
    };
    let request = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    Some(answer.split(' ').nth(1).unwrap().parse().unwrap())
}

/// Waits until it is so; what brings it about runs beside this test.
async fn until(url: &str, wanted: Option<u16>) {
    while status(url).await != wanted {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_calendars_address_stays_over_a_restart_and_ends_with_the_switch_or_the_account() {
    let world = World { background: true, ..World::new().await };
    let app = world.signed_in().await;
    assert!(!app.calendar_feed().await.unwrap().on);
    let given = app.set_calendar_feed(true).await.unwrap();
    let url = given.url.clone().unwrap();
    assert_eq!(status(&url).await, Some(200));
    assert_eq!(app.set_calendar_feed(true).await.unwrap(), given, "switched on it stays");
    app.shutdown().await;
    assert_eq!(status(&url).await, None);

    let app = world.app().await;
    assert_eq!(app.calendar_feed().await.unwrap(), given);
    until(&url, Some(200)).await;
    let secret = url.split('/').nth(3).unwrap();
    for (path, bytes) in files(&world.data()) {
        let told = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!told, "the secret can be read in {}", path.display());
    }

    let off = app.set_calendar_feed(false).await.unwrap();
    assert!(!off.on && off.url.is_none());
    assert_eq!(status(&url).await, None);
    let anew = app.set_calendar_feed(true).await.unwrap().url.unwrap();
    assert_ne!(anew.split('/').nth(3).unwrap(), secret);
    let account = app.overview().await.unwrap().account.unwrap();
    app.sign_out(account.id, false).await.unwrap();
    until(&anew, None).await;
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_that_cannot_be_written_says_what_is_wrong() {
    let world = World::new().await;
    let app = world.signed_in().await;
    let file = world.dir.path().join("opvang.ics");
    let exported = app.export_calendar(file.clone(), None, None).await.unwrap();
    assert_eq!(exported.file, file.display().to_string());
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(text.matches("BEGIN:VEVENT").count(), exported.events as usize);
    let export = async |to: &std::path::Path, from: Option<&str>, until: Option<&str>| {
        let day = |day: &str| day.parse().unwrap();
        let written = app.export_calendar(to.to_owned(), from.map(day), until.map(day)).await;
        written.unwrap_err().code
    };
    let no_folder = world.dir.path().join("weg/opvang.ics");
    assert_eq!(export(&no_folder, None, None).await, ErrorCode::FolderNotWritable);
    assert_eq!(export("opvang.ics".as_ref(), None, None).await, ErrorCode::FolderNotWritable);
    assert_eq!(export(world.dir.path(), None, None).await, ErrorCode::FolderNotWritable);
    let turned = export(&file, Some("2026-03-16"), Some("2026-03-15")).await;
    assert_eq!(turned, ErrorCode::PeriodNotAllowed);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text, "the file that was there stays");
}
