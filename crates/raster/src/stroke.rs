//! Computes the outline of a line.
//!
//! The outline is two chains of edges, one along each side. At a gentle turn both sides get a mitre, so that no pixel is counted twice. At
//! a sharp turn the outer side is rounded, like a canvas' `lineJoin = "round"`. If the two strokes of a spike overlap from end to end, the
//! second one goes into the mask's other layer, or the spike would be bolder than the line.

use crate::Point;
use crate::mask::Mask;

/// The cosine of the sharpest turn whose mitre looks like a round join: about 45 degrees.
const GENTLE: f64 = 0.7;
/// The cosine of 120 degrees: at a sharper turn the line goes back.
const BACK: f64 = -0.5;
/// Above this radius an arc needs more corners to look round, px.
const LARGE: f64 = 1.25;
/// Points closer together than this count as one, px.
const NEAR: f64 = 1e-3;

/// A segment of the line.
#[derive(Clone, Copy)]
struct Segment {
    /// Its direction: a unit vector.
    along: Point,
    length: f64,
}

impl Segment {
    fn between(from: Point, to: Point) -> Option<Self> {
        let (x, y) = (to.x - from.x, to.y - from.y);
        let length = (x * x + y * y).sqrt();
        (length > NEAR).then(|| Self { along: Point { x: x / length, y: y / length }, length })
    }

    /// The unit vector across the segment, to the left of its direction.
    fn left(self) -> Point {
        Point { x: self.along.y, y: -self.along.x }
    }
}

/// The end points of both chains.
#[derive(Clone, Copy)]
struct Sides {
    left: Point,
    right: Point,
}

/// Adds the outline of a line to a mask; `radius` is half its width. After each point, `done` gets an x to the left of which no more edges
/// come, provided that the line only goes to the right.
pub fn outline(points: &[Point], radius: f64, mask: &mut Mask, mut done: impl FnMut(&mut Mask, f64)) {
    let mut points = points.iter().copied();
    let Some(mut at) = points.next() else { return };
    let mut last: Option<(Segment, Sides)> = None;
    for next in points {
        let Some(segment) = Segment::between(at, next) else { continue };
        let sides = match last {
            None => {
                let sides = ends(at, segment, radius);
                mask.edge(sides.right, sides.left);
                sides
            }
            Some((before, sides)) => turn(at, before, segment, sides, radius, mask),
        };
        done(mask, at.x - radius);
        last = Some((segment, sides));
        at = next;
    }
    if let Some((segment, sides)) = last {
        let end = ends(at, segment, radius);
        mask.edge(sides.left, end.left);
        mask.edge(end.left, end.right);
        mask.edge(end.right, sides.right);
    }
}

fn away(from: Point, direction: Point, distance: f64) -> Point {
    Point { x: from.x + direction.x * distance, y: from.y + direction.y * distance }
}

/// The points of both sides where a segment begins or ends.
fn ends(at: Point, segment: Segment, radius: f64) -> Sides {
    Sides { left: away(at, segment.left(), radius), right: away(at, segment.left(), -radius) }
}

/// Extends both chains from `sides` along `before` to the turn at `at` and around it, to the start of `after`. Returns their new ends.
fn turn(at: Point, before: Segment, after: Segment, sides: Sides, radius: f64, mask: &mut Mask) -> Sides {
    let (a, b) = (before.left(), after.left());
    let cosine = a.x * b.x + a.y * b.y;
    // The mitre's inner corner must not lie beyond the other end of a segment. For a gentle turn it is at most 0.42 of the radius away.
    if cosine > GENTLE && before.length.min(after.length) > 0.42 * radius {
        let corner = Point { x: (a.x + b.x) / (1.0 + cosine), y: (a.y + b.y) / (1.0 + cosine) };
        let next = Sides { left: away(at, corner, radius), right: away(at, corner, -radius) };
        mask.edge(sides.left, next.left);
        mask.edge(next.right, sides.right);
        return next;
    }
    let (end, begin) = (ends(at, before, radius), ends(at, after, radius));
    let is_right_turn = before.along.x * after.along.y - before.along.y * after.along.x > 0.0;
    // The point where the inner borders of both strokes meet.
    let corner = Point { x: (a.x + b.x) / (1.0 + cosine), y: (a.y + b.y) / (1.0 + cosine) };
    let trimmed = radius * ((1.0 - cosine) / (1.0 + cosine)).sqrt();
    let meets = trimmed <= before.length.min(after.length);
    let inner = away(at, corner, if is_right_turn { -radius } else { radius });
    // The direction of the tip: defined for all but a straight line.
    let tip = unit(before.along.x - after.along.x, before.along.y - after.along.y);
    // The outer side goes round; the inner side goes through the corner, or else through the centre of the line.
    let (outer, begin_outer) = if is_right_turn { (end.left, begin.left) } else { (end.right, begin.right) };
    let side = |point: Point, other: Point| if is_right_turn { (point, other) } else { (other, point) };
    let mut edge = |(from, to): (Point, Point)| mask.edge(from, to);
    let (last_outer, last_inner) = if is_right_turn { (sides.left, sides.right) } else { (sides.right, sides.left) };
    edge(side(last_outer, outer));
    let mut last = outer;
    let between = |a: Point, b: Point| unit(a.x + b.x, a.y + b.y);
    let out = if is_right_turn { 1.0 } else { -1.0 };
    for (from, to) in [(scaled(a, out), tip), (tip, scaled(b, out))] {
        let half = between(from, to);
        let corners = if radius > LARGE { [between(from, half), half, between(half, to), to] } else { [half, half, to, to] };
        for corner in corners {
            let next = away(at, corner, radius);
            edge(side(last, next));
            last = next;
        }
    }
    if meets {
        edge(side(inner, last_inner));
        return if is_right_turn { Sides { left: begin.left, right: inner } } else { Sides { left: inner, right: begin.right } };
    }
    let (inner, begin_inner) = if is_right_turn { (end.right, begin.right) } else { (end.left, begin.left) };
    edge(side(inner, last_inner));
    edge(side(at, inner));
    if cosine < BACK {
        edge(side(begin_outer, at));
        mask.switch_layer();
        mask.edge(begin.right, begin.left);
    } else {
        edge(side(begin_inner, at));
    }
    begin
}

fn scaled(direction: Point, by: f64) -> Point {
    Point { x: direction.x * by, y: direction.y * by }
}

fn unit(x: f64, y: f64) -> Point {
    let length = (x * x + y * y).sqrt().max(1e-9);
    Point { x: x / length, y: y / length }
}
