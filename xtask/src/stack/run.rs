//! `cargo xtask stack -- COMMAND…`: runs a command beside the stack, and stops the stack after it.

use std::fs;
use std::io::{IsTerminal, stderr, stdin};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitCode, ExitStatus};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use super::assembly::{Plan, Stack};
use super::control::{self, Shared};
use super::{history, interrupt, options, table};
use crate::{dist, process, setup};

/// How long the command may take to end after a signal, before it is killed.
const COMMAND_GRACE: Duration = Duration::from_secs(10);

/// Runs `stack` with the arguments that follow it on the command line; the exit code is the command's.
pub fn run(mut args: lexopt::Parser) -> Result<ExitCode> {
    let options = options::Stack::parse(&mut args)?;
    interrupt::install()?;
    setup::ensure(&[setup::BUILD, setup::STACK].concat())?;
    let app = dist::build()?;
    let started = Instant::now();
    let interval = options.scrape_interval;
    let first_interval = if options.history.is_some() { history::CAPTURE_INTERVAL } else { interval };
    let mut stack = Stack::start(Plan { app: Some(app), port: None, scrape_interval: first_interval, any_engine: false })?;
    match options.history {
        Some(history) => {
            history.backfill(&mut stack, interval)?;
            ensure!(stack.wait_listed(interval)?, "not all targets are up: see {}targets", stack.prometheus_direct_url());
        }
        None => stack.wait_scraped(samples_wanted(interval), interval)?,
    }
    table::print(&mut stack, &mut stderr())?;
    eprintln!("every target was scraped after {:.1} s", started.elapsed().as_secs_f64());
    let shared = StoppedAtEnd(Arc::new(Mutex::new(None)));
    let status = beside(stack, &shared.0, &options.command)?;
    drop(shared);
    Ok(exit_code(status))
}

/// Stops the stack on drop, although the control server still holds a reference to it.
struct StoppedAtEnd(Shared);

impl Drop for StoppedAtEnd {
    fn drop(&mut self) {
        drop(self.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

fn beside(mut stack: Stack, shared: &Shared, words: &[std::ffi::OsString]) -> Result<ExitStatus> {
    let (program, args) = words.split_first().context("an empty command")?;
    let file = stack.path("stack.json");
    fs::write(&file, serde_json::to_string_pretty(&stack.describe())?)?;
    let mut command = Command::new(program);
    command
        .args(args)
        .env("UTKIK_URL", stack.app_url())
        .env("PROMETHEUS_URL", stack.prometheus_url())
        .env("PROMETHEUS_DIRECT_URL", stack.prometheus_direct_url())
        .env("NGINX_ROOT_URL", stack.nginx_root())
        .env("UTKIK_STACK_FILE", &file);
    if let Ok(alertmanager) = stack.service("alertmanager") {
        command.env("ALERTMANAGER_URL", &alertmanager.url);
    }
    // An interactive shell must stay in the terminal's process group; anything else is easier to stop in its own group.
    let own_group = !stdin().is_terminal();
    if own_group {
        command.process_group(0);
    }
    *shared.lock().unwrap_or_else(PoisonError::into_inner) = Some(stack);
    command.env("UTKIK_STACK_CONTROL", control::serve(shared, file)?);
    let child = command.spawn().with_context(|| format!("cannot run `{}`", program.display()))?;
    wait(child, own_group)
}

/// Waits for the end of the command; a signal to end is forwarded to it.
fn wait(mut child: Child, own_group: bool) -> Result<ExitStatus> {
    let signal = |child: &Child, signal| {
        if own_group {
            let _ = killpg(Pid::from_raw(child.id().cast_signed()), signal);
        } else {
            process::send(child.id(), signal);
        }
    };
    let mut asked = None;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if interrupt::interrupted() && asked.is_none() {
            signal(&child, Signal::SIGTERM);
            asked = Some(Instant::now());
        }
        if asked.is_some_and(|asked| asked.elapsed() > COMMAND_GRACE) {
            signal(&child, Signal::SIGKILL);
        }
        sleep(Duration::from_millis(30));
    };
    if own_group {
        // Ends what the command left running in the background.
        signal(&child, Signal::SIGTERM);
    }
    Ok(status)
}

/// How many samples are needed for rates over a few intervals: those of some twelve seconds, and at least three.
fn samples_wanted(scrape_interval: Duration) -> u64 {
    (12 / scrape_interval.as_secs().max(1)).max(3)
}

/// The exit code as a shell would give it.
fn exit_code(status: ExitStatus) -> ExitCode {
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    ExitCode::from(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
}
