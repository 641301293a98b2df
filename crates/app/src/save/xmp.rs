//! The XMP packet of a saved file: caption, the names of one's own children, dates, and which
//! photo it is. What an original's packet holds besides stays.

use super::identity::Identity;
use super::when::When;
use quick_xml::NsReader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::writer::Writer;
use std::fmt::Write;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const DC: &str = "http://purl.org/dc/elements/1.1/";
const XMP: &str = "http://ns.adobe.com/xap/1.0/";
const EXIF: &str = "http://ns.adobe.com/exif/1.0/";
const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
const IPTC_EXT: &str = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";

/// Written before the identity, so that a scan finds it whatever a photo program makes of the rest.
const MARK: &str = "schriftje-photo:";
/// Stands right behind the identity when the file is not the original.
const MEDIUM: &str = ":medium";

/// Said in files of which only the day is known.
const NOTE_EN: &str = "Only the day is known; the time was not recorded.";
const NOTE_NL: &str = "Alleen de dag is bekend; de tijd is niet vastgelegd.";

/// Said in files that are not the original.
const MEDIUM_EN: &str = "Only the medium size was still available.";
const MEDIUM_NL: &str = "Alleen de middelgrote versie was nog beschikbaar.";

/// What a packet says.
#[derive(Clone, Debug)]
pub(crate) struct Words<'a> {
    pub(crate) identity: &'a Identity,
    pub(crate) when: When,
    pub(crate) caption: Option<&'a str>,
    pub(crate) people: &'a [String],
    /// Whether the picture is the medium size and not the original.
    pub(crate) reduced: bool,
}

impl Words<'_> {
    /// What a photo's readers should know, in English and Dutch.
    fn notes(&self) -> Option<(String, String)> {
        let day = (!self.when.recorded).then_some((NOTE_EN, NOTE_NL));
        let size = self.reduced.then_some((MEDIUM_EN, MEDIUM_NL));
        let (english, dutch): (Vec<_>, Vec<_>) = day.into_iter().chain(size).unzip();
        (!english.is_empty()).then(|| (english.join(" "), dutch.join(" ")))
    }
}

/// The packet, with what `original` holds besides, as far as that is readable.
pub(crate) fn packet(words: &Words<'_>, original: Option<&[u8]>) -> String {
    let description = description(words);
    original
        .and_then(|original| std::str::from_utf8(original).ok())
        .and_then(|original| merge(original, &description, words))
        .unwrap_or_else(|| {
            format!(
                "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
                 <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"{RDF}\">\
                 {description}</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>"
            )
        })
}

/// The identity that a packet (or any bytes holding one) carries.
pub(crate) fn identity(bytes: &[u8]) -> Option<Identity> {
    let mark = MARK.as_bytes();
    bytes
        .windows(mark.len() + 32)
        .filter(|window| window.starts_with(mark))
        .find_map(|window| Identity::read(std::str::from_utf8(&window[mark.len()..]).ok()?))
}

/// Whether a packet says that its picture is not the original.
pub(crate) fn is_reduced(bytes: &[u8]) -> bool {
    let (mark, medium) = (MARK.as_bytes(), MEDIUM.as_bytes());
    let length = mark.len() + 32;
    bytes
        .windows(length + medium.len())
        .any(|window| window.starts_with(mark) && &window[length..] == medium)
}

fn description(words: &Words<'_>) -> String {
    let mut xml = format!(
        "<rdf:Description rdf:about=\"\" xmlns:rdf=\"{RDF}\" xmlns:dc=\"{DC}\" xmlns:xmp=\"{XMP}\" \
         xmlns:exif=\"{EXIF}\" xmlns:photoshop=\"{PHOTOSHOP}\" xmlns:Iptc4xmpExt=\"{IPTC_EXT}\">"
    );
    let at = words.when.at.format("%Y-%m-%dT%H:%M:%S%:z");
    // Writing to a string cannot fail.
    let _ = write!(
        xml,
        "<dc:identifier>{MARK}{}{}</dc:identifier>\
         <xmp:CreateDate>{at}</xmp:CreateDate><photoshop:DateCreated>{at}</photoshop:DateCreated>",
        words.identity.as_str(),
        if words.reduced { MEDIUM } else { "" }
    );
    if let Some(caption) = words.caption {
        let caption = text(caption);
        let _ = write!(
            xml,
            "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{caption}</rdf:li></rdf:Alt>\
             </dc:description>"
        );
    }
    if !words.people.is_empty() {
        for property in ["dc:subject", "Iptc4xmpExt:PersonInImage"] {
            let _ = write!(xml, "<{property}><rdf:Bag>");
            for person in words.people {
                let _ = write!(xml, "<rdf:li>{}</rdf:li>", text(person));
            }
            let _ = write!(xml, "</rdf:Bag></{property}>");
        }
    }
    if let Some((english, dutch)) = words.notes() {
        let _ = write!(
            xml,
            "<exif:UserComment><rdf:Alt><rdf:li xml:lang=\"x-default\">{english}</rdf:li>\
             <rdf:li xml:lang=\"en\">{english}</rdf:li><rdf:li xml:lang=\"nl\">{dutch}</rdf:li>\
             </rdf:Alt></exif:UserComment>"
        );
    }
    xml.push_str("</rdf:Description>");
    xml
}

/// Text as XML may hold it.
fn text(text: &str) -> String {
    let allowed = |c: &char| {
        matches!(c, '\t' | '\n' | '\r')
            || (!c.is_control() && !matches!(*c, '\u{fffe}' | '\u{ffff}'))
    };
    escape(text.chars().filter(allowed).collect::<String>()).into_owned()
}

/// Whether ours takes the place of this property. Keywords and faces go too: they may name the
/// children of others.
fn replaced(namespace: &str, name: &str, words: &Words<'_>) -> bool {
    match namespace {
        DC => match name {
            "identifier" | "subject" => true,
            "description" => words.caption.is_some(),
            _ => false,
        },
        XMP => name == "CreateDate",
        PHOTOSHOP => name == "DateCreated",
        EXIF => matches!(name, "DateTimeOriginal" | "DateTimeDigitized" | "UserComment"),
        IPTC_EXT => matches!(name, "PersonInImage" | "PersonInImageWDetails" | "ImageRegion"),
        "http://ns.adobe.com/lightroom/1.0/" => name == "hierarchicalSubject",
        "http://www.metadataworkinggroup.com/schemas/regions/"
        | "http://ns.microsoft.com/photo/1.2/" => true,
        _ => false,
    }
}

/// The original's packet without what ours replaces, and with ours; `None` when it is not sound.
fn merge(original: &str, description: &str, words: &Words<'_>) -> Option<String> {
    let mut reader = NsReader::from_str(original);
    let mut writer = Writer::new(Vec::new());
    let mut placed = false;
    // How deep we are, and the depth at which a replaced property began.
    let (mut depth, mut skipping) = (0_u32, None);
    // Depth of the `rdf:Description` whose children are properties.
    let mut described = None;
    loop {
        let (namespace, event) = reader.read_resolved_event().ok()?;
        let namespace = match namespace {
            ResolveResult::Bound(namespace) => String::from_utf8_lossy(namespace.0).into_owned(),
            _ => String::new(),
        };
        match event {
            Event::Eof => break,
            // A document type may define entities; no packet has one.
            Event::DocType(_) => return None,
            Event::Start(start) => {
                depth = depth.checked_add(1)?;
                let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
                if skipping.is_some() {
                } else if described == Some(depth - 1) && replaced(&namespace, &name, words) {
                    skipping = Some(depth);
                } else if namespace == RDF && name == "Description" && described.is_none() {
                    described = Some(depth);
                    let start = without_replaced(&reader, &start, words)?;
                    writer.write_event(Event::Start(start)).ok()?;
                } else {
                    writer.write_event(Event::Start(start)).ok()?;
                }
            }
            Event::Empty(start) => {
                let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
                if skipping.is_some()
                    || (described == Some(depth) && replaced(&namespace, &name, words))
                {
                    continue;
                }
                if namespace == RDF && name == "RDF" {
                    return None;
                }
                if namespace == RDF && name == "Description" && described.is_none() {
                    let start = without_replaced(&reader, &start, words)?;
                    writer.write_event(Event::Empty(start)).ok()?;
                } else {
                    writer.write_event(Event::Empty(start)).ok()?;
                }
            }
            Event::End(end) => {
                let local = end.local_name();
                if namespace == RDF && local.as_ref() == b"RDF" && skipping.is_none() && !placed {
                    writer.get_mut().extend_from_slice(description.as_bytes());
                    placed = true;
                }
                if skipping.is_none() {
                    writer.write_event(Event::End(end)).ok()?;
                } else if skipping == Some(depth) {
                    skipping = None;
                }
                if described == Some(depth) {
                    described = None;
                }
                depth = depth.checked_sub(1)?;
            }
            other if skipping.is_none() => writer.write_event(other).ok()?,
            _ => {}
        }
    }
    (placed && depth == 0).then(|| String::from_utf8(writer.into_inner()).ok())?
}

/// An `rdf:Description` without the properties that stand in it as attributes and are replaced.
fn without_replaced(
    reader: &NsReader<&[u8]>,
    start: &BytesStart<'_>,
    words: &Words<'_>,
) -> Option<BytesStart<'static>> {
    let name = String::from_utf8(start.name().as_ref().to_vec()).ok()?;
    let mut kept = BytesStart::new(name);
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let (namespace, local) = reader.resolver().resolve_attribute(attribute.key);
        let local = std::str::from_utf8(local.as_ref()).ok()?;
        if let ResolveResult::Bound(namespace) = namespace
            && replaced(std::str::from_utf8(namespace.0).ok()?, local, words)
        {
            continue;
        }
        kept.push_attribute(attribute);
    }
    Some(kept.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn identity_of(text: &str) -> Identity {
        Identity::of(&text.into())
    }

    fn words<'a>(identity: &'a Identity, people: &'a [String]) -> Words<'a> {
        let when = When::day("2026-03-14".parse().unwrap());
        Words { identity, when, caption: Some("Zand & water <3"), people, reduced: false }
    }

    #[test]
    fn an_originals_packet_keeps_what_is_not_replaced() {
        let identity = identity_of("one");
        let people = ["Noortje".to_owned()];
        let original = format!(
            "<x:xmpmeta xmlns:x='adobe:ns:meta/'><r:RDF xmlns:r='{RDF}'>\
             <r:Description r:about='' xmlns:d='{DC}' xmlns:xmp='{XMP}' xmp:CreatorTool='Camera' \
             xmp:CreateDate='2001-01-01'><d:subject><r:Bag><r:li>Other child</r:li></r:Bag></d:subject>\
             <d:rights>Nursery</d:rights></r:Description></r:RDF></x:xmpmeta>"
        );
        let packet = packet(&words(&identity, &people), Some(original.as_bytes()));
        assert!(packet.contains("xmp:CreatorTool=\"Camera\""), "{packet}");
        assert!(packet.contains("<d:rights>Nursery</d:rights>"));
        assert!(!packet.contains("Other child") && !packet.contains("2001-01-01"));
        assert!(packet.contains("Zand &amp; water &lt;3"));
        assert_eq!(super::identity(packet.as_bytes()), Some(identity));
    }

    #[test]
    fn a_picture_that_is_not_the_original_says_so() {
        let identity = identity_of("one");
        let original = words(&identity, &[]);
        let reduced = packet(&Words { reduced: true, ..original.clone() }, None);
        assert!(reduced.contains(MEDIUM_NL) && reduced.contains(NOTE_NL), "{reduced}");
        assert!(is_reduced(reduced.as_bytes()));
        assert_eq!(super::identity(reduced.as_bytes()), Some(identity.clone()));
        let plain = packet(&original, Some(reduced.as_bytes()));
        assert!(!is_reduced(plain.as_bytes()) && !plain.contains(MEDIUM_NL), "{plain}");
    }

    #[test]
    fn a_broken_packet_makes_room_for_ours() {
        let identity = identity_of("one");
        let plain = packet(&words(&identity, &[]), None);
        for broken in ["", "<x", "<a></b>", "<!DOCTYPE a><a/>", "<a xmlns='b'/>"] {
            assert_eq!(packet(&words(&identity, &[]), Some(broken.as_bytes())), plain);
        }
    }

    proptest! {
        #[test]
        fn any_caption_gives_sound_xml(caption in any::<String>(), person in any::<String>()) {
            let identity = identity_of("one");
            let people = [person];
            let words = Words { caption: Some(&caption), ..words(&identity, &people) };
            let first = packet(&words, None);
            // Merging needs sound XML, so merging into our own shows that it is.
            let second = merge(&first, &description(&words), &words);
            prop_assert!(second.is_some());
            prop_assert_eq!(super::identity(first.as_bytes()), Some(identity.clone()));
        }

        #[test]
        fn no_packet_breaks_us(original in "[<>/a-z:='\" !?\\-\\[&;#x0-9]{0,80}") {
            let identity = identity_of("one");
            packet(&words(&identity, &[]), Some(original.as_bytes()));
        }
    }
}
