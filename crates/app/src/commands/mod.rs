//! The commands, by what they are about. Each file adds methods to [`crate::App`].
#![expect(clippy::unused_async, reason = "to its callers every command is asynchronous")]

mod accounts;
pub(crate) mod agenda;
mod agenda_writing;
mod calendar_file;
mod conversations;
mod diagnostics;
mod diagnostics_file;
pub(crate) mod documents;
pub(crate) mod drafts;
mod facts;
pub(crate) mod links;
mod location;
mod lock;
pub(crate) mod media;
mod notification_words;
mod notifications;
mod outbox;
mod own_files;
mod saves;
mod search;
mod storage;
mod sync;
mod timeline;
mod today;
mod together;
