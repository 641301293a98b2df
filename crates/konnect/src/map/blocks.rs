//! Writes a text anew with the few elements it may have, so that no two blocks of it run together.
//!
//! What is only layout (`div`, `section`, a table for looks) goes, and a line ends where it ended one.
//! Large headings become small ones. A table of rows and columns stays a table. What is written here is
//! not trusted: it is cleaned afterwards.

use super::html::NO_WORDS;
use super::text::is_inline;
use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{ElementRef, Html, Node};
use url::Url;

/// More elements than this stand in each other in no text; deeper ones go, and their words stay.
const DEEPEST: usize = 200;
/// A text grows by what is written anew; one that grows beyond this means harm.
const LONGEST: usize = 1024 * 1024;
/// Columns or rows that one cell may take.
const WIDEST: u32 = 20;

/// How the line stands that is being written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Empty,
    HasWords,
    /// It has words, and what comes next begins a line.
    Ended,
}

struct Writer {
    html: String,
    line: Line,
    /// What is open, by the node it is written for.
    open: Vec<(NodeId, &'static str)>,
    /// The table that stays one, of those that are open.
    table: Option<NodeId>,
    /// Where line ends count as written.
    kept_lines: Option<NodeId>,
}

/// The text with what may stay; `None` where it grew beyond all measure.
pub(super) fn write(html: &str) -> Option<String> {
    let document = Html::parse_fragment(html);
    let mut writer = Writer {
        html: String::with_capacity(html.len()),
        line: Line::Empty,
        open: Vec::new(),
        table: None,
        kept_lines: None,
    };
    let mut dropping = None;
    for edge in document.tree.root().traverse() {
        match edge {
            Edge::Open(_) if dropping.is_some() => {}
            Edge::Open(node) => match node.value() {
                Node::Text(words) => writer.words(words),
                Node::Element(element) if NO_WORDS.contains(&element.name()) => {
                    dropping = Some(node.id());
                    writer.part();
                }
                Node::Element(element) => writer.begin(node, element),
                _ => {}
            },
            Edge::Close(node) if dropping.is_some() => {
                if dropping == Some(node.id()) {
                    dropping = None;
                }
            }
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    writer.end(node.id(), element.name());
                }
            }
        }
        if writer.html.len() > LONGEST {
            return None;
        }
    }
    Some(writer.html)
}

impl Writer {
    fn words(&mut self, words: &str) {
        for c in words.chars() {
            if c == '\n' && self.kept_lines.is_some() {
                self.line_break();
                continue;
            }
            // A space that may not break is what editors put in an empty line.
            if !c.is_whitespace() || c == '\u{a0}' {
                if self.line == Line::Ended {
                    self.html.push_str("<br>");
                }
                self.line = Line::HasWords;
            }
            escape(c, &mut self.html);
        }
    }

    /// Parts words where something between them goes.
    fn part(&mut self) {
        if self.line == Line::HasWords && !self.html.ends_with(char::is_whitespace) {
            self.html.push(' ');
        }
    }

    /// Where a block begins or ends that is not written itself.
    fn edge(&mut self) {
        if self.line == Line::HasWords {
            self.line = Line::Ended;
        }
    }

    fn line_break(&mut self) {
        if self.line == Line::Ended {
            self.html.push_str("<br>");
        }
        self.html.push_str("<br>");
        self.line = Line::Empty;
    }

    fn begin(&mut self, node: NodeRef<'_, Node>, element: &Element) {
        let name = element.name();
        match name {
            "br" => return self.line_break(),
            // A picture, which stays away, parts words.
            "img" => return self.part(),
            "pre" if self.kept_lines.is_none() => self.kept_lines = Some(node.id()),
            _ => {}
        }
        let written = match name {
            "p" => "p",
            "h1" | "h2" | "h3" => "h3",
            "h4" | "h5" | "h6" => "h4",
            "ul" => "ul",
            "ol" => "ol",
            "li" => "li",
            "blockquote" => "blockquote",
            "a" => "a",
            "b" => "b",
            "strong" => "strong",
            "i" => "i",
            "em" => "em",
            "u" => "u",
            "table" if self.open.len() + 4 < DEEPEST && has_rows_and_columns(node) => {
                self.table = Some(node.id());
                "table"
            }
            "caption" if self.table.is_some() => "caption",
            "tr" if self.table.is_some() => "tr",
            "td" if self.table.is_some() => "td",
            "th" if self.table.is_some() => "th",
            // Rows are parted by themselves.
            "thead" | "tbody" | "tfoot" | "colgroup" | "col" if self.table.is_some() => return,
            _ => "",
        };
        if written.is_empty() || self.open.len() >= DEEPEST {
            if !is_inline(name) {
                self.edge();
            }
            return;
        }
        if !is_inline(name) {
            self.line = Line::Empty;
        }
        self.html.push('<');
        self.html.push_str(written);
        match written {
            "a" => {
                if let Some(address) = element.attr("href") {
                    let secure = secure(address);
                    self.attribute("href", secure.as_deref().unwrap_or(address));
                }
            }
            "td" | "th" => {
                for span in ["colspan", "rowspan"] {
                    if let Some(cells) = element.attr(span).and_then(spanned) {
                        self.attribute(span, &cells.to_string());
                    }
                }
            }
            _ => {}
        }
        self.html.push('>');
        self.open.push((node.id(), written));
    }

    fn end(&mut self, node: NodeId, name: &str) {
        if self.kept_lines == Some(node) {
            self.kept_lines = None;
        }
        if let Some((_, written)) = self.open.pop_if(|(id, _)| *id == node) {
            self.html.push_str("</");
            self.html.push_str(written);
            self.html.push('>');
            if !is_inline(name) {
                self.line = Line::Empty;
            }
        } else if !is_inline(name) && name != "br" && !(self.table.is_some() && is_of_rows(name)) {
            self.edge();
        }
        if self.table == Some(node) {
            self.table = None;
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.html.push(' ');
        self.html.push_str(name);
        self.html.push_str("=\"");
        escaped(value, &mut self.html);
        self.html.push('"');
    }
}

fn is_of_rows(name: &str) -> bool {
    matches!(name, "thead" | "tbody" | "tfoot" | "colgroup" | "col")
}

/// An address by `http` as one by `https`: nothing else leaves the app, and the other would be dead.
pub(super) fn secure(address: &str) -> Option<String> {
    let mut url =
        Url::parse(address).ok().filter(|url| url.scheme() == "http" && url.has_host())?;
    url.set_scheme("https").ok()?;
    Some(url.into())
}

/// How many columns or rows a cell takes, where that is more than one.
pub(super) fn spanned(value: &str) -> Option<u32> {
    value.trim().parse().ok().filter(|cells| (2..=WIDEST).contains(cells))
}

/// Whether a table tells something, rather than giving a text its looks: a row has words in two
/// columns, and no other table stands in it.
fn has_rows_and_columns(table: NodeRef<'_, Node>) -> bool {
    let name = |node: &NodeRef<'_, Node>| match node.value() {
        Node::Element(element) => element.name().to_owned(),
        _ => String::new(),
    };
    let for_looks = table.value().as_element().and_then(|element| element.attr("role"));
    if for_looks.is_some_and(|role| matches!(role.trim(), "presentation" | "none"))
        || table.descendants().skip(1).any(|node| name(&node) == "table")
    {
        return false;
    }
    let has_words = |cell: &NodeRef<'_, Node>| {
        matches!(name(cell).as_str(), "td" | "th")
            && ElementRef::wrap(*cell).is_some_and(|cell| {
                cell.text().any(|words| words.contains(|c: char| !c.is_whitespace()))
            })
    };
    table
        .descendants()
        .filter(|node| name(node) == "tr")
        .any(|row| row.children().filter(has_words).take(2).count() == 2)
}

/// Writes text as HTML.
pub(super) fn escaped(text: &str, into: &mut String) {
    text.chars().for_each(|c| escape(c, into));
}

/// Writes a character as HTML.
fn escape(c: char, into: &mut String) {
    match c {
        '&' => into.push_str("&amp;"),
        '<' => into.push_str("&lt;"),
        '>' => into.push_str("&gt;"),
        '"' => into.push_str("&quot;"),
        _ => into.push(c),
    }
}
