//! From one series' columns to shapes.

use crate::number::float;
use crate::scene::clip::{between_x, flattened, parts};
use crate::scene::scale::Scale;
use crate::scene::{Ends, Fade, Ink, Point, Rect, Shape};
use crate::series::bars::bars;
use crate::series::dash::dashes;
use crate::series::rare::Rare;
use crate::series::runs::{runs, visible};
use crate::series::style::Style;
use model::color::Color;
use model::dashboard::{DrawStyle, GradientMode, LineInterpolation, ShowPoints};
use model::series::Grid;
use model::time::Window;
use raster::column::{self, Place};
use std::borrow::Cow;
use std::ops::Range;

/// Samples that are so many diameters apart have points, if nobody says whether.
const POINT_DISTANCE: f64 = 2.0;

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
    /// What few curves ask for, if it is there.
    pub rare: Option<&'static Rare>,
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

    /// Draws all that is visible.
    pub fn draw(&self, pen: &Pen, drawn: &mut Drawn) {
        let rooms: &[(Rect, Color)] = if self.style.gradient == GradientMode::Scheme { &pen.regions } else { &[(pen.plot, Color::Text)] };
        let fade = self.fade(pen);
        let mut stretch: Vec<Range<usize>> = Vec::new();
        for run in runs(&self.heights, visible(self.grid, pen.window)) {
            if stretch.last().is_some_and(|last| !self.crosses(last.end, run.start)) {
                self.draw_stretch(&stretch, pen, rooms, fade, drawn);
                stretch.clear();
            }
            stretch.push(run);
        }
        self.draw_stretch(&stretch, pen, rooms, fade, drawn);
    }

    /// Whether the line goes on from the sample before `end` to the one at `start`.
    fn crosses(&self, end: usize, start: usize) -> bool {
        self.grid.time(start) - self.grid.time(end) + self.grid.step <= self.style.span
    }

    /// Draws the samples that one line goes through.
    fn draw_stretch(&self, stretch: &[Range<usize>], pen: &Pen, rooms: &[(Rect, Color)], fade: Option<Fade>, drawn: &mut Drawn) {
        let Style { draw, interpolation, .. } = self.style;
        let course = self.course(&self.heights, stretch, pen);
        let base = self.base.as_ref().map(|base| self.course(base, stretch, pen));
        if draw == DrawStyle::Bars {
            if let Some(rare) = pen.rare {
                (rare.bars)(self, &course, base.as_deref(), pen, rooms, fade, drawn);
            }
            return;
        }
        let is_lone = matches!(stretch, [run] if run.len() == 1);
        if is_lone || self.has_points(pen) {
            self.points(&course, pen, rooms, drawn);
        }
        if is_lone || draw == DrawStyle::Points {
            return;
        }
        let bent = |course| match pen.rare.filter(|_| interpolation != LineInterpolation::Linear) {
            Some(rare) => (rare.bend)(course, interpolation),
            None => course,
        };
        let cut = |course| between_x(bent(course), pen.plot.left, pen.plot.right);
        let path = cut(course);
        if path.len() < 2 {
            return;
        }
        if self.style.fill > 0.0 {
            let base = base.map_or_else(|| pen.base(&path), cut);
            for (room, color) in rooms {
                let mut points = flattened(&path, *room);
                points.extend(flattened(&base, *room).into_iter().rev());
                drawn.areas.push(Shape::Area { points, ink: self.ink(*color), opacity: self.style.fill, fade });
            }
        }
        if self.style.width > 0.0 {
            self.stroke(path, self.style.width * pen.ratio, rooms, drawn);
        }
    }

    /// The colour where that of the height is `color`.
    fn ink(&self, color: Color) -> Ink {
        if color == Color::Text { self.ink } else { Ink::Token(color) }
    }

    fn stroke(&self, path: Vec<Point>, width: f64, rooms: &[(Rect, Color)], drawn: &mut Drawn) {
        let mut stroke = |path: Vec<Point>, room: Rect, ink: Ink| {
            let strokes = parts(path, room).into_iter().flat_map(|part| dashes(part, self.style.dashes, width));
            drawn.lines.extend(strokes.map(|points| Shape::Line { points, ink, width }));
        };
        match rooms {
            [(room, color)] => stroke(path, *room, self.ink(*color)),
            rooms => rooms.iter().for_each(|(room, color)| stroke(path.clone(), *room, self.ink(*color))),
        }
    }

    /// Whether all samples have a point.
    fn has_points(&self, pen: &Pen) -> bool {
        let distance = float(self.grid.step) * pen.time.factor;
        match self.style.points {
            _ if self.style.draw == DrawStyle::Points => true,
            ShowPoints::Always => true,
            ShowPoints::Auto => distance >= self.style.point_size * pen.ratio * POINT_DISTANCE,
            ShowPoints::Never => false,
        }
    }

    fn points(&self, course: &[Point], pen: &Pen, rooms: &[(Rect, Color)], drawn: &mut Drawn) {
        let radius = self.style.point_size * pen.ratio / 2.0;
        for &center in course.iter().filter(|center| radius > 0.0 && (pen.plot.left..=pen.plot.right).contains(&center.x)) {
            let room = rooms.iter().find(|(room, _)| (room.top..=room.bottom).contains(&center.y));
            drawn.lines.extend(room.map(|(_, color)| Shape::Dot { center, radius, ink: self.ink(*color) }));
        }
    }

    pub fn bars(
        &self,
        course: &[Point],
        base: Option<&[Point]>,
        pen: &Pen,
        rooms: &[(Rect, Color)],
        fade: Option<Fade>,
        drawn: &mut Drawn,
    ) {
        let step = float(self.grid.step) * pen.time.factor;
        let width = (self.style.width * pen.ratio).round();
        for bar in bars(course, base, step, pen.zero, pen.plot) {
            let is_outlined = self.style.fill < 1.0 && width > 0.0;
            // A bar with hardly room for its outline is all outline.
            let is_narrow = bar.width().min(bar.height()) <= 2.0 * width;
            let fill = if is_outlined && is_narrow { 1.0 } else { self.style.fill };
            for (room, color) in rooms.iter().filter(|_| fill > 0.0) {
                let part = Rect { top: bar.top.max(room.top), bottom: bar.bottom.min(room.bottom), ..bar };
                if part.top < part.bottom {
                    drawn.areas.push(part.filled(self.ink(*color), fill, fade));
                }
            }
            if is_outlined && !is_narrow {
                self.stroke(bar.outline(width), width, rooms, drawn);
            }
        }
    }

    /// How the areas fade, all of them alike.
    fn fade(&self, pen: &Pen) -> Option<Fade> {
        if self.style.gradient != GradientMode::Opacity {
            return None;
        }
        let (low, high) = self.extent(pen.window)?;
        let held = |y: f64| y.max(pen.plot.top).min(pen.plot.bottom);
        let nearest_to_zero = |(low, high): (f64, f64)| if low.abs() < high.abs() { low } else { high };
        let base = self.base.as_deref().and_then(column::extent).map(nearest_to_zero);
        let clear = held(base.map_or(pen.zero, |base| pen.height.map(base)));
        let reach = [low, high].map(|height| (held(pen.height.map(height)) - clear).abs()).into_iter().fold(0.0, f64::max);
        (reach > 0.0).then_some(Fade { clear, reach })
    }

    /// A stretch of a column in device px, thinned.
    fn course(&self, heights: &[f64], stretch: &[Range<usize>], pen: &Pen) -> Vec<Point> {
        let (time, height) = (pen.time, pen.height);
        let place = Place {
            left: time.pixel_start,
            // Exact, since both are whole milliseconds.
            first: float(self.grid.start) - time.domain_start,
            step: float(self.grid.step),
            per_x: time.factor,
            top: height.pixel_start,
            zero: height.domain_start,
            per_y: height.factor,
        };
        let mut runs = stretch.iter().map(|run| column::course(heights, run.clone(), &place));
        let mut course = runs.next().unwrap_or_default();
        runs.for_each(|run| course.extend(run));
        course
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
    /// Zero below a path, or the edge of the plot that is nearest to zero.
    fn base(&self, path: &[Point]) -> Vec<Point> {
        [path.first(), path.last()].into_iter().flatten().map(|end| Point { x: end.x, y: self.zero }).collect()
    }
}
