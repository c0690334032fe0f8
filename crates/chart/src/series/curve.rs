//! A series that is ready to draw (`Curve`), where it is drawn (`PlotTransform`), and the shapes that were drawn (`Drawn`).

use crate::scene::clip::parts;
use crate::scene::scale::Scale;
use crate::scene::{AxisRange, Ink, Point, Rect, Shape};
use crate::series::dash::dashes;
use crate::series::runs::visible;
use crate::series::style::Style;
use model::color::Color;
use model::series::Grid;
use model::time::Window;
use raster::column;
use std::borrow::Cow;

/// Rectangles of the plot that are above each other, and the colour in each.
pub type ColorRegions<'a> = &'a [(Rect, Color)];

/// A series with its heights, after stacking.
pub struct Curve<'a> {
    /// The instants of `heights`.
    pub grid: Grid,
    /// The height at each instant. NaN is a gap.
    pub heights: Cow<'a, [f64]>,
    /// The base of areas and bars; `None` for zero.
    pub base: Option<Vec<f64>>,
    /// Its colour.
    pub ink: Ink,
    /// How it is drawn.
    pub style: Style,
}

/// How the curves of a value axis are mapped to the plot.
pub struct PlotTransform {
    /// The window of the time axis.
    pub window: Window,
    /// Maps milliseconds to device px.
    pub time: Scale,
    /// Maps heights to device px.
    pub height: Scale,
    /// The y of zero, where areas and bars begin, device px.
    pub zero: f64,
    /// The rectangle that everything is clipped to.
    pub plot: Rect,
    /// Device pixels per CSS px.
    pub ratio: f64,
    /// The colours of ranges of heights, for curves that are coloured by height. Together they fill the plot.
    pub regions: Vec<(Rect, Color)>,
}

/// The shapes that were drawn. All areas go below all lines.
#[derive(Default)]
pub struct Drawn {
    /// The areas.
    pub areas: Vec<Shape>,
    /// The lines and dots.
    pub lines: Vec<Shape>,
}

impl Curve<'_> {
    /// The lowest and the highest visible value in `window`; `None` if there is no value.
    pub fn extent(&self, window: Window) -> Option<(f64, f64)> {
        self.heights.get(visible(self.grid, window)).and_then(column::extent)
    }

    /// Converts heights and base to the scale of an axis.
    pub fn apply_scale(&mut self, ends: AxisRange) {
        if ends.is_log {
            let columns = [Some(self.heights.to_mut()), self.base.as_mut()];
            for height in columns.into_iter().flatten().flatten().filter(|height| !height.is_nan()) {
                *height = ends.height(*height);
            }
        }
    }

    /// The ink for the colour of a height: the series' own colour if `color` is `Color::Text`.
    pub fn ink(&self, color: Color) -> Ink {
        if color == Color::Text { self.ink } else { Ink::Token(color) }
    }

    /// Adds a line along `path`, in the colour of each room that it goes through.
    pub fn stroke(&self, path: Vec<Point>, width: f64, rooms: ColorRegions, drawn: &mut Drawn) {
        let mut stroke = |path: Vec<Point>, room: Rect, ink: Ink| {
            let strokes = parts(path, room).into_iter().flat_map(|part| dashes(part, self.style.dashes, width));
            drawn.lines.extend(strokes.map(|points| Shape::Line { points, ink, width }));
        };
        match rooms {
            [(room, color)] => stroke(path, *room, self.ink(*color)),
            rooms => rooms.iter().for_each(|(room, color)| stroke(path.clone(), *room, self.ink(*color))),
        }
    }
}

/// The smallest extent that contains both.
pub fn merge(a: Option<(f64, f64)>, b: Option<(f64, f64)>) -> Option<(f64, f64)> {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (a, b) => a.or(b),
    }
}
