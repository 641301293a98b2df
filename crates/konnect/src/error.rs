//! What can go wrong between a parent and a portal, told apart by what can be done about it.

use std::time::Duration;

/// Longer than any code a portal was seen to send.
const LONGEST_CODE: usize = 60;

/// A portal's own code as it may stand in logs and in what a parent sends along: what is none, such
/// as a sentence with a name in it, is not repeated there.
pub fn code_for_logs(code: Option<&str>) -> &str {
    let is_code = |code: &str| {
        (1..=LONGEST_CODE).contains(&code.len())
            && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
    };
    match code {
        None => "none",
        Some(code) if is_code(code) => code,
        Some(_) => "(in words)",
    }
}

/// Why a call failed. Carries nothing private: no names, texts, tokens or URLs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PortalError {
    /// There is no network, or nothing answers at that address.
    #[error("the portal cannot be reached")]
    Offline,
    /// The network works, and the address does not exist.
    #[error("no such address exists")]
    UnknownHost,
    /// It took too long.
    #[error("the portal took too long")]
    TimedOut,
    /// No secure connection that can be trusted could be made.
    #[error("the portal's certificate cannot be trusted")]
    Certificate,
    /// Something answers there that is no Konnect portal: a web page, a network's sign-in page.
    #[error("what answers there is not a Konnect portal")]
    NotAPortal,
    /// The session has ended: sign in again.
    #[error("the session has ended")]
    Unauthorized,
    /// The portal refuses this call.
    #[error("the portal refused (status {status}, code {})", code_for_logs(.message_code.as_deref()))]
    Refused {
        /// The HTTP status; 200 when the refusal stood in the envelope.
        status: u16,
        /// The portal's own code for it, where it gave one.
        message_code: Option<String>,
    },
    /// The portal asks to slow down.
    #[error("the portal asks to slow down")]
    TooManyRequests {
        /// For how long, where it says so.
        retry_after: Option<Duration>,
    },
    /// The portal is out of order.
    #[error("the portal is out of order (status {status})")]
    Server {
        /// The HTTP status, 500 or higher.
        status: u16,
        /// When to come back, where it says so.
        retry_after: Option<Duration>,
    },
    /// The answer has another shape than the one known.
    #[error("the shape of {what} has changed")]
    Changed {
        /// Which part, as a fixed code such as `timeline.cards`.
        what: &'static str,
    },
    /// The answer, or the connection, was cut off.
    #[error("the answer was cut off")]
    Truncated,
    /// The answer is larger than anything a portal sends.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// The most that was accepted, in bytes.
        limit: u64,
    },
    /// The portal points to another place, which is not followed.
    #[error("the portal points elsewhere")]
    Redirected,
    /// A picture's address has expired or is refused; reading its card again gives a fresh one.
    #[error("the media address has expired")]
    MediaExpired,
    /// The picture is no longer there.
    #[error("the media is gone")]
    MediaGone,
    /// The address of a picture is not one that is fetched (not https, or inside this machine).
    #[error("the media address is not acceptable")]
    MediaAddress,
    /// The HTTP client cannot be set up, such as with a broken extra certificate.
    #[error("the HTTP client cannot be set up")]
    Setup,
}

impl PortalError {
    /// Whether the network is at fault rather than the portal's answer.
    pub fn is_network(&self) -> bool {
        matches!(self, Self::Offline | Self::UnknownHost | Self::TimedOut | Self::Truncated)
    }

    /// Whether the same call may succeed later, without anybody doing anything.
    pub fn is_passing(&self) -> bool {
        self.is_network() || matches!(self, Self::TooManyRequests { .. } | Self::Server { .. })
    }
}

/// Why signing in failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// Wrong user name or password.
    #[error("wrong user name or password")]
    WrongPassword {
        /// The portal's own code for it, where it gave one.
        message_code: Option<String>,
    },
    /// Too many tries: the portal refuses for now. The password was not sent, or refused unseen.
    #[error("the portal refuses sign-ins for now")]
    LockedOut {
        /// Until when, where the portal says so.
        until: Option<chrono::DateTime<chrono::Utc>>,
    },
    /// A new password must be set at the portal first.
    #[error("a new password must be set at the portal first")]
    MustResetPassword,
    /// Refused for a reason nobody knows.
    #[error("the portal refused (code {})", code_for_logs(.message_code.as_deref()))]
    Refused {
        /// The portal's own code for it, where it gave one.
        message_code: Option<String>,
    },
    /// The account lives at another portal, or is no parent's; tokens were not kept.
    #[error("the account belongs to another place")]
    Elsewhere,
    /// The call itself failed.
    #[error(transparent)]
    Portal(#[from] PortalError),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::WriteError;

    #[test]
    fn words_of_a_portal_stand_in_no_log() {
        let words = "Sanne Bloem heeft geen toegang meer";
        let say = |code: &str| {
            let message_code = Some(code.to_owned());
            [
                PortalError::Refused { status: 403, message_code: message_code.clone() }
                    .to_string(),
                SignInError::Refused { message_code: message_code.clone() }.to_string(),
                WriteError::Refused { status: 422, code: message_code, detail: Some(words.into()) }
                    .to_string(),
            ]
        };
        let long = "sanne-".repeat(11);
        for hidden in [words, "Bloem\nSanne", "sanné", &long, ""] {
            for said in say(hidden) {
                assert!(said.contains("code (in words)"), "{said}");
                assert!(!said.to_lowercase().contains("sann"), "{said}");
            }
        }
        for said in say("web.auth.message.account_in-active.2") {
            assert!(said.contains("code web.auth.message.account_in-active.2"), "{said}");
        }
        assert_eq!(code_for_logs(None), "none");
    }
}
