//! What an answer of the portal means for a write.

use schriftje_konnect::{PortalError, WriteError};
use schriftje_model::{FILE_NOT_TAKEN, NO_REASON};

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
    Refused(Refusal),
}

/// A refusal, in the portal's words or in ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The portal's own code, or ours where nobody said why.
    pub code: Option<String>,
    /// The portal's own sentence.
    pub reason: Option<String>,
}

impl Refusal {
    fn of(code: Option<String>, reason: Option<String>) -> Self {
        let ours = reason.is_none().then(|| NO_REASON.to_owned());
        Self { code: code.or(ours), reason }
    }

    /// Whether nobody said why.
    pub fn is_wordless(&self) -> bool {
        self.code.as_deref() == Some(NO_REASON)
    }

    /// The same of a file.
    fn of_file(self, status: Option<u16>) -> Self {
        if !self.is_wordless() {
            return self;
        }
        let code = if status == Some(TOO_LARGE) { "upload-too-large" } else { FILE_NOT_TAKEN };
        Self { code: Some(code.to_owned()), ..self }
    }
}

/// A refusal in nobody's words, such as a gateway's, is taken for the portal's own after so many
/// tries.
const WORDLESS: u32 = 8;
const KEY_REUSED: &str = "idempotency-key-reused";
/// The status of what is too large, also for whatever stands between us and the portal.
const TOO_LARGE: u16 = 413;

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
            Some(KEY_REUSED) => Outcome::InDoubt,
            _ => Outcome::Refused(Refusal::of(code, detail)),
        },
        // A refusal without the portal's own words.
        WriteError::Portal(PortalError::Refused { message_code, .. }) => {
            Outcome::Refused(Refusal::of(message_code, None))
        }
        WriteError::Portal(error) if not_done => Outcome::Later(error),
        WriteError::Portal(error) => Outcome::Unknown(error),
    }
}

/// The same for a file that does not get there.
pub(super) fn upload_outcome(error: WriteError, attempts: u32) -> Outcome {
    let status = status(&error);
    match outcome(error, attempts) {
        Outcome::Refused(refusal) => Outcome::Refused(refusal.of_file(status)),
        other => other,
    }
}

/// The same for a file that was begun anew in vain: whoever refuses it, that may pass; after so
/// many tries it is taken for good.
pub(super) fn begun_in_vain(error: WriteError, attempts: u32) -> Outcome {
    match error {
        WriteError::Refused { status, .. } if attempts < WORDLESS => {
            Outcome::Later(PortalError::Refused { status, message_code: None })
        }
        WriteError::Refused { status, code, detail } => {
            Outcome::Refused(Refusal::of(code, detail).of_file(Some(status)))
        }
        WriteError::Portal(_) => outcome(error, attempts),
    }
}

/// Whether an upload's key is one the portal knows of another file.
pub(super) fn is_key_reused(error: &WriteError) -> bool {
    matches!(error, WriteError::Refused { code: Some(code), .. } if code == KEY_REUSED)
}

fn status(error: &WriteError) -> Option<u16> {
    match error {
        WriteError::Refused { status, .. } => Some(*status),
        WriteError::Portal(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_code(code: &str) -> Outcome {
        Outcome::Refused(Refusal { code: Some(code.to_owned()), reason: None })
    }

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
        let expected = Refusal {
            code: Some("text-too-long".into()),
            reason: Some("Het bericht is te lang.".into()),
        };
        assert_eq!(outcome(refused, 1), Outcome::Refused(expected));
    }

    #[test]
    fn what_a_gateway_says_is_no_refusal_of_the_portal_until_it_says_nothing_else() {
        let gateway = || WriteError::Refused { status: 404, code: None, detail: None };
        assert!(matches!(outcome(gateway(), 1), Outcome::Later(_)));
        assert_eq!(outcome(gateway(), WORDLESS), in_code(NO_REASON));
    }

    #[test]
    fn a_file_that_never_gets_there_is_refused_in_the_portals_words_or_in_ours() {
        let refused = |status, code: Option<&str>| WriteError::Refused {
            status,
            code: code.map(str::to_owned),
            detail: None,
        };
        for (status, code, expected) in [
            (404, None, FILE_NOT_TAKEN),
            (413, None, "upload-too-large"),
            (404, Some("upload-unknown"), "upload-unknown"),
            (422, Some(KEY_REUSED), KEY_REUSED),
        ] {
            let vain = |attempts| begun_in_vain(refused(status, code), attempts);
            assert!(matches!(vain(WORDLESS - 1), Outcome::Later(_)));
            assert_eq!(vain(WORDLESS), in_code(expected));
            if code.is_none() {
                assert!(matches!(upload_outcome(refused(status, code), 1), Outcome::Later(_)));
                let outcome = upload_outcome(refused(status, code), WORDLESS);
                assert_eq!(outcome, in_code(expected));
            }
        }
    }
}
