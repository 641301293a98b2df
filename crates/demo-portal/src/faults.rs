//! The ways a portal can misbehave, and when.

use crate::record::Origin;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError};

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum FaultKind {
    /// The answer comes later.
    Latency {
        /// Milliseconds added.
        ms: u64,
    },
    /// Everything is done at once, and the answer comes later: what is done is under way till then.
    LateAnswer {
        /// Milliseconds before the answer.
        ms: u64,
    },
    /// The connection is reset without an answer, and nothing is done.
    Reset,
    /// Everything is done, and then the connection is reset without an answer.
    EffectThenReset,
    /// 429 with `Retry-After`.
    TooManyRequests {
        /// Seconds in `Retry-After`.
        retry_after: u64,
    },
    /// Any status with an empty body, such as 503.
    Status {
        /// The status.
        status: u16,
    },
    /// A refusal in the words of our extension.
    Problem {
        /// The status.
        status: u16,
        /// What it is, for a program.
        code: String,
    },
    /// 401, as if the token had died early.
    Unauthorized,
    /// The first half of the answer with the length of the whole, then the end of the connection.
    Truncated,
    /// The first half of the answer as if that were all.
    HalfJson,
    /// 200 with a web page, as a captive portal sends.
    Html,
    /// Numbers where text was, text where numbers were.
    WrongTypes,
    /// The same things under other names and nested differently.
    ChangedShape,
    /// Two gigabytes of an answer.
    Endless {
        /// Whether `Content-Length` says so, or the answer is chunked and just goes on.
        declared: bool,
    },
    /// A small JPEG that says it is 30,000 × 30,000.
    HugePicture,
    /// A JPEG that breaks off and is damaged.
    BrokenPicture,
    /// 403, as for a signed URL that has expired.
    ExpiredMedia,
    /// Signed URLs in the answer have expired already.
    StaleUrls,
}

impl FaultKind {
    /// Whether it only takes time, and other faults may come with it.
    pub(crate) fn is_late(&self) -> bool {
        matches!(self, Self::Latency { .. } | Self::LateAnswer { .. })
    }
}

/// A fault, and which requests meet it. Requests to the staff side never do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// What goes wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
    /// Only paths that start so.
    #[serde(default)]
    pub path_prefix: Option<String>,
    /// Only paths that end so.
    #[serde(default)]
    pub path_suffix: Option<String>,
    /// Only requests of this method, such as `POST`.
    #[serde(default)]
    pub method: Option<String>,
    /// Only at this origin.
    #[serde(default)]
    pub origin: Option<Origin>,
    /// This many matching requests go well first.
    #[serde(default)]
    pub after: u32,
    /// Only so many times; `None` until cleared.
    #[serde(default)]
    pub count: Option<u32>,
}

impl Fault {
    /// `kind` for every request, until cleared.
    pub fn always(kind: FaultKind) -> Self {
        Self {
            kind,
            path_prefix: None,
            path_suffix: None,
            method: None,
            origin: None,
            after: 0,
            count: None,
        }
    }

    /// `kind` for one request.
    pub fn once(kind: FaultKind) -> Self {
        Self { count: Some(1), ..Self::always(kind) }
    }

    /// Only for paths that start with `prefix`.
    #[must_use]
    pub fn at(self, prefix: &str) -> Self {
        Self { path_prefix: Some(prefix.to_owned()), ..self }
    }

    /// Only for paths that end with `suffix`.
    #[must_use]
    pub fn ending(self, suffix: &str) -> Self {
        Self { path_suffix: Some(suffix.to_owned()), ..self }
    }

    /// Only requests of `method`, such as `POST`.
    #[must_use]
    pub fn only(self, method: &str) -> Self {
        Self { method: Some(method.to_owned()), ..self }
    }

    /// Only at `origin`.
    #[must_use]
    pub fn on(self, origin: Origin) -> Self {
        Self { origin: Some(origin), ..self }
    }

    /// Only after `requests` matching ones went well.
    #[must_use]
    pub fn after(self, requests: u32) -> Self {
        Self { after: requests, ..self }
    }

    /// Only `count` times.
    #[must_use]
    pub fn times(self, count: u32) -> Self {
        Self { count: Some(count), ..self }
    }
}

/// The faults in force. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Faults(Arc<Mutex<Vec<Fault>>>);

impl Faults {
    /// Adds a fault; the ones before it go first.
    pub fn add(&self, fault: Fault) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
    }

    /// Ends all faults.
    pub fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The faults still to come.
    pub fn all(&self) -> Vec<Fault> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What this request meets: every delay that matches, and the first other fault.
    pub(crate) fn meet(&self, origin: Origin, method: &str, path: &str) -> Vec<FaultKind> {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut met: Vec<FaultKind> = Vec::new();
        let mut broken = false;
        faults.retain_mut(|fault| {
            let matches = fault.origin.is_none_or(|of| of == origin)
                && fault.method.as_deref().is_none_or(|only| only == method)
                && fault.path_prefix.as_deref().is_none_or(|prefix| path.starts_with(prefix))
                && fault.path_suffix.as_deref().is_none_or(|suffix| path.ends_with(suffix));
            let late = fault.kind.is_late();
            if !matches || (broken && !late) {
                return true;
            }
            if fault.after > 0 {
                fault.after -= 1;
                return true;
            }
            met.push(fault.kind.clone());
            broken |= !late;
            match &mut fault.count {
                Some(count) => {
                    *count = count.saturating_sub(1);
                    *count > 0
                }
                None => true,
            }
        });
        met
    }
}
