//! Tests that need a browser but no stack: queries that are cancelled, and components with the answers of a fake source.
//!
//! `fetch` of the page is replaced, so that answers can be slow, wrong or missing on purpose; real answers are covered by the native and
//! the end-to-end tests.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod component;
mod hand;
mod keyed;
mod kinds;
mod on_demand;
mod page;
mod queries;
mod source;
mod values;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
