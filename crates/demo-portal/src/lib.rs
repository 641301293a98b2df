//! A demo portal: a real HTTP server that speaks the portal protocol, with invented
//! organisations, children and photos.
//!
//! It serves the observed calls in the observed shapes, quirks included, and the media on an
//! origin of their own. Its JSON is written from types of its own, so that a misreading in the
//! client cannot pass unseen. A staff side does what a nursery does, and faults make it misbehave.
//!
//! Letters such as (B) name the public sources of a fact, listed in `docs/portal-api.md`.

mod administration;
mod announcing;
mod answer;
mod attachment;
mod auth;
mod bearer;
mod calendar;
mod certificate;
mod clock;
mod conduct;
mod consent;
mod correspondence;
mod data;
mod day;
mod events;
mod faults;
mod films;
mod forgotten;
mod household;
mod kept_planning;
mod live;
mod logbook;
mod mail;
mod media;
mod misbehaviour;
mod news;
mod nursery;
mod observation;
mod options;
mod organisation;
mod pages;
mod papers;
mod parent_api;
mod password;
mod pdf;
mod photo;
mod pictures;
mod placement;
mod planners;
mod planning;
mod portal;
mod posting;
mod questions;
mod record;
mod running;
mod server;
mod site;
mod staff;
mod staff_family;
mod store;
mod team;
mod time_passes;
mod timeline;
mod true_family;
mod true_planning;
mod truth;
mod uploads;
mod writing;

pub use announcing::{NewAttachment, NewNews, NewNewsletter};
pub use clock::PortalClock;
pub use correspondence::{NewConversation, StaffAnswer};
pub use data::ORGANISATION;
pub use faults::{Fault, FaultKind, Faults};
pub use nursery::{Counters, Nursery, NurseryError};
pub use observation::{Question, Scale, Section};
pub use options::{Options, Size};
pub use organisation::{Organisation, Rules};
pub use papers::NewPaper;
pub use password::PasswordRules;
pub use planners::{Decision, NewCredit, PlacesSet, SlotMove};
pub use planning::rules::{CareRules, CreditRules, GroupRule, PartRule, Unit, Weeks};
pub use posting::{NewPhotos, NewReport, Posted};
pub use questions::{NewObservation, NewQuestion};
pub use record::{Origin, Recorded};
pub use running::{DemoAccount, Running, start};
pub use site::{Location, Site};
pub use team::MemberChange;
pub use true_family::{TrueConsent, TrueEmail};
pub use true_planning::{TrueCredit, TrueLine, TrueMoment, TrueRequest, TrueSlot};
pub use truth::{TrueCard, TrueConversation, TrueMessage, TruePhoto, Truth};
