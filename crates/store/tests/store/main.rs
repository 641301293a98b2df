//! What a parent relies on of what is kept, at real databases.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod bulletins;
mod calendar;
mod cards;
mod clearing;
mod conversations;
mod conversations_removal;
mod documents;
mod forms;
mod kill;
mod message_photos;
mod news;
mod outbox;
mod outbox_kill;
mod outbox_model;
mod pictures;
mod planning;
#[cfg(unix)]
mod read_only;
mod removal;
mod sample;
mod schema;
mod search;
mod timeline;
mod trouble;
mod word_forms;
