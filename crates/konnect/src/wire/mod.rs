//! The portal's own shapes. Lenient about what is not used, strict about what is.

pub(crate) mod account;
pub(crate) mod child;
pub(crate) mod documents;
pub(crate) mod envelope;
pub(crate) mod field;
pub(crate) mod logbook;
pub(crate) mod news;
pub(crate) mod planning;
pub(crate) mod sign_in;
pub(crate) mod timeline;
