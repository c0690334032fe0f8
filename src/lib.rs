//! Utkik: a monitoring dashboard for Prometheus that is only files.
//!
//! - [`json`]: reading JSON in little code. Pure, and knows none of the others.
//! - [`model`]: the nouns of the domain. Pure.
//! - [`prometheus`]: all that speaks to the source: the client, decoding, errors. (`state` fetches the app's own files.)
//! - [`query`]: from a panel's target to the request that answers it. Pure.
//! - [`chart`]: from columns to pixels. Pure but for `canvas`.
//! - `state`: signals: clock, time, refresh, variables, queries, theme, language.
//! - `view`: what is seen.
//!
//! `json <- model <- {prometheus, query, chart} <- state <- view`, never back, and the three siblings never import each other
//! (`tests/layers.rs`). `leptos` and the browser are only in `state`, `view`, `prometheus::client` and `chart::canvas`, behind the
//! feature `web`.

pub mod chart;
pub mod json;
pub mod model;
pub mod prometheus;
pub mod query;
#[cfg(feature = "web")]
pub mod state;
#[cfg(feature = "web")]
pub mod view;
