//! The accounts on this device: a folder each, opened with a key from the vault.

mod folders;
mod keeper;
mod open;
mod password_rest;
mod registry;
mod renewal;
mod temporary;
mod watch;

pub(crate) use open::{Host, Line, Open};
pub(crate) use password_rest::Asked;
pub(crate) use registry::Registry;
pub(crate) use temporary::{Temporary, clear as clear_temporary};
