//! What the interface and the terminal say to the app, and what they get back. Plain data.

mod accounts;
mod agenda;
mod changed;
mod documents;
mod error;
mod facts;
mod location;
mod lock;
mod messages;
mod notifications;
mod saves;
mod search;
mod settings;
mod sync;
mod timeline;
mod together;
mod writing;

pub use accounts::{Account, CredentialStore, Overview, PortalLinks, SessionState, SignIn};
pub use agenda::{
    Agenda, AgendaDay, AgendaOffers, AgendaQuery, AgendaState, CalendarFeed, ChildCredits,
    ChildPossibilities, ClosedDay, CreditNotUsable, DayRange, Expected, ExportedCalendar, GivenIn,
    GroupPhone, PlannedSlot, PlanningRules, Possibilities, PossiblePart, QuoteQuery, RequestPage,
    RequestQuery, Today, TodayAsked, TodayRhythm,
};
pub use changed::{Changed, Tag};
pub use documents::Documents;
pub use error::{AppError, ErrorCode};
pub use facts::{DetailChange, FactAnswer, PasswordStrength};
pub use location::{ArticlePage, Location, NewsletterPage, WholeArticle, WholeNewsletter};
pub use lock::LockState;
pub use messages::{ConversationPage, Thread};
pub use notifications::{Notification, NotificationSettings, OpenWhat};
pub use saves::{Refused, SaveAbout, SaveJob, SaveState, SaveWhat};
pub use search::{SearchPage, SearchQuery};
pub use settings::{Language, Metered, Settings, Theme};
pub use sync::{Clearing, StorageUse, SyncPhase, SyncStatus, Unread};
pub use timeline::{ChildSummary, TimelinePage, TimelineQuery};
pub use together::{TogetherAccount, TogetherCard, TogetherOverview, TogetherPage};
pub use writing::{Added, Decision, DraftWithFiles, Rejected, RejectedWhy, Unsent, Writing};
