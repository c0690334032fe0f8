//! Decodes answers that were captured from real servers, Prometheus 2.42 and 3.5: `tests/fixtures/api`.
//!
//! Each file has the status code and `Content-Type` on one line, then the body. They were captured from a server that scrapes itself
//! (up) and a `node` job (down), with `deploy/prometheus/alerts.yml` loaded.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::float_cmp, reason = "a test fails by panicking")]

use model::alert::AlertState;
use model::histogram::{Bucket, Heat};
use model::series::Grid;
use model::target::TargetHealth;
use model::time::Window;
use prometheus::decode::{self, Http};
use prometheus::error::Error;
use std::path::Path;

/// A captured answer.
struct Captured {
    status: u16,
    content_type: String,
    body: Vec<u8>,
}

impl Captured {
    fn http(&self) -> Http<'_> {
        Http { status: self.status, content_type: &self.content_type }
    }
}

/// Calls `check` with the answer of each server.
fn each(name: &str, check: impl Fn(&Captured)) {
    of(&["prometheus-2", "prometheus-3"], name, check);
}

fn of(servers: &[&str], name: &str, check: impl Fn(&Captured)) {
    for server in servers {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/api").join(server).join(format!("{name}.http"));
        let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let end = text.iter().position(|byte| *byte == b'\n').unwrap();
        let (status, content_type) = std::str::from_utf8(&text[..end]).unwrap().split_once(' ').unwrap();
        let answer = Captured { status: status.parse().unwrap(), content_type: content_type.into(), body: text[end + 1..].to_vec() };
        println!("{}", path.display());
        check(&answer);
    }
}

/// The values of an instant query.
fn values(answer: &Captured) -> Vec<f64> {
    decode::instant(answer.http(), &answer.body).unwrap().data.iter().map(|sample| sample.value).collect()
}

/// The kind and the message of an error.
fn refusal(answer: &Captured) -> (String, String) {
    match decode::instant(answer.http(), &answer.body) {
        Err(Error::Api { kind, message }) => (kind, message),
        other => panic!("{other:?}"),
    }
}

#[test]
fn samples_of_a_range_are_put_on_the_grid() {
    each("matrix", |answer| {
        // The query starts at the first sample.
        let text = String::from_utf8_lossy(&answer.body);
        let start: i64 = text.split("\"values\":[[").nth(1).unwrap().split(',').next().unwrap().parse().unwrap();
        let frame = decode::range(answer.http(), &answer.body, Grid { start: start * 1_000, step: 2_000, len: 3 }).unwrap().data;
        let [own, node] = &frame.series[..] else { panic!("two series") };
        assert_eq!((own.labels.get("job"), node.labels.get("job")), (Some("prometheus"), Some("node")));
        assert_eq!(own.values, [1.0; 3]);
        // There is a gap if the target's first scrape was after the start of the query.
        assert!(node.values.contains(&0.0) && node.values.iter().all(|value| value.is_nan() || *value == 0.0), "{:?}", node.values);
    });
}

#[test]
fn all_result_types_of_an_instant_query_are_read() {
    each("vector", |answer| assert_eq!(values(answer), [1.0, 0.0]));
    each("scalar", |answer| assert_eq!(values(answer), [1.5]));
    each("string", |answer| assert_eq!(values(answer), [0.0; 0]));
    each("empty", |answer| assert_eq!(values(answer), [0.0; 0]));
    each("infinite", |answer| assert_eq!(values(answer), [f64::INFINITY]));
}

#[test]
fn infos_are_not_warnings() {
    each("infos", |answer| {
        let remarks = decode::instant(answer.http(), &answer.body).unwrap().remarks;
        assert_eq!(remarks.warnings, [""; 0]);
        // Prometheus 2 has no infos.
        assert!(remarks.infos.iter().all(|info| info.contains("might not be a counter")));
    });
}

#[test]
fn errors_keep_the_message_of_the_server() {
    each("syntax_error", |answer| assert!(refusal(answer).1.contains("parse error")));
    each("too_many_points", |answer| assert!(refusal(answer).1.contains("11,000 points")));
    each("many_to_many", |answer| assert_eq!(refusal(answer).0, "execution"));
    each("not_found", |answer| assert_eq!(decode::instant(answer.http(), &answer.body), Err(Error::Refused { status: 404 })));
}

#[test]
fn rules_have_their_state_and_annotations() {
    each("rules", |answer| {
        let rules = decode::rules(answer.http(), &answer.body).unwrap();
        assert_eq!(rules.len(), 5);
        let first = &rules[0];
        assert_eq!((first.name.as_str(), first.state, first.hold), ("InstanceDown", AlertState::Pending, 60_000));
        assert_eq!(first.alerts[0].annotations.get("summary_sv"), Some("app svarar inte"));
        assert!(first.active_since().is_some());
        assert!(rules[1..].iter().all(|rule| rule.state == AlertState::Inactive));
    });
}

#[test]
fn targets_have_their_health_interval_and_error() {
    each("targets", |answer| {
        let targets = decode::targets(answer.http(), &answer.body).unwrap();
        let [down, up] = &targets[..] else { panic!("two targets") };
        assert_eq!((down.health, up.health), (TargetHealth::Down, TargetHealth::Up));
        assert!(down.last_error.as_deref().is_some_and(|error| error.contains("refused")));
        assert_eq!((up.interval, up.last_error.as_deref()), (Some(1_000), None));
        assert!(up.last_scrape.is_some() && up.last_duration > 0.0);
    });
}

#[test]
fn label_values_are_read() {
    each("label_values", |answer| assert_eq!(decode::label_values(answer.http(), &answer.body).unwrap(), ["node", "prometheus"]));
}

#[test]
fn native_histograms_become_one_series_per_bucket() {
    of(&["prometheus-3"], "native_histogram", |answer| {
        let frame = decode::range(answer.http(), &answer.body, Grid { start: 1_795_437_410_000, step: 10_000, len: 3 }).unwrap().data;
        // The three instants have 1, 10 and 15 buckets.
        assert_eq!(frame.series.len(), 16);
        let sum = |index: usize| frame.series.iter().map(|series| series.values[index]).filter(|count| !count.is_nan()).sum::<f64>();
        let counts = ["0.05555555555555556", "0.6666666666666667", "1.6666666666666667"].map(|count| count.parse::<f64>().unwrap());
        assert!((0..3).all(|index| (sum(index) - counts[index]).abs() < 1e-9));
        let heat = Heat::of(&[(&frame, "")], Window { start: 1_795_437_400_000, end: 1_795_437_430_000 });
        // The bound doubles every eight rows, and it doubles six times from 188 µs to 12 ms.
        assert_eq!(heat.rows.len(), 48);
        let Bucket::Between(low, high) = heat.rows[8].bucket else { panic!("bounds") };
        assert!((low - 0.000_376_516_314_796_860_5).abs() < 1e-15 && high > low, "{low}");
        assert!((heat.most - 0.277_777_777_777_777_8).abs() < 1e-12);
    });
    of(&["prometheus-3"], "native_histogram_instant", |answer| {
        let samples = decode::instant(answer.http(), &answer.body).unwrap().data;
        assert_eq!(samples.len(), 31);
        assert_eq!(samples[30].labels.to_selector(), r#"{job="prometheus"}"#);
        let count: f64 = samples[..30].iter().map(|sample| sample.value).sum();
        assert_eq!(count, 119.0);
    });
}
