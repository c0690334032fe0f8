//! The scrape interval of the series in an expression. It is not guessed: `rate` needs two samples in its window, and a guess that is too
//! short gives "no data".

use super::step::nice;
use model::series::Sample;
use model::target::ScrapeTarget;
use model::time::{MINUTE, Millis};
use text::search;

/// The scrape interval of each job.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScrapeIntervals(Vec<(String, Millis)>);

/// The interval if it is not known: Prometheus' default. A window that is too long smooths, and one that is too short is empty.
const UNKNOWN: Millis = MINUTE;
/// An expression for the number of recent samples of each job.
pub const COUNT: &str = "max by (job) (count_over_time(up[5m]))";
/// The range of [`COUNT`].
const COUNTED: Millis = 5 * MINUTE;
/// The estimated interval is reduced to this percentage before it is rounded up, so that one late or missing sample does not make it
/// longer.
const LATE: Millis = 85;

impl ScrapeIntervals {
    /// The intervals of these targets; the longest one if a job has several.
    pub fn of(targets: &[ScrapeTarget]) -> Self {
        let mut jobs: Vec<(String, Millis)> = Vec::new();
        for target in targets {
            let (Some(job), Some(interval)) = (target.labels.get("job"), target.interval) else { continue };
            match jobs.iter_mut().find(|(known, _)| known == job) {
                Some((_, longest)) => *longest = interval.max(*longest),
                None => jobs.push((job.to_owned(), interval)),
            }
        }
        Self(jobs)
    }

    /// Estimates the intervals from the samples that [`COUNT`] returned, for a source that does not report them.
    pub fn counted(samples: &[Sample]) -> Self {
        let interval = |sample: &Sample| {
            let job = sample.labels.get("job")?.to_owned();
            (sample.value >= 1.0).then(|| (job, nice(COUNTED / whole(sample.value) * LATE / 100)))
        };
        Self(samples.iter().filter_map(interval).collect())
    }

    /// Whether no job is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The interval for an expression whose variables are replaced: the longest of the jobs that its `job` matchers name, else that of
    /// `default_job`, else the longest of all.
    pub fn of_expression(&self, expr: &str, default_job: Option<&str>) -> Millis {
        let longest = |named: &dyn Fn(&str) -> bool| self.0.iter().filter(|(job, _)| named(job)).map(|(_, interval)| *interval).max();
        let jobs = job_matchers(expr);
        longest(&|job| jobs.iter().any(|named| named == job))
            .or_else(|| longest(&|job| default_job == Some(job)))
            .or_else(|| longest(&|_| true))
            .unwrap_or(UNKNOWN)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a count of samples in minutes")]
fn whole(count: f64) -> Millis {
    count as Millis
}

/// The jobs that `job="…"` and `job=~"a|(b|c)"` name. Other regular expressions are not evaluated: their text is no job's name.
fn job_matchers(expr: &str) -> Vec<String> {
    let mut jobs = Vec::new();
    let mut from = 0;
    while let Some(found) = expr.get(from..).and_then(|rest| search::find(rest, "job=")) {
        let at = from + found;
        from = at + "job=".len();
        // Not the end of a longer name such as `cron_job=`.
        let standing_alone = expr.get(..at).is_none_or(|before| !before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_'));
        let value = expr.get(from..).map(|tail| tail.trim_start_matches('~')).and_then(|tail| tail.strip_prefix('"'));
        if let (true, Some((value, _))) = (standing_alone, value.and_then(|tail| tail.split_once('"'))) {
            jobs.extend(value.split('|').map(|job| job.trim_matches(['(', ')']).replace('\\', "")));
        }
    }
    jobs
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::target::TargetHealth;
    use model::time::SECOND;

    fn intervals(jobs: &[(&str, Millis)]) -> ScrapeIntervals {
        let target = |(job, seconds): &(&str, Millis)| ScrapeTarget {
            labels: [("job".to_owned(), (*job).to_owned())].into_iter().collect(),
            pool: String::new(),
            url: String::new(),
            health: TargetHealth::Up,
            last_error: None,
            last_scrape: None,
            last_duration: 0.0,
            interval: Some(seconds * SECOND),
        };
        ScrapeIntervals::of(&jobs.iter().map(target).collect::<Vec<_>>())
    }

    #[test]
    fn the_interval_is_that_of_the_job_in_the_expression() {
        let known = intervals(&[("node", 30), ("mysql", 60), ("node", 15), ("prometheus", 5)]);
        let seconds = |expr, default| known.of_expression(expr, default) / SECOND;
        assert_eq!(seconds(r#"rate(a{job="node"}[1m])"#, None), 30);
        assert_eq!(seconds(r#"a{x="1",job=~"(node|prometheus)"}"#, None), 30);
        assert_eq!(seconds(r#"a{job=~"prometheus"}"#, Some("mysql")), 5);
        assert_eq!(seconds("a", Some("prometheus")), 5);
        assert_eq!(seconds("a", None), 60);
        assert_eq!(seconds(r#"a{job=~"n.*"}"#, None), 60);
        let dotted = intervals(&[("my.job", 30), ("other", 60)]);
        assert_eq!(dotted.of_expression(r#"a{job=~"my\\.job"}"#, None), 30 * SECOND);
        assert_eq!(seconds(r#"a{cron_job="prometheus"}"#, None), 60);
    }

    #[test]
    fn intervals_that_are_not_reported_are_estimated_from_sample_counts() {
        let sample = |job: &str, value| Sample { labels: [("job".to_owned(), job.to_owned())].into_iter().collect(), value };
        let counts = [("a", 10.0), ("b", 9.0), ("c", 5.0), ("d", 60.0), ("e", 1.0), ("none", 0.0)];
        let counted = ScrapeIntervals::counted(&counts.map(|(job, count)| sample(job, count)));
        let seconds = |job| counted.of_expression("", Some(job)) / SECOND;
        assert_eq!(["a", "b", "c", "d", "e"].map(seconds), [30, 30, 60, 5, 300]);
        assert!(ScrapeIntervals::counted(&[sample("none", 0.0)]).is_empty());
    }

    #[test]
    fn an_unknown_interval_is_one_minute() {
        assert_eq!(ScrapeIntervals::default().of_expression("a", None), MINUTE);
    }
}
