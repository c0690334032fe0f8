//! `cargo xtask`: the commands of the project. Everything that handles tools, ports and processes is here.

mod bench;
mod dist;
mod fingerprint;
mod paths;
mod process;
mod setup;
mod size;
mod stack;
mod structure;
mod test;
mod tools;

use std::process::ExitCode;

use lexopt::prelude::*;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  demo      show the dashboards of a real stack on this machine, until Ctrl-C [--open] [--port N] [--history 6h] [--scrape-interval 5s] [--watch]
  test      run every check there is, or one part of it [quick|native|web|e2e] [-- ARGUMENTS of that part's runner]
  bench     measure what the app costs as ratios, on a real stack [query|decode|draw|load] [--json FILE]; writes bench/RESULTS.md
  setup     find or install what the other commands need, and only that [--dry-run]
  stack     run a command against the real stack, and return its exit code [--history 2d] -- COMMAND…
  structure print which file imports what of which other, and the cycles there are [CRATE]
  dist      build the folder to copy to a web server, with .gz and .br beside each file [--out DIR]
  size      print what a browser loads until each front door is open, and what is loaded on demand
";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) if error.is::<lexopt::Error>() => not_understood(&error.to_string()),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<ExitCode> {
    let mut arguments = lexopt::Parser::from_env();
    let command = match arguments.next()? {
        None | Some(Long("help") | Short('h')) => {
            print!("{USAGE}");
            return Ok(ExitCode::SUCCESS);
        }
        Some(Value(command)) => command,
        Some(option) => return Err(option.unexpected().into()),
    };
    match command.to_str() {
        Some("help") => {
            print!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        Some("demo") => stack::demo(arguments),
        Some("stack") => stack::run(arguments),
        Some("setup") => setup::run(arguments),
        Some("dist") => dist::run(arguments),
        Some("size") => size::run(arguments),
        Some("structure") => structure::run(arguments),
        Some("test") => test::run(arguments),
        Some("bench") => bench::run(arguments),
        _ => Ok(not_understood(&format!("there is no command {}", command.display()))),
    }
}

/// Prints the error and the usage; 2 is the usual exit code of a usage error.
fn not_understood(what: &str) -> ExitCode {
    eprint!("error: {what}\n\n{USAGE}");
    ExitCode::from(2)
}
