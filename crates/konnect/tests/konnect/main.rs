//! The client at peers that answer whatever a test needs.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod agenda_writing;
mod documents;
mod events;
mod hostile;
mod logbook;
mod media;
mod peer;
mod session;
mod sign_in;
mod uploads;
mod wire;
mod writing;
