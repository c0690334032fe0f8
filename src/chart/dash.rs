//! Dashes as separate lines, since drawing backends know no dash pattern.

use super::scene::Point;

/// A dash and the space behind it, CSS px.
const PATTERN: [f64; 2] = [6.0, 4.0];
/// A path so long that it would have more dashes has longer ones instead: noise need not cost thousands of strokes.
const MOST_DASHES: f64 = 400.0;

fn distance(a: Point, b: Point) -> f64 {
    (b.x - a.x).hypot(b.y - a.y)
}

/// Cuts a path into dashes.
pub fn dashes(points: &[Point], ratio: f64) -> Vec<Vec<Point>> {
    let [dash, space] = PATTERN.map(|length| length * ratio);
    let length: f64 = points.iter().zip(points.iter().skip(1)).map(|(a, b)| distance(*a, *b)).sum();
    let stretch = (length / ((dash + space) * MOST_DASHES)).max(1.0);
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
        let line = [Point { x: 0.0, y: 0.0 }, Point { x: 25.0, y: 0.0 }];
        let ends: Vec<_> = dashes(&line, 1.0).iter().map(|dash| (dash[0].x, dash[1].x)).collect();
        assert_eq!(ends, [(0.0, 6.0), (10.0, 16.0), (20.0, 25.0)]);
    }

    #[test]
    fn a_dash_bends_with_the_line() {
        let corner = [Point { x: 0.0, y: 0.0 }, Point { x: 3.0, y: 0.0 }, Point { x: 3.0, y: 4.0 }];
        assert_eq!(dashes(&corner, 1.0), [[corner[0], corner[1], Point { x: 3.0, y: 3.0 }]]);
    }

    #[test]
    fn noise_has_a_bounded_number_of_dashes() {
        let noise: Vec<_> = (0..2_000).map(|x| Point { x: f64::from(x), y: f64::from(x % 2) * 300.0 }).collect();
        assert!(dashes(&noise, 1.0).len() <= 401);
    }
}
