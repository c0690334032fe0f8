//! Prometheus itself, with the alert rules that users copy, under the same path as behind Nginx.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};

use super::packages;
use super::scratch::set_owner;
use super::service::{Ready, Service};
use super::site::{NOBODY, Site, Target};
use crate::paths;
use crate::process::Launch;

/// The path under which Prometheus serves its API and pages, here and behind Nginx.
pub const PREFIX: &str = "/prometheus";
/// The name of the database folder in the scratch folder.
const DATA: &str = "prometheus";
/// The longest time that one scrape may take: the default of Prometheus.
const SCRAPE_TIMEOUT_SECONDS: u64 = 10;

/// Prepares Prometheus; `outside` is the address of Nginx, where people see it.
pub fn service(site: &Site, port: u16, outside: &str) -> Result<Service> {
    let program = site.scratch.program(&packages::prometheus()?)?;
    let version = packages::version(&program)?;
    let launch = Launch::new(program)
        .option("--config.file", config_path(site))
        .option("--storage.tsdb.path", site.scratch.folder(DATA, NOBODY)?)
        .option("--web.listen-address", format!("127.0.0.1:{port}"))
        .option("--web.external-url", format!("{outside}{PREFIX}/"))
        .option("--web.route-prefix", PREFIX)
        // Enabled, so that tests can prove that the proxy blocks them.
        .arg("--web.enable-lifecycle")
        .arg("--web.enable-admin-api")
        // A history may be older than the 15 days that are the default.
        .option("--storage.tsdb.retention.time", "10y")
        .user(NOBODY);
    let base = format!("http://127.0.0.1:{port}{PREFIX}/");
    let ready = Ready::Http(format!("{base}-/ready"));
    let service = Service::new("prometheus", "Prometheus", port, launch, ready, site.scratch.log("prometheus"));
    Ok(service.version(version).url(base))
}

/// The folder of the database.
pub fn data_path(site: &Site) -> PathBuf {
    site.scratch.path(DATA)
}

fn config_path(site: &Site) -> PathBuf {
    site.scratch.path("prometheus.yml")
}

/// Writes the configuration: scrape targets, scrape interval, alert rules and Alertmanager.
pub fn configure(site: &Site, scrape_interval: Duration, targets: &[Target], alertmanager: Option<u16>) -> Result<()> {
    let shipped = paths::repository().join("deploy/prometheus/alerts.yml");
    let rules = fs::read_to_string(&shipped).with_context(|| format!("cannot read {}", shipped.display()))?;
    let rules = site.scratch.file("alerts.yml", NOBODY, &rules)?;
    let config = config(site.scratch.run(), scrape_interval, targets, alertmanager, &rules);
    fs::write(config_path(site), config)?;
    set_owner(&config_path(site), NOBODY)
}

fn config(run: &str, scrape_interval: Duration, targets: &[Target], alertmanager: Option<u16>, rules: &Path) -> String {
    let interval = scrape_interval.as_secs();
    let timeout = interval.min(SCRAPE_TIMEOUT_SECONDS);
    let mut yaml = format!(
        "global:\n  scrape_interval: {interval}s\n  scrape_timeout: {timeout}s\n  evaluation_interval: {interval}s\n\
         rule_files: ['{}']\n",
        rules.display()
    );
    if let Some(port) = alertmanager {
        yaml += &format!("alerting:\n  alertmanagers:\n    - static_configs: [{{targets: ['127.0.0.1:{port}']}}]\n");
    }
    yaml += "scrape_configs:\n";
    let mut jobs: Vec<&str> = targets.iter().map(|target| target.job).collect();
    jobs.dedup();
    for job in jobs {
        yaml += &format!("  - job_name: {job}\n");
        if job == "prometheus" {
            yaml += &format!("    metrics_path: {PREFIX}/metrics\n");
        }
        yaml += "    static_configs:\n";
        for target in targets.iter().filter(|target| target.job == job) {
            yaml += &format!("      - targets: ['127.0.0.1:{}']\n        labels: {{instance: {}}}\n", target.port, target.instance);
        }
        if job == "docker" {
            yaml += &container_relabeling(run);
        }
    }
    yaml
}

/// The engine may run other containers: only ours are kept, and the run id is removed from their names.
fn container_relabeling(run: &str) -> String {
    format!(
        "    metric_relabel_configs:
      # Keep the containers with our label, and what is not about a container.
      - {{source_labels: [name, container_label_utkik_run], regex: ';.*|.+;{run}', action: keep}}
      - {{source_labels: [name], regex: 'utkik-{run}-(.+)', target_label: name}}
      - {{source_labels: [image], regex: 'utkik-{run}-(.+)', target_label: image}}
      - {{regex: 'container_label_.*', action: labeldrop}}
"
    )
}
