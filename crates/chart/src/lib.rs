//! Charts: lays out columns of values and draws them as pixels.
//!
//! `columns -> heights (stacks) -> value range -> ticks -> finite runs -> decimate -> bend -> cut -> Scene -> paint`
//!
//! Promises: what [`layout()`] returns is plain data in device pixels, with finite coordinates and every shape inside the plot, whatever
//! the values are. A missing sample is a gap, a lone sample is a dot, and a stack does not turn a gap into zero. Only `canvas` needs a
//! browser, so that tests assert on the scene and compare its pixels with golden pictures.
//!
//! It does not draw titles, legends, tooltips and crosshairs. They are DOM elements over the canvas, placed by [`Scene::x_of`] and
//! [`Scene::plot_css`], so that hovering never repaints the data.

mod axis;
mod kinds;
mod number;
mod paint;
mod scene;
mod series;

pub use kinds::cells::{Cells, Direction, Spot};
pub use kinds::sparkline::sparkline;
pub use kinds::time_series::layout;
pub use kinds::{bars, heatmap, pie, timeline};
pub use paint::canvas;
pub use paint::picture::{Region, rasterize};
pub use paint::plotters::{SUBPIXELS, paint};
pub use paint::svg;
pub use scene::palette::{Palette, Rgb};
pub use scene::{Anchor, AxisRange, FONT, FONT_SIZE, Fade, Ink, Label, Point, Rect, Scene, Shape, Side, Size};
pub use series::dash::{distinct, pattern};
pub use series::heights::heights;
pub use series::rare::{RARE_OPTIONS, RareOptions, needs_rare_options};
pub use series::spec::{Line, Mark, Spec, ValueAxis};
pub use series::style::Style;
