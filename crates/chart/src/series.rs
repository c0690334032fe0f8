//! Series over time: what a caller asks for, how high each stands, and the shapes that come of it.

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
