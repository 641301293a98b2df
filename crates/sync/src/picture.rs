//! Looking at a picture before it is kept: what it is, how large, and whether it is whole.

use image::{ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// The most pixels a picture may have; a nursery's camera has a tenth of that.
const MOST_PIXELS: u64 = 100_000_000;
/// A thumbnail is decoded as a whole, up to this many pixels.
const THUMB_PIXELS: u64 = 500_000;

/// What a picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    pub mime: &'static str,
    pub width: u32,
    pub height: u32,
}

/// Reads a picture's header; `None` when it is no picture, is broken or is far too large. A
/// small one is decoded too; of a larger one the end is looked for.
pub(crate) fn look(bytes: &[u8]) -> Option<Look> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    reader.limits(limits());
    let format = reader.format()?;
    let mime = match format {
        ImageFormat::Jpeg => "image/jpeg",
        ImageFormat::Png => "image/png",
        ImageFormat::WebP => "image/webp",
        ImageFormat::Gif => "image/gif",
        _ => return None,
    };
    let (width, height) = reader.into_dimensions().ok()?;
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 || pixels > MOST_PIXELS {
        return None;
    }
    if pixels <= THUMB_PIXELS {
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        reader.limits(limits());
        reader.decode().ok()?;
    }
    if format == ImageFormat::Jpeg && !ends(bytes) {
        return None;
    }
    Some(Look { mime, width, height })
}

/// Whether a JPEG has its end: a file that was cut off has none.
fn ends(bytes: &[u8]) -> bool {
    bytes.windows(2).rev().take(4096).any(|pair| pair == [0xff, 0xd9])
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(30_000);
    limits.max_image_height = Some(30_000);
    limits.max_alloc = Some(512 << 20);
    limits
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use image::{ExtendedColorType, ImageEncoder, RgbImage, codecs::jpeg::JpegEncoder};
    use proptest::prelude::*;

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let picture = RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([
                (x * 7).to_le_bytes()[0],
                (y * 3).to_le_bytes()[0],
                (x ^ y).to_le_bytes()[0],
            ])
        });
        let mut bytes = Vec::new();
        JpegEncoder::new(&mut bytes)
            .write_image(&picture, width, height, ExtendedColorType::Rgb8)
            .unwrap();
        bytes
    }

    /// The same picture, claiming another size in its header.
    fn claiming(mut bytes: Vec<u8>, width: u16, height: u16) -> Vec<u8> {
        let at = bytes.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
        bytes[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
        bytes[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
        bytes
    }

    #[test]
    fn a_picture_is_known_by_its_bytes() {
        let look = look(&jpeg(64, 48)).unwrap();
        assert_eq!(look, Look { mime: "image/jpeg", width: 64, height: 48 });
    }

    #[test]
    fn what_is_no_whole_picture_is_refused() {
        assert_eq!(look(b""), None);
        assert_eq!(look(b"<html>sign in to this network</html>"), None);
        assert_eq!(look(&claiming(jpeg(64, 48), 30_000, 30_000)), None);
        for size in [(64, 48), (1280, 960)] {
            let whole = jpeg(size.0, size.1);
            assert!(look(&whole).is_some());
            assert_eq!(look(&whole[..whole.len() / 2]), None);
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(
            mut change in prop::collection::vec((0_usize..4000, any::<u8>()), 1..20),
        ) {
            let mut bytes = jpeg(64, 48);
            let len = bytes.len();
            for (at, value) in change.drain(..) {
                bytes[at % len] = value;
            }
            let _ = look(&bytes);
        }
    }
}
