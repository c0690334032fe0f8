//! Which series is under the pointer. The scene knows: it has stacked, scaled and thinned them already.

use crate::chart::{Ink, Point, Scene, Shape};

/// Beside the end of a line, or in a gap of it, it is still the line that is meant, CSS px.
const REACH: f64 = 12.0;

/// The colour of the line that is nearest to a place, CSS px from the corner of the chart.
pub fn nearest(scene: &Scene, x: f64, y: f64) -> Option<Ink> {
    let (ratio, mut best) = (scene.size.ratio, None::<(f64, Ink)>);
    for shape in &scene.shapes {
        let Shape::Line { points, ink: ink @ Ink::Series(_), .. } = shape else { continue };
        let Some(distance) = height_at(points, x * ratio, REACH * ratio).map(|height| (height - y * ratio).abs()) else { continue };
        if best.is_none_or(|(nearest, _)| distance < nearest) {
            best = Some((distance, *ink));
        }
    }
    best.map(|(_, ink)| ink)
}

/// How far down a line is at `x`; beside its ends, within `reach`, as far as these. The points are in order from left to right.
fn height_at(points: &[Point], x: f64, reach: f64) -> Option<f64> {
    let after = points.partition_point(|point| point.x < x);
    let before = after.checked_sub(1).and_then(|before| points.get(before));
    match (before, points.get(after)) {
        (Some(from), Some(to)) if to.x > from.x => Some(from.y + (to.y - from.y) * (x - from.x) / (to.x - from.x)),
        (Some(end), _) | (None, Some(end)) => ((end.x - x).abs() <= reach).then_some(end.y),
        (None, None) => None,
    }
}
