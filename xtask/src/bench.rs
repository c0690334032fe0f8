//! `cargo xtask bench`: what Utkik costs, as ratios measured in one run on the real stack.
//!
//! Only ratios have goals, never a time or a size alone: both sides of a ratio are measured on the same machine in the same minutes.
//! A figure that could not be measured has missed its goal.

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

/// The largest value allowed for each figure.
type Goals = &'static [(&'static str, f64)];

/// One benchmark program. It gets a new stack, so that no cache is warm from an earlier measurement, or runs without a stack.
struct Measurement {
    name: &'static str,
    /// The arguments of `cargo xtask stack`.
    stack: &'static [&'static str],
    program: Program,
    goals: Goals,
}

/// The program that measures.
#[derive(Clone, Copy)]
enum Program {
    /// A native program of the package `utkik-bench`.
    Native(&'static str),
    /// A script in `bench/` that drives a browser.
    Script(&'static str),
    /// The same, with the parts of the app that `utkik-bench` compiles to wasm.
    ScriptWithWasm(&'static str),
    /// A script in `bench/` that drives a browser, with the chart libraries that the app is compared with.
    ScriptWithCompared(&'static str),
    /// A script in `bench/` that needs no stack. It drives a browser, with the wasm of `utkik-bench` and the chart libraries that this is
    /// compared with.
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
        // Scraped so often that screens of different widths use different steps and share fewer answers.
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

/// Whether an environment variable `UTKIK_BENCH_…` shortens the scripts for a trial run.
fn is_trial() -> bool {
    std::env::vars_os().any(|(name, _)| name.to_string_lossy().starts_with("UTKIK_BENCH_"))
}

impl Measurement {
    /// Whether `name` is its own name or that of its group, the part before the `/`; true without a name.
    fn is_called(&self, name: Option<&str>) -> bool {
        name.is_none_or(|name| self.name == name || self.name.split('/').next() == Some(name))
    }

    /// Runs the program and returns its figures.
    fn figures(&self) -> Result<Vec<Figure>> {
        let words = self.program.words()?;
        let folder = paths::target().join("bench");
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        // Two benches may run at once.
        let file = folder.join(format!("figures-{}.json", std::process::id()));
        // In a separate process: each process can start only one stack, since a stack installs signal handlers.
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
        // A file left behind would be taken for the figures of the next measurement.
        let _ = std::fs::remove_file(&file);
        ensure!(status.success(), "could not be measured ({status}): see above");
        eprintln!("measured in {:.0} s", started.elapsed().as_secs_f64());
        figures
    }
}

impl Program {
    /// Its command line. Builds the program first where needed.
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
                // The scripts load Playwright from the folder of the end-to-end tests.
                setup::link_playwright()?;
                if let Self::Pages(_) | Self::ScriptWithCompared(_) = self {
                    setup::link_compared()?;
                }
                Ok(vec![process::require(&["node"], "nodejs")?.into(), paths::repository().join("bench").join(name).into()])
            }
        }
    }
}
