//! Access to Prometheus without a proxy: its answers, decoded as in the app, and its own counters.

use anyhow::{Context, Result, bail};
use model::series::{Frame, Grid, is_gap};
use model::time::{Millis, Window};
use model::variable::LabelValues;
use prometheus::decode::{self, Http};
use query::ScrapeIntervals;

/// The timeout of a request, seconds.
const TIMEOUT: u64 = 60;
/// The engine's counter of all samples that queries have loaded. A rate loads its samples again for each point.
const LOADED: &str = "prometheus_engine_query_samples_total";

/// A Prometheus server.
pub struct Source {
    /// Its URL, with a `/` at the end.
    base: String,
}

/// The amount that was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Asked {
    /// Requests.
    pub requests: f64,
    /// Samples in the answers.
    pub samples: f64,
    /// Bytes of the answers' bodies, uncompressed.
    pub bytes: f64,
}

impl std::ops::AddAssign for Asked {
    fn add_assign(&mut self, other: Self) {
        self.requests += other.requests;
        self.samples += other.samples;
        self.bytes += other.bytes;
    }
}

impl Source {
    /// The server of the stack, from the environment.
    pub fn of_environment() -> Result<Self> {
        let base =
            std::env::var("PROMETHEUS_DIRECT_URL").context("PROMETHEUS_DIRECT_URL is not set: run this by `cargo xtask bench query`")?;
        Ok(Self { base })
    }

    /// Asks `query_range` on `grid`. Returns the answer and its size.
    pub fn range(&self, expr: &str, grid: Grid) -> Result<(Frame, Asked)> {
        let end = grid.time(grid.len.saturating_sub(1));
        let parameters = [("query", expr.to_owned()), ("start", seconds(grid.start)), ("end", seconds(end)), ("step", seconds(grid.step))];
        let body = self.get("api/v1/query_range", &parameters)?;
        let answer = decode::range(JSON, &body, grid).with_context(|| format!("query {expr}"))?;
        if !answer.remarks.warnings.is_empty() {
            bail!("query {expr}: {:?}", answer.remarks.warnings);
        }
        let samples = answer.data.series.iter().flat_map(|series| &series.values).filter(|value| !is_gap(**value)).count();
        let asked = Asked { requests: 1.0, samples: number(samples), bytes: number(body.len()) };
        Ok((answer.data, asked))
    }

    /// The values of a label among the series of `window`.
    pub fn label_values(&self, query: &LabelValues, window: Window) -> Result<Vec<String>> {
        let mut parameters = vec![("start", seconds(window.start)), ("end", seconds(window.end))];
        parameters.extend(query.selector.clone().map(|selector| ("match[]", selector)));
        let body = self.get(&format!("api/v1/label/{}/values", query.label), &parameters)?;
        Ok(decode::label_values(JSON, &body)?)
    }

    /// How often each job is scraped.
    pub fn scrape_intervals(&self) -> Result<ScrapeIntervals> {
        let body = self.get("api/v1/targets", &[("state", "active".to_owned())])?;
        Ok(ScrapeIntervals::of(&decode::targets(JSON, &body)?))
    }

    /// How many samples its engine has loaded since its start.
    pub fn loaded(&self) -> Result<f64> {
        let metrics = String::from_utf8(self.get("metrics", &[])?)?;
        let value = metrics.lines().find_map(|line| line.strip_prefix(LOADED)?.trim().parse().ok());
        value.with_context(|| format!("this Prometheus does not count {LOADED}"))
    }

    fn get(&self, path: &str, parameters: &[(&str, String)]) -> Result<Vec<u8>> {
        let request = minreq::get(format!("{}{path}", self.base)).with_timeout(TIMEOUT);
        let request = parameters.iter().fold(request, |request, (name, value)| request.with_param(*name, value));
        let answer = request.send().with_context(|| format!("GET {path}"))?;
        if answer.status_code != 200 {
            bail!("GET {path}: {} {}", answer.status_code, answer.as_str().unwrap_or_default());
        }
        Ok(answer.into_bytes())
    }
}

const JSON: Http<'_> = Http { status: 200, content_type: "application/json" };

/// Formats a time or a duration for Prometheus. All of them are whole seconds here.
fn seconds(at: Millis) -> String {
    (at / 1_000).to_string()
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn number(count: usize) -> f64 {
    count as f64
}
