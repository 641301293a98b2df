//! Exit codes, as `docs/cli.md` lists them.

use schriftje_app::api::ErrorCode;
use std::process::ExitCode;

/// What `--help` says about them.
pub const HELP: &str = "Exit codes: 0 done, 1 unforeseen, 2 wrong arguments, 3 sign in first, \
4 sign-in refused, 5 portal not reached, 6 portal not understood, 7 disk, folder or key, \
8 some photos not saved, 9 busy, 10 not found, \
11 not possible just so, 12 refused by the organisation, 13 nobody knows whether it arrived, \
130 stopped";

/// Some photos were not saved.
pub const SOME_FAILED: u8 = 8;
/// The organisation's portal refused what was written.
pub const REFUSED: u8 = 12;
/// What was written may have arrived or not.
pub const UNCONFIRMED: u8 = 13;
/// Stopped by Ctrl-C.
pub const STOPPED: u8 = 130;

/// The exit code for an error.
pub fn code(error: ErrorCode) -> ExitCode {
    ExitCode::from(number(error))
}

fn number(error: ErrorCode) -> u8 {
    match error {
        ErrorCode::Internal => 1,
        ErrorCode::AddressInvalid
        | ErrorCode::SignInIncomplete
        | ErrorCode::TextEmpty
        | ErrorCode::TextTooLong
        | ErrorCode::SubjectEmpty
        | ErrorCode::SubjectTooLong
        | ErrorCode::ChildMissing
        | ErrorCode::GroupMissing
        | ErrorCode::DayNotAllowed
        | ErrorCode::FileNotTaken
        | ErrorCode::TooManyFiles
        | ErrorCode::PeriodNotAllowed
        | ErrorCode::PinTooSimple
        | ErrorCode::NothingChosen => 2,
        ErrorCode::NotSignedIn | ErrorCode::SessionExpired | ErrorCode::AccountEnded => 3,
        ErrorCode::WrongPassword
        | ErrorCode::LockedOut
        | ErrorCode::Locked
        | ErrorCode::WrongPin
        | ErrorCode::PinBlocked
        | ErrorCode::MustResetPassword
        | ErrorCode::Refused
        | ErrorCode::AlreadySignedIn => 4,
        ErrorCode::AddressUnknown
        | ErrorCode::NotAPortal
        | ErrorCode::CertificateBad
        | ErrorCode::Offline
        | ErrorCode::TimedOut
        | ErrorCode::PortalDown
        | ErrorCode::TooManyRequests => 5,
        ErrorCode::PortalChanged
        | ErrorCode::AnswerBroken
        | ErrorCode::PictureBroken
        | ErrorCode::NotADocument => 6,
        ErrorCode::NoCredentialStore
        | ErrorCode::KeyMissing
        | ErrorCode::KeyLeft
        | ErrorCode::DiskFull
        | ErrorCode::DataFolderReadOnly
        | ErrorCode::FolderNotWritable
        | ErrorCode::DatabaseNewer
        | ErrorCode::DatabaseDamaged => 7,
        ErrorCode::NotSaveable => SOME_FAILED,
        ErrorCode::Busy => 9,
        ErrorCode::WritingNotOffered
        | ErrorCode::AgendaNotOffered
        | ErrorCode::DayBegun
        | ErrorCode::NotCancellable
        | ErrorCode::ChangedMeanwhile
        | ErrorCode::ValueNotAllowed
        | ErrorCode::PasswordTooWeak
        | ErrorCode::TooLate
        | ErrorCode::Unsent => 11,
        ErrorCode::NotFound => 10,
        ErrorCode::Cancelled => STOPPED,
    }
}
