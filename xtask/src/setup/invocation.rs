//! A command as data: it can be shown to the user for typing, or be run with its output in a log.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt;
use std::fs::File;
use std::io::{IsTerminal, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::paths;

/// A program with its arguments, environment and folder.
pub struct Invocation {
    program: String,
    arguments: Vec<String>,
    environment: Vec<(&'static str, String)>,
    folder: PathBuf,
}

impl Invocation {
    /// `program`, run in the repository.
    pub fn new(program: &str, arguments: &[&str]) -> Self {
        let arguments = arguments.iter().map(|&argument| argument.to_owned()).collect();
        Self { program: program.to_owned(), arguments, environment: Vec::new(), folder: paths::repository() }
    }

    /// One more argument.
    pub fn argument(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.arguments.push(argument.as_ref().to_string_lossy().into_owned());
        self
    }

    /// One more environment variable.
    pub fn environment(mut self, name: &'static str, value: &str) -> Self {
        self.environment.push((name, value.to_owned()));
        self
    }

    /// Runs it with its output in a log file and shows the progress; the error has the end of the log.
    pub fn run(&self, name: &str) -> Result<()> {
        let path = paths::cache().join("log").join(format!("{}.log", name.replace([' ', '\''], "-").to_lowercase()));
        let folder = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let log = File::create(&path).with_context(|| format!("cannot create {}", path.display()))?;
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(log.try_clone().context("cannot share the log")?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("cannot start {}", self.program))?;
        let status = watch(&mut child, &path)?;
        if status.success() {
            return Ok(());
        }
        let log = std::fs::read(&path).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let mut end: Vec<_> = log.lines().rev().take(12).collect();
        end.reverse();
        bail!("{} failed ({status}); the end of {}:\n{}", self.program, path.display(), end.join("\n"))
    }
}

impl fmt::Display for Invocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.environment {
            write!(f, "{name}={} ", quoted(value))?;
        }
        f.write_str(&self.program)?;
        for argument in &self.arguments {
            write!(f, " {}", quoted(argument))?;
        }
        Ok(())
    }
}

/// `word`, quoted for a shell if needed.
fn quoted(word: &str) -> Cow<'_, str> {
    let plain = |character: char| character.is_ascii_alphanumeric() || "-_=+:,./@%".contains(character);
    if !word.is_empty() && word.chars().all(plain) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(format!("'{}'", word.replace('\'', "'\\''")))
}

/// Waits for `child` and shows the progress: on a terminal one line that is updated each second, elsewhere a new line every half minute.
fn watch(child: &mut Child, log: &Path) -> Result<ExitStatus> {
    let started = Instant::now();
    let terminal = std::io::stdout().is_terminal();
    let pause = if terminal { Duration::from_secs(1) } else { Duration::from_secs(30) };
    let mut next = started + pause;
    loop {
        if let Some(status) = child.try_wait().context("cannot wait for a command")? {
            if terminal {
                print!("\r\x1b[2K");
            }
            return Ok(status);
        }
        if Instant::now() >= next {
            next += pause;
            let seconds = started.elapsed().as_secs();
            let progress = format!("{:12}{}:{:02}  {}", "", seconds / 60, seconds % 60, last_line(log));
            if terminal {
                print!("\r\x1b[2K{progress}");
                std::io::stdout().flush().context("cannot write to the terminal")?;
            } else {
                println!("{progress}");
            }
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// The last line of a log that is being written, cut to fit a terminal.
fn last_line(log: &Path) -> String {
    const TAIL: u64 = 2048;
    let mut bytes = Vec::new();
    let _ = File::open(log).and_then(|mut file| {
        let length = file.seek(SeekFrom::End(0))?;
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
        file.read_to_end(&mut bytes)
    });
    let text = String::from_utf8_lossy(&bytes);
    let line = text.split(['\n', '\r']).map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
    line.chars().filter(|character| !character.is_control()).take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_command_is_quoted_for_the_shell() {
        let invocation = Invocation::new("npm", &["ci", "--prefix"]).argument("/home/o'hara/my cache").environment("CI", "1");
        assert_eq!(invocation.to_string(), r"CI=1 npm ci --prefix '/home/o'\''hara/my cache'");
    }
}
