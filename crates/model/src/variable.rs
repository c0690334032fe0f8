//! Dashboard variables, and how their values are interpolated into expressions. The grammar and the escaping are Grafana's.

use crate::local_text::LocalText;
use json_derive::FromJson;
use serde::Serialize;

/// The value of `var-NAME` that stands for all options.
pub const ALL: &str = "$__all";
/// The greatest length of all options, joined, that "all" is written out with, bytes. Beyond it "all" is every value of the label.
const MAX_ALL: usize = 4_000;

/// A variable of a dashboard.
#[derive(Clone, Debug, Default, PartialEq, Serialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Variable {
    /// The name, as in `$name` and `var-name`.
    pub name: String,
    /// The label of the control; absent: the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<LocalText>,
    /// The query for the options: `label_values(label)` or `label_values(selector, label)`. May use variables before this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// Fixed options, when there is no query.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// The initial choice; absent: all if `includeAll` is set, else the first option.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<String>,
    /// Whether several may be chosen.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub multi: bool,
    /// Whether all may be chosen at once.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub include_all: bool,
    /// The regular expression for "all"; absent: all options, joined by `|`, or `.+` if that is too long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all_value: Option<String>,
    /// Whether the control is hidden.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hide: bool,
}

/// A parsed `label_values(…)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelValues {
    /// The series selector; `None`: all series.
    pub selector: Option<String>,
    /// The label whose values are the options.
    pub label: String,
}

impl LabelValues {
    /// Reads `label_values(label)` and `label_values(selector, label)`; `None` for anything else.
    pub fn parse(query: &str) -> Option<Self> {
        let inside = query.trim().strip_prefix("label_values(")?.strip_suffix(')')?;
        // The label follows the last comma: a selector may contain commas, a label name may not.
        let (selector, label) = match inside.rsplit_once(',') {
            Some((selector, label)) => (Some(selector.trim()), label.trim()),
            None => (None, inside.trim()),
        };
        let named = !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let selector = selector.filter(|selector| !selector.is_empty() && *selector != "{}");
        named.then(|| Self { selector: selector.map(str::to_owned), label: label.to_owned() })
    }
}

/// The chosen values of one variable, ready for interpolation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The variable's name.
    pub name: String,
    /// The chosen values; for "all" every option.
    pub values: Vec<String>,
    /// Whether the values are used in a regular expression matcher, and escaped for it.
    pub regex: bool,
    /// A text that is inserted unescaped instead of `values`, such as the `allValue` of the dashboard.
    pub verbatim: Option<String>,
}

impl Binding {
    /// A binding with a single text that is inserted unescaped, such as `$__interval`.
    pub fn verbatim(name: &str, value: String) -> Self {
        Self { name: name.to_owned(), values: Vec::new(), regex: false, verbatim: Some(value) }
    }

    /// The binding of `variable` with the values `chosen` from `options`.
    pub fn of(variable: &Variable, chosen: &[String], options: &[String]) -> Self {
        let all = chosen.iter().any(|value| value == ALL);
        Self {
            name: variable.name.clone(),
            values: if all { options.to_vec() } else { chosen.to_vec() },
            regex: variable.multi || variable.include_all,
            verbatim: match &variable.all_value {
                _ if !all => None,
                Some(pattern) => Some(pattern.clone()),
                // An empty regular expression would match the series without the label, and servers refuse a request with thousands of values.
                None => {
                    let length: usize = options.iter().map(|option| option.len() + 1).sum();
                    (options.is_empty() || length > MAX_ALL).then(|| ".+".to_owned())
                }
            },
        }
    }

    /// The text for `format`; `""` is for PromQL: escaped for a string or a regular expression, depending on the variable.
    fn text(&self, format: &str) -> String {
        if let Some(text) = &self.verbatim {
            return text.clone();
        }
        match format {
            "raw" | "csv" | "text" => self.values.join(","),
            "pipe" => self.values.join("|"),
            "regex" => join(&self.values, escape_regex),
            _ if self.regex => join(&self.values, |value| escape_string(&escape_regex(value))),
            _ => self.values.first().map(|value| escape_string(value)).unwrap_or_default(),
        }
    }
}

fn join(values: &[String], escape: impl Fn(&str) -> String) -> String {
    match values {
        [] => String::new(),
        [single] => escape(single),
        several => {
            let escaped: Vec<String> = several.iter().map(|value| escape(value)).collect();
            format!("({})", escaped.join("|"))
        }
    }
}

/// Escapes for the inside of a double-quoted PromQL string.
fn escape_string(value: &str) -> String {
    value.replace('\\', r"\\").replace('"', r#"\""#).replace('\n', r"\n")
}

/// Escapes the special characters of RE2.
fn escape_regex(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for character in value.chars() {
        if matches!(character, '\\' | '^' | '$' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// Replaces `$name`, `${name}`, `${name:format}` and `[[name]]` in `template`. Unknown names stay as they are: `$` has other uses,
/// such as the end of a regular expression. Inserted values are not interpolated again, so a value cannot insert another variable.
pub fn interpolate(template: &str, bindings: &[Binding]) -> String {
    interpolate_with(template, &|name, format| bindings.iter().find(|binding| binding.name == name).map(|binding| binding.text(format)))
}

/// As [`interpolate`], with the text that `text_of` returns for a name and its format; `None` keeps the reference. In braces a name may
/// have dots.
pub fn interpolate_with(template: &str, text_of: &dyn Fn(&str, &str) -> Option<String>) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(reference) = Reference::find(rest) {
        text.push_str(reference.before);
        match text_of(reference.name, reference.format) {
            Some(value) => text.push_str(&value),
            None => text.push_str(reference.whole),
        }
        rest = reference.after;
    }
    text.push_str(rest);
    text
}

/// Whether `template` uses the variable `name`.
pub fn uses(template: &str, name: &str) -> bool {
    let mut rest = template;
    while let Some(reference) = Reference::find(rest) {
        if reference.name == name {
            return true;
        }
        rest = reference.after;
    }
    false
}

/// The first reference to a variable in a text, such as `$name`.
struct Reference<'a> {
    before: &'a str,
    whole: &'a str,
    name: &'a str,
    format: &'a str,
    after: &'a str,
}

impl<'a> Reference<'a> {
    fn find(text: &'a str) -> Option<Self> {
        let mut from = 0;
        loop {
            let at = from + text.get(from..)?.find(['$', '['])?;
            let (before, tail) = text.split_at_checked(at)?;
            if let Some((whole, name, format)) = Self::read(tail) {
                let after = tail.get(whole.len()..)?;
                return Some(Self { before, whole, name, format, after });
            }
            from = at + 1;
        }
    }

    /// The reference at the start of `tail`: its whole text, name and format.
    fn read(tail: &'a str) -> Option<(&'a str, &'a str, &'a str)> {
        for (open, close) in [("${", "}"), ("[[", "]]")] {
            if let Some(inside) = tail.strip_prefix(open) {
                // A reference contains none of these characters. Stopping at them keeps the run time linear: a search to the end of the
                // text would be repeated at each unclosed reference.
                let end = inside.find(['$', '[', '{', '}', ']', '\n'])?;
                let (inside, behind) = inside.split_at_checked(end)?;
                if !behind.starts_with(close) {
                    return None;
                }
                let (name, format) = inside.split_once(':').unwrap_or((inside, ""));
                let whole = tail.get(..open.len() + inside.len() + close.len())?;
                return name.split('.').all(is_name).then_some((whole, name, format));
            }
        }
        let inside = tail.strip_prefix('$')?;
        let end = inside.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(inside.len());
        let name = inside.get(..end)?;
        is_name(name).then_some((tail.get(..=end)?, name, ""))
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binding(name: &str, values: &[&str], regex: bool) -> Binding {
        Binding { name: name.into(), values: values.iter().map(|&value| value.into()).collect(), regex, verbatim: None }
    }

    #[test]
    fn label_values_queries_are_parsed() {
        let parse = |query| LabelValues::parse(query).map(|found| (found.selector, found.label));
        assert_eq!(parse("label_values(job)"), Some((None, "job".into())));
        assert_eq!(parse(r#"label_values(up{a="1",b="2"}, instance)"#), Some((Some(r#"up{a="1",b="2"}"#.into()), "instance".into())));
        assert_eq!(parse("label_values({}, job)"), Some((None, "job".into())));
        assert_eq!(parse("query_result(up)"), None);
        assert_eq!(parse("label_values(up, a-b)"), None);
    }

    #[test]
    fn all_notations_are_replaced() {
        let bindings = [binding("job", &["node"], false)];
        assert_eq!(interpolate(r#"a{j="$job"} ${job} [[job]] ${job:raw}"#, &bindings), r#"a{j="node"} node node node"#);
    }

    #[test]
    fn text_that_is_not_a_variable_is_kept() {
        let bindings = [binding("job", &["node"], false)];
        assert_eq!(interpolate(r#"a{b=~"x$"}[5m] $jobs ${x $"#, &bindings), r#"a{b=~"x$"}[5m] $jobs ${x $"#);
        assert_eq!(interpolate("rate(a[5m]) å$job", &bindings), "rate(a[5m]) ånode");
    }

    #[test]
    fn unclosed_references_are_kept_in_linear_time() {
        // Quadratic time would be 10,000,000,000 steps.
        for opening in ["[", "[[", "${", "${a"] {
            let text = opening.repeat(100_000);
            assert_eq!(interpolate(&text, &[binding("a", &["1"], false)]), text);
        }
    }

    #[test]
    fn all_of_thousands_of_values_is_every_value() {
        let variable = Variable { name: "i".into(), include_all: true, ..Variable::default() };
        let all = |count: usize| {
            let options: Vec<String> = (0..count).map(|number| format!("host-{number}:9100")).collect();
            interpolate("$i", &[Binding::of(&variable, &[ALL.to_owned()], &options)])
        };
        assert_eq!(all(2), "(host-0:9100|host-1:9100)");
        assert_eq!(all(3_000), ".+");
        // A choice is sent as it was made.
        let chosen: Vec<String> = (0..300).map(|number| format!("host-{number}:9100")).collect();
        assert!(interpolate("$i", &[Binding::of(&variable, &chosen, &chosen)]).contains("host-299:9100"));
    }

    #[test]
    fn several_values_become_one_regular_expression() {
        let bindings = [binding("i", &["a.b:1", "c|d"], true)];
        assert_eq!(interpolate(r#"{i=~"$i"}"#, &bindings), r#"{i=~"(a\\.b:1|c\\|d)"}"#);
        assert_eq!(interpolate("${i:pipe} ${i:csv}", &bindings), "a.b:1|c|d a.b:1,c|d");
        assert_eq!(interpolate(r#"{i=~"$i"}"#, &[binding("i", &["x.y"], true)]), r#"{i=~"x\\.y"}"#);
    }

    #[test]
    fn a_value_cannot_break_out_of_its_string_or_insert_another_variable() {
        let bindings = [binding("a", &[r#""} or vector(1) #\"#], false), binding("b", &["secret"], false)];
        assert_eq!(interpolate(r#"{x="$a"}"#, &bindings), r#"{x="\"} or vector(1) #\\"}"#);
        assert_eq!(interpolate("$a", &[binding("a", &["$b"], false), binding("b", &["secret"], false)]), "$b");
    }

    #[test]
    fn all_is_every_option_or_the_all_value() {
        let mut variable = Variable { name: "i".into(), include_all: true, ..Variable::default() };
        let options = ["x".to_owned(), "y".to_owned()];
        let chosen = [ALL.to_owned()];
        assert_eq!(interpolate("$i", &[Binding::of(&variable, &chosen, &options)]), "(x|y)");
        variable.all_value = Some(".*".into());
        assert_eq!(interpolate("$i", &[Binding::of(&variable, &chosen, &options)]), ".*");
    }

    #[test]
    fn the_variables_that_a_template_uses_are_found() {
        assert!(uses("rate(a[$__rate_interval])", "__rate_interval"));
        assert!(!uses("rate(a[$__rate_interval])", "__rate"));
        assert!(uses("${job:raw}", "job"));
    }
}
