//! Links of dashboard files: fills in URL templates, and checks whether a URL is allowed.
//!
//! URLs are made of label values and of the page's query string, so the result is untrusted, even if the template is trusted. Therefore
//! the check comes after filling in.

use super::labels::Labels;
use super::variable::interpolate_with;
use std::fmt::Write;
use text::decimal::fixed;

/// The allowed schemes. URLs relative to the page are allowed too.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];
/// The maximum number of decimals of a value. Trailing zeros are removed.
const DECIMALS: u8 = 9;

/// The values that a URL template can use.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The variables of the dashboard, each with its chosen values.
    pub variables: &'a [(String, Vec<String>)],
    /// The time range as in the query string: `from=now-6h&to=now`.
    pub time_range: &'a str,
    /// The value that has the link: as a number, as text, and its labels.
    pub value: Option<(f64, &'a str, &'a Labels)>,
}

/// Fills in a URL template: replaces `$variables`, `${__all_variables}`, `${__url_time_range}`, `${__value.raw}`, `${__value.text}` and
/// `${__field.labels.NAME}`. Values are percent-encoded unless the format is `raw`. `${name:queryparam}` gives `var-name=…`. The result is
/// empty, and so refused by [`checked`], if a value would extend a host that the template begins.
pub fn fill(template: &str, context: &Context<'_>) -> String {
    if extends_host(template) {
        return String::new();
    }
    interpolate_with(template, &|name, format| {
        let of_value = context.value.and_then(|(value, text, labels)| match name {
            "__value.raw" => Some(raw(value)),
            "__value.text" => Some(text.to_owned()),
            _ => name.strip_prefix("__field.labels.").map(|label| labels.get(label).unwrap_or_default().to_owned()),
        });
        let variable = || context.variables.iter().find(|(known, _)| known == name);
        match (name, of_value) {
            (_, Some(text)) => Some(if format == "raw" { text } else { encode(&text) }),
            ("__url_time_range", _) => Some(context.time_range.to_owned()),
            ("__all_variables", _) => Some(context.variables.iter().map(parameters).collect::<Vec<_>>().join("&")),
            _ if format == "queryparam" => variable().map(parameters),
            _ if format == "raw" => variable().map(|(_, values)| values.join(",")),
            _ => variable().map(|(_, values)| encode(&values.join(","))),
        }
    })
}

/// Whether a value stands behind the first letters of a host: with `.evil.example` it would make another host of `https://ok.example$v/`.
fn extends_host(template: &str) -> bool {
    let ends_host = |byte: u8| matches!(byte, b'/' | b'?' | b'#' | b':');
    let Some((scheme, rest)) = template.split_once("://").filter(|(scheme, _)| !scheme.bytes().any(ends_host)) else { return false };
    let mut host = rest.bytes().take_while(|byte| !ends_host(*byte));
    // A host that is all value is what the author asks for.
    !scheme.is_empty() && host.next().is_some() && host.any(|byte| matches!(byte, b'$' | b'['))
}

/// A variable as in the query string.
fn parameters((name, values): &(String, Vec<String>)) -> String {
    let one = |value: &String| format!("var-{name}={}", encode(value));
    values.iter().map(one).collect::<Vec<_>>().join("&")
}

/// A number without trailing zeros.
fn raw(value: f64) -> String {
    let digits = fixed(value, DECIMALS);
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.').to_owned() } else { digits }
}

/// Percent-encodes all but ASCII letters, digits and `-._~`, so that the text is one value in every part of a URL.
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// The URL if it is allowed: `http`, `https`, `mailto`, or relative to the page; else `None`. URLs that browsers read differently are
/// refused too: browsers drop some control characters, and treat a backslash as a slash.
pub fn checked(url: &str) -> Option<&str> {
    let url = url.trim_matches(' ');
    if url.is_empty() || url.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return None;
    }
    // Before any of these characters a colon ends a scheme; after them it has no meaning.
    let head = url.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((scheme, _)) = head.split_once(':') else {
        // "//host" is another server.
        return (!url.starts_with("//")).then_some(url);
    };
    let known = SCHEMES.into_iter().find(|known| known.eq_ignore_ascii_case(scheme))?;
    let rest = url.get(scheme.len() + 1..)?;
    let is_sound = if known == "mailto" {
        !rest.is_empty()
    } else {
        // A browser finds a host even in a malformed URL. To be sure which one, require a host right after `//`, without user name and
        // password before it.
        let host = rest.strip_prefix("//")?.split(['/', '?', '#']).next().unwrap_or_default();
        !host.is_empty() && !host.contains('@')
    };
    is_sound.then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn safe_urls_are_allowed() {
        for url in [
            "https://example.org",
            "HTTP://example.org:8080/a?b=c:d#e",
            "https://[::1]/x",
            "mailto:ops@example.org?subject=a%20b",
            "?d=instances&var-instance=a%3A9100",
            "#top",
            "runbook/disk.html",
            "../wiki/a:b",
            "/wiki?from=2026-01-01T00:00:00Z",
            "./a:b",
            "?x=javascript:alert(1)",
            // Relative paths: browsers do not decode them before they look for a scheme.
            "javascript%3Aalert(1)",
            "&#106;avascript&#58;alert(1)",
        ] {
            assert_eq!(checked(url), Some(url), "{url:?}");
        }
        assert_eq!(checked("  https://example.org "), Some("https://example.org"));
    }

    #[test]
    fn unsafe_or_malformed_urls_are_refused() {
        for url in [
            "",
            "   ",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "java\nscript:alert(1)",
            "java\tscript:alert(1)",
            "\rjavascript:alert(1)",
            "java\0script:alert(1)",
            "javascript\u{a0}:alert(1)",
            "javascript://example.org/%0aalert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:msgbox",
            "file:///etc/passwd",
            "blob:https://example.org/x",
            "about:blank",
            "view-source:https://example.org",
            "filesystem:https://example.org/x",
            "intent://x#Intent;end",
            "ftp://example.org",
            "ws://example.org",
            "feed:javascript:alert(1)",
            ":alert(1)",
            "a:b",
            "1:2",
            "//example.org",
            "///example.org",
            "\\\\example.org",
            "/\\example.org",
            "\\/example.org",
            "https:\\\\example.org",
            "https://good.example\\@evil.example",
            "/\t/example.org",
            "\n//example.org",
            "https:example.org",
            "https:/example.org",
            "https://",
            "https:///example.org",
            "https://?x",
            "https://user:word@example.org",
            "https://good.example@evil.example",
            "https://exa mple.org",
            "https://example.org/\u{7f}",
            "https://example.org/\u{85}",
            "https://example.org/\u{2028}",
            "mailto:",
        ] {
            assert_eq!(checked(url), None, "{url:?}");
        }
    }

    #[test]
    fn a_value_does_not_extend_a_host() {
        let variables = variables(&[("v", &[".evil.example"])]);
        let labels = Labels::default();
        for template in ["https://ok.example$v/", "https://ok.example${v}", "HTTP://ok-[[v]]?x=1", "$v://ok.$v/"] {
            assert_eq!(fill(template, &context(&variables, &labels)), "", "{template}");
        }
        let kept = ["https://ok.example/$v", "https://ok.example?x=$v", "?d=x&to=https://ok.example$v", "https://ok.example:80/${v}"];
        for template in kept {
            assert_ne!(fill(template, &context(&variables, &labels)), "", "{template}");
        }
        assert_eq!(fill("http://$v/", &context(&self::variables(&[("v", &["db"])]), &labels)), "http://db/");
    }

    fn context<'a>(variables: &'a [(String, Vec<String>)], labels: &'a Labels) -> Context<'a> {
        Context { variables, time_range: "from=now-6h&to=now", value: Some((0.25, "25 %", labels)) }
    }

    fn variables(pairs: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
        pairs.iter().map(|(name, values)| ((*name).to_owned(), values.iter().map(|value| (*value).to_owned()).collect())).collect()
    }

    #[test]
    fn variables_values_and_labels_are_filled_in_percent_encoded() {
        let variables = variables(&[("job", &["a&b", "c"]), ("env", &["x"])]);
        let labels: Labels = [("host".to_owned(), "å:9100/?#".to_owned())].into_iter().collect();
        let fill = |template| fill(template, &context(&variables, &labels));
        assert_eq!(fill("/$env/${env}/[[env]]/$other"), "/x/x/x/$other");
        assert_eq!(fill("?j=$job&raw=${job:raw}"), "?j=a%26b%2Cc&raw=a&b,c");
        assert_eq!(fill("?${job:queryparam}"), "?var-job=a%26b&var-job=c");
        assert_eq!(fill("?d=x&${__all_variables}&${__url_time_range}"), "?d=x&var-job=a%26b&var-job=c&var-env=x&from=now-6h&to=now");
        assert_eq!(fill("/${__field.labels.host}?v=${__value.raw}&t=${__value.text}"), "/%C3%A5%3A9100%2F%3F%23?v=0.25&t=25%20%25");
        assert_eq!(fill("/${__field.labels.gone}."), "/.");
        assert_eq!(super::fill("/${__value.raw}", &Context::default()), "/${__value.raw}");
    }

    #[test]
    fn raw_numbers_have_no_trailing_zeros() {
        for (value, text) in [(0.0, "0"), (100.0, "100"), (-2.5, "-2.5"), (1e12, "1000000000000"), (1.0 / 3.0, "0.333333333")] {
            assert_eq!(raw(value), text);
        }
    }

    #[test]
    fn a_value_cannot_choose_the_scheme() {
        let labels: Labels = [("url".to_owned(), "javascript:alert(1)".to_owned())].into_iter().collect();
        let fill = |template| fill(template, &context(&[], &labels));
        let encoded = fill("${__field.labels.url}");
        assert_eq!(checked(&encoded), Some("javascript%3Aalert%281%29"), "a path relative to this page");
        assert_eq!(checked(&fill("${__field.labels.url:raw}")), None);
        assert_eq!(checked(&fill("java${__field.labels.gone}script:x")), None);
    }

    proptest! {
        #[test]
        fn an_allowed_url_has_a_known_scheme_or_none(url in "[ -~\\x00-\\x20]{0,12}|(j|J)ava[\\x00-\\x20]{0,2}script[ :/\\\\]{1,3}.{0,4}") {
            if let Some(url) = checked(&url) {
                // As the URL standard reads it: without control characters at both ends, tabs and newlines, up to the first colon.
                let read: String = url.trim_matches(|c: char| c <= ' ').chars().filter(|c| !"\t\n\r".contains(*c)).collect();
                let scheme = read.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
                let named = |scheme: &str| scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
                if let Some(scheme) = scheme.filter(|scheme| named(scheme)) {
                    prop_assert!(SCHEMES.contains(&scheme.as_str()), "{url:?}");
                }
            }
        }

        #[test]
        fn an_encoded_text_is_one_value_of_a_query_string(text in ".{0,12}") {
            let encoded = encode(&text);
            prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
            let read: Vec<_> = form_urlencoded::parse(format!("x={encoded}").as_bytes()).into_owned().collect();
            prop_assert_eq!(read, [("x".to_owned(), text)]);
        }
    }
}
