//! Backfills a generated history for the dashboards: hours or days of samples of the series that the live exporters export.
//!
//! The series, their labels and typical values are captured from the running stack; [`curve`] generates past values, and promtool makes
//! TSDB blocks of them. Blocks contain absolute times. The cache keeps those of a history longer than [`MAX_AGE`], with the last value of
//! each series, for that time. The time since then is generated at each start, as a short second part that continues from those values.

mod capture;
mod curve;
mod write;

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use self::capture::Capture;
use self::write::Part;
use super::assembly::Stack;
use super::http;
use super::scratch::{copy_tree, set_owner_tree};
use super::site::NOBODY;
use crate::{paths, process};

/// Increase this when the generated samples change.
const VERSION: u32 = 6;
/// How old the cached part may be, in seconds: at most this much is generated at each start.
const MAX_AGE: u64 = 6 * 60 * 60;
/// Longer than any history, so that promtool reads its input once and not once for every two hours.
const MAX_BLOCK: &str = "8760h";
/// How much longer a history is than asked for, in seconds: a rate needs samples from before the first point of a chart.
const LEAD: u64 = 15 * 60;
/// How often Prometheus scrapes while the series are captured.
pub const CAPTURE_INTERVAL: Duration = Duration::from_secs(1);
/// How many scrapes the series are captured from.
const CAPTURE_SAMPLES: u64 = 12;

/// The last value of each series, by name and labels.
type Ends = BTreeMap<String, f64>;

/// The history that was requested.
#[derive(Clone, Copy, Debug)]
pub struct History {
    /// How far it reaches back.
    pub duration: Duration,
    /// The distance between two samples.
    pub interval: Duration,
}

impl History {
    /// Backfills a history that ends at the first scrape. `stack` must scrape every [`CAPTURE_INTERVAL`]; Prometheus is restarted, and then
    /// scrapes every `scrape_interval`.
    pub fn backfill(self, stack: &mut Stack, scrape_interval: Duration) -> Result<()> {
        stack.wait_scraped(CAPTURE_SAMPLES, CAPTURE_INTERVAL)?;
        let first = http::scalar(&stack.api(), "min(min_over_time(timestamp(up)[5m:1s]))")?;
        let end = first.context("nothing was scraped")? as u64;
        let capture = Capture::take(&stack.api())?;
        // A short one is drawn anew each time: a cached part has the values of another day, and the curves jump where it ends.
        let (mut parts, start, ends) = if self.duration.as_secs() > MAX_AGE {
            let (cached, made, ends) = self.cached(stack, &capture, end)?;
            (vec![cached], made, ends)
        } else {
            (Vec::new(), self.start(end), Ends::new())
        };
        if start < end {
            let fresh = stack.path("history");
            self.part(start, end).make(&capture, &ends, &fresh)?;
            parts.push(fresh.join("blocks"));
        }
        stack.service("prometheus")?.stop();
        let data = stack.prometheus_data();
        for blocks in parts {
            copy_tree(&blocks, &data)?;
        }
        set_owner_tree(&data, NOBODY)?;
        stack.scrape_every(scrape_interval)
    }

    /// Where a history begins that ends at `end`, in seconds since the epoch.
    fn start(self, end: u64) -> u64 {
        end.saturating_sub(self.duration.as_secs() + LEAD)
    }

    fn part(self, start: u64, end: u64) -> Part {
        Part { start, end, interval: self.interval.as_secs() }
    }

    /// The long part, from the cache or newly generated: the folder of its blocks, its end, and the values at its end.
    fn cached(self, stack: &Stack, capture: &Capture, end: u64) -> Result<(PathBuf, u64, Ends)> {
        let folder = paths::cache().join("history").join(self.key(capture));
        if let Ok((made, ends)) = read_ends(&folder)
            && made <= end
            && end - made < MAX_AGE
        {
            return Ok((folder.join("blocks"), made, ends));
        }
        eprintln!("making up a past of {} with a sample every {} …", in_words(self.duration), in_words(self.interval));
        let work = stack.path("history");
        let start = self.start(end);
        let ends = self.part(start, end).make(capture, &Ends::new(), &work)?;
        fs::write(work.join("ends.json"), serde_json::to_string(&serde_json::json!({"end": end, "values": ends}))?)?;
        // Another stack may do the same at the same time: its history is just as good.
        let fresh = folder.with_added_extension(std::process::id().to_string());
        copy_tree(&work, &fresh)?;
        fs::remove_dir_all(&work)?;
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        prune(&paths::cache().join("history"));
        fs::rename(&fresh, &folder).with_context(|| format!("cannot keep the history in {}", folder.display()))?;
        Ok((folder.join("blocks"), end, ends))
    }

    /// The cache key of a history: all that it depends on, except the time.
    fn key(self, capture: &Capture) -> String {
        let mut hasher = DefaultHasher::new();
        capture.families().hash(&mut hasher);
        format!("{}s-{}s-v{VERSION}-{:016x}", self.duration.as_secs(), self.interval.as_secs(), hasher.finish())
    }
}

/// A duration for people: `6 h`.
pub fn in_words(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let units = [(86_400, "days"), (3_600, "h"), (60, "min")];
    let unit = units.into_iter().find(|(size, _)| seconds >= 2 * size && seconds.is_multiple_of(*size));
    let (size, name) = unit.unwrap_or((1, "s"));
    format!("{} {name}", seconds / size)
}

/// Removes cached histories that are too old to be used.
fn prune(histories: &Path) {
    for entry in fs::read_dir(histories).into_iter().flatten().flatten() {
        let modified = entry.metadata().and_then(|metadata| metadata.modified());
        let age = modified.ok().and_then(|modified| modified.elapsed().ok()).unwrap_or_default();
        if age.as_secs() > 2 * MAX_AGE {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn read_ends(folder: &Path) -> Result<(u64, Ends)> {
    let json: serde_json::Value = serde_json::from_str(&fs::read_to_string(folder.join("ends.json"))?)?;
    let end = json["end"].as_u64().context("no end")?;
    let values = json["values"].as_object().context("no values")?;
    Ok((end, values.iter().filter_map(|(key, value)| Some((key.clone(), value.as_f64()?))).collect()))
}

impl Part {
    /// Generates this part, which continues from `ends`, and makes blocks of it in `folder/blocks`. Returns the values at its end.
    fn make(self, capture: &Capture, ends: &Ends, folder: &Path) -> Result<Ends> {
        let blocks = folder.join("blocks");
        fs::create_dir_all(&blocks)?;
        let text = folder.join("openmetrics.txt");
        let ends = self.write(capture, ends, &text)?;
        let promtool = process::require(&["promtool"], "prometheus")?;
        let mut command = Command::new(promtool);
        // `--max-block-duration` must come before the kind of input.
        command.args(["tsdb", "create-blocks-from", "--quiet", "--max-block-duration", MAX_BLOCK, "openmetrics"]);
        process::output(command.arg(&text).arg(&blocks)).context("promtool cannot make blocks of the history")?;
        fs::remove_file(text)?;
        Ok(ends)
    }
}
