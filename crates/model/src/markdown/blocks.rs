//! Lines become blocks, in one pass: `CommonMark`'s own way, with a stack of what is open.

use super::inline::inline;
use super::{Attribute, DEEPEST, Node, Tree, element};

/// How many cells a note may have that its rows leave out.
const SPARE_CELLS: usize = 1_000;

/// What `source` says.
pub fn parse(source: &str) -> Vec<Node> {
    let mut blocks = Blocks::default();
    for line in source.lines() {
        // Code between fences keeps its tabs.
        if line.contains('\t') && !(blocks.containers.is_empty() && matches!(&blocks.leaf, Leaf::Code { fence, .. } if !fence.is_empty())) {
            blocks.line(&without_tabs(line));
        } else {
            blocks.line(line);
        }
    }
    blocks.keep(0);
    blocks.tree.nodes
}

/// What is open around a line; each is an element of the tree.
enum Container {
    Quote,
    List {
        kind: char,
        /// A blank line is between its items, or in one: they have paragraphs.
        is_loose: bool,
    },
    Item {
        /// How far its lines are indented.
        indent: usize,
    },
}

/// What the last line was part of.
#[derive(Default)]
enum Leaf {
    #[default]
    None,
    Paragraph(String),
    /// Indented code has no fence.
    Code {
        fence: String,
        indent: usize,
        text: String,
    },
    /// The class of each column.
    Table(Vec<Option<&'static str>>),
}

#[derive(Default)]
struct Blocks {
    tree: Tree,
    containers: Vec<Container>,
    leaf: Leaf,
    /// The last line was blank.
    is_after_blank: bool,
    /// Cells that rows left out.
    spared: usize,
}

impl Blocks {
    fn line(&mut self, line: &str) {
        let mut rest = line;
        let mut matched = 0;
        for container in &self.containers {
            let is_empty = matched + 1 == self.containers.len() && self.tree.nodes.is_empty() && matches!(self.leaf, Leaf::None);
            rest = match container {
                Container::Quote if width(rest) < 4 && rest.trim_start().starts_with('>') => quoted(rest.trim_start()),
                Container::List { .. } => rest,
                Container::Item { indent } if width(rest) >= *indent || is_blank(rest) && !is_empty => unindent(rest, *indent),
                _ => break,
            };
            matched += 1;
        }
        if matched == self.containers.len() && self.code(rest) {
            return;
        }
        let before = matched;
        // What begins in this line, from the outside to the inside.
        while width(rest) < 4 {
            if rest.trim_start().starts_with('>') {
                if matched + 1 < DEEPEST {
                    self.begin(matched);
                    self.open(Container::Quote, "blockquote", None);
                    matched = self.containers.len();
                }
                rest = quoted(rest.trim_start());
                continue;
            }
            let (text, is_whole) = (rest.trim(), matched == self.containers.len());
            if is_whole && self.paragraph(text) || self.lone(text, matched, width(rest)) {
                self.is_after_blank = false;
                return;
            }
            let Some(Marker { kind, start, length }) = marker(text) else { break };
            let inside = rest.trim_start().get(length..).unwrap_or_default();
            let is_interruption = is_whole && matches!(self.leaf, Leaf::Paragraph(_));
            if is_interruption && (is_blank(inside) || start.is_some_and(|start| start != 1)) || matched + 2 >= DEEPEST {
                break;
            }
            let outer = width(rest) + length;
            let spaces = width(inside);
            let indent = outer + if is_blank(inside) || spaces > 4 { 1 } else { spaces };
            self.item(matched, kind, start, indent);
            matched = self.containers.len();
            rest = unindent(inside, indent - outer);
        }
        if is_blank(rest) {
            self.keep(matched);
            // In a quote it is the quote's, and beside a marker it is none.
            self.is_after_blank = matched == before && !matches!(self.containers.last(), Some(Container::Quote));
            return;
        }
        let is_whole = matched == self.containers.len();
        match &mut self.leaf {
            // Also where a quote or an item has ended: a paragraph goes on until something else begins.
            Leaf::Paragraph(paragraph) => {
                paragraph.push('\n');
                paragraph.push_str(rest.trim_start());
            }
            Leaf::Table(_) if is_whole => self.row(rest, "td"),
            _ => {
                self.begin(matched);
                self.leaf = Leaf::Paragraph(rest.trim_start().to_owned());
                if width(rest) >= 4 {
                    self.leaf = Leaf::Code { fence: String::new(), indent: 4, text: unindent(rest, 4).to_owned() + "\n" };
                }
            }
        }
        self.is_after_blank = false;
    }

    /// Whether `line` is code, or the end of it.
    fn code(&mut self, line: &str) -> bool {
        let Leaf::Code { fence, indent, text } = &mut self.leaf else { return false };
        let bare = line.trim();
        if fence.is_empty() && width(line) < 4 && !bare.is_empty() {
            return false;
        }
        self.is_after_blank = fence.is_empty() && bare.is_empty();
        let mark = fence.chars().next().unwrap_or_default();
        if !fence.is_empty() && width(line) < 4 && bare.starts_with(fence.as_str()) && bare.trim_start_matches(mark).is_empty() {
            self.end_leaf();
        } else {
            text.push_str(unindent(line, *indent));
            text.push('\n');
        }
        true
    }

    /// Whether `text` makes a heading or a table of the paragraph that it follows.
    fn paragraph(&mut self, text: &str) -> bool {
        let Leaf::Paragraph(paragraph) = &mut self.leaf else { return false };
        for (mark, tag) in [('=', "h3"), ('-', "h4")] {
            if text.starts_with(mark) && text.trim_start_matches(mark).is_empty() {
                let paragraph = std::mem::take(paragraph);
                self.leaf = Leaf::None;
                self.leaf(tag, &paragraph);
                return true;
            }
        }
        if !text.contains('|') || text.contains(|c| !"|:- \t".contains(c)) {
            return false;
        }
        let start = paragraph.rfind('\n').map_or(0, |at| at + 1);
        let head = paragraph.get(start..).unwrap_or_default().to_owned();
        let rules = cells(text);
        let is_rule = |rule: &String| {
            let rule = rule.strip_prefix(':').unwrap_or(rule);
            let rule = rule.strip_suffix(':').unwrap_or(rule);
            !rule.is_empty() && rule.chars().all(|c| c == '-')
        };
        if rules.is_empty() || !rules.iter().all(is_rule) || !head.contains('|') || rules.len() != cells(&head).len() {
            return false;
        }
        paragraph.truncate(start);
        self.end_leaf();
        let class = |rule: &String| match (rule.starts_with(':'), rule.ends_with(':')) {
            (false, true) => Some("to-end"),
            (true, true) => Some("to-center"),
            _ => None,
        };
        self.leaf = Leaf::Table(rules.iter().map(class).collect());
        self.tree.open("table", None);
        self.tree.open("thead", None);
        self.row(&head, "th");
        self.tree.close();
        true
    }

    /// Whether `text` is a heading, a rule or the fence before code.
    fn lone(&mut self, text: &str, matched: usize, indent: usize) -> bool {
        let Some(first) = text.chars().next() else { return false };
        let after = text.trim_start_matches(first);
        let count = text.len() - after.len();
        if first == '#' && count <= 6 && (after.is_empty() || after.starts_with(' ')) {
            let title = after.trim_end_matches('#');
            let title = if title.is_empty() || title.ends_with(' ') { title } else { after };
            self.begin(matched);
            // The panel's own title is an h2.
            let tag = match count {
                1 => "h3",
                2 => "h4",
                3 => "h5",
                _ => "h6",
            };
            self.leaf(tag, title);
        } else if "*-_".contains(first) && text.matches(first).count() > 2 && text.chars().all(|c| c == first || c == ' ') {
            self.begin(matched);
            self.tree.push(element("hr", Vec::new()));
        } else if count > 2 && (first == '~' || first == '`' && !after.contains('`')) {
            self.begin(matched);
            self.leaf = Leaf::Code { fence: text.get(..count).unwrap_or_default().to_owned(), indent, text: String::new() };
        } else {
            return false;
        }
        true
    }

    fn item(&mut self, matched: usize, kind: char, start: Option<u32>, indent: usize) {
        self.keep(matched);
        match self.containers.last_mut() {
            Some(Container::List { kind: known, is_loose }) if *known == kind => *is_loose |= self.is_after_blank,
            _ => {
                self.begin(matched);
                let number = start.filter(|start| *start != 1).map(|start| ("start", start.to_string()));
                let tag = if start.is_some() { "ol" } else { "ul" };
                self.open(Container::List { kind, is_loose: false }, tag, number);
            }
        }
        self.open(Container::Item { indent }, "li", None);
    }

    fn open(&mut self, container: Container, tag: &'static str, attribute: Attribute) {
        self.tree.open(tag, attribute);
        self.containers.push(container);
    }

    /// Room for a block within the first `matched` containers.
    fn begin(&mut self, matched: usize) {
        self.keep(matched);
        if let Some(Container::List { .. }) = self.containers.last() {
            self.keep(self.containers.len() - 1);
        }
        if let [.., Container::List { is_loose, .. }, Container::Item { .. }] = self.containers.as_mut_slice() {
            *is_loose |= self.is_after_blank && !self.tree.nodes.is_empty();
        }
    }

    /// Ends the leaf, and all but the first `count` containers.
    fn keep(&mut self, count: usize) {
        self.end_leaf();
        for container in self.containers.split_off(count).iter().rev() {
            self.tree.close();
            if let (Container::List { is_loose: false, .. }, Some(Node::Element { children, .. })) = (container, self.tree.nodes.last_mut())
            {
                children.iter_mut().for_each(tighten);
            }
        }
    }

    fn end_leaf(&mut self) {
        match std::mem::take(&mut self.leaf) {
            Leaf::Paragraph(text) if !text.is_empty() => self.leaf("p", &text),
            Leaf::Code { fence, mut text, .. } => {
                if fence.is_empty() {
                    text.truncate(text.trim_end_matches('\n').len() + 1);
                }
                self.tree.open("pre", None);
                self.tree.open("code", None);
                self.tree.push(Node::Text(text));
                self.tree.close();
                self.tree.close();
            }
            Leaf::Table(_) => self.tree.close(),
            _ => {}
        }
    }

    fn leaf(&mut self, tag: &'static str, text: &str) {
        self.tree.open(tag, None);
        inline(text, &mut self.tree);
        self.tree.close();
    }

    /// A row of the table that is open.
    fn row(&mut self, line: &str, tag: &'static str) {
        let Leaf::Table(columns) = &self.leaf else { return };
        let cells = cells(line);
        self.tree.open("tr", None);
        for (column, class) in columns.iter().enumerate() {
            let cell = cells.get(column).map_or("", String::as_str);
            self.spared += usize::from(column >= cells.len());
            if self.spared > SPARE_CELLS {
                break;
            }
            self.tree.open(tag, class.map(|class| ("class", class.to_owned())));
            inline(cell, &mut self.tree);
            self.tree.close();
        }
        self.tree.close();
    }
}

struct Marker {
    /// `-`, `+`, `*`, `.` or `)`: another one begins another list.
    kind: char,
    start: Option<u32>,
    length: usize,
}

/// The marker of an item at the start of `text`.
fn marker(text: &str) -> Option<Marker> {
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - after.len();
    let kind = after.chars().next().filter(|c| if digits == 0 { "-+*" } else { ".)" }.contains(*c))?;
    let start = if digits == 0 { None } else { Some(text.get(..digits).filter(|_| digits < 10)?.parse().ok()?) };
    let is_alone = after.get(1..)?.chars().next().is_none_or(|c| c == ' ');
    is_alone.then_some(Marker { kind, start, length: digits + 1 })
}

/// The cells of a row; an escaped `|` is none between two.
fn cells(row: &str) -> Vec<String> {
    let row = row.trim();
    let mut cells = vec![String::new()];
    let mut is_escaped = false;
    for c in row.strip_prefix('|').unwrap_or(row).chars() {
        if c == '|' && !is_escaped {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            if c == '|' {
                cell.pop();
            }
            cell.push(c);
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    if cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    for cell in &mut cells {
        *cell = cell.trim().to_owned();
    }
    cells
}

/// Items of a list without blank lines have no paragraphs.
fn tighten(item: &mut Node) {
    let Node::Element { children, .. } = item else { return };
    for child in std::mem::take(children) {
        match child {
            Node::Element { tag: "p", children: inner, .. } => children.extend(inner),
            other => children.push(other),
        }
    }
}

/// What is after the `>` at the start of `text`.
fn quoted(text: &str) -> &str {
    let inside = text.get(1..).unwrap_or_default();
    inside.strip_prefix(' ').unwrap_or(inside)
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// How many spaces `text` begins with.
fn width(text: &str) -> usize {
    text.len() - text.trim_start_matches(' ').len()
}

/// `text` without `columns` of the spaces that it begins with, as far as it has them.
fn unindent(text: &str, columns: usize) -> &str {
    text.get(columns.min(width(text))..).unwrap_or_default()
}

/// `line` with spaces for the tabs that count as indentation: they stop at each fourth column.
fn without_tabs(line: &str) -> String {
    let mut spaced = String::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next().filter(|c| c.is_ascii_digit() || "\t >-+*.)#".contains(*c)) {
        spaced.push(if c == '\t' { ' ' } else { c });
        while c == '\t' && !spaced.len().is_multiple_of(4) {
            spaced.push(' ');
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    spaced + rest
}
