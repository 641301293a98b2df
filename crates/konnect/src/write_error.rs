//! Why a write failed, told apart by whether it may have been done all the same.

use crate::error::{PortalError, code_for_logs};
use crate::http::{Answer, Http, parse};
use crate::session::NoAnswer;
use crate::wire::envelope::message_code;
use crate::wire::field::as_line;
use serde_json::Value;

/// Longer than any code.
const LONGEST_CODE: usize = 100;
/// A key the portal knows: something was or is being written under it.
const KNOWN_KEYS: [&str; 2] = ["idempotency-key-in-use", "idempotency-key-reused"];

/// Why a write failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// The portal refuses it, and said so in full.
    #[error("the portal refused the write (status {status}, code {})", code_for_logs(.code.as_deref()))]
    Refused {
        /// The HTTP status; 200 when the refusal stood in an envelope.
        status: u16,
        /// What it is, for a program, where the portal says so; such as `conversation-closed`.
        code: Option<String>,
        /// The portal's own sentence for the parent, on one line of at most 300 characters.
        detail: Option<String>,
    },
    /// The call itself failed. It may have been done: see [`WriteError::is_certain_not_done`].
    #[error(transparent)]
    Portal(PortalError),
}

impl WriteError {
    /// Whether nothing was written, for certain: no connection was made, or the portal refused.
    /// After a time-out, a connection that broke, an answer that cannot be read or a portal out of
    /// order nobody can tell.
    pub fn is_certain_not_done(&self) -> bool {
        match self {
            Self::Refused { code, .. } => {
                !code.as_deref().is_some_and(|code| KNOWN_KEYS.contains(&code))
            }
            Self::Portal(error) => matches!(
                error,
                PortalError::Offline
                    | PortalError::UnknownHost
                    | PortalError::Certificate
                    | PortalError::Unauthorized
                    | PortalError::TooManyRequests { .. }
                    | PortalError::Refused { .. }
                    | PortalError::Setup
            ),
        }
    }

    /// What a call to an identity that no portal gives would be answered.
    pub(crate) fn unknown() -> Self {
        Self::Refused { status: 404, code: None, detail: None }
    }
}

impl From<PortalError> for WriteError {
    fn from(error: PortalError) -> Self {
        match error {
            PortalError::Refused { status, message_code } => {
                Self::Refused { status, code: message_code, detail: None }
            }
            other => Self::Portal(other),
        }
    }
}

impl From<NoAnswer> for WriteError {
    fn from(failure: NoAnswer) -> Self {
        // A session that could not be renewed means that nothing was sent. Told as what keeps that
        // certainty, and leads to trying again.
        match failure {
            NoAnswer::NotSent(PortalError::TimedOut | PortalError::Truncated) => {
                Self::Portal(PortalError::Offline)
            }
            NoAnswer::NotSent(PortalError::Server { retry_after, .. }) => {
                Self::Portal(PortalError::TooManyRequests { retry_after })
            }
            NoAnswer::NotSent(error) | NoAnswer::Lost(error) => error.into(),
        }
    }
}

impl Http {
    /// The answer to a write, when it was done.
    pub(crate) fn done(&self, answer: Answer) -> Result<Answer, WriteError> {
        match answer.status.as_u16() {
            200..=299 => Ok(answer),
            408 => Err(WriteError::Portal(PortalError::TimedOut)),
            status @ (400 | 402..=406 | 409..=428 | 430..=499) => Err(problem(status, &answer)),
            _ => Err(self.status_failure(answer.status, &answer.headers, None).into()),
        }
    }
}

/// A refusal in the words of `application/problem+json` (RFC 9457), of an envelope, or in none.
fn problem(status: u16, answer: &Answer) -> WriteError {
    let said = parse(answer).unwrap_or_default();
    let code = said.get("code").and_then(as_line).or_else(|| message_code(&said));
    WriteError::Refused {
        status,
        code: code.map(|code| code.chars().take(LONGEST_CODE).collect()),
        detail: said.get("detail").and_then(as_line),
    }
}

/// A field of what a write answers, or that its shape has changed.
pub(crate) fn needed<T>(
    json: &Value,
    name: &str,
    read: impl Fn(&Value) -> Option<T>,
    what: &'static str,
) -> Result<T, WriteError> {
    let found = json.get(name).and_then(read);
    found.ok_or(WriteError::Portal(PortalError::Changed { what }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::timeline_tests::madness;
    use bytes::Bytes;
    use proptest::prelude::*;
    use reqwest::StatusCode;
    use reqwest::header::HeaderMap;
    use serde_json::json;

    fn answer(status: u16, body: impl Into<Bytes>) -> Answer {
        let status = StatusCode::from_u16(status).unwrap();
        Answer { status, headers: HeaderMap::new(), body: body.into() }
    }

    fn refused(code: Option<&str>, detail: Option<&str>) -> WriteError {
        let text = |text: Option<&str>| text.map(str::to_owned);
        WriteError::Refused { status: 422, code: text(code), detail: text(detail) }
    }

    #[test]
    fn a_refusal_keeps_the_portals_own_words() {
        for (said, expected) in [
            (
                json!({"type": "about:blank", "status": 422, "code": "text-empty", "detail": "Vul\niets in."}),
                refused(Some("text-empty"), Some("Vul iets in.")),
            ),
            (json!({"messages": [{"messageCode": "web.x"}]}), refused(Some("web.x"), None)),
            (json!({"code": 7, "detail": ["x"]}), refused(None, None)),
            (json!([]), refused(None, None)),
        ] {
            assert_eq!(problem(422, &answer(422, said.to_string())), expected);
        }
        for said in ["", "<html>Forbidden</html>", "{\"code\": \"te"] {
            assert_eq!(problem(422, &answer(422, said)), refused(None, None));
        }
    }

    #[test]
    fn what_was_not_sent_or_refused_is_certain_and_all_else_is_not() {
        let server = PortalError::Server { status: 503, retry_after: None };
        for error in [
            refused(Some("conversation-closed"), None),
            WriteError::Portal(PortalError::Offline),
            WriteError::Portal(PortalError::UnknownHost),
            WriteError::Portal(PortalError::Unauthorized),
            WriteError::Portal(PortalError::TooManyRequests { retry_after: None }),
            NoAnswer::NotSent(PortalError::TimedOut).into(),
            NoAnswer::NotSent(server.clone()).into(),
        ] {
            assert!(error.is_certain_not_done(), "{error:?}");
        }
        for error in [
            refused(Some("idempotency-key-in-use"), None),
            refused(Some("idempotency-key-reused"), None),
            WriteError::Portal(PortalError::TimedOut),
            WriteError::Portal(PortalError::Truncated),
            WriteError::Portal(PortalError::NotAPortal),
            WriteError::Portal(PortalError::Redirected),
            WriteError::Portal(PortalError::Changed { what: "messages" }),
            NoAnswer::Lost(server).into(),
            NoAnswer::Lost(PortalError::TimedOut).into(),
        ] {
            assert!(!error.is_certain_not_done(), "{error:?}");
        }
    }

    proptest! {
        #[test]
        fn any_problem_is_read_short_and_printable(
            bytes in prop::collection::vec(any::<u8>(), 0..200), code in madness(),
            detail in ".{0,2000}", status in 400_u16..500,
        ) {
            let _ = problem(status, &answer(status, bytes));
            let said = json!({"code": code, "detail": detail, "messages": code});
            let WriteError::Refused { code, detail, .. } =
                problem(status, &answer(status, said.to_string()))
            else {
                return Err(TestCaseError::fail("not a refusal"));
            };
            for text in code.iter().chain(&detail) {
                prop_assert!(text.chars().count() <= 300 && !text.contains(char::is_control));
            }
        }
    }
}
