//! Fifty pairs of words that parents would type and read: one finds the other, both ways.

use crate::sample::{day, journal_card, open};
use schriftje_model::CardId;
use schriftje_store::SearchQuery;
use tempfile::tempdir;

const PAIRS: [(&str, &str); 50] = [
    ("fietsen", "fietst"),
    ("kind", "kindje"),
    ("slapen", "slaapt"),
    ("slapen", "geslapen"),
    ("tekening", "tekeningen"),
    ("spelen", "speelt"),
    ("spelen", "gespeeld"),
    ("eten", "eet"),
    ("boterham", "boterhammen"),
    ("banaan", "bananen"),
    ("flesje", "flessen"),
    ("luier", "luiers"),
    ("knutselen", "geknutseld"),
    ("knutselen", "knutselt"),
    ("zingen", "zingt"),
    ("dansen", "gedanst"),
    ("voorlezen", "voorgelezen"),
    ("boekje", "boeken"),
    ("lachen", "gelachen"),
    ("huilen", "huilt"),
    ("wandelen", "wandeling"),
    ("wandelen", "gewandeld"),
    ("verjaardag", "verjaardagen"),
    ("feest", "feestje"),
    ("vriendje", "vrienden"),
    ("ziek", "zieke"),
    ("verkouden", "verkoudheid"),
    ("schoen", "schoenen"),
    ("laars", "laarzen"),
    ("muts", "mutsen"),
    ("konijn", "konijnen"),
    ("bouwen", "gebouwd"),
    ("puzzel", "puzzelen"),
    ("verf", "verven"),
    ("plakken", "geplakt"),
    ("springen", "springt"),
    ("glijbaan", "glijbanen"),
    ("ophalen", "opgehaald"),
    ("medicijn", "medicijnen"),
    ("foto", "foto's"),
    ("opa", "opa's"),
    ("groep", "groepen"),
    ("vraag", "gevraagd"),
    ("plassen", "geplast"),
    ("lopen", "gelopen"),
    ("week", "weken"),
    ("dag", "dagen"),
    ("paddenstoel", "paddenstoelen"),
    ("cadeau", "cadeautje"),
    ("zusje", "zussen"),
];

#[tokio::test]
async fn one_form_of_a_word_finds_the_other() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let mut cards = Vec::new();
    for (n, (one, other)) in (0..).zip(PAIRS) {
        for (which, word) in [("a", one), ("b", other)] {
            let mut card = journal_card(&format!("{which}{n}"), day(n), &["noortje"]);
            let entry = card.card.entry.as_mut().unwrap();
            entry.text = format!("Vandaag: {word}.");
            entry.rhythm.clear();
            cards.push(card);
        }
    }
    store.apply_timeline_page(cards).await.unwrap();
    for (n, (one, other)) in PAIRS.into_iter().enumerate() {
        for (looked_for, in_text, which) in [(one, other, "b"), (other, one, "a")] {
            // The space says that it is not the beginning of a word.
            let words = format!("{looked_for} ");
            let query = SearchQuery { words, limit: 200, ..SearchQuery::default() };
            let found = store.search(query).await.unwrap().found;
            let card = CardId(format!("journal:{which}{n}"));
            let place = schriftje_model::FoundPlace::Card { card };
            let found = found.iter().find(|found| found.place == place);
            let found = found.unwrap_or_else(|| panic!("{looked_for} does not find {in_text}"));
            let hits: Vec<_> = found.fragments.iter().filter(|f| f.hit).map(|f| &f.text).collect();
            assert_eq!(hits, [in_text], "{looked_for}");
        }
    }
}
