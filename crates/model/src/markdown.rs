//! Notes in Markdown, as a tree of elements: what notes need of `CommonMark`, with the tables and the strikethrough of GitHub.
//!
//! HTML in a note is text, an image is the text that stands for it, and links have their address beside them: there are no references.
//! Variables are put in when the tree is made, never before: a value is text or a part of an address, whatever it looks like.

mod blocks;
mod inline;
#[cfg(test)]
mod tests;

use super::variable::{ALL, interpolate_with};
pub use blocks::parse;

/// What is nested more deeply stands where it is, without an element of its own.
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
        /// Its name.
        tag: &'static str,
        /// Its attribute, if it has one. The `href` of an `a` still has its `$variables`, and nobody has checked it.
        attribute: Option<(&'static str, String)>,
        /// What is in it.
        children: Vec<Node>,
    },
}

/// `text` with the chosen values of `variables`, several of one with commas between them, and `all` where all are chosen.
pub fn fill(text: &str, variables: &[(String, Vec<String>)], all: &str) -> String {
    interpolate_with(text, &|name, _| {
        let (_, values) = variables.iter().find(|(known, _)| known == name)?;
        Some(values.iter().map(|value| if value == ALL { all } else { value }).collect::<Vec<_>>().join(", "))
    })
}

fn element(tag: &'static str, children: Vec<Node>) -> Node {
    Node::Element { tag, attribute: None, children }
}

/// An element that is not at its end yet.
struct Open {
    tag: &'static str,
    attribute: Attribute,
    /// What stands before it.
    before: Vec<Node>,
}

/// A note in the making.
#[derive(Default)]
struct Tree {
    /// In what is open, or on top.
    nodes: Vec<Node>,
    open: Vec<Open>,
    /// How many are open that are too deep for an element.
    deeper: usize,
}

impl Tree {
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

    /// Texts beside each other are one: `$a_b` comes in pieces.
    fn push(&mut self, node: Node) {
        match (self.nodes.last_mut(), node) {
            (_, Node::Text(text)) if text.is_empty() => {}
            (Some(Node::Text(last)), Node::Text(text)) => last.push_str(&text),
            (_, node) => self.nodes.push(node),
        }
    }
}
