//! The demo organisations, and the rules by which they differ.

/// A childcare organisation: its name, and what it lets parents do.
#[derive(Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its name on a command line.
    pub id: &'static str,
    /// Its name for parents.
    pub name: &'static str,
    /// What parents may do.
    pub rules: Rules,
}

/// What an organisation lets parents do; its capabilities tell them.
#[derive(Debug, PartialEq, Eq)]
pub struct Rules {
    /// Characters in the subject of a message.
    pub subject_characters: usize,
    /// Characters in a message or a diary entry.
    pub text_characters: usize,
    /// Photos and films with one message or entry.
    pub uploads: usize,
    /// Bytes in one file.
    pub upload_bytes: u64,
    /// Pixels on the longer side of a photo.
    pub photo_pixels: u32,
    /// The photos it takes.
    pub photo_types: &'static [&'static str],
    /// The films it takes; none when this is empty.
    pub video_types: &'static [&'static str],
    /// How long the key of a write is remembered.
    pub idempotency_hours: i64,
}

const RULES: Rules = Rules {
    subject_characters: 120,
    text_characters: 10_000,
    uploads: 20,
    upload_bytes: 100 * 1024 * 1024,
    photo_pixels: 2_560,
    photo_types: &["image/jpeg", "image/png", "image/webp"],
    video_types: &["video/mp4", "video/quicktime"],
    idempotency_hours: 24,
};

impl Organisation {
    /// The organisation of the demo, which takes everything.
    pub const BOSRAND: &Self =
        &Self { id: "bosrand", name: "Kinderopvang De Bosrand", rules: RULES };

    /// One that takes no films, and photos as iPhones make them.
    pub const DUINPAN: &Self = &Self {
        id: "duinpan",
        name: "Kinderopvang De Duinpan",
        rules: Rules {
            photo_types: &["image/jpeg", "image/png", "image/webp", "image/heic"],
            video_types: &[],
            ..RULES
        },
    };

    /// All of them.
    pub const ALL: [&Self; 2] = [Self::BOSRAND, Self::DUINPAN];

    /// The one with this name on the command line.
    pub fn called(id: &str) -> Option<&'static Self> {
        Self::ALL.into_iter().find(|organisation| organisation.id == id)
    }
}
