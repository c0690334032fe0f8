//! The kinds of charts. Each lays out its data as a scene.

pub mod bars;
pub mod cells;
pub mod heatmap;
pub mod pie;
pub mod sparkline;
pub mod time_series;
pub mod timeline;
pub mod wheel;
