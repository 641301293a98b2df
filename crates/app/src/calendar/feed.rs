//! The calendar for programs on this device: a port that only this device reaches, while it is
//! switched on.

use super::answer::{FILE, answer};
use super::book::Book;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use rand::TryRngCore;
use rand::rngs::OsRng;
use schriftje_model::AccountId;
use schriftje_store::FeedPlace;
use secrecy::{ExposeSecret, SecretString};
use std::collections::HashMap;
use std::convert::Infallible;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Ports that systems do not give to programs that ask for any.
const PORTS: std::ops::Range<u16> = 20_000..32_000;
/// How many of them are tried.
const TRIES: usize = 64;
/// Octets of a secret.
const SECRET: usize = 32;
/// Programs answered at once.
const AT_ONCE: usize = 16;
/// How long a program may take to say what it wants.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);
/// How long a port that another program has just now is left to it.
const TRY_AGAIN: Duration = Duration::from_secs(30);

/// Where a calendar program finds the calendar.
pub(crate) fn address(place: &FeedPlace) -> String {
    format!("http://127.0.0.1:{}/{}/{FILE}", place.port, place.secret.expose_secret())
}

/// A free port, and a secret that nobody knows yet.
pub(crate) async fn new_place() -> io::Result<(TcpListener, FeedPlace)> {
    let mut secret = [0; SECRET];
    OsRng.try_fill_bytes(&mut secret).map_err(io::Error::other)?;
    let secret = SecretString::from(BASE64_URL_SAFE_NO_PAD.encode(secret));
    for _ in 0..TRIES {
        let port = rand::random_range(PORTS);
        if let Ok(listener) = listen(port).await {
            return Ok((listener, FeedPlace { port, secret }));
        }
    }
    let listener = listen(0).await?;
    let port = listener.local_addr()?.port();
    Ok((listener, FeedPlace { port, secret }))
}

async fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await
}

/// The calendars that are given out, by account.
#[derive(Debug, Default)]
pub(crate) struct Feeds(Mutex<HashMap<AccountId, Running>>);

#[derive(Debug)]
struct Running {
    stop: CancellationToken,
    task: tokio::task::JoinHandle<()>,
}

impl Feeds {
    /// Gives it out at that place, until it is stopped or `closed`. Without a listener the port is
    /// opened as soon as it is free. What runs already goes on.
    pub(crate) async fn start(
        &self,
        account: AccountId,
        listener: Option<TcpListener>,
        place: FeedPlace,
        book: Book,
        closed: &CancellationToken,
    ) {
        let mut running = self.0.lock().await;
        if running.get(&account).is_some_and(|running| !running.task.is_finished()) {
            return;
        }
        let stop = closed.child_token();
        let task = tokio::spawn(serve(listener, place, book, stop.clone()));
        running.insert(account, Running { stop, task });
    }

    /// Closes the port of an account.
    pub(crate) async fn stop(&self, account: &AccountId) {
        let running = self.0.lock().await.remove(account);
        if let Some(Running { stop, task }) = running {
            stop.cancel();
            let _ = task.await;
        }
    }

    /// Closes all ports.
    pub(crate) async fn stop_all(&self) {
        for (_, Running { stop, task }) in self.0.lock().await.drain() {
            stop.cancel();
            let _ = task.await;
        }
    }
}

async fn serve(
    listener: Option<TcpListener>,
    place: FeedPlace,
    book: Book,
    stop: CancellationToken,
) {
    let connections = TaskTracker::new();
    let listen = async {
        let listener = match listener {
            Some(listener) => listener,
            None => opened(place.port).await,
        };
        let (place, room) = (Arc::new(place), Arc::new(Semaphore::new(AT_ONCE)));
        while let Ok(turn) = room.clone().acquire_owned().await {
            let Ok((stream, _)) = listener.accept().await else {
                // Such as too many open files: they become fewer.
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            };
            let (place, book, stop) = (place.clone(), book.clone(), stop.clone());
            connections.spawn(async move {
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = converse(stream, &place, &book) => {}
                }
                drop(turn);
            });
        }
    };
    tokio::select! {
        () = stop.cancelled() => {}
        () = listen => {}
    }
    connections.close();
    connections.wait().await;
}

async fn opened(port: u16) -> TcpListener {
    loop {
        match listen(port).await {
            Ok(listener) => return listener,
            Err(error) => {
                tracing::warn!(kind = %error.kind(), "the calendar's port is not free");
                tokio::time::sleep(TRY_AGAIN).await;
            }
        }
    }
}

async fn converse(stream: TcpStream, place: &FeedPlace, book: &Book) {
    let service = service_fn(|request: hyper::Request<hyper::body::Incoming>| async {
        let (request, _) = request.into_parts();
        Ok::<_, Infallible>(answer(&request, place, book).await)
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .max_buf_size(16 * 1024)
        .serve_connection(TokioIo::new(stream), service);
    // What a program does wrong is its own trouble.
    let _ = served.await;
}
