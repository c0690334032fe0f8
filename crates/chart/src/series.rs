//! Series over time: the input (`spec`), the heights of all series, and the shapes that are drawn.

pub mod bars;
pub mod bend;
pub mod curve;
pub mod dash;
pub mod draw;
pub mod heights;
pub mod rare;
pub mod runs;
pub mod spec;
pub mod stack;
pub mod style;
pub mod thresholds;
