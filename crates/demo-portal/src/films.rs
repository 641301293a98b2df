//! The short films, and the pictures that stand for them.

use schriftje_demo_pictures::{Video, videos};

/// How many there are.
pub fn count() -> i64 {
    i64::try_from(videos().len()).unwrap_or_default()
}

/// The bytes of a film; none when there is no such film.
pub fn bytes(video: i64) -> &'static [u8] {
    film(video).map_or(&[], |film| film.bytes)
}

/// The number of the picture that stands for a film.
pub fn poster(video: i64) -> i64 {
    film(video).map_or(0, |film| film.poster.cast_signed())
}

fn film(video: i64) -> Option<&'static Video> {
    videos().get(usize::try_from(video).ok()?)
}
