//! Axes, thresholds and annotations.

use super::*;
use chart::{Anchor, Mark, pattern};
use model::dashboard::{GradientMode, LineStyle, ScaleDistribution};
use model::threshold::{ThresholdStep, Thresholds};
use model::time::{DAY, MINUTE};

fn steps(steps: &[(Option<f64>, Color)]) -> Thresholds {
    let steps = steps.iter().map(|&(value, color)| ThresholdStep { value, color }).collect();
    Thresholds { steps, ..Thresholds::default() }
}

#[test]
fn thresholds_as_lines() {
    let values: Vec<f64> = wave(121, 20.0).iter().map(|value| value / 4.0 * GIB).collect();
    let thresholds =
        steps(&[(None, Color::Red), (Some(5.0 * GIB), Color::Orange), (Some(10.0 * GIB), Color::Green), (Some(900.0 * GIB), Color::Green)]);
    let left = ValueAxis { thresholds, ..unit(Unit::BYTES) };
    let lines = vec![Line { style: filled(0.12), ..hour(&values) }];
    let scene = scene(&Spec { left, thresholds: ThresholdsStyle::Line, ..spec(lines) });
    let tokens = scene.shapes.iter().filter(|shape| matches!(shape, Shape::Line { ink: Ink::Token(_), .. })).count();
    assert_eq!(tokens, 2, "the third is out of range");
    assert_golden("thresholds_as_lines", &scene);
}

#[test]
fn all_nan_is_empty_axes() {
    let scene = scene(&Spec { left: unit(Unit::PERCENT), ..spec(vec![hour(&[GAP, f64::INFINITY, f64::NEG_INFINITY])]) });
    assert!(scene.shapes.is_empty());
    assert!(labels(&scene).contains(&"100%".to_owned()));
    assert_golden("all_nan_is_empty_axes", &scene);
}

#[test]
fn dst_day_stockholm() {
    let start = 1_774_738_800_000; // 29 March 2026, 00:00 in Stockholm
    let values = wave(47, 6.0);
    let line = Line { grid: Grid { start, step: 30 * MINUTE, len: 47 }, ..hour(&values) };
    let window = Window { start, end: start + 23 * HOUR };
    let scene = scene_in(&Spec { window, language: Language::Sv, ..spec(vec![line]) }, &Stockholm);
    let times: Vec<_> = labels(&scene).into_iter().filter(|label| label.contains(':')).collect();
    assert_eq!(times, ["00:00", "06:00", "12:00", "18:00", "00:00"]);
    // The clocks skip an hour between midnight and six.
    assert!((scene.x_of(start + 5 * HOUR) - scene.plot_css().left) < scene.plot_css().width() / 4.0);
    assert_golden("dst_day_stockholm", &scene);
}

#[test]
fn an_hour_that_comes_twice() {
    let start = 1_792_879_200_000;
    let values: Vec<f64> = wave(361, 5.0).iter().map(|value| value * 130.0).collect();
    let line = Line { grid: Grid { start, step: MINUTE, len: 361 }, style: filled(0.15), ..hour(&values) };
    let left = unit(Unit::from("reqps".to_owned()));
    let spec = Spec { window: Window { start, end: start + 6 * HOUR }, language: Language::Sv, left, ..spec(vec![line]) };
    let scene = scene_in(&spec, &Stockholm);
    let night = ["00:00", "25 okt", "01:00", "02:00", "02:00", "UTC+1", "03:00", "04:00", "05:00"];
    assert_eq!(labels(&scene).into_iter().filter(|label| !label.contains("req")).collect::<Vec<_>>(), night);
    assert_golden("an_hour_that_comes_twice", &scene);
}

#[test]
fn week_in_swedish() {
    let values = wave(169, 4.0);
    let line = Line { grid: Grid { start: MORNING, step: HOUR, len: 169 }, ..hour(&values) };
    let window = Window { start: MORNING, end: MORNING + 7 * DAY };
    let line = Line { style: filled(0.15), ..line };
    let spec = Spec { window, language: Language::Sv, left: unit(Unit::PERCENT), ..spec(vec![line]) };
    assert_golden("week_in_swedish", &scene_in(&spec, &Stockholm));
}

#[test]
fn bytes_axis() {
    let values: Vec<f64> = wave(61, 10.0).iter().map(|value| value / 90.0 * 15.6 * GIB).collect();
    let scene = scene(&Spec { left: unit(Unit::BYTES), ..spec(vec![Line { style: filled(0.12), ..hour(&values) }]) });
    assert_eq!(labels(&scene)[..5], ["0 GiB", "4 GiB", "8 GiB", "12 GiB", "16 GiB"]);
    assert_golden("bytes_axis", &scene);
}

#[test]
fn clipped_by_max() {
    let values = wave(121, 12.0);
    let left = ValueAxis { max: Some(60.0), min: Some(30.0), ..unit(Unit::SHORT) };
    let scene = scene(&Spec { left, ..spec(vec![Line { style: filled(0.2), ..hour(&values) }]) });
    assert!(lines(&scene).len() > 2, "cut where it leaves the plot");
    assert_golden("clipped_by_max", &scene);
}

#[test]
fn phone_at_ratio_three() {
    let values = wave(121, 20.0);
    let size = Size { width: 300.0, height: 160.0, ratio: 3.0 };
    let scene = scene(&Spec { size, left: unit(Unit::PERCENT), ..spec(vec![Line { style: filled(0.12), ..hour(&values) }]) });
    assert_eq!(scene.size.device(), (900, 480));
    assert_golden("phone_at_ratio_three", &scene);
}

#[test]
fn instants_are_converted_to_pixels_and_back() {
    let scene = scene(&Spec { size: Size { width: 480.0, height: 200.0, ratio: 2.0 }, ..spec(Vec::new()) });
    let plot = scene.plot_css();
    assert_eq!((scene.time_at(plot.left), scene.time_at(plot.right)), (MORNING, MORNING + HOUR));
    assert_eq!((scene.time_at(-50.0), scene.time_at(9_999.0)), (MORNING, MORNING + HOUR));
    assert!((scene.x_of(MORNING + HOUR / 2) - f64::midpoint(plot.left, plot.right)).abs() < 1e-6);
    assert_eq!(scene.time_at(scene.x_of(MORNING + 12_345)), MORNING + 12_345);
}

fn traffic_light() -> Thresholds {
    steps(&[(None, Color::Green), (Some(60.0), Color::Orange), (Some(80.0), Color::Red)])
}

#[test]
fn thresholds_as_dashed_lines() {
    let values = wave(121, 20.0);
    let left = ValueAxis { thresholds: traffic_light(), ..unit(Unit::PERCENT) };
    let scene = scene(&Spec { left, thresholds: ThresholdsStyle::Dashed, ..spec(vec![hour(&values)]) });
    let dashes = scene.shapes.iter().filter(|shape| matches!(shape, Shape::Line { ink: Ink::Token(Color::Red), .. })).count();
    assert!(dashes > 20);
    assert_golden("thresholds_as_dashed_lines", &scene);
}

#[test]
fn thresholds_as_regions() {
    let values = wave(121, 20.0);
    let left = ValueAxis { thresholds: traffic_light(), max: Some(100.0), min: Some(0.0), ..unit(Unit::PERCENT) };
    let scene = scene(&Spec { left, thresholds: ThresholdsStyle::LineAndArea, ..spec(vec![hour(&values)]) });
    let inks: Vec<Ink> =
        scene.shapes.iter().filter_map(|shape| if let Shape::Area { ink, .. } = shape { Some(*ink) } else { None }).collect();
    assert_eq!(inks, [Color::Green, Color::Orange, Color::Red].map(Ink::Token));
    assert_eq!(scene.shapes[2].points()[1].y, scene.plot.top);
    assert_golden("thresholds_as_regions", &scene);
}

#[test]
fn scheme_colors_each_height() {
    let values = wave(121, 14.0);
    let style = Style { gradient: GradientMode::Scheme, width: 2.0, ..filled(0.2) };
    let left = ValueAxis { thresholds: traffic_light(), ..unit(Unit::PERCENT) };
    let scene = scene(&Spec { left, ..spec(vec![Line { style, ..hour(&values) }]) });
    let border = scene.y_of(80.0, Side::Left);
    for shape in &scene.shapes {
        let is_red = matches!(shape, Shape::Line { ink: Ink::Token(Color::Red), .. });
        assert!(!is_red || shape.points().iter().all(|point| point.y <= border + 1.0));
    }
    assert_golden("scheme_colors_each_height", &scene);
}

#[test]
fn right_axis_has_its_own_range() {
    let (requests, durations) = (wave(61, 9.0), wave(61, 5.0).iter().map(|value| value / 400.0).collect::<Vec<f64>>());
    let right_style = Style { side: Side::Right, dashes: pattern(LineStyle::Dash), ..plain() };
    let lines = vec![Line { style: filled(0.15), ..hour(&requests) }, Line { style: right_style, ink: Ink::Series(1), ..hour(&durations) }];
    let left = ValueAxis { label: "Requests".into(), ..unit(Unit::from("reqps".to_owned())) };
    let right = ValueAxis { label: "Duration".into(), ..unit(Unit::from("s".to_owned())) };
    let scene = scene(&Spec { left, right, ..spec(lines) });
    assert!(scene.left.high >= 80.0 && scene.right.high < 1.0);
    assert!((scene.y_of(scene.right.high, Side::Right) - scene.plot_css().top).abs() < 1e-6);
    let across = scene.grid.iter().filter(|shape| shape.points()[0].x < scene.plot.left + 1.0 && shape.points()[1].x >= scene.plot.right);
    let on_the_left = scene.labels.iter().filter(|label| label.anchor == Anchor::Right && label.text.contains("req")).count();
    assert_eq!(across.count(), on_the_left, "only the left axis has grid lines");
    assert_golden("right_axis_has_its_own_range", &scene);
}

#[test]
fn right_axis_alone() {
    let values = wave(61, 9.0);
    let scene = scene(&spec(vec![Line { style: Style { side: Side::Right, ..plain() }, ..hour(&values) }]));
    assert!(scene.labels.iter().all(|label| label.anchor != Anchor::Right));
    assert_golden("right_axis_alone", &scene);
}

#[test]
fn log10_axis() {
    let value = |index: i32| if index == 60 { 0.0 } else { 10_f64.powf(2.0 + 2.0 * (f64::from(index) / 15.0).sin()) };
    let values: Vec<f64> = (0..121).map(value).collect();
    let left = ValueAxis { distribution: ScaleDistribution::Log10, ..unit(Unit::from("ms".to_owned())) };
    let scene = scene(&Spec { left, ..spec(vec![Line { style: filled(0.15), ..hour(&values) }]) });
    assert_eq!(lines(&scene).len(), 2, "zero is a gap on a logarithmic axis");
    let y = |value| scene.y_of(value, Side::Left);
    assert!(((y(1.0) - y(10.0)) - (y(100.0) - y(1_000.0))).abs() < 1e-6, "decades are equally high");
    assert_golden("log10_axis", &scene);
}

#[test]
fn log2_axis() {
    let values: Vec<f64> = (0..61_i32).map(|index| 2_f64.powf(f64::from(index) / 8.0)).collect();
    let left = ValueAxis { distribution: ScaleDistribution::Log2, min: Some(1.0), max: Some(128.0), ..unit(Unit::SHORT) };
    let scene = scene(&Spec { left, ..spec(vec![hour(&values)]) });
    assert_golden("log2_axis", &scene);
}

#[test]
fn soft_limits_give_way_and_hard_ones_cut() {
    let values = wave(121, 12.0);
    let left = ValueAxis { soft_min: Some(0.0), soft_max: Some(60.0), max: Some(75.0), ..unit(Unit::SHORT) };
    let scene = scene(&Spec { left, ..spec(vec![hour(&values)]) });
    assert_eq!((scene.left.low, scene.left.high), (0.0, 75.0));
    assert!(lines(&scene).len() > 1, "cut where it leaves the plot");
    assert_golden("soft_limits_give_way_and_hard_ones_cut", &scene);
}

#[test]
fn annotations_mark_intervals() {
    let values = wave(121, 12.0);
    let mark = |start: i64, end: i64, color| Mark { start: MORNING + start * MINUTE, end: MORNING + end * MINUTE, color };
    let (red, orange) = (Color::Red, Color::Orange);
    let annotations = vec![mark(-20, 4, orange), mark(15, 24, red), mark(40, 40, red), mark(55, 90, Color::Green), mark(70, 80, red)];
    let scene = scene(&Spec { annotations, ..spec(vec![hour(&values)]) });
    assert_eq!(areas(&scene).len(), 4, "the last one is outside the window");
    let narrow = areas(&scene)[2].points();
    assert!((narrow[1].x - narrow[0].x - 1.0).abs() < 1e-6, "a short mark is a line");
    assert_golden("annotations_mark_intervals", &scene);
}
