//! The texts that are checked, by their path below the repository, and the packages they belong to.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// The folders with packages to check: the app's own sources, and those of its other packages.
const FOLDERS: [&str; 3] = ["src", "kernel", "crates"];

/// All `.rs` and `Cargo.toml` files, by their path with `/`.
#[derive(Default)]
pub struct Sources {
    texts: BTreeMap<String, String>,
}

/// A package with sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Its folder, empty or with a `/` at the end.
    pub folder: String,
    /// What its library is called in code.
    pub name: String,
}

impl Sources {
    /// Reads the files below `root`; folders may be missing.
    pub fn read(root: &Path) -> Result<Self> {
        let mut texts = BTreeMap::new();
        let mut waiting: Vec<PathBuf> = FOLDERS.iter().map(|folder| root.join(folder)).filter(|folder| folder.is_dir()).collect();
        waiting.push(root.join("Cargo.toml"));
        while let Some(path) = waiting.pop() {
            if path.is_dir() {
                for entry in std::fs::read_dir(&path).with_context(|| format!("cannot list {}", path.display()))? {
                    waiting.push(entry?.path());
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") || path.ends_with("Cargo.toml") {
                let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
                let names = path.strip_prefix(root).unwrap_or(&path).iter().map(|name| name.to_string_lossy());
                texts.insert(names.collect::<Vec<_>>().join("/"), text);
            }
        }
        Ok(Self { texts })
    }

    /// The text of the file at `path`.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    /// All Rust files with their texts.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).filter(|(path, _)| has_ending(path))
    }

    /// The Rust files below the `src/` of `package`.
    pub fn files_of(&self, package: &Package) -> impl Iterator<Item = (&str, &str)> {
        let folder = format!("{}src/", package.folder);
        self.files().filter(move |(path, _)| path.starts_with(&folder))
    }

    /// All packages: where there is a `src/lib.rs` or `src/main.rs`. A manifest without either is an error: nothing would be checked there.
    pub fn packages(&self) -> Result<Vec<Package>> {
        let folder = |path: &str| path.strip_suffix("src/lib.rs").or_else(|| path.strip_suffix("src/main.rs")).map(str::to_owned);
        let mut folders: Vec<_> = self.files().filter_map(|(path, _)| folder(path)).collect();
        folders.sort();
        folders.dedup();
        folders.retain(|folder| folder.is_empty() || folder.ends_with('/'));
        for manifest in self.texts.keys().filter_map(|path| path.strip_suffix("Cargo.toml")) {
            ensure!(
                folders.iter().any(|folder| folder == manifest),
                "there is no {manifest}src/lib.rs, and nothing to check in {manifest}"
            );
        }
        ensure!(!folders.is_empty(), "there is no src/lib.rs");
        Ok(folders.into_iter().map(|folder| Package { name: self.name_of(&folder), folder }).collect())
    }

    /// What the manifest calls the library: `name` of `[lib]`, else of `[package]`; without a manifest the folder's name.
    fn name_of(&self, folder: &str) -> String {
        let manifest = self.text(&format!("{folder}Cargo.toml")).unwrap_or_default();
        let (mut table, mut library, mut package) = ("", None, None);
        for line in manifest.lines().map(str::trim) {
            let name = line.split_once('=').filter(|(key, _)| key.trim() == "name").map(|(_, name)| name.trim().trim_matches('"'));
            match (line.starts_with('['), table, name) {
                (true, ..) => table = line,
                (_, "[lib]", Some(name)) => library = Some(name),
                (_, "[package]", Some(name)) => package = Some(name),
                _ => {}
            }
        }
        let of_folder = folder.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        library.or(package).unwrap_or(of_folder).replace('-', "_")
    }
}

fn has_ending(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

/// Sources that a test makes up.
#[cfg(test)]
impl<const COUNT: usize> From<[(&str, &str); COUNT]> for Sources {
    fn from(files: [(&str, &str); COUNT]) -> Self {
        Self { texts: files.map(|(path, text)| (path.to_owned(), text.to_owned())).into() }
    }
}
