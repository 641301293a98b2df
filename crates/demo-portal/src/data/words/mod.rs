//! The sentences of the day reports: what a warm, busy group worker writes at the end of a day.
//!
//! A sentence may name `{naam}` (the child), `{ze}`, `{haar}`, `{haar4}` (she, her, her as an
//! object; their capitals too), `{vriend}` and `{vriend2}` (other children) and `{juf}` (a
//! colleague).

pub mod baby;
pub mod preschooler;
pub mod school;
pub mod season;
pub mod toddler;

use rand::Rng;
use rand::seq::{IndexedRandom, SliceRandom};
use std::collections::HashMap;

/// Sentences of one age, by what they are about.
pub struct Vocabulary {
    /// How the day began.
    pub arrival: &'static [&'static str],
    /// What was done.
    pub activity: &'static [&'static str],
    /// With whom, and how that went.
    pub together: &'static [&'static str],
    /// Eating and drinking.
    pub table: &'static [&'static str],
    /// Sleeping and resting.
    pub rest: &'static [&'static str],
    /// Something new.
    pub growing: &'static [&'static str],
    /// Something funny or tender.
    pub moment: &'static [&'static str],
    /// Greetings at the end.
    pub closing: &'static [&'static str],
}

/// Who a sentence is about.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    pub name: &'a str,
    pub girl: bool,
    pub colleague: &'a str,
}

/// Other children of the group; only their first names are ever written.
pub const FRIENDS: &[&str] = &[
    "Mila", "Sem", "Lotte", "Bram", "Yara", "Finn", "Saar", "Teun", "Noor", "Daan", "Evi", "Imran",
    "Fien", "Guus", "Zoë", "Luuk", "Amira", "Jip", "Roos", "Olivier", "Pien", "Adam", "Liv",
    "Thijs", "Nina", "Boaz", "Juul", "Elif", "Hugo", "Maud", "Sami", "Tess", "Kees", "Isa", "Moos",
    "Lena", "Otis", "Vera", "Abel", "Romy",
];

/// What has not been written yet about each child: no sentence comes back before all others of its
/// kind have been used.
#[derive(Debug, Default)]
pub struct Decks(HashMap<(String, &'static str), Vec<&'static str>>);

impl Decks {
    /// The next of `sentences` for this child, with everybody's name in its place.
    pub fn sentence(
        &mut self,
        rng: &mut impl Rng,
        sentences: &'static [&'static str],
        about: About<'_>,
    ) -> String {
        let Some(first) = sentences.first() else { return String::new() };
        let deck = self.0.entry((about.name.to_owned(), first)).or_default();
        if deck.is_empty() {
            deck.extend(sentences);
            deck.shuffle(rng);
        }
        deck.pop().map(|template| named(rng, template, about)).unwrap_or_default()
    }
}

fn named(rng: &mut impl Rng, template: &str, about: About<'_>) -> String {
    let friend = other(rng, about.name);
    let mut second = other(rng, about.name);
    if second == friend {
        second = if friend == "Mila" && about.name != "Sem" { "Sem" } else { "Mila" };
    }
    let words: [(&str, &str); 9] = [
        ("{naam}", about.name),
        ("{ze}", if about.girl { "ze" } else { "hij" }),
        ("{Ze}", if about.girl { "Ze" } else { "Hij" }),
        ("{haar}", if about.girl { "haar" } else { "zijn" }),
        ("{Haar}", if about.girl { "Haar" } else { "Zijn" }),
        ("{haar4}", if about.girl { "haar" } else { "hem" }),
        ("{vriend}", friend),
        ("{vriend2}", second),
        ("{juf}", about.colleague),
    ];
    words.iter().fold(template.to_owned(), |text, (mark, word)| text.replace(mark, word))
}

fn other(rng: &mut impl Rng, name: &str) -> &'static str {
    loop {
        match FRIENDS.choose(rng) {
            Some(friend) if *friend != name => return friend,
            Some(_) => {}
            None => return "een vriendje",
        }
    }
}
