//! The directories of an EXIF block. New fields are put beside what is there: every old byte keeps
//! its place, so that maker notes and thumbnails, which point into the block, stay right.

/// Where fields go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Little,
    Big,
}

/// A field to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    tag: u16,
    kind: u16,
    values: Values,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Values {
    Bytes(Vec<u8>),
    Shorts(Vec<u16>),
    Longs(Vec<u32>),
}

impl Field {
    /// A text, which may hold any UTF-8.
    pub(crate) fn text(tag: u16, text: &str) -> Self {
        let mut bytes: Vec<u8> = text.bytes().filter(|&b| b != 0).collect();
        bytes.push(0);
        Self { tag, kind: 2, values: Values::Bytes(bytes) }
    }

    /// Numbers of 8 bits.
    pub(crate) fn bytes(tag: u16, bytes: Vec<u8>) -> Self {
        Self { tag, kind: 1, values: Values::Bytes(bytes) }
    }

    /// Bytes whose meaning the tag decides.
    pub(crate) fn undefined(tag: u16, bytes: &[u8]) -> Self {
        Self { tag, kind: 7, values: Values::Bytes(bytes.to_vec()) }
    }

    /// A 16-bit number.
    pub(crate) fn short(tag: u16, value: u16) -> Self {
        Self { tag, kind: 3, values: Values::Shorts(vec![value]) }
    }

    /// A 32-bit number.
    pub(crate) fn long(tag: u16, value: u32) -> Self {
        Self { tag, kind: 4, values: Values::Longs(vec![value]) }
    }

    /// A fraction.
    pub(crate) fn rational(tag: u16, over: u32, under: u32) -> Self {
        Self { tag, kind: 5, values: Values::Longs(vec![over, under]) }
    }

    fn count(&self) -> usize {
        match &self.values {
            Values::Bytes(bytes) => bytes.len(),
            Values::Shorts(shorts) => shorts.len(),
            Values::Longs(longs) if self.kind == 5 => longs.len() / 2,
            Values::Longs(longs) => longs.len(),
        }
    }

    fn data(&self, order: Order) -> Vec<u8> {
        match &self.values {
            Values::Bytes(bytes) => bytes.clone(),
            Values::Shorts(shorts) => shorts.iter().flat_map(|&v| order.short(v)).collect(),
            Values::Longs(longs) => longs.iter().flat_map(|&v| order.long(v)).collect(),
        }
    }
}

impl Order {
    fn short(self, value: u16) -> [u8; 2] {
        if self == Self::Little { value.to_le_bytes() } else { value.to_be_bytes() }
    }

    fn long(self, value: u32) -> [u8; 4] {
        if self == Self::Little { value.to_le_bytes() } else { value.to_be_bytes() }
    }

    fn read_short(self, bytes: &[u8], at: usize) -> Option<u16> {
        let raw: [u8; 2] = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self == Self::Little { u16::from_le_bytes(raw) } else { u16::from_be_bytes(raw) })
    }

    fn read_long(self, bytes: &[u8], at: usize) -> Option<u32> {
        let raw: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self == Self::Little { u32::from_le_bytes(raw) } else { u32::from_be_bytes(raw) })
    }
}

/// An entry as it stands in a directory.
#[derive(Clone, Debug)]
struct Entry {
    tag: u16,
    raw: [u8; 12],
}

/// A directory and where the next one is.
#[derive(Clone, Debug, Default)]
struct Directory {
    entries: Vec<Entry>,
    next: u32,
}

/// An EXIF block without its `Exif\0\0` prefix.
#[derive(Clone, Debug)]
pub(crate) struct Tiff {
    bytes: Vec<u8>,
    order: Order,
    main: Directory,
    exif: Directory,
}

const EXIF_POINTER: u16 = 0x8769;
/// Where a picture was taken, a directory of its own.
const PLACE_POINTER: u16 = 0x8825;

impl Tiff {
    /// A block with nothing in it.
    pub(crate) fn empty() -> Self {
        let bytes = b"II\x2a\0\x08\0\0\0".to_vec();
        let (main, exif) = Default::default();
        Self { bytes, order: Order::Little, main, exif }
    }

    /// The block in `bytes`; `None` when it is not one.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let order = match bytes.get(..2)? {
            b"II" => Order::Little,
            b"MM" => Order::Big,
            _ => return None,
        };
        if order.read_short(bytes, 2)? != 42 {
            return None;
        }
        let main = directory(bytes, order, order.read_long(bytes, 4)?)?;
        let pointer = main.entries.iter().find(|entry| entry.tag == EXIF_POINTER);
        let exif = match pointer {
            Some(entry) => directory(bytes, order, order.read_long(&entry.raw, 8)?)?,
            None => Directory::default(),
        };
        Some(Self { bytes: bytes.to_vec(), order, main, exif })
    }

    /// Whether the main directory has this tag.
    pub(crate) fn has_main(&self, tag: u16) -> bool {
        self.main.entries.iter().any(|entry| entry.tag == tag)
    }

    /// Whether the Exif directory has this tag.
    pub(crate) fn has_exif(&self, tag: u16) -> bool {
        self.exif.entries.iter().any(|entry| entry.tag == tag)
    }

    /// A text of the Exif directory.
    pub(crate) fn exif_text(&self, tag: u16) -> Option<String> {
        let entry = self.exif.entries.iter().find(|entry| entry.tag == tag)?;
        let count = usize::try_from(self.order.read_long(&entry.raw, 4)?).ok()?;
        let bytes = if count <= 4 {
            entry.raw.get(8..8 + count)?
        } else {
            let at = usize::try_from(self.order.read_long(&entry.raw, 8)?).ok()?;
            self.bytes.get(at..at.checked_add(count)?)?
        };
        String::from_utf8(bytes.to_vec()).ok()
    }

    /// A 16-bit number of the main directory.
    pub(crate) fn main_short(&self, tag: u16) -> Option<u16> {
        let entry = self.main.entries.iter().find(|entry| entry.tag == tag)?;
        (self.order.read_short(&entry.raw, 2)? == 3)
            .then(|| self.order.read_short(&entry.raw, 8))?
    }

    /// Drops tags of the main directory, and wipes what they said.
    pub(crate) fn drop_main(&mut self, tags: &[u16]) {
        let (order, bytes) = (self.order, &mut self.bytes);
        self.main.entries.retain(|entry| {
            let stays = !tags.contains(&entry.tag);
            stays || wipe(bytes, order, entry)
        });
    }

    /// Drops tags of the Exif directory, and wipes what they said.
    pub(crate) fn drop_exif(&mut self, tags: &[u16]) {
        let (order, bytes) = (self.order, &mut self.bytes);
        self.exif.entries.retain(|entry| {
            let stays = !tags.contains(&entry.tag);
            stays || wipe(bytes, order, entry)
        });
    }

    /// Puts a field in the main directory in place of one with the same tag.
    pub(crate) fn set_main(&mut self, field: &Field) {
        self.drop_main(&[field.tag]);
        let entry = self.append(field);
        set(&mut self.main, entry);
    }

    /// Puts a field in the Exif directory in place of one with the same tag.
    pub(crate) fn set_exif(&mut self, field: &Field) {
        self.drop_exif(&[field.tag]);
        let entry = self.append(field);
        set(&mut self.exif, entry);
    }

    /// Whether it tells where the picture was taken.
    pub(crate) fn has_place(&self) -> bool {
        self.has_main(PLACE_POINTER)
    }

    /// Copies the place where the picture was taken; answers whether there was one.
    pub(crate) fn copy_place(&mut self, from: &Self) -> bool {
        let pointer = from.main.entries.iter().find(|entry| entry.tag == PLACE_POINTER);
        let place = pointer
            .and_then(|entry| from.order.read_long(&entry.raw, 8))
            .and_then(|at| directory(&from.bytes, from.order, at));
        let Some(place) = place else { return false };
        // Numbers are copied as they stand, so both blocks count from the same end.
        if self.bytes.len() == 8 && self.order != from.order {
            self.order = from.order;
            self.bytes.splice(0..4, from.bytes[..4].iter().copied());
        }
        if self.order != from.order {
            return false;
        }
        let mut copied = Directory::default();
        for entry in place.entries {
            if let Some(entry) = self.copy_entry(&entry, from) {
                copied.entries.push(entry);
            }
        }
        if copied.entries.is_empty() {
            return false;
        }
        self.align();
        let at = self.end();
        self.write(copied);
        let pointer = self.entry(PLACE_POINTER, 4, 1, self.order.long(at));
        set(&mut self.main, pointer);
        true
    }

    /// An entry with what it points to, brought over from another block.
    fn copy_entry(&mut self, entry: &Entry, from: &Self) -> Option<Entry> {
        let kind = from.order.read_short(&entry.raw, 2)?;
        let count = from.order.read_long(&entry.raw, 4)?;
        let size = match kind {
            1 | 2 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 | 11 => 4,
            5 | 10 | 12 => 8,
            _ => return None,
        };
        let length = usize::try_from(count).ok()?.checked_mul(size)?;
        if length <= 4 {
            return Some(entry.clone());
        }
        let at = usize::try_from(from.order.read_long(&entry.raw, 8)?).ok()?;
        let data = from.bytes.get(at..at.checked_add(length)?)?;
        self.align();
        let at = self.order.long(self.end());
        self.bytes.extend_from_slice(data);
        Some(self.entry(entry.tag, kind, count, at))
    }

    /// The whole block, with its directories written anew behind everything else.
    pub(crate) fn into_bytes(mut self) -> Vec<u8> {
        if !self.exif.entries.is_empty() {
            self.align();
            let at = self.end();
            let exif = std::mem::take(&mut self.exif);
            self.write(exif);
            let pointer = self.entry(EXIF_POINTER, 4, 1, self.order.long(at));
            set(&mut self.main, pointer);
        }
        self.align();
        let at = self.order.long(self.end());
        self.bytes[4..8].copy_from_slice(&at);
        let main = std::mem::take(&mut self.main);
        self.write(main);
        self.bytes
    }

    fn append(&mut self, field: &Field) -> Entry {
        let data = field.data(self.order);
        let value = if let Some(short) = data.first_chunk::<4>().filter(|_| data.len() == 4) {
            *short
        } else if data.len() < 4 {
            let mut value = [0; 4];
            value[..data.len()].copy_from_slice(&data);
            value
        } else {
            self.align();
            let at = self.order.long(self.end());
            self.bytes.extend_from_slice(&data);
            at
        };
        let count = u32::try_from(field.count()).unwrap_or(u32::MAX);
        self.entry(field.tag, field.kind, count, value)
    }

    fn entry(&self, tag: u16, kind: u16, count: u32, value: [u8; 4]) -> Entry {
        let mut raw = [0; 12];
        raw[0..2].copy_from_slice(&self.order.short(tag));
        raw[2..4].copy_from_slice(&self.order.short(kind));
        raw[4..8].copy_from_slice(&self.order.long(count));
        raw[8..12].copy_from_slice(&value);
        Entry { tag, raw }
    }

    fn write(&mut self, mut directory: Directory) {
        directory.entries.sort_by_key(|entry| entry.tag);
        directory.entries.truncate(usize::from(u16::MAX));
        let count = u16::try_from(directory.entries.len()).unwrap_or(u16::MAX);
        self.bytes.extend_from_slice(&self.order.short(count));
        for entry in directory.entries {
            self.bytes.extend_from_slice(&entry.raw);
        }
        self.bytes.extend_from_slice(&self.order.long(directory.next));
    }

    fn align(&mut self) {
        if !self.bytes.len().is_multiple_of(2) {
            self.bytes.push(0);
        }
    }

    fn end(&self) -> u32 {
        u32::try_from(self.bytes.len()).unwrap_or(u32::MAX)
    }
}

/// Wipes what an entry points to, and answers that the entry does not stay.
fn wipe(bytes: &mut [u8], order: Order, entry: &Entry) -> bool {
    let extent = || {
        let size = match order.read_short(&entry.raw, 2)? {
            1 | 2 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 | 11 => 4,
            5 | 10 | 12 => 8,
            _ => return None,
        };
        let count = usize::try_from(order.read_long(&entry.raw, 4)?).ok()?;
        let length = count.checked_mul(size).filter(|&length| length > 4)?;
        let at = usize::try_from(order.read_long(&entry.raw, 8)?).ok()?;
        // The block's own head is nobody's value.
        (at >= 8).then_some(at..at.checked_add(length)?)
    };
    if let Some(said) = extent().and_then(|extent| bytes.get_mut(extent)) {
        said.fill(0);
    }
    false
}

fn set(directory: &mut Directory, entry: Entry) {
    directory.entries.retain(|old| old.tag != entry.tag);
    directory.entries.push(entry);
}

fn directory(bytes: &[u8], order: Order, at: u32) -> Option<Directory> {
    let at = usize::try_from(at).ok()?;
    let count = usize::from(order.read_short(bytes, at)?);
    let entries = bytes.get(at + 2..at + 2 + count * 12)?;
    let entries = entries
        .chunks_exact(12)
        .map(|chunk| {
            let raw: [u8; 12] = chunk.try_into().ok()?;
            Some(Entry { tag: order.read_short(&raw, 0)?, raw })
        })
        .collect::<Option<Vec<_>>>()?;
    // Some writers leave the pointer to the next directory out.
    let next = order.read_long(bytes, at + 2 + count * 12).unwrap_or(0);
    Some(Directory { entries, next })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_written_is_read_again_and_what_was_there_stays() {
        let mut first = Tiff::empty();
        first.set_main(&Field::short(0x0112, 6));
        first.set_exif(&Field::text(0x9003, "2026:03:14 09:41:00"));
        let first = first.into_bytes();
        let mut second = Tiff::read(&first).unwrap();
        second.set_main(&Field::text(0x010E, "Zoë in de zandbak"));
        second.set_exif(&Field::text(0x9011, "+01:00"));
        let bytes = second.into_bytes();
        assert_eq!(bytes[8..first.len()], first[8..]);
        let read = Tiff::read(&bytes).unwrap();
        assert_eq!(read.main_short(0x0112), Some(6));
        assert_eq!(read.exif_text(0x9003).unwrap(), "2026:03:14 09:41:00\0");
        assert_eq!(read.exif_text(0x9011).unwrap(), "+01:00\0");
        assert!(read.has_main(0x010E));
    }

    proptest! {
        #[test]
        fn a_hostile_block_is_refused_or_extended_but_never_breaks_us(
            big in any::<bool>(),
            bytes in proptest::collection::vec(any::<u8>(), 0..200),
        ) {
            let mut block: Vec<u8> = if big { b"MM\0\x2a".to_vec() } else { b"II\x2a\0".to_vec() };
            block.extend(bytes);
            if let Some(mut tiff) = Tiff::read(&block) {
                tiff.set_exif(&Field::text(0x9003, "2026:03:14 09:41:00"));
                let again = Tiff::read(&tiff.into_bytes()).unwrap();
                prop_assert_eq!(again.exif_text(0x9003).unwrap(), "2026:03:14 09:41:00\0");
            }
        }
    }
}
