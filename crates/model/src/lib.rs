//! What a parent sees, in plain types: children, timeline cards, diary entries, photos.
//!
//! Nothing here does I/O. Every type is also what the interface receives, so it serialises in
//! `camelCase` and carries a TypeScript description.

mod child;
mod clock;
mod day;
mod id;
mod photo;
mod rhythm;
mod timeline;

pub use child::Child;
pub use clock::{Clock, SystemClock, TestClock};
pub use day::{Day, day_of_epoch_ms, midnight_epoch_ms, noon, today};
pub use id::{AccountId, CardId, ChildId, JournalId, MediaId, PhotoId};
pub use photo::{Cached, MediaKind, MediaSize, Photo, Saveable};
pub use rhythm::{RhythmKind, RhythmMoment};
pub use timeline::{Attachment, AuthorKind, CardChild, CardKind, DiaryEntry, TimelineCard};
