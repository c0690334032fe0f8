//! The scratch folder of one stack: `utkik-<pid>` in the folder for temporary files, removed with the stack.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use nix::unistd::{User, geteuid};

use super::leftovers;
use crate::process;

const PREFIX: &str = "utkik-";

/// A scratch folder; removed on drop.
#[derive(Debug)]
pub struct Scratch {
    root: PathBuf,
    run: String,
}

impl Scratch {
    /// Creates the folder, after cleaning up behind stacks that were killed before they could do it.
    pub fn new() -> Result<Self> {
        sweep(&std::env::temp_dir());
        let run = std::process::id().to_string();
        let root = std::env::temp_dir().join(format!("{PREFIX}{run}"));
        fs::create_dir(&root).with_context(|| format!("cannot make the scratch folder {}", root.display()))?;
        // Daemons that run as another user need access to it.
        fs::set_permissions(&root, fs::Permissions::from_mode(0o755))?;
        for folder in ["log", "bin"] {
            fs::create_dir(root.join(folder))?;
        }
        Ok(Self { root, run })
    }

    /// The id of this stack, which makes the names of its containers, bridges and cgroups unique on this machine.
    pub fn run(&self) -> &str {
        &self.run
    }

    /// The path of something in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The log file of a component.
    pub fn log(&self, name: &str) -> PathBuf {
        self.root.join("log").join(format!("{name}.log"))
    }

    /// Makes a folder that belongs to `user`.
    pub fn folder(&self, name: &str, user: &str) -> Result<PathBuf> {
        let path = self.path(name);
        fs::create_dir_all(&path)?;
        set_owner(&path, user)?;
        Ok(path)
    }

    /// Writes a file that belongs to `user`.
    pub fn file(&self, name: &str, user: &str, content: &str) -> Result<PathBuf> {
        let path = self.path(name);
        fs::write(&path, content)?;
        set_owner(&path, user)?;
        Ok(path)
    }

    /// A program that other users may run: the program itself, or a link or copy in this folder if it may be in a home folder.
    pub fn program(&self, program: &Path) -> Result<PathBuf> {
        if !process::is_root() || program.starts_with("/usr") {
            return Ok(program.to_owned());
        }
        let name = program.file_name().context("a program has a name")?;
        let link = self.root.join("bin").join(name);
        if !link.exists() && fs::hard_link(program, &link).is_err() {
            fs::copy(program, &link)?;
        }
        Ok(link)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        leftovers::clean(&self.root, &self.run);
        if let Err(error) = fs::remove_dir_all(&self.root)
            && error.kind() != ErrorKind::NotFound
        {
            eprintln!("cannot remove {}: {error}; remove it by hand", self.root.display());
        }
    }
}

/// Makes `user` the owner of a file or folder, if we are root.
pub fn set_owner(path: &Path, user: &str) -> Result<()> {
    if process::is_root() {
        let account = User::from_name(user)?.with_context(|| format!("there is no user `{user}`"))?;
        chown(path, Some(account.uid.as_raw()), Some(account.gid.as_raw()))?;
    }
    Ok(())
}

/// Makes `user` the owner of a folder and all that is in it, if we are root.
pub fn set_owner_tree(path: &Path, user: &str) -> Result<()> {
    set_owner(path, user)?;
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            set_owner_tree(&entry?.path(), user)?;
        }
    }
    Ok(())
}

/// Copies a folder with all that is in it; the copy is readable by everybody.
pub fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    fs::set_permissions(to, fs::Permissions::from_mode(0o755))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
            fs::set_permissions(&target, fs::Permissions::from_mode(0o644))?;
        }
    }
    Ok(())
}

/// Removes the scratch folders, mounts, cgroups and bridges of stacks whose process is gone.
fn sweep(temporary: &Path) {
    let Ok(entries) = fs::read_dir(temporary) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(run) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)) else { continue };
        let Ok(pid) = run.parse::<u32>() else { continue };
        let ours = entry.metadata().is_ok_and(|meta| meta.is_dir() && meta.uid() == geteuid().as_raw());
        if ours && !process::exists(pid) {
            drop(Scratch { root: entry.path(), run: run.to_owned() });
        }
    }
}
