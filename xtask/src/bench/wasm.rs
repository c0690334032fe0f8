//! The parts of the app that a page measures alone, built as Trunk builds the app.

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
    let index = std::fs::read_to_string(paths::repository().join("index.html")).context("cannot read index.html")?;
    let flags = wasm_opt_flags(&index).context("index.html says nothing about wasm-opt")?;
    run(tools::command(Tool::WasmOpt)?.args(flags).arg(&wasm).arg("--output").arg(&wasm))?;
    Ok(folder)
}

fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("cannot run {name}"))?;
    ensure!(status.success(), "{name} failed ({status}): see above");
    Ok(())
}

/// What Trunk tells wasm-opt, by the attributes of the app's link in `index.html`.
fn wasm_opt_flags(html: &str) -> Option<Vec<String>> {
    let attribute = |name: &str| html.split_once(&format!(" {name}=\""))?.1.split('"').next();
    let (level, further) = (attribute("data-wasm-opt")?, attribute("data-wasm-opt-params").unwrap_or_default());
    Some(std::iter::once(format!("-O{level}")).chain(further.split_whitespace().map(str::to_owned)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wasm_opt_is_told_what_trunk_tells_it() {
        let html = r#"<link data-trunk rel="rust" data-wasm-opt="z" data-wasm-opt-params="--flatten -Oz">"#;
        assert_eq!(wasm_opt_flags(html).unwrap(), ["-Oz", "--flatten", "-Oz"]);
        assert_eq!(wasm_opt_flags("<link data-trunk>"), None);
    }
}
