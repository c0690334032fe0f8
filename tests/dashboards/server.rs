//! A Prometheus for queries: that of a running stack, or one that a test starts.

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use model::time::{Millis, Window};
use model::variable::LabelValues;
use serde_json::Value;

use crate::http;
use crate::programs::{Program, Scratch, free_port};

/// Longer than a busy machine takes to open a small database.
const READY: Duration = Duration::from_secs(30);

/// A running Prometheus.
pub struct Server {
    port: u16,
    /// The path before `/api`.
    prefix: String,
    _program: Option<Program>,
}

/// One series of an answer.
#[derive(Debug)]
pub struct Series {
    /// The samples that are numbers: the instants, in seconds, and the values.
    pub samples: Vec<(f64, f64)>,
}

impl Server {
    /// The server of a running stack, if the environment names one.
    pub fn of_environment() -> Option<Self> {
        let url = std::env::var("PROMETHEUS_DIRECT_URL").ok()?;
        let (address, path) = url.strip_prefix("http://")?.split_once('/').unwrap_or((&url, ""));
        let port = address.rsplit_once(':')?.1.parse().ok()?;
        let path = path.trim_end_matches('/');
        let prefix = if path.is_empty() { String::new() } else { format!("/{path}") };
        Some(Self { port, prefix, _program: None })
    }

    /// Starts Debian's Prometheus on `data`. It scrapes nothing and deletes nothing.
    pub fn start(scratch: &Scratch, data: &Path) -> Self {
        scratch.write("prometheus.yml", "scrape_configs: []\n");
        let port = free_port();
        let mut command = Command::new("prometheus");
        command
            .arg(format!("--config.file={}", scratch.path().join("prometheus.yml").display()))
            .arg(format!("--storage.tsdb.path={}", data.display()))
            .arg("--storage.tsdb.retention.time=100y")
            .arg(format!("--web.listen-address=127.0.0.1:{port}"));
        let program = Program::start(command, &scratch.path().join("prometheus.log"), port);
        let started = Instant::now();
        while http::get(port, "/-/ready").status != 200 {
            assert!(started.elapsed() < READY, "Prometheus does not get ready");
            thread::sleep(Duration::from_millis(50));
        }
        Self { port, prefix: String::new(), _program: Some(program) }
    }

    /// An instant query at the time `at`; `None` is now.
    pub fn query(&self, expr: &str, at: Option<Millis>) -> Result<Vec<Series>, String> {
        let mut parameters = vec![("query", expr.to_owned())];
        parameters.extend(at.map(|at| ("time", seconds(at))));
        self.ask("query", &parameters).map(|data| series(&data))
    }

    /// A range query.
    pub fn query_range(&self, expr: &str, window: Window, step: Millis) -> Result<Vec<Series>, String> {
        let parameters =
            [("query", expr.to_owned()), ("start", seconds(window.start)), ("end", seconds(window.end)), ("step", seconds(step))];
        self.ask("query_range", &parameters).map(|data| series(&data))
    }

    /// The options of a variable.
    pub fn label_values(&self, wanted: &LabelValues, window: Window) -> Vec<String> {
        let mut parameters = vec![("start", seconds(window.start)), ("end", seconds(window.end))];
        parameters.extend(wanted.selector.clone().map(|selector| ("match[]", selector)));
        let data = self.ask(&format!("label/{}/values", wanted.label), &parameters).unwrap();
        serde_json::from_value(data).unwrap()
    }

    fn ask(&self, endpoint: &str, parameters: &[(&str, String)]) -> Result<Value, String> {
        let query: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let response = http::get(self.port, &format!("{}/api/v1/{endpoint}?{}", self.prefix, query.join("&")));
        let mut answer = response.json();
        if response.status == 200 { Ok(answer["data"].take()) } else { Err(answer["error"].to_string()) }
    }
}

fn seconds(time: Millis) -> String {
    assert_eq!(time % 1_000, 0, "whole seconds are enough here");
    (time / 1_000).to_string()
}

fn encode(value: &str) -> String {
    let encoded = value.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    encoded.collect()
}

fn series(data: &Value) -> Vec<Series> {
    let sample = |sample: &Value| {
        let value: f64 = sample[1].as_str().unwrap().parse().unwrap();
        value.is_finite().then(|| (sample[0].as_f64().unwrap(), value))
    };
    let result = data["result"].as_array().unwrap();
    let of = |series: &Value| match series["values"].as_array() {
        Some(values) => Series { samples: values.iter().filter_map(sample).collect() },
        None => Series { samples: sample(&series["value"]).into_iter().collect() },
    };
    result.iter().map(of).collect()
}
