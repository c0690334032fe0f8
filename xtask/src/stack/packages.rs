//! Two programs that the distribution's own release does not have: Prometheus 3 from Debian's sid, cAdvisor from bullseye.
//!
//! They are unpacked into the cache folder and never installed. apt gets source lists and folders of its own, so that the
//! system's are untouched and nobody needs to be root.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{paths, process};

/// Where bullseye is after the mirrors drop it; its index has expired by then, which is accepted.
const ARCHIVE: &str = "http://archive.debian.org/debian";
/// Used if the machine's own mirror is unknown.
const DEFAULT_MIRROR: &str = "http://deb.debian.org/debian";
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// A package that is fetched from another release of Debian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Package {
    name: &'static str,
    suite: &'static str,
    archived: bool,
}

/// Prometheus 3; needs glibc 2.34 or newer.
pub const PROMETHEUS: Package = Package { name: "prometheus", suite: "sid", archived: false };
/// cAdvisor, which no later release of Debian has.
pub const CADVISOR: Package = Package { name: "cadvisor", suite: "bullseye", archived: true };

impl Package {
    fn folder(self) -> PathBuf {
        paths::cache().join("packages").join(format!("{}-{}", self.name, self.suite))
    }

    /// The unpacked program, if it was fetched and runs on this machine.
    pub fn program(self) -> Option<PathBuf> {
        let program = self.folder().join("usr/bin").join(self.name);
        runs(&program).then_some(program)
    }
}

/// Fetches what is not in the cache yet. A package that cannot be fetched is reported but is no error: the stack works without it.
pub fn fetch() -> Result<()> {
    for package in [PROMETHEUS, CADVISOR] {
        if package.folder().is_dir() {
            continue;
        }
        match fetch_one(package) {
            Ok(()) if package.program().is_some() => println!("fetched {} of Debian {}", package.name, package.suite),
            Ok(()) => println!("{} of Debian {} does not run on this machine", package.name, package.suite),
            Err(error) => println!("cannot fetch {} of Debian {}: {error:#}", package.name, package.suite),
        }
    }
    Ok(())
}

/// Whether [`fetch`] has nothing to do.
pub fn is_complete() -> bool {
    [PROMETHEUS, CADVISOR].iter().all(|package| package.folder().is_dir())
}

/// The Prometheus to run: the fetched one, else the distribution's.
pub fn prometheus() -> Result<PathBuf> {
    PROMETHEUS.program().map_or_else(|| process::require(&["prometheus"], "prometheus"), Ok)
}

/// The cAdvisor to run: one on `PATH`, else the fetched one.
pub fn cadvisor() -> Result<PathBuf> {
    process::find(&["cadvisor"])
        .or_else(|| CADVISOR.program())
        .context("no cAdvisor on PATH, and Debian's could not be fetched: put one on PATH, or run `cargo xtask setup` online")
}

/// The version that a program prints; an error if it does not run.
pub fn version(program: &Path) -> Result<String> {
    version_by(program, "--version")
}

/// The version that a program prints when it is run with `flag`.
pub fn version_by(program: &Path, flag: &str) -> Result<String> {
    let said = Command::new(program).arg(flag).output()?;
    if !said.status.success() {
        bail!("{} does not run: {}", program.display(), String::from_utf8_lossy(&said.stderr).trim());
    }
    // Nginx prints it on standard error.
    let said = [said.stdout, said.stderr].concat();
    Ok(number(&String::from_utf8_lossy(&said)))
}

/// The first word that looks like a version.
fn number(said: &str) -> String {
    let words = said.split([' ', '/', '=', ',', '\n', '(', ')']).map(|word| word.strip_prefix('v').unwrap_or(word));
    let mut versions = words.filter(|word| word.starts_with(|first: char| first.is_ascii_digit()) && word.contains('.'));
    versions.next().unwrap_or_default().to_owned()
}

fn runs(program: &Path) -> bool {
    program.is_file() && version(program).is_ok()
}

fn fetch_one(package: Package) -> Result<()> {
    let mirror = mirror().unwrap_or_else(|| DEFAULT_MIRROR.to_owned());
    let first = fetch_from(package, &mirror);
    if first.is_err() && package.archived {
        return fetch_from(package, ARCHIVE).with_context(|| format!("neither {mirror} nor {ARCHIVE} has it"));
    }
    first
}

fn fetch_from(package: Package, mirror: &str) -> Result<()> {
    let target = package.folder();
    // Two checkouts may fetch at the same time: each uses its own folder, and the first rename wins.
    let work = target.with_added_extension(std::process::id().to_string());
    fs::create_dir_all(work.join("lists/partial"))?;
    fs::create_dir_all(work.join("archives/partial"))?;
    let fetched = download(package, mirror, &work);
    if fetched.is_ok() && fs::rename(work.join("unpacked"), &target).is_err() && !target.is_dir() {
        bail!("cannot move the unpacked package to {}", target.display());
    }
    fs::remove_dir_all(&work)?;
    fetched
}

fn download(package: Package, mirror: &str, work: &Path) -> Result<()> {
    let signed = if Path::new(KEYRING).exists() { format!("[signed-by={KEYRING}] ") } else { String::new() };
    let list = work.join("sources.list");
    fs::write(&list, format!("deb {signed}{mirror} {} main\n", package.suite))?;
    process::output(apt(work).args(["--quiet=2", "update"]))?;
    process::output(apt(work).current_dir(work).args(["--quiet=2", "download", package.name]))?;
    let archives = fs::read_dir(work)?.flatten().map(|entry| entry.path());
    let archive = archives.filter(|path| path.extension().is_some_and(|extension| extension == "deb")).last();
    let archive = archive.with_context(|| format!("{} has no package {}", package.suite, package.name))?;
    process::output(Command::new("dpkg").arg("--extract").arg(archive).arg(work.join("unpacked")))?;
    Ok(())
}

/// apt-get with only the source list and the folders in `work`.
fn apt(work: &Path) -> Command {
    let mut command = Command::new("apt-get");
    let list = work.join("sources.list");
    for (option, path) in [
        ("Dir::Etc::SourceList", list.as_path()),
        ("Dir::Etc::SourceParts", Path::new("/dev/null")),
        ("Dir::Etc::Preferences", Path::new("/dev/null")),
        ("Dir::Etc::PreferencesParts", Path::new("/dev/null")),
        ("Dir::State::Lists", work.join("lists").as_path()),
        ("Dir::Cache", work),
    ] {
        command.arg("-o").arg(format!("{option}={}", path.display()));
    }
    // The user `_apt` may not read the cache folder, and the indexes of old releases have expired.
    command.args(["-o", "APT::Sandbox::User=root", "-o", "Acquire::Languages=none", "-o", "Acquire::Check-Valid-Until=false"]);
    command.args(["-o", "Debug::NoLocking=true"]);
    command
}

/// The Debian mirror that this machine has configured.
fn mirror() -> Option<String> {
    let targets = ["indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", "Component: main"];
    let uris = process::output(Command::new("apt-get").args(targets)).ok()?;
    let mut uris = uris.lines().map(|uri| uri.trim_end_matches('/'));
    uris.find(|uri| uri.ends_with("/debian")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_found_in_the_output_of_programs() {
        for (said, version) in [
            ("prometheus, version 3.5.3+ds1 (branch: debian/sid, revision: 3.5.3+ds1-6)", "3.5.3+ds1"),
            ("nginx version: nginx/1.22.1", "1.22.1"),
            ("mariadbd  Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu", "10.11.19-MariaDB-0+deb12u1"),
            ("cAdvisor version 0.38.7+ds1 (0.38.7+ds1-2+b7)", "0.38.7+ds1"),
            ("NGINX Prometheus Exporter version=0.11.0-1+b4 commit= date=", "0.11.0-1+b4"),
        ] {
            assert_eq!(number(said), version, "{said}");
        }
    }
}
