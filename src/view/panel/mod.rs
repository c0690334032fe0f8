//! One panel: its frame with the four states, and what each kind draws in it.

mod alert_list;
mod bar_gauge;
mod frame;
mod gauge;
mod legend;
mod menu;
mod plot;
mod pointing;
mod reading;
mod stat;
mod table;
mod text;
mod timeseries;
mod tooltip;
mod values_table;

pub use alert_list::{alert_rows, summary};
pub use frame::{Waiting, panels};
pub use reading::words;
