//! A minimal reader of PromQL: it finds calls and their arguments, names of metrics, divisors and variables. It expects valid
//! expressions; another test checks that Prometheus accepts them.

use std::ops::Range;

/// A call of a function or an aggregation.
#[derive(Debug, PartialEq, Eq)]
pub struct Call<'a> {
    /// `rate`, `sum`.
    pub function: &'a str,
    /// The text between its parentheses.
    pub argument: &'a str,
}

/// All calls, the outer ones before those within them.
pub fn calls(expr: &str) -> Vec<Call<'_>> {
    let code = code(expr);
    let mut found = Vec::new();
    for (open, _) in code.match_indices('(') {
        let Some(function) = function_before(&code, open) else { continue };
        let close = closing(&code, open).unwrap_or_else(|| panic!("parentheses do not match in {expr}"));
        found.push(Call { function: &expr[function], argument: &expr[open + 1..close] });
    }
    found
}

/// The name before the parenthesis at `open`; of `sum by (a) (…)` that is `sum`, and `(a)` is no call.
fn function_before(code: &str, open: usize) -> Option<Range<usize>> {
    const GROUPINGS: [&str; 6] = ["by", "without", "on", "ignoring", "group_left", "group_right"];
    let range = word_before(code, open);
    if GROUPINGS.contains(&&code[range.clone()]) {
        return None;
    }
    if !range.is_empty() {
        return is_name(&code[range.clone()]).then_some(range);
    }
    // `) (`: perhaps the labels of a grouping.
    let before = code[..open].trim_end();
    let labels = before.strip_suffix(')')?.rfind('(')?;
    let grouping = word_before(code, labels);
    if !["by", "without"].contains(&&code[grouping.clone()]) {
        return None;
    }
    let function = word_before(code, grouping.start);
    (!function.is_empty()).then_some(function)
}

/// The word that ends before `end`, white space aside; empty if there is none.
fn word_before(code: &str, end: usize) -> Range<usize> {
    let end = code[..end].trim_end().len();
    let start = code[..end].rfind(|character: char| !is_word(character)).map_or(0, |at| at + 1);
    start..end
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_' || character == ':'
}

fn is_name(word: &str) -> bool {
    const OPERATORS: [&str; 6] = ["and", "or", "unless", "bool", "offset", "atan2"];
    !word.starts_with(|first: char| first.is_ascii_digit()) && !OPERATORS.contains(&word)
}

/// Where the parenthesis at `open` is closed.
fn closing(code: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in code[open..].char_indices() {
        match character {
            '(' => depth += 1,
            ')' if depth == 1 => return Some(open + at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The expression with all strings blanked, so that what is in them is not taken for code. Positions stay.
fn code(expr: &str) -> String {
    let mut in_string = false;
    let mut escaped = false;
    let blanked = expr.bytes().map(|byte| {
        let quote = byte == b'"' && !escaped;
        escaped = in_string && byte == b'\\' && !escaped;
        in_string ^= quote;
        if in_string || quote { '"' } else { char::from(byte) }
    });
    blanked.collect()
}

/// The range selector that an argument consists of: the metric and its window. None for anything else.
pub fn range_selector(argument: &str) -> Option<(&str, &str)> {
    let code = code(argument);
    let name = code.find(|character| !is_word(character)).filter(|end| *end > 0)?;
    let rest = &code[name..];
    let labels = if rest.starts_with('{') { rest.find('}')? + 1 } else { 0 };
    let window = code[name + labels..].strip_prefix('[')?.strip_suffix(']')?;
    (!window.contains([':', '['])).then(|| (&argument[..name], &argument[name + labels + 1..argument.len() - 1]))
}

/// The metrics that an expression reads, with repetitions.
pub fn metrics(expr: &str) -> Vec<&str> {
    let code = code(expr);
    let mut found = Vec::new();
    let mut depth = 0;
    let mut start = None;
    for (at, character) in code.char_indices().chain([(code.len(), ' ')]) {
        if is_word(character) && depth == 0 {
            start = start.or(Some(at));
            continue;
        }
        if let Some(start) = start.take() {
            let word = &expr[start..at];
            // A metric has an underscore and no parenthesis after it; no keyword and no function in our expressions has both.
            if word.contains('_') && is_name(word) && !code[at..].trim_start().starts_with('(') {
                found.push(word);
            }
        }
        match character {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            _ => {}
        }
    }
    found
}

/// The text after each division sign.
pub fn divisors(expr: &str) -> Vec<&str> {
    code(expr).match_indices('/').map(|(at, _)| expr[at + 1..].trim_start()).collect()
}

/// The names of `$name` and `${name}` in a text.
pub fn variables(text: &str) -> Vec<&str> {
    let after = text.split('$').skip(1).map(|rest| rest.strip_prefix('{').unwrap_or(rest));
    let names = after.map(|rest| &rest[..rest.find(|character| !is_word(character)).unwrap_or(rest.len())]);
    names.filter(|name| name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')).collect()
}

#[test]
fn calls_are_found_with_their_arguments() {
    let found = calls(r#"1 - sum by (a) (rate(b_total{c="d)"}[5m])) / on (e) group_left () (f_g > 0)"#);
    let found: Vec<_> = found.iter().map(|call| (call.function, call.argument)).collect();
    assert_eq!(found, [("sum", r#"rate(b_total{c="d)"}[5m])"#), ("rate", r#"b_total{c="d)"}[5m]"#)]);
}

#[test]
fn only_plain_range_selectors_are_accepted() {
    assert_eq!(range_selector(r#"a_total{b="]"}[$__rate_interval]"#), Some(("a_total", "$__rate_interval")));
    assert_eq!(range_selector("a[5m]"), Some(("a", "5m")));
    assert_eq!(range_selector("sum(a)[5m:1m]"), None);
    assert_eq!(range_selector("a[5m:1m]"), None);
    assert_eq!(range_selector("a"), None);
}

#[test]
fn metrics_divisors_and_variables_are_found() {
    let expr = r#"count_over_time(a_b{c_d="e_f"}[$__range]) / (g_h > 0) or label_join(i_j, "k_l")"#;
    assert_eq!(metrics(expr), ["a_b", "g_h", "i_j"]);
    assert_eq!(divisors(expr), [r#"(g_h > 0) or label_join(i_j, "k_l")"#]);
    assert_eq!(variables(r#"a{b=~"$c|x$",d="${e}"}[$__f] "$1""#), ["c", "e", "__f"]);
}
