//! Films: sent as they are, without the place where they were made.

use super::{Ready, Rules};
use crate::api::RejectedWhy;
use crate::save::{ToldPlace, told_places};
use schriftje_model::MediaKind;
use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};

/// A film in a file, ready to be sent: it is read in pieces and never in memory as a whole.
#[derive(Debug)]
pub(crate) struct FilmFile {
    file: File,
    length: u64,
    told: Vec<ToldPlace>,
    /// What it is.
    pub(crate) mime: &'static str,
}

impl FilmFile {
    /// Looks through a film.
    pub(crate) fn new(
        mut file: File,
        mime: &'static str,
        rules: &Rules,
    ) -> Result<Self, RejectedWhy> {
        let length = file.metadata().map_err(|_| RejectedWhy::Gone)?.len();
        is_taken(mime, length, rules)?;
        let told = told_places(&mut file).map_err(|_| RejectedWhy::Broken)?;
        Ok(Self { file, length, told, mime })
    }

    /// At most `most` bytes from `start` on, without the place; none at its end. A film that
    /// became shorter meanwhile is broken.
    pub(crate) fn piece(&mut self, start: u64, most: u64) -> Result<Vec<u8>, RejectedWhy> {
        let length = most.min(self.length.saturating_sub(start));
        let mut piece = vec![0; usize::try_from(length).map_err(|_| RejectedWhy::TooLarge)?];
        self.file.seek(SeekFrom::Start(start)).map_err(|_| RejectedWhy::Gone)?;
        self.file.read_exact(&mut piece).map_err(|_| RejectedWhy::Broken)?;
        for told in &self.told {
            told.blank(&mut piece, start);
        }
        Ok(piece)
    }
}

/// A film in memory ready to be sent.
pub(super) fn ready(
    mut bytes: Vec<u8>,
    mime: &'static str,
    rules: &Rules,
) -> Result<Ready, RejectedWhy> {
    is_taken(mime, bytes.len() as u64, rules)?;
    let told = told_places(&mut Cursor::new(&bytes)).map_err(|_| RejectedWhy::Broken)?;
    for told in told {
        told.blank(&mut bytes, 0);
    }
    Ok(Ready { bytes, mime, kind: MediaKind::Video })
}

fn is_taken(mime: &str, length: u64, rules: &Rules) -> Result<(), RejectedWhy> {
    if rules.video_types.is_empty() {
        return Err(RejectedWhy::NoVideos);
    }
    if !rules.video_types.iter().any(|taken| taken == mime) {
        return Err(RejectedWhy::KindNotTaken);
    }
    if length > rules.bytes {
        return Err(RejectedWhy::TooLarge);
    }
    Ok(())
}
