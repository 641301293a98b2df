//! A notification server of a test's own: it remembers what was raised, and clicks.

#![allow(
    clippy::needless_pass_by_value,
    clippy::unused_self,
    clippy::used_underscore_binding,
    missing_docs,
    reason = "the bus decides what its methods are given"
)]

use crate::desktop::Desktop;
use anyhow::{Context, Result, bail};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use zbus::Connection;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::OwnedValue;

const SERVICE: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// After this long a notification is not late but missing.
const MISSING: Duration = Duration::from_mins(1);

/// A notification as the server was told.
#[derive(Clone, Debug)]
pub struct Raised {
    /// The server's number for it.
    pub id: u32,
    /// Its first line.
    pub title: String,
    /// The rest, with its markup.
    pub body: String,
    /// What it is about, such as `im.received`.
    pub category: Option<String>,
    /// The desktop entry of who raised it.
    pub desktop_entry: Option<String>,
    /// Whether it makes a sound.
    pub sound: bool,
    /// Actions, each with its words.
    pub actions: Vec<String>,
    /// It took the place of an older one with the same number.
    pub replaced: bool,
    /// It was taken away again by who raised it.
    pub withdrawn: bool,
}

/// The server. The name is free again when it is dropped.
pub struct Notifications {
    bus: Connection,
    raised: Arc<Mutex<Vec<Raised>>>,
}

impl Notifications {
    /// Serves on a desktop that has no server yet.
    pub async fn serve(desktop: &Desktop) -> Result<Self> {
        let raised = Arc::<Mutex<Vec<Raised>>>::default();
        let server = Server { raised: raised.clone() };
        let bus = desktop.bus()?.serve_at(PATH, server)?.name(SERVICE)?.build().await?;
        Ok(Self { bus, raised })
    }

    /// Every notification so far, each as it was raised, oldest first.
    pub fn raised(&self) -> Vec<Raised> {
        lock(&self.raised).clone()
    }

    /// Waits for a notification that is as wanted.
    pub async fn wait_for(&self, wanted: impl Fn(&Raised) -> bool) -> Result<Raised> {
        let began = Instant::now();
        loop {
            if let Some(raised) = self.raised().into_iter().rev().find(&wanted) {
                return Ok(raised);
            }
            if began.elapsed() > MISSING {
                bail!("no such notification among {:?}", self.raised());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Clicks one, which takes it off the screen.
    pub async fn click(&self, id: u32) -> Result<()> {
        let emitter = SignalEmitter::new(&self.bus, PATH)?;
        Server::action_invoked(&emitter, id, "default").await?;
        let dismissed = 2;
        Server::notification_closed(&emitter, id, dismissed).await.context("closing")
    }
}

struct Server {
    raised: Arc<Mutex<Vec<Raised>>>,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Server {
    #[expect(clippy::too_many_arguments, reason = "the specification's")]
    fn notify(
        &self,
        _app_name: String,
        replaces_id: u32,
        _app_icon: String,
        summary: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        _expire_timeout: i32,
    ) -> u32 {
        let text = |hint: &str| {
            let value = hints.get(hint)?.try_clone().ok()?;
            String::try_from(value).ok()
        };
        let mut raised = lock(&self.raised);
        let replaced = replaces_id != 0;
        let fresh = raised.iter().map(|raised| raised.id).max().unwrap_or_default() + 1;
        let id = if replaced { replaces_id } else { fresh };
        raised.push(Raised {
            id,
            title: summary,
            body,
            category: text("category"),
            desktop_entry: text("desktop-entry"),
            sound: !hints.contains_key("suppress-sound"),
            actions,
            replaced,
            withdrawn: false,
        });
        id
    }

    async fn close_notification(
        &self,
        id: u32,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) -> zbus::fdo::Result<()> {
        for raised in lock(&self.raised).iter_mut().filter(|raised| raised.id == id) {
            raised.withdrawn = true;
        }
        let by_a_call = 3;
        Ok(Self::notification_closed(&emitter, id, by_a_call).await?)
    }

    fn get_capabilities(&self) -> Vec<&'static str> {
        vec!["actions", "body", "body-markup", "persistence"]
    }

    fn get_server_information(&self) -> (&'static str, &'static str, &'static str, &'static str) {
        ("test", "Schriftje", "1", "1.2")
    }

    /// It was clicked.
    #[zbus(signal)]
    async fn action_invoked(
        emitter: &SignalEmitter<'_>,
        id: u32,
        action_key: &str,
    ) -> zbus::Result<()>;

    /// It went off the screen.
    #[zbus(signal)]
    async fn notification_closed(
        emitter: &SignalEmitter<'_>,
        id: u32,
        reason: u32,
    ) -> zbus::Result<()>;
}

fn lock(raised: &Mutex<Vec<Raised>>) -> MutexGuard<'_, Vec<Raised>> {
    raised.lock().unwrap_or_else(PoisonError::into_inner)
}
