//! What is drawn of a series, where, and what has come of it.

use crate::scene::clip::parts;
use crate::scene::scale::Scale;
use crate::scene::{Ends, Ink, Point, Rect, Shape};
use crate::series::dash::dashes;
use crate::series::runs::visible;
use crate::series::style::Style;
use model::color::Color;
use model::series::Grid;
use model::time::Window;
use raster::column;
use std::borrow::Cow;

/// Rectangles of the plot from top to bottom, and the colour that holds in each.
pub type Rooms<'a> = &'a [(Rect, Color)];

/// A series that knows how high it stands: upon zero, or upon those that it is stacked on.
pub struct Curve<'a> {
    /// The instants of the heights.
    pub grid: Grid,
    /// How high it is at each instant. NaN is a gap.
    pub heights: Cow<'a, [f64]>,
    /// What areas and bars stand on. None: zero.
    pub base: Option<Vec<f64>>,
    /// Its colour.
    pub ink: Ink,
    /// How it is drawn.
    pub style: Style,
}

/// Where the curves of a value axis are drawn.
pub struct Pen {
    /// What the time axis shows.
    pub window: Window,
    /// Milliseconds to device px.
    pub time: Scale,
    /// Heights to device px.
    pub height: Scale,
    /// Where areas and bars begin, device px.
    pub zero: f64,
    /// The room to stay in.
    pub plot: Rect,
    /// Device pixels in a CSS px.
    pub ratio: f64,
    /// The colours of heights, for those who have them: they fill the plot.
    pub regions: Vec<(Rect, Color)>,
}

/// What pens have drawn: all areas go below all lines.
#[derive(Default)]
pub struct Drawn {
    /// The areas.
    pub areas: Vec<Shape>,
    /// The lines and dots.
    pub lines: Vec<Shape>,
}

impl Curve<'_> {
    /// The lowest and the highest value to be seen in `window`; none if there is no value.
    pub fn extent(&self, window: Window) -> Option<(f64, f64)> {
        self.heights.get(visible(self.grid, window)).and_then(column::extent)
    }

    /// Leads heights and base over to those of an axis.
    pub fn put_on(&mut self, ends: Ends) {
        if ends.is_log {
            let columns = [Some(self.heights.to_mut()), self.base.as_mut()];
            for height in columns.into_iter().flatten().flatten().filter(|height| !height.is_nan()) {
                *height = ends.height(*height);
            }
        }
    }

    /// The colour where that of the height is `color`.
    pub fn ink(&self, color: Color) -> Ink {
        if color == Color::Text { self.ink } else { Ink::Token(color) }
    }

    /// Adds the line along `path`, in the colour of each room that it goes through.
    pub fn stroke(&self, path: Vec<Point>, width: f64, rooms: Rooms, drawn: &mut Drawn) {
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

/// The smallest extent that holds both.
pub fn merge(a: Option<(f64, f64)>, b: Option<(f64, f64)>) -> Option<(f64, f64)> {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (a, b) => a.or(b),
    }
}
