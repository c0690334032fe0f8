//! The size budget: what a browser loads from the static files for each of three first views, the "doors": a dashboard until its first
//! chart, the overview until its last tile, the page of alerts until its list.
//!
//! The lists are read from the built `index.html` and the files that it names; the end-to-end tests compare them with Chromium's requests.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::dist;

/// `cargo xtask size`.
pub fn run(mut arguments: lexopt::Parser) -> Result<ExitCode> {
    if let Some(argument) = arguments.next()? {
        return Err(argument.unexpected().into());
    }
    Ok(if check(&dist::build()?)? { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A first view of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// `?d=instances`, until the first chart.
    Dashboard,
    /// The overview, until the last tile.
    Overview,
    /// `?page=alerts`, until the list.
    Alerts,
}

impl Door {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Dashboard, Self::Overview, Self::Alerts];

    /// Its name in the end-to-end tests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dashboard => "dashboard",
            Self::Overview => "overview",
            Self::Alerts => "alerts",
        }
    }

    /// Its budget, in bytes compressed by brotli -11.
    fn budget(self) -> u64 {
        match self {
            Self::Dashboard => 205_000,
            Self::Overview | Self::Alerts => 225_000,
        }
    }

    /// The paths of the files that are loaded, relative to `dist`.
    pub fn files(self, dist: &Path) -> Result<BTreeSet<String>> {
        let page = page(dist)?;
        let mut paths = references(&page, &AT_ONCE);
        paths.extend(["index.html".to_owned(), "config.json".to_owned()]);
        match self {
            Self::Dashboard => paths.extend(["dashboards/instances.json".to_owned()]),
            Self::Overview => paths.extend(dashboards(dist)?.into_iter().map(|id| format!("dashboards/{id}.json"))),
            Self::Alerts => {}
        }
        match self {
            Self::Dashboard => {}
            Self::Overview => paths.extend(references(&page, &[" data-overview=", " data-style-overview="])),
            Self::Alerts => paths.extend(references(&page, &[" data-lists=", " data-style-lists="])),
        }
        Ok(paths)
    }
}

/// The attributes of index.html that name files which every visit needs.
const AT_ONCE: [&str; 4] = [" src=", " href=", " data-js=", " data-wasm="];

/// One file, with its size in bytes as it is and as Nginx sends it.
#[derive(Debug, PartialEq, Eq)]
struct Weight {
    path: String,
    plain: u64,
    gzip: u64,
    brotli: u64,
}

/// Prints the sizes of all files and the sums; true if each door is within its budget.
pub fn check(dist: &Path) -> Result<bool> {
    let mut all = BTreeSet::new();
    for door in Door::ALL {
        all.extend(door.files(dist)?);
    }
    let mut weights = all.into_iter().map(|path| weigh(dist, path)).collect::<Result<Vec<_>>>()?;
    weights.sort_by_key(|weight| std::cmp::Reverse(weight.brotli));
    println!("{:>9} {:>9} {:>9}", "brotli", "gzip", "plain");
    for weight in &weights {
        println!("{:>9} {:>9} {:>9}  {}", weight.brotli, weight.gzip, weight.plain, weight.path);
    }
    println!("loaded on demand, each with what it shares with others:");
    for name in on_demand(&page(dist)?) {
        let files = references(&page(dist)?, &[&format!(" data-{name}="), &format!(" data-style-{name}=")]);
        let weights = files.into_iter().map(|path| weigh(dist, path)).collect::<Result<Vec<_>>>()?;
        let sum = total(&weights);
        println!("{:>9} {:>9} {:>9}  {name}, {} files", sum.brotli, sum.gzip, sum.plain, weights.len());
    }
    let mut within = true;
    for door in Door::ALL {
        let weights = door.files(dist)?.into_iter().map(|path| weigh(dist, path)).collect::<Result<Vec<_>>>()?;
        let (sum, budget) = (total(&weights), door.budget());
        let verdict = if sum.brotli <= budget { "" } else { ": over the budget; find what grew, or move it into a file on demand" };
        println!("{:<9} {} of {budget} bytes by brotli, {} by gzip{verdict}", door.name(), sum.brotli, sum.gzip);
        within &= sum.brotli <= budget;
    }
    Ok(within)
}

/// The names of the files that are loaded on demand: those of the attributes of index.html that list wasm files.
fn on_demand(page: &str) -> Vec<&str> {
    let attributes = page.split(" data-").skip(1).filter_map(|attribute| attribute.split_once('='));
    attributes
        .filter(|(name, value)| *name != "wasm" && value.split(['"', '>']).nth(1).is_some_and(|list| list.contains(".wasm")))
        .map(|(name, _)| name)
        .collect()
}

/// The dashboards of the menu; the overview loads all of them.
fn dashboards(dist: &Path) -> Result<Vec<String>> {
    let config = dist.join("config.json");
    let text = std::fs::read_to_string(&config).with_context(|| format!("cannot read {}", config.display()))?;
    let config: Value = serde_json::from_str(&text).context("config.json is no JSON")?;
    let ids = config["dashboards"].as_array().context("config.json lists no dashboards")?;
    Ok(ids.iter().filter_map(|id| id.as_str().or_else(|| id["id"].as_str())).map(str::to_owned).collect())
}

fn page(dist: &Path) -> Result<String> {
    let index = dist.join("index.html");
    std::fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))
}

/// The files that a page names in `attributes`, one or several each, without those on other servers. Minified HTML omits quotes where it
/// can.
fn references(html: &str, attributes: &[&str]) -> BTreeSet<String> {
    let values = attributes.iter().flat_map(|attribute| html.split(attribute).skip(1));
    values
        .filter_map(|rest| match rest.chars().next()? {
            quote @ ('"' | '\'') => rest[1..].split(quote).next(),
            _ => rest.split([' ', '>', '\n']).next(),
        })
        .flat_map(str::split_whitespace)
        .filter_map(|value| value.split(['?', '#']).next())
        .map(|value| value.strip_prefix("./").unwrap_or(value))
        .filter(|value| !value.is_empty() && !value.ends_with('/') && !value.contains(':'))
        .map(str::to_owned)
        .collect()
}

fn weigh(dist: &Path, path: String) -> Result<Weight> {
    let length = |suffix: &str| {
        let file = dist.join(format!("{path}{suffix}"));
        std::fs::metadata(&file).map(|metadata| metadata.len())
    };
    let plain = length("").with_context(|| format!("the first load needs {path}, which is not in {}", dist.display()))?;
    // What is compressed already, such as a PNG, has no compressed copy.
    let (gzip, brotli) = (length(".gz").unwrap_or(plain), length(".br").unwrap_or(plain));
    Ok(Weight { path, plain, gzip, brotli })
}

fn total(weights: &[Weight]) -> Weight {
    let sum = |size: fn(&Weight) -> u64| weights.iter().map(size).sum();
    Weight { path: "total".into(), plain: sum(|weight| weight.plain), gzip: sum(|weight| weight.gzip), brotli: sum(|weight| weight.brotli) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_with_and_without_quotes() {
        let html = r##"<link rel=stylesheet href=./style-1.css><link rel="icon" href="icon.svg"/>
            <script type=module src=./boot.js data-js=./utkik-2.js data-lists="./chunk1-2.wasm ./lists-2.wasm" data-wasm='./utkik-2.wasm'></script>
            <link rel=modulepreload href=./utkik-2.js integrity=sha384-x><a href="#main"></a><a href="https://example.org/">x</a><a href=./>y</a>"##;
        let expected = ["boot.js", "icon.svg", "style-1.css", "utkik-2.js", "utkik-2.wasm"];
        assert_eq!(references(html, &AT_ONCE), expected.map(str::to_owned).into());
        assert_eq!(references(html, &[" data-lists="]), ["chunk1-2.wasm", "lists-2.wasm"].map(str::to_owned).into());
    }

    #[test]
    fn sizes_are_summed_for_each_encoding() {
        let weight = |plain, gzip, brotli| Weight { path: String::new(), plain, gzip, brotli };
        let sum = total(&[weight(100, 10, 9), weight(50, 20, 18)]);
        assert_eq!((sum.plain, sum.gzip, sum.brotli), (150, 30, 27));
    }
}
