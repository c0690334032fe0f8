//! Golden pictures of the panel kinds other than time series. As in `chart_golden`, each picture is named after the behaviour that it
//! shows, and `UTKIK_BLESS=1 cargo test --test chart_kinds` writes new pictures: look at them before you commit them.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod bars;
mod drawing;
mod heatmap;
#[path = "../chart_golden/pictures.rs"]
mod pictures;
mod pie;
mod timeline;
