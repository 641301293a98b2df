//! A demo portal: a real HTTP server that speaks the portal protocol, with invented
//! organisations, children and photos.
//!
//! It serves the observed calls in the observed shapes, quirks included, and the media on an
//! origin of their own. Its JSON is written from types of its own, so that a misreading in the
//! client cannot pass unseen. A staff side does what a nursery does, and faults make it misbehave.
//!
//! Letters such as (B) name the public sources of a fact, listed in `docs/portal-api.md`.

mod administration;
mod answer;
mod auth;
mod bearer;
mod calendar;
mod certificate;
mod clock;
mod conduct;
mod correspondence;
mod data;
mod day;
mod events;
mod faults;
mod films;
mod household;
mod kept_planning;
mod live;
mod logbook;
mod media;
mod misbehaviour;
mod news;
mod nursery;
mod options;
mod organisation;
mod pages;
mod parent_api;
mod photo;
mod pictures;
mod planners;
mod planning;
mod portal;
mod posting;
mod record;
mod running;
mod server;
mod staff;
mod store;
mod time_passes;
mod timeline;
mod true_planning;
mod truth;
mod uploads;
mod writing;

pub use clock::PortalClock;
pub use correspondence::{NewConversation, StaffAnswer};
pub use data::ORGANISATION;
pub use faults::{Fault, FaultKind, Faults};
pub use nursery::{Counters, Nursery, NurseryError};
pub use options::{Options, Size};
pub use organisation::{Organisation, Rules};
pub use planners::{Decision, NewCredit, PlacesSet, SlotMove};
pub use planning::rules::{CareRules, CreditRules, GroupRule, PartRule, Unit, Weeks};
pub use posting::{NewPhotos, NewReport, Posted};
pub use record::{Origin, Recorded};
pub use running::{DemoAccount, Running, start};
pub use true_planning::{TrueCredit, TrueLine, TrueMoment, TrueRequest, TrueSlot};
pub use truth::{TrueCard, TrueConversation, TrueMessage, TruePhoto, Truth};
