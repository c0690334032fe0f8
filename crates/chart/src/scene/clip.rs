//! Clips paths to the plot. This is done exactly and in the scene, so that backends need no clipping and coordinates stay small.

use crate::scene::{Point, Rect};

fn at_x(a: Point, b: Point, x: f64) -> Point {
    Point { x, y: a.y + (b.y - a.y) * ((x - a.x) / (b.x - a.x)) }
}

fn at_y(a: Point, b: Point, y: f64) -> Point {
    Point { x: a.x + (b.x - a.x) * ((y - a.y) / (b.y - a.y)), y }
}

/// The part of a path between `left` and `right`. The x of the path must increase; its new ends are interpolated.
pub fn between_x(points: Vec<Point>, left: f64, right: f64) -> Vec<Point> {
    let ends = points.first().zip(points.last());
    if ends.is_none_or(|(first, last)| first.x >= left && last.x <= right) {
        return points;
    }
    let mut inside = Vec::with_capacity(points.len());
    let mut previous: Option<Point> = None;
    for point in points {
        if let Some(before) = previous {
            for edge in [left, right] {
                if before.x < edge && edge < point.x {
                    inside.push(at_x(before, point, edge));
                }
            }
        }
        if (left..=right).contains(&point.x) {
            inside.push(point);
        }
        previous = Some(point);
    }
    inside
}

/// The path with a point added wherever it crosses the upper or the lower edge of `plot`.
fn with_crossings(points: &[Point], plot: Rect) -> Vec<Point> {
    let mut path = Vec::with_capacity(points.len());
    let mut previous: Option<Point> = None;
    for &point in points {
        if let Some(before) = previous {
            let edges = if before.y < point.y { [plot.top, plot.bottom] } else { [plot.bottom, plot.top] };
            for edge in edges {
                if before.y.min(point.y) < edge && edge < before.y.max(point.y) {
                    path.push(at_y(before, point, edge));
                }
            }
        }
        path.push(point);
        previous = Some(point);
    }
    path
}

/// The parts of a path between the upper and the lower edge of `plot`. Each part has at least two points.
pub fn parts(points: Vec<Point>, plot: Rect) -> Vec<Vec<Point>> {
    let is_inside = |point: &Point| (plot.top..=plot.bottom).contains(&point.y);
    if points.len() > 1 && points.iter().all(is_inside) {
        return vec![points];
    }
    let path = with_crossings(&points, plot);
    let stretches = path.split(|point| !is_inside(point));
    stretches.filter(|part| part.len() > 1).map(<[Point]>::to_vec).collect()
}

/// The path as the border of an area: points above or below `plot` are moved to its edge.
pub fn flattened(points: &[Point], plot: Rect) -> Vec<Point> {
    let mut path = with_crossings(points, plot);
    for point in &mut path {
        point.y = point.y.max(plot.top).min(plot.bottom);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLOT: Rect = Rect { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };

    fn points(values: &[(f64, f64)]) -> Vec<Point> {
        values.iter().map(|&(x, y)| Point { x, y }).collect()
    }

    #[test]
    fn a_path_is_cut_at_both_sides() {
        let path = points(&[(-10.0, 0.0), (10.0, 20.0)]);
        assert_eq!(between_x(path, 0.0, 5.0), points(&[(0.0, 10.0), (5.0, 15.0)]));
        assert_eq!(between_x(points(&[(-2.0, 0.0), (-1.0, 0.0)]), 0.0, 5.0), []);
    }

    #[test]
    fn a_peak_is_cut_into_two_parts() {
        let path = points(&[(0.0, 5.0), (5.0, -5.0), (10.0, 5.0)]);
        assert_eq!(parts(path.clone(), PLOT), [points(&[(0.0, 5.0), (2.5, 0.0)]), points(&[(7.5, 0.0), (10.0, 5.0)])]);
        assert_eq!(flattened(&path, PLOT), points(&[(0.0, 5.0), (2.5, 0.0), (5.0, 0.0), (7.5, 0.0), (10.0, 5.0)]));
    }

    #[test]
    fn a_segment_through_the_plot_is_cut_twice() {
        let path = points(&[(0.0, -10.0), (3.0, 20.0)]);
        assert_eq!(parts(path, PLOT), [points(&[(1.0, 0.0), (2.0, 10.0)])]);
    }

    #[test]
    fn a_path_along_the_edge_is_not_cut() {
        let path = points(&[(0.0, 0.0), (10.0, 0.0)]);
        assert_eq!(parts(path.clone(), PLOT), [path]);
    }
}
