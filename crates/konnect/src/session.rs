//! A signed-in session: it renews itself, once for everybody who waits.

use crate::call::Call;
use crate::error::PortalError;
use crate::http::Answer;
use crate::media::{ByteRange, MediaSource};
use crate::tokens::{TokenKeeper, Tokens};
use crate::wire::envelope::{message_codes, unwrap};
use crate::{MediaBody, Portal};
use chrono::TimeDelta;
use reqwest::StatusCode;
use serde_json::Value;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// How long before its end a token is renewed.
const MARGIN: TimeDelta = TimeDelta::seconds(60);

/// Why a call got no answer.
pub(crate) enum NoAnswer {
    /// The session could not be renewed: it was not sent, or refused with 401 before.
    NotSent(PortalError),
    /// It may have been sent, and no answer came.
    Lost(PortalError),
}

impl NoAnswer {
    pub(crate) fn into_inner(self) -> PortalError {
        let (Self::NotSent(error) | Self::Lost(error)) = self;
        error
    }
}

/// A signed-in session. Clones share it.
#[derive(Clone)]
pub struct Session {
    portal: Portal,
    shared: Arc<Shared>,
}

struct Shared {
    tokens: Mutex<Arc<Tokens>>,
    keeper: Arc<dyn TokenKeeper>,
    /// One renewal at a time; holds how the last ones ended.
    renewing: tokio::sync::Mutex<Renewals>,
    /// Counts renewals that have ended, to know whether one did while waiting.
    ended: std::sync::atomic::AtomicU64,
}

#[derive(Default)]
struct Renewals {
    /// The last renewal's failure, if it failed.
    failure: Option<PortalError>,
    /// Tokens the portal refused to renew; they are not sent again.
    refused: Option<Arc<Tokens>>,
}

impl Session {
    /// A session on `tokens`, which `keeper` keeps across restarts and between processes.
    pub fn new(portal: Portal, tokens: Tokens, keeper: Arc<dyn TokenKeeper>) -> Self {
        let shared = Shared {
            tokens: Mutex::new(Arc::new(tokens)),
            keeper,
            renewing: tokio::sync::Mutex::default(),
            ended: std::sync::atomic::AtomicU64::new(0),
        };
        Self { portal, shared: Arc::new(shared) }
    }

    /// The portal it is at.
    pub fn portal(&self) -> &Portal {
        &self.portal
    }

    /// The tokens as they are now.
    pub fn tokens(&self) -> Arc<Tokens> {
        self.shared.current()
    }

    /// Goes on with the tokens of a new sign-in. Saving them is the caller's.
    pub fn replace(&self, tokens: Tokens) {
        self.shared.set(Arc::new(tokens));
    }

    /// [`Portal::download`], for convenience: no token goes along.
    pub async fn download(
        &self,
        source: &MediaSource,
        range: Option<ByteRange>,
        limit: u64,
    ) -> Result<MediaBody, PortalError> {
        self.portal.download(source, range, limit).await
    }

    /// Reads `path` with the Bearer token and takes the envelope off.
    pub(crate) async fn read(&self, path: &str) -> Result<Value, PortalError> {
        let answer = self.send(Call::get(path)).await.map_err(NoAnswer::into_inner)?;
        unwrap(self.portal.http.json(&answer)?)
    }

    /// The same with the message codes of the envelope, which say something of the payload.
    pub(crate) async fn read_with_messages(
        &self,
        path: &str,
    ) -> Result<(Value, Vec<String>), PortalError> {
        let answer = self.send(Call::get(path)).await.map_err(NoAnswer::into_inner)?;
        let answer = self.portal.http.json(&answer)?;
        let codes = message_codes(&answer);
        Ok((unwrap(answer)?, codes))
    }

    /// Sends a call with the Bearer token, which is renewed before it ends, and once after a 401.
    pub(crate) async fn send(&self, call: Call<'_>) -> Result<Answer, NoAnswer> {
        let http = &self.portal.http;
        let tokens = self.fresh().await.map_err(NoAnswer::NotSent)?;
        let first = call.clone().bearer(&tokens.auth_token);
        let answer = http.send(first).await.map_err(NoAnswer::Lost)?;
        if answer.status != StatusCode::UNAUTHORIZED {
            return Ok(answer);
        }
        let tokens = self.renewed(tokens).await.map_err(NoAnswer::NotSent)?;
        http.send(call.bearer(&tokens.auth_token)).await.map_err(NoAnswer::Lost)
    }

    /// Tokens that hold for a while yet.
    pub(crate) async fn fresh(&self) -> Result<Arc<Tokens>, PortalError> {
        let tokens = self.shared.current();
        if self.portal.now() + MARGIN >= tokens.expires_at {
            return self.renewed(tokens).await;
        }
        Ok(tokens)
    }

    /// Tokens newer than `seen`: those of a renewal that just ended, or of one of our own.
    pub(crate) async fn renewed(&self, seen: Arc<Tokens>) -> Result<Arc<Tokens>, PortalError> {
        let before = self.shared.ended();
        let this = self.clone();
        // A caller that goes away must not take a half-done renewal along: the old tokens are dead
        // as soon as the portal has answered.
        let renewal = tokio::spawn(async move { this.renew(seen, before).await });
        renewal.await.unwrap_or(Err(PortalError::Truncated))
    }

    async fn renew(&self, seen: Arc<Tokens>, before: u64) -> Result<Arc<Tokens>, PortalError> {
        let shared = &self.shared;
        let mut renewals = shared.renewing.lock().await;
        let current = shared.current();
        if !current.same_as(&seen) {
            return Ok(current);
        }
        // Somebody tried while we waited, and failed: that answer is ours too.
        if shared.ended() != before
            && let Some(failure) = &renewals.failure
        {
            return Err(failure.clone());
        }
        let result = self.renew_between_processes(&current, &mut renewals).await;
        renewals.failure = result.as_ref().err().cloned();
        shared.ended.fetch_add(1, std::sync::atomic::Ordering::AcqRel);
        result
    }

    async fn renew_between_processes(
        &self,
        current: &Arc<Tokens>,
        renewals: &mut Renewals,
    ) -> Result<Arc<Tokens>, PortalError> {
        let shared = &self.shared;
        // Without the lock or the saved tokens the session still works, in this process.
        let _lock = shared.keeper.lock().await.inspect_err(|_| tracing::warn!("no refresh lock"));
        match shared.keeper.load().await {
            Ok(Some(saved))
                if saved.expires_at >= current.expires_at && !saved.same_as(current) =>
            {
                let saved = Arc::new(saved);
                shared.set(saved.clone());
                return Ok(saved);
            }
            Ok(_) => {}
            Err(_) => tracing::warn!("saved tokens cannot be read"),
        }
        if renewals.refused.as_ref().is_some_and(|refused| refused.same_as(current)) {
            return Err(PortalError::Unauthorized);
        }
        let renewed = self.portal.http.renew(current).await.inspect_err(|e| {
            if *e == PortalError::Unauthorized {
                renewals.refused = Some(current.clone());
            }
        })?;
        let renewed = Arc::new(renewed);
        shared.set(renewed.clone());
        if shared.keeper.save(&renewed).await.is_err() {
            tracing::warn!(
                "renewed tokens cannot be saved; the session lasts until the app closes"
            );
        }
        Ok(renewed)
    }
}

impl Shared {
    fn current(&self) -> Arc<Tokens> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, tokens: Arc<Tokens>) {
        *self.tokens.lock().unwrap_or_else(PoisonError::into_inner) = tokens;
    }

    fn ended(&self) -> u64 {
        self.ended.load(std::sync::atomic::Ordering::Acquire)
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Session(..)")
    }
}
