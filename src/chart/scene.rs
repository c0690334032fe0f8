//! A laid out chart as plain data: what to draw and where, in device pixels from the top left corner.

use super::number::{float, whole};
use super::scale::Scale;
use super::spec::Size;
use crate::model::color::Color;
use crate::model::time::{Millis, Window};
pub use kernel::Point;

/// An upright rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// The left edge.
    pub left: f64,
    /// The top edge.
    pub top: f64,
    /// The right edge, never left of `left`.
    pub right: f64,
    /// The bottom edge, never above `top`.
    pub bottom: f64,
}

impl Rect {
    /// From edge to edge.
    pub fn width(self) -> f64 {
        self.right - self.left
    }

    /// From edge to edge.
    pub fn height(self) -> f64 {
        self.bottom - self.top
    }
}

/// A colour by its role. What it looks like is the palette's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Grid lines and ticks.
    Grid,
    /// Labels of the axes.
    Text,
    /// A slot of the series colours.
    Series(usize),
    /// A colour with a meaning.
    Token(Color),
    /// A step of the scale of heat, 0 (least) to 255 (most).
    Heat(u8),
}

/// Something to draw.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A line through at least two points.
    Line {
        /// The points in order.
        points: Vec<Point>,
        /// Its colour.
        ink: Ink,
        /// Its width, device px.
        width: f64,
    },
    /// A filled polygon.
    Area {
        /// The corners in order.
        points: Vec<Point>,
        /// Its colour.
        ink: Ink,
        /// 0 to 1.
        opacity: f64,
    },
    /// A filled upright rectangle.
    Block {
        /// Its corners: top left, bottom right.
        corners: [Point; 2],
        /// Its colour.
        ink: Ink,
    },
    /// A filled circle.
    Dot {
        /// Its centre.
        center: Point,
        /// Its radius, device px.
        radius: f64,
        /// Its colour.
        ink: Ink,
    },
}

impl Shape {
    /// The places that it goes through, or its centre.
    pub fn points(&self) -> &[Point] {
        match self {
            Self::Line { points, .. } | Self::Area { points, .. } => points,
            Self::Block { corners, .. } => corners,
            Self::Dot { center, .. } => std::slice::from_ref(center),
        }
    }
}

/// Which part of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The middle of the right edge: value labels.
    Right,
    /// The middle of the left edge: words in a bar.
    Left,
    /// Its middle: words on a slice.
    Middle,
    /// The middle of the upper edge: time labels.
    Top,
}

/// A text, in `Ink::Text` unless it stands on something.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// What it says.
    pub text: String,
    /// Where it stands.
    pub at: Point,
    /// Which part of it stands there.
    pub anchor: Anchor,
    /// The ink that it stands on, rather than on the ground.
    pub on: Option<Ink>,
}

/// A chart, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// The size that it was laid out for.
    pub size: Size,
    /// Where the data is, device px.
    pub plot: Rect,
    /// What the time axis shows.
    pub window: Window,
    /// The ends of the value axis.
    pub range: (f64, f64),
    /// Grid lines and ticks, behind everything.
    pub grid: Vec<Shape>,
    /// Areas, thresholds, lines and dots, in the order in which they are drawn. All inside `plot`.
    pub shapes: Vec<Shape>,
    /// The texts of both axes, and those on shapes.
    pub labels: Vec<Label>,
}

impl Scene {
    /// Where the data is, CSS px: the box for the crosshair, the tooltip and drag to zoom.
    pub fn plot_css(&self) -> Rect {
        let Rect { left, top, right, bottom } = self.plot;
        let css = |pixels: f64| pixels / self.size.ratio;
        Rect { left: css(left), top: css(top), right: css(right), bottom: css(bottom) }
    }

    /// The instant at `x` CSS px, the nearest end of the window if `x` is beside the plot.
    pub fn time_at(&self, x: f64) -> Millis {
        whole(self.time_scale().invert(x * self.size.ratio)).clamp(self.window.start, self.window.end)
    }

    /// Where the instant `at` is, CSS px. Beside the plot if it is not in the window.
    pub fn x_of(&self, at: Millis) -> f64 {
        self.time_scale().map(float(at)) / self.size.ratio
    }

    /// Where `value` is on the value axis, CSS px. Beside the plot if it is not in the range.
    pub fn y_of(&self, value: f64) -> f64 {
        self.value_scale().map(value) / self.size.ratio
    }

    /// Instants to device px.
    pub(super) fn time_scale(&self) -> Scale {
        Scale::new((float(self.window.start), float(self.window.end)), (self.plot.left, self.plot.right))
    }

    /// Values to device px.
    pub(super) fn value_scale(&self) -> Scale {
        Scale::new(self.range, (self.plot.bottom, self.plot.top))
    }
}
