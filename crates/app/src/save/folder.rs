//! Which photos a folder already holds, by what the files themselves say. So a photo is never
//! saved twice, also after it was renamed or the app was installed anew.

use super::identity::Identity;
use super::place;
use super::stamp::{self, Format};
use super::{movie, xmp};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// A packet longer than this is not one of ours.
const LONGEST_PACKET: u64 = 1 << 20;
/// More chunks than any picture has before its words.
const MOST_CHUNKS: usize = 10_000;

/// What a folder holds of a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Held {
    /// The medium size, saved when the original could no longer be had.
    Medium,
    /// The original.
    Original,
}

/// The photos in a folder.
#[derive(Clone, Debug, Default)]
pub(crate) struct FolderIndex(BTreeMap<Identity, Held>);

impl FolderIndex {
    /// Reads the folder, and clears away what a save that was killed left in it.
    pub(crate) fn read(folder: &Path) -> io::Result<Self> {
        let mut index = BTreeMap::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if !entry.file_type().is_ok_and(|kind| kind.is_file()) {
                continue;
            }
            let path = entry.path();
            if place::is_part(&path) {
                place::clear_if_left_over(&path);
            } else if path.extension().and_then(OsStr::to_str).is_some_and(may_be_marked)
                // A file that cannot be read is none of ours.
                && let Ok(mut file) = File::open(&path)
                && let Ok(Some((identity, held))) = mark_in(&mut file)
            {
                let known = index.entry(identity).or_insert(held);
                *known = held.max(*known);
            }
        }
        Ok(Self(index))
    }

    /// What of this photo is there, if anything.
    pub(crate) fn holds(&self, identity: &Identity) -> Option<Held> {
        self.0.get(identity).copied()
    }
}

fn may_be_marked(extension: &str) -> bool {
    let known = ["jpg", "jpeg", "png", "webp", "mp4", "mov", "m4v"];
    known.iter().any(|known| known.eq_ignore_ascii_case(extension))
}

/// Which photo a file says it is. Reads little: headers and the packet, not the picture.
pub(super) fn identity_in(file: &mut File) -> io::Result<Option<Identity>> {
    Ok(mark_in(file)?.map(|(identity, _)| identity))
}

fn mark_in(file: &mut File) -> io::Result<Option<(Identity, Held)>> {
    let packet = match stamp::sniff(file)? {
        Some(Format::Jpeg) => jpeg_packet(&mut BufReader::new(&*file)),
        Some(Format::Png) => {
            let big = |raw| u64::from(u32::from_be_bytes(raw));
            chunked(&mut BufReader::new(&*file), 8, |head| {
                let kind = [head[4], head[5], head[6], head[7]];
                // Length, kind and checksum surround the contents.
                (kind == *b"iTXt", big([head[0], head[1], head[2], head[3]]), 4)
            })
        }
        Some(Format::Webp) => {
            let little = |raw| u64::from(u32::from_le_bytes(raw));
            chunked(&mut BufReader::new(&*file), 12, |head| {
                let kind = [head[0], head[1], head[2], head[3]];
                let length = little([head[4], head[5], head[6], head[7]]);
                (kind == *b"XMP ", length, length % 2)
            })
        }
        Some(Format::Movie(_)) => movie::packet(&mut BufReader::new(&*file)),
        Some(Format::Plain(_)) | None => Ok(None),
    };
    Ok(packet?.and_then(|packet| {
        let held = if xmp::is_reduced(&packet) { Held::Medium } else { Held::Original };
        Some((xmp::identity(&packet)?, held))
    }))
}

fn jpeg_packet<F: Read + Seek>(file: &mut F) -> io::Result<Option<Vec<u8>>> {
    file.seek(SeekFrom::Start(2))?;
    for _ in 0..MOST_CHUNKS {
        let mut head = [0; 4];
        if file.read_exact(&mut head).is_err() || head[0] != 0xFF || head[1] == 0xDA {
            break;
        }
        let Some(length) = u16::from_be_bytes([head[2], head[3]]).checked_sub(2) else { break };
        if head[1] != 0xE1 {
            file.seek_relative(length.into())?;
            continue;
        }
        let mut contents = Vec::new();
        file.take(length.into()).read_to_end(&mut contents)?;
        if contents.starts_with(b"http://ns.adobe.com/xap/1.0/\0") {
            return Ok(Some(contents));
        }
    }
    Ok(None)
}

/// Walks chunks of an eight-byte head; `judge` says whether it is the wanted kind, how long its
/// contents are, and how many bytes stand behind them.
fn chunked<F: Read + Seek>(
    file: &mut F,
    first: u64,
    judge: impl Fn(&[u8; 8]) -> (bool, u64, u64),
) -> io::Result<Option<Vec<u8>>> {
    file.seek(SeekFrom::Start(first))?;
    for _ in 0..MOST_CHUNKS {
        let mut head = [0; 8];
        if file.read_exact(&mut head).is_err() {
            break;
        }
        let (wanted, length, behind) = judge(&head);
        if wanted && length <= LONGEST_PACKET {
            let mut contents = Vec::new();
            file.by_ref().take(length).read_to_end(&mut contents)?;
            if xmp::identity(&contents).is_some() {
                return Ok(Some(contents));
            }
            file.seek_relative(i64::try_from(behind).unwrap_or(0))?;
        } else {
            file.seek_relative(i64::try_from(length + behind).map_err(io::Error::other)?)?;
        }
    }
    Ok(None)
}
