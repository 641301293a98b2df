//! Every command the interface can call. Knows no window: a test or a terminal can host it.
//!
//! [`App`] is the whole of it. A host starts one, calls its methods, and listens to
//! [`App::subscribe`] to know what to read again.

mod account;
pub mod api;
mod app;
mod asking;
mod attach;
mod attached;
mod calendar;
mod changes;
mod changing;
mod commands;
mod copies;
mod error;
mod limits;
mod lock;
mod possible;
mod save;
mod saving;
mod settings;
mod small_file;
pub mod vault;
mod writing;

pub use app::{App, AppOptions, kept_settings};
pub use commands::media::{MediaAnswer, MediaRange};
pub use schriftje_konnect::words_of_html;
