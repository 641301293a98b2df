//! What every command needs: the app, which starts while the window opens.

use schriftje_app::App;
use schriftje_app::api::{AppError, ErrorCode};
use std::sync::{Arc, Mutex, PoisonError};
#[cfg(any(target_os = "linux", test))]
use std::time::Duration;
use tokio::sync::watch;
use url::Url;

/// The app, or what kept it from starting.
type Started = Result<Arc<App>, AppError>;

/// How long a window has to show that the app is locked.
#[cfg(any(target_os = "linux", test))]
const SHOWS: Duration = Duration::from_secs(1);

/// The app behind the window. The window is drawn before it has started, so that neither waits for
/// the other.
pub struct Host {
    app: watch::Sender<Option<Started>>,
    starting: tokio::sync::Mutex<()>,
    portal_asked: Mutex<Option<Url>>,
    /// How often the window has shown the lock.
    lock_shown: watch::Sender<u64>,
}

impl Default for Host {
    fn default() -> Self {
        let app = watch::Sender::new(None);
        Self {
            app,
            starting: tokio::sync::Mutex::default(),
            portal_asked: Mutex::default(),
            lock_shown: watch::Sender::new(0),
        }
    }
}

impl Host {
    /// The app, once it has started, for whoever may ask it anything.
    ///
    /// # Errors
    /// What kept it from starting, the same for every command, and [`ErrorCode::Locked`] while it is
    /// locked.
    pub async fn app(&self) -> Result<Arc<App>, AppError> {
        let app = self.app_also_locked().await?;
        if app.is_locked() {
            return Err(AppError::new(ErrorCode::Locked, "the app is locked"));
        }
        Ok(app)
    }

    /// The app, once it has started, for what tells nothing of the parent's.
    ///
    /// # Errors
    /// What kept it from starting.
    pub async fn app_also_locked(&self) -> Result<Arc<App>, AppError> {
        let mut told = self.app.subscribe();
        let started = told.wait_for(Option::is_some).await;
        let started = started.ok().and_then(|started| started.clone());
        started.unwrap_or_else(|| Err(AppError::internal("the app has not started")))
    }

    /// The app, however often it has to be started.
    pub async fn app_at_last(&self) -> Option<Arc<App>> {
        let mut told = self.app.subscribe();
        told.wait_for(|app| matches!(app, Some(Ok(_)))).await.ok()?.as_ref()?.as_ref().ok().cloned()
    }

    /// The app if it runs just now.
    pub fn running(&self) -> Option<Arc<App>> {
        self.app.borrow().as_ref()?.as_ref().ok().cloned()
    }

    /// The app has started, or could not.
    pub fn started(&self, app: Result<Arc<App>, AppError>) {
        if let Err(error) = &app {
            tracing::error!(code = ?error.code, "the app could not start: {}", error.message);
        }
        self.app.send_replace(Some(app));
    }

    /// Starts the app once more, when it could not start before: the disk may have room by now.
    pub async fn start_again(
        &self,
        start: impl Future<Output = Result<Arc<App>, AppError>> + Send,
    ) {
        let _one = self.starting.lock().await;
        let failed = matches!(&*self.app.borrow(), Some(Err(_)));
        if failed {
            self.started(start.await);
        }
    }

    /// The window shows the lock: nothing else of it can be read any more.
    pub fn lock_is_shown(&self) {
        self.lock_shown.send_modify(|times| *times += 1);
    }

    /// Locks by `lock`, which says whether that locked anything, and waits until the window shows
    /// it: what it showed before would be the first picture when the device wakes. A window that is
    /// out of sight shows nothing, and is not waited for long.
    #[cfg(any(target_os = "linux", test))]
    pub async fn until_lock_is_shown(&self, lock: impl FnOnce() -> bool) {
        let mut shown = self.lock_shown.subscribe();
        if lock() {
            let _ = tokio::time::timeout(SHOWS, shown.changed()).await;
        }
    }

    /// The sign-in screen looked at this portal: its own pages may be opened.
    pub fn portal_asked(&self, portal: Option<Url>) {
        *self.portal_asked.lock().unwrap_or_else(PoisonError::into_inner) = portal;
    }

    /// The portals whose pages may be opened: those of the accounts, and the one being signed in to.
    pub async fn portals(&self) -> Result<Vec<Url>, AppError> {
        // Whoever has accounts that cannot be opened may still look for a forgotten password.
        let accounts = self.app().await?.overview().await.map(|overview| overview.accounts);
        let mut portals: Vec<Url> = accounts
            .unwrap_or_default()
            .iter()
            .filter_map(|account| Url::parse(&account.portal).ok())
            .collect();
        portals.extend(self.portal_asked.lock().unwrap_or_else(PoisonError::into_inner).clone());
        Ok(portals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_kept_the_app_from_starting_is_tried_again_when_asked_and_not_before() {
        let code = async |host: &Host| host.app().await.err().map(|error| error.code);
        let fails = |code| async move { Err(AppError::new(code, "")) };
        let host = Host::default();
        host.started(Err(AppError::new(ErrorCode::DiskFull, "")));
        assert_eq!(code(&host).await, Some(ErrorCode::DiskFull));
        host.start_again(fails(ErrorCode::DataFolderReadOnly)).await;
        assert_eq!(code(&host).await, Some(ErrorCode::DataFolderReadOnly));
    }

    #[tokio::test(start_paused = true)]
    async fn sleep_waits_until_the_lock_is_shown_and_for_no_window_that_shows_nothing() {
        let host = Host::default();
        host.lock_is_shown();
        {
            let mut leaving = std::pin::pin!(host.until_lock_is_shown(|| true));
            assert!(futures::poll!(&mut leaving).is_pending(), "it was shown an earlier time");
            host.lock_is_shown();
            assert!(futures::poll!(&mut leaving).is_ready());
        }
        let begun = tokio::time::Instant::now();
        host.until_lock_is_shown(|| false).await;
        assert!(begun.elapsed().is_zero(), "nothing was open");
        host.until_lock_is_shown(|| true).await;
        assert!((SHOWS..SHOWS * 2).contains(&begun.elapsed()));
    }
}
