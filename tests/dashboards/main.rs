//! The dashboards that Utkik ships: that they are well made, that a real Prometheus accepts each of their expressions, and
//! that each finds data in a history of what the real exporters say, scraped every 30 s or every 60 s.
//!
//! Prometheus is the one of `PROMETHEUS_DIRECT_URL` where that is set (inside `cargo xtask stack`), else one that a test starts.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_precision_loss,
    reason = "a test fails by panicking, and its numbers are small"
)]

mod accepted;
mod exposition;
mod files;
mod history;
mod promql;
mod rules;
mod server;
mod shipped;

#[path = "../nginx/http.rs"]
#[allow(dead_code, reason = "these tests need only some of it")]
mod http;
#[path = "../nginx/programs.rs"]
#[allow(dead_code, reason = "these tests need only some of it")]
mod programs;
