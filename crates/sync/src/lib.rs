//! Pulling what the portal has into the store, and fetching pictures.
//!
//! The timeline has no counter and its paging shifts, so it is read newest first until a page is
//! known, and walked from end to end to find what was edited or removed. A walk keeps its place,
//! so it goes on after a break; two processes on one account take turns page by page.

mod articles;
mod attached;
mod bulletins;
mod catch_up;
mod clearing;
mod conversation;
mod documents;
mod engine;
mod error;
mod events;
mod facts;
mod fetch;
mod fetcher;
mod household;
mod join;
mod links;
mod listen;
mod locate;
mod logbook;
mod logbook_walk;
mod news;
mod newsletters;
mod offered;
mod own_task;
mod picture;
mod planning;
mod poll;
mod portal_reads;
mod portal_writes;
mod process_lock;
mod retry;
mod saveable;
mod schedule;
mod sending;
mod walk;

pub use attached::attached_as;
pub use clearing::Clearing;
pub use engine::{SyncEngine, SyncOptions};
pub use error::SyncError;
pub use events::{SyncEvent, SyncPhase, SyncProgress};
pub use news::wanted_at_portal;
pub use offered::Offered;
pub use planning::KeptRules;
pub use poll::Polled;
pub use portal_reads::PortalReads;
pub use portal_writes::PortalWrites;
pub use process_lock::ProcessLock;
pub use schedule::Rhythm;
pub use sending::{DAY_BEGUN, SendQueue, Sent};
