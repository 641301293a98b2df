//! The demo organisations, and the rules by which they differ.

use crate::password::PasswordRules;
use crate::planning::rules::{CareRules, CreditRules, GroupRule, PartRule, Unit, Weeks, at};
use crate::site::{self, Site};

/// A childcare organisation: its name, and what it lets parents do.
#[derive(Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its name on a command line.
    pub id: &'static str,
    /// Its name for parents.
    pub name: &'static str,
    /// What parents may do.
    pub rules: Rules,
    /// Where it is.
    pub site: &'static Site,
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
    /// What they may do with the planning.
    pub care: &'static CareRules,
    /// Whether it has information pages.
    pub pages: bool,
    /// Whether parents see observations.
    pub observations: bool,
    /// Whether day care becomes preschool at the age of two.
    pub preschool: bool,
    /// Whether it tells of photos by e-mail.
    pub photos_by_email: bool,
    /// What parents may change of their own details.
    pub changeable: &'static [&'static str],
    /// What their passwords must be like.
    pub password: PasswordRules,
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
    care: &CARE,
    pages: true,
    observations: true,
    preschool: false,
    photos_by_email: true,
    changeable: &["email", "phone", "street", "postalCode", "city"],
    password: PasswordRules { least: 10, both_cases: false },
};

const PART: PartRule = PartRule {
    id: "",
    name: "",
    start: at(7, 30),
    end: at(13, 0),
    weeks: Weeks::All,
    points: 1,
    contract: false,
};

const GROUP: GroupRule = GroupRule {
    name: "",
    phone: "",
    opens: at(7, 30),
    closes: at(18, 0),
    places: 3,
    places_by_part: &[],
};

/// De Bosrand: mornings and afternoons, and credits in minutes.
const CARE: CareRules = CareRules {
    day_care: &[
        PartRule { id: "vroeg", name: "Vroege opvang", start: at(7, 0), end: at(7, 30), ..PART },
        PartRule { id: "ochtend", name: "Ochtend", contract: true, ..PART },
        PartRule {
            id: "middag",
            name: "Middag",
            start: at(13, 0),
            end: at(18, 0),
            contract: true,
            ..PART
        },
    ],
    after_school: &[
        PartRule {
            id: "voorschools",
            name: "Voor school",
            start: at(7, 0),
            end: at(8, 30),
            weeks: Weeks::School,
            ..PART
        },
        PartRule {
            id: "vakantieochtend",
            name: "Vakantieochtend",
            start: at(8, 0),
            end: at(14, 30),
            weeks: Weeks::Holiday,
            ..PART
        },
        PartRule {
            id: "naschools",
            name: "Na school",
            start: at(14, 30),
            end: at(18, 30),
            contract: true,
            ..PART
        },
    ],
    groups: &[
        GroupRule { name: "Hamsters", phone: "023 555 01 01", ..GROUP },
        GroupRule { name: "Egeltjes", phone: "023 555 01 02", opens: at(7, 0), ..GROUP },
        GroupRule { name: "Uiltjes", phone: "023 555 01 03", ..GROUP },
        GroupRule { name: "Bevertjes", phone: "023 555 01 04", ..GROUP },
        GroupRule {
            name: "Floris",
            phone: "023 555 01 05",
            opens: at(7, 0),
            closes: at(18, 30),
            places: 4,
            places_by_part: &[("voorschools", 2)],
        },
    ],
    extra_hours: 24,
    swap_hours: 24,
    absence_hours: None,
    cancel_hours: 24,
    cancel_absence_hours: 0,
    furthest_days: 365,
    longest_period: 92,
    credits: Some(CreditRules { unit: Unit::Minutes, absence_hours: 48, valid_months: 12 }),
    day_care_cents: 1_050,
    after_school_cents: 912,
    about_extra: "Een extra dag vraag je tot 24 uur van tevoren aan. We beoordelen je aanvraag \
                  binnen twee werkdagen.",
    about_swap: "Ruilen kan tot 24 uur van tevoren, als er op de groep plek is.",
    about_absence: "Meld je je kind tot 48 uur van tevoren afwezig, dan krijg je er een tegoed \
                    voor terug. Ziek melden kan altijd, ook op de dag zelf.",
    about_contract: "Wil je je vaste dagen veranderen? Neem contact op met onze \
                     planningsafdeling: planning@debosrand.example of 023 555 01 00.",
};

/// De Duinpan: whole days, no credits, and more notice.
const DUINPAN_CARE: CareRules = CareRules {
    day_care: &[PartRule {
        id: "dag",
        name: "Hele dag",
        start: at(8, 0),
        end: at(17, 30),
        points: 2,
        contract: true,
        ..PART
    }],
    after_school: &[PartRule {
        id: "bso",
        name: "BSO",
        start: at(14, 0),
        end: at(18, 0),
        contract: true,
        ..PART
    }],
    groups: &[
        GroupRule { name: "Hamsters", phone: "0255 55 02 01", places: 2, ..GROUP },
        GroupRule { name: "Egeltjes", phone: "0255 55 02 02", places: 2, ..GROUP },
        GroupRule { name: "Uiltjes", phone: "0255 55 02 03", places: 2, ..GROUP },
        GroupRule { name: "Bevertjes", phone: "0255 55 02 04", places: 2, ..GROUP },
        GroupRule { name: "Floris", phone: "0255 55 02 05", places: 2, ..GROUP },
    ],
    extra_hours: 72,
    swap_hours: 96,
    absence_hours: Some(0),
    cancel_hours: 48,
    cancel_absence_hours: 24,
    furthest_days: 180,
    longest_period: 31,
    credits: None,
    day_care_cents: 985,
    after_school_cents: 870,
    about_extra: "Een extra dag vraag je minstens drie dagen van tevoren aan.",
    about_swap: "Ruilen kan tot vier dagen van tevoren.",
    about_absence: "Meld je kind af voordat zijn dag begint. Een afmelding levert geen tegoed op.",
    about_contract: "Voor andere vaste dagen bel je onze planning: 0255 55 02 00.",
};

impl Organisation {
    /// The organisation of the demo, which takes everything.
    pub const BOSRAND: &Self =
        &Self { id: "bosrand", name: "Kinderopvang De Bosrand", rules: RULES, site: site::BOSRAND };

    /// One that takes no films, and photos as iPhones make them; it has no credits, information
    /// pages and observations.
    pub const DUINPAN: &Self = &Self {
        id: "duinpan",
        name: "Kinderopvang De Duinpan",
        rules: Rules {
            photo_types: &["image/jpeg", "image/png", "image/webp", "image/heic"],
            video_types: &[],
            care: &DUINPAN_CARE,
            pages: false,
            observations: false,
            preschool: true,
            photos_by_email: false,
            changeable: &["email", "phone"],
            password: PasswordRules { least: 12, both_cases: true },
            ..RULES
        },
        site: site::DUINPAN,
    };

    /// All of them.
    pub const ALL: [&Self; 2] = [Self::BOSRAND, Self::DUINPAN];

    /// The one with this name on the command line.
    pub fn called(id: &str) -> Option<&'static Self> {
        Self::ALL.into_iter().find(|organisation| organisation.id == id)
    }
}
