//! The loops of Utkik that are compiled for speed. The rest of the app is compiled for size, and so is generic code, since it is compiled
//! in the crate that uses it.
//!
//! Promises: no dependencies, no browser, no panic on finite numbers of any size, and no allocation inside loops. This crate works on
//! points, pixels and columns of numbers; it knows nothing about charts and series.
//!
//! - [`column`]: extent, runs and decimation of a column of numbers
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

/// A position, px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}
