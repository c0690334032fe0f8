//! The input of the layout of a time series chart.

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
    /// The instants of `values`.
    pub grid: Grid,
    /// A value for each instant. A value that is not finite is a gap.
    pub values: &'a [f64],
    /// Its colour.
    pub ink: Ink,
    /// How it is drawn.
    pub style: Style,
    /// The index of the line down to which its area goes, instead of to zero. There is no area if that is this line or one on another axis.
    pub below: Option<usize>,
}

/// A value axis.
#[derive(Clone, Debug, Default)]
pub struct ValueAxis {
    /// The unit of the values.
    pub unit: Unit,
    /// The decimals of the labels; more if two labels would be equal. `None`: as many as the ticks need.
    pub decimals: Option<u8>,
    /// The low end; lower values are clipped.
    pub min: Option<f64>,
    /// The high end; higher values are clipped.
    pub max: Option<f64>,
    /// The low end, unless a value is lower.
    pub soft_min: Option<f64>,
    /// The high end, unless a value is higher.
    pub soft_max: Option<f64>,
    /// Linear or logarithmic.
    pub distribution: ScaleDistribution,
    /// The name of the axis; empty for none.
    pub label: String,
    /// The colours, and the values from which on they apply.
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
    /// The window of the time axis, for which the values were queried.
    pub window: Window,
    /// The series; later ones are drawn over earlier ones.
    pub lines: Vec<Line<'a>>,
    /// The axis of the lines on the left. Also drawn if there are no lines.
    pub left: ValueAxis,
    /// The axis of the lines on the right. Only drawn if there are any.
    pub right: ValueAxis,
    /// How thresholds are drawn: those of the left axis, or of the right one if the chart has no left axis.
    pub thresholds: ThresholdsStyle,
    /// The marked intervals.
    pub annotations: Vec<Mark>,
    /// The language of the labels.
    pub language: Language,
    /// The size of the drawing.
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

    /// Whether a side shows percentages of a total.
    pub(crate) fn has_shares(&self, side: Side) -> bool {
        self.lines.iter().any(|line| line.style.side == side && line.style.stacking == Stacking::Percent)
    }

    /// Whether a side is logarithmic. Shares never are, since logarithms do not add up.
    pub(crate) fn is_log(&self, side: Side) -> bool {
        self.has(side) && self.axis(side).distribution != ScaleDistribution::Linear && !self.has_shares(side)
    }

    /// Whether a side has an axis. The left one also has one if there are no lines.
    pub(crate) fn has(&self, side: Side) -> bool {
        let has = |side| self.lines.iter().any(|line| line.style.side == side);
        has(side) || side == Side::Left && !has(Side::Right)
    }
}
