//! Words in a WebP: `EXIF` and `XMP ` chunks behind the picture.

use super::exif::{self, Picture};
use super::stamp::Stamp;
use super::when::When;
use super::xmp::{self, Words};
use img_parts::riff::{RiffChunk, RiffContent};
use img_parts::webp::{CHUNK_VP8X, CHUNK_XMP, WebP};
use img_parts::{Bytes, ImageEXIF, ImageICC};

/// The bit of the `VP8X` chunk that says a packet follows.
const HAS_XMP: u8 = 0b0000_0100;

/// The same picture with the words of `stamp`; `None` when it is no sound WebP.
pub(crate) fn write(bytes: Bytes, stamp: &Stamp) -> Option<(Bytes, When)> {
    let mut webp = WebP::from_bytes(bytes).ok()?;
    let dimensions = webp.dimensions()?;
    let original = webp.exif();
    let when = exif::when(stamp.day, original.as_deref());
    let picture = Picture {
        dimensions: Some(dimensions),
        profile: webp.icc_profile().is_some(),
        jpeg: false,
    };
    let words = Words {
        identity: &stamp.identity,
        when,
        caption: stamp.caption.as_deref(),
        people: &stamp.people,
        reduced: stamp.reduced,
    };
    let old = webp.chunk_by_id(CHUNK_XMP).and_then(|chunk| chunk.content().data()).cloned();
    let packet = xmp::packet(&words, old.as_deref());
    webp.remove_chunks_by_id(CHUNK_XMP);
    let block = exif::block(original.as_deref(), when, stamp, picture);
    webp.set_exif(Some(block.into()));
    let chunk = RiffChunk::new(CHUNK_XMP, RiffContent::Data(packet.into()));
    webp.chunks_mut().push(chunk);
    let header = webp.chunks_mut().iter_mut().find(|chunk| chunk.id() == CHUNK_VP8X)?;
    let RiffContent::Data(data) = header.content_mut() else { return None };
    let mut flags = data.to_vec();
    *flags.first_mut()? |= HAS_XMP;
    *data = flags.into();
    Some((webp.encoder().bytes(), when))
}
