//! Photos: upright, no larger than the portal takes, with the moment they were taken and nothing
//! else of what a camera writes into them.

use super::{Ready, Rules};
use crate::api::RejectedWhy;
use crate::save::{Field, Tiff};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use img_parts::jpeg::Jpeg;
use img_parts::{ImageEXIF, ImageICC};
use schriftje_model::MediaKind;
use std::io::Cursor;

/// What a photo is sent as.
const MIME: &str = "image/jpeg";
/// Good enough that nobody sees a difference, in half the bytes of a camera's.
const QUALITY: u8 = 88;

const DATE_TIME_ORIGINAL: u16 = 0x9003;
const OFFSET_TIME_ORIGINAL: u16 = 0x9011;
/// The moments a photo keeps.
const KEPT: [u16; 2] = [DATE_TIME_ORIGINAL, OFFSET_TIME_ORIGINAL];

/// A photo as it was decoded, upright.
pub(super) struct Pixels {
    pub(super) image: DynamicImage,
    /// Its EXIF block, without a prefix.
    pub(super) exif: Option<Vec<u8>>,
    /// Its colour profile.
    pub(super) profile: Option<Vec<u8>>,
}

/// A photo ready to be sent.
pub(super) fn ready(
    bytes: &[u8],
    format: ImageFormat,
    rules: &Rules,
) -> Result<Ready, RejectedWhy> {
    encode(decode(bytes, format).ok_or(RejectedWhy::Broken)?, rules)
}

fn decode(bytes: &[u8], format: ImageFormat) -> Option<Pixels> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder().ok()?;
    let exif = decoder.exif_metadata().ok().flatten();
    let profile = decoder.icc_profile().ok().flatten();
    let orientation = decoder.orientation().ok()?;
    let mut image = DynamicImage::from_decoder(decoder).ok()?;
    image.apply_orientation(orientation);
    Some(Pixels { image, exif, profile })
}

/// Scales and writes a photo.
pub(super) fn encode(pixels: Pixels, rules: &Rules) -> Result<Ready, RejectedWhy> {
    let longest = pixels.image.width().max(pixels.image.height());
    let image = if longest > rules.photo_pixels {
        pixels.image.resize(rules.photo_pixels, rules.photo_pixels, FilterType::CatmullRom)
    } else {
        pixels.image
    };
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode_image(&on_white(image))
        .map_err(|_| RejectedWhy::Broken)?;
    let mut jpeg = Jpeg::from_bytes(bytes.into()).map_err(|_| RejectedWhy::Broken)?;
    jpeg.set_exif(kept(pixels.exif.as_deref(), true).map(Into::into));
    jpeg.set_icc_profile(pixels.profile.map(Into::into));
    Ok(Ready { bytes: jpeg.encoder().bytes().to_vec(), mime: MIME, kind: MediaKind::Photo })
}

/// The same photo without the place where it was taken; `None` when it tells none.
pub(crate) fn without_place(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut jpeg = Jpeg::from_bytes(bytes.to_vec().into()).ok()?;
    let exif = jpeg.exif()?;
    if !Tiff::read(&exif)?.has_place() {
        return None;
    }
    jpeg.set_exif(kept(Some(&exif), false).map(Into::into));
    Some(jpeg.encoder().bytes().to_vec())
}

/// Whether an EXIF block tells where the photo was taken, or cannot be read.
pub(super) fn may_tell_place(exif: &[u8]) -> bool {
    Tiff::read(exif).is_none_or(|exif| exif.has_place())
}

/// A JPEG knows no transparency; what shows through is white, as paper is.
fn on_white(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let image = image.into_rgba8();
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [red, green, blue, alpha] = image.get_pixel(x, y).0;
        let over = |part: u8| {
            let (part, alpha) = (u32::from(part), u32::from(alpha));
            u8::try_from((part * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255)
        };
        Rgb([over(red), over(green), over(blue)])
    })
}

/// What of a camera's block goes along: when, and where as long as that may be wanted.
fn kept(original: Option<&[u8]>, place: bool) -> Option<Vec<u8>> {
    let original = Tiff::read(original?)?;
    let mut kept = Tiff::empty();
    let mut any = place && kept.copy_place(&original);
    for tag in KEPT {
        if let Some(text) = original.exif_text(tag) {
            kept.set_exif(&Field::text(tag, &text));
            any = true;
        }
    }
    any.then(|| kept.into_bytes())
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(30_000);
    limits.max_image_height = Some(30_000);
    limits.max_alloc = Some(768 << 20);
    limits
}
