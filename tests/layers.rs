//! The law of `src/`, checked on its text: who may name whom, where the browser may be named, that text stays text, and that no file
//! grows beyond 500 lines.
//!
//! `json <- model <- {prometheus, query, chart} <- state <- view`, never back, and rooms of one layer never name each other. Comments and
//! strings do not count; code under `#[cfg(test)]` does.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, lowest layer first. A room may name itself and those of lower layers.
const LAYERS: [&[&str]; 5] = [&["json"], &["model"], &["prometheus", "query", "chart"], &["state"], &["view"]];
/// Crates that only build for a browser, or are about one.
const BROWSER: [&str; 9] =
    ["gloo_net", "gloo_timers", "js_sys", "leptos", "plotters_canvas", "send_wrapper", "wasm_bindgen", "wasm_bindgen_futures", "web_sys"];
/// Where those may be named.
const AT_THE_BROWSER: [&str; 5] = ["main.rs", "state/", "view/", "prometheus/client.rs", "chart/canvas.rs"];
/// What would turn text into markup.
const MARKUP: [&str; 4] = ["inner_html", "outer_html", "insert_adjacent_html", "srcdoc"];
/// A longer file says two things.
const MOST_LINES: usize = 500;

#[test]
fn the_sources_keep_the_law() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    for file in rust_files(&root) {
        let path = file.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        faults.extend(faults_of(&path, &fs::read_to_string(&file).unwrap()));
    }
    assert!(faults.is_empty(), "ARCHITECTURE.md has the reasons:\n{}", faults.join("\n"));
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What is wrong with the file at `path` (relative to `src/`), each with what to do.
fn faults_of(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let tokens = tokens(text);
    let mut fault = |line: usize, what: String| faults.push(format!("src/{path}:{line}: {what}"));
    let room = path.split_once('/').map(|(room, _)| room).filter(|room| *room != "bin");
    if let Some(room) = room {
        match layer(room) {
            None => fault(1, format!("the room `{room}` has no layer: give it one in LAYERS of tests/layers.rs, and in ARCHITECTURE.md")),
            Some(own) => {
                for (line, named) in rooms_named(path, &tokens) {
                    let allowed = named == room || layer(&named).is_none_or(|other| other < own);
                    if named == "*" {
                        fault(line, "a glob of the whole crate hides which rooms it names: name them".into());
                    } else if !allowed {
                        fault(line, format!("{room} may not name {named}: move what both need to model, or hand it in from state"));
                    }
                }
            }
        }
    }
    let at_the_browser = AT_THE_BROWSER.iter().any(|place| path.starts_with(place));
    for token in &tokens {
        if !at_the_browser && BROWSER.contains(&token.text) {
            fault(token.line, format!("`{}` in a pure file: move what needs the browser to state or view", token.text));
        }
        if MARKUP.iter().any(|markup| token.text.contains(markup)) {
            fault(token.line, format!("`{}` turns untrusted text into markup: build nodes instead", token.text));
        }
    }
    let lines = text.lines().count();
    if lines > MOST_LINES {
        fault(lines, format!("more than {MOST_LINES} lines: find the second thing that the file says, and give it a file of its own"));
    }
    faults
}

fn layer(room: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&room))
}

/// The lines and first segments of all paths that lead from the crate's root: `crate::…`, and `super::…` where it climbs that high.
fn rooms_named(path: &str, tokens: &[Token]) -> Vec<(usize, String)> {
    let mut named = Vec::new();
    let mut module: Vec<&str> = path.trim_end_matches(".rs").trim_end_matches("/mod").split('/').collect();
    let mut blocks = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let before = |back: usize| index.checked_sub(back).and_then(|index| tokens.get(index)).map_or("", |token| token.text);
        match token.text {
            "{" if before(2) == "mod" => {
                module.push(before(1));
                blocks.push(true);
            }
            "{" => blocks.push(false),
            "}" if blocks.pop() == Some(true) => {
                module.pop();
            }
            "crate" | "super" | "self" if before(1) != "::" => {
                let mut paths = Vec::new();
                expand(tokens, &mut { index }, &[], &mut paths);
                let absolute = paths.iter().map(|segments| resolve(&module, segments));
                named.extend(absolute.filter_map(|path| Some((token.line, (*path.first()?).to_owned()))));
            }
            _ => {}
        }
    }
    named.dedup();
    named
}

/// Reads the path that begins `at`, with `{…}` after `::` multiplied out, and leaves `at` behind it.
fn expand<'a>(tokens: &[Token<'a>], at: &mut usize, before: &[&'a str], found: &mut Vec<Vec<&'a str>>) {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text);
    let mut path = before.to_vec();
    loop {
        if text(*at) == "{" {
            *at += 1;
            while !matches!(text(*at), "}" | "") {
                let begin = *at;
                expand(tokens, at, &path, found);
                // `as name` and commas, and whatever else has no business here.
                while !matches!(text(*at), "," | "}" | "") || *at == begin {
                    *at += 1;
                }
                *at += usize::from(text(*at) == ",");
            }
            *at += 1;
            return;
        }
        let is_segment = text(*at) == "*" || text(*at).starts_with(|first: char| first.is_alphabetic() || first == '_');
        if is_segment {
            path.push(text(*at));
            *at += 1;
        }
        if !is_segment || text(*at) != "::" {
            found.push(path);
            return;
        }
        *at += 1;
    }
}

/// The path from the crate's root.
fn resolve<'a>(module: &[&'a str], segments: &[&'a str]) -> Vec<&'a str> {
    let mut absolute = module.to_vec();
    for segment in segments {
        match *segment {
            "crate" => absolute.clear(),
            "self" => {}
            "super" => {
                absolute.pop();
            }
            name => absolute.push(name),
        }
    }
    absolute
}

/// A word, `::`, or any other character of code.
struct Token<'a> {
    line: usize,
    text: &'a str,
}

/// The code of a file, without comments, strings, characters and spaces.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while let Some(first) = rest.chars().next() {
        let (length, is_code) = match first {
            '/' if rest.starts_with("//") => (rest.find('\n').unwrap_or(rest.len()), false),
            '/' if rest.starts_with("/*") => (block_comment(rest), false),
            '"' => (string(rest), false),
            'r' if raw_string(rest).is_some() => (raw_string(rest).unwrap_or(rest.len()), false),
            '\'' => (character(rest), false),
            ':' if rest.starts_with("::") => (2, true),
            _ if first.is_alphanumeric() || first == '_' => (word(rest), true),
            _ => (first.len_utf8(), !first.is_whitespace()),
        };
        let (text, after) = rest.split_at(length);
        if is_code {
            tokens.push(Token { line, text });
        }
        line += text.matches('\n').count();
        rest = after;
    }
    tokens
}

fn word(text: &str) -> usize {
    text.find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(text.len())
}

fn block_comment(text: &str) -> usize {
    let mut depth = 0;
    for (at, _) in text.char_indices() {
        let (before, after) = text.split_at(at);
        depth += usize::from(after.starts_with("/*"));
        if before.ends_with("*/") {
            depth -= 1;
            if depth == 0 {
                return at;
            }
        }
    }
    text.len()
}

fn string(text: &str) -> usize {
    let mut escaped = true; // the opening quote
    for (at, character) in text.char_indices() {
        match character {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

fn raw_string(text: &str) -> Option<usize> {
    let hashes = text.strip_prefix('r')?;
    let inside = hashes.trim_start_matches('#');
    let end = format!("\"{}", "#".repeat(hashes.len() - inside.len()));
    let (content, _) = inside.strip_prefix('"')?.split_once(&end)?;
    Some(text.len() - inside.len() + 1 + content.len() + end.len())
}

/// A character, or the quote of a lifetime.
fn character(text: &str) -> usize {
    let mut characters = text.char_indices().skip(1);
    match (characters.next(), characters.next()) {
        (Some((_, '\\')), Some((at, escaped))) => {
            let (_, after) = text.split_at(at + escaped.len_utf8());
            after.find('\'').map_or(text.len(), |end| text.len() - after.len() + end + 1)
        }
        (_, Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

#[test]
fn arrows_that_go_back_are_found_however_they_are_written() {
    for (path, code, named) in [
        ("model/time.rs", "use crate::state::App;", "model may not name state"),
        ("query/step.rs", "fn f() -> crate::prometheus::Answer<u8> {}", "query may not name prometheus"),
        ("chart/scene.rs", "use crate::{model::time, query::{self, step}};", "chart may not name query"),
        ("chart/ticks/value.rs", "use super::super::super::view::app;", "chart may not name view"),
        ("model/unit.rs", "use super::{super::chart, locale};", "model may not name chart"),
        ("prometheus/mod.rs", "use super::query::Grid;", "prometheus may not name query"),
        ("state/mod.rs", "mod tests { use super::super::view; }", "state may not name view"),
        ("model/time.rs", "fn f() { g('{', r#\"\"}\"#); } mod tests { use super::super::super::state; }", "model may not name state"),
        ("query/mod.rs", "use crate::*;", "a glob of the whole crate"),
        ("grafana/mod.rs", "", "the room `grafana` has no layer"),
        ("model/series.rs", "use js_sys::Date;", "`js_sys` in a pure file"),
        ("prometheus/decode.rs", "let x: web_sys::Url;", "`web_sys` in a pure file"),
        ("view/panel/text.rs", "view! { <p inner_html=text></p> }", "`inner_html` turns untrusted text into markup"),
        ("state/embed.rs", "element.set_inner_html(text);", "`set_inner_html` turns untrusted text into markup"),
        ("view/app.rs", &"\n".repeat(501), "more than 500 lines"),
    ] {
        let faults = faults_of(path, code);
        assert!(matches!(&faults[..], [fault] if fault.contains(named)), "{path}: {code:?} gives {faults:#?}");
    }
}

#[test]
fn what_the_law_allows_is_no_fault() {
    for (path, code) in [
        ("view/app.rs", "use crate::state::{App, use_app}; use crate::chart::Scene; use leptos::prelude::*;"),
        ("state/mod.rs", "pub(crate) use crate::query::ScrapeIntervals; use super::model;"),
        ("chart/canvas.rs", "use super::FONT; use web_sys::HtmlCanvasElement;"),
        ("chart/ticks/value.rs", "use crate::chart::number; use super::super::range;"),
        ("model/unit.rs", "mod tests { use super::super::labels; mod inner { use super::super::super::time; } }"),
        ("model/unit.rs", "// crate::state\n/* crate::view /* web_sys */ leptos */ f(\"crate::view\\\"leptos\", r\"crate::state\\\");"),
        ("model/unit.rs", "fn f<'a>(c: char) -> bool { c == '\\'' || c == '\"' || c == '\\u{7b}' }"),
        ("main.rs", "use leptos::prelude::*;"),
        ("bin/schema.rs", "use utkik::model::dashboard::Dashboard;"),
    ] {
        assert_eq!(faults_of(path, code), Vec::<String>::new(), "{path}: {code:?}");
    }
}

#[test]
fn faults_say_where() {
    let faults = faults_of("model/time.rs", "//! Time.\n\nuse std::fmt;\nuse crate::view;\n");
    assert!(matches!(&faults[..], [fault] if fault.starts_with("src/model/time.rs:4: ")), "{faults:#?}");
}
