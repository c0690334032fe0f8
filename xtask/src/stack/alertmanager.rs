//! Alertmanager, which sends no notifications: Prometheus scrapes it, and sends its alerts to it.

use anyhow::Result;

use super::packages;
use super::service::{Ready, Service};
use super::site::{NOBODY, Site};
use crate::process::{self, Launch};

const CONFIG: &str = "route: {receiver: nobody, group_by: [alertname], group_wait: 1s}\nreceivers: [{name: nobody}]\n";

/// Prepares Alertmanager.
pub fn service(site: &mut Site) -> Result<Service> {
    let program = process::require(&["prometheus-alertmanager", "alertmanager"], "prometheus-alertmanager")?;
    let version = packages::version(&program)?;
    let config = site.scratch.file("alertmanager.yml", NOBODY, CONFIG)?;
    let data = site.scratch.folder("alertmanager", NOBODY)?;
    let port = site.ports.free()?;
    let launch = Launch::new(program)
        .option("--config.file", config)
        .option("--storage.path", data)
        .option("--web.listen-address", format!("127.0.0.1:{port}"))
        // No cluster, so no port for it.
        .option("--cluster.listen-address", "")
        .user(NOBODY);
    let ready = Ready::Http(format!("http://127.0.0.1:{port}/-/ready"));
    let log = site.scratch.log("alertmanager");
    Ok(Service::new("alertmanager", "Alertmanager", port, launch, ready, log).version(version))
}
