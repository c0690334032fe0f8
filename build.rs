//! Has the linker keep its relocations in the release build for browsers: `cargo xtask dist` tells by them which code only the second
//! file needs.

use std::env::var;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") && var("PROFILE").as_deref() == Ok("release") {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
