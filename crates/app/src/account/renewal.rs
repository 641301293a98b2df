//! What happens when a session has ended: the remembered password is used, once.

use super::keeper::StoreKeeper;
use super::open::Open;
use super::password_rest::{Asked, PasswordRest};
use crate::api::{AppError, SessionState};
use crate::error::data_folder;
use schriftje_konnect::{PortalError, SignInError, SignInStyle, TokenKeeper};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::Instant;

/// Two that notice the same end of a session within this share one renewal.
const SAME_END: Duration = Duration::from_secs(5);
/// No code for an account that has ended was ever seen; these words would be in one.
const ENDED: [&str; 4] = ["inactive", "ended", "disabled", "closed"];

/// One renewal at a time, and how the last one went.
#[derive(Debug, Default)]
pub(super) struct Renewals {
    last: tokio::sync::Mutex<Option<Last>>,
    /// Counts renewals that have ended, to know whether one did while waiting.
    ended: AtomicU64,
}

#[derive(Debug)]
struct Last {
    at: Instant,
    outcome: Result<bool, AppError>,
}

impl Renewals {
    /// The next end of a session is one of its own.
    pub(super) async fn forget(&self) {
        *self.last.lock().await = None;
    }
}

impl Open {
    /// Signs in again with the remembered password after the session has ended. Answers whether
    /// that worked; else the parent has to. With a failure that is retryable it may be tried again
    /// later: the password then did not go out, or [`PasswordRest`] keeps it back.
    pub(crate) async fn renew(&self, asked: Asked) -> Result<bool, AppError> {
        let before = self.renewals.ended.load(Ordering::Acquire);
        let mut last = self.renewals.last.lock().await;
        if let Some(last) = &*last {
            let waited = self.renewals.ended.load(Ordering::Acquire) != before;
            if waited || (last.outcome == Ok(true) && last.at.elapsed() < SAME_END) {
                return last.outcome.clone();
            }
        }
        let outcome = self.renew_now(asked).await;
        self.renewals.ended.fetch_add(1, Ordering::AcqRel);
        *last = Some(Last { at: Instant::now(), outcome: outcome.clone() });
        outcome
    }

    async fn renew_now(&self, asked: Asked) -> Result<bool, AppError> {
        let line = self.line()?;
        let keeper = StoreKeeper(self.store.clone());
        let _turn = keeper.turn().await.map_err(|error| data_folder(&error))?;
        // Another process may have done it already.
        if let Ok(Some(saved)) = keeper.load().await
            && saved.expires_at > line.session.tokens().expires_at
        {
            line.session.replace(saved);
            return Ok(true);
        }
        let rest = PasswordRest::of(&self.store);
        let rested = rest.is_over(self.host.clock.now(), asked);
        let password = if rested { self.store.password().await? } else { None };
        let Some(password) = password else {
            self.note_expired().await?;
            return Ok(false);
        };
        let portal = line.session.portal();
        // What fails here fails before a password is sent.
        let captcha = portal.captcha().await?;
        if captcha.blocked {
            self.note_expired().await?;
            return Err(SignInError::LockedOut { until: captcha.blocked_until }.into());
        }
        rest.begin(self.host.clock.now()).map_err(|error| data_folder(&error))?;
        let username = line.session.tokens().username.clone();
        match portal.sign_in(&username, &password, SignInStyle::App).await {
            Ok(tokens) => {
                rest.taken(self.host.clock.now());
                if keeper.save(&tokens).await.is_err() {
                    tracing::warn!("the session lasts until the app closes");
                }
                line.session.replace(tokens);
                self.note_session(SessionState::SignedIn).await;
                Ok(true)
            }
            Err(SignInError::Portal(error)) => {
                if was_not_sent(&error) {
                    rest.lift();
                }
                if !error.is_passing() {
                    self.note_expired().await?;
                }
                Err(error.into())
            }
            // The captcha was free just before, so a lock-out is this password's too.
            Err(error) => {
                tracing::info!("the remembered password is refused");
                self.store.set_password(None).await?;
                rest.lift();
                if says_ended(&error) {
                    self.note_session(SessionState::Ended).await;
                } else {
                    self.note_expired().await?;
                }
                Err(error.into())
            }
        }
    }

    /// The parent has to sign in again. An account that has ended stays ended.
    async fn note_expired(&self) -> Result<(), AppError> {
        if !self.has_ended().await? {
            self.note_session(SessionState::Expired).await;
        }
        Ok(())
    }
}

/// Whether no connection was made, so that the password certainly did not go out.
fn was_not_sent(error: &PortalError) -> bool {
    matches!(
        error,
        PortalError::Offline
            | PortalError::UnknownHost
            | PortalError::Certificate
            | PortalError::Setup
    )
}

fn says_ended(error: &SignInError) -> bool {
    let SignInError::Refused { message_code: Some(code) } = error else { return false };
    let code = code.to_ascii_lowercase();
    code.contains("account") && ENDED.iter().any(|word| code.contains(word))
}
