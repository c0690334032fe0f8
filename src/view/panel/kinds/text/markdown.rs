//! A note in Markdown as a tree of elements: `CommonMark`, with the tables and the strikethrough of GitHub.
//!
//! HTML in a note stays text, with all the content of an HTML block. An image becomes its alternative text. Variables are replaced when DOM
//! elements are built from the tree, never before: a value is always text or a part of a URL, never Markdown.

#[cfg(test)]
mod tests;

use pulldown_cmark::{Alignment, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

/// The greatest depth of elements. Deeper content stays in its place, without its own elements.
const DEEPEST: usize = 24;

/// The name of an attribute, and its value.
type Attribute = Option<(&'static str, String)>;

/// A part of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Text, still with its `$variables`.
    Text(String),
    /// An element.
    Element {
        /// Its tag name.
        tag: &'static str,
        /// Its attribute, if it has one. The `href` of an `a` still has its `$variables`, and is not checked yet.
        attribute: Attribute,
        /// Its children.
        children: Vec<Node>,
    },
}

/// Parses `source`.
pub fn parse(source: &str) -> Vec<Node> {
    let mut tree = Tree::default();
    for event in Parser::new_ext(source, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        tree.read(event);
    }
    tree.nodes
}

/// An element that is still open.
struct Open {
    tag: &'static str,
    attribute: Attribute,
    /// The nodes before it in its parent.
    before: Vec<Node>,
}

/// The tree while it is built.
#[derive(Default)]
struct Tree {
    /// The children of the innermost open element, or the top level.
    nodes: Vec<Node>,
    open: Vec<Open>,
    /// How many open elements are too deep and get no node.
    deeper: usize,
    /// The alignments of the columns of the last table.
    columns: Vec<Alignment>,
    /// The index of the column of the next cell.
    column: usize,
    /// Whether the next cell is in the head of a table.
    is_head: bool,
}

impl Tree {
    fn read(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => names(end, self.is_head).iter().for_each(|_| self.close()),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(code) => {
                self.open("code", None);
                self.text(&code);
                self.close();
            }
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.lone("br"),
            Event::Rule => self.lone("hr"),
            // Events of options that are off.
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        let part = tag.to_end();
        let attribute = match tag {
            Tag::List(Some(first)) if first != 1 => Some(("start", first.to_string())),
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => Some(("href", format!("mailto:{dest_url}"))),
            Tag::Link { dest_url, .. } => Some(("href", dest_url.into_string())),
            Tag::Table(columns) => {
                self.columns = columns;
                None
            }
            Tag::TableHead | Tag::TableRow => {
                self.column = 0;
                self.is_head = part == TagEnd::TableHead;
                None
            }
            Tag::TableCell => {
                let alignment = self.columns.get(self.column);
                self.column += 1;
                match alignment {
                    Some(Alignment::Right) => Some(("class", "to-end".to_owned())),
                    Some(Alignment::Center) => Some(("class", "to-center".to_owned())),
                    _ => None,
                }
            }
            _ => None,
        };
        for name in names(part, self.is_head) {
            self.open(name, attribute.clone());
        }
    }

    fn open(&mut self, tag: &'static str, attribute: Attribute) {
        if self.open.len() < DEEPEST {
            self.open.push(Open { tag, attribute, before: std::mem::take(&mut self.nodes) });
        } else {
            self.deeper += 1;
        }
    }

    fn close(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
        } else if let Some(Open { tag, attribute, before }) = self.open.pop() {
            let children = std::mem::replace(&mut self.nodes, before);
            self.nodes.push(Node::Element { tag, attribute, children });
        }
    }

    fn lone(&mut self, tag: &'static str) {
        self.nodes.push(Node::Element { tag, attribute: None, children: Vec::new() });
    }

    /// Appends text. Adjacent texts are merged: the parser gives `$a_b` in pieces.
    fn text(&mut self, text: &str) {
        match self.nodes.last_mut() {
            _ if text.is_empty() => {}
            Some(Node::Text(last)) => last.push_str(text),
            _ => self.nodes.push(Node::Text(text.to_owned())),
        }
    }
}

/// The HTML tags for a Markdown element, from the outside to the inside.
fn names(part: TagEnd, is_head: bool) -> &'static [&'static str] {
    match part {
        TagEnd::Paragraph | TagEnd::HtmlBlock => &["p"],
        // The panel's own title is an h2.
        TagEnd::Heading(HeadingLevel::H1) => &["h3"],
        TagEnd::Heading(HeadingLevel::H2) => &["h4"],
        TagEnd::Heading(HeadingLevel::H3) => &["h5"],
        TagEnd::Heading(_) => &["h6"],
        TagEnd::BlockQuote(_) => &["blockquote"],
        TagEnd::CodeBlock => &["pre", "code"],
        TagEnd::List(true) => &["ol"],
        TagEnd::List(false) => &["ul"],
        TagEnd::Item => &["li"],
        TagEnd::Emphasis => &["em"],
        TagEnd::Strong => &["strong"],
        TagEnd::Strikethrough => &["del"],
        TagEnd::Link => &["a"],
        TagEnd::Table => &["table"],
        TagEnd::TableHead => &["thead", "tr"],
        TagEnd::TableRow => &["tr"],
        TagEnd::TableCell if is_head => &["th"],
        TagEnd::TableCell => &["td"],
        // Images, and elements of options that are off.
        _ => &[],
    }
}
