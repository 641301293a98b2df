//! The rules of the planning: extra days, swaps, absences and credits.
//!
//! Everything here is a function of a family's [`Planning`] and the time. Nothing here asks a clock,
//! a database or the network; what changes a planning leaves it as it was when it refuses.

mod absence;
mod asking;
mod booking;
mod cancelling;
mod credits;
mod deciding;
mod expiring;
mod letter;
mod part;
mod period;
mod possibilities;
#[cfg(test)]
mod properties;
mod refused;
pub mod rules;
#[cfg(test)]
mod sample;
mod sentence;
mod slots;
mod state;

pub use absence::{Absence, absent};
pub use asking::{Ask, Sender, ask, quote, token};
pub use booking::{Booked, Booking, GivenIn, Wanted};
pub use cancelling::{cancel, cancel_until, may_cancel};
pub use credits::{left, state_of, uses};
pub use deciding::{Verdict, decide};
pub use expiring::{deadline, expire};
pub use letter::Letter;
pub use period::furthest;
pub use possibilities::{ChildPossibilities, PossiblePart, possibilities};
pub use refused::Refused;
pub use slots::{Attendance, Planned, Slots};
pub use state::{By, Change, Credit, Kind, Line, Named, Planning, Reason, Request, Slot, Status};
