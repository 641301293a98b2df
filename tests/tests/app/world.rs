//! A portal, a device and room for saved photos.

use chrono::{DateTime, TimeDelta, Utc};
use schriftje_app::api::{SaveJob, SaveWhat, SignIn, TimelineQuery};
use schriftje_app::vault::{MemoryVault, Vault};
use schriftje_app::{App, AppOptions};
use schriftje_demo_portal::{NewConversation, Options, Running, Size, start};
use schriftje_model::{ConversationId, Day, TestClock, TimelineCard};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub const PASSWORD: &str = "welkom-demo";

pub fn now() -> DateTime<Utc> {
    "2026-03-14T15:00:00Z".parse().unwrap()
}

/// A portal, a device with one vault, and room for saved photos.
pub struct World {
    pub portal: Running,
    pub dir: tempfile::TempDir,
    pub vault: Arc<dyn Vault>,
    pub clock: TestClock,
    pub background: bool,
}

impl World {
    pub async fn new() -> Self {
        Self::with(|options| options).await
    }

    pub async fn with(change: impl FnOnce(Options) -> Options) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let options = Options::new(dir.path().join("portal"), Size::Small);
        let portal = start(change(Options { now: Some(now()), ..options })).await.unwrap();
        let vault = Arc::new(MemoryVault::default());
        Self { portal, dir, vault, clock: TestClock::at(now()), background: false }
    }

    pub fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    pub fn saved(&self) -> PathBuf {
        self.dir.path().join("saved")
    }

    pub async fn app(&self) -> Arc<App> {
        self.app_with(self.vault.clone()).await
    }

    /// A device beside this one, which knows nothing of it.
    pub async fn other_device(&self) -> Arc<App> {
        self.app_in(self.dir.path().join("other"), Arc::new(MemoryVault::default())).await
    }

    pub async fn app_with(&self, vault: Arc<dyn Vault>) -> Arc<App> {
        self.app_in(self.data(), vault).await
    }

    async fn app_in(&self, data_dir: PathBuf, vault: Arc<dyn Vault>) -> Arc<App> {
        App::start(AppOptions {
            data_dir,
            vault,
            clock: Arc::new(self.clock.clone()),
            ca_pem: None,
            picture_dir: self.saved(),
            background: self.background,
        })
        .await
        .unwrap()
    }

    pub fn form(&self, username: &str, password: &str) -> SignIn {
        SignIn {
            portal: self.portal.portal.to_string(),
            username: username.into(),
            password: password.to_owned().into(),
            remember: false,
            until_closed: false,
        }
    }

    /// How often a password was sent.
    pub fn logins(&self) -> usize {
        let requests = self.portal.requests();
        requests.iter().filter(|request| request.path_and_query == "/auth-api/login").count()
    }

    /// Every session ends, and the tokens in hand grow old.
    pub async fn sessions_end(&self) {
        self.portal.nursery().end_sessions().await.unwrap();
        self.portal.clock().advance(TimeDelta::minutes(20));
        self.clock.advance(TimeDelta::minutes(20));
    }

    pub async fn signed_in(&self) -> Arc<App> {
        let app = self.app().await;
        app.sign_in(self.form("sanne", PASSWORD)).await.unwrap();
        app
    }
}

/// A conversation of the nursery's, and its identity.
pub async fn begin(world: &World, subject: &str) -> ConversationId {
    let new = NewConversation {
        username: Some("sanne".to_owned()),
        subject: subject.to_owned(),
        html: "<p>Wil je een jas meegeven?</p>".to_owned(),
        ..NewConversation::default()
    };
    ConversationId(world.portal.nursery().begin_conversation(new).await.unwrap())
}

pub async fn whole_timeline(app: &App) -> Vec<TimelineCard> {
    let mut cards = Vec::new();
    let mut after = None;
    loop {
        let query = TimelineQuery { after, limit: 7, ..TimelineQuery::default() };
        let page = app.timeline(query).await.unwrap();
        cards.extend(page.cards);
        after = page.next;
        if after.is_none() {
            return cards;
        }
    }
}

/// Reads all cards; pictures come as far as they come meanwhile.
pub async fn sync_texts(app: &Arc<App>) {
    let mut changes = app.subscribe();
    let syncing = tokio::spawn({
        let app = app.clone();
        async move { app.sync_all().await }
    });
    while !app.sync_status().await.unwrap().complete {
        changes.recv().await.unwrap();
    }
    app.sync_stop().await.unwrap();
    let status = syncing.await.unwrap().unwrap();
    assert!(status.complete && status.trouble.is_none(), "{status:?}");
}

/// Every file below a folder, with its bytes.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return found };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    found
}

pub fn names(folder: &Path) -> BTreeSet<String> {
    let files = files(folder);
    files.iter().map(|(path, _)| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
}

/// The newest day with a few photos: each is drawn at full size.
pub async fn newest_photo_day(app: &App) -> Day {
    let cards = whole_timeline(app).await;
    cards.iter().find(|card| (3..=4).contains(&card.photos.len())).unwrap().day
}

pub async fn save_day(app: &App, day: Day) -> SaveJob {
    let what = SaveWhat::Day { day, children: Vec::new() };
    let job = app.save(what, None).await.unwrap();
    app.save_done(job.id).await.unwrap()
}
