//! Captures the live series from which the history is generated: those that the shipped dashboards and alert rules use.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::super::http;
use crate::paths;

/// The window of the counters' rates, in seconds; shorter than the time over which scrapes are captured.
pub const RATE_SECONDS: u64 = 8;

/// Labels by name.
pub type Labels = BTreeMap<String, String>;

/// One live series.
#[derive(Clone, Debug)]
pub struct Series {
    /// The name of the metric.
    pub name: String,
    /// All other labels.
    pub labels: Labels,
    /// The current value; of a counter, its first live value.
    pub value: f64,
    /// The increase per second, for a counter.
    pub rate: Option<f64>,
}

impl Series {
    /// The series in the notation of the text formats: `name{label="value"}`.
    pub fn key(&self) -> String {
        let labels = self.labels.iter().map(|(name, value)| format!("{name}={value:?}"));
        format!("{}{{{}}}", self.name, labels.collect::<Vec<_>>().join(","))
    }

    /// The value of a label, empty if it has none.
    pub fn label(&self, name: &str) -> &str {
        self.labels.get(name).map_or("", String::as_str)
    }

    /// The target that exports it: job and instance.
    pub fn target(&self) -> String {
        format!("{}/{}", self.label("job"), self.label("instance"))
    }
}

/// A snapshot of the live series.
#[derive(Debug)]
pub struct Capture {
    /// The series, grouped by metric.
    pub series: Vec<Series>,
    /// When each machine was booted, by target, in seconds since the epoch.
    pub boots: HashMap<String, f64>,
}

impl Capture {
    /// Reads the series from the Prometheus at `api`.
    pub fn take(api: &str) -> Result<Self> {
        let wanted = words()?;
        let live: Value = serde_json::from_str(&http::get(&format!("{api}/label/__name__/values"))?)?;
        let live = live["data"].as_array().context("Prometheus names no metrics")?;
        let names = live.iter().filter_map(Value::as_str).filter(|name| *name == "up" || wanted.words.contains(*name));
        let kinds: Value = serde_json::from_str(&http::get(&format!("{api}/metadata"))?)?;
        let mut series = Vec::new();
        for name in names {
            let counter = kinds["data"][name][0]["type"] == "counter" || wanted.counters.contains(name);
            let rates = if counter { rates(api, name)? } else { HashMap::new() };
            // The history of a counter must end at its first live value; otherwise there would be a reset.
            let value = if counter { format!("min_over_time({name}[1m])") } else { name.to_owned() };
            for (labels, value) in vector(api, &value)? {
                let rate = counter.then(|| rates.get(&labels).copied().unwrap_or_default());
                series.push(Series { name: name.to_owned(), labels, value, rate });
            }
        }
        series.retain(is_lasting);
        let boots = series.iter().filter(|series| series.name == "node_boot_time_seconds");
        let boots = boots.map(|series| (series.target(), series.value)).collect();
        Ok(Self { series, boots })
    }

    /// All pairs of a target and the name of one of its metrics.
    pub fn families(&self) -> BTreeSet<(String, String)> {
        self.series.iter().map(|series| (series.target(), series.name.clone())).collect()
    }
}

/// Excludes cAdvisor's series about the machine, and network interfaces that come and go with the containers.
fn is_lasting(series: &Series) -> bool {
    let of_container = !series.name.starts_with("container_") || !series.label("name").is_empty();
    of_container && !["veth", "br-", "utk", "docker"].iter().any(|prefix| series.label("device").starts_with(prefix))
}

fn rates(api: &str, name: &str) -> Result<HashMap<Labels, f64>> {
    Ok(vector(api, &format!("rate({name}[{RATE_SECONDS}s])"))?.into_iter().collect())
}

/// The labels without the metric name, and the value, of each series in the result of an expression.
fn vector(api: &str, expression: &str) -> Result<Vec<(Labels, f64)>> {
    let samples = http::query(api, expression)?;
    let read = |sample: &Value| {
        let labels = sample["metric"].as_object()?.iter();
        let labels = labels.filter(|(name, _)| *name != "__name__");
        let labels = labels.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect();
        Some((labels, sample["value"][1].as_str()?.parse().ok()?))
    };
    Ok(samples.iter().filter_map(read).collect())
}

/// The words in the dashboards and alert rules.
#[derive(Default)]
struct Words {
    /// All words that could be the name of a metric.
    words: BTreeSet<String>,
    /// Those used in `rate`, `irate` or `increase`: exporters do not always declare their counters.
    counters: BTreeSet<String>,
}

fn words() -> Result<Words> {
    let mut found = Words::default();
    let dashboards = paths::repository().join("public/dashboards");
    let entries = fs::read_dir(&dashboards).with_context(|| format!("cannot read {}", dashboards.display()))?;
    let rules = paths::repository().join("deploy/prometheus/alerts.yml");
    for path in entries.flatten().map(|entry| entry.path()).chain([rules]) {
        read_words(&path, &mut found)?;
    }
    Ok(found)
}

fn read_words(path: &Path, found: &mut Words) -> Result<()> {
    let text = fs::read_to_string(path)?;
    let mut before = "";
    for word in text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_') {
        if ["rate", "irate", "increase"].contains(&before) {
            found.counters.insert(word.to_owned());
        }
        if !word.is_empty() {
            found.words.insert(word.to_owned());
            before = word;
        }
    }
    Ok(())
}
