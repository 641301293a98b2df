//! The system behind a desktop, of a test's own: it says that it goes to sleep, and has a
//! fingerprint reader.

#![allow(
    clippy::needless_pass_by_value,
    clippy::unused_self,
    clippy::used_underscore_binding,
    missing_docs,
    reason = "the bus decides what its methods are given"
)]

use crate::desktop::Desktop;
use anyhow::{Context, Result, ensure};
use std::io::{PipeReader, Read};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use zbus::Connection;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::{OwnedFd, OwnedObjectPath};

const LOGIND_PATH: &str = "/org/freedesktop/login1";
const SESSION_PATH: &str = "/org/freedesktop/login1/session/_31";
const READERS_PATH: &str = "/net/reactivated/Fprint/Manager";
const READER_PATH: &str = "/net/reactivated/Fprint/Device/0";

/// After this long an answer is not late but missing.
const MISSING: Duration = Duration::from_mins(1);

/// The system. It is gone when it is dropped.
pub struct System {
    bus: Connection,
    waits: Arc<Mutex<Vec<PipeReader>>>,
    waiting: watch::Receiver<bool>,
}

impl System {
    /// Stands behind a desktop.
    pub async fn behind(desktop: &Desktop) -> Result<Self> {
        let waits = Arc::<Mutex<Vec<PipeReader>>>::default();
        let (holds, waiting) = watch::channel(false);
        let bus = desktop
            .system_bus()?
            .serve_at(LOGIND_PATH, Logind { waits: waits.clone() })?
            .serve_at(SESSION_PATH, Session)?
            .serve_at(READERS_PATH, Readers)?
            .serve_at(READER_PATH, Reader { holds })?
            .name("org.freedesktop.login1")?
            .name("net.reactivated.Fprint")?
            .build()
            .await?;
        Ok(Self { bus, waits, waiting })
    }

    /// Goes to sleep, once everybody who asked it to wait has let go, and wakes.
    pub async fn sleep(&self) -> Result<()> {
        let waits = self.asked_to_wait().await?;
        let logind = SignalEmitter::new(&self.bus, LOGIND_PATH)?;
        Logind::prepare_for_sleep(&logind, true).await?;
        let let_go = tokio::task::spawn_blocking(move || {
            waits.into_iter().try_for_each(|mut wait| wait.read_to_end(&mut Vec::new()).map(drop))
        });
        tokio::time::timeout(MISSING, let_go).await.context("somebody never let go")???;
        Logind::prepare_for_sleep(&logind, false).await?;
        Ok(())
    }

    async fn asked_to_wait(&self) -> Result<Vec<PipeReader>> {
        let began = Instant::now();
        loop {
            let waits = self.take_waits();
            if !waits.is_empty() {
                return Ok(waits);
            }
            ensure!(began.elapsed() < MISSING, "nobody asked the system to wait");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn take_waits(&self) -> Vec<PipeReader> {
        std::mem::take(&mut *self.waits.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Locks the session.
    pub async fn lock_session(&self) -> Result<()> {
        Session::lock(&SignalEmitter::new(&self.bus, SESSION_PATH)?).await?;
        Ok(())
    }

    /// Waits until a finger is waited for, and holds one on the reader.
    pub async fn hold_finger(&self, known: bool) -> Result<()> {
        let mut waiting = self.waiting.clone();
        let asked = waiting.wait_for(|waiting| *waiting);
        tokio::time::timeout(MISSING, asked).await.context("no finger is waited for")??;
        let reader = SignalEmitter::new(&self.bus, READER_PATH)?;
        let result = if known { "verify-match" } else { "verify-no-match" };
        Reader::verify_status(&reader, result, true).await?;
        // Whoever waited says so once more for the next finger.
        let over = waiting.wait_for(|waiting| !*waiting);
        tokio::time::timeout(MISSING, over).await.context("the reader was never let go")??;
        Ok(())
    }
}

struct Logind {
    waits: Arc<Mutex<Vec<PipeReader>>>,
}

#[zbus::interface(name = "org.freedesktop.login1.Manager")]
impl Logind {
    fn inhibit(
        &self,
        what: String,
        _who: String,
        _why: String,
        mode: String,
    ) -> zbus::fdo::Result<OwnedFd> {
        let failed = |words: &str| zbus::fdo::Error::Failed(words.to_owned());
        if (what.as_str(), mode.as_str()) != ("sleep", "delay") {
            return Err(failed("nothing else is known here"));
        }
        let (ours, theirs) = std::io::pipe().map_err(|_| failed("no pipe"))?;
        self.waits.lock().unwrap_or_else(PoisonError::into_inner).push(ours);
        Ok(std::os::fd::OwnedFd::from(theirs).into())
    }

    #[zbus(signal)]
    async fn prepare_for_sleep(emitter: &SignalEmitter<'_>, start: bool) -> zbus::Result<()>;
}

struct Session;

#[zbus::interface(name = "org.freedesktop.login1.Session")]
impl Session {
    #[zbus(signal)]
    async fn lock(emitter: &SignalEmitter<'_>) -> zbus::Result<()>;
}

struct Readers;

#[zbus::interface(name = "net.reactivated.Fprint.Manager")]
impl Readers {
    fn get_default_device(&self) -> OwnedObjectPath {
        zbus::zvariant::ObjectPath::from_static_str_unchecked(READER_PATH).into()
    }
}

struct Reader {
    holds: watch::Sender<bool>,
}

#[zbus::interface(name = "net.reactivated.Fprint.Device")]
impl Reader {
    fn list_enrolled_fingers(&self, _username: String) -> Vec<String> {
        vec!["right-index-finger".to_owned()]
    }

    fn claim(&self, _username: String) {}

    fn verify_start(&self, _finger: String) {
        self.holds.send_replace(true);
    }

    fn verify_stop(&self) {}

    fn release(&self) {
        self.holds.send_replace(false);
    }

    #[zbus(signal)]
    async fn verify_status(
        emitter: &SignalEmitter<'_>,
        result: &str,
        done: bool,
    ) -> zbus::Result<()>;
}
