//! Uploading photos and videos in pieces: tus 1.0.0 with creation, checksum and termination.
//!
//! The client crates for tus bring a client, retries and file reading of their own; ours must go
//! through the session, so that tokens, manners and limits are those of every other call.

use crate::call::{Body, Call};
use crate::error::PortalError;
use crate::http::Answer;
use crate::session::Session;
use crate::wire::field::{as_id, is_unprintable, segment};
use crate::write_error::WriteError;
use crate::writing::with_key;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt;
use std::time::Duration;
use url::Url;
use uuid::Uuid;

/// Where uploads live, below the origin.
const UPLOADS: &str = "parent-api/v1/uploads";
const VERSION: &str = "1.0.0";
/// Characters of a file's name that go along.
const LONGEST_NAME: usize = 200;
/// Bytes that go up in one second on a poor connection; a piece gets the time that takes.
const SLOWEST: u64 = 8 << 10;

const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
const UPLOAD_METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const UPLOAD_CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");

/// An upload, as the portal names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UploadId(String);

impl UploadId {
    /// The identity as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UploadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<T: Into<String>> From<T> for UploadId {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

/// Uploading. Only for a portal whose [`Capabilities`](crate::Capabilities) list `uploads`.
impl Session {
    /// Begins an upload of so many bytes: `POST /parent-api/v1/uploads`. With the same key and the
    /// same file it is the same upload.
    ///
    /// Fails with [`PortalError::Redirected`] when the portal puts it anywhere but among its own.
    pub async fn create_upload(
        &self,
        key: Uuid,
        bytes: u64,
        mime: &str,
        name: &str,
    ) -> Result<UploadId, WriteError> {
        let call = Call::write(Method::POST, UPLOADS)
            .header(TUS_RESUMABLE, HeaderValue::from_static(VERSION))
            .header(UPLOAD_LENGTH, bytes)
            .header(UPLOAD_METADATA, metadata(mime, name)?);
        let answer = self.write(with_key(call, key)?).await?;
        let location = answer.headers.get(LOCATION).and_then(|value| value.to_str().ok());
        let place = location.ok_or(WriteError::Portal(PortalError::Changed { what: "uploads" }))?;
        placed(self.portal().address().base(), place)
            .ok_or(WriteError::Portal(PortalError::Redirected))
    }

    /// How many bytes of an upload the portal has: `HEAD /parent-api/v1/uploads/{id}`.
    pub async fn upload_offset(&self, upload: &UploadId) -> Result<u64, WriteError> {
        offset(&self.write(call(Method::HEAD, upload)?).await?)
    }

    /// Sends the bytes of an upload from `offset` on, with their checksum:
    /// `PATCH /parent-api/v1/uploads/{id}`. Answers how many the portal has then.
    ///
    /// Refused with status 409 when the portal is at another offset, and with 460 when the bytes
    /// arrived damaged; nothing of the piece is kept then.
    pub async fn upload_piece(
        &self,
        upload: &UploadId,
        offset: u64,
        bytes: Bytes,
    ) -> Result<u64, WriteError> {
        let checksum = format!("sha256 {}", STANDARD.encode(Sha256::digest(&bytes)));
        let checksum = HeaderValue::try_from(checksum).map_err(|_| PortalError::Setup)?;
        let length = bytes.len() as u64;
        let mut call = call(Method::PATCH, upload)?
            .header(CONTENT_TYPE, HeaderValue::from_static("application/offset+octet-stream"))
            .header(UPLOAD_OFFSET, offset)
            .header(UPLOAD_CHECKSUM, checksum);
        call.body = Some(Body::Bytes(bytes));
        call.extra_time = Duration::from_secs(length / SLOWEST);
        let now = self::offset(&self.write(call).await?)?;
        if (offset..=offset.saturating_add(length)).contains(&now) {
            Ok(now)
        } else {
            Err(WriteError::Portal(PortalError::Changed { what: "uploads" }))
        }
    }

    /// Lets the portal forget an upload: `DELETE /parent-api/v1/uploads/{id}`. One that is gone
    /// already is forgotten too.
    pub async fn drop_upload(&self, upload: &UploadId) -> Result<(), WriteError> {
        match self.write(call(Method::DELETE, upload)?).await {
            Ok(_) | Err(WriteError::Refused { status: 404 | 410, .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

fn call(method: Method, upload: &UploadId) -> Result<Call<'static>, WriteError> {
    let segment = segment(upload.as_str()).ok_or_else(WriteError::unknown)?;
    let call = Call::write(method, format!("{UPLOADS}/{segment}"));
    Ok(call.header(TUS_RESUMABLE, HeaderValue::from_static(VERSION)))
}

/// Both in base64, as headers carry no other letters.
fn metadata(mime: &str, name: &str) -> Result<HeaderValue, WriteError> {
    let name: String = name
        .chars()
        .filter(|c| !c.is_control() && !is_unprintable(*c))
        .take(LONGEST_NAME)
        .collect();
    let pairs = format!("filetype {},filename {}", STANDARD.encode(mime), STANDARD.encode(name));
    HeaderValue::try_from(pairs.trim_end()).map_err(|_| PortalError::Setup.into())
}

/// The identity in a `Location`, when it is among this portal's own uploads.
fn placed(base: &Url, location: &str) -> Option<UploadId> {
    let url = base.join(location.trim()).ok()?;
    let own = url.origin() == base.origin()
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    let id = url.path().strip_prefix('/')?.strip_prefix(UPLOADS)?.strip_prefix('/')?;
    let id = as_id(&Value::from(id)).filter(|id| own && !id.contains('%'))?;
    Some(UploadId(id))
}

fn offset(answer: &Answer) -> Result<u64, WriteError> {
    let text = answer.headers.get(UPLOAD_OFFSET).and_then(|value| value.to_str().ok());
    text.and_then(|text| text.trim().parse().ok())
        .ok_or(WriteError::Portal(PortalError::Changed { what: "uploads" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upload_is_only_taken_among_the_portals_own() {
        let base = Url::parse("https://abc.ouderportaal.nl/").unwrap();
        let placed = |location: &str| placed(&base, location).map(|id| id.0);
        let own = "https://abc.ouderportaal.nl/parent-api/v1/uploads/u1";
        for good in [own, "/parent-api/v1/uploads/u1", "parent-api/v1/uploads/u1"] {
            assert_eq!(placed(good).as_deref(), Some("u1"), "{good}");
        }
        for bad in [
            "https://evil.example/parent-api/v1/uploads/u1",
            "//evil.example/parent-api/v1/uploads/u1",
            "http://abc.ouderportaal.nl/parent-api/v1/uploads/u1",
            "https://abc.ouderportaal.nl:8443/parent-api/v1/uploads/u1",
            "https://x@abc.ouderportaal.nl/parent-api/v1/uploads/u1",
            "/parent-api/v1/uploads/",
            "/parent-api/v1/uploads/../messages",
            "/parent-api/v1/uploads/a/b",
            "/parent-api/v1/uploads/a%2Fb",
            "/parent-api/v1/uploads/u1?x=1",
            "/parent-api/v1/uploads/u1#x",
            "/auth-api/login",
            "",
        ] {
            assert_eq!(placed(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_name_goes_along_in_any_script_and_never_as_a_header_of_its_own() {
        let value = metadata("image/jpeg", "naïef\r\nX: y.jpg").unwrap();
        let text = value.to_str().unwrap();
        let name = text.strip_prefix("filetype aW1hZ2UvanBlZw==,filename ").unwrap();
        assert_eq!(STANDARD.decode(name).unwrap(), "naïefX: y.jpg".as_bytes());
        assert_eq!(metadata("image/png", "").unwrap(), "filetype aW1hZ2UvcG5n,filename");
    }
}
