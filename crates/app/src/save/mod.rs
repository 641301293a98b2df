//! Saving photos, videos and documents to a folder: what they are called, what is written into them, and how
//! they get there whole, once, and without touching anything else.

mod exif;
#[cfg(test)]
mod exiftool;
mod folder;
mod identity;
mod jpeg;
mod movie;
mod name;
mod place;
mod png;
mod stamp;
mod tiff;
mod webp;
mod when;
mod xmp;

pub(crate) use folder::{FolderIndex, Held};
pub(crate) use identity::Identity;
pub(crate) use movie::{ToldPlace, told_places};
pub(crate) use name::FileName;
pub(crate) use place::{Place, Placed};
pub(crate) use stamp::{Stamp, StampError, date, stamp};
pub(crate) use tiff::{Field, Tiff};
