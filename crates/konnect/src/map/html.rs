//! Cleaning HTML by a short list of what is allowed: no pictures, styles, scripts or forms.

use super::{blocks, text};
use crate::wire::field::is_unprintable;
use ammonia::{Builder, UrlRelative};
use scraper::{Html, Selector};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// More than any report; beyond it only the words are kept, as parsing costs more than linear time.
const MOST_HTML: usize = 128 * 1024;

/// Characters of a snippet.
const SNIPPET: usize = 300;

const ALLOWED: [&str; 20] = [
    "p",
    "br",
    "strong",
    "em",
    "b",
    "i",
    "u",
    "ul",
    "ol",
    "li",
    "a",
    "h3",
    "h4",
    "blockquote",
    "table",
    "caption",
    "tbody",
    "tr",
    "th",
    "td",
];

/// Elements in which no words of a text stand.
pub(super) const NO_WORDS: [&str; 14] = [
    "script", "style", "title", "textarea", "noscript", "iframe", "object", "template", "select",
    "svg", "math", "noembed", "noframes", "xmp",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let spans = HashSet::from(["colspan", "rowspan"]);
    let mut cleaner = Builder::empty();
    cleaner
        .tags(HashSet::from(ALLOWED))
        .clean_content_tags(HashSet::from(NO_WORDS))
        .generic_attributes(HashSet::new())
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("td", spans.clone()),
            ("th", spans),
        ]))
        .url_schemes(HashSet::from(["https", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .attribute_filter(|_, name, value| match name {
            "colspan" | "rowspan" => blocks::spanned(value).map(|cells| cells.to_string().into()),
            // A browser reads an address without the first two, and the others so.
            _ => {
                let address = value.replace(['\t', '\n'], "");
                Some(address.replace('<', "%3C").replace('>', "%3E").into())
            }
        })
        .link_rel(Some("noopener noreferrer"));
    cleaner
});

static RHYTHM: LazyLock<Option<Selector>> =
    LazyLock::new(|| Selector::parse(".day-rythm-moment").ok());

/// A text as HTML to show and as plain words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Cleaned {
    pub(crate) html: String,
    pub(crate) text: String,
}

/// Cleans HTML for display. Text without mark-up keeps its line ends.
pub(crate) fn clean(html: &str) -> Cleaned {
    let html = if html.len() > MOST_HTML { words_only(html) } else { html.to_owned() };
    let html = html.replace("\r\n", "\n").replace('\r', "\n");
    let html = html.replace(is_unprintable, "");
    let html = if has_markup(&html) { html } else { html.trim().replace('\n', "<br>") };
    let written = blocks::write(&html).unwrap_or_else(|| words_only(&html).replace('\n', "<br>"));
    let html = CLEANER.clean(&written).to_string();
    let text = text::plain(&Html::parse_fragment(&html));
    if text.is_empty() {
        Cleaned::default()
    } else {
        Cleaned { html: html.trim().to_owned(), text }
    }
}

/// The same HTML without the day rhythm, for entries that give both in one piece.
pub(crate) fn without_rhythm(html: &str) -> String {
    if html.len() > MOST_HTML || !html.contains("day-rythm-moment") {
        return html.to_owned();
    }
    let Some(rhythm) = &*RHYTHM else { return html.to_owned() };
    let mut document = Html::parse_fragment(html);
    let moments: Vec<_> = document.select(rhythm).map(|moment| moment.id()).collect();
    for moment in moments {
        if let Some(mut node) = document.tree.get_mut(moment) {
            node.detach();
        }
    }
    document.root_element().inner_html()
}

fn has_markup(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'))
    })
}

/// The beginning of a text on one line, without mark-up.
pub(crate) fn snippet(html: &str) -> String {
    let text = clean(html).text;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(SNIPPET).collect::<String>().trim_end().to_owned()
}

/// What stands between two words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    Nothing,
    Space,
    LineEnd,
}

/// Leaves out everything between angle brackets and all that is no words, in one pass. Ends a line
/// at each block; white space takes no room.
pub(crate) fn words_only(html: &str) -> String {
    let line_end = if has_markup(html) { Gap::Space } else { Gap::LineEnd };
    let mut words = String::new();
    let mut gap = Gap::Nothing;
    let mut rest = html;
    while words.len() < MOST_HTML && !rest.is_empty() {
        let (text, tag) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        for c in text.chars() {
            match c {
                '\n' => gap = gap.max(line_end),
                c if c.is_whitespace() => gap = gap.max(Gap::Space),
                c => {
                    match gap {
                        Gap::Space if !words.is_empty() => words.push(' '),
                        Gap::LineEnd if !words.is_empty() => words.push('\n'),
                        _ => {}
                    }
                    gap = Gap::Nothing;
                    words.push(c);
                }
            }
            if words.len() >= MOST_HTML {
                return words;
            }
        }
        let (ends, after) = past_tag(tag);
        gap = gap.max(ends);
        rest = after;
    }
    words
}

/// What follows a tag, with all that stands in it where that is no words; and what it parts.
fn past_tag(tag: &str) -> (Gap, &str) {
    if let Some(comment) = tag.strip_prefix("<!--") {
        return (Gap::Nothing, comment.split_once("-->").map_or("", |(_, after)| after));
    }
    let (inside, after) = tag.split_once('>').unwrap_or((tag, ""));
    let name = inside.trim_start_matches(['<', '/']);
    let name: String = name.chars().take(16).take_while(char::is_ascii_alphanumeric).collect();
    let name = name.to_ascii_lowercase();
    if text::is_inline(&name) {
        return (Gap::Nothing, after);
    }
    let is_whole = inside.ends_with('/') && matches!(name.as_str(), "svg" | "math");
    if inside.starts_with("</") || is_whole || !NO_WORDS.contains(&name.as_str()) {
        return (Gap::LineEnd, after);
    }
    let ends_it = |at: usize| {
        let end = after.get(at + 2..at + 2 + name.len());
        end.is_some_and(|end| end.eq_ignore_ascii_case(&name))
    };
    let end = after.match_indices("</").map(|(at, _)| at).find(|at| ends_it(*at));
    (Gap::LineEnd, end.map_or("", |at| &after[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn of_what_is_too_long_to_read_the_words_stay_and_nothing_else() {
        let words = words_only(
            "<head><title>x</title><STYLE>@import url(a.css);</STYLE></head>\n\n  <p>Beste\n \
             <b>ou</b>ders,</p><script>if (a > b) { steel(\"<p>\") }</SCRIPT ><!-- <p>niet</p> -->\
             <td>Zomer</td><td>feest</td><svg/><svg><text>s</text></svg><br>Tot dan &amp; dag",
        );
        assert_eq!(words, "Beste ouders,\nZomer\nfeest\nTot dan &amp; dag");
        assert_eq!(words_only("Een\n\n  regel \n"), "Een\nregel");
        assert_eq!(words_only("<p>Dag</p><style>nooit ten einde <p>x"), "Dag");
    }

    #[test]
    fn a_report_keeps_its_words_and_emphasis() {
        let cleaned = clean(
            "<div class='x' style='color:red'><p onclick=\"x()\">Noortje <b>sliep</b> goed.</p>\
             <ul><li>fruit</li><li>brood</li></ul>Tot morgen!<br/>Juf</div>",
        );
        assert_eq!(
            cleaned.html,
            "<p>Noortje <b>sliep</b> goed.</p><ul><li>fruit</li><li>brood</li></ul>Tot morgen!<br>Juf"
        );
        assert_eq!(cleaned.text, "Noortje sliep goed.\n- fruit\n- brood\nTot morgen!\nJuf");
    }

    #[test]
    fn lines_of_an_editor_are_lines() {
        let cleaned =
            clean("<div>Dag</div><div>Tot <b>morgen</b></div><div><br></div><div>Juf</div>");
        assert_eq!(cleaned.html, "Dag<br>Tot <b>morgen</b><br><br>Juf");
        assert_eq!(cleaned.text, "Dag\nTot morgen\n\nJuf");
        let cleaned = clean("<h1>Zomer</h1><section>Dag</section>Tot <span>dan</span><hr>Juf");
        assert_eq!(cleaned.html, "<h3>Zomer</h3>Dag<br>Tot dan<br>Juf");
        assert_eq!(clean("<pre>Een\n  twee</pre>").html, "Een<br>  twee");
        assert_eq!(clean("<ul><li><div>Een</div><div>twee</div></li></ul>").text, "- Een\ntwee");
    }

    #[test]
    fn a_table_of_rows_and_columns_stays_one_and_a_table_for_looks_becomes_lines() {
        let cleaned = clean(
            "<table class=x border=1><thead><tr><th colspan=2 style='a'>Wat</th><th>Wanneer</th></tr>\
             </thead><tbody><tr><td>Soep</td><td rowspan=99>Ma</td><td><p>Di</p></td></tr></table>",
        );
        assert_eq!(
            cleaned.html,
            "<table><tbody><tr><th colspan=\"2\">Wat</th><th>Wanneer</th></tr>\
             <tr><td>Soep</td><td>Ma</td><td><p>Di</p></td></tr></tbody></table>"
        );
        assert_eq!(cleaned.text, "Wat | Wanneer\nSoep | Ma\nDi");
        for looks in [
            "<table><tr><td>Dag</td></tr><tr><td>morgen</td></tr></table>",
            "<table role=presentation><tr><td>Dag</td><td>morgen</td></tr></table>",
            "<table><tr><td>Dag</td><td><table><tr><td>morgen</td></tr></table></td></tr></table>",
        ] {
            assert_eq!(clean(looks).html, "Dag<br>morgen", "{looks}");
        }
    }

    #[test]
    fn plain_text_keeps_its_lines_and_characters() {
        let cleaned = clean("Dag 1 < dag 2 & 3 > 2\nTot morgen");
        assert_eq!(cleaned.text, "Dag 1 < dag 2 & 3 > 2\nTot morgen");
        assert_eq!(cleaned.html, "Dag 1 &lt; dag 2 &amp; 3 &gt; 2<br>Tot morgen");
    }

    #[test]
    fn nothing_dangerous_survives() {
        for (hostile, kept) in [
            ("<script>alert(1)</script>Dag", "Dag"),
            ("<img src=x onerror=alert(1)>Dag", "Dag"),
            ("<a href='javascript:alert(1)'>Dag</a>", "<a rel=\"noopener noreferrer\">Dag</a>"),
            ("<a href='//evil.example'>Dag</a>", "<a rel=\"noopener noreferrer\">Dag</a>"),
            ("<svg><style><img src=x onerror=alert(1)></style></svg>Dag", "Dag"),
            ("<p style=\"background:url(https://x)\">Dag</p>", "<p>Dag</p>"),
            ("<iframe src=https://x></iframe><form><input name=a>Dag</form>", "Dag"),
        ] {
            assert_eq!(clean(hostile).html, kept, "{hostile}");
        }
        assert_eq!(
            clean("<a href='https://kdv.example/' target=_top>Dag</a>").html,
            "<a href=\"https://kdv.example/\" rel=\"noopener noreferrer\">Dag</a>"
        );
    }

    #[test]
    fn a_link_without_a_lock_leads_to_the_page_with_one() {
        for (written, leads) in [
            ("http://kdv.example/a?b=1&amp;c=2#d", "https://kdv.example/a?b=1&amp;c=2#d"),
            ("HTTP://kdv.example", "https://kdv.example/"),
            (" http://kdv.example:80/ ", "https://kdv.example/"),
            ("mailto:info@kdv.example", "mailto:info@kdv.example"),
        ] {
            let html = clean(&format!("<a href='{written}'>Dag</a>")).html;
            assert_eq!(html, format!("<a href=\"{leads}\" rel=\"noopener noreferrer\">Dag</a>"));
        }
    }

    #[test]
    fn an_empty_shell_is_nothing() {
        assert_eq!(clean("<p> </p><div><br></div>"), Cleaned::default());
    }

    #[test]
    fn the_day_rhythm_is_taken_out_whole() {
        let html = "<p>Dag</p><table class='day-rythm-moment'><tr><td>10:00 Fles</td></tr></table>";
        assert_eq!(clean(&without_rhythm(html)).text, "Dag");
    }

    #[test]
    fn a_very_large_or_deep_text_still_gives_its_words() {
        let deep = format!("{}Dag{}", "<b><i>".repeat(9_000), "</i></b>".repeat(9_000));
        assert_eq!(clean(&deep).text, "Dag");
        let large = format!("<p>Dag</p>{}", "<div>".repeat(400_000));
        assert_eq!(clean(&large).text, "Dag");
    }

    fn hostile_html() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "<script>",
            "</script>",
            "<style>",
            "<img src=https://x.example/a onerror=e()>",
            "<p ",
            "onload=x ",
            ">",
            "<",
            "</p>",
            "<svg>",
            "<math>",
            "<mtext>",
            "<table>",
            "<tr>",
            "<td colspan=9 rowspan=0>",
            "<th colspan=\"3\" onclick=e()>",
            "</table>",
            "<caption>",
            "<div>",
            "<h1>",
            "<pre>\n",
            "<mglyph>",
            "<a href=\"javascript:x\">",
            "<a href='JaVa&#x09;script:x'>",
            "<a href=data:text/html,x>",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "&lt;script&gt;",
            "\"",
            "'",
            "<noscript>",
            "<template>",
            "<xmp>",
            "<plaintext>",
            "<textarea>",
            "</textarea>",
            "<li>",
            "Dag",
            "&",
            "<base href=https://x.example>",
            "<meta http-equiv=refresh>",
            "<select>",
            "<title>",
        ]);
        prop::collection::vec(prop_oneof![piece.prop_map(str::to_owned), ".{0,6}"], 0..30)
            .prop_map(|pieces| pieces.concat())
    }

    /// A block with a word in it, or blocks in a block; and the words in their order.
    fn blocks_of_words() -> impl Strategy<Value = String> {
        let names = vec![
            "p",
            "div",
            "section",
            "h1",
            "h2",
            "h5",
            "center",
            "address",
            "pre",
            "dd",
            "x-own",
            "blockquote",
            "ul><li",
            "table><tr><td",
            "table><tr><td>x</td><td",
            "form",
            "details",
        ];
        let word = "[a-e]{1,4}".prop_map(|word| format!("<b>{word}</b>"));
        word.prop_recursive(4, 24, 4, move |inner| {
            (prop::sample::select(names.clone()), prop::collection::vec(inner, 1..4)).prop_map(
                |(name, inner)| {
                    let end = name.split('>').next().unwrap();
                    let inside: Vec<_> =
                        inner.into_iter().map(|one| format!("<div>{one}</div>")).collect();
                    format!("<{name}>{}</{end}>", inside.concat())
                },
            )
        })
    }

    proptest! {
        #[test]
        fn words_of_two_blocks_never_run_together(html in blocks_of_words()) {
            let within_a_line = ["<b>", "</b>"];
            let apart = |html: &str| {
                let html = within_a_line.iter().fold(html.to_owned(), |html, tag| html.replace(tag, ""));
                let mut words = String::new();
                for (at, piece) in html.split('<').enumerate() {
                    let text = if at == 0 { piece } else { piece.split_once('>').unwrap().1 };
                    words.push_str(text);
                    words.push(' ');
                }
                words.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
            };
            let cleaned = clean(&html);
            prop_assert_eq!(apart(&cleaned.html), apart(&html), "{}", cleaned.html);
            let found = cleaned.text.replace(['|', '-'], " ");
            let found: Vec<_> = found.split_whitespace().map(str::to_owned).collect();
            prop_assert_eq!(found, apart(&html), "{}", cleaned.text);
        }

        #[test]
        fn only_what_is_allowed_survives(html in hostile_html()) {
            let cleaned = clean(&html);
            let document = Html::parse_fragment(&cleaned.html);
            for node in document.tree.nodes() {
                let Some(element) = node.value().as_element() else { continue };
                let name = element.name();
                prop_assert!(["html", "body"].contains(&name) || ALLOWED.contains(&name), "{name}");
                for (attribute, value) in element.attrs() {
                    let allowed = match attribute {
                        "rel" => value == "noopener noreferrer",
                        "href" => ["https:", "mailto:"]
                            .iter().any(|scheme| value.to_ascii_lowercase().starts_with(scheme)),
                        _ => false,
                    };
                    let spans = matches!((name, attribute), ("td" | "th", "colspan" | "rowspan"))
                        && value.parse().is_ok_and(|cells: u32| (2..=20).contains(&cells));
                    prop_assert!(name == "a" && allowed || spans, "{name} {attribute}={value}");
                }
            }
            let _ = without_rhythm(&html);
        }
    }
}
