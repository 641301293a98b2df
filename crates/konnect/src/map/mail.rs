//! A whole HTML mail as it may be shown: its words, tables, colours and sizes are written anew from
//! a list of what is allowed, and then cleaned once more.
//!
//! Nothing in what comes out fetches anything. The place of a picture is kept under a short name
//! (`data-picture`), and its address beside it, for when the parent asks to see it. A style is kept
//! in `data-style`, where only the interface brings it to life, property by property; what the mail's
//! own style sheet says of an element is judged there too.

use super::digest::short_digest;
use super::{blocks, html, sheet, style, text};
use crate::wire::field::is_unprintable;
use ammonia::{Builder, UrlRelative};
use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;
use url::Url;

/// More than any newsletter; beyond it only the words are kept.
const MOST_MAIL: usize = 1024 * 1024;
/// More elements than this stand in each other in no newsletter; beyond it only the words are kept.
const DEEPEST: usize = 300;
/// Pictures in one mail; what follows stays away.
const MOST_PICTURES: usize = 100;
/// Characters of an address.
const LONGEST_ADDRESS: usize = 2000;
/// Characters that stand for a picture.
const LONGEST_ALT: usize = 300;

/// Elements that may stay, with `div` for `body`.
const ALLOWED: [&str; 53] = [
    "a",
    "abbr",
    "address",
    "article",
    "b",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "code",
    "col",
    "colgroup",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "s",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];
/// Elements that go with all that is in them.
const DROPPED: [&str; 27] = [
    "head",
    "script",
    "style",
    "title",
    "textarea",
    "noscript",
    "iframe",
    "object",
    "embed",
    "applet",
    "template",
    "select",
    "option",
    "button",
    "svg",
    "math",
    "noembed",
    "noframes",
    "frameset",
    "xmp",
    "plaintext",
    "audio",
    "video",
    "canvas",
    "map",
    "dialog",
    "slot",
];
const VOID: [&str; 4] = ["br", "col", "hr", "img"];
const SIZED: [&str; 6] = ["table", "td", "th", "col", "img", "hr"];

/// Attributes that stand on any element.
const GENERIC: [&str; 5] = ["align", "valign", "bgcolor", "dir", "data-style"];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let sized = ["width", "height"];
    let of = |names: &[&'static str]| names.iter().copied().collect::<HashSet<_>>();
    let mut attributes: HashMap<&str, HashSet<&str>> =
        SIZED.iter().map(|element| (*element, of(&sized))).collect();
    let mut more = |element, names: &[&'static str]| {
        attributes.entry(element).or_default().extend(names.iter().copied());
    };
    more("a", &["href"]);
    more("font", &["color", "face", "size"]);
    more("img", &["alt", "data-picture"]);
    more("table", &["border", "cellpadding", "cellspacing"]);
    more("td", &["colspan", "rowspan"]);
    more("th", &["colspan", "rowspan"]);
    let mut cleaner = Builder::empty();
    cleaner
        .tags(of(&ALLOWED))
        .clean_content_tags(of(&DROPPED))
        .generic_attributes(of(&GENERIC))
        .tag_attributes(attributes)
        .attribute_filter(|element, name, value| match name {
            "rel" => Some(value.into()),
            _ => attribute(element, name, value).map(Cow::Owned).filter(|kept| kept == value),
        })
        .url_schemes(HashSet::from(["https", "mailto", "tel"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer"));
    cleaner
});

/// A picture of a mail, that is only fetched when the parent asks.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// What it is called in `data-picture`: a hash of its address.
    pub name: String,
    /// Where it is.
    pub address: String,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({})", self.name)
    }
}

/// A mail as it may be shown and found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CleanedMail {
    pub(crate) html: String,
    pub(crate) text: String,
    pub(crate) pictures: Vec<Picture>,
}

/// Cleans a mail for display.
pub(crate) fn clean(mail: &str) -> CleanedMail {
    if mail.len() > MOST_MAIL || is_too_deep(mail) {
        let words = html::clean(&html::words_only(mail));
        return CleanedMail { html: words.html, text: words.text, pictures: Vec::new() };
    }
    let mail = mail.replace(is_unprintable, "");
    let written = write(&sheet::on_elements(&mail));
    let html = CLEANER.clean(&written.html).to_string().trim().to_owned();
    let text = text::plain(&Html::parse_fragment(&html));
    if text.is_empty() && written.pictures.is_empty() {
        return CleanedMail::default();
    }
    CleanedMail { html, text, pictures: written.pictures }
}

/// Whether more elements may stand in each other than parsing is fit for. Counts for each name what
/// is begun and not ended, so that nothing can hide in ends of something else.
fn is_too_deep(html: &str) -> bool {
    /// They need no end.
    const OPEN_ENDED: [&str; 14] = [
        "p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "dt", "dd", "br", "img", "hr",
        "meta",
    ];
    let mut open: HashMap<String, usize> = HashMap::new();
    let mut depth = 0;
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        let (ends, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let name: String = rest
            .chars()
            .take(16)
            .take_while(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        if name.is_empty() || OPEN_ENDED.contains(&name.as_str()) {
            continue;
        }
        let count = open.entry(name).or_default();
        if !ends {
            *count += 1;
            depth += 1;
        } else if *count > 0 {
            *count -= 1;
            depth -= 1;
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

/// Writes what is allowed anew.
fn write(mail: &str) -> CleanedMail {
    let document = Html::parse_document(mail);
    let mut written = CleanedMail::default();
    let mut open: Vec<(NodeId, &str)> = Vec::new();
    let mut dropping = None;
    for edge in document.tree.root().traverse() {
        match edge {
            Edge::Open(_) if dropping.is_some() => {}
            Edge::Open(node) => match node.value() {
                Node::Text(words) => blocks::escaped(words, &mut written.html),
                Node::Element(element) if DROPPED.contains(&element.name()) => {
                    dropping = Some(node.id());
                }
                Node::Element(element) => {
                    let name = if element.name() == "body" { "div" } else { element.name() };
                    if let Some(name) = ALLOWED.iter().find(|allowed| **allowed == name)
                        && open.len() < DEEPEST
                        && begin(name, element, &mut written)
                        && !VOID.contains(name)
                    {
                        open.push((node.id(), name));
                    }
                }
                _ => {}
            },
            Edge::Close(node) if dropping.is_some() => {
                if dropping == Some(node.id()) {
                    dropping = None;
                }
            }
            Edge::Close(node) => {
                if let Some((_, name)) = open.pop_if(|(id, _)| *id == node.id()) {
                    written.html.push_str("</");
                    written.html.push_str(name);
                    written.html.push('>');
                }
            }
        }
    }
    written
}

/// Writes the beginning of an element; `false` when it stays away.
fn begin(name: &str, element: &Element, written: &mut CleanedMail) -> bool {
    if name == "img" && counts_readers(element) {
        return false;
    }
    let mut tag = format!("<{name}");
    let mut put = |name: &str, value: &str| {
        tag.push(' ');
        tag.push_str(name);
        tag.push_str("=\"");
        blocks::escaped(value, &mut tag);
        tag.push('"');
    };
    for (attribute_name, value) in element.attrs() {
        let attribute_name = match attribute_name {
            "style" => "data-style",
            given if given.starts_with("data-") => continue,
            given => given,
        };
        let wanted = if name == "img" && attribute_name == "src" {
            continue;
        } else {
            attribute(name, attribute_name, value)
        };
        if let Some(value) = wanted.filter(|value| !value.is_empty()) {
            put(attribute_name, &value);
        }
    }
    if name == "img" {
        if element.attr("alt").is_none_or(str::is_empty) {
            put("alt", "");
        }
        if let Some(picture) = element.attr("src").and_then(picture)
            && (written.pictures.contains(&picture) || written.pictures.len() < MOST_PICTURES)
        {
            put("data-picture", &picture.name);
            if !written.pictures.contains(&picture) {
                written.pictures.push(picture);
            }
        }
    }
    tag.push('>');
    written.html.push_str(&tag);
    true
}

/// A dot, or a picture that is not shown, tells its sender who has read the mail.
fn counts_readers(image: &Element) -> bool {
    let is_a_dot = |name| {
        image
            .attr(name)
            .and_then(|size| size.trim().trim_end_matches("px").parse::<f64>().ok())
            .is_some_and(|size| size <= 2.0)
    };
    is_a_dot("width") || is_a_dot("height") || image.attr("style").is_some_and(style::is_invisible)
}

fn picture(address: &str) -> Option<Picture> {
    let address = address.trim();
    if address.len() > LONGEST_ADDRESS {
        return None;
    }
    let url = Url::parse(address).ok().filter(Url::has_host)?;
    let plain = matches!(url.scheme(), "https" | "http")
        && url.username().is_empty()
        && url.password().is_none();
    plain.then(|| Picture { name: short_digest(&[url.as_str()]), address: String::from(url) })
}

/// What of an attribute may stay.
fn attribute(element: &str, name: &str, value: &str) -> Option<String> {
    let trimmed = value.trim();
    let lower = trimmed.to_ascii_lowercase();
    let one_of = |allowed: &[&str]| allowed.contains(&lower.as_str()).then(|| lower.clone());
    match (element, name) {
        (_, "data-style") => Some(style::clean(trimmed)),
        (_, "align") => one_of(&["left", "right", "center", "justify"]),
        (_, "valign") => one_of(&["top", "middle", "bottom", "baseline"]),
        (_, "dir") => one_of(&["ltr", "rtl"]),
        (_, "bgcolor") | ("font", "color") => style::colour(trimmed),
        ("font", "face") => style::fonts(trimmed),
        ("font", "size") => within(trimmed, 1, 7),
        ("table", "border" | "cellpadding" | "cellspacing") => within(trimmed, 0, 100),
        ("td" | "th", "colspan" | "rowspan") => within(trimmed, 1, 100),
        (_, "width" | "height") if SIZED.contains(&element) => match lower.strip_suffix('%') {
            Some(share) => within(share, 1, 100).map(|share| format!("{share}%")),
            None => within(lower.trim_end_matches("px"), 0, 2000),
        },
        ("img", "alt") => {
            let words = value.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(words.chars().take(LONGEST_ALT).collect())
        }
        ("img", "data-picture") => {
            let is_name = value.len() == 16 && value.bytes().all(|b| b.is_ascii_hexdigit());
            is_name.then(|| value.to_owned())
        }
        ("a", "href") => link(trimmed),
        _ => None,
    }
}

fn within(value: &str, least: u32, most: u32) -> Option<String> {
    let number: u32 = value.trim().parse().ok()?;
    (least..=most).contains(&number).then(|| number.to_string())
}

/// A link to the web, to write a mail, or to call.
fn link(address: &str) -> Option<String> {
    if address.len() > LONGEST_ADDRESS {
        return None;
    }
    let secure = blocks::secure(address);
    let url = Url::parse(secure.as_deref().unwrap_or(address)).ok()?;
    let plain = match url.scheme() {
        "https" => url.has_host() && url.username().is_empty() && url.password().is_none(),
        "mailto" | "tel" => !url.path().is_empty(),
        _ => false,
    };
    plain.then(|| String::from(url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_keeps_its_words_tables_and_looks() {
        let cleaned = clean(
            "<!DOCTYPE html><html><head><title>x</title><style>td{color:red}</style></head>\
             <body bgcolor='#FAF7F0' style='margin:0'>\
             <table width=600 cellpadding=0 role=presentation><tr>\
             <td style=\"padding:20px; position:fixed\" align=CENTER><h1>Zomer</h1>\
             <a href='https://kdv.example/a?b=1&amp;c=2' target=_blank style='color:#fff'>Lees</a>\
             </td></tr></table></body></html>",
        );
        assert_eq!(
            cleaned.html,
            "<div bgcolor=\"#faf7f0\" data-style=\"margin:0\">\
             <table cellpadding=\"0\" width=\"600\"><tbody><tr>\
             <td align=\"center\" data-style=\"color:red;padding:20px\"><h1>Zomer</h1>\
             <a href=\"https://kdv.example/a?b=1&amp;c=2\" data-style=\"color:#fff\" \
             rel=\"noopener noreferrer\">Lees</a></td></tr></tbody></table></div>"
        );
        assert_eq!(cleaned.text, "Zomer\nLees");
    }

    #[test]
    fn pictures_stay_away_until_the_parent_asks_and_those_that_count_readers_for_good() {
        let cleaned = clean(
            "<img src='https://m.example/kop.jpg' alt='De  tuin' width=560 height=200>\
             <img src='https://m.example/kop.jpg'>\
             <img src='https://t.example/open?id=1' width=1 height=1>\
             <img src='https://t.example/open?id=2' style='display:none'>\
             <img src='data:image/png;base64,AAAA' alt=Ingebed><img src='cid:logo'>\
             <img src='//m.example/los.jpg' srcset='https://m.example/2x.jpg 2x'>",
        );
        let names: Vec<_> = cleaned.pictures.iter().map(|picture| &*picture.address).collect();
        assert_eq!(names, ["https://m.example/kop.jpg"]);
        let name = &cleaned.pictures[0].name;
        assert_eq!(cleaned.html.matches(&format!("data-picture=\"{name}\"")).count(), 2);
        assert!(cleaned.html.contains("alt=\"De tuin\""), "{}", cleaned.html);
        assert!(!cleaned.html.contains("example"), "{}", cleaned.html);
        assert!(!cleaned.html.contains("src"), "{}", cleaned.html);
    }

    #[test]
    fn a_link_without_a_lock_leads_to_the_page_with_one() {
        let cleaned = clean("<a href='http://kdv.example/zomer'>Lees</a>");
        assert!(cleaned.html.contains("href=\"https://kdv.example/zomer\""), "{}", cleaned.html);
        assert!(!clean("<a href='http://a@evil.example/'>Lees</a>").html.contains("href"));
    }

    #[test]
    fn a_mail_without_words_and_pictures_is_nothing() {
        assert_eq!(clean("<html><body><p> </p></body></html>"), CleanedMail::default());
    }

    #[test]
    fn ends_of_something_else_do_not_hide_how_deep_a_mail_is() {
        assert!(is_too_deep(&"<b></i>".repeat(400)));
        assert!(is_too_deep(&"<table><tr><td>".repeat(400)));
        assert!(!is_too_deep(&"<table><tr><td>x</table><p>y<br>".repeat(4000)));
    }
}
