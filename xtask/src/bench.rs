//! `cargo xtask bench`: what Utkik costs, as ratios that one run on the real stack has measured.
//!
//! No time and no size alone ever fails: both sides of a ratio saw the same machine in the same minutes. A figure that could not be
//! had has missed its goal.

mod report;
mod wasm;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use lexopt::prelude::*;

use self::report::Figure;
use crate::process::{self, Process};
use crate::{paths, setup, tools};

/// The most that each figure may be.
type Goals = &'static [(&'static str, f64)];

/// One program, beside a stack of its own so that no cache is warm from what was measured before, or alone.
struct Measurement {
    name: &'static str,
    /// How the stack is started.
    stack: &'static [&'static str],
    program: Program,
    goals: Goals,
}

/// What asks the stack.
#[derive(Clone, Copy)]
enum Program {
    /// A native program of the package `utkik-bench`.
    Native(&'static str),
    /// A script of `bench/`, which has a browser.
    Script(&'static str),
    /// The same with the parts of the app that `utkik-bench` compiles for the browser.
    ScriptWithWasm(&'static str),
    /// A script of `bench/` with a browser, and the libraries beside which the app is measured.
    ScriptWithCompared(&'static str),
    /// A script of `bench/` that needs no stack: a browser, the parts of the app that `utkik-bench` compiles, and the libraries beside
    /// which those are measured.
    Pages(&'static str),
}

const MEASUREMENTS: &[Measurement] = &[
    Measurement {
        name: "query/tick",
        stack: &["--history", "2d"],
        program: Program::Native("tick"),
        goals: &[("query/tick/mean", 0.05), ("query/tick/worst", 0.08)],
    },
    Measurement {
        name: "query/viewers",
        // Scraped so often that screens of different widths ask for different steps, and hence share less.
        stack: &["--history", "2h", "--scrape-interval", "5s"],
        program: Program::Script("viewers.mjs"),
        goals: &[("query/viewers/requests", 0.6), ("query/viewers/samples", 1.5)],
    },
    Measurement {
        name: "query/memory",
        stack: &["--history", "2d"],
        program: Program::Script("memory.mjs"),
        goals: &[("query/memory", 1.05)],
    },
    Measurement {
        name: "draw",
        stack: &[],
        program: Program::Pages("draw.mjs"),
        goals: &[
            ("draw/1x1000", 0.25),
            ("draw/10x1000", 0.25),
            ("draw/100x1000", 0.25),
            ("draw/1000x1000", 0.25),
            ("draw/10x11000", 0.25),
            ("draw/3x55550", 0.25),
        ],
    },
    Measurement {
        name: "draw/hover",
        stack: &["--history", "2h"],
        program: Program::ScriptWithCompared("hover.mjs"),
        goals: &[("draw/hover", 0.5)],
    },
    Measurement {
        name: "load",
        stack: &["--history", "6h"],
        program: Program::ScriptWithCompared("load.mjs"),
        goals: &[("load/dashboard", 1.8), ("load/overview", 2.1), ("load/alerts", 1.7)],
    },
    Measurement { name: "decode", stack: &["--history", "2d"], program: Program::ScriptWithWasm("decode.mjs"), goals: &[("decode", 0.5)] },
];

/// `cargo xtask bench [NAME] [--json FILE]`.
pub fn run(mut arguments: lexopt::Parser) -> Result<ExitCode> {
    let (mut wanted, mut json) = (None, None);
    while let Some(argument) = arguments.next()? {
        match argument {
            Value(name) if wanted.is_none() => wanted = Some(name.string()?),
            Long("json") => json = Some(PathBuf::from(arguments.value()?)),
            other => return Err(other.unexpected().into()),
        }
    }
    let chosen: Vec<&Measurement> = MEASUREMENTS.iter().filter(|measurement| measurement.is_called(wanted.as_deref())).collect();
    if chosen.is_empty() {
        let names: Vec<_> = MEASUREMENTS.iter().map(|measurement| measurement.name).collect();
        bail!("there is no such bench; there are query, load, decode, draw and, to measure less, {}", names.join(", "));
    }
    setup::ensure(&[setup::BUILD, setup::BROWSER, setup::STACK, setup::COMPARED].concat())?;
    let machine = report::machine()?;
    let mut all = Vec::new();
    for measurement in chosen {
        eprintln!("== {}", measurement.name);
        match measurement.figures() {
            Ok(figures) => {
                if !is_trial() {
                    report::keep(measurement.name, &machine, &figures)?;
                }
                all.extend(figures);
            }
            Err(error) => {
                eprintln!("error: {}: {error:#}", measurement.name);
                all.extend(measurement.goals.iter().map(|(name, goal)| Figure::missing(name, *goal)));
            }
        }
    }
    print!("{}", report::table(&all));
    if let Some(json) = json {
        std::fs::write(&json, report::json(&all)?).with_context(|| format!("cannot write {}", json.display()))?;
    }
    Ok(if all.iter().all(Figure::passes) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether the environment makes the scripts do less than they should, to try them out.
fn is_trial() -> bool {
    std::env::vars_os().any(|(name, _)| name.to_string_lossy().starts_with("UTKIK_BENCH_"))
}

impl Measurement {
    /// Whether it is meant by its own name, or by the name of the bench that it is a part of.
    fn is_called(&self, name: Option<&str>) -> bool {
        name.is_none_or(|name| self.name == name || self.name.split('/').next() == Some(name))
    }

    /// Measures.
    fn figures(&self) -> Result<Vec<Figure>> {
        let words = self.program.words()?;
        let folder = paths::target().join("bench");
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        // Two benches may run at once.
        let file = folder.join(format!("figures-{}.json", std::process::id()));
        // A process of its own: a stack may be started once in each, since it takes the signals over.
        let mut command = Command::new(std::env::current_exe().context("cannot find xtask itself")?);
        command.arg("stack").args(self.stack).arg("--").args(&words);
        if let (Program::Pages(_), [node, script]) = (self.program, &words[..]) {
            command = Command::new(node);
            command.arg(script);
        }
        command.env("UTKIK_FIGURES", &file).env("UTKIK_CHROMIUM", tools::chromium()?);
        if let Program::ScriptWithWasm(_) | Program::Pages(_) = self.program {
            command.env("UTKIK_WASM", wasm::build()?);
        }
        let started = Instant::now();
        let mut running = Process::foreground(&command)?;
        let status = loop {
            match running.ended()? {
                Some(status) => break status,
                None => sleep(Duration::from_millis(100)),
            }
        };
        let figures = report::read(&file, self.goals);
        // What is left would pass for the figures of the next.
        let _ = std::fs::remove_file(&file);
        ensure!(status.success(), "could not be measured ({status}): see above");
        eprintln!("measured in {:.0} s", started.elapsed().as_secs_f64());
        figures
    }
}

impl Program {
    /// Its command line; builds it where it has to be built.
    fn words(self) -> Result<Vec<OsString>> {
        match self {
            Self::Native(name) => {
                let mut build = tools::cargo();
                build.args(["build", "--release", "--offline", "--quiet", "--package", "utkik-bench", "--bin", name]);
                let status = build.status().context("cannot run cargo")?;
                ensure!(status.success(), "{name} could not be built ({status}): see above");
                Ok(vec![paths::target().join("release").join(name).into()])
            }
            Self::Script(name) | Self::ScriptWithWasm(name) | Self::ScriptWithCompared(name) | Self::Pages(name) => {
                // The scripts look for Playwright where the end-to-end tests have it.
                setup::link_playwright()?;
                if let Self::Pages(_) | Self::ScriptWithCompared(_) = self {
                    setup::link_compared()?;
                }
                Ok(vec![process::require(&["node"], "nodejs")?.into(), paths::repository().join("bench").join(name).into()])
            }
        }
    }
}
