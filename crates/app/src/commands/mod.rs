//! The commands, by what they are about. Each file adds methods to [`crate::App`].
#![expect(clippy::unused_async, reason = "to its callers every command is asynchronous")]

mod accounts;
mod diagnostics;
pub(crate) mod links;
pub(crate) mod media;
mod saves;
mod sync;
mod timeline;
