//! The single checks: how each is run and how its results are counted.

use std::ffi::OsString;
use std::fmt;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, ensure};

use super::tally::Tally;
use crate::tools::{self, Tool};
use crate::{dist, paths, process, setup, size, stack, structure};

const WASM: &str = "wasm32-unknown-unknown";

/// A check, or a runner with many tests.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// rustfmt.
    Format,
    /// The structure of the sources: import cycles, markup, long files, and use of the browser.
    Structure,
    /// Clippy on everything that runs natively.
    ClippyHost,
    /// Clippy on the app as it runs in the browser.
    ClippyWasm,
    /// Native tests of the app and of the tooling.
    Native,
    /// promtool on the alert rules that we ship.
    Rules,
    /// Component tests in headless Chromium.
    Web,
    /// The size budget.
    Size,
    /// Playwright on the real stack.
    EndToEnd,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Format => "format",
            Self::Structure => "structure",
            Self::ClippyHost => "clippy, native",
            Self::ClippyWasm => "clippy, wasm",
            Self::Native => "native tests",
            Self::Rules => "alert rules",
            Self::Web => "web tests",
            Self::Size => "size budget",
            Self::EndToEnd => "end-to-end tests",
        })
    }
}

impl Step {
    /// Runs it. `further` arguments go to the runner of the step, if it has one that can select tests.
    pub fn run(self, further: &[OsString]) -> Result<Tally> {
        match self {
            Self::Format => check(&["fmt", "--all", "--check"]),
            Self::Structure => structure(),
            Self::ClippyHost => check(&["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]),
            Self::ClippyWasm => check(&["clippy", "--package", "utkik", "--target", WASM, "--all-targets", "--", "--deny", "warnings"]),
            Self::Native => libtest(tools::cargo().args(["test", "--workspace", "--no-fail-fast", "--"]).args(further)),
            Self::Rules => rules(),
            Self::Web => web(further),
            Self::Size => Ok(Tally::one(size::check(&dist::build()?)?)),
            Self::EndToEnd => end_to_end(further),
        }
    }
}

fn check(arguments: &[&str]) -> Result<Tally> {
    let status = tools::cargo().args(arguments).stdin(Stdio::null()).status().context("cannot run cargo")?;
    Ok(Tally::one(status.success()))
}

/// One check for each rule.
fn structure() -> Result<Tally> {
    let rules = structure::check(&paths::repository())?;
    for (rule, faults) in rules.iter().filter(|(_, faults)| !faults.is_empty()) {
        println!("{rule}:\n{}", faults.join("\n"));
    }
    Ok(rules.iter().map(|(_, faults)| Tally::one(faults.is_empty())).sum())
}

/// Runs a command whose output has libtest's result lines, and shows that output as it comes.
fn libtest(command: &mut Command) -> Result<Tally> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("cannot run cargo")?;
    let output = child.stdout.take().context("no output to read")?;
    let mut tally = Tally::default();
    for line in BufReader::new(output).split(b'\n') {
        let line = line.context("cannot read cargo's output")?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        tally += Tally::of_libtest(&line);
    }
    Ok(tally.with_exit(child.wait().context("cannot wait for cargo")?.success()))
}

/// `promtool test rules` on each `*_test.yml`.
fn rules() -> Result<Tally> {
    let promtool = process::require(&["promtool"], "prometheus")?;
    let folder = paths::repository().join("deploy/prometheus");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(&folder)
        .with_context(|| format!("cannot list {}", folder.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.to_string_lossy().ends_with("_test.yml"))
        .collect();
    cases.sort();
    ensure!(!cases.is_empty(), "there is no *_test.yml in {}", folder.display());
    let mut tally = Tally::default();
    for case in cases {
        let status =
            Command::new(&promtool).args(["test", "rules"]).arg(&case).current_dir(&folder).status().context("cannot run promtool")?;
        tally += Tally::one(status.success());
    }
    Ok(tally)
}

fn web(further: &[OsString]) -> Result<Tally> {
    let runner = Tool::WasmBindgen
        .find()?
        .context("wasm-bindgen is not installed; run `cargo xtask setup`")?
        .with_file_name("wasm-bindgen-test-runner");
    let mut flags = vec!["--headless", "--disable-gpu", "--disable-dev-shm-usage"];
    if process::is_root() {
        // Chromium refuses to start its sandbox as root.
        flags.push("--no-sandbox");
    }
    let chrome = serde_json::json!({"goog:chromeOptions": {"binary": tools::chromium()?, "args": flags}});
    let capabilities = paths::target().join("webdriver.json");
    std::fs::write(&capabilities, chrome.to_string()).with_context(|| format!("cannot write {}", capabilities.display()))?;
    libtest(
        tools::cargo()
            .args(["test", "--package", "utkik", "--target", WASM, "--test", "web", "--"])
            .args(further)
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
            .env("CHROMEDRIVER", process::require(&["chromedriver"], "chromium-driver")?)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities),
    )
}

/// Playwright against the release build on a stack of its own.
fn end_to_end(further: &[OsString]) -> Result<Tally> {
    let dist = dist::build()?;
    let report = paths::target().join("e2e.json");
    if report.exists() {
        std::fs::remove_file(&report).with_context(|| format!("cannot remove {}", report.display()))?;
    }
    let mut doors = serde_json::Map::new();
    for door in size::Door::ALL {
        doors.insert(door.name().to_owned(), door.files(&dist)?.into_iter().collect());
    }
    let environment = [
        format!("UTKIK_CHROMIUM={}", tools::chromium()?.display()),
        // The files that the size budget counts, which the tests compare with the browser's requests.
        format!("UTKIK_DOORS={}", serde_json::Value::Object(doors)),
        format!("PLAYWRIGHT_JSON_OUTPUT_FILE={}", report.display()),
    ];
    let mut arguments: Vec<OsString> = vec!["--".into(), "env".into()];
    arguments.extend(environment.map(OsString::from));
    arguments.push(process::require(&["node"], "nodejs")?.into());
    arguments.push(setup::link_playwright()?.into());
    arguments.push("test".into());
    arguments.push("--config".into());
    arguments.push(setup::tests_folder().into());
    arguments.push("--reporter=list,json".into());
    arguments.extend(further.iter().cloned());
    let code = stack::run(lexopt::Parser::from_args(arguments))?;
    let report = std::fs::read(&report).context("the end-to-end tests did not get to their report: see above")?;
    let report = serde_json::from_slice(&report).context("the report of the end-to-end tests is not JSON")?;
    let tally = Tally::of_playwright(&report).context("the report of the end-to-end tests has no counts")?;
    Ok(tally.with_exit(code == ExitCode::SUCCESS))
}
