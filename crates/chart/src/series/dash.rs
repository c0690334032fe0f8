//! Dashes and dots as separate lines, since the backends have no dash patterns.

use crate::scene::Point;
use model::dashboard::LineStyle;

/// The most dashes of a path. A longer path has longer dashes, so that noise does not cost thousands of strokes.
const MAX_DASHES: f64 = 400.0;
/// The most dots of a path.
const MAX_DOTS: f64 = 1_200.0;
/// A first stroke shorter than this makes the pattern one of dots, in widths of the line.
const MAX_DOT: f64 = 2.0;

/// The lengths of strokes and spaces in turn, in widths of the line. Empty for a solid line.
pub type Dashes = &'static [f64];

/// Patterns that make lines different without colours, solid first. The same as those of the swatches in `style/panel.css`.
const DISTINCT: [Dashes; 5] = [&[], &[4.0, 2.667], &[1.333, 2.0], &[6.667, 2.0, 1.333, 2.0], &[7.333, 2.667]];

/// The pattern of a line style.
pub fn pattern(style: LineStyle) -> Dashes {
    match style {
        LineStyle::Solid => &[],
        LineStyle::Dash => &[4.0, 8.0 / 3.0],
        LineStyle::Dot => &[1.0, 2.0],
    }
}

/// The pattern of the series in a slot.
pub fn distinct(slot: usize) -> Dashes {
    DISTINCT.get(slot % DISTINCT.len()).copied().unwrap_or_default()
}

fn distance(a: Point, b: Point) -> f64 {
    (b.x - a.x).hypot(b.y - a.y)
}

/// Cuts a path into dashes. `width` is the width of the line. A solid line is one path.
pub fn dashes(points: Vec<Point>, pattern: Dashes, width: f64) -> Vec<Vec<Point>> {
    let Some(first) = pattern.first() else { return vec![points] };
    let most = if *first < MAX_DOT { MAX_DOTS } else { MAX_DASHES };
    let period = pattern.iter().sum::<f64>() * width;
    let length: f64 = points.iter().zip(points.iter().skip(1)).map(|(a, b)| distance(*a, *b)).sum();
    let stretch = (length / (period * most)).max(1.0) * width;
    let mut lengths = pattern.iter().map(|length| length * stretch).cycle();
    let mut next = move || lengths.next().unwrap_or(f64::INFINITY);

    let mut cut = Vec::new();
    let mut current: Vec<Point> = points.first().copied().into_iter().collect();
    let (mut drawing, mut left) = (true, next());
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
            left = next();
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
    fn a_straight_line_has_dashes_of_equal_length() {
        let line = vec![Point { x: 0.0, y: 0.0 }, Point { x: 30.0, y: 0.0 }];
        let ends = |style| -> Vec<_> { dashes(line.clone(), pattern(style), 3.0).iter().map(|dash| (dash[0].x, dash[1].x)).collect() };
        assert_eq!(ends(LineStyle::Dash), [(0.0, 12.0), (20.0, 30.0)]);
        assert_eq!(ends(LineStyle::Dot), [(0.0, 3.0), (9.0, 12.0), (18.0, 21.0), (27.0, 30.0)]);
        assert_eq!(ends(LineStyle::Solid), [(0.0, 30.0)]);
    }

    #[test]
    fn a_dash_follows_the_corners_of_its_line() {
        let corner = vec![Point { x: 0.0, y: 0.0 }, Point { x: 3.0, y: 0.0 }, Point { x: 3.0, y: 3.0 }];
        assert_eq!(dashes(corner.clone(), pattern(LineStyle::Dash), 1.0), [[corner[0], corner[1], Point { x: 3.0, y: 1.0 }]]);
    }

    #[test]
    fn the_number_of_dashes_is_limited() {
        let noise: Vec<_> = (0..2_000).map(|x| Point { x: f64::from(x), y: f64::from(x % 2) * 300.0 }).collect();
        assert!(dashes(noise, pattern(LineStyle::Dash), 1.0).len() <= 401);
    }
}
