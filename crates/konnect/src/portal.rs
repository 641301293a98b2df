//! One portal, before and beside any session.

use crate::capabilities::{Capabilities, PageLinks};
use crate::config::ClientConfig;
use crate::error::{PortalError, SignInError};
use crate::http::Http;
use crate::media::{ByteRange, MediaBody, MediaSource};
use crate::sign_in::{Captcha, SignInStyle};
use crate::{PortalAddress, Tokens};
use chrono::{DateTime, Utc};
use secrecy::SecretString;
use std::fmt;
use std::sync::Arc;

/// One portal. Clones share connections and manners.
#[derive(Clone)]
pub struct Portal {
    pub(crate) http: Arc<Http>,
}

impl Portal {
    /// A client for the portal at `address`. Nothing is sent yet.
    ///
    /// Fails with [`PortalError::Setup`] when the extra certificate cannot be read.
    pub fn new(address: PortalAddress, config: ClientConfig) -> Result<Self, PortalError> {
        Ok(Self { http: Arc::new(Http::new(address, config)?) })
    }

    /// Its address.
    pub fn address(&self) -> &PortalAddress {
        &self.http.address
    }

    /// How this client behaves.
    pub fn config(&self) -> &ClientConfig {
        &self.http.config
    }

    /// The present instant on the portal's clock, as far as its answers told; else on the device's.
    pub fn now(&self) -> DateTime<Utc> {
        self.http.clock.now()
    }

    /// Asks whether the portal takes passwords just now: `GET /auth-api/captcha` (D).
    ///
    /// Fails with [`PortalError::NotAPortal`] when no Konnect portal answers.
    pub async fn captcha(&self) -> Result<Captcha, PortalError> {
        self.http.captcha().await
    }

    /// Signs in: asks the captcha first, sends the password once, and after a refusal asks the
    /// captcha once more, to tell a lock-out from a wrong password. Nothing is ever tried again.
    pub async fn sign_in(
        &self,
        username: &str,
        password: &SecretString,
        style: SignInStyle,
    ) -> Result<Tokens, SignInError> {
        self.http.sign_in(username, password, style).await
    }

    /// Asks what the portal offers beyond the observed calls, without token or cookie. Ask once a
    /// day at most.
    ///
    /// Fails only when the network does: any other answer is a plain portal.
    pub async fn capabilities(&self) -> Result<Capabilities, PortalError> {
        self.http.capabilities().await
    }

    /// The links on the portal's own sign-in page, as far as it carries any (C).
    pub async fn sign_in_page_links(&self) -> Result<PageLinks, PortalError> {
        self.http.sign_in_page_links().await
    }

    /// Begins to fetch a picture or film, or a part of it, of at most `limit` bytes. No token goes
    /// along, and redirects to another origin are refused.
    ///
    /// Fails with [`PortalError::MediaExpired`] when the signature has died.
    pub async fn download(
        &self,
        source: &MediaSource,
        range: Option<ByteRange>,
        limit: u64,
    ) -> Result<MediaBody, PortalError> {
        self.http.download(source, range, limit).await
    }
}

impl fmt::Debug for Portal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Portal(..)")
    }
}
