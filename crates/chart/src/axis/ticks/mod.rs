//! The positions of ticks, and their labels.

pub mod time;
pub mod value;
