//! Content lines of iCalendar (RFC 5545, 3.1): folded at 75 octets, ended by CR LF.

use std::fmt::Write;

/// Octets a line has at most, without its end.
const LONGEST: usize = 75;

/// Content lines, one after the other.
#[derive(Debug, Default)]
pub(super) struct Content(String);

impl Content {
    /// Adds a line whose value needs no escaping.
    pub fn line(&mut self, name: &str, value: &str) {
        let line = format!("{name}:{value}");
        let (mut rest, mut room) = (line.as_str(), LONGEST);
        while rest.len() > room {
            let (head, tail) = rest.split_at(rest.floor_char_boundary(room));
            let _ = write!(self.0, "{head}\r\n ");
            // The blank that marks a folded line counts.
            (rest, room) = (tail, LONGEST - 1);
        }
        let _ = write!(self.0, "{rest}\r\n");
    }

    /// Adds a line whose value is text, which may hold anything.
    pub fn text(&mut self, name: &str, text: &str) {
        self.line(name, &escaped(text));
    }

    /// All lines.
    pub fn into_text(self) -> String {
        self.0
    }
}

/// Text as a value: lines stay lines, and other control characters are left out.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\\' | ';' | ',' => value.extend(['\\', character]),
            // Some programs take the last two for the end of a line.
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => value.push_str("\\n"),
            '\t' => value.push(' '),
            _ if character.is_control() => {}
            _ => value.push(character),
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The value of the one line there is, read as the RFC says.
    fn value(content: &str) -> String {
        let unfolded = content.strip_suffix("\r\n").unwrap().replace("\r\n ", "");
        let mut value = String::new();
        let mut escaped = false;
        for character in unfolded.strip_prefix("SUMMARY:").unwrap().chars() {
            match (escaped, character) {
                (false, '\\') => {
                    escaped = true;
                    continue;
                }
                (false, ';' | ',' | '\n' | '\r') => panic!("not escaped: {content:?}"),
                (true, 'n') => value.push('\n'),
                _ => value.push(character),
            }
            escaped = false;
        }
        value
    }

    proptest! {
        #[test]
        fn any_text_is_read_back_as_it_was_and_no_line_is_over_75_octets(
            text in "([a-z]{0,9}|[\\\\;,:\"\n]|é|老|👩‍👧|\\PC){0,120}",
        ) {
            let mut content = Content::default();
            content.text("SUMMARY", &text);
            let written = content.into_text();
            for line in written.split_terminator("\r\n") {
                prop_assert!(line.len() <= LONGEST, "{} octets", line.len());
                prop_assert!(!line.contains(['\r', '\n']));
            }
            // Anything printable comes back; what is not is tried below.
            let kept = text.replace(['\u{2028}', '\u{2029}'], "\n");
            let kept: String = kept.chars().filter(|c| !c.is_control() || *c == '\n').collect();
            prop_assert_eq!(value(&written), kept);
        }

        #[test]
        fn whatever_a_portal_says_it_begins_no_line_of_its_own(text in any::<String>()) {
            let mut content = Content::default();
            content.text("SUMMARY", &text);
            let written = content.into_text();
            let mut lines = written.split_terminator("\r\n");
            prop_assert!(lines.next().unwrap().starts_with("SUMMARY:"));
            prop_assert!(lines.all(|line| line.starts_with(' ')));
            prop_assert!(written.replace("\r\n", "").chars().all(|c| !c.is_control()));
        }
    }

    #[test]
    fn a_line_of_just_75_octets_is_not_folded_and_one_more_octet_folds_it() {
        let just = "x".repeat(LONGEST - "SUMMARY:".len());
        for (text, lines) in [(just.clone(), 1), (just + "x", 2)] {
            let mut content = Content::default();
            content.text("SUMMARY", &text);
            assert_eq!(content.into_text().matches("\r\n").count(), lines);
        }
    }
}
