//! One daemon of the stack: how it is started, when it is ready, and how it is stopped and started again.

use std::fs;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, bail};
use nix::sys::signal::Signal;
use serde_json::json;

use super::{http, interrupt};
use crate::process::{Launch, Process};

/// How long a daemon may take to answer; enough for a busy machine with cold disks.
const START_LIMIT: Duration = Duration::from_secs(60);
/// How long a daemon may take to end before it is killed.
const STOP_LIMIT: Duration = Duration::from_secs(20);

/// How to check that a daemon is ready.
#[derive(Clone, Debug)]
pub enum Ready {
    /// A GET of this URL answers 200.
    Http(String),
    /// This Unix socket accepts a connection.
    Socket(PathBuf),
}

/// A daemon that listens on a loopback port.
#[derive(Debug)]
pub struct Service {
    /// The name by which tests stop and start it.
    pub name: &'static str,
    /// Its name in the table.
    pub title: &'static str,
    /// The version that the program itself prints.
    pub version: String,
    /// Where it answers.
    pub port: u16,
    /// The URL for people to open.
    pub url: String,
    /// How it is started.
    pub launch: Launch,
    /// When it is ready.
    pub ready: Ready,
    /// Where its output goes.
    pub log: PathBuf,
    process: Option<Process>,
}

impl Service {
    /// A service that is not started yet.
    pub fn new(name: &'static str, title: &'static str, port: u16, launch: Launch, ready: Ready, log: PathBuf) -> Self {
        let url = format!("http://127.0.0.1:{port}/");
        Self { name, title, version: String::new(), port, url, launch, ready, log, process: None }
    }

    /// Sets the version.
    pub fn version(mut self, version: String) -> Self {
        self.version = version;
        self
    }

    /// Sets the URL for people to open, if it is not the root.
    pub fn url(mut self, url: String) -> Self {
        self.url = url;
        self
    }

    /// Starts the process, if it does not run.
    pub fn spawn(&mut self) -> Result<()> {
        if !self.is_running() {
            self.process = Some(self.launch.spawn(&self.log)?);
        }
        Ok(())
    }

    /// Waits until the daemon is ready; the error holds the end of its log.
    pub fn wait_ready(&mut self) -> Result<()> {
        let ready = interrupt::wait_until(START_LIMIT, || {
            if !self.is_running() {
                bail!("{} ended at once; its log ends with\n{}", self.title, self.log_tail());
            }
            Ok(match &self.ready {
                Ready::Http(url) => http::is_ok(url),
                Ready::Socket(path) => UnixStream::connect(path).is_ok(),
            })
        })?;
        if !ready {
            bail!("{} is not ready after {START_LIMIT:?}; its log ends with\n{}", self.title, self.log_tail());
        }
        Ok(())
    }

    /// Starts the process and waits until it is ready.
    pub fn start(&mut self) -> Result<()> {
        self.spawn()?;
        self.wait_ready()
    }

    /// Asks the process to end, without waiting.
    pub fn ask_to_stop(&self) {
        if let Some(process) = &self.process {
            process.signal(Signal::SIGTERM);
            process.signal(Signal::SIGCONT);
        }
    }

    /// Stops the process and waits for its end.
    pub fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.stop(STOP_LIMIT);
        }
    }

    /// Kills the process, as a crash would.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill();
        }
    }

    /// Sends a signal to the process and its children.
    pub fn signal(&self, signal: Signal) -> Result<()> {
        let Some(process) = &self.process else { bail!("{} does not run", self.name) };
        process.signal(signal);
        Ok(())
    }

    /// Whether the process runs (or hangs).
    pub fn is_running(&mut self) -> bool {
        self.process.as_mut().is_some_and(|process| matches!(process.ended(), Ok(None)))
    }

    /// A description of it as JSON, for tests.
    pub fn describe(&mut self) -> serde_json::Value {
        let running = self.is_running();
        json!({
            "name": self.name,
            "version": self.version,
            "port": self.port,
            "url": self.url,
            "pid": self.process.as_ref().filter(|_| running).map(Process::pid),
            "log": self.log,
        })
    }

    fn log_tail(&self) -> String {
        let log = fs::read(&self.log).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().collect();
        lines.iter().skip(lines.len().saturating_sub(15)).map(|line| format!("    {line}\n")).collect()
    }
}
