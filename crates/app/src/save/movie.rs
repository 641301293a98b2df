//! Words in a film (MP4 and QuickTime): its times where they are empty, and an XMP packet behind
//! everything else. The film's own bytes keep their place.

use super::stamp::Stamp;
use super::when::When;
use super::xmp::{self, Words};
use chrono::DateTime;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// The box that holds an XMP packet (ISO 16684-3).
const XMP_UUID: [u8; 16] = [
    0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC,
];
/// Seconds from 1904, where the format's time begins, to 1970.
const EPOCH_1904: i64 = 2_082_844_800;
/// More boxes than any film has on one level.
const MOST_BOXES: usize = 100_000;
/// A packet longer than this is not one of ours.
const LONGEST_PACKET: u64 = 1 << 20;

/// A box: where it begins, where its contents begin, and where it ends.
#[derive(Clone, Copy, Debug)]
struct Atom {
    kind: [u8; 4],
    start: u64,
    body: u64,
    end: u64,
    /// Its size says "to the end of the file".
    open: bool,
}

/// Writes the words of `stamp` into `file` and says when it was taken.
pub(crate) fn write<F: Read + Write + Seek>(file: &mut F, stamp: &Stamp) -> io::Result<When> {
    let length = file.seek(SeekFrom::End(0))?;
    let top = atoms(file, 0, length)?;
    let mut times = Vec::new();
    for moov in top.iter().filter(|atom| &atom.kind == b"moov") {
        headers(file, *moov, 0, &mut times)?;
    }
    let recorded = times.iter().find_map(|time| time.recorded);
    let recorded = recorded.and_then(|seconds| DateTime::from_timestamp(seconds - EPOCH_1904, 0));
    let when = When::instant(stamp.day, recorded.map(|at| at.fixed_offset()));
    let seconds = when.at.timestamp() + EPOCH_1904;
    for time in times.iter().filter(|time| time.recorded.is_none()) {
        file.seek(SeekFrom::Start(time.at))?;
        if time.wide {
            let seconds = u64::try_from(seconds).unwrap_or(0).to_be_bytes();
            file.write_all(&seconds)?;
            file.write_all(&seconds)?;
        } else if let Ok(seconds) = u32::try_from(seconds) {
            file.write_all(&seconds.to_be_bytes())?;
            file.write_all(&seconds.to_be_bytes())?;
        }
    }
    append_packet(file, &top, stamp, when)?;
    Ok(when)
}

/// The XMP packet of a film, when it has one.
pub(crate) fn packet<F: Read + Seek>(file: &mut F) -> io::Result<Option<Vec<u8>>> {
    let length = file.seek(SeekFrom::End(0))?;
    // The packet is the last box, or near it.
    for atom in atoms(file, 0, length)?.iter().rev().filter(|atom| &atom.kind == b"uuid") {
        if let Some(packet) = packet_of(file, *atom)? {
            return Ok(Some(packet));
        }
    }
    Ok(None)
}

fn packet_of<F: Read + Seek>(file: &mut F, atom: Atom) -> io::Result<Option<Vec<u8>>> {
    let length = atom.end - atom.body;
    if !(16..=LONGEST_PACKET).contains(&length) {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(atom.body))?;
    let mut uuid = [0; 16];
    file.read_exact(&mut uuid)?;
    if uuid != XMP_UUID {
        return Ok(None);
    }
    let mut packet = Vec::new();
    file.take(length - 16).read_to_end(&mut packet)?;
    Ok(Some(packet))
}

fn append_packet<F: Read + Write + Seek>(
    file: &mut F,
    top: &[Atom],
    stamp: &Stamp,
    when: When,
) -> io::Result<()> {
    let Some(last) = top.last().copied() else { return Ok(()) };
    let length = file.seek(SeekFrom::End(0))?;
    // Nothing may stand behind an open box or a fragment index, and loose bytes are none of ours.
    if last.open || &last.kind == b"mfra" || last.end != length {
        return Ok(());
    }
    let mut old = None;
    for atom in top.iter().filter(|atom| &atom.kind == b"uuid") {
        if let Some(packet) = packet_of(file, *atom)? {
            // The old packet becomes free space: its words are in the new one.
            file.seek(SeekFrom::Start(atom.start + 4))?;
            file.write_all(b"free")?;
            old = Some(packet);
        }
    }
    let words = Words {
        identity: &stamp.identity,
        when,
        caption: stamp.caption.as_deref(),
        people: &stamp.people,
        reduced: stamp.reduced,
    };
    let packet = xmp::packet(&words, old.as_deref());
    let size = u32::try_from(8 + 16 + packet.len()).map_err(io::Error::other)?;
    file.seek(SeekFrom::End(0))?;
    file.write_all(&size.to_be_bytes())?;
    file.write_all(b"uuid")?;
    file.write_all(&XMP_UUID)?;
    file.write_all(packet.as_bytes())
}

/// Boxes that tell where a film was made: Apple's, 3GPP's, and the box of key-value metadata that
/// may hold `com.apple.quicktime.location.ISO6709`.
const PLACES: [[u8; 4]; 3] = [*b"\xa9xyz", *b"loci", *b"meta"];

/// A stretch of a film that tells where it was made.
#[derive(Debug)]
pub(crate) struct ToldPlace(Atom);

impl ToldPlace {
    /// Makes free space of it in a piece of the film that begins at `start`. Everything else keeps
    /// its place.
    pub(crate) fn blank(&self, piece: &mut [u8], start: u64) {
        let kind = self.0.start + 4;
        for (at, byte) in (start..).zip(piece) {
            if let Some(letter) = at.checked_sub(kind).and_then(|n| b"free".get(usize_of(n))) {
                *byte = *letter;
            } else if (self.0.body..self.0.end).contains(&at) {
                *byte = 0;
            }
        }
    }
}

fn usize_of(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// What of a film tells where it was made.
pub(crate) fn told_places<F: Read + Seek>(file: &mut F) -> io::Result<Vec<ToldPlace>> {
    let length = file.seek(SeekFrom::End(0))?;
    let mut told = Vec::new();
    for top in atoms(file, 0, length)? {
        match &top.kind {
            b"moov" => told_within(file, top, 0, &mut told)?,
            b"meta" => told.push(ToldPlace(top)),
            // An XMP packet may name the place too.
            b"uuid" if packet_of(file, top)?.is_some() => told.push(ToldPlace(top)),
            _ => {}
        }
    }
    Ok(told)
}

fn told_within<F: Read + Seek>(
    file: &mut F,
    parent: Atom,
    depth: u8,
    told: &mut Vec<ToldPlace>,
) -> io::Result<()> {
    for atom in atoms(file, parent.body, parent.end)? {
        match &atom.kind {
            b"udta" | b"trak" if depth < 3 => told_within(file, atom, depth + 1, told)?,
            kind if PLACES.contains(kind) => told.push(ToldPlace(atom)),
            _ => {}
        }
    }
    Ok(())
}

/// The creation and modification time of a header box.
#[derive(Clone, Copy, Debug)]
struct Time {
    at: u64,
    wide: bool,
    /// Seconds since 1904, when there are any.
    recorded: Option<i64>,
}

/// Finds the times of the film (`mvhd`), its tracks (`tkhd`) and their media (`mdhd`).
fn headers<F: Read + Seek>(
    file: &mut F,
    parent: Atom,
    depth: u8,
    times: &mut Vec<Time>,
) -> io::Result<()> {
    for atom in atoms(file, parent.body, parent.end)? {
        match &atom.kind {
            b"trak" | b"mdia" if depth < 3 => headers(file, atom, depth + 1, times)?,
            b"mvhd" | b"tkhd" | b"mdhd" if atom.end - atom.body >= 20 => {
                file.seek(SeekFrom::Start(atom.body))?;
                let mut head = [0; 12];
                file.read_exact(&mut head)?;
                let wide = head[0] == 1;
                let seconds = if wide {
                    u64::from_be_bytes(head[4..12].try_into().unwrap_or_default())
                } else {
                    u32::from_be_bytes(head[4..8].try_into().unwrap_or_default()).into()
                };
                let recorded = i64::try_from(seconds).ok().filter(|&seconds| seconds != 0);
                times.push(Time { at: atom.body + 4, wide, recorded });
            }
            _ => {}
        }
    }
    Ok(())
}

fn atoms<F: Read + Seek>(file: &mut F, from: u64, to: u64) -> io::Result<Vec<Atom>> {
    let mut atoms = Vec::new();
    let mut start = from;
    while to.saturating_sub(start) >= 8 && atoms.len() < MOST_BOXES {
        file.seek(SeekFrom::Start(start))?;
        let mut head = [0; 8];
        file.read_exact(&mut head)?;
        let short = u32::from_be_bytes(head[..4].try_into().unwrap_or_default());
        let kind = head[4..].try_into().unwrap_or_default();
        let (body, end, open) = match short {
            0 => (start + 8, to, true),
            1 => {
                let mut long = [0; 8];
                if to - start < 16 {
                    break;
                }
                file.read_exact(&mut long)?;
                (start + 16, start.saturating_add(u64::from_be_bytes(long)), false)
            }
            size => (start + 8, start + u64::from(size), false),
        };
        if end < body || end > to {
            break;
        }
        atoms.push(Atom { kind, start, body, end, open });
        start = end;
    }
    Ok(atoms)
}

#[cfg(test)]
mod tests {
    use super::super::identity::Identity;
    use super::*;
    use proptest::prelude::*;
    use std::io::Cursor;

    fn stamp() -> Stamp {
        Stamp {
            identity: Identity::of(&"film".into()),
            day: "2026-07-14".parse().unwrap(),
            caption: Some("Springen!".to_owned()),
            people: vec!["Ties".to_owned()],
            reduced: false,
        }
    }

    fn film(created: u32) -> Vec<u8> {
        let mut film =
            b"\0\0\0\x14ftypisom\0\0\0\0isom\0\0\0\x24moov\0\0\0\x1cmvhd\0\0\0\0".to_vec();
        film.extend(created.to_be_bytes());
        film.extend([0; 12]);
        film.extend(b"\0\0\0\x0cmdatfilm");
        film
    }

    #[test]
    fn a_film_without_times_gets_noon_and_keeps_its_pictures() {
        let mut file = Cursor::new(film(0));
        let when = write(&mut file, &stamp()).unwrap();
        assert!(!when.recorded);
        let bytes = file.get_ref();
        let created = u32::from_be_bytes(bytes[40..44].try_into().unwrap());
        assert_eq!(i64::from(created) - EPOCH_1904, when.at.timestamp());
        assert_eq!(&bytes[56..68], b"\0\0\0\x0cmdatfilm");
        let packet = packet(&mut file).unwrap().unwrap();
        assert_eq!(xmp::identity(&packet), Some(stamp().identity));
        assert!(String::from_utf8(packet).unwrap().contains("Springen!"));
    }

    #[test]
    fn a_film_that_knows_its_time_keeps_it_and_is_marked_once() {
        let at: DateTime<chrono::Utc> = "2026-07-14T08:15:00Z".parse().unwrap();
        let created = u32::try_from(at.timestamp() + EPOCH_1904).unwrap();
        let mut file = Cursor::new(film(created));
        let when = write(&mut file, &stamp()).unwrap();
        assert_eq!(
            (when.recorded, when.at.to_rfc3339().as_str()),
            (true, "2026-07-14T10:15:00+02:00")
        );
        write(&mut file, &stamp()).unwrap();
        let length = file.get_ref().len() as u64;
        let boxes = atoms(&mut file, 0, length).unwrap();
        assert_eq!(boxes.iter().filter(|atom| &atom.kind == b"uuid").count(), 1);
    }

    #[test]
    fn a_film_forgets_where_it_was_made_and_nothing_else() {
        let mut bytes = b"\0\0\0\x14ftypqt  \0\0\0\0qt  ".to_vec();
        bytes.extend(b"\0\0\0\x38moov\0\0\0\x0cmvhdtime\0\0\0\x24udta\0\0\0\x1c\xa9xyz");
        bytes.extend(b"\0\x12\x15\xc7+52.3676+4.9041/");
        bytes.extend(b"\0\0\0\x0cmdatfilm");
        let length = bytes.len();
        let told = told_places(&mut Cursor::new(&bytes)).unwrap();
        // A piece at a time, wherever one ends.
        for size in 1..=length {
            let mut blanked = bytes.clone();
            for (piece, start) in blanked.chunks_mut(size).zip((0..).step_by(size)) {
                for told in &told {
                    told.blank(piece, start);
                }
            }
            let holds = |part: &[u8]| blanked.windows(part.len()).any(|window| window == part);
            assert!(!holds(b"52.36") && !holds(b"\xa9xyz"));
            assert!(holds(b"\0\0\0\x1cfree") && holds(b"mvhdtime") && holds(b"mdatfilm"));
        }
    }

    proptest! {
        #[test]
        fn no_film_breaks_us(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
            let mut film = film(0);
            film.extend(bytes);
            let before = film.len();
            let mut file = Cursor::new(film);
            if write(&mut file, &stamp()).is_ok() {
                prop_assert!(file.get_ref().len() >= before);
            }
        }
    }
}
