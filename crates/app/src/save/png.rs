//! Words in a PNG: an `eXIf` chunk and an XMP packet in `iTXt`, before the picture.

use super::exif::{self, Picture};
use super::stamp::Stamp;
use super::when::When;
use super::xmp::{self, Words};
use img_parts::png::{Png, PngChunk};
use img_parts::{Bytes, ImageEXIF, ImageICC};

/// Keyword, no compression, no language, no translated keyword.
const XMP_PREFIX: &[u8] = b"XML:com.adobe.xmp\0\0\0\0\0";

/// The same picture with the words of `stamp`; `None` when it is no sound PNG.
pub(crate) fn write(bytes: Bytes, stamp: &Stamp) -> Option<(Bytes, When)> {
    let mut png = Png::from_bytes(bytes).ok()?;
    let original = png.exif();
    let when = exif::when(stamp.day, original.as_deref());
    let picture =
        Picture { dimensions: png.dimensions(), profile: png.icc_profile().is_some(), jpeg: false };
    let old = png.chunks().iter().find(|chunk| is_xmp(chunk));
    let old = old.and_then(|chunk| chunk.contents().get(XMP_PREFIX.len()..)).map(<[u8]>::to_vec);
    let words = Words {
        identity: &stamp.identity,
        when,
        caption: stamp.caption.as_deref(),
        people: &stamp.people,
        reduced: stamp.reduced,
    };
    let packet = xmp::packet(&words, old.as_deref());
    png.chunks_mut().retain(|chunk| !is_xmp(chunk));
    let block = exif::block(original.as_deref(), when, stamp, picture);
    png.set_exif(Some(block.into()));
    let mut contents = XMP_PREFIX.to_vec();
    contents.extend_from_slice(packet.as_bytes());
    png.chunks_mut().insert(1, PngChunk::new(*b"iTXt", contents.into()));
    Some((png.encoder().bytes(), when))
}

fn is_xmp(chunk: &PngChunk) -> bool {
    chunk.kind() == *b"iTXt" && chunk.contents().starts_with(b"XML:com.adobe.xmp\0")
}
