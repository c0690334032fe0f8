//! What is in a paragraph, a heading or a cell. Each character is looked at a bounded number of times, whatever the text.

use super::{Attribute, Node, Tree, element};

/// What may begin something else than text.
const SPECIAL: &str = "\\`*_~[]!<&\n";
/// How many openers back the one of a closer is looked for.
const FAR: usize = 48;
/// How many brackets an address may have in each other.
const DEEPEST_ADDRESS: usize = 32;

/// Puts what `text` says into `tree`.
pub(super) fn inline(text: &str, tree: &mut Tree) {
    let text = text.trim();
    let mut line = Line::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let before = text.get(..text.len() - rest.len()).and_then(|before| before.chars().next_back()).unwrap_or(' ');
        let after = match first {
            '\\' | '&' => line.escape(rest),
            '`' => Some(line.code(rest)),
            '*' | '_' | '~' => Some(line.run(rest, first, before)),
            '[' | '!' => line.bracket(rest),
            ']' => line.link(rest),
            '<' => line.autolink(rest),
            '\n' => Some(line.end(rest)),
            _ => Some(line.text(rest, rest.find(|c| SPECIAL.contains(c)).unwrap_or(rest.len()))),
        };
        rest = after.unwrap_or_else(|| line.text(rest, first.len_utf8()));
    }
    line.pair(0);
    for piece in line.pieces {
        match piece {
            Piece::Node(node) => tree.push(node),
            Piece::Start(tag, attribute) => tree.open(tag, attribute),
            Piece::End => tree.close(),
        }
    }
}

enum Piece {
    Node(Node),
    Start(&'static str, Attribute),
    End,
}

/// Some `*`, `_` or `~`; each is a piece of its own until it is known what it is.
struct Run {
    mark: char,
    /// The first piece that is left, and how many are.
    at: usize,
    count: usize,
    /// How many there were.
    whole: usize,
    opens: bool,
    closes: bool,
}

/// A `[` or `![`.
struct Bracket {
    image: bool,
    at: usize,
    /// How many runs are before it.
    runs: usize,
}

#[derive(Default)]
struct Line {
    pieces: Vec<Piece>,
    runs: Vec<Run>,
    brackets: Vec<Bracket>,
    /// How many of the brackets have a link in them, and so can be none.
    linked: usize,
    /// The lengths of backticks that nothing closes any more, as bits.
    unclosed: u64,
}

// Each takes something from the start of `rest`, and returns what is after it; none if that is only text.
impl Line {
    fn text<'a>(&mut self, rest: &'a str, length: usize) -> &'a str {
        let (text, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        self.pieces.push(Piece::Node(Node::Text(text.to_owned())));
        after
    }

    fn escape<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        if let Some(after) = rest.strip_prefix("\\\n") {
            self.pieces.push(Piece::Node(element("br", Vec::new())));
            return Some(after);
        }
        let (c, after) = escaped(rest)?;
        self.pieces.push(Piece::Node(Node::Text(c.to_string())));
        Some(after)
    }

    fn end<'a>(&mut self, rest: &'a str) -> &'a str {
        let mut is_break = false;
        if let Some(Piece::Node(Node::Text(text))) = self.pieces.last_mut() {
            is_break = text.ends_with("  ");
            text.truncate(text.trim_end_matches([' ', '\t']).len());
        }
        if !is_break {
            return self.text(rest, 1);
        }
        self.pieces.push(Piece::Node(element("br", Vec::new())));
        rest.trim_start()
    }

    fn code<'a>(&mut self, rest: &'a str) -> &'a str {
        let content = rest.trim_start_matches('`');
        let length = rest.len() - content.len();
        // So many that no bit is left for them are text.
        let bit = u32::try_from(length).ok().and_then(|length| 1_u64.checked_shl(length)).unwrap_or_default();
        let mut tail = content;
        while !self.unclosed & bit != 0 {
            let Some((_, run)) = tail.find('`').and_then(|at| tail.split_at_checked(at)) else {
                self.unclosed |= bit;
                break;
            };
            tail = run.trim_start_matches('`');
            if run.len() - tail.len() == length {
                let code = content.get(..content.len() - run.len()).unwrap_or_default().replace('\n', " ");
                let inner = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' ')).filter(|code| !code.trim().is_empty());
                self.pieces.push(Piece::Node(element("code", vec![Node::Text(inner.unwrap_or(&code).to_owned())])));
                return tail;
            }
        }
        self.text(rest, length)
    }

    fn run<'a>(&mut self, rest: &'a str, mark: char, before: char) -> &'a str {
        let after = rest.trim_start_matches(mark);
        let next = after.chars().next().unwrap_or(' ');
        let (count, at) = (rest.len() - after.len(), self.pieces.len());
        self.pieces.extend((0..count).map(|_| Piece::Node(Node::Text(mark.to_string()))));
        let (mark_before, mark_after) = (is_mark(before), is_mark(next));
        let starts = !next.is_whitespace() && (!mark_after || before.is_whitespace() || mark_before);
        let ends = !before.is_whitespace() && (!mark_before || next.is_whitespace() || mark_after);
        // `snake_case` is a word.
        let opens = starts && (mark != '_' || !ends || mark_before);
        let closes = ends && (mark != '_' || !starts || mark_after);
        if mark != '~' || count <= 2 {
            self.runs.push(Run { mark, at, count, whole: count, opens, closes });
        }
        after
    }

    fn bracket<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        let image = rest.starts_with("![");
        if !image && !rest.starts_with('[') {
            return None;
        }
        self.brackets.push(Bracket { image, at: self.pieces.len(), runs: self.runs.len() });
        Some(self.text(rest, if image { 2 } else { 1 }))
    }

    fn link<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        let Bracket { image, at, runs } = self.brackets.pop()?;
        let is_free = image || self.brackets.len() >= self.linked;
        self.linked = self.linked.min(self.brackets.len());
        let (url, after) = address(rest.strip_prefix(']')?).filter(|_| is_free)?;
        self.pair(runs);
        if image {
            self.put(at, Piece::Node(Node::Text(String::new())));
        } else {
            self.put(at, Piece::Start("a", Some(("href", url))));
            self.pieces.push(Piece::End);
            self.linked = self.brackets.len();
        }
        Some(after)
    }

    /// `<https://…>` or `<someone@example>`.
    fn autolink<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        let inside = rest.strip_prefix('<')?;
        let (url, after) = inside.split_at_checked(inside.find(|c: char| c == '<' || c == '>' || c.is_whitespace())?)?;
        let after = after.strip_prefix('>')?;
        let is_name = |name: &str, marks: &str| name.len() > 1 && name.chars().all(|c| c.is_ascii_alphanumeric() || marks.contains(c));
        let prefix = if url.split_once(':').is_some_and(|(scheme, _)| is_name(scheme, "+.-")) {
            ""
        } else {
            url.split_once('@').filter(|(name, host)| is_name(&format!("{name}."), "+.-_") && is_name(host, ".-"))?;
            "mailto:"
        };
        self.pieces.push(Piece::Start("a", Some(("href", [prefix, url].concat()))));
        self.text(url, url.len());
        self.pieces.push(Piece::End);
        Some(after)
    }

    fn put(&mut self, at: usize, piece: Piece) {
        if let Some(place) = self.pieces.get_mut(at) {
            *place = piece;
        }
    }

    /// Makes elements of the runs after the first `from`.
    fn pair(&mut self, from: usize) {
        let mut openers: Vec<Run> = Vec::new();
        for mut run in self.runs.split_off(from) {
            while run.closes && run.count > 0 {
                let near = openers.iter().enumerate().rev().take(FAR).find(|(_, opener)| fit(opener, &run));
                let Some(keep) = near.map(|(index, _)| index + 1) else { break };
                openers.truncate(keep);
                let Some(opener) = openers.last_mut() else { break };
                let width = opener.count.min(run.count).min(2);
                opener.count -= width;
                let (start, end) = (opener.at + opener.count, run.at);
                run.at += width;
                run.count -= width;
                if opener.count == 0 {
                    openers.pop();
                }
                for mark in 0..width {
                    self.put(start + mark, Piece::Node(Node::Text(String::new())));
                    self.put(end + mark, Piece::Node(Node::Text(String::new())));
                }
                let tag = match (run.mark, width) {
                    ('~', _) => "del",
                    (_, 1) => "em",
                    _ => "strong",
                };
                self.put(start, Piece::Start(tag, None));
                self.put(end, Piece::End);
            }
            if run.opens && run.count > 0 {
                openers.push(run);
            }
        }
    }
}

/// Whether `run` may close `opener`. The rule of three keeps `*a**b*` one element.
fn fit(opener: &Run, run: &Run) -> bool {
    let by_three = opener.whole.is_multiple_of(3) && run.whole.is_multiple_of(3);
    opener.mark == run.mark
        && if run.mark == '~' {
            opener.count == run.count
        } else {
            by_three || !(opener.closes || run.opens) || !(opener.whole + run.whole).is_multiple_of(3)
        }
}

/// Punctuation and symbols, roughly: the tables of Unicode are large.
fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation() || matches!(c, '\u{a1}'..='\u{bf}' | '\u{2010}'..='\u{2bff}' | '\u{3001}'..='\u{303f}')
}

/// The character that an escape or an entity at the start of `text` stands for, and what is after it.
fn escaped(text: &str) -> Option<(char, &str)> {
    if let Some(after) = text.strip_prefix('\\') {
        return after.chars().next().filter(char::is_ascii_punctuation).zip(after.get(1..));
    }
    let entities = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&nbsp;", '\u{a0}')];
    entities.iter().find_map(|(name, c)| Some((*c, text.strip_prefix(name)?)))
}

/// The address in `(address "title")` at the start of `text`, and what is after it.
fn address(text: &str) -> Option<(String, &str)> {
    let text = text.strip_prefix('(')?.trim_start();
    let (url, after) = if let Some(inside) = text.strip_prefix('<') {
        let (url, after) = until(inside, &mut |c| matches!(c, '<' | '>' | '\n'))?;
        (url, after.strip_prefix('>')?)
    } else {
        let mut depth = 0;
        let (url, after) = until(text, &mut |c| {
            match c {
                '(' => depth += 1,
                ')' if depth == 0 => return true,
                ')' => depth -= 1,
                _ => {}
            }
            c.is_whitespace() || depth > DEEPEST_ADDRESS
        })?;
        (url, Some(after).filter(|_| depth == 0)?)
    };
    let mut end = after.trim_start();
    for (open, close) in [('"', '"'), ('\'', '\''), ('(', ')')] {
        if end.len() < after.len()
            && let Some(title) = end.strip_prefix(open)
        {
            end = until(title, &mut |c| c == close || c == open)?.1.strip_prefix(close)?.trim_start();
            break;
        }
    }
    let after = end.strip_prefix(')')?;
    let (mut plain, mut url) = (String::new(), url);
    while let Some(first) = url.chars().next() {
        let (c, rest) = escaped(url).or_else(|| Some((first, url.get(first.len_utf8()..)?)))?;
        plain.push(c);
        url = rest;
    }
    Some((plain, after))
}

/// `text` up to the first character that `stops` names and no backslash escapes, and from there.
fn until<'a>(text: &'a str, stops: &mut dyn FnMut(char) -> bool) -> Option<(&'a str, &'a str)> {
    let mut is_escaped = false;
    let at = text.find(|c: char| {
        let stop = !(is_escaped && c.is_ascii_punctuation()) && stops(c);
        is_escaped = c == '\\' && !is_escaped;
        stop
    });
    text.split_at_checked(at?)
}
