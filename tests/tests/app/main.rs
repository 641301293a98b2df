//! The app without a window, at a real portal.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod accounts;
mod agenda_writing;
mod attachments;
mod ended;
mod main_path;
mod media;
mod plain;
mod saving;
mod send_queue;
mod signing_in;
mod trouble;
mod world;
mod writing;
