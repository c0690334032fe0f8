//! Primitives: they know neither Prometheus nor the URL.

mod canvas;
mod icon;
mod live;
mod menu;

pub use canvas::{Canvas, text_measure, use_size};
pub use icon::{Glyph, Icon};
pub use live::live;
pub use menu::Menu;
