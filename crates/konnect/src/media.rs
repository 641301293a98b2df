//! Pictures and films: where they are, and fetching them. No token ever goes there.

use crate::address::is_loopback;
use crate::error::PortalError;
use crate::http::{Http, failure};
use bytes::{Bytes, BytesMut};
use chrono::{DateTime, Utc};
use reqwest::header::{CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, RANGE};
use schriftje_model::{MediaId, MediaKind, MediaSize};
use std::fmt;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;
use url::Url;

/// Where a picture or film can be fetched for about an hour (B). Lives in memory alone: it is
/// neither shown by Debug nor ever serialised.
#[derive(Clone, PartialEq, Eq)]
pub struct MediaSource {
    url: Url,
}

impl MediaSource {
    /// Takes an address as the portal gave it; `None` when it is none.
    pub(crate) fn read(base: &Url, text: &str) -> Option<Self> {
        let url = base.join(text.trim()).ok()?;
        (matches!(url.scheme(), "https" | "http") && url.has_host()).then_some(Self { url })
    }

    /// Where a picture of a newsletter is, which the parent asked to see; `None` for what is no
    /// address of the web.
    pub fn of_newsletter(address: &str) -> Option<Self> {
        let url = Url::parse(address).ok()?;
        (matches!(url.scheme(), "https" | "http") && url.has_host()).then_some(Self { url })
    }

    /// Until when its signature holds, by its own `Expires` (B). `None` when it does not say.
    pub fn expires_at(&self) -> Option<DateTime<Utc>> {
        let (_, value) = self.url.query_pairs().find(|(name, _)| name == "Expires")?;
        DateTime::from_timestamp(value.parse().ok()?, 0)
    }

    pub(crate) fn path(&self) -> &str {
        self.url.path()
    }
}

impl fmt::Debug for MediaSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MediaSource(..)")
    }
}

/// One size of a picture or film, and where it is just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaLink {
    /// Which: a photo's identity, or an avatar's.
    pub id: MediaId,
    /// Still or moving.
    pub kind: MediaKind,
    /// Which size.
    pub size: MediaSize,
    /// Where it is.
    pub source: MediaSource,
}

/// A part of a file: from the first to the last byte, both included, or to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByteRange {
    /// The first byte.
    pub first: u64,
    /// The last byte.
    pub last: Option<u64>,
}

/// A picture, film or document on its way.
#[derive(Debug)]
pub struct MediaBody {
    /// What the server says it is, such as `image/jpeg`.
    pub mime: Option<String>,
    /// How many bytes follow, where the server says so.
    pub length: Option<u64>,
    /// How large the whole file is, where the server says so.
    pub total: Option<u64>,
    /// The first byte of this part, when a part was asked for and given.
    pub first: Option<u64>,
    response: reqwest::Response,
    limit: u64,
    received: u64,
    stalled: Duration,
    _slot: Option<OwnedSemaphorePermit>,
}

impl MediaBody {
    /// The body of an answer of the portal itself.
    pub(crate) fn of_portal(
        response: reqwest::Response,
        limit: u64,
        stalled: Duration,
    ) -> Result<Self, PortalError> {
        let length = response.content_length();
        if length.is_some_and(|length| length > limit) {
            return Err(PortalError::TooLarge { limit });
        }
        let mime = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        Ok(Self {
            mime: mime.map(plain_mime),
            length,
            total: length,
            first: None,
            response,
            limit,
            received: 0,
            stalled,
            _slot: None,
        })
    }

    /// The next piece; `None` at the end of a file that came whole.
    ///
    /// Fails with [`PortalError::TooLarge`] beyond the limit, [`PortalError::Truncated`] when the
    /// file was cut off and [`PortalError::TimedOut`] when nothing comes any more.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, PortalError> {
        let chunk = timeout(self.stalled, self.response.chunk()).await;
        let chunk = chunk.map_err(|_| PortalError::TimedOut)?;
        let Some(chunk) = chunk.map_err(|e| failure(&e))? else {
            return match self.length {
                Some(length) if self.received < length => Err(PortalError::Truncated),
                _ => Ok(None),
            };
        };
        self.received += chunk.len() as u64;
        if self.received > self.limit {
            return Err(PortalError::TooLarge { limit: self.limit });
        }
        Ok(Some(chunk))
    }

    /// All of it.
    pub async fn bytes(mut self) -> Result<Bytes, PortalError> {
        // What the server announces is only believed as far as a usual picture goes.
        let announced = self.length.unwrap_or(0).min(8 << 20);
        let mut all = BytesMut::with_capacity(usize::try_from(announced).unwrap_or(0));
        while let Some(chunk) = self.chunk().await? {
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }
}

impl Http {
    pub(crate) async fn download(
        &self,
        source: &MediaSource,
        range: Option<ByteRange>,
        limit: u64,
    ) -> Result<MediaBody, PortalError> {
        self.acceptable(&source.url)?;
        let slot = match &self.media_slots {
            Some(slots) => slots.clone().acquire_owned().await.ok(),
            None => None,
        };
        let mut request = self.media.get(source.url.clone());
        if let Some(ByteRange { first, last }) = range {
            let last = last.map(|last| last.to_string()).unwrap_or_default();
            request = request.header(RANGE, format!("bytes={first}-{last}"));
        }
        let response = request.send().await.map_err(|e| failure(&e))?;
        let status = response.status();
        match status.as_u16() {
            200 | 206 => {}
            300..=399 => return Err(PortalError::Redirected),
            400 | 401 | 403 => return Err(PortalError::MediaExpired),
            404 | 410 => return Err(PortalError::MediaGone),
            416 => return Err(PortalError::Truncated),
            _ => return Err(self.status_failure(status, response.headers(), None)),
        }
        let text = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        let length = text(CONTENT_LENGTH).and_then(|length| length.parse().ok());
        if length.is_some_and(|length| length > limit) {
            return Err(PortalError::TooLarge { limit });
        }
        let mime = text(CONTENT_TYPE).map(plain_mime);
        let (first, total) = match text(CONTENT_RANGE).and_then(content_range) {
            Some((first, total)) if status.as_u16() == 206 => (Some(first), total),
            _ => (None, length),
        };
        Ok(MediaBody {
            mime,
            length,
            total,
            first,
            response,
            limit,
            received: 0,
            stalled: self.config.timeouts.stalled,
            _slot: slot,
        })
    }

    /// Only https is fetched, and this very machine only when the portal is on it too.
    fn acceptable(&self, url: &Url) -> Result<(), PortalError> {
        let here = is_loopback(url);
        if (url.scheme() == "https" || here) && (!here || self.loopback) {
            Ok(())
        } else {
            Err(PortalError::MediaAddress)
        }
    }
}

/// A media type without its parameters.
fn plain_mime(mime: &str) -> String {
    mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// `bytes 0-99/1234` as the first byte and the whole size.
fn content_range(text: &str) -> Option<(u64, Option<u64>)> {
    let (part, total) = text.trim().strip_prefix("bytes ")?.split_once('/')?;
    let (first, _) = part.split_once('-')?;
    Some((first.trim().parse().ok()?, total.trim().parse().ok()))
}
