//! What is seen. `ui` are primitives that know neither Prometheus nor the URL; `controls` change the URL; `panel` draws one panel;
//! `page` puts panels together; `rest` lists what is in the second file; `app` is the root.

pub mod app;
mod controls;
mod page;
mod panel;
mod rest;
mod ui;
