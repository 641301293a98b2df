//! "Have it in their own calendar": care slots as iCalendar (RFC 5545 and 7986), in a file or for
//! calendar programs on this device.

mod answer;
mod book;
mod content;
mod event;
mod feed;
mod file;
#[cfg(test)]
mod over_http;
mod planned;
#[cfg(test)]
mod readers;
mod write;
mod zone;

pub(crate) use book::Book;
pub(crate) use feed::{Feeds, address, new_place};
pub(crate) use file::put;
