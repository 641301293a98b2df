//! Invented nursery pictures: every number is one picture, drawn as vectors and finished like a
//! photograph. Nobody in them exists.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::many_single_char_names,
    clippy::similar_names,
    reason = "drawing code: coordinates, colour bytes and path texts"
)]

mod avatar;
mod canvas;
mod clothes;
mod colour;
mod dice;
mod face;
mod figure;
mod furniture;
mod hair;
mod hats;
mod nature;
mod paint;
mod palette;
mod person;
mod picture;
mod plants;
mod playground;
mod precipitation;
mod room;
mod scenes;
mod spots;
mod stage;
mod things;
mod toys;
mod videos;
mod window;

use paint::Finish;
use picture::Picture;
pub use spots::spots;
pub use videos::{Video, videos};

/// Why a picture could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The drawing is not valid SVG: a mistake in a scene.
    #[error("the drawing could not be read: {0}")]
    Drawing(#[from] resvg::usvg::Error),
    /// No picture has these dimensions.
    #[error("a picture of {width} × {height} pixels cannot be made")]
    Size {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// The JPEG encoder refused.
    #[error("the picture could not be written as JPEG: {0}")]
    Jpeg(#[from] image::ImageError),
}

/// How large a picture is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PictureSize {
    /// 320 pixels on the long edge.
    Thumb,
    /// 1280 pixels on the long edge.
    Medium,
    /// The original: 4000 × 3000 or 3000 × 4000 pixels, 1.5 to 4 MB.
    Full,
}

impl PictureSize {
    /// Pixels on the long edge; the short edge has three quarters of it.
    pub const fn long_edge(self) -> u32 {
        match self {
            Self::Thumb => 320,
            Self::Medium => 1280,
            Self::Full => 4000,
        }
    }
}

/// The width and height of `picture` in pixels: about one in three stands upright.
pub fn dimensions(picture: u64, size: PictureSize) -> (u32, u32) {
    let (long, short) = (size.long_edge(), size.long_edge() / 4 * 3);
    if Picture::of(picture).portrait { (short, long) } else { (long, short) }
}

/// `picture` as a JPEG without metadata; the same number always gives the same bytes.
///
/// # Errors
/// Only when a scene is drawn wrongly; every number is meant to work.
pub fn render(picture: u64, size: PictureSize) -> Result<Vec<u8>, PictureError> {
    let (width, height) = dimensions(picture, size);
    let view = if width > height { (1600.0, 1200.0) } else { (1200.0, 1600.0) };
    let drawing = Picture::of(picture).drawing(view, None);
    let (grain, quality) = match size {
        PictureSize::Thumb => (1.5, 84),
        PictureSize::Medium => (2.2, 84),
        // Some cameras and rooms give more grain than others, and so heavier files.
        PictureSize::Full => (dice::Dice::new(picture, 9).range(4.8, 7.6), 84),
    };
    paint::jpeg(&drawing, width, height, Finish { seed: picture, grain, quality })
}

/// A short Dutch caption that fits `picture`.
pub fn describe(picture: u64) -> &'static str {
    let captions = Picture::of(picture).scene.captions();
    dice::Dice::new(picture, 6).pick(captions)
}

/// What a picture shows and when, to choose pictures that go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// The scene: pictures with the same number show the same thing happening.
    pub scene: u8,
    /// Spring is 0, winter 3.
    pub season: u8,
}

/// What `picture` shows and when.
pub fn subject(picture: u64) -> Subject {
    let picture = Picture::of(picture);
    Subject { scene: picture.scene as u8, season: picture.season as u8 }
}

/// The face of child `child` as a square JPEG with edges of `edge` pixels.
///
/// # Errors
/// [`PictureError::Size`] when `edge` is zero.
pub fn avatar(child: u64, edge: u32) -> Result<Vec<u8>, PictureError> {
    portrait(child, false, edge)
}

/// The face of member of staff `person`, likewise.
///
/// # Errors
/// [`PictureError::Size`] when `edge` is zero.
pub fn staff_avatar(person: u64, edge: u32) -> Result<Vec<u8>, PictureError> {
    portrait(person, true, edge)
}

fn portrait(number: u64, grown: bool, edge: u32) -> Result<Vec<u8>, PictureError> {
    let drawing = avatar::drawing(number, grown);
    let finish = Finish { seed: number, grain: 1.5, quality: 86 };
    paint::jpeg(&drawing, edge, edge, finish)
}

/// One frame of a film: `picture` at `phase` (in turns) of its movement, as RGB rows without
/// grain. Made for the tool that draws the demo's videos.
///
/// # Errors
/// As [`render`].
pub fn frame(picture: u64, phase: f32, width: u32, height: u32) -> Result<Vec<u8>, PictureError> {
    let view = if width > height { (1600.0, 900.0) } else { (900.0, 1600.0) };
    let drawing = Picture::of(picture).drawing(view, Some(phase));
    let finish = Finish { seed: picture, grain: 0.0, quality: 0 };
    paint::pixels(&drawing, width, height, finish)
}
