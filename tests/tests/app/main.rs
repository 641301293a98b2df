//! The app without a window, at a real portal.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod accounts;
mod agenda;
mod agenda_writing;
mod asking;
mod attachments;
mod bad_input;
mod calendar;
mod device;
mod diagnostics;
mod documents;
mod drafting;
mod ended;
mod facts;
mod family;
mod judging;
mod location;
mod locking;
mod main_path;
mod media;
mod messages;
mod news;
mod plain;
mod saving;
mod searching;
mod send_queue;
mod signing_in;
mod today;
mod together;
mod trouble;
mod unsent;
mod while_sending;
mod world;
mod writing;
