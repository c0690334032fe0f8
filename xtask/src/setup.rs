//! `cargo xtask setup`: finds or installs what the other commands need, and only that.
//!
//! Looks on `PATH` first, then in the cache folder, and installs into the cache folder; only Debian's packages touch the system. What
//! cannot be installed is reported with the commands to type, and does not stop the rest. Two checkouts may do this at once: the second
//! waits for the first and finds its tools.

mod debian;
mod invocation;
mod node;
mod rust;

use std::fmt;
use std::fs::{File, TryLockError};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;

use self::invocation::Invocation;
pub use self::node::{link_compared, link_playwright, tests_folder};
use crate::stack::packages;
use crate::tools::Tool;
use crate::{paths, process};

/// Something that a command needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// Node.js with npm; found, never installed.
    Node,
    /// Rust's standard library for the wasm target.
    WasmTarget,
    /// The sources of the crates in `Cargo.lock`, since Trunk builds offline.
    Crates,
    /// A build tool.
    Tool(Tool),
    /// Chromium and its driver.
    Browser,
    /// The runner of the end-to-end tests.
    Playwright,
    /// The chart libraries that benchmarks compare the app with.
    Compared,
    /// The components of the monitored stack that are packages of the distribution.
    Components,
    /// The components that only other releases of Debian have; the stack works without them.
    Fetched,
}

/// What `dist` needs.
pub const BUILD: &[Item] = &[
    Item::Node,
    Item::WasmTarget,
    Item::Crates,
    Item::Tool(Tool::Trunk),
    Item::Tool(Tool::WasmBindgen),
    Item::Tool(Tool::WasmOpt),
    Item::Tool(Tool::Esbuild),
];
/// What tests in a browser need besides [`BUILD`].
pub const BROWSER: &[Item] = &[Item::Browser, Item::Playwright];
/// What only `bench` needs, besides the rest.
pub const COMPARED: &[Item] = &[Item::Compared];
/// What `demo` and `stack` need besides [`BUILD`].
pub const STACK: &[Item] = &[Item::Components, Item::Fetched];

/// Whether an [`Item`] is installed.
enum Status {
    /// Installed: its version or path.
    Present(String),
    /// Missing, with a plan to install it.
    Missing(Plan),
}

/// How to install what is missing.
struct Plan {
    /// What exactly is missing.
    missing: String,
    /// How long it takes on two cores, in words.
    takes: &'static str,
    /// The work that installs it.
    work: Work,
    /// Why the user must do it by hand, if so.
    by_hand: Option<&'static str>,
}

/// The work that installs an item.
enum Work {
    /// Attempts, made one after the other until the item is there. In an attempt, one command that fails does not stop the next.
    Commands(Vec<Vec<Invocation>>),
    /// A function, for work with more steps than a user would want to type.
    Call(fn() -> Result<()>),
}

impl Item {
    fn status(self) -> Result<Status> {
        match self {
            Self::Node => Ok(node::node()),
            Self::WasmTarget => rust::wasm_target(),
            Self::Crates => rust::crates(),
            Self::Tool(Tool::WasmOpt) => node::npm_tool(Tool::WasmOpt, "binaryen"),
            Self::Tool(Tool::Esbuild) => node::npm_tool(Tool::Esbuild, "esbuild"),
            Self::Tool(tool) => rust::tool(tool),
            Self::Browser => Ok(debian::status(debian::BROWSER)),
            Self::Playwright => node::playwright(),
            Self::Compared => node::compared(),
            Self::Components => Ok(debian::status(debian::STACK)),
            Self::Fetched => Ok(fetched()),
        }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Node => "Node.js",
            Self::WasmTarget => "Rust's wasm target",
            Self::Crates => "crates",
            Self::Tool(Tool::Trunk) => "Trunk",
            Self::Tool(Tool::WasmBindgen) => "wasm-bindgen",
            Self::Tool(Tool::WasmOpt) => "wasm-opt",
            Self::Tool(Tool::Esbuild) => "esbuild",
            Self::Browser => "Chromium",
            Self::Playwright => "Playwright",
            Self::Compared => "compared libraries",
            Self::Components => "stack",
            Self::Fetched => "newer releases",
        })
    }
}

/// `cargo xtask setup [--dry-run]`.
pub fn run(mut arguments: lexopt::Parser) -> Result<ExitCode> {
    let mut dry_run = false;
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("dry-run") => dry_run = true,
            other => return Err(other.unexpected().into()),
        }
    }
    let items = [BUILD, BROWSER, STACK].concat();
    if dry_run {
        return Ok(if preview(&items) { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let _lock = lock()?;
    let mut missing = 0;
    for item in items {
        missing += usize::from(!provide(item));
    }
    rust::tidy()?;
    if missing == 0 {
        println!("Everything is there. Next: cargo xtask demo");
        return Ok(ExitCode::SUCCESS);
    }
    println!("{missing} of these could not be had: see above. What needs them will say so; the rest works.");
    Ok(ExitCode::FAILURE)
}

/// Installs the missing ones of `items`; silent if there are none. Fails only if one is still missing that is not part of [`STACK`].
pub fn ensure(items: &[Item]) -> Result<()> {
    let mut missing = Vec::new();
    for &item in items {
        if !matches!(item.status(), Ok(Status::Present(_))) {
            missing.push(item);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let _lock = lock()?;
    let mut failed = Vec::new();
    for item in missing {
        if !provide(item) {
            failed.push(item);
        }
    }
    rust::tidy()?;
    // The stack lists its missing components itself.
    failed.retain(|item| !STACK.contains(item));
    if !failed.is_empty() {
        let names: Vec<_> = failed.iter().map(Item::to_string).collect();
        bail!("{} could not be had: see above, and try again after `cargo xtask setup`", names.join(", "));
    }
    Ok(())
}

/// Prints what `run` would do; true if nothing is missing.
fn preview(items: &[Item]) -> bool {
    let mut complete = true;
    for &item in items {
        match item.status() {
            Ok(Status::Present(what)) => line("present", item, &what),
            Ok(Status::Missing(plan)) => {
                complete = false;
                line("missing", item, &format!("{} ({})", plan.missing, plan.by_hand.unwrap_or(plan.takes)));
                plan.print_commands();
            }
            Err(error) => {
                complete = false;
                line("failed", item, &format!("{error:#}"));
            }
        }
    }
    complete
}

/// Installs `item` if it is missing and this is possible, and prints what it does; true if it is installed at the end.
fn provide(item: Item) -> bool {
    try_provide(item).unwrap_or_else(|error| {
        line("failed", item, &format!("{error:#}"));
        false
    })
}

fn try_provide(item: Item) -> Result<bool> {
    let plan = match item.status()? {
        Status::Present(what) => {
            line("present", item, &what);
            return Ok(true);
        }
        Status::Missing(plan) => plan,
    };
    if let Some(reason) = plan.by_hand {
        line("by hand", item, &format!("{} ({reason})", plan.missing));
        plan.print_commands();
        return Ok(false);
    }
    line("installing", item, &format!("{} (about {})", plan.missing, plan.takes));
    let attempts: &[Vec<Invocation>] = match &plan.work {
        Work::Commands(attempts) => attempts,
        Work::Call(call) => {
            if let Err(error) = call() {
                eprintln!("{error:#}");
            }
            &[vec![]]
        }
    };
    for attempt in attempts {
        for invocation in attempt {
            if let Err(error) = invocation.run(&item.to_string()) {
                eprintln!("{error:#}");
            }
        }
        if let Status::Present(what) = item.status()? {
            line("present", item, &what);
            if item == Item::Components {
                debian::warn_of_services();
            }
            return Ok(true);
        }
    }
    line("failed", item, "to be tried by hand:");
    plan.print_commands();
    Ok(false)
}

/// Prometheus 3 and cAdvisor, unpacked into the cache.
fn fetched() -> Status {
    let what = "Prometheus 3 and cAdvisor, from other releases of Debian";
    let found = process::find(&["prometheus"]).is_some() && process::find(&["cadvisor"]).is_some();
    let debian = process::find(&["apt-get"]).is_some();
    if packages::is_complete() || (found && !debian) {
        return Status::Present(what.into());
    }
    let by_hand = (!debian).then_some("only on Debian; elsewhere put prometheus and cadvisor on PATH");
    Status::Missing(Plan { missing: what.into(), takes: "1 min", work: Work::Call(packages::fetch), by_hand })
}

impl Plan {
    /// Prints the commands of the first attempt, for the user to type.
    fn print_commands(&self) {
        if let Work::Commands(attempts) = &self.work {
            for invocation in attempts.first().into_iter().flatten() {
                println!("{:12}{invocation}", "");
            }
        }
    }
}

fn line(state: &str, item: Item, detail: &str) {
    println!("{state:<12}{:<20}{detail}", item.to_string());
}

/// The lock that makes other set-ups wait, until it is dropped or the process ends.
fn lock() -> Result<File> {
    std::fs::create_dir_all(paths::cache()).with_context(|| format!("cannot create {}", paths::cache().display()))?;
    let path = paths::cache().join("setup.lock");
    let file = File::create(&path).with_context(|| format!("cannot create {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            println!("waiting for another set-up to end ({})", path.display());
            file.lock().with_context(|| format!("cannot lock {}", path.display()))?;
        }
        Err(TryLockError::Error(error)) => return Err(error).context("cannot lock the cache folder"),
    }
    Ok(file)
}
