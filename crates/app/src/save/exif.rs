//! The EXIF block of a saved picture: when, what the nursery wrote, and what the standard asks for.

use super::stamp::Stamp;
use super::tiff::{Field, Tiff};
use super::when::When;
use schriftje_model::Day;

const ORIENTATION: u16 = 0x0112;
const IMAGE_DESCRIPTION: u16 = 0x010E;
const X_RESOLUTION: u16 = 0x011A;
const Y_RESOLUTION: u16 = 0x011B;
const RESOLUTION_UNIT: u16 = 0x0128;
const YCBCR_POSITIONING: u16 = 0x0213;
/// Windows' own keywords, which its Explorer shows and searches.
const XP_KEYWORDS: u16 = 0x9C9E;
/// What else may name the children of others: Windows' title, comment, author and subject, and
/// blocks of XMP, IPTC and Photoshop within this one.
const OTHER_WORDS: [u16; 7] = [0x9C9B, 0x9C9C, 0x9C9D, 0x9C9F, 0x02BC, 0x83BB, 0x8649];
const EXIF_VERSION: u16 = 0x9000;
const DATE_TIME_ORIGINAL: u16 = 0x9003;
const DATE_TIME_DIGITIZED: u16 = 0x9004;
const OFFSET_TIME_ORIGINAL: u16 = 0x9011;
const OFFSET_TIME_DIGITIZED: u16 = 0x9012;
const COMPONENTS_CONFIGURATION: u16 = 0x9101;
const USER_COMMENT: u16 = 0x9286;
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
    stamp: &Stamp,
    picture: Picture,
) -> Vec<u8> {
    let (caption, people) = (stamp.caption.as_deref(), stamp.people.as_slice());
    let original = original.and_then(Tiff::read);
    let orientation = original.as_ref().and_then(|tiff| tiff.main_short(ORIENTATION));
    let full = fill(original.unwrap_or_else(Tiff::empty), when, caption, people, picture);
    if full.len() <= LARGEST {
        return full;
    }
    // No room for both: a picture must at least stand upright and have its date.
    let mut small = Tiff::empty();
    if let Some(orientation) = orientation {
        small.set_main(&Field::short(ORIENTATION, orientation));
    }
    let caption = caption.filter(|caption| caption.len() < LARGEST / 2);
    fill(small, when, caption, people, picture)
}

fn fill(
    mut tiff: Tiff,
    when: When,
    caption: Option<&str>,
    people: &[String],
    picture: Picture,
) -> Vec<u8> {
    tiff.drop_main(&OTHER_WORDS);
    tiff.drop_exif(&[USER_COMMENT]);
    if people.is_empty() {
        tiff.drop_main(&[XP_KEYWORDS]);
    } else {
        tiff.set_main(&keywords(people));
    }
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

/// Names as Windows writes keywords: UTF-16, whatever the block's own order, with `;` between.
fn keywords(people: &[String]) -> Field {
    let names = people.iter().map(|name| name.replace(['\0', ';'], " ")).collect::<Vec<_>>();
    let text = names.join(";").encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    Field::bytes(XP_KEYWORDS, text)
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
