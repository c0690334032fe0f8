//! Dashes and dots as separate lines, since drawing backends know no dash pattern.

use super::scene::Point;
use crate::model::dashboard::LineStyle;

/// A path so long that it would have more dashes has longer ones instead: noise need not cost thousands of strokes.
const MOST_DASHES: f64 = 400.0;
/// The same of dots, which are shorter.
const MOST_DOTS: f64 = 1_200.0;

fn distance(a: Point, b: Point) -> f64 {
    (b.x - a.x).hypot(b.y - a.y)
}

/// Cuts a path for a line of a width into dashes; a solid line is one.
pub fn dashes(points: Vec<Point>, style: LineStyle, width: f64) -> Vec<Vec<Point>> {
    // Each with the space behind it, in widths.
    let (dash, space, most) = match style {
        LineStyle::Solid => return vec![points],
        LineStyle::Dash => (4.0 * width, 8.0 / 3.0 * width, MOST_DASHES),
        LineStyle::Dot => (width, 2.0 * width, MOST_DOTS),
    };
    let length: f64 = points.iter().zip(points.iter().skip(1)).map(|(a, b)| distance(*a, *b)).sum();
    let stretch = (length / ((dash + space) * most)).max(1.0);
    let lengths = [dash * stretch, space * stretch];

    let mut cut = Vec::new();
    let mut current: Vec<Point> = points.first().copied().into_iter().collect();
    let (mut drawing, mut left) = (true, lengths[0]);
    for (&a, &b) in points.iter().zip(points.iter().skip(1)) {
        let segment = distance(a, b);
        let mut done = 0.0;
        while segment - done > left {
            done += left;
            let share = done / segment;
            let turn = Point { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
            if drawing {
                current.push(turn);
                cut.push(std::mem::take(&mut current));
            } else {
                current = vec![turn];
            }
            drawing = !drawing;
            left = if drawing { lengths[0] } else { lengths[1] };
        }
        left -= segment - done;
        if drawing {
            current.push(b);
        }
    }
    if current.len() > 1 {
        cut.push(current);
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_has_even_dashes() {
        let line = vec![Point { x: 0.0, y: 0.0 }, Point { x: 30.0, y: 0.0 }];
        let ends = |style| -> Vec<_> { dashes(line.clone(), style, 3.0).iter().map(|dash| (dash[0].x, dash[1].x)).collect() };
        assert_eq!(ends(LineStyle::Dash), [(0.0, 12.0), (20.0, 30.0)]);
        assert_eq!(ends(LineStyle::Dot), [(0.0, 3.0), (9.0, 12.0), (18.0, 21.0), (27.0, 30.0)]);
        assert_eq!(ends(LineStyle::Solid), [(0.0, 30.0)]);
    }

    #[test]
    fn a_dash_bends_with_the_line() {
        let corner = vec![Point { x: 0.0, y: 0.0 }, Point { x: 3.0, y: 0.0 }, Point { x: 3.0, y: 3.0 }];
        assert_eq!(dashes(corner.clone(), LineStyle::Dash, 1.0), [[corner[0], corner[1], Point { x: 3.0, y: 1.0 }]]);
    }

    #[test]
    fn noise_has_a_bounded_number_of_dashes() {
        let noise: Vec<_> = (0..2_000).map(|x| Point { x: f64::from(x), y: f64::from(x % 2) * 300.0 }).collect();
        assert!(dashes(noise, LineStyle::Dash, 1.0).len() <= 401);
    }
}
