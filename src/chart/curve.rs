//! From one line's columns to shapes.

use super::clip::{between_x, flattened, parts};
use super::dash::dashes;
use super::number::float;
use super::runs::{runs, visible};
use super::scale::Scale;
use super::scene::{Ink, Point, Rect, Shape};
use super::stack::Band;
use crate::model::series::Grid;
use crate::model::time::Window;
use kernel::column::{self, Place};
use std::borrow::Cow;
use std::ops::Range;

/// The width of a line, CSS px.
const LINE_WIDTH: f64 = 1.5;
/// The radius of a lone sample's dot, CSS px.
const DOT_RADIUS: f64 = 2.5;

/// A line that knows where it stands: upon zero, or upon those that it is stacked on.
pub struct Curve<'a> {
    grid: Grid,
    values: Cow<'a, [f64]>,
    /// None: the area, if there is one, begins at zero.
    base: Option<Vec<f64>>,
    ink: Ink,
    dashed: bool,
}

/// Where curves are drawn, and how.
pub struct Pen {
    /// What the time axis shows.
    pub window: Window,
    /// Milliseconds to device px.
    pub time: Scale,
    /// Values to device px.
    pub value: Scale,
    /// The room to stay in.
    pub plot: Rect,
    /// Device pixels in a CSS px.
    pub ratio: f64,
    /// How opaque areas are, 0 to 1.
    pub fill: f64,
}

/// What a pen has drawn: all areas go below all lines.
#[derive(Default)]
pub struct Drawn {
    /// The areas.
    pub areas: Vec<Shape>,
    /// The lines and dots.
    pub lines: Vec<Shape>,
}

impl<'a> Curve<'a> {
    /// A line by itself.
    pub fn alone(grid: Grid, values: &'a [f64], ink: Ink, dashed: bool) -> Self {
        Self { grid, values: Cow::Borrowed(values), base: None, ink, dashed }
    }

    /// A line in a stack.
    pub fn stacked(band: Band, ink: Ink) -> Self {
        Self { grid: band.grid, values: Cow::Owned(band.top), base: Some(band.base), ink, dashed: false }
    }

    /// The lowest and the highest value to be seen in `window`; none if there is no value.
    pub fn extent(&self, window: Window) -> Option<(f64, f64)> {
        let columns = visible(self.grid, window);
        let of = |values: &[f64]| values.get(columns.clone()).and_then(column::extent);
        merge(of(&self.values), self.base.as_deref().and_then(of))
    }

    /// Draws all that is visible.
    pub fn draw(&self, pen: &Pen, drawn: &mut Drawn) {
        for run in runs(&self.values, visible(self.grid, pen.window)) {
            let is_lone = run.len() == 1;
            let path = self.path(&self.values, run.clone(), pen);
            if is_lone {
                drawn.lines.extend(path.first().and_then(|center| pen.dot(*center, self.ink)));
                continue;
            }
            if pen.fill > 0.0 && !self.dashed {
                let base = self.base.as_ref().map(|base| self.path(base, run, pen));
                drawn.areas.extend(pen.area(&path, base, self.ink));
            }
            for part in parts(path, pen.plot) {
                let strokes = if self.dashed { dashes(&part, pen.ratio) } else { vec![part] };
                let width = LINE_WIDTH * pen.ratio;
                drawn.lines.extend(strokes.into_iter().map(|points| Shape::Line { points, ink: self.ink, width }));
            }
        }
    }

    /// A run of a column in device px, thinned, and cut at the sides of the plot.
    fn path(&self, values: &[f64], run: Range<usize>, pen: &Pen) -> Vec<Point> {
        let (time, value) = (pen.time, pen.value);
        let place = Place {
            left: time.pixel_start,
            // Exact, since both are whole milliseconds.
            first: float(self.grid.start) - time.domain_start,
            step: float(self.grid.step),
            per_x: time.factor,
            top: value.pixel_start,
            zero: value.domain_start,
            per_y: value.factor,
        };
        between_x(column::course(values, run, &place), pen.plot.left, pen.plot.right)
    }
}

/// The smallest extent that holds both.
pub fn merge(a: Option<(f64, f64)>, b: Option<(f64, f64)>) -> Option<(f64, f64)> {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (a, b) => a.or(b),
    }
}

impl Pen {
    fn dot(&self, center: Point, ink: Ink) -> Option<Shape> {
        let is_inside = (self.plot.top..=self.plot.bottom).contains(&center.y);
        is_inside.then_some(Shape::Dot { center, radius: DOT_RADIUS * self.ratio, ink })
    }

    /// The area between a path and its base, or zero, or the edge of the plot that is nearest to zero.
    fn area(&self, path: &[Point], base: Option<Vec<Point>>, ink: Ink) -> Option<Shape> {
        let (first, last) = (path.first()?, path.last()?);
        let y = self.value.map(0.0);
        let base = base.unwrap_or_else(|| vec![Point { x: first.x, y }, Point { x: last.x, y }]);
        let mut points = flattened(path, self.plot);
        points.extend(flattened(&base, self.plot).into_iter().rev());
        Some(Shape::Area { points, ink, opacity: self.fill })
    }
}
