//! Saves as jobs: planned from the cache, run in turn, followed and stopped.

mod from_portal;
mod job;
mod papers;
mod plan;
mod run;
#[cfg(test)]
mod run_tests;

pub(crate) use from_portal::FromPortal;
pub(crate) use job::Saves;
pub(crate) use plan::{Item, Plan, Thing, plan};
