//! Films: sent as they are, without the place where they were made.

use super::{Ready, Rules};
use crate::api::RejectedWhy;
use crate::save::forget_place;
use schriftje_model::MediaKind;
use std::io::Cursor;

/// A film ready to be sent.
pub(super) fn ready(
    bytes: Vec<u8>,
    mime: &'static str,
    rules: &Rules,
) -> Result<Ready, RejectedWhy> {
    if rules.video_types.is_empty() {
        return Err(RejectedWhy::NoVideos);
    }
    if !rules.video_types.iter().any(|taken| taken == mime) {
        return Err(RejectedWhy::NotTaken);
    }
    if bytes.len() as u64 > rules.bytes {
        return Err(RejectedWhy::TooLarge);
    }
    let mut file = Cursor::new(bytes);
    forget_place(&mut file).map_err(|_| RejectedWhy::Broken)?;
    Ok(Ready { bytes: file.into_inner(), mime, kind: MediaKind::Video })
}
