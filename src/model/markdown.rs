//! Notes in Markdown, as a tree of elements: `CommonMark`, with the tables and the strikethrough of GitHub.
//!
//! HTML in a note is text, an image is the text that stands for it. Variables are put in when the tree is made, never before: a value
//! is text or a part of an address, whatever it looks like.

use super::variable::{ALL, interpolate_with};
use pulldown_cmark::{Alignment, Event, HeadingLevel, LinkType, Options, Parser, Tag};

/// What is nested more deeply stands where it is, without an element of its own.
const DEEPEST: usize = 24;

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

/// What `source` says.
pub fn parse(source: &str) -> Vec<Node> {
    let mut tree = Tree::default();
    for event in Parser::new_ext(source, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        tree.add(event);
    }
    // Each start has its end.
    tree.nodes
}

/// `text` with the chosen values of `variables`, several of one with commas between them, and `all` where all are chosen.
pub fn fill(text: &str, variables: &[(String, Vec<String>)], all: &str) -> String {
    interpolate_with(text, &|name, _| {
        let (_, values) = variables.iter().find(|(known, _)| known == name)?;
        Some(values.iter().map(|value| if value == ALL { all } else { value }).collect::<Vec<_>>().join(", "))
    })
}

/// An element that is not at its end yet.
struct Open {
    tag: Option<&'static str>,
    attribute: Option<(&'static str, String)>,
    /// What stands before it.
    before: Vec<Node>,
}

#[derive(Default)]
struct Tree {
    /// In what is open, or on top.
    nodes: Vec<Node>,
    open: Vec<Open>,
    /// Of the columns of the table.
    alignments: Vec<Alignment>,
    /// The cell of its row.
    column: usize,
}

impl Tree {
    fn add(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => {
                let (tag, attribute) = self.element(tag);
                let tag = tag.filter(|_| self.open.len() < DEEPEST);
                self.open.push(Open { tag, attribute, before: std::mem::take(&mut self.nodes) });
            }
            Event::End(_) => self.close(),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.push(Node::Text(text.into_string())),
            Event::Code(text) => self.push(element("code", vec![Node::Text(text.into_string())])),
            Event::SoftBreak => self.push(Node::Text("\n".to_owned())),
            Event::HardBreak => self.push(element("br", Vec::new())),
            Event::Rule => self.push(element("hr", Vec::new())),
            // Of extensions that are not on.
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    /// The element for a tag; none where only what is in it counts.
    fn element(&mut self, tag: Tag<'_>) -> (Option<&'static str>, Option<(&'static str, String)>) {
        let name = match tag {
            Tag::Paragraph | Tag::HtmlBlock => "p",
            // The panel's own title is an h2.
            Tag::Heading { level: HeadingLevel::H1, .. } => "h3",
            Tag::Heading { level: HeadingLevel::H2, .. } => "h4",
            Tag::Heading { level: HeadingLevel::H3, .. } => "h5",
            Tag::Heading { .. } => "h6",
            Tag::BlockQuote(_) => "blockquote",
            Tag::CodeBlock(_) => "pre",
            Tag::List(None) => "ul",
            Tag::List(Some(1)) => "ol",
            Tag::List(Some(start)) => return (Some("ol"), Some(("start", start.to_string()))),
            Tag::Item => "li",
            Tag::Emphasis => "em",
            Tag::Strong => "strong",
            Tag::Strikethrough => "del",
            Tag::Link { link_type, dest_url, .. } => {
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                return (Some("a"), Some(("href", format!("{scheme}{dest_url}"))));
            }
            Tag::Table(alignments) => {
                self.alignments = alignments;
                "table"
            }
            Tag::TableHead | Tag::TableRow => {
                self.column = 0;
                if tag == Tag::TableHead { "thead" } else { "tr" }
            }
            Tag::TableCell => {
                let class = match self.alignments.get(self.column) {
                    Some(Alignment::Right) => Some("to-end"),
                    Some(Alignment::Center) => Some("to-center"),
                    _ => None,
                };
                self.column += 1;
                let in_head = self.open.last().is_some_and(|row| row.tag == Some("thead"));
                return (Some(if in_head { "th" } else { "td" }), class.map(|class| ("class", class.to_owned())));
            }
            _ => return (None, None),
        };
        (Some(name), None)
    }

    fn close(&mut self) {
        let Some(Open { tag, attribute, before }) = self.open.pop() else { return };
        let children = std::mem::replace(&mut self.nodes, before);
        match tag {
            None => children.into_iter().for_each(|child| self.push(child)),
            Some("pre") => self.push(element("pre", vec![element("code", children)])),
            Some("thead") => self.push(element("thead", vec![element("tr", children)])),
            Some(tag) => self.push(Node::Element { tag, attribute, children }),
        }
    }

    /// Texts beside each other are one: `$a_b` comes in pieces.
    fn push(&mut self, node: Node) {
        match (self.nodes.last_mut(), node) {
            (Some(Node::Text(last)), Node::Text(text)) => last.push_str(&text),
            (_, node) => self.nodes.push(node),
        }
    }
}

fn element(tag: &'static str, children: Vec<Node>) -> Node {
    Node::Element { tag, attribute: None, children }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// As HTML, so that it can be read.
    fn html(nodes: &[Node]) -> String {
        let one = |node: &Node| match node {
            Node::Text(text) => text.replace('<', "&lt;"),
            Node::Element { tag, attribute, children } => {
                let attribute = attribute.as_ref().map(|(name, value)| format!(" {name}={value}")).unwrap_or_default();
                format!("<{tag}{attribute}>{}</{tag}>", html(children))
            }
        };
        nodes.iter().map(one).collect()
    }

    fn read(source: &str) -> String {
        html(&parse(source)).replace("</br>", "").replace("</hr>", "")
    }

    #[test]
    fn blocks_are_elements() {
        for (source, expected) in [
            ("a\nb\n\nc", "<p>a\nb</p><p>c</p>"),
            ("a  \nb\\\nc", "<p>a<br>b<br>c</p>"),
            ("# A\n## B\n### C\n#### D\n###### F", "<h3>A</h3><h4>B</h4><h5>C</h5><h6>D</h6><h6>F</h6>"),
            ("A\n===\nB\n---", "<h3>A</h3><h4>B</h4>"),
            ("- a\n- b\n  1. c\n  2. d", "<ul><li>a</li><li>b<ol><li>c</li><li>d</li></ol></li></ul>"),
            ("3. a\n4. b", "<ol start=3><li>a</li><li>b</li></ol>"),
            ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
            ("> a\n> > b", "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>"),
            ("```promql\nrate(a[5m])\n# no heading\n```", "<pre><code>rate(a[5m])\n# no heading\n</code></pre>"),
            ("    a *b*", "<pre><code>a *b*</code></pre>"),
            ("a\n\n---\nb", "<p>a</p><hr><p>b</p>"),
            ("", ""),
        ] {
            assert_eq!(read(source), expected, "{source:?}");
        }
    }

    #[test]
    fn what_is_in_a_line_is_elements() {
        for (source, expected) in [
            ("*a* **b** ***c*** ~~d~~", "<p><em>a</em> <strong>b</strong> <em><strong>c</strong></em> <del>d</del></p>"),
            ("`a *b*` ``c`d``", "<p><code>a *b*</code> <code>c`d</code></p>"),
            ("\\*a\\* &amp; snake_case_name", "<p>*a* & snake_case_name</p>"),
            ("[a *b*](https://x.example/?a=b \"title\")", "<p><a href=https://x.example/?a=b>a <em>b</em></a></p>"),
            ("[a][1]\n\n[1]: ?d=x", "<p><a href=?d=x>a</a></p>"),
            (
                "<https://x.example> <a@x.example>",
                "<p><a href=https://x.example>https://x.example</a> <a href=mailto:a@x.example>a@x.example</a></p>",
            ),
            ("![a *b*](https://x.example/i.png) c", "<p>a <em>b</em> c</p>"),
            ("[![badge](i.svg)](/ci)", "<p><a href=/ci>badge</a></p>"),
        ] {
            assert_eq!(read(source), expected, "{source:?}");
        }
    }

    #[test]
    fn tables_have_a_head_and_aligned_columns() {
        let table = "| a | b | c |\n|---|--:|:-:|\n| 1 | *2* | 3 |\n| 4 |";
        let head = "<thead><tr><th>a</th><th class=to-end>b</th><th class=to-center>c</th></tr></thead>";
        let first = "<tr><td>1</td><td class=to-end><em>2</em></td><td class=to-center>3</td></tr>";
        let second = "<tr><td>4</td><td class=to-end></td><td class=to-center></td></tr>";
        assert_eq!(read(table), format!("<table>{head}{first}{second}</table>"));
    }

    #[test]
    fn html_is_text() {
        for (source, expected) in [
            ("<b>a</b> *b*", "<p>&lt;b>a&lt;/b> <em>b</em></p>"),
            ("<script>alert(1)</script>", "<p>&lt;script>alert(1)&lt;/script></p>"),
            ("<div onclick=x>\n*a*\n</div>", "<p>&lt;div onclick=x>\n*a*\n&lt;/div></p>"),
            ("a <!-- b -->", "<p>a &lt;!-- b --></p>"),
            ("&lt;b&gt;", "<p>&lt;b></p>"),
        ] {
            assert_eq!(read(source), expected, "{source:?}");
        }
    }

    #[test]
    fn variables_are_in_one_piece() {
        for text in ["$my_env_x", "${job:raw}", "[[job]]", "${a_b} *", "$a*b"] {
            assert_eq!(parse(text), [element("p", vec![Node::Text(text.to_owned())])], "{text:?}");
        }
        assert_eq!(read("`$job` [x](?j=${job})"), "<p><code>$job</code> <a href=?j=${job}>x</a></p>");
    }

    #[test]
    fn values_are_put_in_as_they_are() {
        let values = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
        let variables = [("a".to_owned(), values(&["*x*", "$b"])), ("b".to_owned(), values(&["y"])), ("c".to_owned(), values(&[ALL]))];
        assert_eq!(fill("$a, ${b:raw}, [[c]], $d", &variables, "All"), "*x*, $b, y, All, $d");
    }

    #[test]
    fn depth_has_an_end() {
        let deep = parse(&(">".repeat(5_000) + " a"));
        let mut depth = 0;
        let mut nodes = deep.as_slice();
        while let [Node::Element { children, .. }] = nodes {
            depth += 1;
            nodes = children;
        }
        assert_eq!((depth, nodes), (DEEPEST, [Node::Text("a".to_owned())].as_slice()));
        assert!(read(&("[".repeat(5_000) + &"](x)".repeat(5_000))).contains("href=x"));
    }

    proptest! {
        #[test]
        fn no_note_is_too_odd_to_be_read(source in r"([ \n#*_~`>|<\[\]()!\\$&;:a1.+-]|\PC){0,60}") {
            // Only these, and so nothing that runs.
            let known = ["p", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "ul", "ol", "li", "em", "strong", "del", "a", "table", "thead", "tr", "th", "td", "br", "hr"];
            let mut nodes = parse(&source);
            while let Some(node) = nodes.pop() {
                let Node::Element { tag, attribute, children } = node else { continue };
                prop_assert!(known.contains(&tag));
                prop_assert!(attribute.is_none_or(|(name, _)| ["href", "start", "class"].contains(&name)));
                nodes.extend(children);
            }
        }
    }
}
