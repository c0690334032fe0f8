//! Generates the samples of one part of a history, in the OpenMetrics format.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Result;

use super::capture::{Capture, Series};
use super::curve::{self, Kind, Life};
use super::{CAPTURE_INTERVAL, Ends};

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
            // Prometheus' own counters grow with each scrape, and these were more frequent while they were captured.
            (Some(rate), None) if series.label("job") == "prometheus" => Some(rate * CAPTURE_INTERVAL.as_secs_f64() / self.interval as f64),
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
                    let first = from.unwrap_or_else(|| rate * self.start.saturating_sub(life.start) as f64);
                    let steps: Vec<f64> = times.iter().map(|seconds| curve::increase(kind, &activity_key, *seconds)).collect();
                    // The counters of a machine continue into the live ones. All others are reset when the stack starts: they grow as fast
                    // at their end as the live ones.
                    let (scale, most) = if lands {
                        ((series.value - first).max(0.0) / steps.iter().sum::<f64>(), series.value)
                    } else {
                        (rate * self.interval as f64 / curve::increase(kind, &activity_key, self.end), f64::INFINITY)
                    };
                    let whole = series.value.fract() == 0.0;
                    let mut value = first;
                    samples.extend(times.iter().zip(&steps).map(|(seconds, step)| {
                        // A sum that is rounded up would be followed by a counter reset.
                        value = (value + scale * step).min(most);
                        (*seconds, if whole { value.floor() } else { value })
                    }));
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

/// The name of the activity that a series follows: all counters of one device, container or processor follow the same, so that their
/// ratios stay constant.
fn activity_key(series: &Series) -> String {
    let part = ["name", "device", "cpu"].iter().map(|label| series.label(label)).find(|part| !part.is_empty());
    format!("{}/{}", series.target(), part.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counters_of_a_machine_never_pass_the_live_ones() {
        let labels = [("job", "node"), ("mode", "user")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let part = Part { start: 1_700_000_000, end: 1_700_020_000, interval: 5 };
        for value in [1e-3, 3_100.7, 28_431.93, 1e9] {
            let labels = labels.clone().into_iter().collect();
            let series = Series { name: "node_cpu_seconds_total".to_owned(), labels, value, rate: Some(0.2) };
            let boot = part.start - 3_000;
            let samples = part.draw(&series, Some(boot), &curve::lives("node/app", Some(boot), part.start, part.end), None);
            assert_eq!(samples.len(), 4_000);
            assert!(samples.is_sorted_by(|(_, one), (_, next)| one <= next));
            assert!(samples.iter().all(|(_, sample)| *sample <= value), "{value}");
        }
    }
}
