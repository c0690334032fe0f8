//! Stacked and negated series.

use super::*;
use model::dashboard::{DrawStyle, GradientMode, LineInterpolation, Stacking};

#[test]
fn stack_keeps_gaps() {
    let mut columns = [vec![2.0; 25], vec![3.0; 25], wave(25, 4.0).iter().map(|value| value / 20.0).collect()];
    columns[1][10..16].fill(GAP);
    let scene = scene(&spec(hours(&columns, Style { stacking: Stacking::Normal, ..filled(0.4) })));
    assert_eq!(areas(&scene).len(), 4, "only the line with the gap has two areas");
    assert_golden("stack_keeps_gaps", &scene);
}

#[test]
fn shares_of_a_hundred_percent() {
    let mut columns = [wave(31, 5.0), wave(31, 3.0), vec![30.0; 31]];
    columns[1][12..15].fill(GAP);
    let style = Style { stacking: Stacking::Percent, ..filled(0.5) };
    let left = ValueAxis { max: Some(7.0), ..unit(Unit::BYTES) };
    let scene = scene(&Spec { left, ..spec(hours(&columns, style)) });
    assert_eq!(labels(&scene)[..5], ["0%", "25%", "50%", "75%", "100%"]);
    let highest = lines(&scene)[3].iter().all(|point| (point.y - scene.plot.top).abs() < 1e-6);
    assert!(highest, "all shares add up to 100 %");
    assert_golden("shares_of_a_hundred_percent", &scene);
}

#[test]
fn negative_y_mirrors_at_zero() {
    let columns = [wave(61, 9.0), wave(61, 5.0).iter().map(|value| value / 2.0).collect(), wave(61, 7.0)];
    let mut lines = hours(&columns, filled(0.25));
    lines[1].style.is_negative = true;
    lines[2].style = Style { is_negative: true, width: 2.0, ..plain() };
    let scene = scene(&spec(lines));
    let zero = scene.y_of(0.0, Side::Left);
    let [_, sent, _] = super::lines(&scene)[..] else { panic!("three lines") };
    assert!(sent.iter().all(|point| point.y > zero));
    assert_golden("negative_y_mirrors_at_zero", &scene);
}

#[test]
fn negative_y_stacks_downwards() {
    let columns = [vec![4.0; 13], vec![2.0; 13], vec![3.0; 13], vec![1.0; 13]];
    let mut lines = hours(&columns, Style { stacking: Stacking::Normal, draw: DrawStyle::Bars, ..filled(0.8) });
    lines[2].style.is_negative = true;
    lines[3].style.is_negative = true;
    let scene = scene(&spec(lines));
    let bars = || scene.shapes.iter().flat_map(Shape::points).map(|point| point.y);
    let ends = (bars().fold(f64::MIN, f64::max), bars().fold(f64::MAX, f64::min));
    assert_eq!(ends, (scene.y_of(-4.0, Side::Left).round(), scene.y_of(6.0, Side::Left).round()));
    assert_golden("negative_y_stacks_downwards", &scene);
}

#[test]
fn stacked_bars_leave_no_space_between() {
    let columns = [wave(25, 4.0), wave(25, 2.0), wave(25, 9.0)];
    let bars = Style { stacking: Stacking::Normal, draw: DrawStyle::Bars, width: 0.0, ..filled(0.7) };
    let scene = scene(&spec(hours(&columns, bars)));
    let [first, second] = [0, 25].map(|index| areas(&scene)[index].points().to_vec());
    assert_eq!(first[1], second[0]);
    assert_golden("stacked_bars_leave_no_space_between", &scene);
}

#[test]
fn stacked_areas_fade_each_by_itself() {
    let columns = [wave(61, 14.0), wave(61, 9.0)];
    let style =
        Style { stacking: Stacking::Normal, gradient: GradientMode::Opacity, interpolation: LineInterpolation::Smooth, ..filled(0.7) };
    assert_golden("stacked_areas_fade_each_by_itself", &scene(&spec(hours(&columns, style))));
}
