//! The loops of Utkik that are worth compiling for speed: the rest of the app is built for size, and so is what is generic.
//!
//! Promises: no dependencies, no browser, no panic on finite numbers of any size, and nothing allocated in a loop. Knows points, pixels
//! and columns of numbers, and neither charts nor series.
//!
//! - [`column`]: the extent and the runs of a column of numbers, and its course in no more points than pixels can show
//! - [`Raster`]: anti-aliased lines, areas, rectangles and discs on pixels

#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "these loops run for each point and each pixel: what is counted is a coordinate below 2^31, checked once where it comes in, \
              and an index that is checked again by hand costs a tenth of the time"
)]

pub mod column;
mod mask;
mod pixels;
mod raster;
mod stroke;

pub use pixels::Paint;
pub use raster::{Fade, Raster};

/// A place, px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}
