//! Photos as iPhones make them: made a JPEG, or sent as they are where the portal takes them and
//! they tell no place.

use super::photo::{Pixels, encode, may_tell_place};
use super::{Ready, Rules};
use crate::api::RejectedWhy;
use image::{DynamicImage, RgbImage};
use schriftje_model::MediaKind;

const MIME: &str = "image/heic";
/// A phone's camera makes half of this.
const MOST_PIXELS: usize = 100_000_000;
/// The boxes of a photo that is nothing else; a film behind it has a place of its own.
const BOXES: [&[u8]; 3] = [b"ftyp", b"meta", b"mdat"];
/// What stands in the XML of a photo that tells a place, or that cannot be looked into.
const TELLING: [&[u8]; 5] = [b"GPSL", b"Iptc4xmp", b"photoshop:", b"deflate", b"gzip"];

/// A photo ready to be sent.
pub(super) fn ready(bytes: Vec<u8>, rules: &Rules) -> Result<Ready, RejectedWhy> {
    let taken_as_is = rules.photo_types.iter().any(|taken| taken == MIME);
    let decoded = decode(&bytes);
    match decoded {
        // A place inside it could not be taken out again, and a large one not be scaled: those are
        // made a JPEG.
        Ok(pixels) if taken_as_is && fits(&pixels, &bytes, rules) && !may_tell(&pixels, &bytes) => {
            Ok(Ready { bytes, mime: MIME, kind: MediaKind::Photo })
        }
        Ok(pixels) => encode(pixels, rules),
        Err(why) => Err(why),
    }
}

fn fits(pixels: &Pixels, bytes: &[u8], rules: &Rules) -> bool {
    pixels.image.width().max(pixels.image.height()) <= rules.photo_pixels
        && bytes.len() as u64 <= rules.bytes
}

/// Whether it may tell where it was taken, in whichever corner.
fn may_tell(pixels: &Pixels, bytes: &[u8]) -> bool {
    // A block that was not given to us is one we know nothing of.
    exif_blocks(bytes) != usize::from(pixels.exif.is_some())
        || pixels.exif.as_deref().is_some_and(may_tell_place)
        || TELLING.iter().any(|word| bytes.windows(word.len()).any(|part| part == *word))
        || !is_only_a_photo(bytes)
}

/// How many EXIF blocks the list of what is in it names, in either way to write that list.
fn exif_blocks(bytes: &[u8]) -> usize {
    let names_exif =
        |at: usize| [at + 12, at + 14].iter().any(|at| bytes.get(*at..*at + 4) == Some(b"Exif"));
    let entries = bytes.windows(4).enumerate().filter(|(_, part)| part == b"infe");
    entries.filter(|(at, _)| names_exif(*at)).count()
}

/// Whether nothing but a photo is in it.
fn is_only_a_photo(mut bytes: &[u8]) -> bool {
    while let Some((size, rest)) = bytes.split_first_chunk::<4>() {
        let size = u32::from_be_bytes(*size) as usize;
        let known = rest.get(..4).is_some_and(|kind| BOXES.contains(&kind));
        match bytes.get(size..) {
            Some(after) if known && size >= 8 => bytes = after,
            _ => return false,
        }
    }
    bytes.is_empty()
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

    /// [`PHONE`] as a phone that may not know the place makes it.
    fn placeless_phone() -> Vec<u8> {
        let mut bytes = PHONE.to_vec();
        let pointer = |part: &[u8]| part == b"\x88\x25\0\x04" || part == b"\x25\x88\x04\0";
        let at = bytes.windows(4).position(pointer).unwrap();
        // A number no program knows.
        bytes[at..at + 2].fill(0x87);
        bytes
    }

    #[test]
    fn a_photo_of_a_phone_goes_as_it_is_when_nothing_in_it_tells_a_place() {
        let takes = Rules { photo_types: vec![MIME.to_owned()], ..rules() };
        let phone = placeless_phone();
        assert!(decode(&phone).unwrap().exif.is_some());
        let sent = ready(phone.clone(), &takes).unwrap();
        assert!(sent.mime == MIME && sent.bytes == phone);
        assert_eq!(ready(phone.clone(), &rules()).unwrap().mime, "image/jpeg");
        let described = b"\0\0\0\x28mdat<x exif:GPSLatitude=\"52,22N\"/>";
        let film = b"\0\0\0\x10mpvdfilm....";
        let second = b"\0\0\0\x1dmdat\0\0\0\x15infe\x02\0\0\0\0\x09\0\0Exif\0";
        for more in [&described[..], film, second, b"SEFT"] {
            let made = ready([&phone, more].concat(), &takes).unwrap();
            assert_eq!(made.mime, "image/jpeg", "{}", more.escape_ascii());
        }
        let few = Rules { bytes: 600, ..takes };
        assert_ne!(ready(phone, &few).map(|ready| ready.mime), Ok(MIME));
    }

    #[test]
    fn half_a_photo_is_broken() {
        let half = PHONE[..PHONE.len() / 2].to_vec();
        assert_eq!(ready(half, &rules()), Err(RejectedWhy::Broken));
    }
}
