//! One panel: its frame with the four states, and what each kind draws in it.

pub mod charts;
pub mod export;
pub mod frame;
pub mod kinds;
pub mod pointer;
pub mod values;
