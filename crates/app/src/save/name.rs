//! What a saved file is called: `2026-03-14 Noortje 01.jpg`, `2026-03-14 Factuur maart.pdf`. Safe on every system a parent may
//! copy it to, whatever the portal calls a child.

use schriftje_model::{Day, DocumentKind};
use unicode_normalization::UnicodeNormalization;

/// Longest label in bytes: with day, number and extension it stays below the 143 bytes that the
/// tightest file system in use (eCryptfs) allows.
const LONGEST_LABEL: usize = 100;
/// The same of a document: its whole name stays below 120 bytes.
const LONGEST_SUBJECT: usize = 90;

/// How files end that a portal hands out, whatever they turn out to be.
const ENDS_OF_FILES: [&str; 8] =
    [".pdf", ".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff"];

/// What stands in place of names when none of the parent's own children is in the photo.
const NO_NAMES: &str = "Groep";

/// A file's name without its number, which is settled when it is placed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FileName {
    day: Day,
    label: String,
    /// Whether the first of its name has a number too.
    numbered: bool,
}

impl FileName {
    /// The name of a photo of `day` that shows the children called `first_names`.
    pub(crate) fn new(day: Day, first_names: &[String]) -> Self {
        Self { day, label: label(first_names), numbered: true }
    }

    /// The name of a document of `day` that the organisation calls `subject`.
    pub(crate) fn document(day: Day, kind: DocumentKind, subject: &str) -> Self {
        let mut label = clean(subject);
        // A name that ends as a file's does would do so twice.
        let lower = label.to_ascii_lowercase();
        if let Some(end) = ENDS_OF_FILES.iter().find(|end| lower.ends_with(**end)) {
            label.truncate(label.len() - end.len());
        }
        let subject = shortened(label, LONGEST_SUBJECT);
        let label = match (subject.is_empty(), kind) {
            (false, _) => subject,
            (true, DocumentKind::Invoice) => "Factuur".to_owned(),
            (true, DocumentKind::AnnualStatement) => "Jaaropgave".to_owned(),
            (true, DocumentKind::Other) => "Document".to_owned(),
        };
        Self { day, label, numbered: false }
    }

    /// The whole name, with a number of at least two digits and an extension without its dot. Of
    /// documents the first has none.
    pub(crate) fn with(&self, number: u32, extension: &str) -> String {
        if !self.numbered && number == 1 {
            return format!("{} {}.{extension}", self.day.format("%Y-%m-%d"), self.label);
        }
        format!("{} {} {number:02}.{extension}", self.day.format("%Y-%m-%d"), self.label)
    }
}

/// The children's names in one: `Noortje & Ties`, or `Groep`.
pub(crate) fn label(first_names: &[String]) -> String {
    let names: Vec<String> =
        first_names.iter().map(|name| clean(name)).filter(|name| !name.is_empty()).collect();
    let label = shortened(names.join(" & ").nfc().collect(), LONGEST_LABEL);
    if label.is_empty() { NO_NAMES.to_owned() } else { label }
}

/// The beginning of a label, of at most `longest` bytes.
fn shortened(mut label: String, longest: usize) -> String {
    if label.len() > longest {
        let end = (0..=longest).rev().find(|&end| label.is_char_boundary(end));
        label.truncate(end.unwrap_or(0));
    }
    label.truncate(label.trim_end_matches([' ', '&', '.']).len());
    label
}

/// A name without what some system does not allow in a file's name or an eye cannot see.
fn clean(name: &str) -> String {
    let visible: String = name.nfc().map(|c| if allowed(c) { c } else { ' ' }).collect();
    let words: Vec<&str> = visible.split_whitespace().collect();
    words.join(" ").trim_matches(['.', ' ']).to_owned()
}

fn allowed(c: char) -> bool {
    let forbidden = matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' | '%' | '&');
    // Joiners, direction marks, the byte order mark, variation selectors and tags: invisible, and
    // able to make two names look alike or run backwards.
    let invisible = matches!(u32::from(c),
        0xAD | 0x34F | 0x61C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F
        | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF
        | 0xFFA0 | 0xFFF0..=0xFFFF | 0xE000..=0xF8FF | 0xE0000..);
    !(forbidden || invisible || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(names: &[&str]) -> String {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        FileName::new("2026-03-14".parse().unwrap(), &names).with(1, "jpg")
    }

    #[test]
    fn a_name_says_day_children_and_number() {
        assert_eq!(name(&["Noortje"]), "2026-03-14 Noortje 01.jpg");
        assert_eq!(name(&["Noortje", "Ties"]), "2026-03-14 Noortje & Ties 01.jpg");
        assert_eq!(name(&[]), "2026-03-14 Groep 01.jpg");
        assert_eq!(name(&["Noe\u{308}l"]), "2026-03-14 No\u{eb}l 01.jpg");
    }

    #[test]
    fn a_hostile_name_cannot_leave_the_folder_or_break_a_system() {
        assert_eq!(name(&["../../.ssh/id"]), "2026-03-14 ssh id 01.jpg");
        assert_eq!(name(&["Jip\u{202e}gpj.", "..."]), "2026-03-14 Jip gpj 01.jpg");
        assert_eq!(name(&["\0\r\n", "/"]), "2026-03-14 Groep 01.jpg");
        assert_eq!(name(&["con", "AUX."]), "2026-03-14 con & AUX 01.jpg");
    }

    #[test]
    fn a_document_is_called_what_the_organisation_calls_it() {
        let name = |subject: &str| {
            let day = "2026-03-14".parse().unwrap();
            FileName::document(day, DocumentKind::Invoice, subject).with(1, "pdf")
        };
        assert_eq!(name("Factuur maart 2026"), "2026-03-14 Factuur maart 2026.pdf");
        assert_eq!(name("Factuur.PDF"), "2026-03-14 Factuur.pdf");
        assert_eq!(name("Scan.jpeg"), "2026-03-14 Scan.pdf");
        assert_eq!(name("../../.bashrc"), "2026-03-14 bashrc.pdf");
        assert_eq!(name("CON.pdf"), "2026-03-14 CON.pdf");
        assert_eq!(name(" .. "), "2026-03-14 Factuur.pdf");
        assert_eq!(name("factuur\u{202e}fdp.exe"), "2026-03-14 factuur fdp.exe.pdf");
    }

    proptest! {
        #[test]
        fn every_name_of_a_document_is_one_on_every_system(
            subject in any::<String>(),
            number in 1_u32..100_000,
        ) {
            let day = "2026-03-14".parse().unwrap();
            let name = FileName::document(day, DocumentKind::Other, &subject).with(number, "pdf");
            prop_assert!(name.len() <= 120);
            prop_assert!(!name.contains(['<', '>', ':', '"', '/', '\\', '|', '?', '*']));
            prop_assert!(!name.chars().any(char::is_control));
            prop_assert!(name.starts_with("2026-03-14 "));
            prop_assert_eq!(std::path::Path::new(&name).extension().unwrap(), "pdf");
            prop_assert_eq!(std::path::Path::new(&name).components().count(), 1);
        }

        #[test]
        fn every_name_is_a_file_name_on_every_system(
            names in proptest::collection::vec(any::<String>(), 0..20),
            number in 1_u32..,
        ) {
            let name = FileName::new("2026-03-14".parse().unwrap(), &names).with(number, "jpeg");
            prop_assert!(name.len() <= 143);
            prop_assert!(!name.contains(['<', '>', ':', '"', '/', '\\', '|', '?', '*']));
            prop_assert!(!name.chars().any(char::is_control));
            prop_assert!(!name.ends_with(['.', ' ']) && !name.starts_with(['.', ' ']));
            // Windows reserves CON, PRN, AUX, NUL, COM1 … with any extension.
            prop_assert!(name.starts_with("2026-03-14 "));
            prop_assert_eq!(name.nfc().collect::<String>(), name.clone());
            prop_assert_eq!(std::path::Path::new(&name).components().count(), 1);
        }

        #[test]
        fn the_same_names_always_give_the_same_file_name(
            names in proptest::collection::vec(any::<String>(), 0..4),
        ) {
            let decomposed: Vec<String> = names.iter().map(|n| n.nfd().collect()).collect();
            prop_assert_eq!(label(&names), label(&decomposed));
        }
    }
}
