//! Turns Trunk's output into the files to be served: the wasm as a first file and files that are loaded on demand, one script, and one
//! style sheet for the first view. Each file name contains a hash of the content, since browsers cache these files for ever.
//!
//! `wasm_split_cli_support` splits the linked wasm at the functions marked in `src/files.rs`; wasm-bindgen then generates the script of
//! the first file. Both name files without a hash: this module adds it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::json;
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{ExportSection, ImportSection};
use wasmparser::{Export, ImportSectionReader, Parser, Payload};

use crate::fingerprint::{self, Fingerprint};
use crate::paths;
use crate::tools::{self, Tool};

/// The exports of wasm-bindgen's script that are used: by `public/boot.js` and by `bench/memory.mjs`.
const USED_EXPORTS: &str = "default, cache_bytes";
/// Put before the loader script, which sets no limit: a file that hangs fails after a minute, so that the page can say so and try again.
const FETCH: &str = "const fetch = (url) => globalThis.fetch(url, { signal: AbortSignal.timeout(60_000) });\n";
/// How many hexadecimal digits of the hash are in a file name.
const HASH_LENGTH: usize = 8;
/// The style sheets of the files that are loaded on demand.
const ON_DEMAND_STYLES: &str = "style/on_demand";

/// Finishes the app in `folder`.
pub fn finish(folder: &Path) -> Result<()> {
    let work = paths::target().join("split");
    if work.exists() {
        std::fs::remove_dir_all(&work).with_context(|| format!("cannot remove {}", work.display()))?;
    }
    let needed = split(&work)?;
    bind(&work)?;
    let names = add_files(folder, &work)?;
    let script = bundle(&work)?;
    keep_used_exports(&work, &script)?;
    let script = shorten_names(&work, &script)?;

    let mut page = Page::read(folder)?;
    page.replace(folder, "js", &add(folder, "utkik", "js", script.as_bytes())?)?;
    tools::optimize(&work.join("utkik_bg.wasm"))?;
    page.replace(folder, "wasm", &add(folder, "utkik", "wasm", &read(&work.join("utkik_bg.wasm"))?)?)?;
    for (file, parts) in &needed {
        let parts: Option<Vec<String>> = parts.iter().map(|part| names.get(part).cloned()).collect();
        page.add_attribute(&format!("data-{file}"), &parts.context("a part of a file is missing")?.join(" "))?;
    }
    page.gather_styles(folder)?;
    page.write()
}

/// Splits the app. Returns, for each file that is loaded on demand, the names of its wasm files: code that several of them need is in
/// separate files.
fn split(work: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let linked = read(&paths::target().join("wasm32-unknown-unknown/release/utkik.wasm"))?;
    let main = work.join("main.wasm");
    std::fs::create_dir_all(work).with_context(|| format!("cannot create {}", work.display()))?;
    let mut options = wasm_split_cli_support::Options::new(&linked);
    options.output_dir = work;
    options.main_out_path = &main;
    options.main_module = "./utkik.js";
    let split = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("cannot split the app: {error:#}"))?;
    ensure!(!split.prefetch_map.is_empty(), "the app has no borders: was it built with the feature `split`?");
    Ok(split.prefetch_map.into_iter().collect())
}

/// Runs wasm-bindgen, which generates the script of the first file.
fn bind(work: &Path) -> Result<()> {
    let status = tools::command(Tool::WasmBindgen)?
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--no-demangle", "--out-name", "utkik", "--out-dir"])
        .arg(work)
        .arg(work.join("main.wasm"))
        .stdin(Stdio::null())
        .status()
        .context("cannot run wasm-bindgen")?;
    ensure!(status.success(), "wasm-bindgen failed ({status}): see above");
    Ok(())
}

/// Adds the files that are loaded on demand, and puts their new names into the loader script. Returns the new names by the splitter's.
fn add_files(folder: &Path, work: &Path) -> Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    let loader = work.join("__wasm_split.js");
    let mut script = FETCH.to_owned() + &String::from_utf8(read(&loader)?)?;
    for file in fingerprint::files(work)? {
        let Some(name) = file.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".wasm")) else { continue };
        let quoted = format!("\"./{name}.wasm\"");
        if !script.contains(&quoted) {
            continue;
        }
        tools::optimize(&file)?;
        let short = name.strip_prefix("split_").unwrap_or(name).replace('_', "");
        let fresh = add(folder, &short, "wasm", &read(&file)?)?;
        script = script.replace(&quoted, &format!("\"./{fresh}\""));
        names.insert(name.to_owned(), fresh);
    }
    ensure!(!names.is_empty() && !script.contains("\"./split_"), "the loader names a file that is not there");
    std::fs::write(&loader, script).context("cannot write the loader")?;
    Ok(names)
}

/// Shortens the names that script and wasm share to one or two letters: there are hundreds, each with a hash, which does not compress.
fn shorten_names(work: &Path, script: &str) -> Result<String> {
    let wasm = work.join("utkik_bg.wasm");
    let module = read(&wasm)?;
    let short = short_names(&module)?;
    let mut renamed = wasm_encoder::Module::new();
    Rename(&short).parse_core_module(&mut renamed, Parser::new(0), &module).context("cannot rename what the first file imports")?;
    std::fs::write(&wasm, renamed.finish()).context("cannot write the first file")?;
    Ok(with_names(script, &short))
}

/// New names by old ones: of all imports of the first file, which come from the script, and of the functions that it exports under
/// mangled Rust names.
fn short_names(module: &[u8]) -> Result<BTreeMap<String, String>> {
    let mut names = BTreeSet::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    names.insert(import?.name.to_owned());
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    names.extend(Some(export?.name).filter(|name| name.starts_with("_ZN")).map(str::to_owned));
                }
            }
            _ => {}
        }
    }
    Ok(names.into_iter().enumerate().map(|(number, name)| (name, letters(number))).collect())
}

/// The short name with this number: `a` to `z`, `aa` to `zz`, `aaa` and so on.
fn letters(number: usize) -> String {
    let last = char::from(b"abcdefghijklmnopqrstuvwxyz"[number % 26]);
    if number < 26 { last.to_string() } else { letters(number / 26 - 1) + &last.to_string() }
}

/// `script` with the old names replaced by the new ones.
fn with_names(script: &str, short: &BTreeMap<String, String>) -> String {
    let is_inside = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '$';
    let (mut renamed, mut rest) = (String::with_capacity(script.len()), script);
    while let Some(start) = rest.find(is_inside) {
        let end = rest[start..].find(|letter| !is_inside(letter)).map_or(rest.len(), |length| start + length);
        renamed.push_str(&rest[..start]);
        let name = &rest[start..end];
        renamed.push_str(short.get(name).map_or(name, String::as_str));
        rest = &rest[end..];
    }
    renamed + rest
}

/// Copies a module with new names for what it imports and exports.
struct Rename<'a>(&'a BTreeMap<String, String>);

impl Rename<'_> {
    fn name<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, String::as_str)
    }
}

impl Reencode for Rename<'_> {
    type Error = std::convert::Infallible;

    fn parse_import_section(&mut self, imports: &mut ImportSection, section: ImportSectionReader<'_>) -> Result<(), reencode::Error> {
        for import in section.into_imports() {
            let import = import?;
            let kind = self.entity_type(import.ty)?;
            imports.import(import.module, self.name(import.name), kind);
        }
        Ok(())
    }

    fn parse_export(&mut self, exports: &mut ExportSection, export: Export<'_>) -> Result<(), reencode::Error> {
        let (kind, index) = (self.export_kind(export.kind)?, self.external_index(export.kind, export.index)?);
        exports.export(self.name(export.name), kind, index);
        Ok(())
    }
}

/// Removes the exports of the first file that the script does not use: Leptos' stream classes alone keep a kilobyte of code.
fn keep_used_exports(work: &Path, script: &str) -> Result<()> {
    let wasm = work.join("utkik_bg.wasm");
    let used: Vec<String> = exports(&read(&wasm)?)?.into_iter().filter(|export| script.contains(export.as_str())).collect();
    let mut graph: Vec<_> = used.iter().map(|export| json!({"name": format!("export {export}"), "export": export})).collect();
    graph
        .push(json!({"name": "script", "root": true, "reaches": used.iter().map(|export| format!("export {export}")).collect::<Vec<_>>()}));
    let file = work.join("graph.json");
    std::fs::write(&file, serde_json::to_string(&graph)?).context("cannot write the graph of exports")?;
    let status = tools::metadce()?
        .args(["-g", "--graph-file"])
        .arg(&file)
        .arg(&wasm)
        .arg("-o")
        .arg(&wasm)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .context("cannot run wasm-metadce")?;
    ensure!(status.success(), "wasm-metadce failed ({status}): see above");
    Ok(())
}

/// The names that a module exports.
fn exports(wasm: &[u8]) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ExportSection(section) = payload? {
            for export in section {
                names.push(export?.name.to_owned());
            }
        }
    }
    Ok(names)
}

/// Bundles the scripts of wasm-bindgen and of the splitter into one, minified and without unused code.
fn bundle(work: &Path) -> Result<String> {
    let script = work.join("utkik.js");
    // esbuild assumes that a constructor call has side effects, unless it is marked as pure.
    let text = String::from_utf8(read(&script)?)?.replace(" new FinalizationRegistry", " /* @__PURE__ */ new FinalizationRegistry");
    std::fs::write(&script, text).context("cannot write the script of the app")?;
    let mut esbuild = tools::command(Tool::Esbuild)?;
    esbuild.args(["--bundle", "--format=esm", "--minify", "--define:Symbol.dispose=undefined", "--log-level=warning"]);
    // wasm-bindgen's import object has the loader's key once for each function of the loader.
    esbuild.arg("--log-override:duplicate-object-key=silent");
    let mut child = esbuild.current_dir(work).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("cannot run esbuild")?;
    let entry = format!("export {{ {USED_EXPORTS} }} from './utkik.js'");
    child.stdin.take().context("esbuild reads nothing")?.write_all(entry.as_bytes()).context("esbuild reads nothing")?;
    let output = child.wait_with_output().context("cannot wait for esbuild")?;
    ensure!(output.status.success(), "the script of the app could not be minified ({}): see above", output.status);
    Ok(String::from_utf8(output.stdout)?)
}

/// `index.html`.
struct Page {
    path: PathBuf,
    html: String,
}

impl Page {
    fn read(folder: &Path) -> Result<Self> {
        let path = folder.join("index.html");
        Ok(Self { html: String::from_utf8(read(&path)?)?, path })
    }

    fn write(&self) -> Result<()> {
        std::fs::write(&self.path, &self.html).context("cannot write index.html")
    }

    /// Replaces the name of Trunk's file of that kind by `fresh`, and removes Trunk's file.
    fn replace(&mut self, folder: &Path, kind: &str, fresh: &str) -> Result<()> {
        let attribute = format!(" data-{kind}=");
        let at = self.html.find(&attribute).with_context(|| format!("index.html has no{attribute}: see pattern_script in Trunk.toml"))?;
        let value = self.html[at + attribute.len()..].trim_start_matches(['"', '\'']);
        let old = value.split(['"', '\'', ' ', '>']).next().unwrap_or_default().trim_start_matches("./").to_owned();
        ensure!(!old.is_empty() && folder.join(&old).is_file(), "index.html names {old}, which is not there");
        self.html = self.html.replace(&old, fresh);
        std::fs::remove_file(folder.join(&old)).with_context(|| format!("cannot remove {old}"))
    }

    /// Adds an attribute to the script element, which `boot.js` reads.
    fn add_attribute(&mut self, name: &str, value: &str) -> Result<()> {
        ensure!(self.html.contains(" data-wasm="), "index.html does not say where the app is: see pattern_script in Trunk.toml");
        self.html = self.html.replacen(" data-wasm=", &format!(" {name}=\"{value}\" data-wasm="), 1);
        Ok(())
    }

    /// Joins the style sheets of the first view into one. Those of files on demand are named in attributes, and loaded with their files.
    fn gather_styles(&mut self, folder: &Path) -> Result<()> {
        let on_demand = names_in(&paths::repository().join(ON_DEMAND_STYLES))?;
        let (mut first, mut place, mut later) = (String::new(), None, Vec::new());
        while let Some((range, href)) = self.style_link() {
            self.html.replace_range(range.clone(), "");
            let name = href.rsplit_once('-').map_or(href.as_str(), |(name, _)| name).to_owned();
            let file = folder.join(&href);
            let sheet = read(&file)?;
            std::fs::remove_file(&file).with_context(|| format!("cannot remove {href}"))?;
            if on_demand.contains(&name) {
                later.push((format!("data-style-{name}"), add(folder, &name, "css", &sheet)?));
            } else {
                first.push_str(&String::from_utf8(sheet)?);
                place.get_or_insert(range.start);
            }
        }
        let name = add(folder, "style", "css", first.as_bytes())?;
        self.html.insert_str(place.context("index.html has no style sheet")?, &format!("<link rel=\"stylesheet\" href=\"./{name}\">"));
        // Only now: an attribute with the name of a style sheet would confuse `style_link`.
        later.iter().try_for_each(|(name, href)| self.add_attribute(name, href))
    }

    /// The position of the first link to a style sheet, and its file name.
    fn style_link(&self) -> Option<(std::ops::Range<usize>, String)> {
        let end = self.html.find(".css")? + ".css".len();
        let start = self.html[..end].rfind("<link")?;
        let close = end + self.html[end..].find('>')? + 1;
        let href = self.html[start..end].rsplit("./").next()?;
        Some((start..close, href.to_owned()))
    }
}

/// The names of the files in a folder, without their extensions.
fn names_in(folder: &Path) -> Result<Vec<String>> {
    let files = fingerprint::files(folder)?;
    Ok(files.iter().filter_map(|file| file.file_stem().map(|name| name.to_string_lossy().into_owned())).collect())
}

/// Writes a file of the app under a name that contains its hash, and returns that name.
fn add(folder: &Path, name: &str, kind: &str, content: &[u8]) -> Result<String> {
    let fresh = folder.join("fresh");
    std::fs::write(&fresh, content).with_context(|| format!("cannot write {}", fresh.display()))?;
    let mut hash = Fingerprint::default().path(folder, "fresh")?.finish();
    // Short, since the files that are loaded first contain the names of all files.
    hash.truncate(HASH_LENGTH);
    let name = format!("{name}-{hash}.{kind}");
    std::fs::rename(&fresh, folder.join(&name)).with_context(|| format!("cannot write {name}"))?;
    Ok(name)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_replace_only_whole_identifiers() {
        assert_eq!([0, 25, 26, 27, 51, 52, 701, 702].map(letters), ["a", "z", "aa", "ab", "az", "ba", "zz", "aaa"]);
        let short = BTreeMap::from([("__wbg_get_1".to_owned(), "a".to_owned()), ("_ZN1bE".to_owned(), "b".to_owned())]);
        let script = "{__wbg_get_1:()=>0,__wbg_get_12:()=>1};wasm._ZN1bE()";
        assert_eq!(with_names(script, &short), "{a:()=>0,__wbg_get_12:()=>1};wasm.b()");
    }

    #[test]
    fn only_imports_and_mangled_exports_are_renamed() {
        let mut types = wasm_encoder::TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("./utkik_bg.js", "__wbg_now_0123456789abcdef", wasm_encoder::EntityType::Function(0));
        let mut exports = ExportSection::new();
        exports.export("_ZN1b17h0123456789abcdefE", wasm_encoder::ExportKind::Func, 0).export("keep", wasm_encoder::ExportKind::Func, 0);
        let mut module = wasm_encoder::Module::new();
        module.section(&types).section(&imports).section(&exports);
        let module = module.finish();

        let short = short_names(&module).unwrap();
        let mut renamed = wasm_encoder::Module::new();
        Rename(&short).parse_core_module(&mut renamed, Parser::new(0), &module).unwrap();
        let renamed = renamed.finish();
        assert_eq!(super::exports(&renamed).unwrap(), ["a", "keep"]);
        assert_eq!(short_names(&renamed).unwrap().into_keys().collect::<Vec<_>>(), ["b"]);
    }
}
