//! `ETag` and `If-Match`: a change says which version of a thing it is based on.

use super::declined::Declined;
use super::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Stands for a thing as it is told, in the form of the header.
pub fn etag(thing: &impl Serialize) -> String {
    let told = serde_json::to_vec(thing).unwrap_or_default();
    format!("\"{}\"", hex::encode(&Sha256::digest(told)[..16]))
}

/// The versions a change may be based on, as `If-Match` says.
pub struct Based(Vec<String>);

impl<S: Sync> FromRequestParts<S> for Based {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let versions: Vec<String> = parts
            .headers
            .get_all(header::IF_MATCH)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(|version| version.trim().to_owned())
            .filter(|version| !version.is_empty())
            .collect();
        if versions.is_empty() {
            return Err(Problem::from(Declined::IfMatchMissing).into_response());
        }
        Ok(Self(versions))
    }
}

impl Based {
    /// Refuses a change of another version than `current`, which is told with what was sent.
    pub fn on(&self, etag: &str, current: &impl Serialize, sent: Value) -> Result<(), Declined> {
        if self.0.iter().any(|version| version == etag || version == "*") {
            return Ok(());
        }
        let current = serde_json::to_value(current).unwrap_or_default();
        Err(Declined::ChangedMeanwhile { current, sent })
    }
}
