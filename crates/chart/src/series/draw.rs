//! Draws a curve as shapes: areas, lines and points.

use crate::number::float;
use crate::scene::clip::{between_x, flattened};
use crate::scene::{Fade, Point, Shape};
use crate::series::curve::{ColorRegions, Curve, Drawn, PlotTransform};
use crate::series::rare::RareOptions;
use crate::series::runs::{runs, visible};
use crate::series::style::Style;
use model::color::Color;
use model::dashboard::{DrawStyle, GradientMode, LineInterpolation, ShowPoints};
use raster::column::{self, Place};
use std::ops::Range;

/// With `ShowPoints::Auto`, samples have points if they are at least this many point diameters apart.
const POINT_DISTANCE: f64 = 2.0;

/// One curve, its pen, and the options that few curves need.
struct Drawing<'a> {
    curve: &'a Curve<'a>,
    pen: &'a PlotTransform,
    rare: Option<&'static RareOptions>,
    rooms: ColorRegions<'a>,
    fade: Option<Fade>,
}

/// Draws the visible part of `curve`. Without `rare` bars are left out and lines are straight: see [`RareOptions`].
pub fn draw(curve: &Curve, pen: &PlotTransform, rare: Option<&'static RareOptions>, drawn: &mut Drawn) {
    let plot = [(pen.plot, Color::Text)];
    let rooms: ColorRegions = if curve.style.gradient == GradientMode::Scheme { &pen.regions } else { &plot };
    let drawing = Drawing { curve, pen, rare, rooms, fade: fade(curve, pen) };
    let mut stretch: Vec<Range<usize>> = Vec::new();
    for run in runs(&curve.heights, visible(curve.grid, pen.window)) {
        if stretch.last().is_some_and(|last| !drawing.crosses(last.end, run.start)) {
            drawing.stretch(&stretch, drawn);
            stretch.clear();
        }
        stretch.push(run);
    }
    drawing.stretch(&stretch, drawn);
}

impl Drawing<'_> {
    /// Whether the line crosses the gap from the sample before `end` to the one at `start`.
    fn crosses(&self, end: usize, start: usize) -> bool {
        self.curve.grid.time(start) - self.curve.grid.time(end) + self.curve.grid.step <= self.curve.style.span
    }

    /// Draws the samples of one uninterrupted line.
    fn stretch(&self, stretch: &[Range<usize>], drawn: &mut Drawn) {
        let Self { curve, pen, rooms, .. } = *self;
        let Style { draw, interpolation, .. } = curve.style;
        let course = course(curve, &curve.heights, stretch, pen);
        let base = curve.base.as_ref().map(|base| self::course(curve, base, stretch, pen));
        if draw == DrawStyle::Bars {
            if let Some(rare) = self.rare {
                (rare.bars)(curve, &course, base.as_deref(), pen, rooms, self.fade, drawn);
            }
            return;
        }
        let is_lone = matches!(stretch, [run] if run.len() == 1);
        if is_lone || self.has_points() {
            self.points(&course, drawn);
        }
        if is_lone || draw == DrawStyle::Points {
            return;
        }
        let bent = |course| match self.rare.filter(|_| interpolation != LineInterpolation::Linear) {
            Some(rare) => (rare.bend)(course, interpolation),
            None => course,
        };
        let cut = |course| between_x(bent(course), pen.plot.left, pen.plot.right);
        let path = cut(course);
        if path.len() < 2 {
            return;
        }
        if curve.style.fill > 0.0 {
            let base = base.map_or_else(|| zero_base(pen, &path), cut);
            for (room, color) in rooms {
                let mut points = flattened(&path, *room);
                points.extend(flattened(&base, *room).into_iter().rev());
                drawn.areas.push(Shape::Area { points, ink: curve.ink(*color), opacity: curve.style.fill, fade: self.fade });
            }
        }
        if curve.style.width > 0.0 {
            curve.stroke(path, curve.style.width * pen.ratio, rooms, drawn);
        }
    }

    /// Whether every sample has a point.
    fn has_points(&self) -> bool {
        let Self { curve, pen, .. } = *self;
        let distance = float(curve.grid.step) * pen.time.factor;
        match curve.style.points {
            _ if curve.style.draw == DrawStyle::Points => true,
            ShowPoints::Always => true,
            ShowPoints::Auto => distance >= curve.style.point_size * pen.ratio * POINT_DISTANCE,
            ShowPoints::Never => false,
        }
    }

    fn points(&self, course: &[Point], drawn: &mut Drawn) {
        let Self { curve, pen, rooms, .. } = *self;
        let radius = curve.style.point_size * pen.ratio / 2.0;
        for &center in course.iter().filter(|center| radius > 0.0 && (pen.plot.left..=pen.plot.right).contains(&center.x)) {
            let room = rooms.iter().find(|(room, _)| (room.top..=room.bottom).contains(&center.y));
            drawn.lines.extend(room.map(|(_, color)| Shape::Dot { center, radius, ink: curve.ink(*color) }));
        }
    }
}

/// The fade of the curve's areas; the same for all of them.
fn fade(curve: &Curve, pen: &PlotTransform) -> Option<Fade> {
    if curve.style.gradient != GradientMode::Opacity {
        return None;
    }
    let (low, high) = curve.extent(pen.window)?;
    let held = |y: f64| y.max(pen.plot.top).min(pen.plot.bottom);
    let nearest_to_zero = |(low, high): (f64, f64)| if low.abs() < high.abs() { low } else { high };
    let base = curve.base.as_deref().and_then(column::extent).map(nearest_to_zero);
    let clear = held(base.map_or(pen.zero, |base| pen.height.map(base)));
    let reach = [low, high].map(|height| (held(pen.height.map(height)) - clear).abs()).into_iter().fold(0.0, f64::max);
    (reach > 0.0).then_some(Fade { clear, reach })
}

/// The points of a stretch in device px, decimated.
fn course(curve: &Curve, heights: &[f64], stretch: &[Range<usize>], pen: &PlotTransform) -> Vec<Point> {
    let (time, height) = (pen.time, pen.height);
    let place = Place {
        left: time.pixel_start,
        // The difference is exact, since both are whole milliseconds.
        first: float(curve.grid.start) - time.domain_start,
        step: float(curve.grid.step),
        per_x: time.factor,
        top: height.pixel_start,
        zero: height.domain_start,
        per_y: height.factor,
    };
    let mut runs = stretch.iter().map(|run| column::course(heights, run.clone(), &place));
    let mut points = runs.next().unwrap_or_default();
    runs.for_each(|run| points.extend(run));
    points
}

/// The base of an area without a base of its own: a horizontal line at zero, as wide as `path`.
fn zero_base(pen: &PlotTransform, path: &[Point]) -> Vec<Point> {
    [path.first(), path.last()].into_iter().flatten().map(|end| Point { x: end.x, y: pen.zero }).collect()
}
