//! What npm installs: wasm-opt, esbuild, the Playwright test runner and the chart libraries that benchmarks compare with. Node.js itself
//! is searched for, never installed.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{Invocation, Plan, Status, Work};
use crate::fingerprint::Fingerprint;
use crate::tools::{self, Tool};
use crate::{paths, process};

/// The oldest Node.js that the Playwright test runner accepts.
const NODE_MAJOR: u32 = 20;

/// Node.js and npm.
pub fn node() -> Status {
    let version = process::find(&["node"])
        .and_then(|node| Command::new(node).arg("--version").output().ok())
        .and_then(|output| tools::version_in(&String::from_utf8_lossy(&output.stdout)).map(str::to_owned));
    let new_enough =
        version.as_deref().and_then(|version| version.split('.').next()?.parse().ok()).is_some_and(|major: u32| major >= NODE_MAJOR);
    match version {
        Some(version) if new_enough && process::find(&["npm"]).is_some() => Status::Present(version),
        found => Status::Missing(Plan {
            missing: format!("{NODE_MAJOR} or newer with npm, found {}", found.as_deref().unwrap_or("none")),
            takes: "",
            work: Work::Commands(Vec::new()),
            by_hand: Some("from https://nodejs.org or your distribution"),
        }),
    }
}

/// A tool from the npm package `package`: wasm-opt is in `binaryen`.
pub fn npm_tool(tool: Tool, package: &str) -> Result<Status> {
    let version = tool.version()?;
    if let Some(path) = tool.find()? {
        return Ok(Status::Present(format!("{version} ({})", path.display())));
    }
    let install = Invocation::new("npm", &["install", "--no-fund", "--no-audit", "--ignore-scripts", "--prefix"])
        .argument(paths::tools().join("npm"))
        .argument(format!("{package}@{version}"));
    Ok(Status::Missing(Plan { missing: version, takes: "15 s", work: Work::Commands(vec![vec![install]]), by_hand: None }))
}

/// The folder of the end-to-end tests.
pub fn tests_folder() -> PathBuf {
    paths::repository().join("tests/e2e")
}

/// The folder of the benchmarks.
fn bench_folder() -> PathBuf {
    paths::repository().join("bench")
}

/// The test runner of `tests/e2e/package-lock.json`; the browser is the distribution's.
pub fn playwright() -> Result<Status> {
    locked(&tests_folder(), "e2e", "@playwright/test", "test runner")
}

/// The libraries of `bench/package-lock.json`.
pub fn compared() -> Result<Status> {
    locked(&bench_folder(), "bench", "uplot", "uPlot and ECharts")
}

/// Whether the packages of the lock file in `from` are installed. The version shown is that of `package`.
fn locked(from: &Path, name: &str, package: &str, missing: &str) -> Result<Status> {
    let folder = locked_folder(from, name)?;
    // npm writes this file last.
    if folder.join("node_modules/.package-lock.json").is_file() {
        let package = folder.join("node_modules").join(package).join("package.json");
        let package = std::fs::read_to_string(&package).with_context(|| format!("cannot read {}", package.display()))?;
        let package: serde_json::Value = serde_json::from_str(&package).context("a package.json is not JSON")?;
        return Ok(Status::Present(format!("{} ({})", package["version"].as_str().unwrap_or_default(), folder.display())));
    }
    let copy = Invocation::new("install", &["-D", "--mode=644", "--target-directory"])
        .argument(&folder)
        .argument(from.join("package.json"))
        .argument(from.join("package-lock.json"));
    let install = Invocation::new("npm", &["ci", "--no-fund", "--no-audit", "--ignore-scripts", "--prefix"])
        .argument(&folder)
        .environment("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    Ok(Status::Missing(Plan { missing: missing.into(), takes: "10 s", work: Work::Commands(vec![vec![copy, install]]), by_hand: None }))
}

/// Links the test runner into the folder of the tests, and returns the script that starts it.
pub fn link_playwright() -> Result<PathBuf> {
    let modules = locked_folder(&tests_folder(), "e2e")?.join("node_modules");
    tools::link(&modules, &tests_folder().join("node_modules"))?;
    Ok(modules.join("@playwright/test/cli.js"))
}

/// Links the chart libraries into the folder of the benchmarks.
pub fn link_compared() -> Result<()> {
    tools::link(&locked_folder(&bench_folder(), "bench")?.join("node_modules"), &bench_folder().join("node_modules"))
}

/// The folder of an installation. Its name has a hash of the lock file: checkouts with the same lock file share it, others have their own.
fn locked_folder(from: &Path, name: &str) -> Result<PathBuf> {
    let lock = Fingerprint::default().path(from, "package-lock.json")?.finish();
    Ok(paths::tools().join(format!("{name}-{lock}")))
}
