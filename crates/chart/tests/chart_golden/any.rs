//! Property tests: any values and options give a valid scene.

use super::*;
use chart::svg::Sheet;
use chart::{Mark, rasterize};
use model::dashboard::{
    AxisPlacement, DrawStyle, GradientMode, GraphStyle, LineInterpolation, LineStyle, ScaleDistribution, SpanNulls, Stacking, Transform,
};
use model::threshold::{ThresholdStep, Thresholds};
use model::time::DAY;
use proptest::prelude::*;
use raster::Raster;

fn any_value() -> impl Strategy<Value = f64> {
    prop_oneof![8 => -1e6..1e6, 1 => Just(f64::NAN), 1 => any::<f64>(), 1 => Just(0.0)]
}

fn any_of<T: Copy + std::fmt::Debug + 'static>(choices: &'static [(&'static str, T)]) -> impl Strategy<Value = T> {
    prop::sample::select(choices).prop_map(|(_, choice)| choice)
}

fn any_style() -> impl Strategy<Value = GraphStyle> {
    let words = (
        (any_of(DrawStyle::ALL), any_of(LineInterpolation::ALL), any_of(LineStyle::ALL), any_of(GradientMode::ALL)),
        (any_of(ShowPoints::ALL), any_of(Stacking::ALL), any_of(AxisPlacement::ALL), any_of(Transform::ALL)),
    );
    let length = || prop_oneof![3 => 0.0..12.0, 1 => any_value()];
    let numbers = (length(), length(), any::<u8>(), prop::option::of(any_value()));
    (words, numbers).prop_map(|((looks, places), (width, size, fill, span))| GraphStyle {
        draw_style: Some(looks.0),
        line_interpolation: Some(looks.1),
        line_style: Some(looks.2),
        gradient_mode: Some(looks.3),
        show_points: Some(places.0),
        stacking: Some(places.1),
        axis_placement: Some(places.2),
        transform: Some(places.3),
        line_width: Some(width),
        point_size: Some(size),
        fill_opacity: Some(fill),
        span_nulls: span.map(SpanNulls::Below),
        ..GraphStyle::default()
    })
}

fn any_axis() -> impl Strategy<Value = ValueAxis> {
    let unit = prop::sample::select(vec!["none", "short", "percent", "percentunit", "bytes", "Bps", "s", "ms", "dtdurations"]);
    let limit = || prop::option::weighted(0.3, any_value());
    let thresholds = prop::collection::vec((prop::option::of(any_value()), prop::sample::select(&Color::ALL[..])), 0..4);
    let limits = (limit(), limit(), limit(), limit());
    (unit, any_of(ScaleDistribution::ALL), limits, thresholds).prop_map(|(unit, distribution, (min, max, soft_min, soft_max), steps)| {
        let steps = steps.into_iter().map(|(value, color)| ThresholdStep { value, color }).collect();
        let thresholds = Thresholds { steps, ..Thresholds::default() };
        ValueAxis { unit: Unit::from(unit.to_owned()), distribution, min, max, soft_min, soft_max, thresholds, ..ValueAxis::default() }
    })
}

fn any_line() -> impl Strategy<Value = (Grid, Vec<f64>, GraphStyle, Option<usize>)> {
    let grid = (-2 * HOUR..2 * HOUR, 1..HOUR);
    let below = prop::option::weighted(0.2, 0..6_usize);
    (grid, prop::collection::vec(any_value(), 0..80), any_style(), below)
        .prop_map(|((start, step), values, style, below)| (Grid { start: MORNING + start, step, len: values.len() }, values, style, below))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_shapes_are_finite_and_inside_the_plot(
        lines in prop::collection::vec(any_line(), 0..5),
        length in prop_oneof![0..2 * HOUR, 0..400 * DAY],
        (left, right) in (any_axis(), any_axis()),
        thresholds in any_of(ThresholdsStyle::ALL),
        marks in prop::collection::vec((any::<i64>(), -HOUR..HOUR), 0..3),
        (width, height) in (-10.0..900.0, -10.0..500.0),
        ratio in prop::sample::select(vec![1.0, 1.25, 2.0, 3.0]),
    ) {
        let line = |line| {
            let (grid, values, style, below): &(Grid, Vec<f64>, GraphStyle, Option<usize>) = line;
            Line { grid: *grid, values, ink: Ink::Series(0), style: Style::of(style), below: *below }
        };
        let mark = |(start, length)| Mark { start, end: MORNING + length, color: Color::Red };
        let spec = Spec {
            window: Window { start: MORNING, end: MORNING + length },
            left,
            right,
            thresholds,
            annotations: marks.into_iter().map(mark).collect(),
            size: Size { width, height, ratio },
            ..spec(lines.iter().map(line).collect())
        };
        let scene = scene_in(&spec, &Stockholm);
        let plot = scene.plot;
        for point in scene.shapes.iter().flat_map(Shape::points) {
            let near = 1e-6;
            prop_assert!(point.x >= plot.left - near && point.x <= plot.right + near, "{point:?} is beside {plot:?}");
            prop_assert!(point.y >= plot.top - near && point.y <= plot.bottom + near, "{point:?} is above or below {plot:?}");
        }
        for point in scene.grid.iter().flat_map(Shape::points).chain(scene.labels.iter().map(|label| &label.at)) {
            prop_assert!(point.x.is_finite() && point.y.is_finite());
        }
        for ends in [scene.left, scene.right] {
            prop_assert!(ends.low < ends.high && ends.low.is_finite() && ends.high.is_finite(), "{ends:?}");
        }
        let ground = Rgb(255, 255, 255);
        let sheet = Sheet { scene: &scene, palette: &palette(), ground, ink: ground, title: "", legend: &[] };
        prop_assert!(sheet.svg().is_some());
        rasterize(&scene, &palette(), &mut Raster::default());
    }
}
