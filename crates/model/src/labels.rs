//! Label sets, which identify series. Labels come from scrape targets and are untrusted: they are only shown as text.

use std::mem::size_of;
use std::sync::Arc;
use text::search;

/// The labels of one series, sorted by name, with `__name__` if the answer has it.
///
/// Label sets are ordered as in Prometheus' answers. Clones share the text, because each refresh clones all labels on screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Labels(Arc<Vec<(String, String)>>);

impl Labels {
    /// Label pairs in any order; a repeated name keeps its last value.
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        // A series has few labels, usually sorted: each one is compared with the last one and appended.
        let mut sorted: Vec<(String, String)> = Vec::with_capacity(pairs.len());
        for pair in pairs {
            let at = sorted.iter().rposition(|(name, _)| *name <= pair.0);
            match at.and_then(|at| sorted.get_mut(at)) {
                Some(same) if same.0 == pair.0 => *same = pair,
                _ => sorted.insert(at.map_or(0, |at| at + 1), pair),
            }
        }
        Self(Arc::new(sorted))
    }

    /// The value of `name`, if the series has that label.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(label, _)| label == name).map(|(_, value)| value.as_str())
    }

    /// These labels and one more.
    #[must_use]
    pub fn with(&self, name: &str, value: String) -> Self {
        let mut pairs = (*self.0).clone();
        pairs.push((name.to_owned(), value));
        Self::new(pairs)
    }

    /// All pairs, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether there is no label at all, as for `1 + 1`.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// About how many bytes of memory the labels take.
    pub fn bytes(&self) -> usize {
        self.0.iter().map(|(name, value)| name.len() + value.len() + 2 * size_of::<String>()).sum()
    }

    /// PromQL's notation: `up{instance="app",job="node"}`.
    pub fn to_selector(&self) -> String {
        let mut text = self.get("__name__").unwrap_or_default().to_owned();
        let mut pairs = self.iter().filter(|(name, _)| *name != "__name__").peekable();
        if pairs.peek().is_none() && !text.is_empty() {
            return text;
        }
        text.push('{');
        for (index, (name, value)) in pairs.enumerate() {
            if index > 0 {
                text.push(',');
            }
            text.push_str(name);
            text.push_str("=\"");
            text.push_str(&value.replace('\\', r"\\").replace('"', r#"\""#));
            text.push('"');
        }
        text.push('}');
        text
    }

    /// The legend text of this series for a Grafana `legendFormat`: `{{name}}` is replaced by that label's value, or by
    /// nothing if it is absent. An empty format gives the selector notation.
    pub fn legend(&self, format: &str) -> String {
        if format.is_empty() || format == "__auto" {
            return self.to_selector();
        }
        let mut text = String::new();
        let mut rest = format;
        while let Some((before, after)) = search::split_once(rest, "{{") {
            let Some((name, tail)) = search::split_once(after, "}}") else { break };
            text.push_str(before);
            text.push_str(self.get(name.trim()).unwrap_or_default());
            rest = tail;
        }
        text.push_str(rest);
        text
    }
}

impl FromIterator<(String, String)> for Labels {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(pairs: T) -> Self {
        Self::new(pairs.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(pairs: &[(&str, &str)]) -> Labels {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn labels_are_written_as_a_promql_selector() {
        let series = labels(&[("job", "node"), ("__name__", "up"), ("instance", "a\"b\\c")]);
        assert_eq!(series.to_selector(), r#"up{instance="a\"b\\c",job="node"}"#);
        assert_eq!(labels(&[("__name__", "up")]).to_selector(), "up");
        assert_eq!(labels(&[]).to_selector(), "{}");
    }

    #[test]
    fn a_legend_format_is_filled_with_label_values() {
        let series = labels(&[("device", "eth0"), ("instance", "app")]);
        assert_eq!(series.legend("{{instance}} {{ device }} in"), "app eth0 in");
        assert_eq!(series.legend("{{nothing}}!"), "!");
        assert_eq!(series.legend("{{open"), "{{open");
        assert_eq!(series.legend("Total"), "Total");
    }

    #[test]
    fn the_last_of_a_repeated_label_wins() {
        let names: Vec<_> = labels(&[("b", ""), ("c", ""), ("a", "")]).iter().map(|(name, _)| name.to_owned()).collect();
        assert_eq!(names, ["a", "b", "c"]);
        assert_eq!(labels(&[("a", "1"), ("a", "2")]).get("a"), Some("2"));
    }
}
