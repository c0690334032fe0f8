//! What every component of one stack needs to know: the scratch folder, free ports, and how often it is scraped.

use std::time::Duration;

use anyhow::Result;

use super::ports::Ports;
use super::scratch::Scratch;

/// The user of daemons that need no privileges.
pub const NOBODY: &str = "nobody";

/// The resources of one stack on this machine.
#[derive(Debug)]
pub struct Site {
    /// Where its files are.
    pub scratch: Scratch,
    /// Where it listens.
    pub ports: Ports,
    /// How often Prometheus scrapes and evaluates its rules.
    pub scrape_interval: Duration,
}

impl Site {
    /// A new scratch folder, with no ports taken.
    pub fn new(scrape_interval: Duration) -> Result<Self> {
        Ok(Self { scratch: Scratch::new()?, ports: Ports::new(), scrape_interval })
    }
}

/// A scrape target of Prometheus.
#[derive(Clone, Debug)]
pub struct Target {
    /// The label `job`.
    pub job: &'static str,
    /// The label `instance`: a short name instead of an address.
    pub instance: &'static str,
    /// Where the exporter listens on the loopback address.
    pub port: u16,
}

impl Target {
    /// A target of `job` on the machine `instance`.
    pub fn new(job: &'static str, instance: &'static str, port: u16) -> Self {
        Self { job, instance, port }
    }
}
