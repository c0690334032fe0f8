//! Whether an expression has the same value at an instant whatever window it is asked over. Only then can answers be stitched.

/// Whether the value of `expr` at an instant depends on nothing but the instant. Careful: says no where it is not sure.
///
/// What does depend on the window: `@ start()` and `@ end()`, the duration `range()`. What is not known yet when it is asked: an offset
/// into the future, an `@` that may lie there, and `smoothed`, which looks at the sample after the instant.
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
            // `offset -5m`, or an expression in parentheses that may come to that.
            '-' | '(' if last_word.eq_ignore_ascii_case("offset") => return false,
            '(' if last_word == "range" => return false,
            _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (token, tail) = rest.split_at_checked(len).unwrap_or((rest, ""));
        if token.eq_ignore_ascii_case("smoothed") && !tail.trim_start().starts_with(['{', '[', '(']) {
            return false;
        }
        // A comment stands between nothing.
        if first != '#' {
            last_word = token;
        }
        rest = tail;
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | ':')
}

/// The length of the string that `text` begins with, its quotes included.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            // Nothing is escaped between back-quotes.
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
    fn what_depends_on_the_window_or_the_future_is_not() {
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
