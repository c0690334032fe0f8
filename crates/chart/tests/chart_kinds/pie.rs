//! Pies and rings.

use crate::drawing::{assert_golden, labels, measure};
use chart::pie::{Slice, pie};
use chart::{Cells, Ink, Shape, Size};

const SIZE: Size = Size { width: 240.0, height: 200.0, ratio: 1.0 };

fn slices(shares: &[f64]) -> Vec<Slice> {
    let slice = |(slot, share): (usize, &f64)| {
        let lines = vec![format!("part {slot}"), format!("{:.0} %", share * 100.0)];
        Slice { share: *share, ink: Ink::Series(slot), lines }
    };
    shares.iter().enumerate().map(slice).collect()
}

fn drawn(shares: &[f64], ring: bool, size: Size) -> Cells {
    let cells = pie(&slices(shares), ring, size, &measure);
    let points = cells.scene.shapes.iter().flat_map(Shape::points);
    let plot = cells.scene.plot;
    for point in points {
        let inside = (plot.left - 0.01..=plot.right + 0.01).contains(&point.x) && (plot.top - 0.01..=plot.bottom + 0.01).contains(&point.y);
        assert!(inside, "{point:?} in {plot:?}");
    }
    cells
}

#[test]
fn slices_go_clockwise_and_have_text_if_it_fits() {
    let cells = drawn(&[0.62, 0.21, 0.12, 0.04, 0.01], false, SIZE);
    assert_eq!(labels(&cells.scene), ["part 0", "62 %", "part 1", "21 %", "part 2", "12 %"]);
    assert_golden("slices_of_a_pie", &cells.scene);
}

#[test]
fn a_ring_has_a_hole() {
    let size = Size { width: 320.0, height: 320.0, ratio: 1.5 };
    assert_golden("slices_of_a_ring", &drawn(&[0.35, 0.3, 0.2, 0.15], true, size).scene);
}

#[test]
fn a_single_slice_is_a_full_circle() {
    let cells = drawn(&[1.0], false, SIZE);
    assert_eq!(labels(&cells.scene), ["part 0", "100 %"]);
    assert_golden("a_single_slice", &cells.scene);
    assert_eq!(drawn(&[1.0], true, SIZE).scene.shapes.len(), 1);
}

#[test]
fn no_data_has_no_slices_and_small_charts_stay_inside_their_plot() {
    assert!(drawn(&[], false, SIZE).scene.shapes.is_empty());
    for ratio in [1.0, 1.5, 2.0, 3.0] {
        for (width, height) in [(90.0, 14.0), (10.0, 10.0), (0.0, 0.0)] {
            drawn(&[0.5, 0.5], true, Size { width, height, ratio });
        }
    }
}
