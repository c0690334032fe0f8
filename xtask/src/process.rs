//! Child processes that do not outlive this one.
//!
//! Each child has its own process group: Ctrl-C in the terminal reaches only xtask, which decides the order of the stop. If xtask dies
//! without stopping its children, the kernel sends them SIGTERM.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::{Pid, User, geteuid};

/// How often to check whether a process has ended.
const POLL: Duration = Duration::from_millis(20);

/// Whether we run as root: only then may we change users, mount file systems and run a container engine.
pub fn is_root() -> bool {
    geteuid().is_root()
}

/// The path of a program: the first of `names` found on `PATH` or in the folders of daemons.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    // Daemons are in sbin, which is not on the PATH of an ordinary user.
    let folders: Vec<PathBuf> = std::env::split_paths(&path).chain(["/usr/local/sbin", "/usr/sbin", "/sbin"].map(PathBuf::from)).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| file.is_file())
}

/// Like [`find`]; the error says what to install.
pub fn require(names: &[&str], package: &str) -> Result<PathBuf> {
    find(names).with_context(|| {
        format!("`{}` is not installed: run `cargo xtask setup`, or install the package `{package}`", names.join("` or `"))
    })
}

/// Runs a program to its end and returns its standard output; its standard error is in the error.
pub fn output(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot run `{name}`"))?;
    if !output.status.success() {
        bail!("`{name}` failed ({}): {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The command line of a daemon, kept to start it again in the same way.
#[derive(Clone, Debug)]
pub struct Launch {
    program: PathBuf,
    args: Vec<OsString>,
    user: Option<&'static str>,
}

impl Launch {
    /// A launch of `program` without arguments, as the current user.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), args: Vec::new(), user: None }
    }

    /// Adds an argument.
    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.args.push(arg.as_ref().to_owned());
        self
    }

    /// Adds arguments.
    pub fn args<A: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.args.extend(args.into_iter().map(|arg| arg.as_ref().to_owned()));
        self
    }

    /// Adds the argument `name=value`.
    pub fn option(self, name: &str, value: impl AsRef<OsStr>) -> Self {
        let mut arg = OsString::from(name);
        arg.push("=");
        arg.push(value);
        self.arg(arg)
    }

    /// Runs as `user` if we are root, else as the current user.
    pub fn user(mut self, user: &'static str) -> Self {
        self.user = Some(user);
        self
    }

    /// The whole command line, with the change of user, as words for `exec` in a shell script.
    pub fn words(&self) -> Result<Vec<OsString>> {
        // setpriv(1) sets the parent-death signal after the change of user, since that change clears it.
        let mut words: Vec<OsString> = ["setpriv", "--pdeathsig", "TERM"].map(OsString::from).into();
        if let (Some(user), true) = (self.user, is_root()) {
            let account = User::from_name(user)?.with_context(|| format!("there is no user `{user}`"))?;
            words.push(format!("--reuid={}", account.uid).into());
            words.push(format!("--regid={}", account.gid).into());
            words.push("--clear-groups".into());
        }
        words.push("--".into());
        words.push(self.program.clone().into());
        words.extend(self.args.iter().cloned());
        Ok(words)
    }

    /// Starts the process; its output is appended to `log`.
    pub fn spawn(&self, log: &Path) -> Result<Process> {
        let words = self.words()?;
        let (first, rest) = words.split_first().context("an empty command line")?;
        let log = File::options().create(true).append(true).open(log)?;
        let mut command = Command::new(first);
        command.args(rest).stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).process_group(0);
        let child = command.spawn().with_context(|| format!("cannot start {}", self.program.display()))?;
        Ok(Process { child })
    }
}

/// A running process and its group; stopped on drop.
#[derive(Debug)]
pub struct Process {
    child: Child,
}

impl Process {
    /// Starts a command whose output goes to our terminal.
    pub fn foreground(command: &Command) -> Result<Self> {
        let program = command.get_program();
        let mut wrapped = Command::new("setpriv");
        wrapped.args(["--pdeathsig", "TERM", "--"]).arg(program).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => wrapped.env(name, value),
                None => wrapped.env_remove(name),
            };
        }
        if let Some(folder) = command.get_current_dir() {
            wrapped.current_dir(folder);
        }
        wrapped.stdin(Stdio::null()).process_group(0);
        let child = wrapped.spawn().with_context(|| format!("cannot start {}", program.display()))?;
        Ok(Self { child })
    }

    /// The process id, which is also the id of its group.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// How the process ended, or `None` while it runs.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    /// Sends a signal to every process of the group.
    pub fn signal(&self, signal: Signal) {
        // Fails if the group has already ended, which is what every caller wants.
        let _ = killpg(group(&self.child), signal);
    }

    /// Asks the group to end, waits up to `grace`, then kills it.
    pub fn stop(&mut self, grace: Duration) {
        self.signal(Signal::SIGTERM);
        // A process that is paused by SIGSTOP handles SIGTERM only after SIGCONT.
        self.signal(Signal::SIGCONT);
        if !self.wait_gone(grace) {
            self.signal(Signal::SIGKILL);
            self.wait_gone(Duration::from_secs(5));
        }
    }

    /// Kills the group at once.
    pub fn kill(&mut self) {
        self.signal(Signal::SIGKILL);
        self.wait_gone(Duration::from_secs(5));
    }

    fn wait_gone(&mut self, limit: Duration) -> bool {
        let start = Instant::now();
        loop {
            let ended = !matches!(self.child.try_wait(), Ok(None));
            // Workers may outlive their main process for a moment: the group has ended when it has no process left to signal.
            if ended && killpg(group(&self.child), None).is_err() {
                return true;
            }
            if start.elapsed() > limit {
                return false;
            }
            sleep(POLL);
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.stop(Duration::from_secs(10));
    }
}

fn group(child: &Child) -> Pid {
    Pid::from_raw(child.id().cast_signed())
}

/// Whether a process with this id exists.
pub fn exists(pid: u32) -> bool {
    kill(Pid::from_raw(pid.cast_signed()), None).is_ok()
}

/// Sends a signal to one process, if it still exists.
pub fn send(pid: u32, signal: Signal) {
    let _ = kill(Pid::from_raw(pid.cast_signed()), signal);
}
