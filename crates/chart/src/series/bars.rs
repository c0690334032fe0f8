//! Bars over time: a rectangle for each sample, aligned to whole pixels.

use crate::number::{float, floored};
use crate::scene::{Fade, Point, Rect};
use crate::series::curve::{ColorRegions, Curve, Drawn, PlotTransform};

/// The space between two bars, as a share of the distance between samples.
const SPACE: f64 = 0.2;
/// Bars touch each other if samples are closer together than this, device px: a space of a whole pixel would be too large.
const LEAST_ROOM: f64 = 3.0;

/// Draws the bars of a curve, from their base.
pub fn draw_bars(
    curve: &Curve,
    course: &[Point],
    base: Option<&[Point]>,
    pen: &PlotTransform,
    rooms: ColorRegions,
    fade: Option<Fade>,
    drawn: &mut Drawn,
) {
    let step = float(curve.grid.step) * pen.time.factor;
    let width = (curve.style.width * pen.ratio).round();
    for bar in bars(course, base, step, pen.zero, pen.plot) {
        let is_outlined = curve.style.fill < 1.0 && width > 0.0;
        // A bar that is too small for its outline is filled completely.
        let is_narrow = bar.width().min(bar.height()) <= 2.0 * width;
        let fill = if is_outlined && is_narrow { 1.0 } else { curve.style.fill };
        for (room, color) in rooms.iter().filter(|_| fill > 0.0) {
            let part = Rect { top: bar.top.max(room.top), bottom: bar.bottom.min(room.bottom), ..bar };
            if part.top < part.bottom {
                drawn.areas.push(part.filled(curve.ink(*color), fill, fade));
            }
        }
        if is_outlined && !is_narrow {
            curve.stroke(bar.outline(width), width, rooms, drawn);
        }
    }
}

/// The bars of samples at `tops`, which are `step` px apart. Each bar begins at its point in `bases`, or at `zero` if there are none.
/// Samples in the same pixel column share a bar that reaches as far as any of them.
fn bars(tops: &[Point], bases: Option<&[Point]>, step: f64, zero: f64, plot: Rect) -> Vec<Rect> {
    let bases = bases.map(|bases| columns(bases, step));
    let mut bars = Vec::new();
    for (index, column) in columns(tops, step).iter().enumerate() {
        let base = bases.as_ref().and_then(|bases| bases.get(index));
        let (top, bottom) = match base {
            Some(base) if column.high < base.high => (column.high, base.high),
            Some(base) => (base.low, column.low),
            None => (column.high.min(zero), column.low.max(zero)),
        };
        let (left, right) = (column.left.max(plot.left), column.right.min(plot.right));
        if top < bottom && top < plot.bottom && bottom > plot.top && left < right {
            // A small value still has a bar of one pixel.
            let top = top.min(plot.bottom - 1.0).max(plot.top).round();
            let bottom = bottom.max(plot.top).min(plot.bottom).round().max(top + 1.0);
            bars.push(Rect { left, top, right, bottom });
        }
    }
    bars
}

/// The samples of one bar. `high` and `low` are y coordinates, px downwards.
struct Column {
    left: f64,
    right: f64,
    high: f64,
    low: f64,
}

fn columns(points: &[Point], step: f64) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for &Point { x, y } in points {
        let (left, right) = room(x, step);
        match columns.last_mut() {
            Some(last) if last.left >= left => (last.high, last.low) = (last.high.min(y), last.low.max(y)),
            _ => columns.push(Column { left, right, high: y, low: y }),
        }
    }
    columns
}

/// The left and the right edge of the bar of a sample at `x`.
fn room(x: f64, step: f64) -> (f64, f64) {
    if step < 1.0 {
        let left = float(floored(x));
        return (left, left + 1.0);
    }
    let space = if step < LEAST_ROOM { 0.0 } else { (step * SPACE).round().max(1.0) };
    let edge = |x: f64| (x + space / 2.0).round();
    (edge(x - step / 2.0), edge(x + step / 2.0) - space)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLOT: Rect = Rect { left: 0.0, top: 0.0, right: 100.0, bottom: 50.0 };

    fn drawn(tops: &[(f64, f64)], bases: Option<&[f64]>, step: f64) -> Vec<(f64, f64, f64, f64)> {
        let points: Vec<Point> = tops.iter().map(|&(x, y)| Point { x, y }).collect();
        let bases: Option<Vec<Point>> = bases.map(|bases| points.iter().zip(bases).map(|(point, y)| Point { x: point.x, y: *y }).collect());
        let bars = bars(&points, bases.as_deref(), step, 40.0, PLOT);
        bars.into_iter().map(|Rect { left, top, right, bottom }| (left, right, top, bottom)).collect()
    }

    #[test]
    fn bars_begin_at_zero_and_go_up_or_down() {
        assert_eq!(drawn(&[(20.0, 10.0), (30.0, 45.0), (40.0, 40.0)], None, 10.0), [(16.0, 24.0, 10.0, 40.0), (26.0, 34.0, 40.0, 45.0)]);
        assert_eq!(drawn(&[(20.0, 39.9)], None, 10.0), [(16.0, 24.0, 40.0, 41.0)], "a small value has a bar of one pixel");
    }

    #[test]
    fn all_spaces_between_bars_are_equal() {
        let spaces = |step: f64| -> Vec<f64> {
            let points: Vec<_> = (0..20).map(|index| (10.0 + f64::from(index) * step, 10.0)).collect();
            drawn(&points, None, step).windows(2).map(|pair| pair[1].0 - pair[0].1).collect()
        };
        assert_eq!(spaces(4.3), [1.0; 19]);
        assert_eq!(spaces(2.3), [0.0; 19], "bars are too close for spaces");
    }

    #[test]
    fn bars_in_one_pixel_column_keep_the_extremes() {
        let points = [(3.1, 30.0), (3.3, 12.0), (3.6, 44.0), (4.2, 20.0)];
        assert_eq!(drawn(&points, None, 0.3), [(3.0, 4.0, 12.0, 44.0), (4.0, 5.0, 20.0, 40.0)]);
        assert_eq!(drawn(&points[..2], Some(&[35.0, 33.0]), 0.3), [(3.0, 4.0, 12.0, 33.0)], "on top of the bars below");
    }

    #[test]
    fn bars_are_clipped_to_the_plot() {
        assert_eq!(drawn(&[(1.0, -30.0), (99.0, 30.0)], None, 20.0), [(0.0, 9.0, 0.0, 40.0), (91.0, 100.0, 30.0, 40.0)]);
    }
}
