//! Has the linker keep its relocations where the app is to be split: `wasm_split_cli_support` tells by them what refers to what.

use std::env::{var, var_os};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") && var_os("CARGO_FEATURE_SPLIT").is_some() {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
