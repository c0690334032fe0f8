//! A Docker engine: the one that runs already, or a dockerd of our own without a bridge, iptables or registry.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::service::{Ready, Service};
use super::site::Site;
use super::{leftovers, packages};
use crate::process::{self, Launch};

/// The client of an engine.
#[derive(Clone, Debug)]
pub struct Engine {
    client: PathBuf,
    /// The socket of the engine.
    pub socket: PathBuf,
    /// Whether the stack started the engine, so that only its own containers run there.
    pub own: bool,
    configuration: PathBuf,
}

impl Engine {
    /// The engine that runs on this machine, if we may use it.
    pub fn running(site: &Site) -> Option<Self> {
        let host = std::env::var("DOCKER_HOST").unwrap_or_else(|_| "unix:///var/run/docker.sock".into());
        let socket = PathBuf::from(host.strip_prefix("unix://")?);
        let engine = Self { client: process::find(&["docker"])?, socket, own: false, configuration: site.scratch.path("docker-client") };
        engine.run(&["info"]).is_ok().then_some(engine)
    }

    /// Prepares an engine of our own.
    pub fn own(site: &mut Site) -> Result<(Self, Service)> {
        if !process::is_root() {
            bail!("a Docker engine needs root, and none runs that this user may use: start one, or run this as root");
        }
        let client = process::require(&["docker"], "docker.io")?;
        let program = process::require(&["dockerd"], "docker.io")?;
        let version = packages::version(&program)?;
        let root = site.scratch.path("docker");
        std::fs::create_dir_all(&root)?;
        let socket = root.join("docker.sock");
        let port = site.ports.free()?;
        let launch = daemon(&program, &version, &root, &socket, port, site.scratch.run())?;
        let service = Service::new("docker", "Docker engine", port, launch, Ready::Socket(socket.clone()), site.scratch.log("docker"));
        let service = service.version(version).url(format!("unix://{}", socket.display()));
        let engine = Self { client, socket, own: true, configuration: site.scratch.path("docker-client") };
        Ok((engine, service))
    }

    /// The version of the engine.
    pub fn version(&self) -> Result<String> {
        Ok(self.run(&["version", "--format", "{{.Server.Version}}"])?.trim().to_owned())
    }

    /// Runs a command of the client and returns its output.
    pub fn run<A: AsRef<std::ffi::OsStr>>(&self, args: &[A]) -> Result<String> {
        process::output(self.command().args(args))
    }

    /// The client, addressed to this engine.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.client);
        command.env("DOCKER_CONFIG", &self.configuration).env_remove("DOCKER_CONTEXT");
        command.arg("--host").arg(format!("unix://{}", self.socket.display()));
        command
    }
}

fn daemon(program: &Path, version: &str, root: &Path, socket: &Path, port: u16, run: &str) -> Result<Launch> {
    // Our own file, so that the machine's /etc/docker/daemon.json is not read. Only 20.10 writes a key, by default to /etc/docker;
    // later versions do not know the setting.
    let mut settings = serde_json::json!({});
    if version.starts_with("20.") {
        settings["deprecated-key-path"] = root.join("key.json").display().to_string().into();
    }
    let file = root.join("daemon.json");
    std::fs::write(&file, settings.to_string())?;
    Ok(Launch::new(program)
        .option("--config-file", file)
        .option("--data-root", root.join("data"))
        .option("--exec-root", root.join("exec"))
        .option("--pidfile", root.join("dockerd.pid"))
        .option("--host", format!("unix://{}", socket.display()))
        .option("--cgroup-parent", leftovers::cgroup(run))
        .option("--exec-opt", "native.cgroupdriver=cgroupfs")
        .args(["--bridge=none", "--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false"])
        .arg("--userland-proxy=false")
        // 20.10 has metrics only as an experimental feature.
        .arg("--experimental")
        .option("--metrics-addr", format!("127.0.0.1:{port}")))
}
