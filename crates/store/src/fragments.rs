//! What is shown of a text that was found: a part of it, with the words looked for marked.

use crate::words::{self, Word};
use schriftje_model::Fragment;
use std::collections::BTreeSet;
use unicode_segmentation::UnicodeSegmentation;

/// How much of a text is shown, in what a reader sees as characters.
const SHOWN: usize = 160;

/// How much of that comes before the first word looked for.
const BEFORE: usize = 50;

/// A word that is looked for.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub folded: String,
    pub stems: BTreeSet<String>,
    /// It is still being typed: what begins like it is meant too.
    pub begins: bool,
}

impl Wanted {
    /// The words looked for. The last is still being typed when nothing follows it.
    pub fn parse(text: &str) -> Vec<Self> {
        let words = words::words(text);
        let typing = words.last().is_some_and(|last| last.range.end == text.len());
        let last = words.len();
        let mut wanted: Vec<Self> = Vec::new();
        for (n, word) in (1..).zip(&words) {
            let this = Self {
                folded: word.folded.clone(),
                stems: words::stems(&word.folded),
                begins: typing && n == last,
            };
            if !wanted.iter().any(|other| other.folded == this.folded && !this.begins) {
                wanted.push(this);
            }
        }
        wanted
    }

    fn is_met_by(&self, word: &Word) -> bool {
        (self.begins && word.folded.starts_with(&self.folded))
            || !self.stems.is_disjoint(&words::stems(&word.folded))
    }
}

/// The part of a text around the first word looked for, or its beginning when there is none.
pub(crate) fn around(text: &str, wanted: &[Wanted]) -> Vec<Fragment> {
    let words = words::words(text);
    let is_hit = |word: &&Word| wanted.iter().any(|wanted| wanted.is_met_by(word));
    let first = words.iter().position(|word| is_hit(&word));
    let start = first.map_or(0, |first| start_before(text, words[first].range.start));
    let shown: usize = text[start..].graphemes(true).take(SHOWN).map(str::len).sum();
    let end = end_before(text, start, start + shown);
    let hits = words[first.unwrap_or(words.len())..]
        .iter()
        .take_while(|word| word.range.start < end)
        .filter(is_hit)
        .map(|word| &word.range);
    let mut fragments = Fragments::default();
    if start > 0 {
        fragments.push("…", false);
    }
    let mut at = start;
    for hit in hits {
        fragments.push(&text[at..hit.start], false);
        at = hit.end.min(end);
        fragments.push(&text[hit.start..at], true);
    }
    fragments.push(&text[at..end], false);
    if !text[end..].trim().is_empty() {
        fragments.push("…", false);
    }
    fragments.done()
}

/// A place some way before a hit, after white space where there is any.
fn start_before(text: &str, hit: usize) -> usize {
    let Some((start, _)) = text[..hit].grapheme_indices(true).rev().nth(BEFORE - 1) else {
        return 0;
    };
    text[start..hit].find(char::is_whitespace).map_or(start, |space| start + space)
}

/// The last white space before `end`, so that no word is cut, unless that is far away.
fn end_before(text: &str, start: usize, end: usize) -> usize {
    if end == text.len() || text[end..].starts_with(char::is_whitespace) {
        return end;
    }
    match text[start..end].rfind(char::is_whitespace) {
        Some(space) if space > (end - start) / 2 => start + space,
        _ => end,
    }
}

#[derive(Default)]
struct Fragments(Vec<Fragment>);

impl Fragments {
    /// Adds a run, its white space drawn together.
    fn push(&mut self, text: &str, hit: bool) {
        let mut run = String::with_capacity(text.len());
        let mut space = self.0.last().is_none_or(|last| last.text.ends_with(' '));
        for c in text.chars() {
            if !c.is_whitespace() {
                run.push(c);
            } else if !space {
                run.push(' ');
            }
            space = c.is_whitespace();
        }
        match self.0.last_mut() {
            _ if run.is_empty() => {}
            Some(last) if last.hit == hit => last.text.push_str(&run),
            _ => self.0.push(Fragment { text: run, hit }),
        }
    }

    fn done(mut self) -> Vec<Fragment> {
        if let Some(last) = self.0.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if last.text.is_empty() {
                self.0.pop();
            }
        }
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The fragments as one text, hits in brackets.
    fn marked(text: &str, looked_for: &str) -> String {
        around(text, &Wanted::parse(looked_for))
            .into_iter()
            .map(|Fragment { text, hit }| if hit { format!("[{text}]") } else { text })
            .collect()
    }

    #[test]
    fn words_looked_for_are_marked_in_the_text_as_it_was_written() {
        assert_eq!(marked("Zij sliep. Slapen!", "slapen"), "Zij sliep. [Slapen]!");
        assert_eq!(marked("Naar de cre\u{300}che", "Creche"), "Naar de [cre\u{300}che]");
        assert_eq!(marked("Hij fietst graag", "fietsen "), "Hij [fietst] graag");
        assert_eq!(marked("Fietsles en fiets", "fie"), "[Fietsles] en [fiets]");
        assert_eq!(marked("Fietsles en fiets", "fie "), "Fietsles en fiets");
        assert_eq!(marked("Foto's  van\n\nNoortje", "foto noo"), "[Foto's] van [Noortje]");
        assert_eq!(marked("", "foto"), "");
    }

    #[test]
    fn a_long_text_is_shown_around_the_first_hit() {
        let text =
            format!("{}Daarna geslapen. {}", "Wij speelden. ".repeat(40), "Thuis. ".repeat(40));
        let shown = marked(&text, "slapen");
        assert!(shown.starts_with("… ") && shown.ends_with('…'), "{shown}");
        assert!(shown.contains("Daarna [geslapen]. Thuis."), "{shown}");
        assert!((100..200).contains(&shown.chars().count()), "{shown}");
        // Without a space there is nowhere better to cut.
        let shown = marked(&"🎉a".repeat(500), "zzz");
        assert_eq!(shown.graphemes(true).count(), SHOWN + 1);
    }

    proptest! {
        #[test]
        fn any_text_and_words_give_runs_of_the_text(text in any::<String>(), words in any::<String>()) {
            let fragments = around(&text, &Wanted::parse(&words));
            for pair in fragments.windows(2) {
                prop_assert!(pair[0].hit != pair[1].hit);
            }
            prop_assert!(fragments.iter().all(|fragment| !fragment.text.is_empty()));
        }

        #[test]
        fn a_word_of_the_text_is_marked(text in "[a-zé ]{1,400}") {
            for word in words::words(&text).iter().take(3) {
                let fragments = around(&text, &Wanted::parse(&word.folded));
                prop_assert!(fragments.iter().any(|fragment| fragment.hit));
            }
        }
    }
}
