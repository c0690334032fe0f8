//! The app: what changes over time, and what is seen.
//!
//! - [`state`]: signals: clock, time, refresh, variables, queries, theme, language. Asks the source and the app's own files.
//! - [`view`]: what is seen.
//! - [`files`]: what of it is loaded on demand.
//!
//! Everything else is in `crates/`, without a browser: `{json, text} <- model <- {query, prometheus, chart} <- state <- view`, and
//! `raster <- chart`.

pub mod files;
pub mod state;
pub mod view;
