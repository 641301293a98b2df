//! The calendar as a calendar program on this device gets it.

use super::book::Book;
use super::feed::{Feeds, address, new_place};
use super::planned::sample::slot;
use crate::api::{DayRange, Settings};
use schriftje_model::{CareSlot, TestClock};
use schriftje_store::{AccountRecord, FeedPlace, Key, OpenMode, SessionState, Store};
use secrecy::ExposeSecret;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

struct Given {
    feeds: Feeds,
    book: Book,
    place: FeedPlace,
    _folder: tempfile::TempDir,
}

impl Given {
    async fn out() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = Key::from_bytes([7; 32]);
        let store = Store::open(folder.path(), &key, OpenMode::Create).await.unwrap().store;
        let account = AccountRecord {
            id: "a".into(),
            portal: "https://boomhut.example".into(),
            username: "sanne".into(),
            parent_name: None,
            email: None,
            organisation: Some("De Boomhut".into()),
            session: SessionState::SignedIn,
            device: String::new(),
        };
        store.save_account(account).await.unwrap();
        let clock = TestClock::at("2026-03-14T15:00:00Z".parse().unwrap());
        let settings = Arc::new(std::sync::Mutex::new(Settings::default()));
        let book = Book { store, clock: Arc::new(clock), settings };
        book.note(march(), &[slot("noortje", "2026-03-16", 6)]).await.unwrap();
        let (listener, place) = new_place().await.unwrap();
        let feeds = Feeds::default();
        let closed = CancellationToken::new();
        feeds.start("a".into(), Some(listener), place.clone(), book.clone(), &closed).await;
        Self { feeds, book, place, _folder: folder }
    }

    fn path(&self) -> String {
        format!("/{}/opvang.ics", self.place.secret.expose_secret())
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.place.port)
    }

    async fn ask(&self, method: &str, path: &str, host: &str, more: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.place.port)).await.unwrap();
        let request = format!("{method} {path} HTTP/1.1\r\n{host}Connection: close\r\n{more}\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        Answer { head: head.to_lowercase(), body: body.to_owned() }
    }

    async fn get(&self, more: &str) -> Answer {
        self.ask("GET", &self.path(), &format!("Host: {}\r\n", self.host()), more).await
    }
}

struct Answer {
    head: String,
    body: String,
}

impl Answer {
    fn status(&self) -> u16 {
        self.head.split(' ').nth(1).unwrap().parse().unwrap()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")))
    }
}

fn march() -> DayRange {
    DayRange { from: "2026-03-01".parse().unwrap(), until: "2026-03-31".parse().unwrap() }
}

#[tokio::test]
async fn a_calendar_program_gets_the_calendar_and_no_page_of_another_site_may() {
    let given = Given::out().await;
    assert_eq!(address(&given.place), format!("http://{}{}", given.host(), given.path()));
    let got = given.get("Origin: https://elders.example\r\n").await;
    assert_eq!(
        (got.status(), got.header("content-type")),
        (200, Some("text/calendar; charset=utf-8"))
    );
    assert!(got.body.contains("SUMMARY:Noortje – opvang"), "{}", got.body);
    assert_eq!(got.header("last-modified"), Some("sat, 14 mar 2026 15:00:00 gmt"));
    assert!(!got.head.contains("access-control"), "{}", got.head);
    let local = format!("Host: localhost:{}\r\n", given.place.port);
    assert_eq!(given.ask("GET", &given.path(), &local, "").await.status(), 200);
    let head = given.ask("HEAD", &given.path(), &local, "").await;
    assert_eq!((head.status(), head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), Some(got.body.len().to_string().as_str()));
}

#[tokio::test]
async fn only_who_knows_the_secret_and_asks_this_address_gets_it() {
    let given = Given::out().await;
    let host = format!("Host: {}\r\n", given.host());
    let secret = given.place.secret.expose_secret();
    assert!(
        secret.len() == 43
            && secret.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    );
    let other = format!("/{}/opvang.ics", "A".repeat(43));
    for path in
        ["/", "/opvang.ics", &other, &format!("/{secret}"), &format!("/{secret}/opvang.ics/")]
    {
        let refused = given.ask("GET", path, &host, "").await;
        assert_eq!((refused.status(), refused.body.as_str()), (404, ""), "{path}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"] {
        assert_eq!(given.ask(method, &given.path(), &host, "").await.status(), 405, "{method}");
    }
    let port = given.place.port;
    for host in [
        String::new(),
        format!("Host: elders.example:{port}\r\n"),
        "Host: 127.0.0.1\r\n".to_owned(),
        format!("Host: 127.0.0.1:{}\r\n", port - 1),
        format!("Host: 127.0.0.1:{port}\r\nHost: elders.example\r\n"),
    ] {
        let refused = given.ask("GET", &given.path(), &host, "").await;
        assert!(matches!(refused.status(), 400 | 421), "{host}: {}", refused.head);
        assert_eq!(refused.body, "");
    }
    let absolute = format!("http://elders.example:{port}{}", given.path());
    assert_eq!(given.ask("GET", &absolute, &host, "").await.status(), 421);
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again_and_what_did_is() {
    let given = Given::out().await;
    let first = given.get("").await;
    let known = format!("If-None-Match: {}\r\n", first.header("etag").unwrap());
    let again = given.get(&known).await;
    assert_eq!((again.status(), again.body.as_str()), (304, ""));
    let away = CareSlot {
        starts_at: "2026-03-16T08:00:00Z".parse().unwrap(),
        ..slot("noortje", "2026-03-16", 6)
    };
    given.book.note(march(), &[away]).await.unwrap();
    let moved = given.get(&known).await;
    assert_eq!(moved.status(), 200);
    assert!(moved.body.contains("SEQUENCE:1") && moved.body.contains("T090000"), "{}", moved.body);
    given.book.note(march(), &[]).await.unwrap();
    let gone = given.get(&known).await;
    assert!(gone.body.contains("SEQUENCE:2") && gone.body.contains("STATUS:CANCELLED"));
}

#[tokio::test]
async fn switched_off_nobody_answers_and_a_port_that_is_free_again_is_taken_again() {
    let given = Given::out().await;
    // A program that holds on to its connection does not keep it open.
    let _held = TcpStream::connect(("127.0.0.1", given.place.port)).await.unwrap();
    given.feeds.stop(&"a".into()).await;
    assert!(TcpStream::connect(("127.0.0.1", given.place.port)).await.is_err());
    let closed = CancellationToken::new();
    let (book, place) = (given.book.clone(), given.place.clone());
    given.feeds.start("a".into(), None, place, book, &closed).await;
    let mut tries = 0;
    while TcpStream::connect(("127.0.0.1", given.place.port)).await.is_err() {
        tries += 1;
        assert!(tries < 100_000, "nobody opened the port");
        tokio::task::yield_now().await;
    }
    assert_eq!(given.get("").await.status(), 200);
}
