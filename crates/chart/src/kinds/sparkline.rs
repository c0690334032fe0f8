//! A line with its area and without axes, as large as its box.

use crate::scene::{AxisRange, Ink, Rect, Scene, Side, Size};
use crate::series::curve::{Curve, Drawn, PlotTransform};
use crate::series::draw::draw;
use crate::series::style::Style;
use model::dashboard::ShowPoints;
use model::series::Grid;
use model::time::Window;
use std::borrow::Cow;

/// The opacity of the area.
const FILL: f64 = 0.16;
/// The margin at the top and the bottom for half of the line's width, CSS px.
const ROOM: f64 = 2.0;

/// Draws `values`, evenly spaced over the width. Gaps stay gaps; the lowest and the highest value touch the edges.
pub fn sparkline(values: &[f64], ink: Ink, size: Size) -> Scene {
    let (width, height) = size.device();
    let room = ROOM * size.ratio;
    let bottom = (f64::from(height) - room).max(0.0);
    let plot = Rect { left: 0.0, top: room.min(bottom), right: f64::from(width), bottom };
    let last = i64::try_from(values.len().saturating_sub(1)).unwrap_or(0);
    let window = Window { start: 0, end: last.max(1) };
    let grid = Grid { start: 0, step: 1, len: values.len() };
    let style = Style { fill: FILL, points: ShowPoints::Never, ..Style::default() };
    let curve = Curve { grid, heights: Cow::Borrowed(values), base: None, ink, style };
    let (low, high) = match curve.extent(window) {
        Some((low, high)) if low < high => (low, high),
        // A flat line is in the middle.
        Some((value, _)) => (value - 1.0, value + 1.0),
        None => (0.0, 1.0),
    };
    let mut scene = Scene { left: AxisRange { low, high, is_log: false }, ..Scene::empty(size, plot, window) };
    if !plot.has_area() {
        return scene;
    }
    let pen = PlotTransform {
        window,
        time: scene.time_scale(),
        height: scene.height_scale(Side::Left),
        zero: scene.y(0.0, Side::Left),
        plot,
        ratio: size.ratio,
        regions: Vec::new(),
    };
    let mut drawn = Drawn::default();
    draw(&curve, &pen, None, &mut drawn);
    scene.shapes = drawn.areas;
    scene.shapes.extend(drawn.lines);
    scene
}
