//! What a parent sees, in plain types: children, timeline cards, diary entries, photos.
//!
//! Nothing here does I/O. Every type is also what the interface receives, so it serialises in
//! `camelCase` and carries a TypeScript description.

mod child;
mod clock;
mod conversation;
mod day;
mod id;
mod photo;
mod rhythm;
mod search;
mod timeline;
mod writing;

pub use child::Child;
pub use clock::{Clock, SystemClock, TestClock};
pub use conversation::{Conversation, Message};
pub use day::{Day, day_of_epoch_ms, midnight_epoch_ms, noon, today};
pub use id::{
    AccountId, CardId, ChildId, ConversationId, FileId, JournalId, MediaId, MessageId, PhotoId,
    WriteId,
};
pub use photo::{Cached, MediaKind, MediaSize, Photo, Saveable};
pub use rhythm::{RhythmKind, RhythmMoment};
pub use search::{FindKind, Found, FoundPlace, Fragment};
pub use timeline::{Attachment, AuthorKind, CardChild, CardKind, DiaryEntry, TimelineCard};
pub use writing::{
    Draft, DraftPlace, FILE_NOT_TAKEN, NO_REASON, OutFile, Write, WriteState, WriteWhat,
};
