//! What Trunk has built, made small: the wasm in two files, and wasm-bindgen's script. Each is named by its content, since browsers keep
//! them for ever.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use super::split;
use crate::fingerprint::{self, Fingerprint};
use crate::paths;
use crate::tools::{self, Tool};

/// What is used of wasm-bindgen's script: by `public/boot.js` and by `bench/memory.mjs`.
const USED: &str = "default, cache_bytes";

/// Finishes the app in `folder`.
pub fn finish(folder: &Path) -> Result<()> {
    let files = fingerprint::files(folder)?;
    let find = |ending: &str| {
        let is_it = |file: &&PathBuf| file.file_name().is_some_and(|name| name.to_string_lossy().ends_with(ending));
        files
            .iter()
            .filter(is_it)
            .find(|file| file.file_name() != Some("boot.js".as_ref()) && file.file_name() != Some("theme.js".as_ref()))
    };
    let (whole, script) = (find(".wasm").context("Trunk left no wasm")?, find(".js").context("Trunk left no script")?);
    let linked = read(&paths::target().join("wasm32-unknown-unknown/release/utkik.wasm"))?;

    let small_script = bundle(&String::from_utf8(read(script)?)?)?;
    let is_used = |export: &str| small_script.contains(&format!(".{export}"));
    let (first, second) = split::split(&linked, &read(whole)?, is_used)?;

    let index = folder.join("index.html");
    let mut html = String::from_utf8(read(&index)?)?;
    let rest = add(folder, "rest", "wasm", &second)?;
    for (old, fresh) in [(script, add(folder, "utkik", "js", small_script.as_bytes())?), (whole, add(folder, "utkik", "wasm", &first)?)] {
        let old_name = old.file_name().context("a file without a name")?.to_string_lossy();
        ensure!(html.contains(&*old_name), "index.html does not name {old_name}");
        html = html.replace(&*old_name, &fresh);
        std::fs::remove_file(old).with_context(|| format!("cannot remove {}", old.display()))?;
    }
    ensure!(html.contains(" data-wasm="), "index.html does not say where the app is: see pattern_script in Trunk.toml");
    let style = without_link(&mut html, "rest-").context("index.html has no link to rest.css")?;
    html = html.replacen(" data-wasm=", &format!(" data-rest=./{rest} data-rest-style=./{style} data-wasm="), 1);
    std::fs::write(&index, html).context("cannot write index.html")
}

/// Takes the link to the style sheet whose name begins with `name` out of a page, and returns that name.
fn without_link(html: &mut String, name: &str) -> Option<String> {
    let at = html.find(&format!("./{name}"))?;
    let (start, end) = (html[..at].rfind("<link")?, at + html[at..].find('>')? + 1);
    let style = html[at + 2..].split(['"', '\'', ' ', '>']).next()?.to_owned();
    html.replace_range(start..end, "");
    Some(style)
}

/// Writes a file of the app, as small as it gets, and returns its name.
fn add(folder: &Path, name: &str, kind: &str, content: &[u8]) -> Result<String> {
    let fresh = folder.join("fresh");
    std::fs::write(&fresh, content).with_context(|| format!("cannot write {}", fresh.display()))?;
    if kind == "wasm" {
        tools::optimize(&fresh)?;
    }
    let name = format!("{name}-{}.{kind}", Fingerprint::default().path(folder, "fresh")?.finish());
    std::fs::rename(&fresh, folder.join(&name)).with_context(|| format!("cannot write {name}"))?;
    Ok(name)
}

/// wasm-bindgen's script, minified, without what nobody uses: classes for streams, which come with leptos.
fn bundle(script: &str) -> Result<String> {
    // To esbuild a constructor may do anything.
    let script = script.replace(" new FinalizationRegistry", " /* @__PURE__ */ new FinalizationRegistry");
    let mut esbuild = tools::command(Tool::Esbuild)?;
    esbuild.args(["--bundle", "--format=esm", "--minify", "--define:Symbol.dispose=undefined", "--log-level=warning"]);
    let source = paths::target().join("script.mjs");
    std::fs::write(&source, script).with_context(|| format!("cannot write {}", source.display()))?;
    let mut child =
        esbuild.current_dir(paths::target()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("cannot run esbuild")?;
    let entry = format!("export {{ {USED} }} from './script.mjs'");
    child.stdin.take().context("esbuild reads nothing")?.write_all(entry.as_bytes()).context("esbuild reads nothing")?;
    let output = child.wait_with_output().context("cannot wait for esbuild")?;
    ensure!(output.status.success(), "the script of the app could not be minified ({}): see above", output.status);
    Ok(String::from_utf8(output.stdout)?)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}
