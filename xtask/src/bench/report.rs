//! The figures of the benchmarks: printed as a table, written as JSON, and kept in `bench/RESULTS.md`.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::Goals;
use crate::stack::packages;
use crate::{paths, process, tools};

const TITLE: &str = "# What `cargo xtask bench` measured last

Ratios of what two sides took in the same run; less is better. A figure without a goal is there to understand the others.
";

/// One measured value.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    name: String,
    /// `None` if it could not be measured.
    value: Option<f64>,
    /// The largest value allowed, if it has a goal.
    goal: Option<f64>,
    /// What it means.
    words: String,
}

impl Figure {
    /// A figure that could not be measured.
    pub fn missing(name: &str, goal: f64) -> Self {
        Self { name: name.into(), value: None, goal: Some(goal), words: "could not be measured".into() }
    }

    /// Whether it meets its goal; true without a goal.
    pub fn passes(&self) -> bool {
        self.goal.is_none_or(|goal| self.value.is_some_and(|value| value <= goal))
    }

    /// Name, value, goal, pass and words.
    fn cells(&self) -> [String; 5] {
        let number = |value: Option<f64>| value.map_or_else(|| "-".into(), |value| format!("{value:.3}"));
        let pass = match (self.goal, self.passes()) {
            (None, _) => "",
            (_, true) => "yes",
            (_, false) => "NO",
        };
        [
            self.name.clone(),
            number(self.value),
            self.goal.map_or_else(String::new, |goal| format!("{goal}")),
            pass.into(),
            self.words.clone(),
        ]
    }
}

/// The figures that a program has written to `file`, with their goals.
pub fn read(file: &Path, goals: Goals) -> Result<Vec<Figure>> {
    let text = std::fs::read(file).with_context(|| format!("the program has written no figures to {}", file.display()))?;
    let written: Vec<Value> = serde_json::from_slice(&text).context("the figures are no JSON array")?;
    let goal_of = |name: &str| goals.iter().find(|(other, _)| *other == name).map(|(_, goal)| *goal);
    let figure = |written: &Value| {
        let name = written["name"].as_str()?;
        Some(Figure {
            name: name.into(),
            value: written["value"].as_f64(),
            goal: goal_of(name),
            words: written["words"].as_str().unwrap_or_default().into(),
        })
    };
    let mut figures: Vec<Figure> = written.iter().map(figure).collect::<Option<_>>().context("a figure without a name")?;
    for (name, goal) in goals {
        if !figures.iter().any(|figure| figure.name == *name) {
            figures.push(Figure::missing(name, *goal));
        }
    }
    Ok(figures)
}

/// A table for the terminal.
pub fn table(figures: &[Figure]) -> String {
    let rows: Vec<_> = figures.iter().map(Figure::cells).collect();
    let width = rows.iter().map(|[name, ..]| name.len()).max().unwrap_or_default();
    let mut table = format!("{:<width$} {:>8} {:>6} pass\n", "", "value", "goal");
    for [name, value, goal, pass, words] in rows {
        let _ = writeln!(table, "{name:<width$} {value:>8} {goal:>6} {pass:<4}  {words}");
    }
    table
}

/// The figures that have a goal, as JSON.
pub fn json(figures: &[Figure]) -> Result<String> {
    let with_goal = figures.iter().filter(|figure| figure.goal.is_some());
    let rows = with_goal.map(|figure| json!({"name": figure.name, "value": figure.value, "goal": figure.goal, "pass": figure.passes()}));
    Ok(serde_json::to_string_pretty(&rows.collect::<Vec<_>>())? + "\n")
}

/// Replaces the section `name` of `bench/RESULTS.md`.
pub fn keep(name: &str, machine: &str, figures: &[Figure]) -> Result<()> {
    let path = paths::repository().join("bench/RESULTS.md");
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    std::fs::write(&path, with_section(&before, name, &section(machine, figures)))
        .with_context(|| format!("cannot write {}", path.display()))
}

fn section(machine: &str, figures: &[Figure]) -> String {
    let mut section = format!("{machine}\n\n| figure | value | goal | pass | what it says |\n|---|---|---|---|---|\n");
    for cells in figures.iter().map(Figure::cells) {
        let _ = writeln!(section, "| {} |", cells.join(" | "));
    }
    section
}

/// `document` with this section instead of the one with the same name; sections are sorted by name.
fn with_section(document: &str, name: &str, section: &str) -> String {
    let kept = document.split("\n## ").skip(1).filter_map(|section| section.split_once("\n\n"));
    let mut sections: Vec<(&str, &str)> = kept.filter(|(other, _)| *other != name).chain([(name, section)]).collect();
    sections.sort_by_key(|(name, _)| *name);
    sections.iter().fold(TITLE.to_owned(), |document, (name, section)| format!("{document}\n## {name}\n\n{}\n", section.trim_end()))
}

/// The date, the machine, and the versions of Chromium and Prometheus, in one line.
pub fn machine() -> Result<String> {
    let date = process::output(Command::new("date").args(["--utc", "+%Y-%m-%d"]))?;
    let after_colon = |file: &str, field: &str| {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(field)).map(str::to_owned);
        line.and_then(|line| Some(line.split_once(':')?.1.trim().to_owned()))
    };
    let processor = after_colon("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.into());
    let cores = std::thread::available_parallelism()?;
    let kibibytes = after_colon("/proc/meminfo", "MemTotal").and_then(|total| total.split(' ').next()?.parse::<u64>().ok());
    let memory = kibibytes.map_or_else(String::new, |total| format!(", {} GiB", (total + (1 << 19)) >> 20));
    let chromium = packages::version(&tools::chromium()?)?;
    let prometheus = packages::version(&packages::prometheus()?)?;
    Ok(format!("{}: {cores} cores of {processor}{memory}; Chromium {chromium}, Prometheus {prometheus}.", date.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: Option<f64>, goal: Option<f64>) -> Figure {
        Figure { name: "query/tick".into(), value, goal, words: "a|b".into() }
    }

    #[test]
    fn a_figure_over_its_goal_or_missing_does_not_pass() {
        let cases = [(Some(0.5), Some(0.5), true), (Some(0.51), Some(0.5), false), (None, Some(0.5), false), (Some(9.0), None, true)];
        for (value, goal, passes) in cases {
            assert_eq!(figure(value, goal).passes(), passes, "{value:?} {goal:?}");
        }
        assert_eq!(
            json(&[figure(Some(0.25), Some(0.5)), figure(Some(9.0), None)]).unwrap().split_whitespace().collect::<String>(),
            r#"[{"goal":0.5,"name":"query/tick","pass":true,"value":0.25}]"#
        );
    }

    #[test]
    fn other_sections_are_kept() {
        let first = with_section("", "query/tick", "old\n\n| a |\n");
        let second = with_section(&first, "decode", "other\n");
        let third = with_section(&second, "query/tick", "new\n");
        assert_eq!(third, format!("{TITLE}\n## decode\n\nother\n\n## query/tick\n\nnew\n"));
        assert_eq!(with_section(&third, "query/tick", "old\n\n| a |\n"), with_section(&second, "decode", "other\n"));
    }
}
