//! What failed, as a code.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What failed, for the interface: it matches the code and never the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[error("{code:?}: {message}")]
pub struct AppError {
    /// What failed.
    pub code: ErrorCode,
    /// For logs and the terminal, in English, without private data.
    pub message: String,
    /// Whether trying again may help.
    pub retryable: bool,
    /// The portal's own message code or words, where nobody knows them.
    pub portal_says: Option<String>,
    /// Until when nothing more is tried, for [`ErrorCode::LockedOut`] and [`ErrorCode::PinBlocked`].
    pub blocked_until: Option<DateTime<Utc>>,
}

/// Everything that can fail, as a parent would tell it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ErrorCode {
    /// The portal's address cannot be one.
    AddressInvalid,
    /// No such address exists.
    AddressUnknown,
    /// Something answers there, but not a Konnect portal.
    NotAPortal,
    /// Its certificate cannot be trusted.
    CertificateBad,
    /// There is no network, or the portal cannot be reached.
    Offline,
    /// The portal took too long.
    TimedOut,
    /// The portal is out of order (5xx).
    PortalDown,
    /// The portal asks to slow down (429).
    TooManyRequests,
    /// The user name or the password was left empty; nothing was sent.
    SignInIncomplete,
    /// Wrong user name or password.
    WrongPassword,
    /// Too many tries: the portal refuses for now.
    LockedOut,
    /// A new password must be set at the portal first.
    MustResetPassword,
    /// The portal refused for a reason nobody knows; its own words are with it.
    Refused,
    /// The session has ended; sign in again.
    SessionExpired,
    /// The portal refuses this account for good.
    AccountEnded,
    /// The answer's shape has changed.
    PortalChanged,
    /// The answer is not what it should be: cut off, or too large.
    AnswerBroken,
    /// The portal's picture cannot be read.
    PictureBroken,
    /// The file of a document is none that may be opened, whatever it calls itself.
    NotADocument,
    /// The organisation does not let this be saved.
    NotSaveable,
    /// The system keeps no secrets for us.
    NoCredentialStore,
    /// The key of this account is gone from the credential store.
    KeyMissing,
    /// All of an account is gone from this device but its key, which the credential store did not let
    /// go of: that is tried again at the next start.
    KeyLeft,
    /// The disk is full.
    DiskFull,
    /// The data folder cannot be written.
    DataFolderReadOnly,
    /// The folder to save to cannot be written.
    FolderNotWritable,
    /// The database was written by a newer version.
    DatabaseNewer,
    /// The database is damaged; it was set aside and is fetched again.
    DatabaseDamaged,
    /// Nobody is signed in.
    NotSignedIn,
    /// That thing is not here.
    NotFound,
    /// Already signed in with this account.
    AlreadySignedIn,
    /// Cancelled by the parent.
    Cancelled,
    /// Another program of ours is busy with this account.
    Busy,
    /// Something was written and not sent: say first what is to become of it.
    Unsent,
    /// Nothing was written.
    TextEmpty,
    /// The text is longer than the portal takes.
    TextTooLong,
    /// A message needs a subject.
    SubjectEmpty,
    /// The subject is longer than the portal takes.
    SubjectTooLong,
    /// It is not said for which child.
    ChildMissing,
    /// It is not said for which of the child's groups.
    GroupMissing,
    /// The portal takes no entries for that day.
    DayNotAllowed,
    /// Nothing can be written at this portal from here.
    WritingNotOffered,
    /// It is being sent or was sent: it cannot be changed any more.
    TooLate,
    /// A photo or video cannot go along.
    FileNotTaken,
    /// There are more photos and videos than the portal takes with one message or entry.
    TooManyFiles,
    /// Nothing can be asked or told about the planning at this portal from here.
    AgendaNotOffered,
    /// That day or period cannot be: it is past, too far away, too long, or the wrong way round.
    PeriodNotAllowed,
    /// No day part or slot was chosen.
    NothingChosen,
    /// Its day has begun: it goes only when the parent says so once more.
    DayBegun,
    /// The line can no longer be cancelled; the portal's reason is with it.
    NotCancellable,
    /// Somebody else changed it first: nothing was changed, and what holds now was read.
    ChangedMeanwhile,
    /// The portal does not take that; its reason is with it.
    ValueNotAllowed,
    /// The new password does not meet the portal's rules.
    PasswordTooWeak,
    /// The app is locked: nothing is told until its PIN was given.
    Locked,
    /// That is not the PIN.
    WrongPin,
    /// Too many wrong PINs: none is looked at for now.
    PinBlocked,
    /// That cannot be a PIN: too short, too long, no digits, or one that everybody tries first.
    PinTooSimple,
    /// Something unforeseen; diagnostics tell more.
    Internal,
}
