//! A day report: sentences that fit the child's age, the season and each other.

use super::people::{Child, called};
use super::words::{self, About, Decks, Vocabulary};
use chrono::NaiveDate;
use rand::Rng;

/// The HTML of a report by somebody of the group.
pub fn of_day(
    decks: &mut Decks,
    rng: &mut impl Rng,
    child: &Child,
    day: NaiveDate,
    colleague: &str,
) -> String {
    let about = About { name: child.first_name, girl: child.girl, colleague: called(colleague) };
    let words = vocabulary(child.months(day));
    let mut first = Vec::new();
    let mut second = Vec::new();
    if rng.random_bool(0.8) {
        first.push(decks.sentence(rng, words.arrival, about));
    }
    first.push(decks.sentence(rng, words.activity, about));
    if rng.random_bool(0.45) {
        first.push(decks.sentence(rng, words::season::of(day), about));
    }
    if rng.random_bool(0.6) {
        second.push(decks.sentence(rng, words.together, about));
    }
    if rng.random_bool(0.4) {
        second.push(decks.sentence(rng, words.table, about));
    }
    if rng.random_bool(0.3) {
        second.push(decks.sentence(rng, words.rest, about));
    }
    if rng.random_bool(0.25) {
        second.push(decks.sentence(rng, words.growing, about));
    }
    if rng.random_bool(0.35) {
        let moment = decks.sentence(rng, words.moment, about);
        if rng.random_bool(0.3) {
            second.push(format!("<em>{moment}</em>"));
        } else {
            second.push(moment);
        }
    }
    let mut html = format!("<p>{}</p>", first.join(" "));
    if !second.is_empty() {
        html = format!("{html}<p>{}</p>", second.join(" "));
    }
    if rng.random_bool(0.7) {
        html = format!("{html}<p>{}</p>", decks.sentence(rng, words.closing, about));
    }
    html
}

fn vocabulary(months: i32) -> &'static Vocabulary {
    match months {
        ..12 => &words::baby::WORDS,
        12..30 => &words::toddler::WORDS,
        30..48 => &words::preschooler::WORDS,
        _ => &words::school::WORDS,
    }
}

/// The HTML of what a parent writes in the same notebook.
pub fn of_parent(decks: &mut Decks, rng: &mut impl Rng, child: &Child, day: NaiveDate) -> String {
    let about = About { name: child.first_name, girl: child.girl, colleague: "juf" };
    let sentences = match child.months(day) {
        ..12 => FROM_HOME_BABY,
        12..48 => FROM_HOME,
        _ => FROM_HOME_SCHOOL,
    };
    format!("<p>{}</p>", decks.sentence(rng, sentences, about))
}

const FROM_HOME_BABY: &[&str] = &[
    "{naam} heeft vannacht goed geslapen en om half zeven een fles gehad.",
    "Het was een onrustige nacht, er komt een tandje door. Er zit een bijtring in de tas.",
    "Opa haalt {naam} vandaag om vijf uur op.",
    "Thuis heeft {naam} voor het eerst avocado geproefd. Een succes!",
    "We hebben nieuwe slaapzakken meegegeven.",
];
const FROM_HOME: &[&str] = &[
    "{naam} heeft vanochtend al een halve bakker leeggegeten, dus het fruit mag iets later.",
    "Oma haalt {naam} vandaag op, ze heeft het wachtwoord.",
    "We waren dit weekend in het bos en {naam} wil graag over de eekhoorn vertellen.",
    "De reservekleren zijn weer aangevuld. Dank voor de lieve zorgen!",
    "{naam} is een beetje verkouden, maar verder vrolijk.",
    "Vannacht om vijf uur wakker, dus het kan zijn dat {ze} vroeg moe is.",
    "Wat een mooie tekening was dat! Hij hangt op de koelkast.",
    "Thuis wordt de hele dag jullie nieuwe liedje gezongen. Kunnen we de tekst krijgen?",
];
const FROM_HOME_SCHOOL: &[&str] = &[
    "{naam} speelt vandaag na de BSO bij {vriend}, de vader van {vriend} haalt ze allebei op.",
    "De zwemtas zit erbij, het is vandaag zwemles.",
    "{naam} heeft {haar} eerste diploma gehaald en wil dat vast laten zien!",
    "Er zit een briefje van school in de tas over de studiedag.",
];
