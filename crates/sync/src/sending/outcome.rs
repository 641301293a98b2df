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

/// The same for a file that does not get there. A refusal in nobody's words becomes one with the
/// status as its code.
pub(super) fn upload_outcome(error: WriteError, attempts: u32) -> Outcome {
    let status = status(&error);
    match outcome(error, attempts) {
        Outcome::Refused { code: None, reason: None } => {
            Outcome::Refused { code: status, reason: None }
        }
        other => other,
    }
}

/// The same for a file that was begun anew in vain: whoever refuses it, that may pass; after so
/// many tries it is taken for good.
pub(super) fn begun_in_vain(error: WriteError, attempts: u32) -> Outcome {
    let plain = status(&error);
    match error {
        WriteError::Refused { status, .. } if attempts < WORDLESS => {
            Outcome::Later(PortalError::Refused { status, message_code: None })
        }
        WriteError::Refused { code, detail, .. } => {
            Outcome::Refused { code: code.or(plain), reason: detail }
        }
        WriteError::Portal(_) => outcome(error, attempts),
    }
}

fn status(error: &WriteError) -> Option<String> {
    match error {
        WriteError::Refused { status, .. } => Some(status.to_string()),
        WriteError::Portal(_) => None,
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

    #[test]
    fn a_file_that_never_gets_there_is_refused_with_the_status_or_in_the_portals_words() {
        let refused = |code: Option<&str>| WriteError::Refused {
            status: 404,
            code: code.map(str::to_owned),
            detail: None,
        };
        for code in [None, Some("upload-unknown")] {
            assert!(matches!(begun_in_vain(refused(code), WORDLESS - 1), Outcome::Later(_)));
            let code = code.unwrap_or("404").to_owned();
            let expected = Outcome::Refused { code: Some(code.clone()), reason: None };
            assert_eq!(begun_in_vain(refused(Some(&code)), WORDLESS), expected);
        }
        assert!(matches!(upload_outcome(refused(None), 1), Outcome::Later(_)));
        let expected = Outcome::Refused { code: Some("404".into()), reason: None };
        assert_eq!(upload_outcome(refused(None), WORDLESS), expected);
        assert_eq!(begun_in_vain(refused(None), WORDLESS), expected);
    }
}
