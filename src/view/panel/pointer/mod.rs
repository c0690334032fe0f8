//! Pointing at time series: crosshair, tooltip, zoom and pan, by mouse, finger and keyboard.

pub mod cursor;
pub mod gesture;
pub mod nearest;
pub mod pointing;
pub mod tooltip;
