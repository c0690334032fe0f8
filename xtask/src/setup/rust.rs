//! What Rust's own tools install: the wasm target, the crates, Trunk and wasm-bindgen.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::{Invocation, Plan, Status, Work};
use crate::tools::{self, Tool};
use crate::{paths, process};

const TARGET: &str = "wasm32-unknown-unknown";

/// The standard library for the wasm target.
pub fn wasm_target() -> Result<Status> {
    let output = Command::new("rustc")
        .args(["--print", "sysroot"])
        .current_dir(paths::repository())
        .output()
        .context("cannot run rustc; install Rust by rustup (https://rustup.rs)")?;
    let sysroot = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    if sysroot.join("lib/rustlib").join(TARGET).join("lib").is_dir() {
        return Ok(Status::Present(TARGET.into()));
    }
    Ok(Status::Missing(Plan {
        missing: TARGET.into(),
        takes: "10 s",
        work: Work::Commands(vec![vec![Invocation::new("rustup", &["target", "add", TARGET])]]),
        by_hand: process::find(&["rustup"]).is_none().then_some("there is no rustup here: install Rust by it (https://rustup.rs), then"),
    }))
}

/// The sources of all crates, so that Trunk can build without the network.
pub fn crates() -> Result<Status> {
    let fetched = tools::cargo()
        .args(["fetch", "--offline", "--quiet"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .context("cannot run cargo")?;
    if fetched.success() {
        return Ok(Status::Present("all of Cargo.lock".into()));
    }
    Ok(Status::Missing(Plan {
        missing: "some of Cargo.lock".into(),
        takes: "20 s",
        work: Work::Commands(vec![vec![Invocation::new("cargo", &["fetch"])]]),
        by_hand: None,
    }))
}

/// A tool that is a crate: installed by `cargo binstall` where that is available, else compiled.
pub fn tool(tool: Tool) -> Result<Status> {
    let version = tool.version()?;
    if let Some(path) = tool.find()? {
        return Ok(Status::Present(format!("{version} ({})", path.display())));
    }
    let package = match tool {
        Tool::WasmBindgen => "wasm-bindgen-cli",
        other => other.executable(),
    };
    let mut attempts = vec![vec![compile(tool, package, &version)]];
    if process::find(&["cargo-binstall"]).is_some() {
        let ready_made = Invocation::new("cargo", &["binstall", "--no-confirm", "--root"]).argument(paths::tools());
        attempts.insert(0, vec![ready_made.argument(format!("{package}@{version}"))]);
    }
    let takes = if tool == Tool::Trunk { "5 min" } else { "3 min" };
    Ok(Status::Missing(Plan { missing: version, takes, work: Work::Commands(attempts), by_hand: None }))
}

/// Compiles with little optimisation: the tools run for seconds, but optimising them would take a quarter of an hour.
fn compile(tool: Tool, package: &str, version: &str) -> Invocation {
    let invocation = Invocation::new("cargo", &["install", package, "--version", version, "--root"])
        .argument(paths::tools())
        .argument("--target-dir")
        .argument(build_folder())
        .environment("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .environment("CARGO_PROFILE_RELEASE_LTO", "off")
        .environment("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    match tool {
        // Trunk's own downloader is not needed: all tools that it would download are installed.
        Tool::Trunk => invocation.argument("--locked").argument("--no-default-features"),
        // Not --locked: its lock file names a yanked release.
        _ => invocation,
    }
}

/// Shared by all tools, since they have crates in common.
fn build_folder() -> PathBuf {
    paths::tools().join("build")
}

/// Removes the build folder of the tools.
pub fn tidy() -> Result<()> {
    let folder = build_folder();
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}
