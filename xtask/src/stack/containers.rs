//! Two containers that do some work: `microblog` requests pages from `db` at a varying rate, and has a memory limit.
//!
//! Their image contains only the machine's static busybox, so that no registry is needed.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::docker::Engine;
use super::leftovers;
use super::site::Site;
use crate::process;

/// The names under which Prometheus knows the containers.
pub const NAMES: [&str; 2] = ["db", "microblog"];

const DB: &str = "trap 'exit 0' TERM
mkdir -p /www && head -c 100000 /dev/urandom > /www/page
httpd -p 8080 -h /www
while :; do head -c 500000 /dev/urandom | gzip > /dev/null; sleep 1; done";

const MICROBLOG: &str = "trap 'exit 0' TERM
head -c 24000000 /dev/urandom > /dev/shm/cache
while :; do
    pages=$(($(date +%s) / 15 % 4 * 4 + 2))
    head -c ${pages}000000 /dev/urandom | md5sum > /dev/null
    while [ $pages -gt 0 ]; do wget -q -O - http://db:8080/page | md5sum > /dev/null; pages=$((pages - 1)); done
    sleep 1
done";

/// The programs of busybox that the containers call by name.
const APPLETS: [&str; 11] = ["sh", "date", "gzip", "head", "httpd", "md5sum", "mkdir", "sleep", "wget", "cat", "ls"];

/// The containers of one stack. On drop they are removed with their network and image.
#[derive(Debug)]
pub struct Containers {
    engine: Engine,
    run: String,
    prefix: String,
}

impl Containers {
    /// Makes the image and the network and starts the containers.
    pub fn start(site: &Site, engine: Engine) -> Result<Self> {
        let run = site.scratch.run().to_owned();
        // On an engine that is not ours, the plain names may be taken.
        let prefix = if engine.own { String::new() } else { format!("utkik-{run}-") };
        let containers = Self { engine, run, prefix };
        containers.import_image(site)?;
        let network = containers.make_network();
        if let Err(error) = &network {
            eprintln!("the containers get no network: {error:#}");
        }
        for name in NAMES {
            containers.create(name, network.is_ok())?;
        }
        Ok(containers)
    }

    /// Starts a container that was stopped or killed.
    pub fn start_one(&self, name: &str) -> Result<()> {
        self.act("start", name)
    }

    /// Kills a container; it is not restarted.
    pub fn kill_one(&self, name: &str) -> Result<()> {
        self.act("kill", name)
    }

    /// Stops a container and starts it again.
    pub fn restart_one(&self, name: &str) -> Result<()> {
        self.act("restart", name)
    }

    /// Starts all containers that do not run, for example after a restart of the engine.
    pub fn start_all(&self) -> Result<()> {
        NAMES.iter().try_for_each(|name| self.start_one(name))
    }

    fn act(&self, verb: &str, name: &str) -> Result<()> {
        if !NAMES.contains(&name) {
            bail!("there is no container `{name}`, only {}", NAMES.join(" and "));
        }
        self.engine.run(&[verb, &self.name(name)]).map(drop)
    }

    fn name(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    fn image(&self) -> String {
        format!("{}busybox:1", self.prefix)
    }

    fn network(&self) -> String {
        format!("utkik-{}", self.run)
    }

    fn import_image(&self, site: &Site) -> Result<()> {
        let busybox = process::require(&["busybox"], "busybox-static")?;
        let root = site.scratch.path("image");
        for folder in ["bin", "tmp", "etc"] {
            fs::create_dir_all(root.join(folder))?;
        }
        fs::copy(busybox, root.join("bin/busybox"))?;
        for applet in APPLETS {
            symlink("busybox", root.join("bin").join(applet))?;
        }
        let mut tar = Command::new("tar").arg("-C").arg(&root).args(["-c", "."]).stdout(Stdio::piped()).spawn()?;
        let archive = tar.stdout.take().context("tar has no output")?;
        let imported = self.engine.command().args(["import", "-", &self.image()]).stdin(archive).output()?;
        if !tar.wait()?.success() || !imported.status.success() {
            bail!("cannot import an image: {}", String::from_utf8_lossy(&imported.stderr).trim());
        }
        Ok(())
    }

    fn make_network(&self) -> Result<()> {
        let bridge = format!("com.docker.network.bridge.name={}", leftovers::bridge(&self.run));
        self.engine.run(&["network", "create", "--internal", "--opt", &bridge, &self.network()]).map(drop)
    }

    fn create(&self, name: &str, network: bool) -> Result<()> {
        let (script, limits): (_, &[&str]) = match name {
            "db" => (DB, &[]),
            _ => (MICROBLOG, &["--memory=64m", "--cpus=0.5"]),
        };
        let network = if network { self.network() } else { "none".to_owned() };
        let (container, label, image) = (self.name(name), format!("utkik.run={}", self.run), self.image());
        let mut command = self.engine.command();
        command.args(["run", "--detach", "--restart=unless-stopped", "--name", &container, "--label", &label]);
        command.args(["--hostname", name, "--network", &network]).args(limits);
        if network != "none" {
            command.args(["--network-alias", name]);
        }
        process::output(command.args([&image, "sh", "-c", script]))
            .with_context(|| format!("cannot start the container {name}: is {} static?", "busybox"))?;
        Ok(())
    }
}

impl Drop for Containers {
    fn drop(&mut self) {
        // Each may be missing: this also cleans up after a start that failed half-way.
        let names = NAMES.map(|name| self.name(name));
        let _ = self.engine.run(&["rm", "--force", "--volumes", &names[0], &names[1]]);
        let _ = self.engine.run(&["network", "rm", &self.network()]);
        let _ = self.engine.run(&["rmi", "--force", &self.image()]);
    }
}
