//! Plain text out of parsed HTML.

use ego_tree::iter::Edge;
use scraper::{ElementRef, Html, Node};

/// Elements within a line; any other begins and ends one.
const INLINE: [&str; 36] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "o:p",
];

/// Whether an element stands within a line.
pub(super) fn is_inline(name: &str) -> bool {
    INLINE.contains(&name)
}

/// The words of HTML, such as that of news, a line for each block.
pub fn words_of_html(html: &str) -> String {
    plain(&Html::parse_fragment(html))
}

/// The text of a document, a line for each block, without empty lines at either end. Cells of one row
/// stand on one line.
pub(crate) fn plain(html: &Html) -> String {
    let mut text = String::new();
    let mut next_cell = false;
    for edge in html.tree.root().traverse() {
        let (Edge::Open(node) | Edge::Close(node)) = edge;
        let opens = matches!(edge, Edge::Open(_));
        match node.value() {
            Node::Text(words) if opens => {
                if next_cell && words.contains(|c: char| !c.is_whitespace()) {
                    next_cell = false;
                    if !text.is_empty() && !text.ends_with('\n') {
                        text.truncate(text.trim_end_matches(' ').len());
                        text.push_str(" | ");
                    }
                }
                push_collapsed(&mut text, words);
            }
            Node::Element(element) if element.name() == "br" && opens => new_line(&mut text, 2),
            Node::Element(element) if element.name() == "br" => {}
            Node::Element(element) if is_cell(element.name()) => next_cell = true,
            Node::Element(element) if !is_inline(element.name()) => {
                new_line(&mut text, 1);
                if opens && element.name() == "li" {
                    text.push_str("- ");
                }
            }
            _ => {}
        }
    }
    text.trim().to_owned()
}

fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th")
}

/// The words of an element on one line.
pub(crate) fn line(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for edge in element.traverse() {
        let (Edge::Open(node) | Edge::Close(node)) = edge;
        match node.value() {
            Node::Text(words) if matches!(edge, Edge::Open(_)) => push_collapsed(&mut text, words),
            Node::Element(element) if !is_inline(element.name()) => push_collapsed(&mut text, " "),
            _ => {}
        }
    }
    text.trim().to_owned()
}

/// Ends the line; `most` line ends may stand together.
fn new_line(text: &mut String, most: usize) {
    while text.ends_with(' ') {
        text.pop();
    }
    let ends = text.bytes().rev().take_while(|b| *b == b'\n').count();
    if ends < most && !text.is_empty() {
        text.push('\n');
    }
}

fn push_collapsed(text: &mut String, words: &str) {
    for c in words.chars() {
        if c.is_whitespace() {
            if !text.is_empty() && !text.ends_with([' ', '\n']) {
                text.push(' ');
            }
        } else if !c.is_control() {
            text.push(c);
        }
    }
}
