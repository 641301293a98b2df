//! The EXIF block of a saved picture: when, what the nursery wrote, and what the standard asks for.

use super::tiff::{Field, Tiff};
use super::when::When;
use schriftje_model::Day;

const ORIENTATION: u16 = 0x0112;
const IMAGE_DESCRIPTION: u16 = 0x010E;
const X_RESOLUTION: u16 = 0x011A;
const Y_RESOLUTION: u16 = 0x011B;
const RESOLUTION_UNIT: u16 = 0x0128;
const YCBCR_POSITIONING: u16 = 0x0213;
const EXIF_VERSION: u16 = 0x9000;
const DATE_TIME_ORIGINAL: u16 = 0x9003;
const DATE_TIME_DIGITIZED: u16 = 0x9004;
const OFFSET_TIME_ORIGINAL: u16 = 0x9011;
const OFFSET_TIME_DIGITIZED: u16 = 0x9012;
const COMPONENTS_CONFIGURATION: u16 = 0x9101;
const SUB_SEC_TIMES: [u16; 3] = [0x9290, 0x9291, 0x9292];
const FLASHPIX_VERSION: u16 = 0xA000;
const COLOR_SPACE: u16 = 0xA001;
const PIXEL_X_DIMENSION: u16 = 0xA002;
const PIXEL_Y_DIMENSION: u16 = 0xA003;

/// The largest block that fits a JPEG's segment, with room to spare.
const LARGEST: usize = 65_000;

/// What the picture itself says that the block repeats.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Picture {
    /// Width and height in pixels, where they can be read.
    pub(crate) dimensions: Option<(u32, u32)>,
    /// Whether it carries a colour profile of its own.
    pub(crate) profile: bool,
    /// Whether it is a JPEG, which has fields of its own.
    pub(crate) jpeg: bool,
}

/// When the picture was taken, by its card's day and its own block.
pub(crate) fn when(day: Day, original: Option<&[u8]>) -> When {
    let tiff = original.and_then(Tiff::read);
    let taken = tiff.as_ref().and_then(|tiff| tiff.exif_text(DATE_TIME_ORIGINAL));
    let offset = tiff.as_ref().and_then(|tiff| tiff.exif_text(OFFSET_TIME_ORIGINAL));
    When::original(day, taken.as_deref(), offset.as_deref())
}

/// The block to write: the original's with ours in it.
pub(crate) fn block(
    original: Option<&[u8]>,
    when: When,
    caption: Option<&str>,
    picture: Picture,
) -> Vec<u8> {
    let original = original.and_then(Tiff::read);
    let orientation = original.as_ref().and_then(|tiff| tiff.main_short(ORIENTATION));
    let full = fill(original.unwrap_or_else(Tiff::empty), when, caption, picture);
    if full.len() <= LARGEST {
        return full;
    }
    // No room for both: a picture must at least stand upright and have its date.
    let mut small = Tiff::empty();
    if let Some(orientation) = orientation {
        small.set_main(&Field::short(ORIENTATION, orientation));
    }
    fill(small, when, caption.filter(|caption| caption.len() < LARGEST / 2), picture)
}

fn fill(mut tiff: Tiff, when: When, caption: Option<&str>, picture: Picture) -> Vec<u8> {
    if let Some(caption) = caption {
        tiff.set_main(&Field::text(IMAGE_DESCRIPTION, caption));
    }
    let at = when.at.format("%Y:%m:%d %H:%M:%S").to_string();
    let offset = when.at.format("%:z").to_string();
    if !when.recorded {
        tiff.drop_exif(&SUB_SEC_TIMES);
    }
    tiff.set_exif(&Field::text(DATE_TIME_ORIGINAL, &at));
    tiff.set_exif(&Field::text(DATE_TIME_DIGITIZED, &at));
    tiff.set_exif(&Field::text(OFFSET_TIME_ORIGINAL, &offset));
    tiff.set_exif(&Field::text(OFFSET_TIME_DIGITIZED, &offset));
    complete(&mut tiff, picture);
    tiff.into_bytes()
}

/// Adds what the standard wants to be there and is not.
fn complete(tiff: &mut Tiff, picture: Picture) {
    let main = [
        Field::rational(X_RESOLUTION, 72, 1),
        Field::rational(Y_RESOLUTION, 72, 1),
        Field::short(RESOLUTION_UNIT, 2),
    ];
    for (tag, field) in [X_RESOLUTION, Y_RESOLUTION, RESOLUTION_UNIT].into_iter().zip(&main) {
        if !tiff.has_main(tag) {
            tiff.set_main(field);
        }
    }
    if picture.jpeg && !tiff.has_main(YCBCR_POSITIONING) {
        tiff.set_main(&Field::short(YCBCR_POSITIONING, 1));
    }
    let mut exif = vec![
        (EXIF_VERSION, Field::undefined(EXIF_VERSION, b"0232")),
        (FLASHPIX_VERSION, Field::undefined(FLASHPIX_VERSION, b"0100")),
        (COLOR_SPACE, Field::short(COLOR_SPACE, if picture.profile { 0xFFFF } else { 1 })),
    ];
    if picture.jpeg {
        let components = Field::undefined(COMPONENTS_CONFIGURATION, &[1, 2, 3, 0]);
        exif.push((COMPONENTS_CONFIGURATION, components));
    }
    if let Some((width, height)) = picture.dimensions {
        exif.push((PIXEL_X_DIMENSION, Field::long(PIXEL_X_DIMENSION, width)));
        exif.push((PIXEL_Y_DIMENSION, Field::long(PIXEL_Y_DIMENSION, height)));
    }
    for (tag, field) in &exif {
        if !tiff.has_exif(*tag) {
            tiff.set_exif(field);
        }
    }
}
