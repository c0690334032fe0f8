//! Removes what a container engine leaves behind, and everything that a killed stack could not clean up itself.
//!
//! Every item is found by a name that only this stack uses: its scratch folder or its run id.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nix::sys::signal::Signal;

use crate::process;

/// The cgroup under which the containers of a stack run.
pub fn cgroup(run: &str) -> String {
    format!("/utkik-{run}")
}

/// The bridge between the containers of a stack; an interface name has at most 15 bytes.
pub fn bridge(run: &str) -> String {
    format!("utk{run}")
}

/// Kills, unmounts and removes what the engine in `root` left behind.
pub fn clean(root: &Path, run: &str) {
    if !process::is_root() {
        return;
    }
    kill_shims(root);
    for mount in mounts_under(root) {
        quietly(Command::new("umount").arg("--lazy").arg(mount));
    }
    for folder in cgroup_folders(run) {
        for process in fs::read_to_string(folder.join("cgroup.procs")).unwrap_or_default().lines() {
            if let Ok(pid) = process.parse() {
                process::send(pid, Signal::SIGKILL);
            }
        }
        // The kernel releases a cgroup a moment after its last process has ended.
        for _ in 0..50 {
            if fs::remove_dir(&folder).is_ok() || !folder.exists() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }
    if Path::new("/sys/class/net").join(bridge(run)).exists() {
        quietly(Command::new("ip").args(["link", "delete", &bridge(run)]));
    }
    remove_fixed_folders();
}

/// Removes the folders that the engine and its shims always create at fixed paths, unless the machine's own engine uses them.
fn remove_fixed_folders() {
    let in_use = ["/run/docker.sock", "/run/docker.pid", "/run/containerd/containerd.sock"];
    if in_use.iter().any(|path| Path::new(path).exists()) {
        return;
    }
    for folder in ["/run/containerd/s", "/run/containerd", "/run/docker/plugins", "/run/docker"] {
        // Fails if the folder is not empty, as intended.
        let _ = fs::remove_dir(folder);
    }
}

/// containerd's shims outlive it by design; they name its socket on their command line.
fn kill_shims(root: &Path) {
    let Ok(processes) = fs::read_dir("/proc") else { return };
    for entry in processes.flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        let command = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let mut words = command.split(|byte| *byte == 0).map(String::from_utf8_lossy);
        let shim = words.next().is_some_and(|program| program.contains("containerd-shim"));
        if shim && words.any(|word| Path::new(word.as_ref()).starts_with(root)) {
            process::send(pid, Signal::SIGKILL);
        }
    }
}

/// The mount points in `root`, the innermost first.
fn mounts_under(root: &Path) -> Vec<PathBuf> {
    let table = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    let points = table.lines().filter_map(|line| line.split(' ').nth(1)).map(PathBuf::from);
    let mut points: Vec<PathBuf> = points.filter(|point| point.starts_with(root)).collect();
    points.reverse();
    points
}

/// The folders of our cgroup in every hierarchy, the innermost first.
fn cgroup_folders(run: &str) -> Vec<PathBuf> {
    let base = Path::new("/sys/fs/cgroup");
    let name = cgroup(run);
    let name = name.trim_start_matches('/');
    let mut tops = vec![base.join(name)];
    // cgroup v1: one hierarchy for each controller.
    tops.extend(fs::read_dir(base).into_iter().flatten().flatten().map(|entry| entry.path().join(name)));
    let mut folders = Vec::new();
    for top in tops.into_iter().filter(|top| top.is_dir()) {
        inner_first(&top, &mut folders);
    }
    folders
}

fn inner_first(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            inner_first(&entry.path(), found);
        }
    }
    found.push(folder.to_owned());
}

fn quietly(command: &mut Command) {
    let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
}
