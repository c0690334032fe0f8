//! Makes the linker keep relocations in split builds: `wasm_split_cli_support` finds references between functions in them.

use std::env::{var, var_os};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") && var_os("CARGO_FEATURE_SPLIT").is_some() {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
