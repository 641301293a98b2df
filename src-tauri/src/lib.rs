//! The window. It knows windows, tray, dialogs and the media protocol; everything a parent asks for
//! is answered by [`schriftje_app::App`].

mod agenda_commands;
mod app_commands;
mod bench;
pub mod bindings;
mod changed;
#[cfg(desktop)]
mod desktop;
mod document_commands;
mod dropped;
mod fact_commands;
mod host;
mod language;
mod links;
mod location_commands;
mod lock_commands;
mod log_file;
mod looks;
mod media;
mod notify;
mod opened;
mod options;
mod pieces;
mod shell_commands;
mod start;
mod together_commands;
mod traces;
mod window;

pub use start::run;
