//! The geometry of a pie or ring: the outlines of slices, and which slice is at a place.

use crate::number::{float, floored};
use crate::scene::Point;
use std::f64::consts::TAU;

/// The slices of a ring. A pie is a ring whose hole has radius 0.
#[derive(Clone, Debug, PartialEq)]
pub struct PieGeometry {
    /// The centre, device px.
    pub center: Point,
    /// The radius of the hole, device px.
    pub inner: f64,
    /// The radius, device px.
    pub outer: f64,
    /// The begin and end of each slice, in turns.
    pub slices: Vec<(f64, f64)>,
}

/// The number of straight pieces in a full turn: at most a tenth of a pixel off on a large screen.
const PIECES: f64 = 128.0;

impl PieGeometry {
    /// The slice at a place, device px.
    pub fn find(&self, place: Point) -> Option<usize> {
        self.slices.iter().position(|slice| self.holds(*slice, place))
    }

    pub fn at(&self, turn: f64, radius: f64) -> Point {
        let Point { x, y } = direction(turn);
        Point { x: self.center.x + x * radius, y: self.center.y + y * radius }
    }

    /// The middle of a slice. In a pie it is further out, where the slice is wide.
    pub fn middle(&self, begin: f64, end: f64) -> Point {
        let radius = if self.inner > 0.0 { f64::midpoint(self.inner, self.outer) } else { self.outer * 0.62 };
        self.at(f64::midpoint(begin, end), if end - begin < 1.0 || self.inner > 0.0 { radius } else { 0.0 })
    }

    pub fn outline(&self, begin: f64, end: f64) -> Vec<Point> {
        let pieces = floored((end - begin) * PIECES).max(0) + 1;
        let turn = |piece: i64| begin + (end - begin) * float(piece) / float(pieces);
        let mut points: Vec<Point> = (0..=pieces).map(|piece| self.at(turn(piece), self.outer)).collect();
        if self.inner > 0.0 {
            points.extend((0..=pieces).rev().map(|piece| self.at(turn(piece), self.inner)));
        } else if end - begin < 1.0 {
            points.push(self.center);
        }
        points
    }

    /// Whether `place` is on the slice.
    pub fn holds(&self, (begin, end): (f64, f64), place: Point) -> bool {
        let (x, y) = (place.x - self.center.x, place.y - self.center.y);
        let distance = x * x + y * y;
        if distance < self.inner * self.inner || distance > self.outer * self.outer {
            return false;
        }
        // Whether `place` is clockwise from a direction by less than half a turn.
        let after = |turn: f64| {
            let from = direction(turn);
            from.x * y - from.y * x >= 0.0
        };
        if end - begin > 0.5 { after(begin) || !after(end) } else { after(begin) && !after(end) }
    }
}

/// The direction after a part of a turn, clockwise from straight up, as a unit vector. It uses the first terms of the Taylor series, since
/// the tables of `sin` and `cos` in the math library add kilobytes to the download.
pub fn direction(turn: f64) -> Point {
    // Within an eighth of a turn the series have an error below 1e-9.
    let eighths = floored(turn * 4.0 + 0.5);
    let angle = (turn - float(eighths) / 4.0) * TAU;
    let square = angle * angle;
    let sine = angle * (1.0 - square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0 * (1.0 - square / 72.0))));
    let cosine = 1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0 * (1.0 - square / 56.0)));
    match eighths.rem_euclid(4) {
        0 => Point { x: sine, y: -cosine },
        1 => Point { x: cosine, y: sine },
        2 => Point { x: -sine, y: cosine },
        _ => Point { x: -cosine, y: -sine },
    }
}
