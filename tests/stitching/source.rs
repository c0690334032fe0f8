//! The series of these tests: hours of history, which all sequences share, and what each sequence writes after it.
//!
//! The history has the label `run="0"`; what a sequence writes has a number of its own. An expression selects both by `run=~"0|N"`, so
//! that sequences do not disturb each other.

use std::fmt::Write as _;

use model::time::{HOUR, MINUTE, Millis, SECOND};

use crate::remote_write::Samples;

/// The end of the history, where what is written begins: an even hour in November 2023, as blocks end.
pub const END: Millis = 1_700_006_400_000;
/// How long the history is.
pub const LENGTH: Millis = 8 * HOUR;
/// How long sequences write after it. Prometheus rejects samples that are an hour older than its newest, from whichever sequence.
pub const LIVE: Millis = 55 * MINUTE;

/// The NaN by which Prometheus marks the end of a series.
const STALE_MARKER: u64 = 0x7ff0_0000_0000_0002;
/// The time between two samples of a series. Each series lags behind the multiples of it by less than one such interval.
const FAST: Millis = 15 * SECOND;
const SLOW: Millis = MINUTE;

/// One series.
#[derive(Clone, Debug)]
struct Series {
    /// The name first.
    labels: Vec<(&'static str, String)>,
    interval: Millis,
    shape: Shape,
    presence: Presence,
    /// Whether sequences write it too.
    live: bool,
}

/// How the values are generated.
#[derive(Clone, Copy, Debug)]
enum Shape {
    /// A wave with noise.
    Wave,
    /// Also NaN and infinities.
    Odd,
    /// A counter: its growth per second, and the time between two resets, ms.
    Counter(f64, Millis),
    /// The sum of so many counters.
    Bucket(u8),
    /// Mostly one, at times zero.
    Flag,
    One,
}

/// When the series has samples.
#[derive(Clone, Copy, Debug)]
enum Presence {
    Always,
    /// Periodically: the period, and how long the series is there in each, ms.
    Flaps(Millis, Millis),
    /// From and to, relative to the end of the history, ms.
    Between(Millis, Millis),
}

impl Series {
    /// The time of sample `index`. Each series has its own offset.
    fn time(&self, index: i64) -> Millis {
        index * self.interval + i64::try_from(self.noise(0) % self.interval.unsigned_abs()).unwrap()
    }

    /// The first sample at or after `time`.
    fn index(&self, time: Millis) -> i64 {
        let index = time.div_euclid(self.interval);
        if self.time(index) < time { index + 1 } else { index }
    }

    fn is_present(&self, time: Millis) -> bool {
        match self.presence {
            Presence::Always => true,
            Presence::Flaps(period, there) => {
                let shift = i64::try_from(self.noise(1) % period.unsigned_abs()).unwrap();
                (time + shift).rem_euclid(period) < there
            }
            Presence::Between(from, to) => (END + from..END + to).contains(&time),
        }
    }

    fn value(&self, index: i64) -> f64 {
        let time = self.time(index);
        let elapsed = (time - (END - LENGTH)) as f64 / 1_000.0;
        let noise = (self.noise(index) % 100_000) as f64 / 10_000.0;
        match self.shape {
            Shape::Wave => 50.0 + 30.0 * (elapsed / 700.0 + (self.noise(2) % 7) as f64).sin() + noise,
            Shape::Odd if elapsed.rem_euclid(4_000.0) < 600.0 || index % 13 == 0 => f64::NAN,
            Shape::Odd if index % 17 == 0 => f64::INFINITY,
            Shape::Odd if index % 19 == 0 => f64::NEG_INFINITY,
            Shape::Odd => -noise,
            Shape::Counter(rate, reset) => grown(rate, time.rem_euclid(reset)),
            Shape::Bucket(buckets) => {
                (1..=buckets).map(|bucket| grown(0.3 * f64::from(bucket), time.rem_euclid(3 * HOUR) * 7 / 8).floor()).sum()
            }
            Shape::Flag => f64::from(u8::from(!self.noise(index / 8).is_multiple_of(6))),
            Shape::One => 1.0,
        }
    }

    /// A number that looks random, always the same for the same series and index.
    fn noise(&self, index: i64) -> u64 {
        let start = self
            .labels
            .iter()
            .flat_map(|(_, value)| value.bytes())
            .fold(index.cast_unsigned(), |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        mix(start)
    }
}

/// The value of a counter `time` after its reset; it grows at a varying rate.
fn grown(rate: f64, time: Millis) -> f64 {
    let seconds = time as f64 / 1_000.0;
    rate * (seconds + 100.0 * (seconds / 300.0).sin())
}

/// The last steps of `SplitMix64`.
fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ bits >> 31
}

/// All series, without the label `run`.
fn all() -> Vec<Series> {
    let mut all = Vec::new();
    let mut add = |name: &str, labels: &[(&'static str, &str)], interval, shape, presence, live| {
        let labels = [("__name__", name)].iter().chain(labels).map(|(name, value)| (*name, (*value).to_owned())).collect();
        all.push(Series { labels, interval, shape, presence, live });
    };
    let flapping = |instance: &str| if instance < "c" { (7 * MINUTE, 3 * MINUTE) } else { (40 * MINUTE, 25 * MINUTE) };
    for instance in ["d", "b", "a", "c"] {
        let node = [("job", "node"), ("instance", instance)];
        let live = instance < "c";
        add("up", &node, FAST, Shape::Flag, Presence::Always, live);
        add("load", &node, FAST, Shape::Wave, Presence::Always, live);
        let (period, there) = flapping(instance);
        add("flappy", &[node[0], node[1], ("kind", "x")], FAST, Shape::Wave, Presence::Flaps(period, there), live);
        for device in ["eth0", "wg0"] {
            let labels = [node[0], node[1], ("device", device)];
            add("bytes_total", &labels, SLOW, Shape::Counter(1_234.5, 110 * MINUTE), Presence::Always, instance == "a");
        }
        add("odd", &node, SLOW, Shape::Odd, Presence::Always, instance == "b");
        let pod = [("job", "node"), ("instance", instance), ("node", "é\"\\\n"), ("version", "1.2")];
        add("pod_info", &pod, SLOW, Shape::One, Presence::Always, live);
    }
    for instance in ["a", "b"] {
        let live = instance == "a";
        for (code, rate) in [("200", 20.0), ("404", 0.2), ("500", 0.03)] {
            let mut labels = vec![("job", "web"), ("instance", instance), ("code", code), ("method", "GET"), ("handler", "/api/v1/items")];
            labels.extend([
                ("cluster", "north"),
                ("team", "shop"),
                ("zone", "z1"),
                ("Tier", "front"),
                ("pod", "web-7f9c"),
                ("image", "web:1.4"),
            ]);
            let shape = Shape::Counter(rate, if code == "200" { 37 * MINUTE } else { 4 * HOUR });
            add("requests_total", &labels, FAST, shape, Presence::Always, live && code != "500");
        }
        for (le, bucket) in [("0.1", 1), ("0.25", 2), ("0.5", 3), ("1", 4), ("5", 5), ("+Inf", 6)] {
            let labels = [("job", "web"), ("instance", instance), ("le", le)];
            add("latency_seconds_bucket", &labels, SLOW, Shape::Bucket(bucket), Presence::Always, live);
        }
    }
    add("batch", &[("job", "night"), ("instance", "old")], SLOW, Shape::Wave, Presence::Between(-6 * HOUR, -2 * HOUR), false);
    add("batch", &[("job", "night"), ("instance", "new")], SLOW, Shape::Wave, Presence::Between(-HOUR, 20 * MINUTE), true);
    add("batch", &[("job", "night"), ("instance", "newest")], FAST, Shape::Wave, Presence::Between(12 * MINUTE, HOUR), true);
    add("rare", &[("job", "night"), ("instance", "a")], SLOW, Shape::Wave, Presence::Between(-8 * HOUR, -450 * MINUTE), false);
    all
}

/// The history in the text format of `OpenMetrics`.
pub fn history() -> String {
    let mut text = String::new();
    for series in all() {
        let (_, name) = &series.labels[0];
        let labels = series.labels[1..].iter().fold(String::from(r#"run="0""#), |mut text, (name, value)| {
            write!(text, r#",{name}="{}""#, value.replace('\\', r"\\").replace('"', r#"\""#).replace('\n', r"\n")).unwrap();
            text
        });
        for index in series.index(END - LENGTH)..series.index(END) {
            let time = series.time(index);
            if series.is_present(time) {
                let value = match series.value(index) {
                    f64::INFINITY => "+Inf".to_owned(),
                    f64::NEG_INFINITY => "-Inf".to_owned(),
                    value => value.to_string(),
                };
                writeln!(text, "{name}{{{labels}}} {value} {}.{:03}", time / 1_000, time % 1_000).unwrap();
            }
        }
    }
    text + "# EOF\n"
}

/// What a sequence writes: series that continue, begin and end, whose samples arrive late.
#[derive(Debug)]
pub struct Live {
    /// The number of the sequence.
    pub run: u32,
    lateness: Lateness,
    all: Vec<Progress>,
}

/// How much later than its time a sample arrives.
#[derive(Clone, Copy, Debug)]
pub enum Lateness {
    /// Always so much, ms.
    Always(Millis),
    /// At most so much, ms: for some series never, for some always the maximum, for the others random.
    UpTo(Millis),
}

/// How far a series is written.
#[derive(Debug)]
struct Progress {
    series: Series,
    labels: Vec<(String, String)>,
    /// The sample to write next.
    next: i64,
    /// When the sample before it arrived; it cannot arrive earlier.
    seen: Millis,
    /// Whether the series was there at the sample before.
    present: bool,
}

impl Live {
    /// The series of the sequence `run`; nothing is written yet.
    pub fn new(run: u32, lateness: Lateness) -> Self {
        let progress = |series: Series| {
            let mut labels: Vec<(String, String)> = series
                .labels
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .chain([("run".into(), run.to_string())])
                .collect();
            labels.sort();
            Progress { next: series.index(END), seen: 0, present: false, labels, series }
        };
        Self { run, lateness, all: all().into_iter().filter(|series| series.live).map(progress).collect() }
    }

    /// The samples that have arrived by `now` and were not returned before.
    pub fn until(&mut self, now: Millis) -> Vec<Samples> {
        let (run, lateness) = (self.run, self.lateness);
        let new = self.all.iter_mut().filter_map(|progress| {
            let samples = progress.until(now, run, lateness);
            (!samples.is_empty()).then(|| Samples { labels: progress.labels.clone(), samples })
        });
        new.collect()
    }
}

impl Progress {
    fn until(&mut self, now: Millis, run: u32, lateness: Lateness) -> Vec<(Millis, u64)> {
        let mut samples = Vec::new();
        loop {
            let time = self.series.time(self.next);
            // Samples arrive in order: a sample waits for the one before it.
            let seen = self.seen.max(time + self.lag(run, lateness));
            if seen > now {
                return samples;
            }
            let present = self.series.is_present(time);
            if present {
                samples.push((time, self.series.value(self.next).to_bits()));
            } else if self.present {
                samples.push((time, STALE_MARKER));
            }
            (self.next, self.seen, self.present) = (self.next + 1, seen, present);
        }
    }

    /// How late the next sample is.
    fn lag(&self, run: u32, lateness: Lateness) -> Millis {
        let by_chance = |salt: i64| self.series.noise(i64::from(run) << 40 | salt);
        match lateness {
            Lateness::Always(lag) => lag,
            Lateness::UpTo(most) => match by_chance(0) % 4 {
                0 => 0,
                1 => most,
                _ => i64::try_from(by_chance(self.next) % (most.unsigned_abs() + 1)).unwrap(),
            },
        }
    }
}
