#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use super::*;
use proptest::prelude::*;

const INK: Paint = Paint([10, 20, 30, 255]);

fn point(x: f64, y: f64) -> Point {
    Point { x, y }
}

fn drawn(width: usize, height: usize, draw: impl FnOnce(&mut Raster)) -> Raster {
    let mut raster = Raster::default();
    raster.reset(width, height);
    draw(&mut raster);
    raster
}

/// The coverage of each pixel, row by row, 0 to 255.
fn alphas(raster: &Raster) -> Vec<Vec<u8>> {
    raster.pixels.chunks(raster.width).map(|row| row.iter().map(|pixel| pixel[3]).collect()).collect()
}

/// How far `point` is from a segment.
fn distance(at: Point, a: Point, b: Point) -> f64 {
    let (x, y) = (b.x - a.x, b.y - a.y);
    let share = (((at.x - a.x) * x + (at.y - a.y) * y) / (x * x + y * y).max(1e-12)).clamp(0.0, 1.0);
    (at.x - a.x - x * share).hypot(at.y - a.y - y * share)
}

/// A slow reference: the share of 16 x 16 sample points in each pixel that are within half the width of the line. Its ends are round.
fn sampled(points: &[Point], width: f64, columns: usize, rows: usize) -> Vec<Vec<u8>> {
    const FINE: usize = 16;
    let inside = |x: usize, y: usize| {
        let at = point((x as f64 + 0.5) / FINE as f64, (y as f64 + 0.5) / FINE as f64);
        points.windows(2).any(|ends| distance(at, ends[0], ends[1]) <= width / 2.0)
    };
    let alpha = |column: usize, row: usize| {
        let count = (0..FINE * FINE).filter(|place| inside(column * FINE + place % FINE, row * FINE + place / FINE)).count();
        (count as f64 / (FINE * FINE) as f64 * 255.0).round() as u8
    };
    (0..rows).map(|row| (0..columns).map(|column| alpha(column, row)).collect()).collect()
}

#[test]
fn a_horizontal_line_on_whole_pixels_is_crisp() {
    let raster = drawn(6, 4, |raster| raster.line(&[point(1.0, 1.5), point(3.0, 1.5), point(5.0, 1.5)], 1.0, INK));
    assert_eq!(alphas(&raster), [vec![0; 6], vec![0, 255, 255, 255, 255, 0], vec![0; 6], vec![0; 6]]);
    let same = drawn(6, 4, |raster| raster.line(&[point(1.0, 1.5), point(5.0, 1.5)], 1.0, INK));
    assert_eq!(same.bytes(), raster.bytes(), "two points are drawn as a rectangle");
}

#[test]
fn a_paint_fades_row_by_row() {
    let corners = [point(1.0, 0.0), point(2.0, 0.0), point(2.0, 6.0), point(1.0, 6.0)];
    let column = |clear: f64, reach: f64| {
        let raster = drawn(3, 6, |raster| raster.fading_area(&corners, INK, Fade { clear, reach }));
        alphas(&raster).iter().map(|row| row[1]).collect::<Vec<_>>()
    };
    assert_eq!(column(5.0, 4.0), [255, 223, 159, 96, 32, 32]);
    assert_eq!(column(0.0, 6.0), [21, 64, 106, 149, 191, 234]);
}

#[test]
fn a_partly_covered_pixel_is_translucent() {
    let raster = drawn(3, 3, |raster| raster.line(&[point(-9.0, 1.25), point(9.0, 1.25)], 1.5, INK));
    assert_eq!(alphas(&raster), [[128; 3], [255; 3], [0; 3]]);
}

#[test]
fn a_steep_line_has_an_even_width() {
    let raster = drawn(20, 200, |raster| raster.line(&[point(5.0, -10.0), point(12.0, 210.0)], 1.5, INK));
    let across = 1.5 * (1.0 + (7.0_f64 / 220.0).powi(2)).sqrt() * 255.0;
    for (row, alphas) in alphas(&raster).iter().enumerate() {
        let sum: u32 = alphas.iter().copied().map(u32::from).sum();
        assert!((f64::from(sum) - across).abs() < 3.0, "row {row}: {sum} instead of {across}");
    }
}

#[test]
fn joins_have_no_holes() {
    let corner = [point(2.0, 2.0), point(12.0, 2.0), point(12.0, 12.0), point(3.0, 9.0)];
    let raster = drawn(16, 16, |raster| raster.line(&corner, 3.0, INK));
    let alphas = alphas(&raster);
    for (x, y) in [(3, 1), (10, 2), (11, 1), (11, 2), (11, 10), (11, 11), (10, 11)] {
        assert_eq!(alphas[y][x], 255, "({x}, {y}) of {alphas:?}");
    }
}

#[test]
fn clipping_does_not_change_the_visible_part_of_a_line() {
    let wild = [point(-500.0, 900.0), point(3.0, -700.0), point(6.0, 1_000.0), point(2e6, -1e6)];
    let (small, large) = (drawn(9, 9, |raster| raster.line(&wild, 2.0, INK)), drawn(60, 40, |raster| raster.line(&wild, 2.0, INK)));
    let cut: Vec<Vec<u8>> = alphas(&large).iter().take(9).map(|row| row[..9].to_vec()).collect();
    assert_eq!(alphas(&small), cut);
}

#[test]
fn areas_are_filled_in_either_direction_of_their_corners() {
    let corners = [point(1.0, 1.0), point(4.5, 1.0), point(4.5, 3.0), point(1.0, 3.0)];
    let mut backwards = corners;
    backwards.reverse();
    let expected = [vec![0; 6], vec![0, 255, 255, 255, 128, 0], vec![0, 255, 255, 255, 128, 0], vec![0; 6]];
    assert_eq!(alphas(&drawn(6, 4, |raster| raster.area(&corners, INK))), expected);
    assert_eq!(alphas(&drawn(6, 4, |raster| raster.area(&backwards, INK))), expected);
}

#[test]
fn a_translucent_area_has_the_same_alpha_everywhere() {
    let paint = Paint([200, 100, 0, 51]);
    let raster = drawn(8, 8, |raster| {
        raster.area(&[point(0.0, 8.0), point(0.0, 2.0), point(4.0, 0.0), point(8.0, 2.0), point(8.0, 8.0)], paint);
    });
    assert!(raster.pixels[16..].iter().all(|pixel| *pixel == [200, 100, 0, 51]));
}

#[test]
fn a_disc_is_round() {
    let raster = drawn(9, 9, |raster| raster.disc(point(4.5, 4.5), 2.5, INK));
    let rows = alphas(&raster);
    assert_eq!(rows[4], [0, 0, 255, 255, 255, 255, 255, 0, 0]);
    let area: u32 = rows.iter().flatten().copied().map(u32::from).sum();
    assert!((f64::from(area) / 255.0 - 2.5 * 2.5 * std::f64::consts::PI).abs() < 0.3, "{area}");
}

#[test]
fn a_reset_leaves_nothing_of_the_last_drawing() {
    let mut raster = Raster::default();
    raster.reset(30, 30);
    raster.line(&[point(1.0, 25.0), point(2.0, 3.0), point(3.0, 29.0), point(25.0, 14.0)], 4.0, INK);
    raster.reset(30, 30);
    raster.area(&[point(5.0, 5.0), point(5.0, 5.0)], INK);
    assert!(raster.bytes().iter().all(|byte| *byte == 0));
}

/// A line that only goes to the right, as in charts.
fn course() -> impl Strategy<Value = Vec<Point>> {
    let step = prop_oneof![Just(1.0), 0.3..9.0_f64];
    let height = prop_oneof![0.0..24.0_f64, (0_u8..24).prop_map(|row| f64::from(row) + 0.5)];
    prop::collection::vec((step, height), 2..12).prop_map(|steps| {
        let mut x = 0.0;
        let along = |(step, y): (f64, f64)| {
            x += step;
            point(x, y)
        };
        steps.into_iter().map(along).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_coverage_of_a_line_is_close_to_sampling(points in course(), width in prop::sample::select(vec![1.0, 1.5, 2.25, 3.0, 4.5])) {
        let raster = drawn(40, 24, |raster| raster.line(&points, width, INK));
        let (fast, slow) = (alphas(&raster), sampled(&points, width, 40, 24));
        // Ends are not compared: they are straight in the raster and round in the reference.
        let at_an_end = |x: usize, y: usize| {
            let near = |end: Point| (x as f64 + 0.5 - end.x).hypot(y as f64 + 0.5 - end.y) <= width / 2.0 + 1.5;
            near(points[0]) || near(points[points.len() - 1])
        };
        let (mut sum, mut count, mut worst) = (0, 0, (0, 0, 0));
        for y in 0..24 {
            for x in (0..40).filter(|x| !at_an_end(*x, y)) {
                let difference = i32::from(fast[y][x]) - i32::from(slow[y][x]);
                worst = worst.max((difference.abs(), x, y));
                sum += difference;
                count += i32::from(slow[y][x] > 0);
            }
        }
        // Where two strokes share a pixel at the tip of a spike, their shares are added up.
        prop_assert!(worst.0 <= 128, "{worst:?}");
        prop_assert!(sum.abs() <= 16 * count.max(10), "{sum} of {count} pixels");
    }

    #[test]
    fn no_finite_coordinates_panic(points in prop::collection::vec((-1e7..1e7_f64, -1e7..1e7_f64), 0..9), width in 0.0..50.0_f64) {
        let points: Vec<Point> = points.into_iter().map(|(x, y)| point(x, y)).collect();
        drawn(17, 11, |raster| {
            raster.line(&points, width, INK);
            raster.area(&points, INK);
            raster.disc(points.first().copied().unwrap_or(point(0.0, 0.0)), width, INK);
        });
    }
}
