//! Photos as iPhones make them: made a JPEG, or sent as they are where the portal takes them and
//! they tell no place.

use super::photo::{Pixels, encode};
use super::{Ready, Rules};
use crate::api::RejectedWhy;
use image::{DynamicImage, RgbImage};
use schriftje_model::MediaKind;

const MIME: &str = "image/heic";
/// A phone's camera makes half of this.
const MOST_PIXELS: usize = 100_000_000;

/// A photo ready to be sent.
pub(super) fn ready(bytes: Vec<u8>, rules: &Rules) -> Result<Ready, RejectedWhy> {
    let taken_as_is = rules.photo_types.iter().any(|taken| taken == MIME);
    let decoded = decode(&bytes);
    match decoded {
        // A place inside it could not be taken out again, and a large one not be scaled: those are
        // made a JPEG.
        Ok(pixels) if taken_as_is && pixels.exif.is_none() && fits(&pixels, rules) => {
            Ok(Ready { bytes, mime: MIME, kind: MediaKind::Photo })
        }
        Ok(pixels) => encode(pixels, rules),
        Err(why) => Err(why),
    }
}

fn fits(pixels: &Pixels, rules: &Rules) -> bool {
    pixels.image.width().max(pixels.image.height()) <= rules.photo_pixels
}

fn decode(bytes: &[u8]) -> Result<Pixels, RejectedWhy> {
    let info = heic_decoder::probe(bytes).map_err(|error| why(&error))?;
    if info.width.saturating_mul(info.height) > MOST_PIXELS {
        return Err(RejectedWhy::TooLarge);
    }
    let decoded = heic_decoder::decode(bytes).map_err(|error| why(&error))?;
    let rgb = decoded.to_rgb8().map_err(|error| why(&error))?;
    let side = |length: usize| u32::try_from(length).map_err(|_| RejectedWhy::TooLarge);
    let image = RgbImage::from_raw(side(rgb.width)?, side(rgb.height)?, rgb.data)
        .ok_or(RejectedWhy::Broken)?;
    let metadata = decoded.metadata;
    Ok(Pixels {
        image: DynamicImage::ImageRgb8(image),
        exif: metadata.exif,
        profile: metadata.icc_profile,
    })
}

fn why(error: &heic_decoder::HeifError) -> RejectedWhy {
    match error {
        heic_decoder::HeifError::Unsupported(..) => RejectedWhy::NoDecoder,
        _ => RejectedWhy::Broken,
    }
}
