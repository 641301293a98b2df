//! Plain text out of parsed HTML.

use ego_tree::iter::Edge;
use scraper::{ElementRef, Html, Node};

/// Elements that begin and end a line.
const BLOCKS: [&str; 14] = [
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "blockquote",
    "table",
    "tr",
    "section",
    "article",
];

/// The words of HTML, such as that of news, a line for each block.
pub fn words_of_html(html: &str) -> String {
    plain(&Html::parse_fragment(html))
}

/// The text of a document, a line for each block, without empty lines at either end.
pub(crate) fn plain(html: &Html) -> String {
    let mut text = String::new();
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(words) => push_collapsed(&mut text, words),
                Node::Element(element) if element.name() == "br" => new_line(&mut text, 2),
                Node::Element(element) if BLOCKS.contains(&element.name()) => {
                    new_line(&mut text, 1);
                    if element.name() == "li" {
                        text.push_str("- ");
                    }
                }
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value()
                    && BLOCKS.contains(&element.name())
                {
                    new_line(&mut text, 1);
                }
            }
        }
    }
    text.trim().to_owned()
}

/// The words of an element on one line.
pub(crate) fn line(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for words in element.text() {
        push_collapsed(&mut text, words);
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
