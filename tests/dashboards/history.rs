//! Every expression finds data in two hours of history, at a scrape interval of 30 s as well as of 60 s.
//!
//! The history is made from the captured output of real exporters, with counters that grow steadily, so that rates are known. Jobs have
//! unusual names, since dashboards must not depend on job names.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use model::time::{HOUR, MINUTE, Millis, SECOND, Window, parse_duration};
use model::variable::{ALL, Binding, LabelValues, Variable, interpolate};
use query::{align, bindings, choose_step};

use crate::exposition::{Sample, read};
use crate::programs::Scratch;
use crate::rules::is_counter;
use crate::server::{Series, Server};
use crate::shipped::{Asked, Expression, of_services};

/// The name of a job, the exposition of its targets, and their instances.
const JOBS: [(&str, &str, &[&str]); 5] = [
    ("machines", "node", &["app", "db", "monitor"]),
    ("web", "nginx", &["app"]),
    ("database", "mysql", &["db"]),
    ("boxes", "docker", &["app"]),
    ("watcher", "prometheus", &["monitor"]),
];
/// The end of the history: a whole hour in November 2023.
const END: Millis = 1_700_002_800_000;
const LENGTH: Millis = 2 * HOUR;
/// The window that is queried.
const WINDOW: Window = Window { start: END - HOUR, end: END };
/// How many points a narrow panel asks for.
const POINTS: u16 = 240;
/// The longest step that follows from it or from the scrape interval, in seconds.
const LONGEST_STEP: f64 = 60.0;

/// The growth of counters per second. Counters of seconds grow more slowly, since a core works at most one second per second.
const GROWTH: f64 = 10.0;
const GROWTH_OF_SECONDS: f64 = 0.05;
/// Free bytes that disks lose per second.
const DISK_LOSS: f64 = 1e6;
/// cAdvisor reads an idle container once a minute, whatever the scrape interval.
const HOUSEKEEPING: Millis = MINUTE;
/// A container that ended, and when.
const GONE: (&str, Millis) = (r#"name="oneoff""#, END - HOUR / 2);

/// The last value of an expression's first series, where the history determines it.
const EXPECTED: [(&str, f64); 12] = [
    ("instances: service, health", 1.0),
    ("instances: panel 1, query 3", 1.0 - GROWTH_OF_SECONDS),
    ("instances: panel 6, query 1", GROWTH_OF_SECONDS),
    ("instances: panel 7, query 2", 2.0),
    ("nginx: service, health", 1.0),
    ("nginx: panel 2, query 1", GROWTH),
    ("nginx: panel 4, query 1", 0.0),
    ("mysql: panel 3, query 1", GROWTH),
    ("docker: panel 1, query 1", 3.0),
    ("docker: panel 2, query 1", 1.0),
    ("docker: panel 5, query 5", 0.0),
    ("prometheus: panel 1, query 1", 7.0),
];

#[test]
fn every_expression_finds_data_when_scraped_every_30_s() {
    finds_data(30 * SECOND);
}

#[test]
fn every_expression_finds_data_when_scraped_every_60_s() {
    finds_data(60 * SECOND);
}

fn finds_data(scrape_interval: Millis) {
    let scratch = Scratch::new();
    let server = Server::start(&scratch, &blocks(&scratch, &history(scrape_interval)));
    let mut wrong = Vec::new();
    let mut unexpected: Vec<&str> = EXPECTED.iter().map(|(place, _)| *place).collect();
    for shipped in of_services() {
        let variables = resolve(&server, &shipped.dashboard.variables);
        for expression in shipped.expressions() {
            let answer = ask(&server, &expression, &variables, scrape_interval);
            if let Err(why) = answer.and_then(|series| judge(&expression, &series)) {
                wrong.push(format!("{}: {why}\n  {}", expression.place, expression.template));
            }
            unexpected.retain(|place| *place != expression.place);
        }
    }
    assert!(wrong.is_empty(), "scraped every {} s:\n{}", scrape_interval / SECOND, wrong.join("\n"));
    assert!(unexpected.is_empty(), "no such expressions: {unexpected:?}");
}

/// The bindings of variables, as the app resolves them when nothing is chosen.
fn resolve(server: &Server, variables: &[Variable]) -> Vec<Binding> {
    let mut resolved: Vec<Binding> = Vec::new();
    for variable in variables {
        let options = match &variable.query {
            Some(query) => {
                let wanted = LabelValues::parse(&interpolate(query, &resolved)).unwrap();
                server.label_values(&wanted, WINDOW)
            }
            None => variable.options.clone(),
        };
        assert!(!options.is_empty(), "{} has no options", variable.name);
        let chosen = if variable.include_all { ALL.to_owned() } else { options[0].clone() };
        resolved.push(Binding::of(variable, &[chosen], &options));
    }
    resolved
}

/// Evaluates an expression as the app does.
fn ask(server: &Server, expression: &Expression, variables: &[Binding], scrape_interval: Millis) -> Result<Vec<Series>, String> {
    let sampled = expression.interval.map_or(scrape_interval, |interval| parse_duration(interval).unwrap()).max(scrape_interval);
    let step = choose_step(WINDOW, POINTS, scrape_interval);
    let expr = interpolate(expression.template, variables);
    let expr = interpolate(&expr, &bindings(WINDOW, step, sampled));
    match expression.asked {
        Asked::Range => server.query_range(&expr, align(WINDOW, step), step),
        Asked::Instant | Asked::Overview => server.query(&expr, Some(WINDOW.end)),
    }
}

/// Fails if an answer has gaps, or not the value that it must have.
fn judge(expression: &Expression, series: &[Series]) -> Result<(), String> {
    let longest = series.iter().max_by_key(|series| series.samples.len()).ok_or("no data")?;
    let (Some((first, _)), Some((last, _))) = (longest.samples.first(), longest.samples.last()) else {
        return Err("no finite sample".to_owned());
    };
    if expression.asked == Asked::Range {
        let widest = longest.samples.windows(2).map(|pair| pair[1].0 - pair[0].0).fold(0.0, f64::max);
        let (start, end) = ((WINDOW.start / SECOND) as f64, (WINDOW.end / SECOND) as f64);
        if *first > start || *last < end || widest > LONGEST_STEP {
            return Err(format!("from {first} to {last} with gaps of {widest} s"));
        }
    }
    let value = series[0].samples.last().map(|(_, value)| *value);
    match EXPECTED.iter().find(|(place, _)| *place == expression.place) {
        Some((_, expected)) if value.is_none_or(|value| (value - expected).abs() > 1e-9) => Err(format!("{value:?} instead of {expected}")),
        _ => Ok(()),
    }
}

/// The history in the text format of `OpenMetrics`.
fn history(scrape_interval: Millis) -> String {
    let mut text = String::new();
    for (job, exposition, instances) in JOBS {
        let samples = read(exposition);
        for instance in instances {
            let target = format!(r#"job="{job}",instance="{instance}""#);
            for sample in samples.iter().chain(&of_scrape(samples.len())) {
                let own_time = sample.metric.starts_with("container_") && sample.metric != "container_last_seen";
                let interval = if own_time { scrape_interval.max(HOUSEKEEPING) } else { scrape_interval };
                write_series(&mut text, sample, &target, interval);
            }
        }
    }
    text + "# EOF\n"
}

/// What Prometheus itself adds to the samples of a target.
fn of_scrape(samples: usize) -> [Sample; 3] {
    let sample = |metric: &str, value| Sample { metric: metric.to_owned(), labels: String::new(), value };
    [sample("up", 1.0), sample("scrape_duration_seconds", 0.01), sample("scrape_samples_scraped", samples as f64)]
}

fn write_series(text: &mut String, sample: &Sample, target: &str, interval: Millis) {
    let Sample { metric, labels, .. } = sample;
    let separator = if labels.is_empty() { "" } else { "," };
    let end = if labels.contains(GONE.0) { GONE.1 } else { END };
    let mut time = END - LENGTH;
    while time <= end {
        let value = value_at(sample, time);
        writeln!(text, "{metric}{{{target}{separator}{labels}}} {value} {}", time / SECOND).unwrap();
        time += interval;
    }
}

fn value_at(sample: &Sample, time: Millis) -> f64 {
    let elapsed = ((time - (END - LENGTH)) / SECOND) as f64;
    match sample.metric.as_str() {
        "container_last_seen" => (time / SECOND) as f64,
        "node_filesystem_avail_bytes" => sample.value - DISK_LOSS * elapsed,
        metric if metric.ends_with("_seconds_total") => sample.value + GROWTH_OF_SECONDS * elapsed,
        metric if is_counter(metric) => sample.value + GROWTH * elapsed,
        _ => sample.value,
    }
}

/// Turns a history into blocks of Prometheus' database, and returns their folder.
fn blocks(scratch: &Scratch, history: &str) -> PathBuf {
    scratch.write("history.txt", history);
    let data = scratch.path().join("data");
    let output = Command::new("promtool")
        .args(["tsdb", "create-blocks-from", "openmetrics", "--quiet"])
        .args([scratch.path().join("history.txt").as_path(), Path::new(&data)])
        .output()
        .unwrap_or_else(|error| panic!("promtool: {error}: run `cargo xtask setup`"));
    assert!(output.status.success(), "promtool: {}", String::from_utf8_lossy(&output.stderr));
    data
}
