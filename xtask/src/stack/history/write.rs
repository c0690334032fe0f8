//! Generates the samples of one part of a history, in the OpenMetrics format.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Result;

use super::Ends;
use super::capture::{Capture, Series};
use super::curve::{self, Kind, Life};

/// A time range in seconds since the epoch, with a sample at each multiple of the interval.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The first second.
    pub start: u64,
    /// The second after the last.
    pub end: u64,
    /// The distance between two samples.
    pub interval: u64,
}

impl Part {
    /// Writes all samples to `file`. Counters continue from `ends`. Returns the values at the end of this part.
    pub fn write(self, capture: &Capture, ends: &Ends, file: &Path) -> Result<Ends> {
        let mut out = BufWriter::new(File::create(file)?);
        let mut lives: HashMap<String, Vec<Life>> = HashMap::new();
        let mut new_ends = Ends::new();
        for series in &capture.series {
            let boot = capture.boots.get(&series.target()).map(|boot| *boot as u64);
            let target = series.target();
            let lives = lives.entry(target).or_insert_with_key(|target| curve::lives(target, boot, self.start, self.end));
            let key = series.key();
            let samples = self.draw(series, boot, lives, ends.get(&key).copied());
            for (seconds, value) in &samples {
                writeln!(out, "{key} {value} {seconds}")?;
            }
            if let Some((_, value)) = samples.last() {
                new_ends.insert(key, *value);
            }
        }
        writeln!(out, "# EOF")?;
        out.flush()?;
        Ok(new_ends)
    }

    fn draw(self, series: &Series, boot: Option<u64>, lives: &[Life], from: Option<f64>) -> Vec<(u64, f64)> {
        // The counters of a machine start at its boot: their mean is a better rate than that of the last seconds.
        let rate = match (series.rate, boot) {
            (Some(_), Some(boot)) => Some(series.value / self.end.saturating_sub(boot).max(1) as f64),
            (rate, _) => rate,
        };
        let kind = Kind::of(series, rate);
        let activity_key = activity_key(series);
        let mut samples = Vec::new();
        for life in lives {
            let times = self.times(life.start, life.end);
            match rate.filter(|_| matches!(kind, Kind::Counter { .. } | Kind::Idle { .. })) {
                Some(rate) => {
                    let lands = boot == Some(life.start);
                    let from = from.filter(|_| life.start < self.start);
                    let (first, last) = self.ends_of(life, rate, series.value, from, lands);
                    count(&mut samples, kind, &activity_key, &times, first, last, series.value.fract() == 0.0);
                }
                None => samples.extend(
                    times.iter().map(|seconds| (*seconds, curve::level(kind, series, &activity_key, *seconds, life.start, self.end))),
                ),
            }
        }
        if series.name == "up" {
            self.fill_with_down(&mut samples);
        }
        samples
    }

    /// The values of a counter at the start and at the end of this part of a life.
    fn ends_of(self, life: &Life, rate: f64, live: f64, from: Option<f64>, lands: bool) -> (f64, f64) {
        let (start, end) = (life.start.max(self.start), life.end.min(self.end));
        let first = from.unwrap_or_else(|| rate * start.saturating_sub(life.start) as f64);
        // The counters of a machine continue into the live ones; all others are reset when the stack starts.
        let last = if lands { live } else { first + rate * end.saturating_sub(start) as f64 };
        (first.min(last), last)
    }

    /// The times of the samples in a life.
    fn times(self, start: u64, end: u64) -> Vec<u64> {
        let (start, end) = (start.max(self.start), end.min(self.end));
        let interval = usize::try_from(self.interval).unwrap_or(usize::MAX);
        (start.next_multiple_of(self.interval)..end).step_by(interval).collect()
    }

    /// Adds `up` with the value 0 between two lives, as Prometheus records it for a target that is down.
    fn fill_with_down(self, samples: &mut Vec<(u64, f64)>) {
        let seen: std::collections::BTreeMap<u64, f64> = samples.drain(..).collect();
        let times = self.times(self.start, self.end);
        samples.extend(times.into_iter().map(|seconds| (seconds, seen.get(&seconds).copied().unwrap_or_default())));
    }
}

/// Appends the samples of a counter that grows from `first` to `last`.
fn count(samples: &mut Vec<(u64, f64)>, kind: Kind, activity_key: &str, times: &[u64], first: f64, last: f64, whole: bool) {
    let total: f64 = times.iter().map(|seconds| curve::increase(kind, activity_key, *seconds)).sum();
    let mut done = 0.0;
    for seconds in times {
        done += curve::increase(kind, activity_key, *seconds);
        let value = first + (last - first) * done / total;
        samples.push((*seconds, if whole { value.floor() } else { value }));
    }
}

/// The name of the activity that a series follows: all counters of one device, container or processor follow the same, so that their
/// ratios stay constant.
fn activity_key(series: &Series) -> String {
    let part = ["name", "device", "cpu"].iter().map(|label| series.label(label)).find(|part| !part.is_empty());
    format!("{}/{}", series.target(), part.unwrap_or_default())
}
