//! Finds paths in the tokens of macros, which are not parsed into a syntax tree.

use proc_macro2::{Spacing, TokenStream, TokenTree};

use super::syntax::word;

/// A path and the line where it begins.
pub type Named = (Vec<String>, usize);

/// All paths in `tokens`, single names too, but no fields, methods, lifetimes, macro names or macro variables.
pub fn paths(tokens: TokenStream) -> Vec<Named> {
    let mut reader = Reader::default();
    reader.read(tokens);
    reader.found
}

#[derive(Default)]
struct Reader {
    found: Vec<Named>,
    /// The path that is being read.
    path: Vec<String>,
    line: usize,
    /// The punctuation since the last name.
    between: String,
}

impl Reader {
    fn read(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(punct) => self.between.push(punct.as_char()),
                TokenTree::Ident(ident) => {
                    let is_macro =
                        matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '!' && next.spacing() == Spacing::Alone);
                    self.name(word(&ident), ident.span().start().line, is_macro);
                }
                TokenTree::Group(group) => {
                    let is_attribute = self.between.ends_with('#') || self.between.ends_with("#!");
                    self.end();
                    if !is_attribute {
                        self.read(group.stream());
                    }
                    self.end();
                    // A `.` or `::` after a group continues the group, so no path begins there.
                    self.between.push(')');
                }
                TokenTree::Literal(_) => {
                    self.end();
                    self.between.push('0');
                }
            }
        }
        self.end();
    }

    fn name(&mut self, name: String, line: usize, is_macro: bool) {
        if self.between == "::" && !self.path.is_empty() {
            self.path.push(name);
            self.between.clear();
            return;
        }
        let before = std::mem::take(&mut self.between);
        self.end();
        let goes_on = before.ends_with("::") || before.ends_with('.') && !before.ends_with("..");
        let is_variable = before.ends_with('$') && name != "crate";
        if goes_on || is_variable || is_macro || before.ends_with('\'') {
            return;
        }
        self.path = vec![name];
        self.line = line;
    }

    fn end(&mut self) {
        if !self.path.is_empty() {
            self.found.push((std::mem::take(&mut self.path), self.line));
        }
        self.between.clear();
    }
}
