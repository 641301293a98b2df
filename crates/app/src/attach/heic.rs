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

#[cfg(test)]
mod tests {
    use super::super::tests::rules;
    use super::super::without_place;
    use super::*;
    use img_parts::ImageEXIF;
    use img_parts::jpeg::Jpeg;

    /// Drawn for this test, with a place and a moment as a phone writes them.
    const PHONE: &[u8] = include_bytes!("phone.heic");
    /// The same kind without either.
    const PLAIN: &[u8] = include_bytes!("plain.heic");

    fn exif(jpeg: &[u8]) -> Option<Vec<u8>> {
        Some(Jpeg::from_bytes(jpeg.to_vec().into()).ok()?.exif()?.to_vec())
    }

    fn holds(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|window| window == part)
    }

    #[test]
    fn a_photo_of_a_phone_becomes_one_that_everybody_can_see() {
        let ready = ready(PHONE.to_vec(), &rules()).unwrap();
        assert_eq!(ready.mime, "image/jpeg");
        let picture = image::load_from_memory(&ready.bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (640, 480));
        let kept = exif(&ready.bytes).unwrap();
        assert!(holds(&kept, b"2026:03:10 08:30:00"));
        let sent = without_place(&ready.bytes).unwrap();
        assert!(holds(&exif(&sent).unwrap(), b"2026:03:10 08:30:00"));
        assert_eq!(without_place(&sent), None, "there is no place left to take out");
    }

    #[test]
    fn a_portal_that_takes_it_gets_it_as_it_is_unless_it_tells_a_place() {
        let takes = Rules { photo_types: vec![MIME.to_owned()], ..rules() };
        let plain = ready(PLAIN.to_vec(), &takes).unwrap();
        assert_eq!((plain.mime, plain.bytes.as_slice()), (MIME, PLAIN));
        assert_eq!(ready(PHONE.to_vec(), &takes).unwrap().mime, "image/jpeg");
        let small = Rules { photo_pixels: 32, ..takes };
        assert_eq!(ready(PLAIN.to_vec(), &small).unwrap().mime, "image/jpeg");
    }

    #[test]
    fn half_a_photo_is_broken() {
        let half = PHONE[..PHONE.len() / 2].to_vec();
        assert_eq!(ready(half, &rules()), Err(RejectedWhy::Broken));
    }
}
