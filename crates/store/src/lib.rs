//! The encrypted cache of one account.
//!
//! A folder an account holds three `SQLCipher` databases: `account.db` (who is signed in, tokens),
//! `cache.db` (the timeline: can be fetched again) and `media.db` (pictures: can be fetched again).
//! They are apart so that losing what can be fetched again does not sign anybody out.
//!
//! Every call is asynchronous and runs its SQL on a blocking thread; dropping a reading call
//! interrupts its query. No call holds a transaction when it returns.

mod about;
mod account;
mod attachments;
mod avatars;
mod capabilities;
mod card_children;
mod card_photos;
mod cards;
mod children;
mod connection;
mod conversation_list;
mod conversations;
mod database;
mod day;
#[cfg(test)]
mod disk_full;
mod entries;
mod error;
mod eviction;
mod files;
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
mod photo_children;
mod photos;
#[cfg(test)]
mod query_plans;
mod removal;
mod rhythm;
mod saveable;
mod scope;
mod secrets;
mod storage;
mod store;
mod sweep;
mod timeline;
mod totals;
mod unread;
mod walks;
mod wanted;

pub use about::NewAbout;
pub use account::{AccountRecord, SessionState};
pub use capabilities::CapabilitiesRecord;
pub use cards::{Applied, NewCard};
pub use children::ChildCount;
pub use conversation_list::{ConversationCursor, ConversationsPage};
pub use conversations::{AppliedConversations, NewConversation};
pub use error::StoreError;
pub use key::Key;
pub use logbook::{LogbookState, LogbookWalk};
pub use logbook_removal::RemovedConversations;
pub use media::{Blob, NewBlob};
pub use messages::{NewMessage, NewThread};
pub use migrations::schema;
pub use photos::PhotoRecord;
pub use removal::Removed;
pub use scope::{Scope, ScopedPhoto};
pub use storage::StorageUse;
pub use store::{OpenMode, Opened, Recovered, Store};
pub use timeline::{Cursor, NoCursor, TimelinePage, TimelineQuery};
pub use totals::Totals;
pub use walks::{FeedState, Walk, WalkKind};
pub use wanted::Wanted;
