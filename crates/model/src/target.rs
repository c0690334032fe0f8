//! Scrape targets.

use super::labels::Labels;
use super::time::Millis;
use text::order::by_text;

/// The result of the last scrape, in the order in which targets are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetHealth {
    /// The last scrape failed.
    Down,
    /// Not scraped yet.
    Unknown,
    /// The last scrape succeeded.
    Up,
}

/// One target.
#[derive(Clone, Debug, PartialEq)]
pub struct ScrapeTarget {
    /// Its labels, including `job` and `instance`.
    pub labels: Labels,
    /// The scrape job or pool.
    pub pool: String,
    /// The URL that is scraped. Untrusted text.
    pub url: String,
    /// The result of the last scrape.
    pub health: TargetHealth,
    /// Why the last scrape failed.
    pub last_error: Option<String>,
    /// When it was last scraped, ms.
    pub last_scrape: Option<Millis>,
    /// How long the last scrape took, seconds.
    pub last_duration: f64,
    /// How often it is scraped, ms; `None` if the source does not say.
    pub interval: Option<Millis>,
}

/// Broken first, then by job and instance: the order of every list of targets.
pub fn sort(targets: &mut Vec<ScrapeTarget>) {
    let rank = |health| match health {
        TargetHealth::Down => '0',
        TargetHealth::Unknown => '1',
        TargetHealth::Up => '2',
    };
    *targets = by_text(std::mem::take(targets), |target| format!("{}{} {}", rank(target.health), target.pool, target.labels.to_selector()));
}
