//! Whatever is written into a diary entry, a message, news or a newsletter, nothing of it runs or
//! fetches anything.
//!
//! `cases.txt` holds the cases, each after a line with its class and its name. Every text of the
//! portal goes through them all.

use super::{article, html, logbook, mail, newsletter, style, timeline};
use proptest::prelude::*;
use scraper::{Html, Node};
use serde_json::json;
use url::Url;

const CASES: &str = include_str!("cases.txt");

/// What may be left of a text.
struct Allowed {
    elements: fn(&str) -> bool,
    attribute: fn(&str, &str, &str) -> bool,
}

/// A diary entry, a message, or the words of a news item.
const WORDS: Allowed = Allowed {
    elements: |name| {
        const FOR_ALL: &str = " a b blockquote br caption em h3 h4 i li ol p strong table tbody td th \
            tr u ul ";
        FOR_ALL.contains(&format!(" {name} "))
    },
    attribute: |element, name, value| match (element, name) {
        ("td" | "th", "colspan" | "rowspan") => {
            value.parse().is_ok_and(|cells: u32| (2..=20).contains(&cells))
        }
        ("a", "rel") => value == "noopener noreferrer",
        ("a", "href") => leads_outside(value, &["https", "mailto"]),
        _ => false,
    },
};

/// A newsletter.
const MAIL: Allowed = Allowed {
    elements: |name| {
        // A list of its own, so that a slip in the other one is seen.
        const FOR_ALL: &str = " a abbr address article b big blockquote br caption center code col \
            colgroup dd div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i \
            img li main ol p pre s section small span strong sub sup table tbody td tfoot th thead \
            tr u ul ";
        FOR_ALL.contains(&format!(" {name} "))
    },
    attribute: |element, name, value| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        match (element, name) {
            ("a", "rel") => value == "noopener noreferrer",
            ("a", "href") => leads_outside(value, &["https", "mailto", "tel"]),
            ("img", "alt") => true,
            ("img", "data-picture") => {
                value.len() == 16 && value.bytes().all(|b| b.is_ascii_hexdigit())
            }
            (_, "data-style") => is_harmless_style(value),
            (_, "width" | "height") => value.len() < 6 && digits(value.trim_end_matches('%')),
            ("table", "border" | "cellpadding" | "cellspacing")
            | ("td" | "th", "colspan" | "rowspan")
            | ("font", "size") => value.len() < 4 && digits(value),
            (_, "align" | "valign" | "dir") => value.bytes().all(|b| b.is_ascii_lowercase()),
            (_, "bgcolor") | ("font", "color") => style::colour(value).is_some(),
            ("font", "face") => {
                value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b',' | b'-'))
            }
            _ => false,
        }
    },
};

fn leads_outside(link: &str, schemes: &[&str]) -> bool {
    Url::parse(link).is_ok_and(|url| schemes.contains(&url.scheme()))
        && !link.chars().any(|c| c.is_control() || c == '<' || c == '>')
}

/// By rules of its own: only a few signs, a few functions, and no word that moves or fetches.
fn is_harmless_style(value: &str) -> bool {
    const NEVER: [&str; 14] = [
        "url",
        "expression",
        "import",
        "position",
        "inset",
        "transform",
        "float",
        "z-index",
        "binding",
        "behavior",
        "content",
        "animation",
        "filter",
        "var(",
    ];
    value.bytes().all(|b| {
        b.is_ascii_alphanumeric()
            || matches!(
                b,
                b':' | b';' | b' ' | b'.' | b',' | b'%' | b'#' | b'-' | b'(' | b')' | b'/'
            )
    }) && !NEVER.iter().any(|word| value.contains(word))
        && !value.contains(":-")
        && !value.contains(" -")
}

/// Looks at every node that a browser would make of `html`.
fn assert_harmless(html: &str, allowed: &Allowed, case: &str) {
    let document = Html::parse_fragment(html);
    for node in document.tree.nodes() {
        match node.value() {
            Node::Text(_) | Node::Document | Node::Fragment => {}
            // What parsing a fragment makes around it, of its own.
            Node::Element(element) if ["html", "body"].contains(&element.name()) => {
                assert!(element.attrs().next().is_none(), "{case}: {html}");
            }
            Node::Element(element) => {
                let name = element.name();
                assert!((allowed.elements)(name), "{case}: <{name}> in {html}");
                for (attribute, value) in element.attrs() {
                    let fits = (allowed.attribute)(name, attribute, value);
                    assert!(fits, "{case}: {name} {attribute}={value} in {html}");
                }
            }
            other => panic!("{case}: {other:?} in {html}"),
        }
    }
}

/// Whatever reads it, reads the same again: what is clean stays as it is when it is written anew.
fn assert_stable(html: &str, case: &str) {
    let again = Html::parse_fragment(html).root_element().inner_html();
    let thrice = Html::parse_fragment(&again).root_element().inner_html();
    assert_eq!(again, thrice, "{case}");
}

/// The cases that are written out.
fn small() -> Vec<(&'static str, String)> {
    CASES
        .split("%% ")
        .filter(|case| !case.trim().is_empty())
        .map(|case| {
            let (name, text) = case.split_once('\n').unwrap();
            (name, text.strip_suffix('\n').unwrap_or(text).to_owned())
        })
        .collect()
}

/// All of them, also those that are too large to be written out.
fn cases() -> Vec<(&'static str, String)> {
    let mut all = small();
    let deep = |piece: &str, bytes: usize| piece.repeat(bytes / piece.len()) + "Dag";
    all.extend([
        ("size: five megabytes of tables in each other", deep("<table><tr><td>", 5_000_000)),
        ("size: five megabytes of words", deep("Dag dag. ", 5_000_000)),
        (
            "size: five megabytes of tables after each other",
            deep("<table><td>x</table>", 5_000_000),
        ),
        ("size: tables in each other, just small enough", deep("<table><tr><td>", 1_000_000)),
        ("size: emphasis that never ends", deep("<b><i>", 900_000)),
        (
            "size: emphasis that ends as something else",
            deep("<b></i><font color=red></b>", 900_000),
        ),
        ("size: links in each other", deep("<a href=https://kdv.example/>", 900_000)),
        ("size: paragraphs that never end", deep("<p>Dag", 900_000)),
        (
            "size: one long attribute",
            format!("<p style=\"{}\">Dag</p>", "color:red;".repeat(50_000)),
        ),
        (
            "size: one long link",
            format!("<a href=\"https://x.example/{}\">Dag</a>", "a".repeat(500_000)),
        ),
        ("size: very many attributes", format!("<p {}>Dag</p>", deep("x=1 ", 400_000))),
        ("size: very many pictures", deep("<img src=https://x.example/a.jpg>", 300_000)),
    ]);
    all
}

#[test]
fn there_are_cases_of_every_class() {
    let cases = cases();
    assert!(cases.len() >= 300, "{}", cases.len());
    for class in [
        "tag",
        "attribute",
        "event",
        "link",
        "svg",
        "math",
        "mutation",
        "css",
        "tracking",
        "encoding",
        "size",
    ] {
        assert!(cases.iter().any(|(name, _)| name.starts_with(&format!("{class}: "))), "{class}");
    }
}

#[test]
fn nothing_in_a_diary_entry_a_message_or_news_runs_or_fetches() {
    let base = Url::parse("https://abc.ouderportaal.nl/").unwrap();
    let day = "2026-10-07".parse().unwrap();
    for (case, text) in cases() {
        let card = json!([{
            "date": "2026-10-07", "type": "journal", "children": [],
            "journal": {"journalId": "j1", "journalContent": text},
        }]);
        let card = timeline::page(&base, card).unwrap().cards.remove(0).card;
        let entry = card.entry.unwrap();
        assert_harmless(&entry.html, &WORDS, case);
        assert_stable(&entry.html, case);

        let exchange = json!({"messages": [{"message": text, "date": 1}]});
        let exchange = logbook::details(&base, &"b1".into(), exchange).unwrap();
        for message in exchange.messages {
            assert_harmless(&message.html, &WORDS, case);
            assert_eq!(message.html, entry.html, "{case}");
        }

        let container = json!({"items": [{"itemParts": [{"content": text}]}]});
        for part in article::text(&base, day, container).unwrap().parts {
            let article::MappedPart::Text(html) = part else { panic!("{case}") };
            assert_harmless(&html, &WORDS, case);
            assert_eq!(html, entry.html, "{case}");
        }
        assert!(!html::snippet(&text).contains(['\n', '\u{202e}']), "{case}");
    }
}

#[test]
fn nothing_in_a_newsletter_runs_or_fetches() {
    for (case, text) in cases() {
        let read = newsletter::mail(json!({"fullSource": text})).unwrap();
        assert_harmless(&read.html, &MAIL, case);
        assert_stable(&read.html, case);
        assert!(read.html.len() <= 4_000_000, "{case}: {}", read.html.len());
        for picture in &read.pictures {
            let url = Url::parse(&picture.address).unwrap();
            assert!(["http", "https"].contains(&url.scheme()), "{case}");
            assert!(!case.starts_with("tracking"), "{case}: {}", picture.address);
            assert!(!read.html.contains(&picture.address), "{case}");
        }
        let whole = format!("<!DOCTYPE html><html><head>{text}</head><body>{text}</body></html>");
        assert_harmless(&mail::clean(&whole).html, &MAIL, case);
    }
}

proptest! {
    #[test]
    fn no_mixture_of_cases_leaves_anything(
        picks in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..60, 0_usize..200), 1..6)
    ) {
        let small = small();
        let mixed: String = picks
            .iter()
            .map(|(pick, from, until)| {
                let text = &pick.get(&small).1;
                text.chars().skip(*from).take(*until).collect::<String>()
            })
            .collect();
        let words = html::clean(&mixed).html;
        assert_harmless(&words, &WORDS, "mixed");
        assert_stable(&words, "mixed");
        let mail = mail::clean(&mixed).html;
        assert_harmless(&mail, &MAIL, "mixed");
        assert_stable(&mail, "mixed");
    }
}
