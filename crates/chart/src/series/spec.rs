//! What a caller asks to be drawn.

use crate::scene::{Ink, Side, Size};
use crate::series::style::Style;
use model::color::Color;
use model::dashboard::{ScaleDistribution, Stacking, ThresholdsStyle};
use model::series::Grid;
use model::threshold::Thresholds;
use model::time::{Millis, Window};
use model::unit::Unit;
use text::locale::Language;

/// One series and how it is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// The instants of the values.
    pub grid: Grid,
    /// A value for each instant; what is not finite is a gap.
    pub values: &'a [f64],
    /// Its colour.
    pub ink: Ink,
    /// How it is drawn.
    pub style: Style,
    /// The line down to which its area goes instead of to zero, by its place in the list. On another axis, or itself: there is no area.
    pub below: Option<usize>,
}

/// A value axis.
#[derive(Clone, Debug, Default)]
pub struct ValueAxis {
    /// The unit of the values.
    pub unit: Unit,
    /// Decimals of the labels; more if two would read the same, none: as many as the ticks need.
    pub decimals: Option<u8>,
    /// The low end; what lies below is clipped.
    pub min: Option<f64>,
    /// The high end; what lies above is clipped.
    pub max: Option<f64>,
    /// The low end, as long as no value is below.
    pub soft_min: Option<f64>,
    /// The high end, as long as no value is above.
    pub soft_max: Option<f64>,
    /// How values are spread.
    pub distribution: ScaleDistribution,
    /// What it is called; empty: nothing.
    pub label: String,
    /// From which value on which colour holds.
    pub thresholds: Thresholds,
}

/// An interval that is marked on the time axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it begins, ms since the epoch.
    pub start: Millis,
    /// Where it ends, ms since the epoch.
    pub end: Millis,
    /// Its colour.
    pub color: Color,
}

/// A time series chart.
#[derive(Clone, Debug)]
pub struct Spec<'a> {
    /// What the time axis shows: the window that the values answer.
    pub window: Window,
    /// The series; later ones are drawn over earlier ones.
    pub lines: Vec<Line<'a>>,
    /// The axis of the lines on the left, and of none.
    pub left: ValueAxis,
    /// The axis of the lines on the right, if there are any.
    pub right: ValueAxis,
    /// How thresholds show: those of the left axis, or if nothing is on it those of the right one.
    pub thresholds: ThresholdsStyle,
    /// What is marked on the time axis.
    pub annotations: Vec<Mark>,
    /// The language of the labels.
    pub language: Language,
    /// How large the drawing is.
    pub size: Size,
}

impl Spec<'_> {
    /// The value axis on a side.
    pub(crate) fn axis(&self, side: Side) -> &ValueAxis {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }

    /// Whether a side shows shares of 100 %.
    pub(crate) fn has_shares(&self, side: Side) -> bool {
        self.lines.iter().any(|line| line.style.side == side && line.style.stacking == Stacking::Percent)
    }

    /// Whether a side is logarithmic. Shares add up, which logarithms do not.
    pub(crate) fn is_log(&self, side: Side) -> bool {
        self.has(side) && self.axis(side).distribution != ScaleDistribution::Linear && !self.has_shares(side)
    }

    /// Whether a side has an axis: the left one also if there is nothing.
    pub(crate) fn has(&self, side: Side) -> bool {
        let has = |side| self.lines.iter().any(|line| line.style.side == side);
        has(side) || side == Side::Left && !has(Side::Right)
    }
}
