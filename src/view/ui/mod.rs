//! Primitives: they know neither Prometheus nor the URL.

mod canvas;
mod icon;
mod menu;

pub use canvas::{Canvas, text_measure, use_size};
pub use icon::{Glyph, Icon};
pub use menu::Menu;
