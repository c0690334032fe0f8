//! `cargo xtask dist`: the folder that a user copies to a web server.
//!
//! The finished folder replaces the old one by a rename, and contains no files of an earlier build. Nothing is built if neither the
//! sources nor the folder have changed since the last build.

mod app;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use lexopt::prelude::*;

use crate::fingerprint::{self, Fingerprint};
use crate::setup;
use crate::tools::{self, Tool};
use crate::{paths, process};

/// What the folder is made from, relative to the repository.
const SOURCES: &[&str] = &[
    "src",
    "style",
    "public",
    "crates",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "build.rs",
    "rust-toolchain.toml",
    "xtask/src/dist",
    "xtask/src/dist.rs",
    "xtask/src/tools.rs",
];

/// `cargo xtask dist [--out DIR]`.
pub fn run(mut arguments: lexopt::Parser) -> Result<ExitCode> {
    let mut out = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("out") => out = Some(std::path::absolute(arguments.value()?)?),
            other => return Err(other.unexpected().into()),
        }
    }
    let dist = match out {
        Some(out) => {
            check_replaceable(&out)?;
            let dist = build()?;
            copy(&dist, &out)?;
            out
        }
        None => build()?,
    };
    println!("{}", dist.display());
    Ok(ExitCode::SUCCESS)
}

/// Builds `dist/` if it is not up to date, and returns its path.
pub fn build() -> Result<PathBuf> {
    let dist = paths::repository().join("dist");
    let target = paths::target();
    std::fs::create_dir_all(&target).with_context(|| format!("cannot create {}", target.display()))?;
    let lock = File::create(target.join("dist.lock")).context("cannot create the lock of the build")?;
    lock.lock().context("cannot lock the build")?;

    let sources = sources()?;
    let stamp = target.join("dist.stamp");
    let up_to_date = || -> Result<bool> {
        let stamp = std::fs::read_to_string(&stamp).unwrap_or_default();
        Ok(dist.is_dir() && stamp == format!("{sources} {}", contents(&dist)?))
    };
    if up_to_date()? {
        return Ok(dist);
    }
    setup::ensure(setup::BUILD)?;
    let started = Instant::now();
    let fresh = target.join("dist-fresh");
    remove(&fresh)?;
    trunk(&fresh)?;
    app::finish(&fresh)?;
    minify(&fresh)?;
    compress(&fresh)?;
    copy(&fresh, &dist)?;
    remove(&fresh)?;
    std::fs::write(&stamp, format!("{sources} {}", contents(&dist)?)).context("cannot note what was built")?;
    eprintln!("built {} in {:.0} s", dist.display(), started.elapsed().as_secs_f64());
    Ok(dist)
}

fn sources() -> Result<String> {
    let mut fingerprint = Fingerprint::default();
    for path in SOURCES {
        fingerprint.path(&paths::repository(), path)?;
    }
    for tool in Tool::ALL {
        fingerprint.text(&tool.version()?);
    }
    Ok(fingerprint.finish())
}

fn contents(folder: &Path) -> Result<String> {
    Ok(Fingerprint::default().path(folder, "")?.finish())
}

fn trunk(out: &Path) -> Result<()> {
    let status = tools::command(Tool::Trunk)?
        .args(["build", "--release", "--offline", "--features", "split", "--dist"])
        .arg(out)
        // Trunk cannot minify wasm-bindgen's JavaScript, and would warn about it in each build.
        .args(["--log", "error"])
        // Trunk accepts only `true` or `false` in `NO_COLOR` and fails on the usual `NO_COLOR=1`.
        .env_remove("NO_COLOR")
        .env("CARGO_ENCODED_RUSTFLAGS", without_paths()?)
        .stdin(Stdio::null())
        // Our own standard output is only for the path of the result.
        .stdout(std::io::stderr())
        .status()
        .context("cannot run trunk")?;
    ensure!(status.success(), "trunk could not build the app ({status}): see above");
    Ok(())
}

/// Flags for rustc that remove the folders of dependencies from the file paths in panic messages: they would reveal paths of this
/// machine. Each registry has its own folder.
fn without_paths() -> Result<String> {
    let home = match std::env::var_os("CARGO_HOME") {
        Some(home) => PathBuf::from(home),
        None => std::env::home_dir().context("there is no home folder")?.join(".cargo"),
    };
    let registries = home.join("registry/src");
    let folders = std::fs::read_dir(&registries).with_context(|| format!("cannot list {}", registries.display()))?;
    let flags = folders.flatten().map(|folder| format!("--remap-path-prefix={}=", folder.path().display()));
    // The separator that Cargo expects in `CARGO_ENCODED_RUSTFLAGS`: paths may contain spaces.
    Ok(flags.collect::<Vec<_>>().join("\x1f"))
}

/// Minifies our scripts in place.
fn minify(folder: &Path) -> Result<()> {
    let scripts = ["boot.js", "theme.js"].map(|script| folder.join(script));
    let status = tools::command(Tool::Esbuild)?
        .args(["--minify", "--allow-overwrite", "--log-level=warning"])
        .arg(format!("--outdir={}", folder.display()))
        .args(scripts)
        .stdin(Stdio::null())
        .status()
        .context("cannot run esbuild")?;
    ensure!(status.success(), "the scripts could not be minified ({status}): see above");
    Ok(())
}

fn compress(folder: &Path) -> Result<()> {
    let status = Command::new(process::require(&["node"], "nodejs")?)
        .arg(paths::repository().join("xtask/src/dist/compress.mjs"))
        .arg(folder)
        .stdin(Stdio::null())
        .status()
        .context("cannot run node")?;
    ensure!(status.success(), "the files could not be compressed ({status}): see above");
    Ok(())
}

/// Refuses a folder that contains other files: the whole folder would be replaced.
fn check_replaceable(out: &Path) -> Result<()> {
    let empty = fingerprint::files(out)?.is_empty();
    let ours = out.join("boot.js").is_file() && out.join("index.html").is_file();
    ensure!(empty || ours, "{} has files that are not Utkik's; name an empty or a new folder", out.display());
    Ok(())
}

/// Replaces `to` by a copy of `from`, by a rename when the copy is complete.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let parent = to.parent().context("the root folder cannot be replaced")?;
    let name = to.file_name().context("the folder needs a name")?.to_string_lossy();
    let (fresh, old) = (parent.join(format!(".{name}.fresh")), parent.join(format!(".{name}.old")));
    remove(&fresh)?;
    for file in fingerprint::files(from)? {
        let copy = fresh.join(file.strip_prefix(from).context("a file outside its folder")?);
        let folder = copy.parent().context("a file without a folder")?;
        std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        std::fs::copy(&file, &copy).with_context(|| format!("cannot write {}", copy.display()))?;
    }
    remove(&old)?;
    if to.exists() {
        std::fs::rename(to, &old).with_context(|| format!("cannot move {} away", to.display()))?;
    }
    std::fs::rename(&fresh, to).with_context(|| format!("cannot move the result to {}", to.display()))?;
    remove(&old)
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}
