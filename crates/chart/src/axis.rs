//! Axes: grid lines, ticks, labels, and marked intervals.

pub mod range;
pub mod ticks;
pub mod words;

use crate::axis::ticks::time;
use crate::axis::words::ellipsized;
use crate::number::float;
use crate::scene::{Anchor, FONT_SIZE, Ink, Label, Point, Rect, Scene, Shape, Side};
use crate::series::spec::Mark;

/// The height of a row of labels. All lengths in this file are CSS px.
pub const ROW: f64 = FONT_SIZE + 3.0;
/// The length of a tick.
pub const TICK: f64 = 4.0;
/// The space between an axis and its labels.
pub const LABEL_GAP: f64 = 6.0;
/// The height of a mark's bar on the time axis.
const MARK: f64 = 3.0;
/// A mark that is narrower than this is drawn as a line.
const SHORTEST_MARK: f64 = 2.0;
/// The opacity of marks over the plot.
const MARKED: f64 = 0.14;

/// The width of grid lines and thresholds: 1 CSS px, in whole device pixels.
pub fn hairline(ratio: f64) -> f64 {
    ratio.round().max(1.0)
}

/// The centre of a line near `position` that covers whole pixels; `width` is a whole number.
pub fn crisp(position: f64, width: f64) -> f64 {
    position.round() + width % 2.0 / 2.0
}

/// Adds the labels of a value axis beside the plot, with grid lines across it, or with ticks if the other axis has grid lines.
pub fn value_axis(scene: &mut Scene, ticks: Vec<(f64, String)>, side: Side, has_grid: bool) {
    let Scene { plot, size, .. } = *scene;
    let width = hairline(size.ratio);
    let (tick, gap) = (TICK * size.ratio, LABEL_GAP * size.ratio);
    let (at, anchor) = match side {
        Side::Left => (plot.left - gap, Anchor::Right),
        Side::Right => (plot.right + gap, Anchor::Left),
    };
    let mut lowest_free = f64::INFINITY;
    for (value, text) in ticks {
        // The lowest line is the pixel row below the plot.
        let y = crisp(scene.y(value, side), width);
        let (from, to) = if has_grid { (plot.right, plot.right + tick) } else { (plot.left, plot.right) };
        let points = vec![Point { x: from, y }, Point { x: to, y }];
        scene.grid.push(Shape::Line { points, ink: Ink::Grid, width });
        // In a very low plot some labels are left out.
        if y <= lowest_free {
            scene.labels.push(Label { text, at: Point { x: at, y }, anchor, on: None });
            lowest_free = y - ROW * size.ratio;
        }
    }
}

/// Adds ticks below the plot, with one or two rows of labels.
pub fn time_axis(scene: &mut Scene, ticks: Vec<time::Tick>, measure: &dyn Fn(&str) -> f64) {
    let Scene { plot, size, .. } = *scene;
    let (scale, width) = (scene.time_scale(), hairline(size.ratio));
    let device_width = size.width * size.ratio;
    let row = |number: f64| plot.bottom + (TICK + LABEL_GAP / 2.0 + number * ROW) * size.ratio;
    for tick in ticks {
        let x = crisp(scale.map(float(tick.at)), width);
        let points = vec![Point { x, y: plot.bottom }, Point { x, y: plot.bottom + TICK * size.ratio }];
        scene.grid.push(Shape::Line { points, ink: Ink::Grid, width });
        let texts = [(Some(tick.label), row(0.0)), (tick.under, row(1.0))];
        for (text, y) in texts.into_iter().filter_map(|(text, y)| Some((text?, y))) {
            // Labels are not cut off at the edges of the drawing.
            let half = measure(&text) * size.ratio / 2.0;
            let x = x.min(device_width - half).max(half);
            scene.labels.push(Label { text, at: Point { x, y }, anchor: Anchor::Top, on: None });
        }
    }
}

/// Adds the names of the value axes above them. Names are horizontal, since rotated text is hard to read.
pub fn names(scene: &mut Scene, names: [(&str, Side); 2], measure: &dyn Fn(&str) -> f64) {
    let Scene { size, .. } = *scene;
    let shown = names.iter().filter(|(name, _)| !name.is_empty()).count();
    let room = size.width / if shown > 1 { 2.0 } else { 1.0 } - LABEL_GAP;
    for (name, side) in names.into_iter().filter(|(name, _)| !name.is_empty()) {
        let (x, anchor) = match side {
            Side::Left => (0.0, Anchor::Left),
            Side::Right => (size.width * size.ratio, Anchor::Right),
        };
        let at = Point { x, y: ROW / 2.0 * size.ratio };
        scene.labels.push(Label { text: ellipsized(name, room, measure), at, anchor, on: None });
    }
}

/// Draws marked intervals over the plot, each with a bar on the time axis.
pub fn marks(scene: &mut Scene, marks: &[Mark]) {
    let Scene { plot, size, window, .. } = *scene;
    let (scale, width) = (scene.time_scale(), hairline(size.ratio));
    for mark in marks.iter().filter(|mark| mark.start <= window.end && mark.end >= window.start) {
        let x = |at: i64| scale.map(float(at.clamp(window.start, window.end))).round();
        let (left, right) = (x(mark.start), x(mark.end));
        let ink = Ink::Token(mark.color);
        let is_short = right - left < SHORTEST_MARK * size.ratio;
        let room = if is_short {
            let left = left.min(plot.right - width).max(plot.left);
            Rect { left, right: (left + width).min(plot.right), ..plot }
        } else {
            Rect { left, right, ..plot }
        };
        scene.shapes.push(room.filled(ink, if is_short { 1.0 } else { MARKED }, None));
        // The bar of a short mark is wider than its line, so that it can be seen.
        let beside = if is_short { (MARK * size.ratio / 2.0).round() } else { 0.0 };
        let top = plot.bottom + width;
        let bar = Rect { left: room.left - beside, top, right: room.right + beside, bottom: top + (MARK * size.ratio).round() };
        scene.grid.push(bar.filled(ink, 1.0, None));
    }
}
