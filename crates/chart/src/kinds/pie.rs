//! Pies and rings: shares of a whole, clockwise from the top.

use crate::FONT_SIZE;
use crate::kinds::cells::Cells;
use crate::number::{float, floored};
use crate::scene::{Anchor, Ink, Label, Point, Rect, Scene, Shape};
use crate::series::spec::Size;
use model::time::Window;
use std::f64::consts::TAU;

/// One slice.
#[derive(Clone, Debug, PartialEq)]
pub struct Slice {
    /// Its part of the whole, 0 to 1; all of them come to 1.
    pub share: f64,
    /// Its colour.
    pub ink: Ink,
    /// What is written on it where there is room, line by line.
    pub lines: Vec<String>,
}

/// Where slices are: a ring, or a disc with a hole of no size.
#[derive(Clone, Debug, PartialEq)]
pub struct Wheel {
    /// The middle, device px.
    pub center: Point,
    /// The radius of the hole, device px.
    pub inner: f64,
    /// The radius, device px.
    pub outer: f64,
    /// Where each slice begins and ends, in turns.
    slices: Vec<(f64, f64)>,
}

/// Room around it, CSS px.
const MARGIN: f64 = 6.0;
/// The radius of the hole of a ring, as a share of the whole.
const HOLE: f64 = 0.62;
/// Between two slices at the rim, CSS px.
const GAP: f64 = 1.5;
/// A turn is drawn in so many straight pieces: a tenth of a pixel off on a large screen.
const PIECES: f64 = 128.0;
/// The height of a line of text on a slice, CSS px.
const LINE: f64 = FONT_SIZE + 3.0;

/// Lays a pie out, or a `ring`, as large as there is room. `measure` tells the width of a text in CSS px, at [`FONT_SIZE`].
pub fn pie(slices: &[Slice], ring: bool, size: Size, measure: &dyn Fn(&str) -> f64) -> Cells {
    let Size { width, height, ratio } = size;
    let outer = (width.min(height) / 2.0 - MARGIN).max(0.0) * ratio;
    let center = Point { x: (width * ratio / 2.0).round(), y: (height * ratio / 2.0).round() };
    let plot = Rect { left: center.x - outer, top: center.y - outer, right: center.x + outer, bottom: center.y + outer };
    let window = Window { start: 0, end: 1 };
    let mut scene = Scene::empty(size, plot, window);
    let mut wheel = Wheel { center, inner: if ring { outer * HOLE } else { 0.0 }, outer, slices: Vec::new() };
    let mut row = Vec::new();
    let mut begin = 0.0;
    for slice in slices.iter().filter(|_| outer > 0.0) {
        let end = begin + slice.share;
        wheel.slices.push((begin, end));
        // A slice keeps at least half of itself, and what is alone has no gap.
        let gap = if slice.share < 1.0 { (GAP * ratio / (TAU * outer) / 2.0).min(slice.share / 4.0) } else { 0.0 };
        scene.shapes.push(Shape::Area { points: wheel.outline(begin + gap, end - gap), ink: slice.ink, opacity: 1.0, fade: None });
        // At the rim, where a mark covers no words.
        row.push(around(wheel.at(f64::midpoint(begin, end), outer), MARGIN / 2.0 * ratio));
        label(&mut scene, &wheel, slice, (begin, end), measure);
        begin = end;
    }
    Cells { scene: scene.into(), rows: vec![row], wheel: Some(wheel) }
}

impl Wheel {
    /// Which slice is at a place, device px.
    pub(crate) fn find(&self, place: Point) -> Option<usize> {
        self.slices.iter().position(|slice| self.holds(*slice, place))
    }

    fn at(&self, turn: f64, radius: f64) -> Point {
        let Point { x, y } = direction(turn);
        Point { x: self.center.x + x * radius, y: self.center.y + y * radius }
    }

    /// The middle of a slice: of a disc further out, where it is wide.
    fn middle(&self, begin: f64, end: f64) -> Point {
        let radius = if self.inner > 0.0 { f64::midpoint(self.inner, self.outer) } else { self.outer * 0.62 };
        self.at(f64::midpoint(begin, end), if end - begin < 1.0 || self.inner > 0.0 { radius } else { 0.0 })
    }

    fn outline(&self, begin: f64, end: f64) -> Vec<Point> {
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
    fn holds(&self, (begin, end): (f64, f64), place: Point) -> bool {
        let (x, y) = (place.x - self.center.x, place.y - self.center.y);
        let distance = x * x + y * y;
        if distance < self.inner * self.inner || distance > self.outer * self.outer {
            return false;
        }
        // Whether it is clockwise from a direction, by less than half a turn.
        let after = |turn: f64| {
            let from = direction(turn);
            from.x * y - from.y * x >= 0.0
        };
        if end - begin > 0.5 { after(begin) || !after(end) } else { after(begin) && !after(end) }
    }
}

/// The lines of a slice, if all of them fit on it.
fn label(scene: &mut Scene, wheel: &Wheel, slice: &Slice, ends: (f64, f64), measure: &dyn Fn(&str) -> f64) {
    let ratio = scene.size.ratio;
    let middle = wheel.middle(ends.0, ends.1);
    let half_width = slice.lines.iter().map(|line| measure(line)).fold(0.0, f64::max) * ratio / 2.0;
    let height = LINE * ratio * float(i64::try_from(slice.lines.len()).unwrap_or(0));
    let corner = |x: f64, y: f64| Point { x: middle.x + x * half_width, y: middle.y + y * height / 2.0 };
    let corners = [corner(-1.0, -1.0), corner(1.0, -1.0), corner(-1.0, 1.0), corner(1.0, 1.0)];
    if !corners.into_iter().all(|corner| wheel.holds(ends, corner)) {
        return;
    }
    let mut y = middle.y - (height - LINE * ratio) / 2.0;
    for line in &slice.lines {
        scene.labels.push(Label { text: line.clone(), at: Point { x: middle.x, y }, anchor: Anchor::Middle, on: Some(slice.ink) });
        y += LINE * ratio;
    }
}

fn around(middle: Point, radius: f64) -> Rect {
    Rect { left: middle.x - radius, top: middle.y - radius, right: middle.x + radius, bottom: middle.y + radius }
}

/// The direction after a part of a turn, clockwise from straight up. By the first terms of the series, without the mathematical library: its
/// tables are kilobytes of a download.
fn direction(turn: f64) -> Point {
    // Within an eighth of a turn the series are exact to a billionth.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_those_of_the_mathematical_library() {
        for step in -50..150 {
            let turn = f64::from(step) / 100.0;
            let Point { x, y } = direction(turn);
            let (sine, cosine) = (turn * TAU).sin_cos();
            assert!((x - sine).abs() < 1e-7 && (y + cosine).abs() < 1e-7, "{turn}: {x} {y}");
        }
    }

    #[test]
    fn a_place_finds_its_slice() {
        let slice = |share| Slice { share, ink: Ink::Series(0), lines: Vec::new() };
        let size = Size { width: 112.0, height: 212.0, ratio: 2.0 };
        let found = |ring: bool, shares: &[f64], (x, y): (f64, f64)| {
            let slices: Vec<Slice> = shares.iter().copied().map(slice).collect();
            pie(&slices, ring, size, &|_| 0.0).find(56.0 + x, 106.0 + y).map(|spot| spot.cell)
        };
        // A radius of 50 round the middle.
        let shares = [0.6, 0.3, 0.1];
        let places = [(10.0, -10.0), (30.0, 30.0), (-5.0, 40.0), (-30.0, 0.0), (-10.0, -40.0), (0.0, -60.0)];
        assert_eq!(places.map(|place| found(false, &shares, place)), [Some(0), Some(0), Some(0), Some(1), Some(2), None]);
        assert_eq!(places.map(|place| found(true, &shares, place)), [None, Some(0), Some(0), None, Some(2), None]);
        assert_eq!(found(false, &[1.0], (-1.0, -1.0)), Some(0));
    }
}
