//! `cargo xtask`: the only place that knows tools, ports and processes.

fn main() {}
