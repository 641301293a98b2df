//! Words in a JPEG. The picture itself is never touched: only segments before it are.

use super::exif::{self, Picture};
use super::stamp::Stamp;
use super::when::When;
use super::xmp::{self, Words};
use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::{Bytes, ImageEXIF, ImageICC};

const XMP_PREFIX: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// The largest contents of a segment.
const LARGEST: usize = 65_533;
/// Photoshop's block, whose captions and keywords may name the children of others.
const PHOTOSHOP_PREFIX: &[u8] = b"Photoshop 3.0\0";

/// The same picture with the words of `stamp`; `None` when it is no sound JPEG.
pub(crate) fn write(bytes: Bytes, stamp: &Stamp) -> Option<(Bytes, When)> {
    let mut jpeg = Jpeg::from_bytes(bytes).ok()?;
    if !jpeg.segments().iter().any(JpegSegment::has_entropy) {
        return None;
    }
    let original = jpeg.exif();
    let when = exif::when(stamp.day, original.as_deref());
    let picture = Picture {
        dimensions: jpeg.dimensions().map(|(width, height)| (width.into(), height.into())),
        profile: jpeg.icc_profile().is_some(),
        jpeg: true,
    };
    let old_xmp = jpeg
        .segments()
        .iter()
        .find(|segment| is_xmp(segment))
        .map(|segment| segment.contents().slice(XMP_PREFIX.len()..));
    let words = Words {
        identity: &stamp.identity,
        when,
        caption: stamp.caption.as_deref(),
        people: &stamp.people,
        reduced: stamp.reduced,
    };
    let mut packet = xmp::packet(&words, old_xmp.as_deref());
    if XMP_PREFIX.len() + packet.len() > LARGEST {
        packet = xmp::packet(&words, None);
    }
    if XMP_PREFIX.len() + packet.len() > LARGEST {
        packet = xmp::packet(&Words { caption: None, ..words }, None);
    }
    jpeg.segments_mut().retain(|segment| {
        let photoshop =
            segment.marker() == markers::APP13 && segment.contents().starts_with(PHOTOSHOP_PREFIX);
        !is_xmp(segment) && !photoshop
    });
    let block = exif::block(original.as_deref(), when, stamp, picture);
    jpeg.set_exif(Some(block.into()));
    let mut contents = XMP_PREFIX.to_vec();
    contents.extend_from_slice(packet.as_bytes());
    let at = jpeg.segments().iter().position(|segment| {
        segment.marker() == markers::APP1 && segment.contents().starts_with(b"Exif\0\0")
    });
    let segment = JpegSegment::new_with_contents(markers::APP1, contents.into());
    jpeg.segments_mut().insert(at.map_or(0, |at| at + 1), segment);
    Some((jpeg.encoder().bytes(), when))
}

fn is_xmp(segment: &JpegSegment) -> bool {
    segment.marker() == markers::APP1 && segment.contents().starts_with(XMP_PREFIX)
}
