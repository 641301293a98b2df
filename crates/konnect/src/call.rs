//! One call to the portal, before it is sent.

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{HeaderName, HeaderValue};
use secrecy::SecretString;
use serde_json::Value;
use std::time::Duration;

/// One call to the portal.
#[derive(Clone)]
pub(crate) struct Call<'a> {
    pub(crate) method: Method,
    /// Below the origin, without a leading slash.
    pub(crate) path: String,
    pub(crate) bearer: Option<&'a SecretString>,
    pub(crate) cookie: Option<&'a SecretString>,
    pub(crate) app_style: bool,
    pub(crate) accept: &'static str,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Option<Body>,
    /// It goes to that very address and nowhere else: no redirect is followed.
    pub(crate) direct: bool,
    /// How much longer than usual it may take.
    pub(crate) extra_time: Duration,
}

/// What a call carries.
#[derive(Clone)]
pub(crate) enum Body {
    Json(Value),
    Bytes(Bytes),
}

impl<'a> Call<'a> {
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self {
            method: Method::GET,
            path: path.into(),
            bearer: None,
            cookie: None,
            app_style: false,
            accept: "application/json",
            headers: Vec::new(),
            body: None,
            direct: false,
            extra_time: Duration::ZERO,
        }
    }

    pub(crate) fn put(path: impl Into<String>, body: Value) -> Self {
        Self { method: Method::PUT, body: Some(Body::Json(body)), ..Self::get(path) }
    }

    /// A call of our extension that changes something at the portal.
    pub(crate) fn write(method: Method, path: impl Into<String>) -> Self {
        let accept = "application/json, application/problem+json";
        Self { method, accept, direct: true, ..Self::get(path) }
    }

    pub(crate) fn json(self, body: Value) -> Self {
        Self { body: Some(Body::Json(body)), ..self }
    }

    pub(crate) fn bearer(self, token: &'a SecretString) -> Self {
        Self { bearer: Some(token), ..self }
    }

    pub(crate) fn cookie(self, cookie: Option<&'a SecretString>) -> Self {
        Self { cookie, ..self }
    }

    pub(crate) fn app_style(self, app_style: bool) -> Self {
        Self { app_style, ..self }
    }

    pub(crate) fn header(mut self, name: HeaderName, value: impl Into<HeaderValue>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}
