//! The build tools, and where they are: on `PATH` in the right version, else in the cache.
//!
//! Never downloads anything: `setup` does that.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::{paths, process};

/// The options of wasm-opt.
const WASM_OPT: [&str; 9] = [
    "-Oz",
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--converge",
    "--reorder-functions-by-name",
    "--strip-producers",
];

/// A tool whose version matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Builds the app; the newest release that this toolchain can compile. Its version is also in `Trunk.toml`.
    Trunk,
    /// Must be of exactly the version of the `wasm-bindgen` crate.
    WasmBindgen,
    /// Older versions cannot read the output of rustc 1.95.
    WasmOpt,
    /// Minifies wasm-bindgen's JavaScript, which Trunk cannot.
    Esbuild,
}

impl Tool {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Trunk, Self::WasmBindgen, Self::WasmOpt, Self::Esbuild];

    /// The name of its executable.
    pub fn executable(self) -> &'static str {
        match self {
            Self::Trunk => "trunk",
            Self::WasmBindgen => "wasm-bindgen",
            Self::WasmOpt => "wasm-opt",
            Self::Esbuild => "esbuild",
        }
    }

    /// The exact version that is required.
    pub fn version(self) -> Result<String> {
        match self {
            Self::Trunk => Ok("0.21.14".into()),
            Self::WasmOpt => Ok("132".into()),
            Self::Esbuild => Ok("0.28.2".into()),
            Self::WasmBindgen => {
                let lock = std::fs::read_to_string(paths::repository().join("Cargo.lock")).context("cannot read Cargo.lock")?;
                locked_version(&lock, "wasm-bindgen")
                    .map(str::to_owned)
                    .context("Cargo.lock has no wasm-bindgen; run `cargo generate-lockfile`")
            }
        }
    }

    /// Its path, or `None` if it is not installed in the right version.
    pub fn find(self) -> Result<Option<PathBuf>> {
        let version = self.version()?;
        let name = self.executable();
        let cached = [paths::tools().join("bin"), paths::tools().join("npm/node_modules/.bin")];
        Ok(search_path()
            .into_iter()
            .chain(cached)
            .map(|folder| folder.join(name))
            .find(|path| path.is_file() && reported_version(path).as_deref() == Some(version.as_str())))
    }
}

/// A command for one of the tools, with a `PATH` on which all tools have the right version.
pub fn command(tool: Tool) -> Result<Command> {
    // A folder with links to exactly these files: a folder on PATH may have one tool in the right version and another in a wrong one.
    let links = paths::target().join("tools");
    std::fs::create_dir_all(&links).with_context(|| format!("cannot create {}", links.display()))?;
    for tool in Tool::ALL {
        let Some(path) = tool.find()? else {
            bail!("{} {} is not installed; run `cargo xtask setup`", tool.executable(), tool.version()?);
        };
        link(&path, &links.join(tool.executable()))?;
    }
    let path = std::env::join_paths(std::iter::once(links.clone()).chain(search_path())).context("PATH has a folder with a colon")?;
    let mut command = Command::new(links.join(tool.executable()));
    command.env("PATH", path).current_dir(paths::repository());
    Ok(command)
}

/// Runs wasm-opt on a wasm file, in place.
pub fn optimize(wasm: &Path) -> Result<()> {
    let status = command(Tool::WasmOpt)?.args(WASM_OPT).arg(wasm).arg("--output").arg(wasm).stdin(Stdio::null()).status();
    let status = status.context("cannot run wasm-opt")?;
    ensure!(status.success(), "wasm-opt failed ({status}): see above");
    Ok(())
}

/// A command for wasm-metadce, which comes with wasm-opt: it removes what is not reachable from the exports.
pub fn metadce() -> Result<Command> {
    let wasm_opt = Tool::WasmOpt.find()?.context("wasm-opt is not installed; run `cargo xtask setup`")?;
    Ok(Command::new(wasm_opt.with_file_name("wasm-metadce")))
}

/// Cargo of the toolchain that runs xtask.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command.current_dir(paths::repository());
    command
}

/// The browser that tests and benches drive.
pub fn chromium() -> Result<PathBuf> {
    process::require(&["chromium", "chromium-browser", "google-chrome"], "chromium")
}

/// Makes `link` a symbolic link to `original`, atomically: other processes may read it at the same time.
pub fn link(original: &Path, link: &Path) -> Result<()> {
    if std::fs::read_link(link).is_ok_and(|now| now == original) {
        return Ok(());
    }
    let fresh = link.with_added_extension(std::process::id().to_string());
    std::os::unix::fs::symlink(original, &fresh)
        .and_then(|()| std::fs::rename(&fresh, link))
        .with_context(|| format!("cannot link {} to {}", link.display(), original.display()))
}

fn search_path() -> Vec<PathBuf> {
    std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default()
}

fn reported_version(path: &Path) -> Option<String> {
    let output = Command::new(path).arg("--version").output().ok()?;
    version_in(&String::from_utf8_lossy(&output.stdout)).map(str::to_owned)
}

/// The first word of `output` that starts with a digit, without a leading `v`: `trunk 0.21.14`, `v20.1.0`,
/// `wasm-opt version 132 (version_132)`.
pub fn version_in(output: &str) -> Option<&str> {
    output
        .split_whitespace()
        .map(|word| word.strip_prefix('v').unwrap_or(word))
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

/// The version of `package` in the text of a `Cargo.lock`.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_tools_print() {
        assert_eq!(version_in("trunk 0.21.14\n"), Some("0.21.14"));
        assert_eq!(version_in("wasm-opt version 132 (version_132)"), Some("132"));
        assert_eq!(version_in("wasm-bindgen 0.2.130"), Some("0.2.130"));
        assert_eq!(version_in("v20.20.2"), Some("20.20.2"));
        assert_eq!(version_in("prometheus, version 2.42.0+ds (branch: debian/sid)"), Some("2.42.0+ds"));
        assert_eq!(version_in("no such command"), None);
    }

    #[test]
    fn locked_version_matches_the_whole_package_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }

    #[test]
    fn trunk_toml_asks_for_the_same_version() -> Result<()> {
        let trunk = std::fs::read_to_string(paths::repository().join("Trunk.toml"))?;
        assert!(trunk.contains(&format!("trunk-version = \"={}\"", Tool::Trunk.version()?)));
        Ok(())
    }
}
