//! Words as search knows them: folded, and their Dutch stems.

use snowstem::{Algorithm, Stemmer};
use std::collections::BTreeSet;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// Longer words are known by their beginning.
const LONGEST: usize = 48;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where it stands in the text, in bytes. Both ends lie between what a reader sees as
    /// characters.
    pub range: Range<usize>,
    /// The word without case and diacritics.
    pub folded: String,
}

/// The words of a text, in order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut graphemes = text.grapheme_indices(true).peekable();
    while let Some((start, first)) = graphemes.next() {
        if !is_of_word(first) {
            continue;
        }
        let mut end = start + first.len();
        while let Some((at, next)) = graphemes.next_if(|(_, next)| is_of_word(next)) {
            end = at + next.len();
        }
        // "foto's" and "Noortje's" are forms of "foto" and "Noortje".
        let plain_end = end;
        if let Some(genitive) = genitive(&text[end..]) {
            end += genitive;
            while graphemes.next_if(|(at, _)| *at < end).is_some() {}
        }
        let folded = fold(&text[start..plain_end]);
        if !folded.is_empty() {
            words.push(Word { range: start..end, folded });
        }
    }
    words
}

/// Under what a folded word is found besides its beginning: itself, its stem by either of Snowball's
/// Dutch stemmers, and what a verb's third person is made of. The first (Kraaij and Pohlmann) knows
/// verbs and diminutives, the second (Porter) the endings of adjectives and some plurals that the
/// first does not; neither undoes "fietst". A stem too many finds a text too many, one too few
/// hides it.
pub(crate) fn stems(folded: &str) -> BTreeSet<String> {
    let mut stems = BTreeSet::from([folded.to_owned()]);
    for algorithm in [Algorithm::Dutch, Algorithm::DutchPorter] {
        stems.insert(Stemmer::create(algorithm).stem(folded).into_owned());
    }
    stems.extend(without_t(folded).map(str::to_owned));
    stems.remove("");
    stems
}

/// Without case, diacritics and what is no letter or digit.
fn fold(text: &str) -> String {
    let mut folded = String::new();
    let letters = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .take(LONGEST);
    for c in letters {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            c => folded.push(c),
        }
    }
    folded
}

fn is_of_word(grapheme: &str) -> bool {
    grapheme.chars().next().is_some_and(char::is_alphanumeric)
}

/// How many bytes an apostrophe and an "s" at the end of a word take.
fn genitive(rest: &str) -> Option<usize> {
    let mut graphemes = rest.graphemes(true);
    let apostrophe = graphemes.next().filter(|next| matches!(*next, "'" | "’" | "ʼ" | "`"))?;
    let s = graphemes.next().filter(|next| matches!(*next, "s" | "S"))?;
    let ends = graphemes.next().is_none_or(|next| !is_of_word(next));
    ends.then_some(apostrophe.len() + s.len())
}

/// "fietst" without its "t". Short words are left alone: "kant" is no form of "kan".
fn without_t(word: &str) -> Option<&str> {
    let verb = word.strip_suffix('t')?;
    let long = verb.len() >= 4 && verb.is_ascii();
    let consonant = !verb.ends_with(['a', 'e', 'i', 'o', 'u', 'y', 't']);
    (long && consonant).then_some(verb)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn words_are_folded_and_stand_where_they_stand() {
        assert_eq!(folded("Naar de CRÈCHE, hè?"), ["naar", "de", "creche", "he"]);
        assert_eq!(folded("creche cre\u{300}che"), ["creche", "creche"]);
        assert_eq!(folded("foto's van Noortje’s zus"), ["foto", "van", "noortje", "zus"]);
        assert_eq!(folded("'s middags zo'n 38,5°"), ["s", "middags", "zo", "n", "38", "5"]);
        assert_eq!(folded("ĳs ﬁets Straße Łódź"), ["ijs", "fiets", "strasse", "lodz"]);
        assert_eq!(folded("👩‍👧 🎉 — …"), Vec::<String>::new());
        let text = "Zij at pe\u{301}\u{301}r 🍐";
        let last = words(text).pop().unwrap();
        assert_eq!(&text[last.range], "pe\u{301}\u{301}r");
    }

    proptest! {
        #[test]
        fn any_text_has_words_that_lie_in_it_in_order(text in any::<String>()) {
            let mut before = 0;
            for word in words(&text) {
                prop_assert!(word.range.start >= before && word.range.end > word.range.start);
                before = word.range.end;
                prop_assert!(text.is_char_boundary(word.range.start));
                prop_assert!(text.is_char_boundary(word.range.end));
                prop_assert!(word.folded.chars().all(char::is_alphanumeric));
                prop_assert!(stems(&word.folded).contains(&word.folded));
            }
        }
    }
}
