//! What was asked of the portal, so that a test can say what a client may and may not send.

use serde::Serialize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Which of the two servers was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Origin {
    /// The portal itself.
    Portal,
    /// The origin that serves photos and videos.
    Media,
}

/// One request and how it was answered. The staff side is not recorded.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Recorded {
    /// `GET`, `PUT` …
    pub method: String,
    /// The path with its query.
    pub path_and_query: String,
    /// Whether it carried an `Authorization` header.
    pub has_bearer: bool,
    /// What stood in it; told to tests alone.
    #[serde(skip)]
    pub authorization: Option<String>,
    /// Whether it carried a `Cookie` header.
    pub has_cookie: bool,
    /// The status of the answer; 0 when the connection was reset instead.
    pub status: u16,
    /// Bytes of the answer's body sent so far.
    pub bytes: u64,
    /// Who was asked.
    pub origin: Origin,
}

#[derive(Clone, Debug, Default)]
pub struct Record(Arc<Mutex<Vec<Line>>>);

#[derive(Debug)]
struct Line {
    request: Recorded,
    bytes: Arc<AtomicU64>,
}

impl Record {
    /// Notes a request; the counter that comes back takes the bytes sent.
    pub fn add(&self, request: Recorded) -> Arc<AtomicU64> {
        let bytes = Arc::new(AtomicU64::new(0));
        let line = Line { request, bytes: Arc::clone(&bytes) };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        bytes
    }

    pub fn all(&self) -> Vec<Recorded> {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines
            .iter()
            .map(|line| Recorded {
                bytes: line.bytes.load(Ordering::Relaxed),
                ..line.request.clone()
            })
            .collect()
    }

    pub fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
