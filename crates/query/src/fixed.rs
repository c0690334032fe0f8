//! Whether the value of an expression at an instant is the same in every query window. Only then can answers be stitched.

/// Whether the value of `expr` at an instant depends only on that instant. False if it is not certain.
///
/// `@ start()`, `@ end()` and the duration `range()` depend on the window. An offset into the future, an `@` that may be in the future,
/// and `smoothed`, which reads the sample after the instant, need samples that may not exist yet.
pub fn is_fixed(expr: &str) -> bool {
    let mut rest = expr;
    let mut last_word = "";
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else { return last_word != "offset" };
        let len = match first {
            '"' | '\'' | '`' => quoted(rest, first),
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '@' => return false,
            // `offset -5m`, or an expression in parentheses that may be negative.
            '-' | '(' if last_word.eq_ignore_ascii_case("offset") => return false,
            '(' if last_word == "range" => return false,
            _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (token, tail) = rest.split_at_checked(len).unwrap_or((rest, ""));
        if token.eq_ignore_ascii_case("smoothed") && !tail.trim_start().starts_with(['{', '[', '(']) {
            return false;
        }
        // A comment may stand between `offset` and its duration.
        if first != '#' {
            last_word = token;
        }
        rest = tail;
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | ':')
}

/// The length of the string literal at the start of `text`, with its quotes.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            // A string in backquotes has no escapes.
            '\\' if quote != '`' => escaped = true,
            _ if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_expressions_are_fixed() {
        for expr in [
            "up",
            r#"sum by (a) (rate(x_total{path="/@ start()"}[5m] offset 1h)) - 1"#,
            r"a{b='it\'s @'} # as @ noon",
            "range_total + offset_total",
            "a{offset='-'}",
            "rate(a[5m]) -1",
            "a offset 5m - b",
            "avg_over_time(a[1h:]) > (b)",
            "smoothed{a='b'}",
            "",
        ] {
            assert!(is_fixed(expr), "{expr}");
        }
    }

    #[test]
    fn expressions_that_depend_on_the_window_or_the_future_are_not_fixed() {
        for expr in [
            "a @ end()",
            "a@1700000000",
            "rate(a[range()])",
            "a offset -5m",
            "a OFFSET - 5m",
            "a offset # why\n -5m",
            "a offset (1m - step())",
            "rate(a[5m] smoothed)",
            "rate(a[5m] Smoothed) + 1",
            "a{b=\"\\\"\"} @ 5",
            "a{b=`\\`} @ 5",
            "a offset",
        ] {
            assert!(!is_fixed(expr), "{expr}");
        }
    }
}
