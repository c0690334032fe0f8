//! One panel: its frame with the four states, and what each kind draws in it.

pub mod alert_list;
pub mod bar_chart;
pub mod bar_gauge;
mod boxes;
mod data_link;
mod frame;
pub mod gauge;
pub mod heatmap;
mod legend;
pub mod menu;
pub mod pie_chart;
mod plot;
mod pointing;
mod reading;
mod stat;
pub mod state_timeline;
pub mod status_history;
mod table;
pub mod text;
mod timeseries;
mod tooltip;
pub mod values_table;

pub use alert_list::summary;
pub use frame::{Waiting, panels};
pub use reading::words;
