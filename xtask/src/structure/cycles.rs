//! The import graph of files: which file imports which names from which other file, and the import cycles.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;

/// The names that one file imports from another, each with the first line that uses it.
type Names = BTreeMap<String, usize>;

/// The import graph.
#[derive(Default)]
pub struct Graph {
    imports: BTreeMap<String, BTreeMap<String, Names>>,
}

/// Files that all reach each other by imports: a strongly connected component.
#[derive(Debug, PartialEq, Eq)]
pub struct Component {
    /// All of them.
    pub files: Vec<String>,
    /// The shortest cycle among them: each file imports something from the next, and the last from the first.
    pub cycle: Vec<String>,
}

impl Graph {
    /// Adds an import: `from` uses `name`, which `to` defines, in `line`.
    pub fn add(&mut self, from: &str, to: &str, name: &str, line: usize) {
        if from != to {
            let names = self.imports.entry(from.to_owned()).or_default().entry(to.to_owned()).or_default();
            let first = names.entry(name.to_owned()).or_insert(line);
            *first = line.min(*first);
        }
    }

    /// The files that `file` imports from, with the imported names.
    pub fn of(&self, file: &str) -> impl Iterator<Item = (&str, &Names)> {
        self.imports.get(file).into_iter().flatten().map(|(to, names)| (to.as_str(), names))
    }

    /// The components with import cycles, the largest first.
    pub fn components(&self) -> Vec<Component> {
        let ways: BTreeMap<&str, BTreeMap<&str, &str>> = self.imports.keys().map(|file| (file.as_str(), self.reach(file))).collect();
        let reaches = |from: &str, to: &str| ways.get(from).is_some_and(|way| way.contains_key(to));
        let mut components: Vec<Component> = Vec::new();
        for file in ways.keys().copied().filter(|file| reaches(file, file)) {
            if components.iter().any(|component| component.files.iter().any(|other| other == file)) {
                continue;
            }
            let files: Vec<&str> = ways.keys().copied().filter(|other| reaches(file, other) && reaches(other, file)).collect();
            let cycles = files.iter().filter_map(|file| ways.get(file).map(|way| cycle(file, way)));
            let cycle = cycles.min_by_key(Vec::len).unwrap_or_default();
            components.push(Component { files: files.into_iter().map(str::to_owned).collect(), cycle });
        }
        components.sort_by_key(|component| std::cmp::Reverse(component.files.len()));
        components
    }

    /// Each file that `start` reaches by at least one import, with the file before it on a shortest path.
    fn reach<'a>(&'a self, start: &'a str) -> BTreeMap<&'a str, &'a str> {
        let mut before = BTreeMap::new();
        let mut waiting = VecDeque::from([start]);
        while let Some(file) = waiting.pop_front() {
            for (next, _) in self.of(file) {
                before.entry(next).or_insert_with(|| {
                    waiting.push_back(next);
                    file
                });
            }
        }
        before
    }

    /// A cycle in words: after each file the line where it uses something from the next one, and the name of that.
    pub fn describe(&self, cycle: &[String]) -> String {
        let mut text = String::new();
        let mut named = String::new();
        for (from, to) in cycle.iter().zip(cycle.iter().cycle().skip(1)) {
            let names = self.imports.get(from).and_then(|imports| imports.get(to));
            let (name, line) = names.and_then(|names| names.iter().min_by_key(|(_, line)| **line)).unzip();
            text += &format!("{from}:{}{named} -> ", line.copied().unwrap_or_default());
            named = format!(" (names {})", name.map(String::as_str).unwrap_or_default());
        }
        text + cycle.first().map(String::as_str).unwrap_or_default() + &named
    }
}

/// The path from `file` back to itself; `before` has the file before each file on it.
fn cycle(file: &str, before: &BTreeMap<&str, &str>) -> Vec<String> {
    let steps = std::iter::successors(before.get(file).copied(), |at| before.get(at).copied().filter(|_| *at != file));
    let mut cycle: Vec<String> = steps.map(str::to_owned).collect();
    cycle.reverse();
    cycle
}

impl fmt::Display for Graph {
    /// Each file with its imports; an import within a component has a `*`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let components = self.components();
        let together = |from: &String, to: &String| components.iter().any(|one| one.files.contains(from) && one.files.contains(to));
        for (from, imports) in &self.imports {
            writeln!(f, "{from}")?;
            for (to, names) in imports {
                let names: Vec<_> = names.iter().map(|(name, line)| format!("{name}:{line}")).collect();
                writeln!(f, "  {} {to}  {}", if together(from, to) { '*' } else { ' ' }, names.join(" "))?;
            }
        }
        Ok(())
    }
}
