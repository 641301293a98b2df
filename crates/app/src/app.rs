//! The app itself: what a host starts, listens to and stops.

use crate::account::{Host, Registry};
use crate::api::{AppError, Changed, Metered, Settings, Tag};
use crate::calendar::Feeds;
use crate::changes::Changes;
use crate::commands::links::LinksSeen;
use crate::copies::Copies;
use crate::error::data_folder;
use crate::limits::Limits;
use crate::lock::Lock;
use crate::saving::Saves;
use crate::settings;
use crate::vault::{MemoryVault, Vault};
use schriftje_model::Clock;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{broadcast, watch};

/// What a host decides.
#[derive(Clone, Debug)]
pub struct AppOptions {
    /// Where everything of ours lives. Made when it is not there.
    pub data_dir: PathBuf,
    /// Where the keys of the databases are kept.
    pub vault: Arc<dyn Vault>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// A certificate authority to trust besides the system's, as PEM (tests and demos).
    pub ca_pem: Option<Vec<u8>>,
    /// The folder photos are saved to unless another is chosen.
    pub picture_dir: PathBuf,
    /// Whether to poll, backfill and fetch pictures by itself. A terminal that runs one command
    /// does not.
    pub background: bool,
}

/// Every command the interface can call.
#[derive(Debug)]
pub struct App {
    pub(crate) host: Arc<Host>,
    pub(crate) registry: Registry,
    pub(crate) saves: Saves,
    /// Documents that are open in other programs.
    pub(crate) copies: Copies,
    pub(crate) picture_dir: PathBuf,
    pub(crate) links: LinksSeen,
    /// One sign-in at a time: a password is never sent twice by two clicks.
    pub(crate) signing: tokio::sync::Mutex<()>,
    /// Counts up when files that are being added to a draft are enough.
    pub(crate) adding_round: watch::Sender<u32>,
    /// The calendars that calendar programs on this device read.
    pub(crate) feeds: Feeds,
    /// One switching of them at a time.
    pub(crate) feed_switch: tokio::sync::Mutex<()>,
    pub(crate) settings: Arc<Mutex<Settings>>,
    /// What keeps others out.
    pub(crate) lock: Lock,
    /// What the system says of the network.
    pub(crate) metered: Mutex<Metered>,
}

impl App {
    /// Opens the accounts that are here and, with `background`, begins to sync them.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::DataFolderReadOnly`] or [`crate::api::ErrorCode::DiskFull`] when
    /// there is no data folder and none can be made. An account that cannot be opened is no error
    /// here; [`App::overview`] tells of it.
    pub async fn start(options: AppOptions) -> Result<Arc<Self>, AppError> {
        make_data_dir(&options.data_dir).map_err(|error| data_folder(&error))?;
        let settings = settings::read(&options.data_dir);
        let limits = Limits::of(&settings, Metered::Unknown);
        let settings = Arc::new(Mutex::new(settings));
        let changes = Changes::start();
        let host = Arc::new(Host {
            data_dir: options.data_dir,
            vault: options.vault,
            memory: MemoryVault::default(),
            clock: options.clock,
            ca_pem: options.ca_pem,
            background: options.background,
            out_of_sight: AtomicBool::new(false),
            limits: Mutex::new(limits),
            changes,
        });
        let (vault, clock) = (host.vault.clone(), host.clock.clone());
        let (registry, lock) = tokio::join!(
            Registry::open(host.clone()),
            Lock::open(&host.data_dir, vault, clock, host.changes.clone()),
        );
        let registry = registry?;
        let saves = Saves::new(registry.locks(), host.changes.clone());
        let copies = Copies::new(&host.data_dir);
        let background = options.background;
        let app = Arc::new(Self {
            host,
            registry,
            saves,
            copies,
            picture_dir: options.picture_dir,
            links: LinksSeen::default(),
            signing: tokio::sync::Mutex::default(),
            adding_round: watch::channel(0).0,
            feeds: Feeds::default(),
            feed_switch: tokio::sync::Mutex::default(),
            settings,
            lock,
            metered: Mutex::default(),
        });
        if background {
            app.give_out_calendars().await;
            tokio::spawn(Self::watch_quiet_hours(Arc::downgrade(&app)));
            tokio::spawn(Self::watch_lock(Arc::downgrade(&app)));
        }
        Ok(app)
    }

    /// Hears what to read again, from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Changed> {
        self.host.changes.subscribe()
    }

    /// Whether nobody looks at the app just now, such as in the tray: the portal is then asked
    /// less often, for every account. Who looks again after a while sees at once what is new.
    pub fn set_background(&self, background: bool) {
        self.host.out_of_sight.store(background, Ordering::Release);
        self.registry.set_rhythm(self.host.rhythm());
    }

    /// Stops syncing and saving, closes the databases, and forgets accounts that were to stay
    /// only until now. Commands called afterwards find nobody signed in.
    pub async fn shutdown(&self) {
        self.saves.stop().await;
        self.copies.clear().await;
        self.feeds.stop_all().await;
        self.registry.close().await;
    }

    /// The settings as they are.
    pub fn settings(&self) -> Settings {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps the settings.
    pub async fn set_settings(&self, settings: Settings) -> Result<Settings, AppError> {
        let settings = settings.bounded();
        let (data_dir, new) = (self.host.data_dir.clone(), settings.clone());
        let written = tokio::task::spawn_blocking(move || settings::write(&data_dir, &new)).await;
        written.map_err(|_| AppError::internal("writing the settings was cut short"))??;
        *self.settings.lock().unwrap_or_else(PoisonError::into_inner) = settings.clone();
        self.follow_settings();
        self.host.changes.tell(Tag::Settings);
        Ok(settings)
    }
}

/// The settings as they are kept in `data_dir`, before an app is open.
pub fn kept_settings(data_dir: &std::path::Path) -> Settings {
    settings::read(data_dir)
}

/// Makes the data folder, for its owner's eyes alone.
fn make_data_dir(path: &std::path::Path) -> std::io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(path)?;
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}
