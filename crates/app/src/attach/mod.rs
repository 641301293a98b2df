//! Photos and videos a parent sends along: what they are, and making them fit to be sent.
//!
//! A photo is turned upright, scaled to what the portal takes, and keeps the moment it was taken.
//! The place stays inside it until it is sent, since the parent may still want it: see
//! [`without_place`].

mod film;
mod heic;
mod photo;
mod sniff;

pub(crate) use film::FilmFile;
pub(crate) use photo::without_place;
use sniff::{Sniffed, sniff};

use crate::api::RejectedWhy;
use schriftje_model::MediaKind;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

/// What the portal takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rules {
    /// Pixels on a photo's longer side.
    pub(crate) photo_pixels: u32,
    /// Photos that are taken as they are, such as `image/heic`.
    pub(crate) photo_types: Vec<String>,
    /// Films that are taken; none where the organisation takes no videos.
    pub(crate) video_types: Vec<String>,
    /// Bytes of one file at most.
    pub(crate) bytes: u64,
}

/// A file ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ready {
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// What they are.
    pub(crate) mime: &'static str,
    /// Still or moving.
    pub(crate) kind: MediaKind,
}

/// A file on disk ready to be sent.
#[derive(Debug)]
pub(crate) enum FromDisk {
    /// In memory: it was made anew.
    Made(Ready),
    /// Read in pieces.
    Film(FilmFile),
}

/// A photo may be larger than the portal takes, since it is made smaller.
const LARGEST_PHOTO: u64 = 200 << 20;
/// Bytes that tell what a file is.
const HEAD: u64 = 64;

/// Makes a file on disk fit to be sent, or says why it cannot be. Takes a while, like [`ready`].
pub(crate) fn from_disk(path: &Path, rules: &Rules) -> Result<FromDisk, RejectedWhy> {
    let metadata = std::fs::metadata(path).map_err(|_| RejectedWhy::Gone)?;
    if !metadata.is_file() {
        return Err(RejectedWhy::NotAPicture);
    }
    let mut file = File::open(path).map_err(|_| RejectedWhy::Gone)?;
    let mut bytes = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut bytes).map_err(|_| RejectedWhy::Gone)?;
    match sniff(&bytes) {
        Some(Sniffed::Film(mime)) => {
            file.rewind().map_err(|_| RejectedWhy::Gone)?;
            return FilmFile::new(file, mime, rules).map(FromDisk::Film);
        }
        None if !bytes.is_empty() => return Err(RejectedWhy::NotAPicture),
        _ => {}
    }
    if metadata.len() > rules.bytes.max(LARGEST_PHOTO) {
        return Err(RejectedWhy::TooLarge);
    }
    file.take(LARGEST_PHOTO.max(rules.bytes))
        .read_to_end(&mut bytes)
        .map_err(|_| RejectedWhy::Gone)?;
    ready(bytes, rules).map(FromDisk::Made)
}

/// Makes a file fit to be sent, or says why it cannot be. Takes a while: not for the runtime's
/// threads.
pub(crate) fn ready(bytes: Vec<u8>, rules: &Rules) -> Result<Ready, RejectedWhy> {
    if bytes.is_empty() {
        return Err(RejectedWhy::Empty);
    }
    let ready = match sniff(&bytes) {
        None => return Err(RejectedWhy::NotAPicture),
        Some(Sniffed::Film(mime)) => film::ready(bytes, mime, rules)?,
        Some(Sniffed::Heic) => heic::ready(bytes, rules)?,
        Some(Sniffed::Photo(format)) => photo::ready(&bytes, format, rules)?,
    };
    if ready.bytes.len() as u64 > rules.bytes {
        return Err(RejectedWhy::TooLarge);
    }
    Ok(ready)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn rules() -> Rules {
        Rules {
            photo_pixels: 640,
            photo_types: vec!["image/jpeg".to_owned()],
            video_types: vec!["video/mp4".to_owned()],
            bytes: 1 << 20,
        }
    }

    #[test]
    fn what_is_no_picture_is_told_apart_from_what_is_broken_or_empty() {
        assert_eq!(ready(Vec::new(), &rules()), Err(RejectedWhy::Empty));
        let letter = b"%PDF-1.7 a letter that calls itself foto.jpg".to_vec();
        assert_eq!(ready(letter, &rules()), Err(RejectedWhy::NotAPicture));
        let broken = [b"\xff\xd8\xff\xe0".as_slice(), &[0; 40]].concat();
        assert_eq!(ready(broken, &rules()), Err(RejectedWhy::Broken));
    }

    #[test]
    fn a_film_goes_only_where_films_are_taken_and_fits() {
        let film = b"\0\0\0\x14ftypisom\0\0\0\0isom\0\0\0\x0cmdatfilm".to_vec();
        assert_eq!(ready(film.clone(), &rules()).unwrap().mime, "video/mp4");
        let none = Rules { video_types: Vec::new(), ..rules() };
        assert_eq!(ready(film.clone(), &none), Err(RejectedWhy::NoVideos));
        let other = Rules { video_types: vec!["video/quicktime".to_owned()], ..rules() };
        assert_eq!(ready(film.clone(), &other), Err(RejectedWhy::KindNotTaken));
        let small = Rules { bytes: 20, ..rules() };
        assert_eq!(ready(film, &small), Err(RejectedWhy::TooLarge));
    }

    /// A film of some megabytes that tells where it was made, behind its pictures.
    fn large_film() -> Vec<u8> {
        let mut film = b"\0\0\0\x14ftypisom\0\0\0\0isom".to_vec();
        film.extend(3_000_008_u32.to_be_bytes());
        film.extend(b"mdat");
        film.resize(film.len() + 3_000_000, 7);
        film.extend(b"\0\0\0\x2cmoov\0\0\0\x24udta\0\0\0\x1c\xa9xyz");
        film.extend(b"\0\x12\x15\xc7+52.3676+4.9041/");
        film
    }

    #[test]
    fn a_film_on_disk_goes_in_pieces_as_it_would_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.mp4");
        std::fs::write(&path, large_film()).unwrap();
        let rules = Rules { bytes: 4 << 20, ..rules() };
        let whole = ready(large_film(), &rules).unwrap().bytes;
        assert!(!whole.windows(5).any(|part| part == b"52.36"));
        let Ok(FromDisk::Film(mut film)) = from_disk(&path, &rules) else { panic!("in memory") };
        let mut pieces = Vec::new();
        loop {
            let piece = film.piece(pieces.len() as u64, 1000).unwrap();
            if piece.is_empty() {
                break;
            }
            pieces.extend(piece);
        }
        assert!(pieces == whole);
        // Cut short while it is read.
        std::fs::write(&path, &large_film()[..2000]).unwrap();
        assert_eq!(film.piece(1500, 1000), Err(RejectedWhy::Broken));
        let rules = Rules { bytes: 1000, ..rules };
        assert_eq!(from_disk(&path, &rules).err(), Some(RejectedWhy::TooLarge));
    }

    proptest! {
        #[test]
        fn no_file_breaks_us(head in 0_usize..5, bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let heads: [&[u8]; 5] = [
                b"",
                b"\xff\xd8\xff\xe1\0\x20Exif\0\0II\x2a\0\x08\0\0\0",
                b"\x89PNG\r\n\x1a\n",
                b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
                b"\0\0\0\x14ftypisom\0\0\0\0isom",
            ];
            let _ = ready([heads[head], &bytes].concat(), &rules());
        }
    }
}
