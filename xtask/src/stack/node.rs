//! Three node_exporters that stand for three machines.
//!
//! The exporters of `app` and `db` run in their own mount namespaces with their own disks: sparse images that use no space and disappear
//! with the process. `monitor` is the real machine, whose disk Prometheus fills. In all three, processor, memory and network are those of
//! the real machine.

use std::fmt::Write as _;
use std::process::{Command, Stdio};

use anyhow::Result;

use super::packages;
use super::scratch::Scratch;
use super::service::{Ready, Service};
use super::site::{NOBODY, Site};
use crate::process::{self, Launch};

/// A disk of a simulated machine.
struct Disk {
    device: &'static str,
    mount_point: &'static str,
    gigabytes: u32,
    used_gigabytes: u32,
    /// How much is written to it every ten seconds; it is full after days or weeks.
    growth_kilobytes: u32,
}

struct Machine {
    service: &'static str,
    title: &'static str,
    instance: &'static str,
    disks: &'static [Disk],
}

const MACHINES: [Machine; 3] = [
    Machine {
        service: "node-app",
        title: "node_exporter app",
        instance: "app",
        disks: &[
            Disk { device: "/dev/vda1", mount_point: "/", gigabytes: 20, used_gigabytes: 9, growth_kilobytes: 20 },
            Disk { device: "/dev/vdb1", mount_point: "/srv", gigabytes: 80, used_gigabytes: 52, growth_kilobytes: 100 },
        ],
    },
    Machine {
        service: "node-db",
        title: "node_exporter db",
        instance: "db",
        disks: &[
            Disk { device: "/dev/vda1", mount_point: "/", gigabytes: 20, used_gigabytes: 7, growth_kilobytes: 0 },
            Disk { device: "/dev/vdb1", mount_point: "/var/lib/mysql", gigabytes: 50, used_gigabytes: 31, growth_kilobytes: 60 },
            Disk { device: "/dev/vdc1", mount_point: "/var/backups", gigabytes: 100, used_gigabytes: 84, growth_kilobytes: 220 },
        ],
    },
    Machine { service: "node-monitor", title: "node_exporter monitor", instance: "monitor", disks: &[] },
];

/// Prepares the exporters, each with the name of its machine.
pub fn services(site: &mut Site) -> Result<Vec<(&'static str, Service)>> {
    let program = process::require(&["prometheus-node-exporter", "node_exporter"], "prometheus-node-exporter")?;
    let version = packages::version(&program)?;
    let namespaces = namespaces();
    let mut services = Vec::new();
    for machine in &MACHINES {
        let port = site.ports.free()?;
        let exporter = Launch::new(&program)
            .option("--web.listen-address", format!("127.0.0.1:{port}"))
            // Debian enables it; without D-Bus it logs an error at each scrape.
            .arg("--no-collector.systemd")
            .user(NOBODY);
        let launch = match &namespaces {
            Some(flags) if !machine.disks.is_empty() => in_namespace(&site.scratch, machine, flags, exporter)?,
            // Without namespaces all three see the same disks: only `app` shows more than the root file system.
            _ if machine.instance == "app" => exporter.option("--collector.filesystem.mount-points-exclude", "^/(dev|proc|run|sys)($|/)"),
            _ => exporter.option("--collector.filesystem.mount-points-exclude", "^/.+"),
        };
        let ready = Ready::Http(format!("http://127.0.0.1:{port}/"));
        let log = site.scratch.log(machine.service);
        let service = Service::new(machine.service, machine.title, port, launch, ready, log)
            .version(version.clone())
            .url(format!("http://127.0.0.1:{port}/metrics"));
        services.push((machine.instance, service));
    }
    Ok(services)
}

/// The flags for unshare(1) to create mount and host name namespaces; `None` if that is not permitted here.
fn namespaces() -> Option<Vec<&'static str>> {
    let mut flags = vec!["--mount", "--uts", "--propagation", "private"];
    if !process::is_root() {
        flags.push("--map-root-user");
    }
    let try_out = "mount -t tmpfs none /mnt && mount --bind /etc/hostname /proc/1/mounts && hostname utkik";
    let mut command = Command::new("unshare");
    command.args(&flags).args(["--", "sh", "-c", try_out]);
    let works = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    works.is_ok_and(|status| status.success()).then_some(flags)
}

/// Wraps the exporter in a script that first sets up the machine: its host name, its disks, its table of mounts.
fn in_namespace(scratch: &Scratch, machine: &Machine, flags: &[&str], exporter: Launch) -> Result<Launch> {
    let folder = scratch.path(machine.service);
    std::fs::create_dir_all(&folder)?;
    let exporter = exporter.option("--path.rootfs", folder.join("root"));
    let script = scratch.file(&format!("{}/start.sh", machine.service), NOBODY, &script(machine))?;
    Ok(Launch::new("unshare").args(flags).args(["--", "sh", "-eu"]).arg(script).arg(folder).args(exporter.words()?))
}

fn script(machine: &Machine) -> String {
    let mut script = format!(
        r#"# Makes the machine "{name}" in this mount namespace, then becomes its exporter.
folder=$1; shift
export PATH="$PATH:/usr/sbin:/sbin"
hostname {name}
mkdir -p "$folder/root"
: > "$folder/mounts"

# disk DEVICE MOUNT_POINT GIGABYTES USED_GIGABYTES GROWTH_KILOBYTES
disk() {{
    image=$folder/$(basename "$1").img
    at=$folder/root$2
    mkdir -p "$at"
    truncate -s "$3G" "$image"
    mkfs.ext4 -q -m 0 -N 4096 -O ^has_journal -E lazy_itable_init=1,nodiscard "$image"
    if mount -o loop,noinit_itable "$image" "$at" 2> /dev/null; then
        # Allocated and never written: it takes no room in the image.
        fallocate -l "$4G" "$at/data"
        type=ext4
    else
        mount -t tmpfs -o "size=$3G" "$1" "$at"
        type=tmpfs
    fi
    echo "$1 $2 $type rw,relatime 0 0" >> "$folder/mounts"
    [ "$type" = tmpfs ] || [ "$5" = 0 ] || grow "$at/data" "$5" &
}}

# Until the exporter is gone: `$$` is its process too.
grow() {{
    while sleep 10 && kill -0 $$ 2> /dev/null; do
        fallocate -o "$(stat -c %s "$1")" -l "$2K" "$1" || exit 0
    done
}}

"#,
        name = machine.instance
    );
    for disk in machine.disks {
        let Disk { device, mount_point, gigabytes, used_gigabytes, growth_kilobytes } = disk;
        let _ = writeln!(script, "disk {device} {mount_point} {gigabytes} {used_gigabytes} {growth_kilobytes}");
    }
    // node_exporter reads the mounts of process 1, not its own.
    script + "mount --bind \"$folder/mounts\" /proc/1/mounts\nexec \"$@\"\n"
}
