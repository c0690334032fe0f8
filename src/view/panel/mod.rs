//! One panel: its frame with the four states, and what each kind draws in it.

pub mod charts;
mod export;
mod frame;
pub mod kinds;
pub mod pointer;
mod values;

pub use charts::legend::About;
pub use charts::plot::Plot;
pub use charts::{legend_table, values_table};
pub use frame::board::Board;
pub use frame::menu;
pub use frame::panel_frame::{Waiting, panels};
pub use kinds::alert_list::summary;
pub use kinds::time_series::Charted;
pub use kinds::{alert_list, bar_chart, bar_gauge, gauge, heatmap, pie_chart, state_timeline, status_history, text};
pub use pointer::pointing;
pub use values::data_link;
pub use values::reading::words;
