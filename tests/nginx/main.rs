//! Tests of the files of `deploy/nginx` in a real Nginx, in front of a real Prometheus: what they serve, which requests pass, and the
//! errors when Prometheus does not answer.
//!
//! Each test starts its own programs on free loopback ports, with its own scratch folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod api;
mod cache;
mod failures;
mod http;
mod lifetimes;
mod pages;
mod programs;
mod site;
mod static_files;
mod upstream;
