//! `/auth-api/captcha`, `/auth-api/login` and `/auth-api/token`.

use super::field;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

/// `GET /auth-api/captcha` (D).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CaptchaAnswer {
    #[serde(default)]
    pub(crate) blocked_until: Value,
}

/// The answer of `PUT /auth-api/login` and `PUT /auth-api/token` (A, B, C, D, E).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TokenAnswer {
    #[serde(default, deserialize_with = "field::raw")]
    pub(crate) auth_token: Option<String>,
    #[serde(default, deserialize_with = "field::instant")]
    pub(crate) expiration: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "field::raw")]
    pub(crate) refresh_token: Option<String>,
    #[serde(default)]
    pub(crate) domain_server_name: Value,
    #[serde(default)]
    pub(crate) redirect_url: Value,
    #[serde(default, deserialize_with = "field::flag")]
    pub(crate) must_reset_password: bool,
}
