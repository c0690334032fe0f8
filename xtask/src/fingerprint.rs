//! A fingerprint of files and texts, to tell whether something made from them is still up to date.
//!
//! Not cryptographic, and it may change with the toolchain: at worst this causes one needless build.

use std::ffi::OsStr;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The hash of everything added so far; the order of the calls matters.
#[derive(Default)]
pub struct Fingerprint(DefaultHasher);

impl Fingerprint {
    /// Adds a text, such as a version.
    pub fn text(&mut self, text: &str) -> &mut Self {
        text.hash(&mut self.0);
        self
    }

    /// Adds the relative path and the content of the file `path` below `root`, or of all files in it if it is a folder.
    ///
    /// A path that does not exist counts as an empty folder.
    pub fn path(&mut self, root: &Path, path: impl AsRef<OsStr>) -> Result<&mut Self> {
        for file in files(&root.join(path.as_ref()))? {
            file.strip_prefix(root).unwrap_or(&file).hash(&mut self.0);
            std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?.hash(&mut self.0);
        }
        Ok(self)
    }

    /// Sixteen hexadecimal digits.
    pub fn finish(&self) -> String {
        format!("{:016x}", self.0.finish())
    }
}

/// All files at or below `path`, sorted; none if it does not exist.
pub fn files(path: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut waiting = vec![path.to_owned()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            for entry in std::fs::read_dir(&path).with_context(|| format!("cannot list {}", path.display()))? {
                waiting.push(entry?.path());
            }
        } else if path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_name_and_number_of_files_change_the_fingerprint() -> Result<()> {
        let root = std::env::temp_dir().join(format!("utkik-fingerprint-{}", std::process::id()));
        std::fs::create_dir_all(root.join("folder"))?;
        let print = || -> Result<String> { Ok(Fingerprint::default().path(&root, "folder")?.finish()) };
        let empty = print()?;
        std::fs::write(root.join("folder/a"), "1")?;
        let one = print()?;
        std::fs::write(root.join("folder/a"), "2")?;
        let changed = print()?;
        std::fs::rename(root.join("folder/a"), root.join("folder/b"))?;
        let renamed = print()?;
        std::fs::remove_dir_all(&root)?;
        let all = [empty, one, changed, renamed];
        for (index, print) in all.iter().enumerate() {
            assert!(!all[..index].contains(print), "{all:?}");
        }
        Ok(())
    }
}
