//! Checks of the sources that the compiler does not make: no import cycles between files, no markup from text, no long files, and no use
//! of the browser outside the places for it.
//!
//! A file imports what its code names in another file: by `use`, by paths in code, and by paths in the tokens of macros. A re-export
//! counts as an import from the file that defines the item. Tests are excluded, except from the checks of markup and length.
//!
//! Not seen, since nothing here knows types: methods called on values other than `self`; methods of traits; what macros generate that is
//! not in their tokens.

mod cycles;
mod modules;
mod names;
mod resolve;
mod sources;
mod syntax;
#[cfg(test)]
mod tests;
mod tokens;
mod uses;
mod words;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use lexopt::ValueExt;

use self::cycles::Graph;
use self::modules::Modules;
use self::sources::{Package, Sources};
use crate::paths;

/// The longest file allowed, in lines: a longer file probably has two purposes.
const MAX_LINES: usize = 400;
/// The sources of the chart crate, and the name of the files there that may use the browser, since they draw on the page.
const CHART: (&str, &str) = ("crates/chart/src/", "/canvas.rs");

/// A rule, and where it is broken.
pub type Rule = (&'static str, Vec<String>);

/// Checks the sources below `root`.
pub fn check(root: &Path) -> Result<[Rule; 4]> {
    rules(&Sources::read(root)?)
}

/// `cargo xtask structure [CRATE]`: prints imports and import cycles, for people who want to break a cycle.
pub fn run(mut arguments: lexopt::Parser) -> Result<ExitCode> {
    let mut wanted = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            lexopt::Arg::Value(name) if wanted.is_none() => wanted = Some(name.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    let sources = Sources::read(&paths::repository())?;
    let packages = sources.packages()?;
    let names = packages.iter().map(|package| package.name.as_str()).collect::<Vec<_>>().join(", ");
    let is_wanted = |package: &Package| wanted.as_ref().is_none_or(|name| package.name == name.replace('-', "_"));
    ensure!(packages.iter().any(is_wanted), "there is no such crate; there are {names}");
    for package in packages.iter().filter(|package| is_wanted(package)) {
        let graph = uses::graph(&Modules::read(&sources, package)?);
        print!("{graph}");
        cycles(&graph).iter().for_each(|cycle| println!("{cycle}"));
    }
    Ok(ExitCode::SUCCESS)
}

fn rules(sources: &Sources) -> Result<[Rule; 4]> {
    let packages = sources.packages()?;
    let mut imports = Vec::new();
    let (mut markup, mut browser) = (Vec::new(), Vec::new());
    for package in &packages {
        let modules = Modules::read(sources, package)?;
        imports.extend(cycles(&uses::graph(&modules)));
        let known = modules.files();
        for (path, text) in sources.files_of(package) {
            if !known.contains(path) {
                imports.push(format!("{path}: no `mod` leads to this file, so that nothing checks it: name it, or remove it"));
            }
            for (line, word) in words::markup(text).with_context(|| path.to_owned())? {
                markup.push(format!("{path}:{line}: {word} turns untrusted text into markup: build nodes instead"));
            }
            if package.folder.is_empty() || path.starts_with(CHART.0) && path.ends_with(CHART.1) {
                continue;
            }
            for (line, word) in words::browser(text).with_context(|| path.to_owned())? {
                browser.push(format!("{path}:{line}: {word} in a pure crate: move what needs the browser to src/, or hand it in"));
            }
        }
    }
    let long = sources.files().map(|(path, text)| (path, text.lines().count())).filter(|(_, lines)| *lines > MAX_LINES);
    let long = long.map(|(path, lines)| {
        format!("{path}:{lines}: more than {MAX_LINES} lines: find the second thing that the file says, and give it a file of its own")
    });
    Ok([
        ("no files of a crate import each other in cycles", imports),
        ("text stays text", markup),
        ("no file is long", long.collect()),
        ("the browser is only named in src/ and in canvas.rs of the chart crate", browser),
    ])
}

/// A message for each component with its shortest import cycle.
fn cycles(graph: &Graph) -> Vec<String> {
    let say = |component: cycles::Component| {
        let (count, cycle) = (component.files.len(), graph.describe(&component.cycle));
        format!(
            "{cycle}\n  is the shortest cycle of {count} files that all reach each other (`cargo xtask structure` shows them): \
             move what both need to a file of its own, or hand it in"
        )
    };
    graph.components().into_iter().map(say).collect()
}
