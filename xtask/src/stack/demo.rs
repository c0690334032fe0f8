//! `cargo xtask demo`: runs the stack until Ctrl-C.

use std::io::stdout;
use std::process::{Command, ExitCode, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::assembly::{Plan, Stack};
use super::history::History;
use super::ports::Reserved;
use super::{history, interrupt, options, table};
use crate::process::{self, Process};
use crate::tools::{self, Tool};
use crate::{dist, setup};

/// The notice that the past in the charts is generated.
const MADE_UP: &str = "The past in its charts is made up, from what runs here now; from the start on they show what happens. \
                       `--history 0` goes without.";

/// Runs `demo` with the arguments that follow it on the command line.
pub fn demo(mut args: lexopt::Parser) -> Result<ExitCode> {
    let options = options::Demo::parse(&mut args)?;
    interrupt::install()?;
    let started = Instant::now();
    setup::ensure(&[setup::BUILD, setup::STACK].concat())?;
    let app = if options.watch { None } else { Some(dist::build()?) };
    let reserved = Reserved::from(options.port)?;
    let port = reserved.port;
    if port != options.port {
        println!("port {} is taken: this takes {port}", options.port);
    }
    // With `--watch` Trunk serves the app on this port, and Nginx uses any free one.
    let (nginx, trunk) = if options.watch { (None, Some(reserved)) } else { (Some(reserved), None) };
    let interval = options.scrape_interval;
    let first_interval = if options.history.is_some() { history::CAPTURE_INTERVAL } else { interval };
    let mut stack = Stack::start(Plan { app, port: nginx, scrape_interval: first_interval, any_engine: true })?;
    let past = options.history.map(|history| add_past(history, &mut stack, interval)).transpose()?.unwrap_or_default();
    table::print(&mut stack, &mut stdout())?;
    if !stack.has_prometheus_pages() {
        println!("\nDebian's build of Prometheus has no pages of its own, so the app does not link to any. Nothing is wrong.");
    }
    let url = if options.watch { format!("http://127.0.0.1:{port}/") } else { stack.app_url() };
    println!("\n{}", if past { MADE_UP } else { "The charts fill from now on." });
    println!("\nUtkik: {url}   (up after {:.1} s; Ctrl-C stops everything)", started.elapsed().as_secs_f64());
    let mut watcher = trunk.map(|reserved| watch(reserved, &stack.prometheus_url())).transpose()?;
    if options.open {
        open(&url);
    }
    while !interrupt::interrupted() {
        if let Some(status) = watcher.as_mut().map_or(Ok(None), Process::ended)? {
            bail!("trunk serve ended ({status})");
        }
        sleep(Duration::from_millis(100));
    }
    println!("\nstopping …");
    drop(watcher);
    drop(stack);
    println!("stopped; nothing is left running");
    Ok(ExitCode::SUCCESS)
}

/// Backfills a history. Returns whether that worked; the demo goes on without it.
fn add_past(history: History, stack: &mut Stack, interval: Duration) -> Result<bool> {
    println!("watching what runs here for some seconds, and making up its last {} …", history::in_words(history.duration));
    let made = history.backfill(stack, interval);
    interrupt::check()?;
    if let Err(error) = &made {
        println!("there is no past to show: {error:#}");
        stack.scrape_every(interval)?;
    }
    // A target that is down is no error here: the page shows it.
    stack.wait_listed(interval)?;
    Ok(made.is_ok())
}

/// Serves the app from the sources: Trunk rebuilds it on each save, with the CSP of `Trunk.toml`.
fn watch(reserved: Reserved, prometheus: &str) -> Result<Process> {
    let mut trunk = tools::command(Tool::Trunk)?;
    trunk.args(["serve", "--port", &reserved.port.to_string(), "--proxy-backend", prometheus, "--proxy-no-system-proxy"]);
    reserved.release();
    Process::foreground(&trunk)
}

fn open(url: &str) {
    let opener = process::find(&["xdg-open", "open", "sensible-browser"]);
    let opened =
        opener.map(|opener| Command::new(opener).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn());
    if !matches!(opened, Some(Ok(_))) {
        println!("no program found to open a browser with: open the address yourself");
    }
}
