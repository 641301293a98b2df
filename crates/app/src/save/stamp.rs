//! Writes into a fetched original what a parent wants to find in it years from now.

use super::identity::Identity;
use super::when::When;
use super::{jpeg, movie, png, webp};
use img_parts::Bytes;
use schriftje_model::{Day, DocumentFormat};
use std::fs::{File, FileTimes};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::time::SystemTime;

/// What to write.
#[derive(Clone, Debug)]
pub(crate) struct Stamp {
    /// Which photo it is.
    pub(crate) identity: Identity,
    /// The day the portal gives it.
    pub(crate) day: Day,
    /// What a person wrote under it.
    pub(crate) caption: Option<String>,
    /// The first names of the parent's own children in it.
    pub(crate) people: Vec<String>,
    /// Whether the picture is the medium size and not the original.
    pub(crate) reduced: bool,
}

/// Why a file could not be stamped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StampError {
    /// The original is broken, or nothing that moves or stands still.
    #[error("the original is no picture or film that can be read")]
    Broken,
    /// The file is no document that may be opened.
    #[error("the file is no document")]
    NotADocument,
    /// The disk.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// What came of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stamped {
    /// The extension that fits the bytes, without its dot.
    pub(crate) extension: &'static str,
    /// Whether the file itself says which photo it is.
    pub(crate) marked: bool,
}

/// What the first bytes say a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Jpeg,
    Png,
    Webp,
    Movie(&'static str),
    /// Kept as it is, with its times alone.
    Plain(&'static str),
}

/// Writes the words of `stamp` into `file`, which holds the original, and sets its times.
pub(crate) fn stamp(file: &mut File, stamp: &Stamp) -> Result<Stamped, StampError> {
    let format = sniff(file)?.ok_or(StampError::Broken)?;
    let (extension, when, marked) = match format {
        Format::Jpeg => ("jpg", Some(rewrite(file, |bytes| jpeg::write(bytes, stamp))?), true),
        Format::Png => ("png", Some(rewrite(file, |bytes| png::write(bytes, stamp))?), true),
        Format::Webp => ("webp", Some(rewrite(file, |bytes| webp::write(bytes, stamp))?), true),
        Format::Movie(extension) => {
            let when = movie::write(file, stamp)?;
            let marked = identity(file)?.as_ref() == Some(&stamp.identity);
            (extension, Some(when), marked)
        }
        Format::Plain(extension) => (extension, None, false),
    };
    let when = when.unwrap_or_else(|| When::day(stamp.day));
    set_times(file, when)?;
    Ok(Stamped { extension, marked })
}

/// Gives a document its day, and changes nothing of what it says.
pub(crate) fn date(file: &mut File, day: Day) -> Result<Stamped, StampError> {
    file.seek(SeekFrom::Start(0))?;
    let mut head = Vec::new();
    file.take(DocumentFormat::HEAD as u64).read_to_end(&mut head)?;
    let format = DocumentFormat::of(&head).ok_or(StampError::NotADocument)?;
    set_times(file, When::day(day))?;
    Ok(Stamped { extension: format.extension(), marked: false })
}

/// What `file` is, by its first bytes; `None` when it is nothing that can be shown.
pub(crate) fn sniff(file: &mut File) -> io::Result<Option<Format>> {
    file.seek(SeekFrom::Start(0))?;
    let mut head = Vec::new();
    file.take(16).read_to_end(&mut head)?;
    Ok(match head.as_slice() {
        [0xFF, 0xD8, 0xFF, ..] => Some(Format::Jpeg),
        [0x89, b'P', b'N', b'G', ..] => Some(Format::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Format::Webp),
        [b'G', b'I', b'F', b'8', ..] => Some(Format::Plain("gif")),
        [0x1A, 0x45, 0xDF, 0xA3, ..] => Some(Format::Plain("webm")),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'A', b'V', b'I', ..] => Some(Format::Plain("avi")),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => Some(match brand.get(..4) {
            Some(b"heic" | b"heix" | b"mif1" | b"msf1" | b"hevc") => Format::Plain("heic"),
            Some(b"avif" | b"avis") => Format::Plain("avif"),
            Some(b"qt  ") => Format::Movie("mov"),
            _ => Format::Movie("mp4"),
        }),
        [_, _, _, _, b'm', b'o', b'o', b'v' | b'f', ..]
        | [_, _, _, _, b'm', b'd', b'a', b't', ..] => Some(Format::Movie("mov")),
        _ => None,
    })
}

/// Which photo `file` says it is.
pub(crate) fn identity(file: &mut File) -> io::Result<Option<Identity>> {
    super::folder::identity_in(file)
}

fn rewrite(
    file: &mut File,
    change: impl FnOnce(Bytes) -> Option<(Bytes, When)>,
) -> Result<When, StampError> {
    file.seek(SeekFrom::Start(0))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let (bytes, when) = change(bytes.into()).ok_or(StampError::Broken)?;
    file.seek(SeekFrom::Start(0))?;
    file.set_len(0)?;
    file.write_all(&bytes)?;
    Ok(when)
}

/// Gives the file the time of the photo, and where the system can, as its time of creation too.
fn set_times(file: &File, when: When) -> io::Result<()> {
    let at = SystemTime::from(when.at);
    let times = FileTimes::new().set_modified(at).set_accessed(at);
    #[cfg(windows)]
    let times = std::os::windows::fs::FileTimesExt::set_created(times, at);
    #[cfg(any(target_os = "macos", target_os = "ios"))]
    let times = std::os::darwin::fs::FileTimesExt::set_created(times, at);
    file.set_times(times)
}
