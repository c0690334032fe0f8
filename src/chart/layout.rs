//! Puts the parts of a chart in their places.

use super::FONT_SIZE;
use super::curve::{Curve, Drawn, Pen, merge};
use super::number::{float, whole};
use super::range::range;
use super::scene::{Anchor, Ink, Label, Point, Rect, Scene, Shape};
use super::spec::{Line, Spec};
use super::stack::stack;
use super::ticks::{time, value};
use crate::model::locale::Locale;
use crate::model::time::Zone;

/// Room above the plot: half of the topmost label. All lengths here are CSS px.
pub(super) const TOP: f64 = 8.0;
/// Room right of the plot: the half of a time label that may stand there.
pub(super) const RIGHT: f64 = 16.0;
/// Room below the plot: the ticks and two rows of labels.
pub(super) const BOTTOM: f64 = TICK + LABEL_GAP + 2.0 * ROW;
/// The height of a row of labels.
pub(super) const ROW: f64 = FONT_SIZE + 3.0;
/// The length of a tick on the time axis.
const TICK: f64 = 4.0;
/// Between an axis and its labels.
pub(super) const LABEL_GAP: f64 = 6.0;
/// The room for value labels is a multiple of this, so that the plot stays where it is while the numbers change.
pub(super) const GUTTER_STEP: f64 = 8.0;
/// A value tick for so many px of height.
const TICK_DISTANCE: f64 = 36.0;

/// Lays a chart out. `measure` tells the width of an axis text in CSS px, at [`FONT_SIZE`].
pub fn layout(spec: &Spec, zone: &dyn Zone, measure: &dyn Fn(&str) -> f64) -> Scene {
    let curves = curves(spec);
    let extent = curves.iter().map(|curve| curve.extent(spec.window)).fold(None, merge);
    let height = (spec.size.height - TOP - BOTTOM).max(0.0);
    let locale = Locale { language: spec.language, zone, now: spec.window.end };
    let axis = value::axis(range(extent, spec), most_ticks(height), &spec.unit, spec.decimals, locale);

    let widest = axis.ticks.iter().map(|(_, label)| measure(label)).fold(0.0, f64::max);
    let gutter = ((widest + LABEL_GAP) / GUTTER_STEP).ceil() * GUTTER_STEP;
    // Whole pixels, so that grid lines are crisp.
    let pixels = |css: f64| (css * spec.size.ratio).round();
    let (left, top) = (pixels(gutter.min(spec.size.width)), pixels(TOP));
    let plot = Rect { left, top, right: pixels(spec.size.width - RIGHT).max(left), bottom: pixels(TOP + height) };

    let range = (axis.low, axis.high);
    let mut scene = Scene { size: spec.size, plot, window: spec.window, range, grid: Vec::new(), shapes: Vec::new(), labels: Vec::new() };
    if plot.width() <= 0.0 || plot.height() <= 0.0 {
        return scene;
    }
    value_axis(&mut scene, axis.ticks);
    let ticks = time::ticks(spec.window, zone, plot.width() / spec.size.ratio, measure, spec.language);
    time_axis(&mut scene, ticks, measure);
    data(&mut scene, &curves, spec);
    scene
}

fn curves<'a>(spec: &Spec<'a>) -> Vec<Curve<'a>> {
    let bands = stack(&spec.lines);
    let curve = |(line, band): (&Line<'a>, _)| match band {
        Some(band) => Curve::stacked(band, Ink::Series(line.color)),
        None => Curve::alone(line.grid, line.values, Ink::Series(line.color), line.dashed),
    };
    spec.lines.iter().zip(bands).map(curve).collect()
}

/// Three to six.
pub(super) fn most_ticks(height: f64) -> usize {
    let fitting = whole((height / TICK_DISTANCE).floor()) + 1;
    usize::try_from(fitting.clamp(3, 6)).unwrap_or(3)
}

/// The width of grid lines and thresholds: a CSS px, in whole device pixels.
pub(super) fn hairline(ratio: f64) -> f64 {
    ratio.round().max(1.0)
}

/// The middle of a line of whole width `width` that covers whole pixels.
fn crisp(position: f64, width: f64) -> f64 {
    position.round() + width % 2.0 / 2.0
}

/// Grid lines across the plot, with the labels left of it.
pub(super) fn value_axis(scene: &mut Scene, ticks: Vec<(f64, String)>) {
    let Scene { plot, size, .. } = *scene;
    let (scale, width) = (scene.value_scale(), hairline(size.ratio));
    let mut lowest_free = f64::INFINITY;
    for (value, text) in ticks {
        // The lowest line is the pixel row that the plot stands on.
        let y = crisp(scale.map(value), width);
        let points = vec![Point { x: plot.left, y }, Point { x: plot.right, y }];
        scene.grid.push(Shape::Line { points, ink: Ink::Grid, width });
        // In a plot of a few pixels not all labels have room.
        if y <= lowest_free {
            let at = Point { x: plot.left - LABEL_GAP * size.ratio, y };
            scene.labels.push(Label { text, at, anchor: Anchor::Right, on: None });
            lowest_free = y - ROW * size.ratio;
        }
    }
}

/// Ticks below the plot, with one or two rows of labels.
pub(super) fn time_axis(scene: &mut Scene, ticks: Vec<time::Tick>, measure: &dyn Fn(&str) -> f64) {
    let Scene { plot, size, .. } = *scene;
    let (scale, width) = (scene.time_scale(), hairline(size.ratio));
    let device_width = size.width * size.ratio;
    let row = |number: f64| plot.bottom + (TICK + LABEL_GAP / 2.0 + number * ROW) * size.ratio;
    for tick in ticks {
        let x = crisp(scale.map(float(tick.at)), width);
        let points = vec![Point { x, y: plot.bottom }, Point { x, y: plot.bottom + TICK * size.ratio }];
        scene.grid.push(Shape::Line { points, ink: Ink::Grid, width });
        let texts = [(Some(tick.label), row(0.0)), (tick.under, row(1.0))];
        for (text, y) in texts.into_iter().filter_map(|(text, y)| Some((text?, y))) {
            // Not cut off at either edge of the drawing.
            let half = measure(&text) * size.ratio / 2.0;
            let x = x.min(device_width - half).max(half);
            scene.labels.push(Label { text, at: Point { x, y }, anchor: Anchor::Top, on: None });
        }
    }
}

/// Areas, then thresholds, then lines.
fn data(scene: &mut Scene, curves: &[Curve], spec: &Spec) {
    let pen = Pen {
        window: spec.window,
        time: scene.time_scale(),
        value: scene.value_scale(),
        plot: scene.plot,
        ratio: spec.size.ratio,
        fill: f64::from(spec.fill_opacity.min(100)) / 100.0,
    };
    let mut drawn = Drawn::default();
    for curve in curves {
        curve.draw(&pen, &mut drawn);
    }
    scene.shapes = drawn.areas;
    let (low, high) = scene.range;
    for &(value, color) in spec.thresholds.iter().filter(|(value, _)| (low..=high).contains(value)) {
        let width = hairline(pen.ratio);
        let y = crisp(pen.value.map(value), width).max(pen.plot.top).min(pen.plot.bottom);
        let points = vec![Point { x: pen.plot.left, y }, Point { x: pen.plot.right, y }];
        scene.shapes.push(Shape::Line { points, ink: Ink::Token(color), width });
    }
    scene.shapes.extend(drawn.lines);
}
