//! The drawing room: from columns of values to pixels.
//!
//! `columns -> heights (stacks) -> value range -> ticks -> finite runs -> decimate -> bend -> cut -> Scene -> paint`
//!
//! Promises: what [`layout()`] returns is plain data in device pixels, every coordinate of it finite and every shape inside the plot,
//! whatever the values are. A missing sample is a gap, a lone sample is a dot, and a stack does not turn a gap into zero. Everything
//! but `canvas` is pure, so that tests assert on the scene and golden pictures come from another backend.
//!
//! Refuses: titles, legends, tooltips and crosshairs. They are DOM over the canvas, placed by [`Scene::x_of`] and
//! [`Scene::plot_css`], so that hovering never repaints the data.

mod axes;
pub mod bars;
mod bend;
pub mod canvas;
mod cells;
mod clip;
mod curve;
mod dash;
pub mod heatmap;
mod heights;
mod layout;
mod number;
mod paint;
mod palette;
mod picture;
pub mod pie;
mod range;
pub mod rare;
mod runs;
mod scale;
mod scene;
mod sparkline;
mod spec;
mod stack;
mod style;
mod thresholds;
mod ticks;
mod timebars;
pub mod timeline;
mod words;

pub use cells::{Cells, Spot, Way};
pub use dash::{distinct, pattern};
pub use heights::heights;
pub use layout::layout;
pub use paint::{SUBPIXELS, paint};
pub use palette::{Palette, Rgb};
pub use picture::{Region, rasterize};
pub use scene::{Anchor, Ends, Fade, Ink, Label, Point, Rect, Scene, Shape};
pub use sparkline::sparkline;
pub use spec::{Line, Mark, Size, Spec, ValueAxis};
pub use style::{Side, Style};

/// The font of axis text: the page's own.
pub const FONT: &str = "system-ui, sans-serif";
/// The size of axis text, CSS px.
pub const FONT_SIZE: f64 = 11.0;
