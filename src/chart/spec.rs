//! What a caller asks to be drawn.

use super::number::whole;
use crate::model::color::Color;
use crate::model::locale::Language;
use crate::model::series::Grid;
use crate::model::time::Window;
use crate::model::unit::Unit;

/// The size of a drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// CSS px.
    pub width: f64,
    /// CSS px.
    pub height: f64,
    /// Device pixels in a CSS px.
    pub ratio: f64,
}

impl Size {
    /// Width and height in whole device pixels: the size of the canvas' backing store.
    pub fn device(self) -> (u32, u32) {
        let pixels = |css: f64| u32::try_from(whole(css * self.ratio)).unwrap_or(0);
        (pixels(self.width), pixels(self.height))
    }
}

/// One series and how it is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// The instants of the values.
    pub grid: Grid,
    /// A value for each instant; what is not finite is a gap.
    pub values: &'a [f64],
    /// The slot in the palette's series colours, which begin again when they run out.
    pub color: usize,
    /// Dashed and never filled or stacked, as for a limit.
    pub dashed: bool,
    /// Upon the stacked lines before it.
    pub stacked: bool,
}

/// A time series chart.
#[derive(Clone, Debug)]
pub struct Spec<'a> {
    /// What the time axis shows: the window that the values answer.
    pub window: Window,
    /// The series; later ones are drawn over earlier ones.
    pub lines: Vec<Line<'a>>,
    /// How opaque the area under a line is, 0 (a line only) to 100.
    pub fill_opacity: u8,
    /// The low end of the value axis; what lies below is clipped.
    pub min: Option<f64>,
    /// The high end of the value axis; what lies above is clipped.
    pub max: Option<f64>,
    /// Values marked by a line across the plot.
    pub thresholds: Vec<(f64, Color)>,
    /// The unit of the values.
    pub unit: Unit,
    /// Decimals on the value axis; more if two labels would read the same, none: as many as the ticks need.
    pub decimals: Option<u8>,
    /// The language of the labels.
    pub language: Language,
    /// How large the drawing is.
    pub size: Size,
}
