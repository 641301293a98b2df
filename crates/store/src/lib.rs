//! The encrypted cache of one account.
//!
//! A folder an account holds four `SQLCipher` databases: `account.db` (who is signed in, tokens),
//! `cache.db` (what is read: can be fetched again), `media.db` (pictures: can be fetched again) and
//! `outbox.db` (what this parent writes: exists nowhere else). They are apart so that losing what
//! can be fetched again signs nobody out and loses nothing that was written.
//!
//! Every call is asynchronous and runs its SQL on a blocking thread; dropping a reading call
//! interrupts its query. No call holds a transaction when it returns.

mod about;
mod account;
mod adding;
mod articles;
mod attachments;
mod avatars;
mod back_to_draft;
mod bulletins;
mod calendar_events;
mod calendar_feed;
mod capabilities;
mod card_children;
mod card_photos;
mod cards;
mod care_requests;
mod children;
mod clearing;
mod connection;
mod conversation_list;
mod conversations;
mod database;
mod day;
#[cfg(test)]
mod disk_full;
mod document_files;
mod documents;
mod drafts;
mod entries;
mod error;
mod eviction;
mod facts;
mod files;
mod findable;
mod forms;
mod fragments;
#[cfg(test)]
mod interrupting;
mod key;
mod kinds;
mod logbook;
mod logbook_removal;
mod media;
mod message_attachments;
mod message_photos;
mod messages;
mod migrations;
mod news;
mod newsletters;
mod out_files;
#[cfg(test)]
mod outbox_before_wishes;
mod owner;
mod photo_children;
mod photos;
mod pieces;
mod planning;
#[cfg(test)]
mod query_plans;
mod removal;
mod rhythm;
mod saveable;
mod scope;
mod search;
mod search_index;
#[cfg(test)]
mod search_later;
mod secrets;
mod sending;
mod slots;
mod storage;
mod store;
mod sweep;
mod timeline;
mod totals;
mod unread;
mod walks;
mod wanted;
mod wishes;
mod words;
mod writes;

pub use about::NewAbout;
pub use account::{AccountRecord, SessionState};
pub use adding::Adding;
pub use articles::{ArticlesPage, BulletinCursor, NewArticle, NewArticleText, WholeArticle};
pub use bulletins::{AppliedBulletins, Bulletin, BulletinState};
pub use calendar_events::{CalendarEventRecord, NewCalendarEvent};
pub use calendar_feed::FeedPlace;
pub use capabilities::CapabilitiesRecord;
pub use cards::{Applied, ArrivedCard, NewCard};
pub use children::ChildCount;
pub use clearing::{Cleared, Walked};
pub use conversation_list::{ConversationCursor, ConversationsPage};
pub use conversations::{AppliedConversations, NewConversation};
pub use document_files::{DocumentFile, NewDocumentFile};
pub use documents::{DocumentRecord, DocumentsState, NewDocument};
pub use error::StoreError;
pub use facts::{FactBefore, KeptFact};
pub use key::Key;
pub use logbook::{LogbookState, LogbookWalk};
pub use logbook_removal::RemovedConversations;
pub use media::{Blob, NewBlob};
pub use messages::{NewMessage, NewThread};
pub use migrations::schema;
pub use news::{NewsItem, NewsKind};
pub use newsletters::{NewMail, NewNewsletter, NewslettersPage, WholeNewsletter};
pub use out_files::NewOutFile;
pub use owner::Owner;
pub use photos::PhotoRecord;
pub use planning::{NewPlanning, PlanningState};
pub use removal::Removed;
pub use scope::{Scope, ScopedPhoto};
pub use search::{SearchCursor, SearchPage, SearchQuery};
pub use sending::{Outgoing, Upload};
pub use storage::StorageUse;
pub use store::{OpenMode, Opened, Recovered, Store};
pub use timeline::{Cursor, NoCursor, TimelinePage, TimelineQuery};
pub use totals::Totals;
pub use walks::{FeedState, Walk, WalkKind};
pub use wanted::Wanted;
