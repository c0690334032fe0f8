//! The command line options of `demo` and `stack`.

use std::ffi::OsString;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;

use super::history::History;

/// The scrape interval of a stack without a history: short, so that data is there soon.
const FAST_INTERVAL: Duration = Duration::from_secs(2);
/// The scrape interval of the demo.
const DEMO_INTERVAL: Duration = Duration::from_secs(5);
/// The length of the demo's history: longer than the default time range of a dashboard.
const DEMO_HISTORY: Duration = Duration::from_secs(6 * 60 * 60);
/// The scrape interval of a stack with a history, which is common on real machines.
const HISTORY_INTERVAL: Duration = Duration::from_secs(30);

/// The options of `demo`.
#[derive(Debug)]
pub struct Demo {
    /// Opens the page in the default browser.
    pub open: bool,
    /// The port of Nginx that is tried first.
    pub port: u16,
    /// What is backfilled before the start.
    pub history: Option<History>,
    /// How often Prometheus scrapes and evaluates its rules.
    pub scrape_interval: Duration,
    /// Serves the app by `trunk serve`, rebuilt on save.
    pub watch: bool,
}

impl Demo {
    /// Reads the arguments after `demo`.
    pub fn parse(args: &mut lexopt::Parser) -> Result<Self> {
        let (mut open, mut watch, mut port) = (false, false, 8080);
        let (mut history, mut scrape_interval) = (Some(DEMO_HISTORY), DEMO_INTERVAL);
        while let Some(arg) = args.next()? {
            match arg {
                Long("open") => open = true,
                Long("watch") => watch = true,
                Long("port") => port = args.value()?.parse()?,
                Long("history") => history = history_value(args)?,
                Long("scrape-interval") => scrape_interval = duration_value(args)?,
                _ => return Err(arg.unexpected().into()),
            }
        }
        let history = history.map(|duration| History { duration, interval: scrape_interval });
        Ok(Self { open, port, history, scrape_interval, watch })
    }
}

/// The options of `stack`.
#[derive(Debug)]
pub struct Stack {
    /// What is backfilled before the start.
    pub history: Option<History>,
    /// How often Prometheus scrapes and evaluates its rules.
    pub scrape_interval: Duration,
    /// The program that runs beside the stack.
    pub command: Vec<OsString>,
}

impl Stack {
    /// Reads the arguments after `stack`.
    pub fn parse(args: &mut lexopt::Parser) -> Result<Self> {
        let (mut duration_back, mut history_interval, mut scrape_interval) = (None, None, None);
        let mut command = Vec::new();
        while let Some(arg) = args.next()? {
            match arg {
                Long("history") => duration_back = history_value(args)?,
                Long("history-interval") => history_interval = Some(duration_value(args)?),
                Long("scrape-interval") => scrape_interval = Some(duration_value(args)?),
                Value(program) => {
                    command.push(program);
                    command.extend(args.raw_args()?);
                }
                _ => return Err(arg.unexpected().into()),
            }
        }
        if command.is_empty() {
            bail!("which command? For example `cargo xtask stack -- sh`");
        }
        // A dashboard assumes one scrape interval for the whole window: the history must have the interval of the live scrapes.
        let default = if duration_back.is_some() { HISTORY_INTERVAL } else { FAST_INTERVAL };
        let scrape_interval = scrape_interval.or(history_interval).unwrap_or(default);
        let interval = history_interval.unwrap_or(scrape_interval);
        let history = duration_back.map(|duration| History { duration, interval });
        Ok(Self { history, scrape_interval, command })
    }
}

fn duration_value(args: &mut lexopt::Parser) -> Result<Duration> {
    duration(&args.value()?.string()?)
}

/// How far back a history reaches; `0` is for none.
fn history_value(args: &mut lexopt::Parser) -> Result<Option<Duration>> {
    let text = args.value()?.string()?;
    if text == "0" { Ok(None) } else { duration(&text).map(Some) }
}

/// Reads a duration as Prometheus writes it, with one unit: `30s`, `5m`, `2h`, `2d`.
pub fn duration(text: &str) -> Result<Duration> {
    let wrong = || format!("`{text}` is no duration: write a whole number above zero and a unit, such as 30s, 5m, 2h or 2d");
    let unit = text.chars().last().with_context(wrong)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 60 * 60,
        'd' => 24 * 60 * 60,
        _ => bail!(wrong()),
    };
    let number: u64 = text.trim_end_matches(unit).parse().with_context(wrong)?;
    match number.checked_mul(seconds) {
        None | Some(0) => bail!(wrong()),
        Some(seconds) => Ok(Duration::from_secs(seconds)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_one_unit() {
        assert_eq!(duration("30s").unwrap(), Duration::from_secs(30));
        assert_eq!(duration("2d").unwrap(), Duration::from_secs(172_800));
        for wrong in ["", "s", "0s", "30", "1h30m", "-5s", "99999999999999999999d", "5å"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_demo_has_a_history_by_default() {
        let history = |args: &[&str]| Demo::parse(&mut lexopt::Parser::from_args(args)).unwrap().history;
        let past = history(&["--scrape-interval", "15s"]).unwrap();
        assert_eq!((past.duration, past.interval), (DEMO_HISTORY, Duration::from_secs(15)));
        assert_eq!(history(&["--history", "2d"]).unwrap().duration, Duration::from_secs(172_800));
        assert!(history(&["--history", "0"]).is_none());
        assert!(Demo::parse(&mut lexopt::Parser::from_args(["--history", "0x"])).is_err());
    }

    #[test]
    fn arguments_after_the_command_belong_to_the_command() {
        let mut args = lexopt::Parser::from_args(["--history", "2d", "--", "sh", "-c", "true", "--history"]);
        let stack = Stack::parse(&mut args).unwrap();
        assert_eq!(stack.command, ["sh", "-c", "true", "--history"]);
        assert_eq!(stack.history.unwrap().duration, Duration::from_secs(172_800));
        assert_eq!(stack.scrape_interval, HISTORY_INTERVAL);
    }
}
