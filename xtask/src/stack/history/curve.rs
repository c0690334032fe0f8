//! The shape of generated values: high in the afternoon, low at night, with noise.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::capture::Series;

const DAY: f64 = 86_400.0;
/// Seconds between two restarts of a target's programs; a restart resets its counters.
const LIFE: u64 = 20 * 60 * 60;
/// How long a target is down at a restart, in seconds.
const PAUSE: u64 = 3 * 60;
/// How many seconds before the end of the history a file system has twice the free space of the end.
const FILLING: f64 = 60.0 * DAY;

/// How the values of a series are generated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A counter: its mean increase per second.
    Counter { rate: f64 },
    /// The idle seconds of a processor that is idle for this share of the time.
    Idle { share: f64 },
    /// Varies around the live value.
    Gauge,
    /// Varies below the live value, since a total is the limit.
    BoundedGauge,
    /// Free space on a file system that fills up.
    FreeSpace,
    /// Never changes.
    Constant,
    /// The start time of the current life.
    StartTime,
    /// The age of the current life, in seconds.
    Age,
    /// The current time.
    Now,
}

impl Kind {
    /// The kind of a live series.
    pub fn of(series: &Series, rate: Option<f64>) -> Self {
        let name = series.name.as_str();
        match (name, rate) {
            ("node_cpu_seconds_total", Some(rate)) if series.label("mode") == "idle" => Self::Idle { share: rate.clamp(0.03, 1.0) },
            ("mysql_global_status_uptime", _) => Self::Age,
            ("container_last_seen" | "node_time_seconds", _) => Self::Now,
            ("node_boot_time_seconds" | "process_start_time_seconds" | "container_start_time_seconds", _) => Self::StartTime,
            ("node_filesystem_avail_bytes" | "node_filesystem_free_bytes", _) => Self::FreeSpace,
            (_, Some(rate)) => Self::Counter { rate },
            _ if is_constant(name) => Self::Constant,
            _ if name.ends_with("_bytes") => Self::BoundedGauge,
            _ => Self::Gauge,
        }
    }
}

fn is_constant(name: &str) -> bool {
    let parts = ["_info", "_total_bytes", "Total_bytes", "_size", "_limit", "_spec_", "_variables_", "_readonly", "_files", "_max_used_"];
    name == "up" || name.ends_with("_up") || parts.iter().any(|part| name.contains(part))
}

/// A period in which a target ran without a restart, in seconds since the epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// Its start, when its counters were zero.
    pub start: u64,
    /// The first second in which the target is down.
    pub end: u64,
}

/// The lives of a target between `start` and `end`; a machine starts a new one only at its boot.
pub fn lives(target: &str, boot: Option<u64>, start: u64, end: u64) -> Vec<Life> {
    if let Some(boot) = boot {
        let before = Life { start: boot.saturating_sub(10 * LIFE), end: boot.saturating_sub(PAUSE) };
        return [before, Life { start: boot, end: u64::MAX }].into_iter().filter(|life| life.end > start && life.start < end).collect();
    }
    // Restarts are at fixed times, independent of `start`, so that consecutive parts fit together.
    let phase = hash(&target) % LIFE;
    let first = (start + LIFE - phase) / LIFE * LIFE + phase - LIFE;
    let births = (0..).map(|number| first + number * LIFE).take_while(|birth| *birth < end);
    births.map(|birth| Life { start: birth, end: birth + LIFE - PAUSE }).filter(|life| life.end > start).collect()
}

/// The activity at a time, 1 on average; it differs by `who`.
pub fn activity(who: &str, seconds: u64) -> f64 {
    let time = seconds as f64;
    // The peak is at three in the afternoon, UTC.
    let day = 0.45 * wave(time - 9.0 * 3600.0, DAY);
    let hours = 0.15 * wave(time + (hash(&who) % 8000) as f64, 8300.0);
    let noise = (hash(&(who, seconds)) % 2001) as f64 / 1000.0 - 1.0;
    (1.0 + day + hours + 0.1 * noise).max(0.1)
}

/// The increase of a counter within a step, up to a constant factor.
pub fn increase(kind: Kind, who: &str, seconds: u64) -> f64 {
    match kind {
        Kind::Idle { share } => (1.0 - (1.0 - share) * activity(who, seconds)).max(0.02),
        _ => activity(who, seconds),
    }
}

/// The value of a series that is no counter, in a life that began at `birth`; the live value is the value at `end`.
pub fn level(kind: Kind, series: &Series, who: &str, seconds: u64, birth: u64, end: u64) -> f64 {
    let value = series.value;
    match kind {
        Kind::Gauge => {
            let moved = value * activity(who, seconds) / activity(who, end);
            // What is there is counted at least once: a thread that runs, the connection of the exporter.
            if value.fract() == 0.0 { moved.round().max(value.min(1.0)) } else { moved }
        }
        Kind::BoundedGauge => (value * (1.0 - 0.1 * (activity(who, seconds) - activity(who, end)).abs())).round(),
        Kind::FreeSpace => (value * (1.0 + end.saturating_sub(seconds) as f64 / FILLING)).round(),
        Kind::StartTime => birth as f64,
        Kind::Age => seconds.saturating_sub(birth) as f64,
        Kind::Now => seconds as f64,
        Kind::Constant | Kind::Counter { .. } | Kind::Idle { .. } => value,
    }
}

fn wave(time: f64, period: f64) -> f64 {
    (time / period * std::f64::consts::TAU).sin()
}

fn hash(what: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_restarts_only_at_its_boot() {
        let day = 86_400;
        let lives = lives("node/app", Some(19 * day), 18 * day, 20 * day);
        assert_eq!(lives.len(), 2);
        assert_eq!(lives[0].end, 19 * day - PAUSE);
        assert_eq!(lives[1], Life { start: 19 * day, end: u64::MAX });
    }

    #[test]
    fn gauges_end_at_the_live_value() {
        let series = |value| Series { name: "load".to_owned(), labels: Default::default(), value, rate: None };
        let end = 1_700_000_000;
        for (kind, value) in [(Kind::Gauge, 0.7), (Kind::Gauge, 1.0), (Kind::BoundedGauge, 24e9), (Kind::FreeSpace, 5e9)] {
            let last = level(kind, &series(value), "node/app", end, 0, end);
            assert!((last / value - 1.0).abs() < 1e-9, "{kind:?}: {last} for {value}");
        }
        let day = (0..2880).map(|number| level(Kind::Gauge, &series(1.0), "node/app", end - number * 30, 0, end));
        assert!(day.min_by(f64::total_cmp).unwrap() >= 1.0);
    }

    #[test]
    fn lives_do_not_depend_on_the_range_that_is_asked_for() {
        let whole = lives("mysql/db", None, 1_000_000, 1_300_000);
        assert!(whole.len() >= 4);
        let middle = whole[1].start + 5000;
        assert_eq!(lives("mysql/db", None, 1_000_000, middle), whole[..2]);
        assert_eq!(lives("mysql/db", None, middle, 1_300_000), whole[1..]);
    }

    #[test]
    fn activity_is_one_on_average() {
        let day = (0..2880).map(|number| activity("nginx/app", 1_700_000_000 + number * 30));
        let mean = day.sum::<f64>() / 2880.0;
        assert!((mean - 1.0).abs() < 0.1, "{mean}");
    }
}
