//! cAdvisor, for the containers of one Docker engine.

use anyhow::{Result, bail};

use super::docker::Engine;
use super::packages;
use super::service::{Ready, Service};
use super::site::Site;
use crate::process::{self, Launch};

/// Prepares cAdvisor.
pub fn service(site: &mut Site, engine: &Engine) -> Result<Service> {
    if !process::is_root() {
        bail!("cAdvisor needs root to read the cgroups of others");
    }
    let program = packages::cadvisor()?;
    let version = packages::version(&program)?;
    let port = site.ports.free()?;
    // Two readings per scrape interval: cAdvisor's samples have the time of the reading, and each scrape must find a new one.
    let housekeeping = site.scrape_interval.as_millis() / 2;
    let launch = Launch::new(program)
        .args(["--listen_ip=127.0.0.1", "--docker_only=true"])
        .option("--port", port.to_string())
        .option("--docker", format!("unix://{}", engine.socket.display()))
        .option("--housekeeping_interval", format!("{housekeeping}ms"))
        // Otherwise an idle container is read once a minute, and a rate over less than that is empty.
        .arg("--allow_dynamic_housekeeping=false")
        // A scrape reads only the latest sample.
        .arg("--storage_duration=10s");
    let ready = Ready::Http(format!("http://127.0.0.1:{port}/healthz"));
    let log = site.scratch.log("cadvisor");
    let service = Service::new("cadvisor", "cAdvisor", port, launch, ready, log).version(version);
    Ok(service.url(format!("http://127.0.0.1:{port}/metrics")))
}
