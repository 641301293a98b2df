//! A demo portal over real HTTP: what a parent's client may rely on.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod account;
mod agenda_absences;
mod agenda_parent;
mod agenda_promises;
mod agenda_swaps;
mod agenda_trouble;
mod binary;
mod consents;
mod data;
mod description;
mod events;
mod family_parent;
mod faults;
mod forgotten;
mod golden;
mod golden_calls;
mod golden_family;
mod golden_location;
mod golden_planning;
mod golden_writes;
mod location;
mod media;
mod notification_settings;
mod observations;
mod once;
mod organisation;
mod parent;
mod sign_in;
mod staff;
mod timeline;
mod tls;
mod uploads;
mod writing;
