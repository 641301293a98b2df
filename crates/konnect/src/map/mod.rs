//! From the portal's shapes to the model's.

pub(crate) mod article;
mod blocks;
pub(crate) mod child;
pub(crate) mod digest;
pub(crate) mod documents;
pub(crate) mod family;
pub(crate) mod html;
pub(crate) mod logbook;
pub(crate) mod mail;
pub(crate) mod newsletter;
pub(crate) mod observation;
pub(crate) mod photo;
pub(crate) mod place;
pub(crate) mod planning;
pub(crate) mod requests;
pub(crate) mod rhythm;
mod sheet;
pub(crate) mod style;
pub(crate) mod text;
pub(crate) mod timeline;

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod logbook_tests;
#[cfg(test)]
pub(crate) mod timeline_tests;
