//! Builds the parts of the app that benchmark pages run on their own, in the same way as the app.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::paths;
use crate::tools::{self, Tool};

const TARGET: &str = "wasm32-unknown-unknown";
/// The library of the package `utkik-bench`.
const LIBRARY: &str = "utkik_bench";

/// Builds `utkik_bench.js` and `utkik_bench_bg.wasm`, and returns their folder.
pub fn build() -> Result<PathBuf> {
    let folder = paths::target().join("bench/wasm");
    let (compiled, wasm) =
        (paths::target().join(TARGET).join("release").join(format!("{LIBRARY}.wasm")), folder.join(format!("{LIBRARY}_bg.wasm")));
    let mut compile = tools::cargo();
    compile.args(["build", "--release", "--offline", "--quiet", "--package", "utkik-bench", "--lib", "--target", TARGET]);
    run(&mut compile)?;
    run(tools::command(Tool::WasmBindgen)?.args(["--target=web", "--no-typescript", "--out-dir"]).arg(&folder).arg(compiled))?;
    tools::optimize(&wasm)?;
    Ok(folder)
}

fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("cannot run {name}"))?;
    ensure!(status.success(), "{name} failed ({status}): see above");
    Ok(())
}
