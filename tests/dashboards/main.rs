//! Tests of the dashboards that Utkik ships: the files are well-formed, a real Prometheus accepts each expression, and each expression
//! finds data in a history made from the output of real exporters, scraped every 30 s or every 60 s.
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
