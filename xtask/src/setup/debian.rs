//! The distribution's packages: the parts of the stack, and the browser.
//!
//! Never removes a package to make room for another, and never stops a service.

use std::path::Path;
use std::process::Command;

use super::{Invocation, Plan, Status, Work};
use crate::process;

/// A Debian package, and the programs that replace it if they were installed in another way: Docker's own packages, another distribution.
pub struct Package {
    name: &'static str,
    programs: &'static [&'static str],
    /// Whether the package has a service, which Debian starts on installation.
    service: bool,
}

impl Package {
    const fn program(name: &'static str, programs: &'static [&'static str]) -> Self {
        Self { name, programs, service: false }
    }

    const fn service(name: &'static str, programs: &'static [&'static str]) -> Self {
        Self { name, programs, service: true }
    }
}

/// Chromium and its driver.
pub const BROWSER: &[Package] = &[
    Package::program("chromium", &["chromium", "chromium-browser", "google-chrome"]),
    Package::program("chromium-driver", &["chromedriver"]),
];

/// The monitored stack and what monitors it.
pub const STACK: &[Package] = &[
    Package::service("prometheus", &["prometheus"]),
    Package::service("prometheus-node-exporter", &["prometheus-node-exporter", "node_exporter"]),
    Package::service("prometheus-nginx-exporter", &["prometheus-nginx-exporter", "nginx-prometheus-exporter"]),
    Package::service("prometheus-mysqld-exporter", &["prometheus-mysqld-exporter", "mysqld_exporter"]),
    Package::service("prometheus-alertmanager", &["prometheus-alertmanager", "alertmanager"]),
    Package::service("mariadb-server", &["mariadbd", "mysqld"]),
    Package::service("nginx", &["nginx"]),
    Package::program(BROTLI, &[]),
    Package::service("docker.io", &["dockerd"]),
    Package::program("busybox-static", &["busybox"]),
    Package::program("crun", &["crun", "runc"]),
];

/// Works only with the distribution's own Nginx.
const BROTLI: &str = "libnginx-mod-http-brotli-static";

/// Which of `packages` are missing.
pub fn status(packages: &[Package]) -> Status {
    let installed = installed(packages);
    let has = |name: &str| installed.iter().any(|installed| installed == name);
    let other_nginx = !has("nginx") && process::find(&["nginx"]).is_some();
    let missing: Vec<_> = packages
        .iter()
        .filter(|package| !has(package.name) && process::find(package.programs).is_none())
        .map(|package| package.name)
        .filter(|name| !(*name == BROTLI && other_nginx))
        .collect();
    if missing.is_empty() {
        return Status::Present(format!("all {} packages, or what stands for them", packages.len()));
    }
    let (root, debian) = (process::is_root(), process::find(&["apt-get"]).is_some());
    let by_hand = match (debian, root) {
        (true, true) => None,
        (true, false) => Some("needs root"),
        (false, _) => Some("not a Debian: look for their like in your distribution; on Debian it would be"),
    };
    let update = apt_get(root, &["update"]);
    let attempts = vec![
        vec![update, install(root, &missing)],
        // One by one: a package that cannot be installed must not block the others.
        missing.iter().map(|package| install(root, &[package])).collect(),
    ];
    Status::Missing(Plan { missing: missing.join(" "), takes: "1 min", work: Work::Commands(attempts), by_hand })
}

/// The names of those of `packages` that dpkg has installed.
fn installed(packages: &[Package]) -> Vec<String> {
    // dpkg-query fails if it does not know one of them, but still lists the others.
    let output = Command::new("dpkg-query")
        .args(["--show", "--showformat=${db:Status-Status} ${Package}\\n"])
        .args(packages.iter().map(|package| package.name))
        .output();
    let Ok(output) = output else { return Vec::new() };
    let list = String::from_utf8_lossy(&output.stdout);
    list.lines().filter_map(|line| line.strip_prefix("installed ")).map(str::to_owned).collect()
}

fn install(root: bool, packages: &[&str]) -> Invocation {
    let mut arguments = vec!["install", "--yes", "--no-install-recommends", "--no-remove"];
    arguments.extend(packages);
    apt_get(root, &arguments)
}

fn apt_get(root: bool, arguments: &[&str]) -> Invocation {
    // Another apt-get, such as unattended-upgrades, may hold the lock.
    let wait = "--option=DPkg::Lock::Timeout=600";
    if root {
        return Invocation::new("apt-get", &[&[wait], arguments].concat()).environment("DEBIAN_FRONTEND", "noninteractive");
    }
    Invocation::new("sudo", &[&["apt-get", wait], arguments].concat())
}

/// Where Debian starts services on installation: prints which services now run, and the command to stop them.
pub fn warn_of_services() {
    let starts = Path::new("/run/systemd/system").is_dir() && !Path::new("/usr/sbin/policy-rc.d").exists();
    if !starts {
        return;
    }
    let names: Vec<_> = STACK.iter().filter(|package| package.service).map(|package| service_name(package.name)).collect();
    println!("{:12}Debian starts these services when it installs them. The demo uses none of them; to stop those you do not want:", "");
    println!("{:12}sudo systemctl disable --now {}", "", names.join(" "));
}

fn service_name(package: &'static str) -> &'static str {
    match package {
        "mariadb-server" => "mariadb",
        "docker.io" => "docker",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn install_commands_use_sudo_unless_run_as_root() {
        assert_eq!(
            install(false, &["nginx", "crun"]).to_string(),
            "sudo apt-get --option=DPkg::Lock::Timeout=600 install --yes --no-install-recommends --no-remove nginx crun"
        );
        assert!(install(true, &["nginx"]).to_string().starts_with("DEBIAN_FRONTEND=noninteractive apt-get "));
    }
}
