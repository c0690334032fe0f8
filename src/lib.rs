//! The app: its state and its views.
//!
//! - [`state`]: signals for clock, time range, refresh, variables, queries, theme and language. Sends all requests: to the data source
//!   and for the app's own files.
//! - [`view`]: pages, panels and controls.
//! - [`files`]: which parts of the views are loaded on demand.
//!
//! Everything else is in `crates/` and needs no browser. Dependencies: `{json, text} <- model <- {query, prometheus, chart} <- state`,
//! `state <- view` and `raster <- chart`.

pub mod files;
pub mod state;
pub mod view;
