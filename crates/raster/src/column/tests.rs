#![allow(clippy::unwrap_used, clippy::panic, clippy::float_cmp, reason = "a test fails by panicking; values are copied, not computed")]

use super::*;
use proptest::prelude::*;

/// A place with `per_pixel` values per pixel, where larger values are further up.
fn place(per_pixel: f64) -> Place {
    Place { left: 40.0, first: -3.0, step: 10.0, per_x: 0.1 / per_pixel, top: 100.0, zero: 0.0, per_y: -1.0 }
}

fn values_of(points: &[Point]) -> Vec<f64> {
    points.iter().map(|point| 100.0 - point.y).collect()
}

#[test]
fn a_pixel_column_keeps_its_first_lowest_highest_and_last_value() {
    let place = Place { first: 0.0, ..place(6.0) };
    let values = [5.0, 6.0, 9.0, 1.0, 4.0, 5.0, 7.0, 5.0];
    assert_eq!(values_of(&course(&values, 0..8, &place)), [5.0, 9.0, 1.0, 5.0, 7.0, 5.0]);
    assert_eq!(values_of(&course(&[3.0; 8], 0..8, &place)), [3.0, 3.0, 3.0, 3.0], "the ends of both columns");
}

#[test]
fn a_pixel_column_with_few_points_keeps_all_of_them() {
    let values = [1.0, 2.0, 3.0, 4.0];
    assert_eq!(values_of(&course(&values, 0..4, &place(50.0))), values);
    assert_eq!(values_of(&course(&values, 1..9, &place(0.1))), values[1..], "the run is longer than the values");
    assert!(course(&values, 9..9, &place(50.0)).is_empty());
}

#[test]
fn a_gap_ends_a_run() {
    let gap = f64::NAN;
    let values = [gap, 1.0, 2.0, gap, gap, 3.0, f64::INFINITY, 4.0, 1e200];
    assert_eq!(run(&values, 0..9), Some(1..3));
    assert_eq!(run(&values, 3..9), Some(5..6));
    assert_eq!(run(&values, 6..20), Some(7..8));
    assert_eq!(run(&values, 8..9), None);
    assert_eq!(run(&values, 12..15), None);
    assert_eq!(extent(&values), Some((1.0, 4.0)));
    assert_eq!(extent(&[gap, -f64::INFINITY]), None);
}

proptest! {
    #[test]
    fn decimation_keeps_ends_and_extremes(values in prop::collection::vec(-1e9..1e9, 1..400), per_pixel in 0.2..50.0) {
        let place = place(per_pixel);
        let kept = course(&values, 0..values.len(), &place);
        let all: Vec<Point> = values.iter().enumerate().map(|(index, value)| Point { x: place.x(index), y: place.y(*value) }).collect();
        let extremes = |points: &[Point]| points.iter().fold((f64::MAX, f64::MIN), |(low, high), p| (low.min(p.y), high.max(p.y)));
        prop_assert_eq!(extremes(&kept), extremes(&all));
        prop_assert_eq!((kept.first(), kept.last()), (all.first(), all.last()));
        prop_assert!(kept.iter().all(|point| all.contains(point)));
        prop_assert!(kept.is_sorted_by(|a, b| a.x < b.x));
        for (column, whole) in kept.chunk_by(|a, b| a.x.floor() == b.x.floor()).zip(all.chunk_by(|a, b| a.x.floor() == b.x.floor())) {
            prop_assert!(column.len() <= KEPT);
            prop_assert_eq!(extremes(column), extremes(whole));
            prop_assert_eq!((column.first(), column.last()), (whole.first(), whole.last()));
        }
    }
}
