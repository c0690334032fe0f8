//! Tests that answers stitched from pieces equal the answer of one query over the whole window, on a real Prometheus that receives
//! samples meanwhile, some of them late.
//!
//! Sequences are random: expressions, steps, windows, moves, late samples, cached answers, incomplete answers, a cache that has to evict
//! pieces. `UTKIK_STITCHING_CASES=1000` runs more of them than usual.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a test fails by panicking, and its numbers are small"
)]

mod compare;
mod expressions;
mod http;
mod plan;
mod random;
mod refreshes;
mod refused;
mod remote_write;
mod sequence;
mod server;
mod source;
mod wrong;

#[path = "../nginx/programs.rs"]
mod programs;
