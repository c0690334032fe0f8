//! Thresholds: the values at which colours change on a value axis.

use crate::axis::{crisp, hairline};
use crate::scene::{Ink, Point, Rect, Scene, Shape, Side};
use crate::series::dash::{dashes, pattern};
use crate::series::spec::{Spec, ValueAxis};
use model::color::Color;
use model::dashboard::{LineStyle, ThresholdsStyle};

/// The opacity of regions.
const REGION: f64 = 0.12;

/// The side of the axis whose thresholds are drawn.
pub fn side(spec: &Spec) -> Side {
    if spec.has(Side::Left) { Side::Left } else { Side::Right }
}

/// The values of 0 % and 100 %, for thresholds in percent.
fn whole(axis: &ValueAxis) -> (f64, f64) {
    (axis.min.unwrap_or(0.0), axis.max.unwrap_or(100.0))
}

/// The threshold lines of an axis: values with their colours.
pub fn lines(spec: &Spec, on: Side) -> Vec<(f64, Color)> {
    let (min, max) = whole(spec.axis(on));
    let has_lines = !matches!(spec.thresholds, ThresholdsStyle::Off | ThresholdsStyle::Area);
    if has_lines && on == side(spec) { spec.axis(on).thresholds.lines(min, max).collect() } else { Vec::new() }
}

/// The regions of the plot with the colours of thresholds, from low to high. Without thresholds it is the whole plot, without a colour.
pub fn regions(scene: &Scene, axis: &ValueAxis, on: Side) -> Vec<(Rect, Color)> {
    let ((min, max), ends) = (whole(axis), scene.ends(on));
    let inside = axis.thresholds.lines(min, max).map(|(value, _)| value).filter(|value| ends.low < *value && *value < ends.high);
    let mut regions = Vec::new();
    let (mut low, mut bottom) = (ends.low, scene.plot.bottom);
    for high in inside.chain([ends.high]) {
        let color = axis.thresholds.color(f64::midpoint(low, high), min, max);
        let top = if high < ends.high { scene.y(high, on).round().max(scene.plot.top).min(bottom) } else { scene.plot.top };
        regions.push((Rect { top, bottom, ..scene.plot }, color));
        (low, bottom) = (high, top);
    }
    regions
}

/// The regions behind the data.
pub fn areas(scene: &Scene, spec: &Spec) -> Vec<Shape> {
    if !matches!(spec.thresholds, ThresholdsStyle::Area | ThresholdsStyle::LineAndArea | ThresholdsStyle::DashedAndArea) {
        return Vec::new();
    }
    let on = side(spec);
    let colored = regions(scene, spec.axis(on), on).into_iter().filter(|(_, color)| *color != Color::Text);
    colored.map(|(room, color)| room.filled(Ink::Token(color), REGION, None)).collect()
}

/// The threshold lines as shapes. They are drawn over the areas and below the lines of the data.
pub fn strokes(scene: &Scene, spec: &Spec) -> Vec<Shape> {
    let (on, ratio) = (side(spec), scene.size.ratio);
    let (ends, width) = (scene.ends(on), hairline(ratio));
    let is_dashed = matches!(spec.thresholds, ThresholdsStyle::Dashed | ThresholdsStyle::DashedAndArea);
    let mut strokes = Vec::new();
    for (value, color) in lines(spec, on).into_iter().filter(|(value, _)| (ends.low..=ends.high).contains(value)) {
        let y = crisp(scene.y(value, on), width).max(scene.plot.top).min(scene.plot.bottom);
        let points = vec![Point { x: scene.plot.left, y }, Point { x: scene.plot.right, y }];
        let parts = if is_dashed { dashes(points, pattern(LineStyle::Dash), width) } else { vec![points] };
        strokes.extend(parts.into_iter().map(|points| Shape::Line { points, ink: Ink::Token(color), width }));
    }
    strokes
}
