//! Interpolation between samples: linear, in steps, or smooth.

use crate::number::{float, whole};
use crate::scene::Point;
use model::dashboard::LineInterpolation;

/// Samples closer together than this, device px, are joined by straight lines: a curve between them could not be seen.
const CLOSE: f64 = 2.0;
/// The approximate length of the straight pieces of a curve, device px.
const PIECE: f64 = 3.0;
/// The most pieces of a curve between two samples.
const MAX_PIECES: i64 = 32;

/// The path of a line through `points`, whose x must increase.
pub fn bend(points: Vec<Point>, interpolation: LineInterpolation) -> Vec<Point> {
    match interpolation {
        LineInterpolation::Linear => points,
        LineInterpolation::StepAfter => steps(&points, |before, after| Point { x: after.x, y: before.y }),
        LineInterpolation::StepBefore => steps(&points, |before, after| Point { x: before.x, y: after.y }),
        LineInterpolation::Smooth => smooth(points),
    }
}

fn steps(points: &[Point], corner: fn(Point, Point) -> Point) -> Vec<Point> {
    let mut path = Vec::with_capacity(points.len() * 2);
    path.extend(points.first());
    for (&before, &after) in points.iter().zip(points.iter().skip(1)) {
        path.extend([corner(before, after), after]);
    }
    path
}

/// The part of a curve from one sample to the next.
struct Segment {
    from: Point,
    to: Point,
    slope: f64,
}

impl Segment {
    fn width(&self) -> f64 {
        self.to.x - self.from.x
    }
}

/// Monotone cubic interpolation after Fritsch and Carlson, as in uPlot: horizontal at local extremes, so that no curve overshoots.
fn smooth(points: Vec<Point>) -> Vec<Point> {
    let ends = points.first().zip(points.last());
    let spaces = i32::try_from(points.len()).unwrap_or(i32::MAX) - 1;
    if ends.is_none_or(|(first, last)| last.x - first.x < CLOSE * f64::from(spaces)) {
        return points;
    }
    let segment = |(&from, &to): (&Point, &Point)| Segment { from, to, slope: (to.y - from.y) / (to.x - from.x) };
    let segments: Vec<Segment> = points.iter().zip(points.iter().skip(1)).map(segment).collect();
    let mut path = Vec::with_capacity(points.len() * 4);
    path.extend(points.first());
    let mut before: Option<&Segment> = None;
    for (index, segment) in segments.iter().enumerate() {
        let start = before.map_or(segment.slope, |before| turn(before, segment));
        let end = segments.get(index + 1).map_or(segment.slope, |after| turn(segment, after));
        trace(segment, start, end, &mut path);
        before = Some(segment);
    }
    path
}

/// The slope at the sample between two segments.
fn turn(before: &Segment, after: &Segment) -> f64 {
    if before.slope * after.slope <= 0.0 {
        return 0.0;
    }
    let (a, b) = (before.width(), after.width());
    let slope = 3.0 * (a + b) / ((2.0 * b + a) / before.slope + (b + 2.0 * a) / after.slope);
    if slope.is_finite() { slope } else { 0.0 }
}

/// Adds the pieces of a cubic curve with the slopes `start` and `end` at its ends.
fn trace(segment: &Segment, start: f64, end: f64, path: &mut Vec<Point>) {
    let Segment { from, to, .. } = *segment;
    let (width, height) = (segment.width(), to.y - from.y);
    let pieces = whole((width.max(height.abs()) / PIECE).ceil()).clamp(1, MAX_PIECES);
    for piece in 1..pieces {
        let share = float(piece) / float(pieces);
        let rest = 1.0 - share;
        let rise = share * share * (3.0 - 2.0 * share);
        let y = from.y + height * rise + width * share * rest * (start * rest - end * share);
        path.push(Point { x: from.x + width * share, y });
    }
    path.push(to);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn points(values: &[(f64, f64)]) -> Vec<Point> {
        values.iter().map(|&(x, y)| Point { x, y }).collect()
    }

    #[test]
    fn steps_come_after_or_before_a_sample() {
        let path = points(&[(0.0, 1.0), (10.0, 5.0), (20.0, 2.0)]);
        let after = points(&[(0.0, 1.0), (10.0, 1.0), (10.0, 5.0), (20.0, 5.0), (20.0, 2.0)]);
        assert_eq!(bend(path.clone(), LineInterpolation::StepAfter), after);
        let before = points(&[(0.0, 1.0), (0.0, 5.0), (10.0, 5.0), (10.0, 2.0), (20.0, 2.0)]);
        assert_eq!(bend(path, LineInterpolation::StepBefore), before);
    }

    #[test]
    fn close_samples_are_joined_by_straight_lines() {
        let close: Vec<Point> = (0..50).map(|x| Point { x: f64::from(x), y: f64::from(x % 3) }).collect();
        assert_eq!(bend(close.clone(), LineInterpolation::Smooth), close);
        assert_eq!(bend(Vec::new(), LineInterpolation::Smooth), []);
    }

    proptest! {
        #[test]
        fn a_curve_goes_through_its_samples_and_never_overshoots(
            values in prop::collection::vec((2.0..80.0_f64, -1e4..1e4_f64), 2..30),
        ) {
            let mut x = 0.0;
            let place = |(space, y): (f64, f64)| { x += space; Point { x, y } };
            let samples: Vec<Point> = values.into_iter().map(place).collect();
            let path = bend(samples.clone(), LineInterpolation::Smooth);
            prop_assert!(path.is_sorted_by(|a, b| a.x < b.x));
            for pair in samples.windows(2) {
                let between: Vec<_> = path.iter().filter(|point| (pair[0].x..=pair[1].x).contains(&point.x)).collect();
                prop_assert_eq!((*between[0], **between.last().unwrap()), (pair[0], pair[1]));
                let (low, high) = (pair[0].y.min(pair[1].y), pair[0].y.max(pair[1].y));
                prop_assert!(between.iter().all(|point| (low - 1e-6..=high + 1e-6).contains(&point.y)));
                prop_assert!(between.is_sorted_by(|a, b| (b.y - a.y) * (pair[1].y - pair[0].y) >= -1e-6), "monotone between two samples");
            }
        }
    }
}
