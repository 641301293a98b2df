//! What the interface and the terminal say to the app, and what they get back. Plain data.

use chrono::{DateTime, Utc};
use schriftje_model::{
    AccountId, CardId, Child, ChildId, Conversation, ConversationId, Day, Draft, FindKind, Found,
    Message, OutFile, PhotoId, TimelineCard, Write,
};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What the interface needs to know before it draws anything.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    /// The account in use; `None` shows the sign-in screen.
    pub account: Option<Account>,
    /// Every account on this device.
    pub accounts: Vec<Account>,
    /// Settings of this device.
    pub settings: Settings,
    /// Whether the system keeps secrets for us.
    pub credential_store: CredentialStore,
    /// The folder photos are saved to unless another is chosen, as text for the eye.
    pub default_folder: String,
    /// The app's version.
    pub version: String,
}

/// An account at a portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Its identity on this device.
    pub id: AccountId,
    /// The portal's address, such as `https://kdv.ouderportaal.nl`.
    pub portal: String,
    /// The organisation's name, once known.
    pub organisation: Option<String>,
    /// The user name it signed in with.
    pub username: String,
    /// The parent's own name, once known.
    pub parent_name: Option<String>,
    /// The parent's e-mail address, once known.
    pub email: Option<String>,
    /// How the portal sees this account.
    pub session: SessionState,
    /// Whether the password is kept (encrypted) to sign in again.
    pub remembered: bool,
    /// Kept only until the app closes, since the system keeps no secrets for us.
    pub until_closed: bool,
}

/// How the portal sees an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SessionState {
    /// Signed in.
    SignedIn,
    /// The portal asks for the password again; what is here stays readable.
    Expired,
    /// The portal refuses this account for good: the app is an archive.
    Ended,
}

/// Whether the system's credential store works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CredentialStore {
    /// It does.
    Available,
    /// There is none: an account can stay signed in until the app closes, no longer.
    Missing,
    /// A key file was given in its place (terminal only).
    KeyFile,
}

/// What the sign-in form holds.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SignIn {
    /// The portal's address as typed.
    pub portal: String,
    /// The user name.
    pub username: String,
    /// The password.
    #[specta(type = String)]
    pub password: secrecy::SecretString,
    /// "Onthoud mij": keep the password in the encrypted database.
    pub remember: bool,
    /// Go on without a credential store, until the app closes.
    pub until_closed: bool,
}

/// What is known of a portal before signing in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PortalLinks {
    /// The address as understood.
    pub portal: String,
    /// The portal's own sign-in page, where a password is asked for anew.
    pub sign_in_page: String,
    /// The privacy statement, where the portal names one.
    pub privacy: Option<String>,
    /// Responsible disclosure, where the portal names it.
    pub disclosure: Option<String>,
}

/// Which cards to read. Newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct TimelineQuery {
    /// Only cards about one of these children; empty means every child.
    pub children: Vec<ChildId>,
    /// From this day on.
    pub from: Option<Day>,
    /// Up to and including this day.
    pub until: Option<Day>,
    /// Go on after this cursor.
    pub after: Option<String>,
    /// How many cards at most, 1 to 200.
    pub limit: u32,
}

/// A page of the timeline.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TimelinePage {
    /// The cards, newest day first.
    pub cards: Vec<TimelineCard>,
    /// Where the next page begins; `None` at the end of what is known.
    pub next: Option<String>,
}

/// The children and how many cards each has.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChildSummary {
    /// The child.
    pub child: Child,
    /// Cards known about it.
    pub cards: u32,
}

/// How fresh things are, and what is being fetched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SyncStatus {
    /// What is going on.
    pub phase: SyncPhase,
    /// When the newest page was last read without trouble.
    pub fresh_at: Option<DateTime<Utc>>,
    /// The last trouble, until a sync succeeds.
    pub trouble: Option<AppError>,
    /// Whether every card back to the first has been read at least once.
    pub complete: bool,
    /// Cards known.
    pub cards: u32,
    /// Photos and videos known.
    pub photos: u32,
    /// Of those, how many have their thumbnail here.
    pub thumbs: u32,
    /// The oldest day read so far.
    pub oldest: Option<Day>,
    /// Seconds this sync has taken so far.
    pub seconds: u32,
    /// About how many seconds remain, when that can be told.
    pub seconds_left: Option<u32>,
    /// The parent stopped the backfill; it goes on at the next start or on request.
    pub stopped: bool,
}

/// What a sync is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SyncPhase {
    /// Nothing.
    Idle,
    /// Reading the newest cards.
    Newest,
    /// Reading older cards.
    Backfill,
    /// Fetching pictures.
    Media,
}

/// What to save to disk.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "what")]
pub enum SaveWhat {
    /// One or several photos.
    Photos {
        /// Which.
        ids: Vec<PhotoId>,
    },
    /// All photos of a card.
    Card {
        /// Which.
        id: CardId,
    },
    /// All photos of a day.
    Day {
        /// Which.
        day: Day,
        /// Only of these children; empty means every child.
        children: Vec<ChildId>,
    },
    /// "Bewaar alles": a child, a period, or simply everything.
    Range {
        /// Only of these children; empty means every child.
        children: Vec<ChildId>,
        /// From this day on.
        from: Option<Day>,
        /// Up to and including this day.
        until: Option<Day>,
    },
}

/// A save under way or done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SaveJob {
    /// Its number, since the app started.
    pub id: u32,
    /// How it stands.
    pub state: SaveState,
    /// The folder it saves to, as text for the eye.
    pub folder: String,
    /// How many photos it is about.
    pub total: u32,
    /// Written now.
    pub saved: u32,
    /// Of those, how many in the medium size: the account has ended, and the originals cannot be
    /// had any more. The files say so.
    pub reduced: u32,
    /// Already in the folder.
    pub already: u32,
    /// Not allowed, for the portal's own reasons.
    pub refused: Vec<Refused>,
    /// Could not be fetched or written; a new save tries them again.
    pub failed: u32,
    /// Bytes written.
    #[specta(type = u32)]
    pub bytes: u64,
    /// The trouble that stopped it or made photos fail, when there was one.
    pub trouble: Option<AppError>,
}

/// A photo the organisation does not let a parent save.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Refused {
    /// Which.
    pub id: PhotoId,
    /// Why, in the portal's words.
    pub reason: String,
}

/// How a save stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SaveState {
    /// Under way.
    Running,
    /// Finished; some photos may have failed or been refused.
    Done,
    /// Stopped by the parent; saving the same again goes on where it was.
    Cancelled,
    /// Stopped by trouble, such as a full disk.
    Failed,
}

/// What the offline cache takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StorageUse {
    /// Texts, in bytes on disk.
    #[specta(type = u32)]
    pub texts: u64,
    /// Photos, in bytes on disk.
    #[specta(type = u32)]
    pub media: u64,
    /// Cards known.
    pub cards: u32,
    /// Photos and videos known.
    pub photos: u32,
    /// Medium sizes here.
    pub mediums: u32,
}

/// A page of the conversations.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConversationPage {
    /// The conversations, the one written in last first.
    pub conversations: Vec<Conversation>,
    /// Where the next page begins; `None` at the end of what is known.
    pub next: Option<String>,
}

/// A conversation, whole.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Thread {
    /// The conversation.
    pub conversation: Conversation,
    /// Its messages, oldest first; empty while they were never read from the portal.
    pub messages: Vec<Message>,
    /// This parent's answers that do not stand among the messages yet.
    pub writes: Vec<Write>,
    /// Why the newest could not be read just now, when it could not.
    pub trouble: Option<AppError>,
}

/// What is new, for badges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Unread {
    /// Conversations with something unread.
    pub messages: u32,
    /// Writes that wait, were refused, or need a decision.
    pub outbox: u32,
}

/// What can be written at this portal. Where something cannot, the organisation's own web portal
/// is opened instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Writing {
    /// Messages and answers.
    pub messages: bool,
    /// Diary entries.
    pub diary: bool,
    /// Photos with either.
    pub photos: bool,
    /// Videos with either.
    pub videos: bool,
    /// Characters of a subject at most.
    pub subject_characters: u32,
    /// Characters of a text at most.
    pub text_characters: u32,
    /// Files with one write at most.
    pub files: u32,
    /// Bytes of one file at most.
    #[specta(type = u32)]
    pub file_bytes: u64,
    /// The organisation's web portal.
    pub web_portal: String,
}

/// A draft with what goes along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DraftWithFiles {
    /// The draft.
    pub draft: Draft,
    /// Its photos and videos, in order.
    pub files: Vec<OutFile>,
}

/// What would be lost by signing out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Unsent {
    /// What was given in and the portal does not have, as far as is known; oldest first.
    pub writes: Vec<Write>,
    /// What is half-written, last changed first.
    pub drafts: Vec<DraftWithFiles>,
}

impl Unsent {
    /// Whether nothing would be lost.
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.drafts.is_empty()
    }
}

/// What came of adding photos and videos to a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Added {
    /// All files of the draft now, in order.
    pub files: Vec<OutFile>,
    /// What was not taken, and why.
    pub rejected: Vec<Rejected>,
}

/// A file that does not go along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Rejected {
    /// Its name, without its folder.
    pub name: String,
    /// Why not.
    pub why: RejectedWhy,
}

/// Why a file does not go along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RejectedWhy {
    /// It holds nothing.
    Empty,
    /// It is there no more, or cannot be read.
    Gone,
    /// It is neither a photo nor a video.
    NotAPicture,
    /// It is cut off or damaged.
    Broken,
    /// It is larger than the portal takes.
    TooLarge,
    /// There are as many files as the portal takes already.
    TooMany,
    /// The portal takes no photos or videos with this.
    NotTaken,
    /// The organisation takes no videos.
    NoVideos,
    /// It takes videos, but not of this kind.
    KindNotTaken,
    /// This device cannot read that kind of photo, and the portal does not take it as it is.
    NoDecoder,
}

/// What a parent decides about a write of which nobody can tell whether it arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Decision {
    /// It stands at the portal: it is done.
    Arrived,
    /// It does not: send it again.
    SendAgain,
}

/// What to look for.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct SearchQuery {
    /// Words as typed; all of them are to be found, the last one may be half a word.
    pub words: String,
    /// Only about one of these children; empty means every child.
    pub children: Vec<ChildId>,
    /// Only these kinds; empty means every kind.
    pub kinds: Vec<FindKind>,
    /// From this day on.
    pub from: Option<Day>,
    /// Up to and including this day.
    pub until: Option<Day>,
    /// Go on after this cursor.
    pub after: Option<String>,
    /// How many at most, 1 to 100.
    pub limit: u32,
}

/// What was found, newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SearchPage {
    /// The finds.
    pub found: Vec<Found>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
}

/// What a click on a notification opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "what")]
pub enum OpenWhat {
    /// The timeline.
    #[serde(rename_all = "camelCase")]
    Timeline {
        /// Of which account.
        account: AccountId,
    },
    /// A card of it.
    #[serde(rename_all = "camelCase")]
    Card {
        /// Of which account.
        account: AccountId,
        /// Which card.
        id: CardId,
    },
    /// The conversations.
    #[serde(rename_all = "camelCase")]
    Conversations {
        /// Of which account.
        account: AccountId,
    },
    /// One of them.
    #[serde(rename_all = "camelCase")]
    Conversation {
        /// Of which account.
        account: AccountId,
        /// Which.
        id: ConversationId,
    },
}

/// A notification to raise: composed, and allowed by the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// About which account.
    pub account: AccountId,
    /// What replaces what: a newer one of the same group takes the place of an older one.
    pub group: String,
    /// Its first line.
    pub title: String,
    /// The rest.
    pub body: String,
    /// With a sound.
    pub sound: bool,
    /// What a click opens.
    pub what: OpenWhat,
}

/// Which notifications to raise on this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct NotificationSettings {
    /// New photos.
    pub photos: bool,
    /// New diary entries.
    pub diary: bool,
    /// New messages.
    pub messages: bool,
    /// Names and subjects may stand in a notification, where others may read them.
    pub private: bool,
    /// With a sound.
    pub sound: bool,
    /// Raise none from `quiet_from` to `quiet_until`.
    pub quiet: bool,
    /// Minutes since midnight on this device's clock.
    pub quiet_from: u16,
    /// Minutes since midnight on this device's clock.
    pub quiet_until: u16,
}

impl Default for NotificationSettings {
    fn default() -> Self {
        Self {
            photos: true,
            diary: true,
            messages: true,
            private: false,
            sound: true,
            quiet: false,
            quiet_from: 20 * 60,
            quiet_until: 7 * 60,
        }
    }
}

/// Settings of this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// The language of the interface; `None` follows the system (Dutch unless it says English).
    pub language: Option<Language>,
    /// The folder photos are saved to; `None` is the picture folder / Schriftje.
    pub folder: Option<String>,
    /// Start with the system.
    pub autostart: bool,
    /// The tray was explained once.
    pub tray_explained: bool,
    /// Which notifications to raise.
    pub notifications: NotificationSettings,
}

#[expect(clippy::derivable_impls, reason = "the defaults are a promise worth spelling out")]
impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            folder: None,
            autostart: false,
            tray_explained: false,
            notifications: NotificationSettings::default(),
        }
    }
}

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Language {
    /// Dutch.
    Nl,
    /// English.
    En,
}

/// Something changed; read it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Changed {
    /// What.
    pub tags: Vec<Tag>,
}

/// What can change.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "camelCase")]
pub enum Tag {
    /// The accounts, or which is in use, or its session.
    Accounts,
    /// Cards or entries.
    Timeline,
    /// Children.
    Children,
    /// Pictures that were not here before.
    Media,
    /// How fresh things are.
    Sync,
    /// A save.
    Saves,
    /// Settings.
    Settings,
    /// Conversations or messages, or what of them is unread.
    Messages,
    /// Writes that wait or were sent.
    Outbox,
    /// Something that deserves a notification: a host that raises them takes them now.
    News,
}

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
    /// Until when the portal refuses sign-ins, for [`ErrorCode::LockedOut`].
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
    /// The organisation does not let this be saved.
    NotSaveable,
    /// The system keeps no secrets for us.
    NoCredentialStore,
    /// The key of this account is gone from the credential store.
    KeyMissing,
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
    /// Something unforeseen; diagnostics tell more.
    Internal,
}
