//! One panel: its frame with the four states, and what each kind draws in it.

pub mod alert_list;
pub mod bar_chart;
pub mod bar_gauge;
mod board;
mod boxes;
mod cursor;
pub mod data_link;
mod export;
mod frame;
pub mod gauge;
pub mod heatmap;
mod legend;
pub mod legend_table;
pub mod menu;
mod nearest;
pub mod pie_chart;
mod plot;
pub mod pointing;
mod reading;
mod share;
mod stat;
pub mod state_timeline;
pub mod status_history;
mod table;
pub mod text;
mod timeseries;
mod tooltip;
pub mod values_table;

pub use alert_list::summary;
pub use board::Board;
pub use frame::{Waiting, panels};
pub use legend::About;
pub use plot::Plot;
pub use reading::words;
pub use timeseries::Charted;
