//! The terminal program as a real process, at a real portal.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod agenda;
mod documents;
mod family;
#[cfg(target_os = "linux")]
mod key;
mod locking;
mod main_path;
mod place;
mod signing_in;
#[cfg(unix)]
mod stopping;
mod world;
mod writing;
