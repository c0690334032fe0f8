//! The parts that several kinds of charts share: the series on screen, legends, charts of boxes, values as a table.

pub mod boxes;
pub mod chart_handle;
pub mod legend;
pub mod legend_entry;
pub mod legend_table;
pub mod plot;
pub mod values_table;
