//! The files of `deploy/nginx` in a real Nginx, before a real Prometheus: what they serve, what they let through, and
//! what they say when Prometheus does not answer.
//!
//! Each test starts programs of its own on free ports of loopback, with a scratch folder that goes with it.
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
