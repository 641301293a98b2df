//! What a file is, by its bytes: a name may lie.

use image::ImageFormat;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sniffed {
    /// A photo of a kind that every device reads.
    Photo(ImageFormat),
    /// A photo as iPhones make them.
    Heic,
    /// A film, with its MIME type.
    Film(&'static str),
}

/// What the bytes are; `None` when they are neither a photo nor a film we know.
pub(crate) fn sniff(bytes: &[u8]) -> Option<Sniffed> {
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(match bytes.get(8..12)? {
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"mif1" | b"msf1" => Sniffed::Heic,
            // AVIF: a photo, but of a kind nobody here reads.
            b"avif" | b"avis" => return None,
            b"qt  " => Sniffed::Film("video/quicktime"),
            _ => Sniffed::Film("video/mp4"),
        });
    }
    match image::guess_format(bytes).ok()? {
        format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif) => {
            Some(Sniffed::Photo(format))
        }
        _ => None,
    }
}
