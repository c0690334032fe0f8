//! How often what an expression reads is scraped. A guess here would give "no data": a rate needs two samples in its window.

use super::step::nice;
use model::series::Sample;
use model::target::ScrapeTarget;
use model::time::{MINUTE, Millis};

/// The scrape interval of each job, as the targets say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScrapeIntervals(Vec<(String, Millis)>);

/// Where no target says how often it is scraped, Prometheus' own default holds: a window that is too long smooths, one that is too
/// short is empty.
const UNKNOWN: Millis = MINUTE;
/// How many samples each job's targets have given of late.
pub const COUNT: &str = "max by (job) (count_over_time(up[5m]))";
/// The time in which [`COUNT`] counts.
const COUNTED: Millis = 5 * MINUTE;
/// A sample that came late, or one that is missing, is no longer interval: in percent of what was counted.
const LATE: Millis = 85;

impl ScrapeIntervals {
    /// The intervals of these targets; of a job with several the longest.
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

    /// The intervals as far as counting tells, for a source that does not say: of the samples that [`COUNT`] gave.
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

    /// The interval for an expression whose variables are replaced: that of the jobs its `job` matchers name, else that of
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

/// The jobs that `job="…"` and `job=~"a|(b|c)"` name. What is a real regular expression names no job literally and is left out.
fn job_matchers(expr: &str) -> Vec<String> {
    let mut jobs = Vec::new();
    for (at, _) in expr.match_indices("job=") {
        // Not the end of a longer name such as `cron_job=`.
        let standing_alone = expr.get(..at).is_none_or(|before| !before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_'));
        let value = expr.get(at + "job=".len()..).map(|tail| tail.trim_start_matches('~')).and_then(|tail| tail.strip_prefix('"'));
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
    fn the_job_in_the_expression_decides() {
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
    fn what_the_source_does_not_say_is_counted() {
        let sample = |job: &str, value| Sample { labels: [("job".to_owned(), job.to_owned())].into_iter().collect(), value };
        let counts = [("a", 10.0), ("b", 9.0), ("c", 5.0), ("d", 60.0), ("e", 1.0), ("none", 0.0)];
        let counted = ScrapeIntervals::counted(&counts.map(|(job, count)| sample(job, count)));
        let seconds = |job| counted.of_expression("", Some(job)) / SECOND;
        assert_eq!(["a", "b", "c", "d", "e"].map(seconds), [30, 30, 60, 5, 300]);
        assert!(ScrapeIntervals::counted(&[sample("none", 0.0)]).is_empty());
    }

    #[test]
    fn a_source_that_does_not_say_gets_a_long_window() {
        assert_eq!(ScrapeIntervals::default().of_expression("a", None), MINUTE);
    }
}
