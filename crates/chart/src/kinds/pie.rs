//! Pie and ring charts: shares of a whole, clockwise from the top.

use crate::kinds::cells::Cells;
use crate::kinds::wheel::PieGeometry;
use crate::number::float;
use crate::scene::{Anchor, FONT_SIZE, Ink, Label, Point, Rect, Scene, Shape, Size};
use model::time::Window;
use std::f64::consts::TAU;

/// One slice.
#[derive(Clone, Debug, PartialEq)]
pub struct Slice {
    /// Its share of the whole, 0 to 1. All shares sum up to 1.
    pub share: f64,
    /// Its colour.
    pub ink: Ink,
    /// Its text, line by line, which is shown if it fits.
    pub lines: Vec<String>,
}

/// The margin around the chart, CSS px.
const MARGIN: f64 = 6.0;
/// The radius of the hole of a ring, as a share of the ring's radius.
const HOLE: f64 = 0.62;
/// The gap between two slices at the rim, CSS px.
const GAP: f64 = 1.5;
/// The height of a line of text on a slice, CSS px.
const LINE: f64 = FONT_SIZE + 3.0;

/// Lays out a pie or a `ring`, as large as fits. `measure` returns the width of a text in CSS px, at [`FONT_SIZE`].
pub fn pie(slices: &[Slice], ring: bool, size: Size, measure: &dyn Fn(&str) -> f64) -> Cells {
    let Size { width, height, ratio } = size;
    let outer = (width.min(height) / 2.0 - MARGIN).max(0.0) * ratio;
    let center = Point { x: (width * ratio / 2.0).round(), y: (height * ratio / 2.0).round() };
    let plot = Rect { left: center.x - outer, top: center.y - outer, right: center.x + outer, bottom: center.y + outer };
    let window = Window { start: 0, end: 1 };
    let mut scene = Scene::empty(size, plot, window);
    let mut wheel = PieGeometry { center, inner: if ring { outer * HOLE } else { 0.0 }, outer, slices: Vec::new() };
    let mut row = Vec::new();
    let mut begin = 0.0;
    for slice in slices.iter().filter(|_| outer > 0.0) {
        let end = begin + slice.share;
        wheel.slices.push((begin, end));
        // The gaps take at most half of a slice. A single slice has no gap.
        let gap = if slice.share < 1.0 { (GAP * ratio / (TAU * outer) / 2.0).min(slice.share / 4.0) } else { 0.0 };
        scene.shapes.push(Shape::Area { points: wheel.outline(begin + gap, end - gap), ink: slice.ink, opacity: 1.0, fade: None });
        // The box is at the rim, so that a mark does not cover text.
        row.push(around(wheel.at(f64::midpoint(begin, end), outer), MARGIN / 2.0 * ratio));
        label(&mut scene, &wheel, slice, (begin, end), measure);
        begin = end;
    }
    Cells { scene: scene.into(), rows: vec![row], wheel: Some(wheel) }
}

/// Adds the text of a slice if all its lines fit on it.
fn label(scene: &mut Scene, wheel: &PieGeometry, slice: &Slice, ends: (f64, f64), measure: &dyn Fn(&str) -> f64) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::wheel::direction;

    #[test]
    fn directions_equal_sine_and_cosine_of_the_standard_library() {
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
        // The radius is 50.
        let shares = [0.6, 0.3, 0.1];
        let places = [(10.0, -10.0), (30.0, 30.0), (-5.0, 40.0), (-30.0, 0.0), (-10.0, -40.0), (0.0, -60.0)];
        assert_eq!(places.map(|place| found(false, &shares, place)), [Some(0), Some(0), Some(0), Some(1), Some(2), None]);
        assert_eq!(places.map(|place| found(true, &shares, place)), [None, Some(0), Some(0), None, Some(2), None]);
        assert_eq!(found(false, &[1.0], (-1.0, -1.0)), Some(0));
    }
}
