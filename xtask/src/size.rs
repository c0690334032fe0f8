//! The size budget: what a browser loads from the static files until `?d=instances` shows its first chart.
//!
//! The list is read from the built `index.html` and what it leads to; the end-to-end tests compare it with what Chromium asks for.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};

/// The most that may be loaded, in bytes compressed by brotli -11.
const BUDGET: u64 = 200_000;

/// What `boot.js` and the app ask for by themselves.
const FETCHED: [&str; 2] = ["config.json", "dashboards/instances.json"];

/// The attributes of index.html that name a file which every visit needs.
const AT_ONCE: [&str; 4] = [" src=", " href=", " data-js=", " data-wasm="];

/// The one that names the second file.
const LATER: [&str; 1] = [" data-rest="];

/// One file, with its size in bytes as it is and as Nginx sends it.
#[derive(Debug, PartialEq, Eq)]
struct Weight {
    path: String,
    plain: u64,
    gzip: u64,
    brotli: u64,
}

/// Prints each file's weight and the sum; true if that is within the budget.
pub fn check(dist: &Path) -> Result<bool> {
    let mut weights = Vec::new();
    for path in first_load(dist)? {
        weights.push(weigh(dist, path)?);
    }
    weights.sort_by_key(|weight| std::cmp::Reverse(weight.brotli));
    let total = total(&weights);
    println!("{:>9} {:>9} {:>9}", "brotli", "gzip", "plain");
    for weight in weights.iter().chain([&total]) {
        println!("{:>9} {:>9} {:>9}  {}", weight.brotli, weight.gzip, weight.plain, weight.path);
    }
    for path in references(&page(dist)?, &LATER) {
        let later = weigh(dist, path)?;
        println!("{:>9} {:>9} {:>9}  {}, fetched when it is needed", later.brotli, later.gzip, later.plain, later.path);
    }
    let within = total.brotli <= BUDGET;
    println!(
        "static files until the first chart: {} of {BUDGET} bytes by brotli{}",
        total.brotli,
        if within { "" } else { ": over the budget; find what grew, or move it out of the first load" }
    );
    Ok(within)
}

/// The paths of the files of the first load, relative to `dist`.
pub fn first_load(dist: &Path) -> Result<BTreeSet<String>> {
    let mut paths = references(&page(dist)?, &AT_ONCE);
    paths.insert("index.html".into());
    paths.extend(FETCHED.map(str::to_owned));
    Ok(paths)
}

fn page(dist: &Path) -> Result<String> {
    let index = dist.join("index.html");
    std::fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))
}

/// The files that a page refers to by `attributes`, without those on other servers. Minified HTML has no quotes where it needs none.
fn references(html: &str, attributes: &[&str]) -> BTreeSet<String> {
    let values = attributes.iter().flat_map(|attribute| html.split(attribute).skip(1));
    values
        .filter_map(|rest| match rest.chars().next()? {
            quote @ ('"' | '\'') => rest[1..].split(quote).next(),
            _ => rest.split([' ', '>', '\n']).next(),
        })
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
        let html = r##"<link rel=stylesheet href=./tokens-1.css><link rel="icon" href="icon.svg"/>
            <script type=module src=./boot.js data-js=./utkik-2.js data-rest=./rest-2.wasm data-wasm='./utkik-2.wasm'></script>
            <link rel=modulepreload href=./utkik-2.js integrity=sha384-x><a href="#main"></a><a href="https://example.org/">x</a><a href=./>y</a>"##;
        let expected = ["boot.js", "icon.svg", "tokens-1.css", "utkik-2.js", "utkik-2.wasm"];
        assert_eq!(references(html, &AT_ONCE), expected.map(str::to_owned).into());
        assert_eq!(references(html, &LATER), ["rest-2.wasm".to_owned()].into());
    }

    #[test]
    fn sums_are_by_encoding() {
        let weight = |plain, gzip, brotli| Weight { path: String::new(), plain, gzip, brotli };
        let sum = total(&[weight(100, 10, 9), weight(50, 20, 18)]);
        assert_eq!((sum.plain, sum.gzip, sum.brotli), (150, 30, 27));
    }
}
