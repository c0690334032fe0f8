//! Primitives: they know neither Prometheus nor the URL.

mod canvas;
mod element;
mod icon;
mod keyed;
mod length;
mod menu;
mod visible;

pub use canvas::{canvas_of, text_width, use_size};
pub use element::{Element, Parts, column_heading, el, follow, svg, value_of};
pub use icon::{Glyph, icon};
pub use keyed::Row;
pub use length::{px, shift};
pub use menu::{Menu, menu};
pub use visible::use_visible;
