//! Heatmaps.

use crate::drawing::{AN_HOUR, MORNING, SIZE, assert_crisp, assert_golden, blocks, labels, measure};
use chart::heatmap::{Heatmap, heatmap};
use chart::{Cells, Ink, Shape, Size};
use model::histogram::{BUCKET, Heat};
use model::labels::Labels;
use model::series::{Frame, GAP, Grid, Series};
use model::time::{HOUR, Millis, Utc};
use model::unit::Unit;
use text::locale::Language;

fn frame(step: Millis, series: Vec<(&str, String, Vec<f64>)>) -> Frame {
    let len = usize::try_from(HOUR / step).unwrap() + 1;
    let series = series.into_iter().map(|(label, value, values)| Series { labels: Labels::new(vec![(label.into(), value)]), values });
    Frame { grid: Grid { start: MORNING, step, len }, series: series.collect() }
}

fn drawn(frame: &Frame, unit: &Unit, size: Size) -> Cells {
    let heat = Heat::of(&[(frame, "{{size}}")], AN_HOUR);
    let spec = Heatmap { window: AN_HOUR, heat: &heat, unit, decimals: None, language: Language::En, size };
    heatmap(&spec, &Utc, &measure)
}

/// Buckets of requests whose duration rises and falls, with a gap and a time without requests.
fn requests(step: Millis) -> Frame {
    let bounds = ["0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "+Inf"];
    let len = i32::try_from(HOUR / step).unwrap() + 1;
    let counts = |bound: usize| -> Vec<f64> {
        let way = |index: i32| f64::from(index) / f64::from(len);
        let below = |index: i32| {
            let middle = 3.5 + 2.0 * (way(index) * 6.0).sin();
            1_000.0 / (1.0 + (-1.6 * (f64::from(u8::try_from(bound).unwrap()) + 0.5 - middle)).exp())
        };
        let at = |index: i32| match way(index) {
            way if (0.5..0.6).contains(&way) => GAP,
            way if (0.8..0.86).contains(&way) => 0.0,
            _ => below(index).floor(),
        };
        (0..len).map(at).collect()
    };
    frame(step, bounds.iter().enumerate().map(|(index, le)| ("le", (*le).to_owned(), counts(index))).collect())
}

#[test]
fn the_highest_count_has_the_hottest_colour() {
    let cells = drawn(&requests(60_000), &Unit::SECONDS, SIZE);
    assert_eq!(cells.rows.iter().map(Vec::len).collect::<Vec<_>>(), [60; 8]);
    let levels = cells
        .scene
        .shapes
        .iter()
        .filter_map(|shape| if let Shape::Block { ink: Ink::Heat(level), .. } = shape { Some(*level) } else { None });
    assert_eq!(levels.max(), Some(255));
    let labels = labels(&cells.scene);
    assert!(["0 s", "50 ms", "500 ms", "5 s", "∞"].iter().all(|label| labels.contains(&(*label).to_owned())), "{labels:?}");
    assert_crisp(&cells.scene);
    assert_golden("heat_of_buckets", &cells.scene);
}

#[test]
fn zero_counts_and_gaps_have_no_box() {
    let quiet = frame(
        600_000,
        vec![("le", "1".into(), vec![1.0, 0.0, 4.0, GAP, 0.0, 2.0, 0.0]), ("le", "+Inf".into(), vec![9.0, 0.0, 4.0, GAP, 1.0, 3.0, 0.0])],
    );
    let cells = drawn(&quiet, &Unit::BYTES, SIZE);
    // The counts 4 and 2 of the first bucket, and 1 and 1 of the second.
    assert_eq!(blocks(&cells.scene).len(), 4);
    assert_golden("nothing_is_no_heat", &cells.scene);
    let none = drawn(&frame(60_000, Vec::new()), &Unit::NONE, SIZE);
    assert_eq!((blocks(&none.scene).len(), none.rows.len()), (0, 0));
}

#[test]
fn many_native_buckets_fit_into_a_low_chart() {
    let count = |bucket: i32, index: i32| {
        let distance = f64::from(bucket) - 16.0 - 8.0 * (f64::from(index) / 10.0).sin();
        let count = (40.0 * (-distance * distance / 20.0).exp()).floor();
        if count > 0.0 { count } else { GAP }
    };
    let bound = |bucket: i32| 0.001 * 2.0_f64.powf(f64::from(bucket) / 4.0);
    let buckets = (0..32)
        .map(|bucket| (BUCKET, format!("({},{}]", bound(bucket), bound(bucket + 1)), (0..61).map(|index| count(bucket, index)).collect()));
    let cells = drawn(&frame(60_000, buckets.collect()), &Unit::SECONDS, Size { height: 140.0, ratio: 1.5, ..SIZE });
    assert_eq!(cells.rows.len(), 32);
    assert_crisp(&cells.scene);
    assert_golden("heat_of_native_buckets", &cells.scene);
}

#[test]
fn rows_without_bounds_have_names() {
    let wave = |shift: i32| (0..31).map(|index| (f64::from(index + shift) / 4.0).sin().max(0.0) * 20.0).collect();
    let rows = ["small", "middle", "large and with a name that takes too much room"].iter().zip(0..);
    let frame = frame(120_000, rows.map(|(name, shift)| ("size", (*name).to_owned(), wave(5 * shift))).collect());
    let cells = drawn(&frame, &Unit::NONE, Size { width: 360.0, height: 150.0, ratio: 1.0 });
    assert!(labels(&cells.scene).iter().any(|label| label.ends_with('…')));
    assert_golden("heat_of_named_rows", &cells.scene);
}

#[test]
fn boxes_are_on_whole_pixels_at_every_ratio_and_size() {
    for ratio in [1.0, 1.25, 1.5, 2.0, 3.0] {
        for (width, height) in [(560.0, 180.0), (321.7, 133.3), (90.0, 60.0), (10.0, 10.0), (0.0, 0.0)] {
            assert_crisp(&drawn(&requests(15_000), &Unit::SECONDS, Size { width, height, ratio }).scene);
        }
    }
}
