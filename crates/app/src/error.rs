//! What failed, as a code the interface can match. Every lower error is mapped here and nowhere else.

use crate::api::{AppError, ErrorCode};
use crate::vault::VaultError;
use chrono::{DateTime, Utc};
use schriftje_konnect::{AddressError, PortalError, SignInError};
use schriftje_store::StoreError;
use schriftje_sync::SyncError;
use std::io;

impl AppError {
    /// An error of `code`. The message is English, for logs, and holds nothing private.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            retryable: retryable(code),
            portal_says: None,
            blocked_until: None,
        }
    }

    /// Something unforeseen.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::Internal, message)
    }

    /// Nobody is signed in.
    pub fn not_signed_in() -> Self {
        Self::new(ErrorCode::NotSignedIn, "nobody is signed in")
    }

    /// `what` is not here.
    pub fn not_found(what: &str) -> Self {
        Self::new(ErrorCode::NotFound, format!("no such {what}"))
    }

    /// The same with the portal's own words.
    #[must_use]
    pub fn saying(mut self, portal_says: impl Into<String>) -> Self {
        self.portal_says = Some(portal_says.into());
        self
    }

    /// The same with the time until which nothing more is tried.
    #[must_use]
    pub fn until(mut self, blocked_until: DateTime<Utc>) -> Self {
        self.blocked_until = Some(blocked_until);
        self
    }
}

/// Whether trying the same again, later, may help without the parent changing anything.
fn retryable(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::Offline
            | ErrorCode::TimedOut
            | ErrorCode::PortalDown
            | ErrorCode::TooManyRequests
            | ErrorCode::LockedOut
            | ErrorCode::AnswerBroken
            | ErrorCode::DiskFull
            | ErrorCode::DatabaseDamaged
            | ErrorCode::Cancelled
            | ErrorCode::Busy
    )
}

/// Trouble in our own data folder.
pub(crate) fn data_folder(error: &io::Error) -> AppError {
    AppError::new(io_code(error, ErrorCode::DataFolderReadOnly), kind_of(error))
}

/// Trouble in the folder photos are saved to.
pub(crate) fn save_folder(error: &io::Error) -> AppError {
    AppError::new(io_code(error, ErrorCode::FolderNotWritable), kind_of(error))
}

fn io_code(error: &io::Error, not_writable: ErrorCode) -> ErrorCode {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => ErrorCode::DiskFull,
        Kind::PermissionDenied
        | Kind::ReadOnlyFilesystem
        | Kind::NotADirectory
        | Kind::NotFound
        | Kind::IsADirectory
        | Kind::AlreadyExists
        | Kind::InvalidFilename => not_writable,
        _ => ErrorCode::Internal,
    }
}

/// The kind alone: an error's text may hold a path, and a path a child's name.
fn kind_of(error: &io::Error) -> String {
    match error.raw_os_error() {
        Some(number) => format!("{} (os error {number})", error.kind()),
        None => error.kind().to_string(),
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::WrongKey => ErrorCode::KeyMissing,
            StoreError::NewerVersion { .. } => ErrorCode::DatabaseNewer,
            StoreError::Damaged { .. } => ErrorCode::DatabaseDamaged,
            StoreError::DiskFull => ErrorCode::DiskFull,
            StoreError::ReadOnly => ErrorCode::DataFolderReadOnly,
            StoreError::Locked => ErrorCode::Busy,
            StoreError::Interrupted => ErrorCode::Cancelled,
            StoreError::Closed | StoreError::NoAccount => ErrorCode::NotSignedIn,
            StoreError::Io(kind) => io_code(&io::Error::from(*kind), ErrorCode::DataFolderReadOnly),
            StoreError::Sql(_) => ErrorCode::Internal,
        };
        Self::new(code, error.to_string())
    }
}

impl From<PortalError> for AppError {
    fn from(error: PortalError) -> Self {
        let code = match &error {
            PortalError::Offline => ErrorCode::Offline,
            PortalError::UnknownHost => ErrorCode::AddressUnknown,
            // A signature that dies again right after it was made new: later it may not.
            PortalError::TimedOut | PortalError::MediaExpired => ErrorCode::TimedOut,
            PortalError::Certificate => ErrorCode::CertificateBad,
            PortalError::NotAPortal | PortalError::Redirected => ErrorCode::NotAPortal,
            PortalError::Unauthorized => ErrorCode::SessionExpired,
            PortalError::Refused { .. } => ErrorCode::Refused,
            PortalError::TooManyRequests { .. } => ErrorCode::TooManyRequests,
            PortalError::Server { .. } => ErrorCode::PortalDown,
            PortalError::Changed { .. } => ErrorCode::PortalChanged,
            PortalError::Truncated | PortalError::TooLarge { .. } => ErrorCode::AnswerBroken,
            PortalError::MediaGone => ErrorCode::NotFound,
            PortalError::MediaAddress => ErrorCode::PictureBroken,
            PortalError::Setup => ErrorCode::Internal,
        };
        let says = match &error {
            PortalError::Refused { message_code, .. } => message_code.clone(),
            _ => None,
        };
        Self { portal_says: says, ..Self::new(code, error.to_string()) }
    }
}

impl From<SyncError> for AppError {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::AccountRefused { message_code } => Self {
                portal_says: message_code,
                ..Self::new(ErrorCode::AccountEnded, "the portal refuses this account")
            },
            SyncError::Portal(error) => error.into(),
            SyncError::Store(error) => error.into(),
            SyncError::PictureBroken { .. } => {
                Self::new(ErrorCode::PictureBroken, "the picture cannot be read")
            }
            SyncError::NotADocument => {
                Self::new(ErrorCode::NotADocument, "the file is none that may be opened")
            }
            SyncError::NotFound => Self::not_found("picture"),
            SyncError::Stopped => Self::new(ErrorCode::Cancelled, "stopped"),
            SyncError::Busy => Self::new(ErrorCode::Busy, "another program is busy"),
        }
    }
}

impl From<SignInError> for AppError {
    fn from(error: SignInError) -> Self {
        let message = error.to_string();
        match error {
            SignInError::WrongPassword { message_code } => {
                Self { portal_says: message_code, ..Self::new(ErrorCode::WrongPassword, message) }
            }
            SignInError::LockedOut { until } => {
                Self { blocked_until: until, ..Self::new(ErrorCode::LockedOut, message) }
            }
            SignInError::MustResetPassword => Self::new(ErrorCode::MustResetPassword, message),
            SignInError::Refused { message_code } => {
                Self { portal_says: message_code, ..Self::new(ErrorCode::Refused, message) }
            }
            SignInError::Elsewhere => Self::new(ErrorCode::NotAPortal, message),
            SignInError::Portal(error) => error.into(),
        }
    }
}

impl From<AddressError> for AppError {
    fn from(error: AddressError) -> Self {
        Self::new(ErrorCode::AddressInvalid, error.to_string())
    }
}

impl From<VaultError> for AppError {
    fn from(error: VaultError) -> Self {
        let code = match error {
            VaultError::Unavailable | VaultError::File(_) => ErrorCode::NoCredentialStore,
            VaultError::Damaged => ErrorCode::KeyMissing,
        };
        Self::new(code, error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_parent_can_tell_one_trouble_from_another() {
        let portal = |error: PortalError| AppError::from(error).code;
        assert_eq!(portal(PortalError::UnknownHost), ErrorCode::AddressUnknown);
        assert_eq!(portal(PortalError::NotAPortal), ErrorCode::NotAPortal);
        assert_eq!(portal(PortalError::Certificate), ErrorCode::CertificateBad);
        assert_eq!(portal(PortalError::Unauthorized), ErrorCode::SessionExpired);
        let slow = PortalError::TooManyRequests { retry_after: Some(Duration::from_secs(3)) };
        assert!(AppError::from(slow).retryable);
        let wrong = SignInError::WrongPassword { message_code: None };
        assert!(!AppError::from(wrong).retryable, "a password is never tried twice");
    }

    #[test]
    fn what_nobody_knows_is_shown_as_the_portals_own() {
        let refused = SignInError::Refused { message_code: Some("web.unknown".into()) };
        let error = AppError::from(refused);
        assert_eq!(
            (error.code, error.portal_says.as_deref()),
            (ErrorCode::Refused, Some("web.unknown"))
        );
        let until = DateTime::from_timestamp(1_800_000_000, 0);
        let locked = AppError::from(SignInError::LockedOut { until });
        assert_eq!((locked.code, locked.blocked_until), (ErrorCode::LockedOut, until));
    }

    #[test]
    fn the_portals_words_are_for_the_parent_and_not_for_a_log() {
        let words = "Sanne Bloem heeft geen toegang meer";
        let message_code = Some(words.to_owned());
        for error in [
            AppError::from(PortalError::Refused {
                status: 403,
                message_code: message_code.clone(),
            }),
            AppError::from(SignInError::Refused { message_code }),
        ] {
            assert_eq!(error.portal_says.as_deref(), Some(words));
            assert!(!error.message.contains("Sanne"), "{}", error.message);
            assert!(!error.to_string().contains("Sanne"), "{error}");
        }
    }

    #[test]
    fn a_full_disk_is_not_a_locked_folder() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        let denied = io::Error::from(io::ErrorKind::PermissionDenied);
        assert_eq!(save_folder(&full).code, ErrorCode::DiskFull);
        assert_eq!(save_folder(&denied).code, ErrorCode::FolderNotWritable);
        assert_eq!(data_folder(&denied).code, ErrorCode::DataFolderReadOnly);
        assert_eq!(AppError::from(StoreError::ReadOnly).code, ErrorCode::DataFolderReadOnly);
    }
}
