//! The views. `ui` has primitives that know neither Prometheus nor the URL; `controls` change the URL; `panel` draws one panel;
//! `page` puts panels together; `on_demand` declares the functions of the on-demand files; `app` is the root.

pub mod app;
pub(crate) mod controls;
pub(crate) mod on_demand;
pub(crate) mod page;
pub(crate) mod panel;
pub(crate) mod ui;
