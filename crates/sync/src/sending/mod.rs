//! Sending what the parent wrote: in order per target, once, and never lost.
//!
//! A write is in the outbox with its files before anything is sent. Its files go up first, in
//! pieces that can go on where they were; while they do, it can still be withdrawn. Then it is
//! marked as being sent, and only then the write itself goes out, under a key with which the portal
//! does it once. Where no answer came it stays marked and is asked again under the same key; when
//! the portal has forgotten its keys by then, what is there is read and looked at, and what cannot
//! be told the parent decides.

mod call;
mod echo;
mod late;
mod lookup;
mod outcome;
mod queue;
mod uploading;
mod waiting;

pub use late::DAY_BEGUN;
pub use queue::{SendQueue, Sent};
