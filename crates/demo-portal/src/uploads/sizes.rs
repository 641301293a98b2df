//! A parent's photo in the sizes a portal shows.

use crate::pictures::Drawn;
use image::codecs::jpeg::JpegEncoder;
use image::error::{DecodingError, ImageFormatHint, LimitError, LimitErrorKind};
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageReader, ImageResult, Limits, RgbImage};
use std::io::Cursor;

/// Decodes a photo and turns it upright; a longer side than `pixels` is refused.
fn upright(bytes: &[u8], pixels: u32) -> ImageResult<DynamicImage> {
    if super::sniff(bytes) == Some("image/heic") {
        return of_an_iphone(bytes, pixels);
    }
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(pixels);
    limits.max_image_height = Some(pixels);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// The same for HEIC, which turns itself upright.
fn of_an_iphone(bytes: &[u8], pixels: u32) -> ImageResult<DynamicImage> {
    let unreadable = |error: heic_decoder::HeifError| {
        ImageError::Decoding(DecodingError::new(ImageFormatHint::Unknown, error.to_string()))
    };
    let too_large = || ImageError::Limits(LimitError::from_kind(LimitErrorKind::DimensionError));
    let side = |length: usize| u32::try_from(length).map_err(|_| too_large());
    let info = heic_decoder::probe(bytes).map_err(unreadable)?;
    if side(info.width.max(info.height))? > pixels {
        return Err(too_large());
    }
    let decoded = heic_decoder::decode(bytes).map_err(unreadable)?;
    let rgb = decoded.to_rgb8().map_err(unreadable)?;
    let picture = RgbImage::from_raw(side(rgb.width)?, side(rgb.height)?, rgb.data);
    picture.map(DynamicImage::ImageRgb8).ok_or_else(too_large)
}

/// What a photo turns out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It can be shown.
    Good,
    /// It has more pixels than the organisation takes.
    TooLarge,
    /// It cannot be read.
    Unreadable,
}

/// Looks at a photo as a whole.
pub fn look(bytes: &[u8], pixels: u32) -> Seen {
    match upright(bytes, pixels) {
        Ok(_) => Seen::Good,
        Err(ImageError::Limits(_)) => Seen::TooLarge,
        Err(_) => Seen::Unreadable,
    }
}

/// A photo in one of the sizes, as a JPEG. One that is a JPEG stays as it is in full size.
pub fn scaled(bytes: Vec<u8>, size: Drawn) -> ImageResult<Vec<u8>> {
    let edge = match size {
        Drawn::Thumb => 320,
        Drawn::Medium => 1_280,
        _ if super::sniff(&bytes) == Some("image/jpeg") => return Ok(bytes),
        _ => u32::MAX,
    };
    let picture = upright(&bytes, u32::MAX)?;
    let picture = if picture.width().max(picture.height()) > edge {
        picture.resize(edge, edge, FilterType::Triangle)
    } else {
        picture
    };
    let mut jpeg = Vec::new();
    picture.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, 88))?;
    Ok(jpeg)
}
