//! The kinds of panels: what each draws.

pub mod alert_list;
pub mod bar_chart;
pub mod bar_gauge;
pub mod gauge;
pub mod heatmap;
pub mod pie_chart;
pub mod stat;
pub mod state_timeline;
pub mod status_history;
pub mod table;
pub mod text;
pub mod time_series;
