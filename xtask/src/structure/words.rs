//! Finds words that must not be in code: those that turn text into markup, and browser crates where they are not allowed.

use anyhow::{Result, anyhow};
use proc_macro2::{Delimiter, LexError, TokenStream, TokenTree};

/// Names that turn text into markup, in lower case and without underscores: `set_inner_html` and `innerHTML` are the same.
const MARKUP: [&str; 4] = ["innerhtml", "outerhtml", "insertadjacenthtml", "srcdoc"];
/// The prefixes of crates that work only in a browser, or are about one.
const BROWSER: [&str; 5] = ["leptos", "web_sys", "js_sys", "gloo_", "wasm_bindgen"];

/// An identifier, or a literal.
struct Word {
    line: usize,
    text: String,
    is_literal: bool,
}

/// The places where `text` turns text into markup: line and word.
pub fn markup(text: &str) -> Result<Vec<(usize, String)>> {
    let is_markup = |word: &Word| {
        let plain = word.text.to_lowercase().replace('_', "");
        MARKUP.iter().any(|markup| plain.contains(markup))
    };
    found(text, is_markup)
}

/// The places where `text` names a browser crate: line and word.
pub fn browser(text: &str) -> Result<Vec<(usize, String)>> {
    found(text, |word| !word.is_literal && BROWSER.iter().any(|browser| word.text.trim_start_matches("r#").starts_with(browser)))
}

fn found(text: &str, is_wanted: impl Fn(&Word) -> bool) -> Result<Vec<(usize, String)>> {
    let tokens: TokenStream =
        text.trim_start_matches('\u{feff}').parse().map_err(|error: LexError| anyhow!("line {}: {error}", error.span().start().line))?;
    let mut words = Vec::new();
    collect(tokens, &mut words);
    Ok(words.into_iter().filter(is_wanted).map(|word| (word.line, word.text)).collect())
}

/// Comments are no tokens. Doc comments are: they come as `#[doc = "…"]` and are skipped.
fn collect(tokens: TokenStream, words: &mut Vec<Word>) {
    for token in tokens {
        let line = token.span().start().line;
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket && is_doc(&group.stream()) => {}
            TokenTree::Group(group) => collect(group.stream(), words),
            TokenTree::Ident(ident) => words.push(Word { line, text: ident.to_string(), is_literal: false }),
            TokenTree::Literal(literal) => words.push(Word { line, text: literal.to_string(), is_literal: true }),
            TokenTree::Punct(_) => {}
        }
    }
}

fn is_doc(tokens: &TokenStream) -> bool {
    let mut tokens = tokens.clone().into_iter();
    matches!(tokens.next(), Some(TokenTree::Ident(ident)) if ident == "doc")
        && matches!(tokens.next(), Some(TokenTree::Punct(punct)) if punct.as_char() == '=')
}
