//! From the middle of a line to its outline.
//!
//! The outline is two chains of edges, one along each side. Where the line turns gently both get the corner of the mitre, so that no
//! pixel is counted twice; where it turns sharply the outer one is rounded, as a browser's `lineJoin = "round"`. Where the two strokes of a
//! spike lie upon each other from end to end, the second goes into the mask's other layer: else the spike would be bolder than the line.

use crate::Point;
use crate::mask::Mask;

/// The cosine of the sharpest turn whose mitre cannot be told from a round corner: about 45 degrees.
const GENTLE: f64 = 0.7;
/// The cosine of a turn that leads back: 120 degrees.
const BACK: f64 = -0.5;
/// A radius from which on an arc needs more corners to look round, px.
const LARGE: f64 = 1.25;
/// Points closer together than this are one, px.
const NEAR: f64 = 1e-3;

/// A segment of the line.
#[derive(Clone, Copy)]
struct Segment {
    /// Its direction, of length 1.
    along: Point,
    length: f64,
}

impl Segment {
    fn between(from: Point, to: Point) -> Option<Self> {
        let (x, y) = (to.x - from.x, to.y - from.y);
        let length = (x * x + y * y).sqrt();
        (length > NEAR).then(|| Self { along: Point { x: x / length, y: y / length }, length })
    }

    /// Across, to the left when looking along: of length 1.
    fn left(self) -> Point {
        Point { x: self.along.y, y: -self.along.x }
    }
}

/// The ends of both chains.
#[derive(Clone, Copy)]
struct Sides {
    left: Point,
    right: Point,
}

/// Adds the outline of a line of a radius (half its width) to a mask. After each point `done` is told left of which x nothing more comes, if
/// the line only goes to the right.
#[inline]
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

/// Both sides where a segment begins or ends.
fn ends(at: Point, segment: Segment, radius: f64) -> Sides {
    Sides { left: away(at, segment.left(), radius), right: away(at, segment.left(), -radius) }
}

/// Leads both chains, which end at `sides`, along `before` to the turn at `at` and into `after`.
#[inline]
fn turn(at: Point, before: Segment, after: Segment, sides: Sides, radius: f64, mask: &mut Mask) -> Sides {
    let (a, b) = (before.left(), after.left());
    let cosine = a.x * b.x + a.y * b.y;
    // The mitre's inner corner must not lie behind the other end of a segment: a sine below 0.7 is at most 0.42 of the radius away.
    if cosine > GENTLE && before.length.min(after.length) > 0.42 * radius {
        let corner = Point { x: (a.x + b.x) / (1.0 + cosine), y: (a.y + b.y) / (1.0 + cosine) };
        let next = Sides { left: away(at, corner, radius), right: away(at, corner, -radius) };
        mask.edge(sides.left, next.left);
        mask.edge(next.right, sides.right);
        return next;
    }
    let (end, begin) = (ends(at, before, radius), ends(at, after, radius));
    let is_right_turn = before.along.x * after.along.y - before.along.y * after.along.x > 0.0;
    // Where the inner borders of both strokes meet.
    let corner = Point { x: (a.x + b.x) / (1.0 + cosine), y: (a.y + b.y) / (1.0 + cosine) };
    let trimmed = radius * ((1.0 - cosine) / (1.0 + cosine)).sqrt();
    let meets = trimmed <= before.length.min(after.length);
    let inner = away(at, corner, if is_right_turn { -radius } else { radius });
    // The way that the tip points: well defined for all but a straight line.
    let tip = unit(before.along.x - after.along.x, before.along.y - after.along.y);
    if is_right_turn {
        mask.edge(sides.left, end.left);
        arc(at, a, tip, b, radius, |from, to| mask.edge(from, to));
        if meets {
            mask.edge(inner, sides.right);
            return Sides { left: begin.left, right: inner };
        }
        mask.edge(end.right, sides.right);
        mask.edge(at, end.right);
        if cosine < BACK {
            mask.edge(begin.left, at);
            mask.turn_over();
            mask.edge(begin.right, begin.left);
        } else {
            mask.edge(begin.right, at);
        }
    } else {
        mask.edge(end.right, sides.right);
        let back = |direction: Point| Point { x: -direction.x, y: -direction.y };
        arc(at, back(a), tip, back(b), radius, |from, to| mask.edge(to, from));
        if meets {
            mask.edge(sides.left, inner);
            return Sides { left: inner, right: begin.right };
        }
        mask.edge(sides.left, end.left);
        mask.edge(end.left, at);
        if cosine < BACK {
            mask.edge(at, begin.right);
            mask.turn_over();
            mask.edge(begin.right, begin.left);
        } else {
            mask.edge(at, begin.left);
        }
    }
    begin
}

fn unit(x: f64, y: f64) -> Point {
    let length = (x * x + y * y).sqrt().max(1e-9);
    Point { x: x / length, y: y / length }
}

/// The edges from one direction over the middle to the other, round `center`.
#[inline]
fn arc(center: Point, from: Point, middle: Point, to: Point, radius: f64, mut edge: impl FnMut(Point, Point)) {
    let mut last = away(center, from, radius);
    let mut go = |direction: Point| {
        let next = away(center, direction, radius);
        edge(last, next);
        last = next;
    };
    let between = |a: Point, b: Point| unit(a.x + b.x, a.y + b.y);
    for (begin, end) in [(from, middle), (middle, to)] {
        let half = between(begin, end);
        if radius > LARGE {
            go(between(begin, half));
            go(half);
            go(between(half, end));
        } else {
            go(half);
        }
        go(end);
    }
}
