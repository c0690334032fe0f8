//! What kinds of charts have in common: the series on screen, legends, boxes that can be pointed at, values as a table.

pub mod boxes;
pub mod chart_handle;
pub mod legend;
pub mod legend_entry;
pub mod legend_table;
pub mod plot;
pub mod values_table;
