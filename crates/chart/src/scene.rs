//! A chart after layout, as plain data: shapes and texts in device pixels from the top left corner.

pub mod clip;
pub mod palette;
pub mod scale;

use crate::number::{float, log2, whole};
use model::color::Color;
use model::time::{Millis, Window};
pub use raster::{Fade, Point};
use scale::Scale;

/// The font of axis text: the page's own.
pub const FONT: &str = "system-ui, sans-serif";
/// The size of axis text, CSS px.
pub const FONT_SIZE: f64 = 11.0;

/// The size of a drawing, and its pixel ratio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// CSS px.
    pub width: f64,
    /// CSS px.
    pub height: f64,
    /// Device pixels per CSS px.
    pub ratio: f64,
}

impl Size {
    /// Width and height in whole device pixels: the size of the canvas' backing store.
    pub fn device(self) -> (u32, u32) {
        let pixels = |css: f64| u32::try_from(whole(css * self.ratio)).unwrap_or(0);
        (pixels(self.width), pixels(self.height))
    }
}

/// Which value axis a series belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// The first axis.
    #[default]
    Left,
    /// The second axis.
    Right,
}

/// A rectangle whose sides are parallel to the axes.
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
    /// The width.
    pub fn width(self) -> f64 {
        self.right - self.left
    }

    /// Whether width and height are above zero.
    pub(crate) fn has_area(self) -> bool {
        self.width() > 0.0 && self.height() > 0.0
    }

    /// The height.
    pub fn height(self) -> f64 {
        self.bottom - self.top
    }

    /// The filled rectangle as a shape.
    pub(crate) fn filled(self, ink: Ink, opacity: f64, fade: Option<Fade>) -> Shape {
        let Self { left, top, right, bottom } = self;
        if opacity >= 1.0 && fade.is_none() {
            return Shape::Block { corners: [Point { x: left, y: top }, Point { x: right, y: bottom }], ink };
        }
        let points = [(left, bottom), (left, top), (right, top), (right, bottom)].map(|(x, y)| Point { x, y });
        Shape::Area { points: points.to_vec(), ink, opacity, fade }
    }

    /// The path of a line along the inside of its border. `width` is the width of the line.
    pub(crate) fn outline(self, width: f64) -> Vec<Point> {
        let half = width / 2.0;
        let (left, top, right, bottom) = (self.left + half, self.top + half, self.right - half, self.bottom - half);
        let corners = [(left, self.bottom), (left, top), (right, top), (right, bottom), (left, bottom)];
        corners.map(|(x, y)| Point { x, y }).to_vec()
    }
}

/// A colour by its role. The palette has its RGB value.
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
    /// A step of the heat scale, 0 (lowest) to 255 (highest).
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
        /// How the opacity fades over the height, device px.
        fade: Option<Fade>,
    },
    /// A filled rectangle.
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
    /// The points of its path or its corners; the centre of a dot.
    pub fn points(&self) -> &[Point] {
        match self {
            Self::Line { points, .. } | Self::Area { points, .. } => points,
            Self::Block { corners, .. } => corners,
            Self::Dot { center, .. } => std::slice::from_ref(center),
        }
    }
}

/// Which point of a text is at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The middle of the right edge: value labels left of the plot.
    Right,
    /// The middle of the left edge: value labels right of the plot, texts beside bars.
    Left,
    /// The centre: texts on slices and bars.
    Middle,
    /// The middle of the upper edge: time labels.
    Top,
}

/// A text, in `Ink::Text` unless it is on a shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The text.
    pub text: String,
    /// Its place.
    pub at: Point,
    /// Which point of the text is at that place.
    pub anchor: Anchor,
    /// The colour behind it if it is on a shape; `None` on the background.
    pub on: Option<Ink>,
}

/// The range of a value axis, and its scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AxisRange {
    /// The low end; above zero if `is_log`.
    pub low: f64,
    /// The high end, above `low`.
    pub high: f64,
    /// Whether the axis is logarithmic.
    pub is_log: bool,
}

impl AxisRange {
    /// The height of `value`: its logarithm on a logarithmic axis, else the value itself.
    pub(crate) fn height(self, value: f64) -> f64 {
        // Zero and negative values have no logarithm: they are placed below the axis.
        if self.is_log { log2(value.max(self.low / 2.0)) } else { value }
    }
}

/// A chart after layout.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// The size of the layout.
    pub size: Size,
    /// The rectangle of the data, device px.
    pub plot: Rect,
    /// The window of the time axis.
    pub window: Window,
    /// The left value axis.
    pub left: AxisRange,
    /// The right value axis.
    pub right: AxisRange,
    /// Grid lines, ticks and the bars of marks on the time axis, drawn first.
    pub grid: Vec<Shape>,
    /// Marks, regions, areas, thresholds, lines and dots in drawing order. All of them are inside `plot`.
    pub shapes: Vec<Shape>,
    /// The texts of axes, and those on or beside shapes.
    pub labels: Vec<Label>,
}

impl Scene {
    /// A scene without shapes and labels.
    pub(crate) fn empty(size: Size, plot: Rect, window: Window) -> Self {
        let ends = AxisRange { low: 0.0, high: 1.0, is_log: false };
        Self { size, plot, window, left: ends, right: ends, grid: Vec::new(), shapes: Vec::new(), labels: Vec::new() }
    }

    /// The rectangle of the data, CSS px, for the crosshair, the tooltip and drag to zoom.
    pub fn plot_css(&self) -> Rect {
        let Rect { left, top, right, bottom } = self.plot;
        let css = |pixels: f64| pixels / self.size.ratio;
        Rect { left: css(left), top: css(top), right: css(right), bottom: css(bottom) }
    }

    /// The instant at `x` CSS px; the nearest end of the window if `x` is outside the plot.
    pub fn time_at(&self, x: f64) -> Millis {
        whole(self.time_scale().invert(x * self.size.ratio)).clamp(self.window.start, self.window.end)
    }

    /// The x of the instant `at`, CSS px. It is outside the plot if the instant is outside the window.
    pub fn x_of(&self, at: Millis) -> f64 {
        self.time_scale().map(float(at)) / self.size.ratio
    }

    /// The y of `value` on the value axis of a side, CSS px. It is outside the plot if the value is outside the axis.
    pub fn y_of(&self, value: f64, side: Side) -> f64 {
        self.y(value, side) / self.size.ratio
    }

    /// Maps instants to device px.
    pub(crate) fn time_scale(&self) -> Scale {
        Scale::new((float(self.window.start), float(self.window.end)), (self.plot.left, self.plot.right))
    }

    /// The value axis of a side.
    pub(crate) fn ends(&self, side: Side) -> AxisRange {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }

    /// Maps heights on the value axis of a side to device px.
    pub(crate) fn height_scale(&self, side: Side) -> Scale {
        let ends = self.ends(side);
        Scale::new((ends.height(ends.low), ends.height(ends.high)), (self.plot.bottom, self.plot.top))
    }

    /// Converts a value to device px.
    pub(crate) fn y(&self, value: f64, side: Side) -> f64 {
        self.height_scale(side).map(self.ends(side).height(value))
    }
}
