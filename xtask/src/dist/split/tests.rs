//! Small programs, compiled as the app is, split, and run by Node.

use std::path::PathBuf;
use std::process::Command;

use super::*;
use crate::{paths, process};

/// `early` needs only the first module, `by_table` the second one too; `other` is put in for what a test is about.
const PROGRAM: &str = r#"
pub mod view { pub mod rest {
    pub static REST: [fn(u32) -> u32; 1] = [late];

    #[inline(never)]
    pub fn late(number: u32) -> u32 {
        let text: &[u8] = std::hint::black_box(b"only in the second");
        let times: Box<dyn Fn(u32) -> u32> = if number > 1000 { Box::new(|by| by) } else { Box::new(move |by| by * number) };
        crate::both(std::hint::black_box(times)(2)) + u32::from(text[0])
    }
} }

#[inline(never)]
pub fn both(number: u32) -> u32 {
    number + std::hint::black_box("in the first").len() as u32
}

#[unsafe(no_mangle)]
pub extern "C" fn early(number: u32) -> u32 { both(number) }

#[unsafe(no_mangle)]
pub extern "C" fn by_table(number: u32) -> u32 { std::hint::black_box(&view::rest::REST)[0](number) }

#[unsafe(no_mangle)]
pub extern "C" fn other(number: u32) -> u32 { OTHER }
"#;

/// Says what each function returns before and after the second module is there.
const RUN: &str = r"
const { readFileSync } = require('node:fs');
(async () => {
  const first = (await WebAssembly.instantiate(readFileSync('first.wasm'))).instance.exports;
  const say = (call) => { try { return call(); } catch { return 'trap'; } };
  const before = [say(() => first.early(3)), say(() => first.by_table(3))];
  await WebAssembly.instantiate(readFileSync('second.wasm'), { _: first });
  console.log(JSON.stringify([...before, say(() => first.early(3)), say(() => first.by_table(3)), typeof first.other]));
})();
";

/// A folder for one test, with `first.wasm` and `second.wasm` of the program.
fn build(name: &str, other: &str, used: &[&str]) -> Result<PathBuf> {
    let folder = paths::target().join("split-tests").join(name);
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("program.rs"), PROGRAM.replace("OTHER", other))?;
    let status = Command::new("rustc")
        .args(["--crate-name=utkik", "--crate-type=cdylib", "--edition=2024", "--target=wasm32-unknown-unknown", "--cap-lints=allow"])
        .args(["-Copt-level=z", "-Clto", "-Cpanic=abort", "-Clink-arg=--emit-relocs", "-owhole.wasm", "program.rs"])
        .current_dir(&folder)
        .status()?;
    ensure!(status.success(), "rustc failed");
    let whole = std::fs::read(folder.join("whole.wasm"))?;
    let (first, second) = split(&whole, &whole, |export| used.contains(&export))?;
    std::fs::write(folder.join("first.wasm"), first)?;
    std::fs::write(folder.join("second.wasm"), second)?;
    Ok(folder)
}

fn has(wasm: &[u8], text: &str) -> bool {
    wasm.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn the_two_modules_do_together_what_the_whole_did() -> Result<()> {
    let folder = build("together", "number", &["early", "by_table"])?;
    let output = Command::new(process::require(&["node"], "nodejs")?).args(["-e", RUN]).current_dir(&folder).output()?;
    assert_eq!(
        String::from_utf8(output.stdout)?.trim(),
        r#"[15,"trap",15,129,"undefined"]"#,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

#[test]
fn static_data_goes_with_the_code_that_needs_it() -> Result<()> {
    let folder = build("data", "number", &["early", "by_table"])?;
    let (first, second) = (std::fs::read(folder.join("first.wasm"))?, std::fs::read(folder.join("second.wasm"))?);
    assert!(has(&first, "in the first") && !has(&first, "only in the second"));
    assert!(!has(&second, "in the first") && has(&second, "only in the second"));
    Ok(())
}

#[test]
fn what_is_called_by_name_cannot_be_in_the_second_module() {
    let error = build("direct", "view::rest::late(number)", &["early", "by_table", "other"]).unwrap_err();
    assert_eq!(
        format!("{error:#}"),
        "utkik::view::rest::late stands in utkik::view::rest::REST, and is called without it: other -> utkik::view::rest::late"
    );
}

#[test]
fn the_formatting_of_floats_does_not_come_in_unseen() {
    let error = build("floats", "f32::from_bits(number).clamp(0.0, f32::from_bits(!number)) as u32", &["other"]).unwrap_err();
    assert!(format!("{error:#}").starts_with("something formats a float, or can panic with one: other -> "), "{error:#}");
}
