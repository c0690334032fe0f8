//! Series: lines, areas, bars and points.

use super::*;
use chart::{pattern, sparkline};
use model::dashboard::{DrawStyle, GradientMode, LineInterpolation, LineStyle};
use model::time::MINUTE;

#[test]
fn gap_is_a_gap() {
    let mut values = wave(121, 12.0);
    values[40..60].fill(GAP);
    let scene = scene(&spec(vec![Line { style: filled(0.2), ..hour(&values) }]));
    assert_eq!(lines(&scene).len(), 2);
    assert_golden("gap_is_a_gap", &scene);
}

#[test]
fn lone_sample_is_a_dot() {
    let values = [GAP, 3.0, GAP, GAP, 2.0, 4.0, 3.0, GAP, 5.0];
    let scene = scene(&spec(vec![hour(&values)]));
    assert_eq!((dots(&scene), lines(&scene).len()), (2, 1));
    assert_golden("lone_sample_is_a_dot", &scene);
}

#[test]
fn spike_survives_decimation() {
    let mut values: Vec<f64> = (0..20_000).map(|index| 10.0 + f64::from(index % 7) / 10.0).collect();
    values[12_345] = 95.0;
    let scene = scene(&Spec { left: unit(Unit::PERCENT), ..spec(vec![hour(&values)]) });
    let [line] = lines(&scene)[..] else { panic!("one line") };
    assert!(line.len() <= 4 * 480, "{} points", line.len());
    let highest = line.iter().map(|point| point.y).fold(f64::MAX, f64::min) / scene.size.ratio;
    assert!((highest - scene.y_of(95.0, Side::Left)).abs() < 1e-6);
    assert_golden("spike_survives_decimation", &scene);
}

#[test]
fn flat_series() {
    let scene = scene(&spec(vec![hour(&[42.0; 60])]));
    assert_eq!(labels(&scene)[..3], ["30", "40", "50"]);
    assert_golden("flat_series", &scene);
}

#[test]
fn limits_are_dashed() {
    let (values, limit) = (wave(61, 10.0), [90.0; 61]);
    let limit = Line { ink: Ink::Series(1), style: Style { dashes: pattern(LineStyle::Dash), ..plain() }, ..hour(&limit) };
    let values = Line { style: filled(0.12), ..hour(&values) };
    let scene = scene(&Spec { left: unit(Unit::PERCENT), ..spec(vec![values, limit]) });
    assert_golden("limits_are_dashed", &scene);
}

#[test]
fn sparkline_has_no_axes() {
    let mut values = wave(60, 6.0);
    values[20..26].fill(GAP);
    let scene = sparkline(&values, Ink::Token(Color::Green), Size { width: 160.0, height: 48.0, ratio: 1.0 });
    assert!(scene.labels.is_empty() && scene.grid.is_empty());
    assert_golden("sparkline_has_no_axes", &scene);
}

#[test]
fn samples_outside_the_window_extend_a_line_to_its_edges() {
    let grid = Grid { start: MORNING - 10 * MINUTE, step: 15 * MINUTE, len: 8 };
    let values = [1.0; 8];
    let scene = scene(&spec(vec![Line { grid, ..hour(&values) }]));
    let [line] = lines(&scene)[..] else { panic!("one line") };
    assert_eq!((line[0].x, line[line.len() - 1].x), (scene.plot.left, scene.plot.right));
}

#[test]
fn widths_dashes_and_dots() {
    let raised = |by: f64| wave(61, 12.0).iter().map(|value| value / 3.0 + by).collect();
    let columns: [Vec<f64>; 4] = [0.0, 20.0, 40.0, 60.0].map(raised);
    let mut lines = hours(&columns, plain());
    let looks = [(LineStyle::Solid, 1.0), (LineStyle::Solid, 4.0), (LineStyle::Dash, 2.0), (LineStyle::Dot, 2.0)];
    for (line, (stroke, width)) in lines.iter_mut().zip(looks) {
        line.style = Style { dashes: pattern(stroke), width, ..line.style };
    }
    let scene = scene(&spec(lines));
    let widths = |wanted: f64| scene.shapes.iter().filter(|shape| matches!(shape, Shape::Line { width, .. } if *width == wanted)).count();
    assert_eq!((widths(1.0), widths(4.0)), (1, 1));
    assert_golden("widths_dashes_and_dots", &scene);
}

#[test]
fn a_line_without_width_has_only_an_area() {
    let values = wave(61, 10.0);
    let scene = scene(&spec(vec![Line { style: Style { width: 0.0, ..filled(0.3) }, ..hour(&values) }]));
    assert_eq!((lines(&scene).len(), areas(&scene).len()), (0, 1));
}

#[test]
fn smooth_never_overshoots() {
    let values = [1.0, 1.0, 9.0, 9.0, 2.0, 6.0, 6.0, 1.0, 8.0, 2.0];
    let smooth = Style { interpolation: LineInterpolation::Smooth, points: ShowPoints::Always, width: 2.0, ..filled(0.15) };
    let scene = scene(&spec(vec![Line { style: smooth, ..hour(&values) }]));
    let [line] = lines(&scene)[..] else { panic!("one line") };
    let (top, bottom) = (scene.y_of(9.0, Side::Left), scene.y_of(1.0, Side::Left));
    assert!(line.len() > 50 && line.iter().all(|point| (top - 1e-6..=bottom + 1e-6).contains(&point.y)));
    assert_golden("smooth_never_overshoots", &scene);
}

#[test]
fn steps_after_and_before() {
    let values = [2.0, 5.0, 3.0, 3.0, GAP, 4.0, 1.0, 6.0];
    let above: Vec<f64> = values.iter().map(|value| value + 7.0).collect();
    let step = |interpolation| Style { interpolation, points: ShowPoints::Always, ..plain() };
    let after = Line { style: step(LineInterpolation::StepAfter), ..hour(&values) };
    let before = Line { style: step(LineInterpolation::StepBefore), ink: Ink::Series(1), ..hour(&above) };
    let scene = scene(&spec(vec![after, before]));
    let is_right_angled = |pair: &[Point]| pair[0].x == pair[1].x || pair[0].y == pair[1].y;
    assert!(lines(&scene).iter().all(|line| line.windows(2).all(is_right_angled)));
    assert_golden("steps_after_and_before", &scene);
}

#[test]
fn bars_stand_on_zero() {
    let values: Vec<f64> = wave(31, 3.0).iter().map(|value| value - 40.0).collect();
    let bars = Style { draw: DrawStyle::Bars, width: 0.0, ..filled(0.8) };
    let scene = scene(&spec(vec![Line { style: bars, ..hour(&values) }]));
    let zero = scene.y_of(0.0, Side::Left).round();
    for bar in areas(&scene) {
        let points = bar.points();
        assert!(points.iter().all(|point| point.x.fract() == 0.0 && point.y.fract() == 0.0), "crisp: {points:?}");
        assert!(points.iter().any(|point| point.y == zero), "{points:?}");
    }
    assert_golden("bars_stand_on_zero", &scene);
}

#[test]
fn outlined_bars() {
    let values: Vec<f64> = wave(16, 3.0).iter().map(|value| value - 30.0).collect();
    let bars = Style { draw: DrawStyle::Bars, width: 1.0, ..filled(0.3) };
    let scene = scene(&spec(vec![Line { style: bars, ..hour(&values) }]));
    assert_eq!(areas(&scene).len(), lines(&scene).len());
    assert_golden("outlined_bars", &scene);
}

#[test]
fn dense_bars_keep_the_extremes() {
    let mut values: Vec<f64> = (0..5_000).map(|index| 10.0 + f64::from(index % 7)).collect();
    values[1_234] = 60.0;
    values[3_000..3_400].fill(GAP);
    values[4_000] = -20.0;
    let scene = scene(&spec(vec![Line { style: Style { draw: DrawStyle::Bars, ..filled(1.0) }, ..hour(&values) }]));
    let points = || scene.shapes.iter().flat_map(Shape::points);
    assert!(points().any(|point| point.y == scene.y_of(60.0, Side::Left).round()));
    assert!(points().any(|point| point.y == scene.y_of(-20.0, Side::Left).round()));
    assert_golden("dense_bars_keep_the_extremes", &scene);
}

#[test]
fn points_where_there_is_room() {
    let raised = |len, by: f64| wave(len, f64::from(len) / 8.0).iter().map(|value| value + by).collect::<Vec<f64>>();
    let columns = [raised(31, 0.0), raised(121, 60.0), raised(121, 120.0)];
    let mut lines = hours(&columns, Style::default());
    lines[2].style = Style { draw: DrawStyle::Points, point_size: 3.0, ..plain() };
    let scene = scene(&spec(lines));
    assert_eq!((dots(&scene), super::lines(&scene).len()), (31 + 121, 2));
    assert_golden("points_where_there_is_room", &scene);
}

#[test]
fn area_fades_to_its_base() {
    let values = wave(121, 14.0);
    let style = Style { gradient: GradientMode::Opacity, ..filled(0.6) };
    let scene = scene(&spec(vec![Line { style, ..hour(&values) }]));
    let Shape::Area { fade: Some(fade), .. } = areas(&scene)[0] else { panic!("the area does not fade") };
    assert_eq!(fade.clear, scene.plot.bottom);
    assert_golden("area_fades_to_its_base", &scene);
}

#[test]
fn gaps_crossed_if_short() {
    let mut values = wave(61, 8.0);
    values[10..12].fill(GAP);
    values[30..45].fill(GAP);
    let columns: [Vec<f64>; 3] = [160.0, 80.0, 0.0].map(|by| values.iter().map(|value| value + by).collect());
    let mut crossing = hours(&columns, Style { span: Millis::MAX, ..plain() });
    crossing[1].style.span = 5 * MINUTE;
    crossing[2].style.span = 0;
    let scene = scene(&spec(crossing));
    let parts = |slot| scene.shapes.iter().filter(|shape| matches!(shape, Shape::Line { ink, .. } if *ink == Ink::Series(slot))).count();
    assert_eq!([parts(0), parts(1), parts(2)], [1, 2, 3]);
    assert_golden("gaps_crossed_if_short", &scene);
}

#[test]
fn fill_between_two_lines() {
    let mean = wave(61, 10.0);
    let high: Vec<f64> = mean.iter().map(|value| value + 25.0).collect();
    let mut low: Vec<f64> = mean.iter().map(|value| value - 15.0).collect();
    low[40..44].fill(GAP);
    let high = Line { style: Style { width: 1.0, ..filled(0.25) }, below: Some(1), ..hour(&high) };
    let low = Line { style: Style { width: 1.0, ..plain() }, ..hour(&low) };
    let mean = Line { style: Style { dashes: pattern(LineStyle::Dash), ..plain() }, ..hour(&mean) };
    let scene = scene(&spec(vec![high, low, mean]));
    assert_eq!(areas(&scene).len(), 2, "none where one of them has a gap");
    assert!(areas(&scene).iter().flat_map(|area| area.points()).all(|point| point.y < scene.plot.bottom - 1.0), "no area down to zero");
    assert_golden("fill_between_two_lines", &scene);
}
