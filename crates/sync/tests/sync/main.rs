//! Reading a portal into a store, at portals that misbehave and at real ones.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod conversation;
mod documents;
mod letters;
mod logbook;
mod scheduling;
mod shifting;
