//! Sending calls: headers, manners, limits, and what each failure means.

use crate::address::is_loopback;
use crate::call::{Body, Call};
use crate::config::{ClientConfig, Manners};
use crate::error::PortalError;
use crate::names::{NameError, Resolver};
use crate::pace::Pace;
use crate::wire::envelope::message_code;
use crate::{PortalAddress, server_clock::ServerClock};
use bytes::Bytes;
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue, REFERER, RETRY_AFTER,
};
use reqwest::{Client, RequestBuilder, Response, StatusCode, redirect};
use secrecy::ExposeSecret;
use serde_json::Value;
use std::error::Error as StdError;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use url::Url;

/// The cookie of browser-style sessions (B, E).
pub(crate) const REFRESH_COOKIE: &str = "__Host-refresh_token";

/// What tells the app-style sign-in apart (D).
const APP_HEADERS: [(&str, &str); 2] =
    [("X-Client-Name", "OuderApp"), ("X-Client-Version", "3.64.1")];

const MOST_REDIRECTS: usize = 3;

/// The HTTP side of one portal.
pub(crate) struct Http {
    pub(crate) address: PortalAddress,
    pub(crate) config: ClientConfig,
    pub(crate) clock: ServerClock,
    pub(crate) loopback: bool,
    pub(crate) media: Client,
    pub(crate) media_slots: Option<Arc<Semaphore>>,
    portal: Client,
    /// Follows no redirect and has no time limit of its own: for writes, and for events.
    direct: Client,
    pace: Option<Pace>,
}

/// What came back, whole.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Http {
    pub(crate) fn new(address: PortalAddress, config: ClientConfig) -> Result<Self, PortalError> {
        let loopback = address.is_loopback();
        let (pace, media_slots) = match config.manners {
            Manners::ByAddress if loopback => (None, None),
            Manners::None => (None, None),
            Manners::ByAddress => limits_of(Manners::POLITE),
            fixed @ Manners::Fixed { .. } => limits_of(fixed),
        };
        let referer =
            HeaderValue::from_str(address.web_portal().as_str()).map_err(|_| PortalError::Setup)?;
        let headers = HeaderMap::from_iter([(REFERER, referer)]);
        let portal = builder(&config, loopback)?
            .default_headers(headers.clone())
            .timeout(config.timeouts.call)
            .build()
            .map_err(|_| PortalError::Setup)?;
        let direct = builder(&config, loopback)?
            .default_headers(headers)
            .redirect(redirect::Policy::none())
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .build()
            .map_err(|_| PortalError::Setup)?;
        // Pictures are compressed already, and a length that can be checked is worth more.
        let media = builder(&config, loopback)?
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .read_timeout(config.timeouts.stalled)
            .build()
            .map_err(|_| PortalError::Setup)?;
        let clock = ServerClock::new(config.clock.clone());
        Ok(Self { address, config, clock, loopback, media, media_slots, portal, direct, pace })
    }

    /// Sends a call and reads the whole answer, whatever its status.
    pub(crate) async fn send(&self, call: Call<'_>) -> Result<Answer, PortalError> {
        let name = call.path.split('?').next().unwrap_or_default().to_owned();
        let time = self.config.timeouts.call + call.extra_time;
        let mut request = self.request(call).await?;
        request = request.timeout(time);
        let mut response = request.send().await.map_err(|e| failure(&e))?;
        self.clock.learn(response.headers());
        let limit = self.config.limits.answer;
        if response.content_length().is_some_and(|length| length > limit) {
            return Err(PortalError::TooLarge { limit });
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|e| failure(&e))? {
            if (body.len() + chunk.len()) as u64 > limit {
                return Err(PortalError::TooLarge { limit });
            }
            body.extend_from_slice(&chunk);
        }
        tracing::debug!(path = name, status = response.status().as_u16(), bytes = body.len());
        Ok(Answer {
            status: response.status(),
            headers: response.headers().clone(),
            body: body.into(),
        })
    }

    /// Sends a call and hands back its answer as soon as its head is there. How long the rest may
    /// take is the caller's, within the call's extra time where it has some.
    pub(crate) async fn open(&self, call: Call<'_>) -> Result<Response, PortalError> {
        let extra_time = call.extra_time;
        let mut request = self.request(call).await?;
        if !extra_time.is_zero() {
            request = request.timeout(self.config.timeouts.call + extra_time);
        }
        let response = tokio::time::timeout(self.config.timeouts.call, request.send())
            .await
            .map_err(|_| PortalError::TimedOut)?
            .map_err(|e| failure(&e))?;
        self.clock.learn(response.headers());
        Ok(response)
    }

    /// Waits for its turn and makes the request, to this portal and nowhere else.
    async fn request(&self, call: Call<'_>) -> Result<RequestBuilder, PortalError> {
        if let Some(pace) = &self.pace {
            pace.turn().await;
        }
        let url = self.address.base().join(&call.path).map_err(|_| PortalError::Setup)?;
        if url.origin() != self.address.base().origin() {
            return Err(PortalError::Redirected);
        }
        let client = if call.direct { &self.direct } else { &self.portal };
        let mut request = client.request(call.method, url).header(ACCEPT, call.accept);
        if let Some(token) = call.bearer {
            let mut value = HeaderValue::from_str(&format!("Bearer {}", token.expose_secret()))
                .map_err(|_| PortalError::Unauthorized)?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        if let Some(cookie) = call.cookie {
            let pair = format!("{REFRESH_COOKIE}={}", cookie.expose_secret());
            let mut value = HeaderValue::from_str(&pair).map_err(|_| PortalError::Unauthorized)?;
            value.set_sensitive(true);
            request = request.header(COOKIE, value);
        }
        if call.app_style {
            for (name, value) in APP_HEADERS {
                request = request.header(name, value);
            }
        }
        for (name, value) in call.headers {
            request = request.header(name, value);
        }
        Ok(match call.body {
            Some(Body::Json(body)) => request.json(&body),
            Some(Body::Bytes(bytes)) => request.body(bytes),
            None => request,
        })
    }

    /// The JSON of a successful answer; any other status is an error.
    pub(crate) fn json(&self, answer: &Answer) -> Result<Value, PortalError> {
        if answer.status.is_success() {
            return parse(answer);
        }
        Err(self.status_failure(answer.status, &answer.headers, Some(answer)))
    }

    /// What a status other than success means.
    pub(crate) fn status_failure(
        &self,
        status: StatusCode,
        headers: &HeaderMap,
        answer: Option<&Answer>,
    ) -> PortalError {
        match status.as_u16() {
            300..=399 => PortalError::Redirected,
            401 => PortalError::Unauthorized,
            // A network that wants its own sign-in first.
            407 | 511 => PortalError::NotAPortal,
            429 => PortalError::TooManyRequests { retry_after: self.retry_after(headers) },
            status @ 500.. => {
                PortalError::Server { status, retry_after: self.retry_after(headers) }
            }
            status => match answer.map(parse) {
                Some(Ok(json)) => {
                    PortalError::Refused { status, message_code: message_code(&json) }
                }
                Some(Err(PortalError::NotAPortal)) => PortalError::NotAPortal,
                _ => PortalError::Refused { status, message_code: None },
            },
        }
    }

    /// Seconds, or a date on the portal's clock; an hour at most.
    fn retry_after(&self, headers: &HeaderMap) -> Option<Duration> {
        let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        let wait = if let Ok(seconds) = text.parse() {
            Duration::from_secs(seconds)
        } else {
            let at = chrono::DateTime::parse_from_rfc2822(text).ok()?;
            (at.to_utc() - self.clock.now()).to_std().unwrap_or(Duration::ZERO)
        };
        Some(wait.min(Duration::from_hours(1)))
    }
}

fn limits_of(manners: Manners) -> (Option<Pace>, Option<Arc<Semaphore>>) {
    let Manners::Fixed { calls_per_second, media_at_once } = manners else { return (None, None) };
    let at_once = usize::try_from(media_at_once).unwrap_or(1).clamp(1, Semaphore::MAX_PERMITS);
    (Some(Pace::new(calls_per_second)), Some(Arc::new(Semaphore::new(at_once))))
}

fn builder(config: &ClientConfig, loopback: bool) -> Result<reqwest::ClientBuilder, PortalError> {
    let mut builder = Client::builder()
        .user_agent(&config.user_agent)
        .connect_timeout(config.timeouts.connect)
        .redirect(redirect::Policy::custom(within_one_origin))
        .referer(false)
        .https_only(!loopback)
        .dns_resolver(Resolver(config.names.clone()));
    if loopback {
        builder = builder.no_proxy();
    }
    if let Some(pem) = &config.extra_ca_pem {
        let certs = reqwest::Certificate::from_pem_bundle(pem).map_err(|_| PortalError::Setup)?;
        if certs.is_empty() {
            return Err(PortalError::Setup);
        }
        builder = builder.tls_certs_merge(certs);
    }
    Ok(builder)
}

/// Follows a redirect within one origin; any other is handed back as it is.
fn within_one_origin(attempt: redirect::Attempt<'_>) -> redirect::Action {
    let same = attempt.previous().iter().all(|url| url.origin() == attempt.url().origin());
    if same && attempt.previous().len() <= MOST_REDIRECTS {
        attempt.follow()
    } else {
        attempt.stop()
    }
}

/// The JSON in an answer, whatever its status.
pub(crate) fn parse(answer: &Answer) -> Result<Value, PortalError> {
    let body = answer.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&answer.body);
    let html = answer
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|mime| mime.to_ascii_lowercase().contains("html"));
    if html || body.trim_ascii_start().first() == Some(&b'<') {
        return Err(PortalError::NotAPortal);
    }
    if body.trim_ascii().is_empty() {
        return if answer.status.is_success() {
            Err(PortalError::Truncated)
        } else {
            Ok(Value::Null)
        };
    }
    serde_json::from_slice(body).map_err(|e| match body.trim_ascii_start().first() {
        _ if e.is_eof() => PortalError::Truncated,
        Some(b'{' | b'[') => PortalError::Changed { what: "json" },
        _ => PortalError::NotAPortal,
    })
}

/// What a failed request means.
pub(crate) fn failure(error: &reqwest::Error) -> PortalError {
    let mut cause: Option<&(dyn StdError + 'static)> = error.source();
    while let Some(e) = cause {
        if let Some(name) = e.downcast_ref::<NameError>() {
            return match name {
                NameError::NoSuchHost => PortalError::UnknownHost,
                NameError::Unavailable => PortalError::Offline,
            };
        }
        // Once a connection stands, trouble in it says nothing about who is at the other end.
        if e.is::<rustls::Error>() && error.is_connect() {
            return PortalError::Certificate;
        }
        // An I/O error hides the error it carries from `source`.
        cause = match e.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => e.source(),
        };
    }
    if error.is_builder() {
        PortalError::MediaAddress
    } else if error.is_connect() {
        PortalError::Offline
    } else if error.is_timeout() {
        PortalError::TimedOut
    } else {
        PortalError::Truncated
    }
}

/// Whether a link may be shown: on the portal itself, or https elsewhere.
pub(crate) fn outside_link(base: &Url, text: &str) -> Option<Url> {
    let url = base.join(text.trim()).ok()?;
    let safe = url.origin() == base.origin() || (url.scheme() == "https" && !is_loopback(&url));
    (safe && url.username().is_empty() && url.password().is_none()).then_some(url)
}
