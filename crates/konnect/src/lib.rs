//! A client for childcare portals of the Konnect kind: address, sign-in, session, reading, media.
//!
//! The facts behind it, and the sources the letters A to F stand for, are in `docs/portal-api.md`.
//! Nothing here retries or stores: a caller decides both.

mod about;
mod address;
mod agenda_writing;
mod call;
mod capabilities;
mod changing;
mod config;
mod documents;
mod error;
mod events;
mod facts;
mod http;
mod logbook;
mod map;
mod media;
mod names;
mod news;
mod pace;
mod planning;
mod portal;
mod reading;
mod server_clock;
mod session;
mod sign_in;
mod sign_in_page;
mod tokens;
mod uploads;
mod wire;
mod write_error;
mod write_limits;
mod writing;

pub use about::AboutConversation;
pub use address::{AddressError, PortalAddress};
pub use capabilities::{Capabilities, PageLinks};
pub use changing::Settled;
pub use config::{ClientConfig, Device, Limits, Manners, Timeouts};
pub use error::{PortalError, SignInError, code_for_logs};
pub use events::{Changed, Events, PortalEvent};
pub use facts::ReadFact;
pub use map::article::{ArticleText, Articles, MappedArticle, MappedPart};
pub use map::child::Children;
pub use map::documents::{DocumentPlace, ListedDocument, ListedDocuments};
pub use map::logbook::{ConversationDetails, ConversationsPage, MappedConversation, MappedMessage};
pub use map::mail::Picture;
pub use map::newsletter::{Mail, MappedNewsletter, NewslettersPage};
pub use map::planning::{Planning, PlanningDetails, PlanningRules};
pub use map::requests::{Possible, PossibleDayPart, PossibleForChild, RequestsPage};
pub use map::text::words_of_html;
pub use map::timeline::{MappedCard, TimelinePage};
pub use media::{ByteRange, MediaBody, MediaLink, MediaSource};
pub use names::{NameError, NameLookup, SystemNames};
pub use planning::MOST_DAYS;
pub use portal::Portal;
pub use reading::{Counters, ParentInfo};
pub use session::Session;
pub use sign_in::{Captcha, SignInStyle};
pub use tokens::{KeeperError, MemoryKeeper, RefreshLock, StoredTokens, TokenKeeper, Tokens};
pub use uploads::UploadId;
pub use write_error::WriteError;
pub use write_limits::WriteLimits;
pub use writing::{NewEntry, NewMessage, SentMessage};
