//! No more points than pixels can show: of each column of pixels the first, the lowest, the highest and the last, so that a spike
//! survives at any zoom.

use super::number::whole;
use super::scene::Point;

/// A column with no more points than this is left as it is.
const KEPT: usize = 4;

/// Thins `points`, which rise in x (device px).
pub fn decimate(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut kept = Vec::new();
    let (mut column, mut column_start) = (None, 0);
    for point in points {
        let its_column = Some(whole(point.x.floor()));
        if its_column != column {
            thin_from(&mut kept, column_start);
            (column, column_start) = (its_column, kept.len());
        }
        kept.push(point);
    }
    thin_from(&mut kept, column_start);
    kept
}

/// Thins the last column, which begins at `start`.
fn thin_from(points: &mut Vec<Point>, start: usize) {
    let column = points.get(start..).unwrap_or_default();
    let [first, .., last] = *column else { return };
    if column.len() <= KEPT {
        return;
    }
    let (mut low, mut high) = ((0, first), (0, first));
    for (index, point) in column.iter().enumerate() {
        if point.y < low.1.y {
            low = (index, *point);
        }
        if point.y > high.1.y {
            high = (index, *point);
        }
    }
    let (earlier, later) = if low.0 < high.0 { (low.1, high.1) } else { (high.1, low.1) };
    points.truncate(start);
    for point in [first, earlier, later, last] {
        if points.last() != Some(&point) {
            points.push(point);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn points(values: &[(f64, f64)]) -> Vec<Point> {
        values.iter().map(|&(x, y)| Point { x, y }).collect()
    }

    #[test]
    fn a_column_keeps_first_low_high_last() {
        let crowded = points(&[(0.0, 5.0), (0.1, 6.0), (0.2, 9.0), (0.3, 1.0), (0.4, 4.0), (0.5, 5.0), (1.0, 5.0), (1.5, 5.0)]);
        let kept = decimate(crowded.into_iter());
        assert_eq!(kept, points(&[(0.0, 5.0), (0.2, 9.0), (0.3, 1.0), (0.5, 5.0), (1.0, 5.0), (1.5, 5.0)]));
    }

    #[test]
    fn few_points_stay() {
        let few = points(&[(0.0, 1.0), (0.5, 2.0), (0.9, 3.0), (3.0, 4.0)]);
        assert_eq!(decimate(few.clone().into_iter()), few);
        assert!(decimate(std::iter::empty()).is_empty());
    }

    proptest! {
        #[test]
        fn ends_and_extremes_survive(values in prop::collection::vec(-1e9..1e9, 1..400), density in 0.5..50.0) {
            let all: Vec<Point> = values.iter().zip(0_i32..).map(|(&y, index)| Point { x: f64::from(index) / density, y }).collect();
            let kept = decimate(all.iter().copied());
            let extremes = |points: &[Point]| points.iter().fold((f64::MAX, f64::MIN), |(low, high), p| (low.min(p.y), high.max(p.y)));
            prop_assert_eq!(extremes(&kept), extremes(&all));
            prop_assert_eq!((kept.first(), kept.last()), (all.first(), all.last()));
            prop_assert!(kept.iter().all(|point| all.contains(point)));
            prop_assert!(kept.is_sorted_by(|a, b| a.x < b.x));
            prop_assert!(kept.chunk_by(|a, b| whole(a.x.floor()) == whole(b.x.floor())).all(|column| column.len() <= KEPT));
        }
    }
}
