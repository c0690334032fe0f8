//! `cargo xtask test`: runs all checks or one part of them, and prints one line with the sum of the results.
//!
//! A check that could not be run has failed. All checks are run, also after one has failed.

mod steps;
mod tally;

use std::ffi::OsString;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use lexopt::prelude::*;

use self::steps::Step;
use self::tally::Tally;
use crate::setup::{self, Item};
use crate::tools::Tool;

/// A part of the tests that can be run by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Everything.
    Whole,
    /// What takes only minutes: no browser, no stack.
    Quick,
    /// Native tests of the app, the crates and the tooling, and the alert rules.
    Native,
    /// Tests of components in a browser.
    Web,
    /// Tests of the app on the real stack, and its size.
    E2e,
}

impl Part {
    fn steps(self) -> &'static [Step] {
        use Step::{ClippyHost, ClippyWasm, EndToEnd, Format, Native, Rules, Size, Structure, Web};
        match self {
            Self::Whole => &[Format, Structure, ClippyHost, ClippyWasm, Native, Rules, Web, Size, EndToEnd],
            Self::Quick => &[Format, Structure, ClippyHost, ClippyWasm, Native, Rules],
            Self::Native => &[Native, Rules],
            Self::Web => &[Web],
            Self::E2e => &[Size, EndToEnd],
        }
    }

    fn needs(self) -> Vec<Item> {
        let compile = [Item::WasmTarget, Item::Crates];
        match self {
            Self::Whole | Self::E2e => [setup::BUILD, setup::BROWSER, setup::STACK].concat(),
            Self::Quick | Self::Native => [&compile[..], &[Item::Node], setup::STACK].concat(),
            Self::Web => [&compile[..], &[Item::Tool(Tool::WasmBindgen), Item::Browser]].concat(),
        }
    }
}

/// `cargo xtask test [quick|native|web|e2e] [-- ARGUMENTS]`.
pub fn run(mut arguments: lexopt::Parser) -> Result<ExitCode> {
    let mut part = Part::Whole;
    let mut further = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument {
            Value(name) if part == Part::Whole => part = parse(&name)?,
            // An argument for the runner.
            Value(value) => further.push(value),
            other => return Err(other.unexpected().into()),
        }
    }
    if !further.is_empty() && matches!(part, Part::Whole | Part::Quick) {
        bail!("arguments can be handed on only to one runner: name native, web or e2e before --");
    }
    // What could not be installed is printed here; the steps that need it then fail.
    if let Err(error) = setup::ensure(&part.needs()) {
        eprintln!("error: {error:#}");
    }
    let mut results = Vec::new();
    for step in part.steps() {
        println!("== {step}");
        let started = Instant::now();
        let tally = step.run(&further).unwrap_or_else(|error| {
            println!("error: {error:#}");
            Tally::one(false)
        });
        results.push((step, tally, started.elapsed()));
    }
    println!();
    for (step, tally, time) in &results {
        println!("{:<10}{:<45}{tally}", clock(*time), step.to_string());
    }
    let sum: Tally = results.iter().map(|(_, tally, _)| *tally).sum();
    println!("{sum}");
    Ok(if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn parse(name: &OsString) -> Result<Part> {
    match name.to_str() {
        Some("quick") => Ok(Part::Quick),
        Some("native") => Ok(Part::Native),
        Some("web") => Ok(Part::Web),
        Some("e2e") => Ok(Part::E2e),
        _ => bail!("there is no part {} of the tests; there are quick, native, web and e2e", name.display()),
    }
}

fn clock(time: Duration) -> String {
    format!("{}:{:02}", time.as_secs() / 60, time.as_secs() % 60)
}
