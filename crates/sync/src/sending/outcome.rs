//! What an answer of the portal means for a write.

use schriftje_konnect::{PortalError, WriteError};

/// What becomes of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It did not happen, and may another time: back into the queue.
    Later(PortalError),
    /// Nobody can tell whether it happened: it is asked again under the same key.
    Unknown(PortalError),
    /// Its files are gone at the portal: they go up again, and it is sent under a new key.
    FilesGone,
    /// The portal is busy with the first try of the same.
    UnderWay,
    /// The portal knows its key with other words: nobody can tell what was written.
    InDoubt,
    /// The portal will not have it.
    Refused {
        /// The portal's own code.
        code: Option<String>,
        /// The portal's own sentence.
        reason: Option<String>,
    },
}

/// A refusal in nobody's words, such as a gateway's, is taken for the portal's own after so many
/// tries.
const WORDLESS: u32 = 8;

/// What `error` means for a write that was tried so often.
pub(super) fn outcome(error: WriteError, attempts: u32) -> Outcome {
    let not_done = error.is_certain_not_done();
    match error {
        // Neither a problem nor an envelope: perhaps something between us and the portal said it.
        WriteError::Refused { status, code: None, detail: None } if attempts < WORDLESS => {
            Outcome::Later(PortalError::Refused { status, message_code: None })
        }
        WriteError::Refused { code, detail, .. } => match code.as_deref() {
            Some("upload-unknown" | "upload-incomplete") => Outcome::FilesGone,
            Some("idempotency-key-in-use") => Outcome::UnderWay,
            Some("idempotency-key-reused") => Outcome::InDoubt,
            _ => Outcome::Refused { code, reason: detail },
        },
        // A refusal without the portal's own words.
        WriteError::Portal(PortalError::Refused { message_code, .. }) => {
            Outcome::Refused { code: message_code, reason: None }
        }
        WriteError::Portal(error) if not_done => Outcome::Later(error),
        WriteError::Portal(error) => Outcome::Unknown(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_on_the_way_never_refuses_and_a_refusal_never_tries_again() {
        let passing = [
            PortalError::Offline,
            PortalError::TimedOut,
            PortalError::Server { status: 503, retry_after: None },
            PortalError::TooManyRequests { retry_after: None },
            PortalError::Unauthorized,
            PortalError::Truncated,
        ];
        for error in passing {
            let outcome = outcome(WriteError::Portal(error.clone()), 1);
            assert!(
                matches!(&outcome, Outcome::Later(same) | Outcome::Unknown(same) if *same == error),
                "{error:?} became {outcome:?}"
            );
        }
        let refused = WriteError::Refused {
            status: 422,
            code: Some("text-too-long".into()),
            detail: Some("Het bericht is te lang.".into()),
        };
        let Outcome::Refused { code, reason } = outcome(refused, 1) else { panic!("not refused") };
        assert_eq!(code.as_deref(), Some("text-too-long"));
        assert_eq!(reason.as_deref(), Some("Het bericht is te lang."));
    }

    #[test]
    fn what_a_gateway_says_is_no_refusal_of_the_portal_until_it_says_nothing_else() {
        let gateway = || WriteError::Refused { status: 404, code: None, detail: None };
        assert!(matches!(outcome(gateway(), 1), Outcome::Later(_)));
        assert!(matches!(outcome(gateway(), WORDLESS), Outcome::Refused { .. }));
    }
}
