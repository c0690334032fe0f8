//! Lays out time series charts: places the plot, the axes and the data.

use crate::axis::range::range;
use crate::axis::ticks::{time, value};
use crate::axis::{LABEL_GAP, ROW, TICK, marks, names, time_axis, value_axis};
use crate::number::whole;
use crate::scene::{AxisRange, Rect, Scene, Side, Size};
use crate::series::curve::{Curve, Drawn, PlotTransform, merge};
use crate::series::draw::draw;
use crate::series::heights::curves;
use crate::series::rare::{RareOptions, spec_needs_rare_options};
use crate::series::spec::{Spec, ValueAxis};
use crate::series::thresholds;
use model::color::Color;
use model::dashboard::{DrawStyle, ScaleDistribution, Stacking};
use model::time::{Window, Zone};
use model::unit::Unit;
use text::locale::{Language, Locale};

/// The space above the plot: half of the topmost label. All lengths in this file are CSS px.
pub const TOP: f64 = 8.0;
/// The space beside the plot on a side without a value axis: half of a time label.
pub const BESIDE: f64 = 16.0;
/// The space below the plot: the ticks and two rows of labels.
pub const BOTTOM: f64 = TICK + LABEL_GAP + 2.0 * ROW;
/// The width of value labels is rounded up to a multiple of this, so that the plot does not move while the numbers change.
pub const GUTTER_STEP: f64 = 8.0;
/// The height per value tick.
const TICK_DISTANCE: f64 = 36.0;

/// Lays out a chart. `measure` returns the width of an axis text in CSS px, at [`crate::FONT_SIZE`]. `None` if the chart needs
/// [`RareOptions`] that are not loaded yet: without them it would be drawn wrongly.
pub fn layout(spec: &Spec, zone: &dyn Zone, measure: &dyn Fn(&str) -> f64, rare: Option<&'static RareOptions>) -> Option<Scene> {
    let is_complete = rare.is_some() || !spec_needs_rare_options(spec);
    is_complete.then(|| lay_out(spec, zone, measure, rare))
}

fn lay_out(spec: &Spec, zone: &dyn Zone, measure: &dyn Fn(&str) -> f64, rare: Option<&'static RareOptions>) -> Scene {
    let mut curves = curves(spec);
    let name = |side: Side| if spec.has(side) { spec.axis(side).label.as_str() } else { "" };
    let labels = [Side::Left, Side::Right].map(|side| (name(side), side));
    let above = TOP + if labels.iter().any(|(name, _)| !name.is_empty()) { ROW } else { 0.0 };
    let height = (spec.size.height - above - BOTTOM).max(0.0);
    let locale = Locale { language: spec.language, zone, now: spec.window.end };
    let [left, right] = [Side::Left, Side::Right].map(|side| value_ticks(spec, &curves, side, most_ticks(height), locale, rare));

    let gutter = |axis: &value::Axis| {
        let widest = axis.ticks.iter().map(|(_, label)| measure(label)).fold(0.0, f64::max);
        if axis.ticks.is_empty() { BESIDE } else { ((widest + LABEL_GAP) / GUTTER_STEP).ceil() * GUTTER_STEP }
    };
    // The plot has whole pixels, so that grid lines are crisp.
    let pixels = |css: f64| (css * spec.size.ratio).round();
    let (start, top) = (pixels(gutter(&left).min(spec.size.width)), pixels(above));
    let end = pixels(spec.size.width - gutter(&right)).max(start);
    let plot = Rect { left: start, top, right: end, bottom: pixels(above + height) };

    let ends = |axis: &value::Axis, side| AxisRange { low: axis.low, high: axis.high, is_log: spec.is_log(side) };
    let (size, window) = (spec.size, spec.window);
    let mut scene = Scene { left: ends(&left, Side::Left), right: ends(&right, Side::Right), ..Scene::empty(size, plot, window) };
    if !plot.has_area() {
        return scene;
    }
    let has_grid = !left.ticks.is_empty();
    value_axis(&mut scene, left.ticks, Side::Left, false);
    value_axis(&mut scene, right.ticks, Side::Right, has_grid);
    names(&mut scene, labels, measure);
    let ticks = time::ticks(spec.window, zone, plot.width() / spec.size.ratio, measure, spec.language);
    time_axis(&mut scene, ticks, measure);
    marks(&mut scene, &spec.annotations);
    for curve in &mut curves {
        curve.apply_scale(scene.ends(curve.style.side));
    }
    data(&mut scene, &curves, spec, rare);
    scene
}

/// A scene with only a time axis below its plot, which begins `gutter` CSS px from the left.
pub fn over_time(size: Size, window: Window, gutter: f64, (zone, language): (&dyn Zone, Language), measure: &dyn Fn(&str) -> f64) -> Scene {
    let Size { width, height, ratio } = size;
    let pixels = |css: f64| (css * ratio).round();
    let (left, top) = (pixels(gutter.min(width)), pixels(TOP));
    let plot = Rect { left, top, right: pixels(width - BESIDE).max(left), bottom: pixels((height - BOTTOM).max(TOP)) };
    let mut scene = Scene::empty(size, plot, window);
    if plot.has_area() {
        let ticks = time::ticks(window, zone, plot.width() / ratio, measure, language);
        time_axis(&mut scene, ticks, measure);
    }
    scene
}

/// The value axis of a side. A side without an axis has no ticks.
fn value_ticks(spec: &Spec, curves: &[Curve], side: Side, most: usize, locale: Locale, rare: Option<&'static RareOptions>) -> value::Axis {
    if !spec.has(side) {
        return value::Axis { low: 0.0, high: 1.0, ticks: Vec::new() };
    }
    let mine = || curves.iter().filter(|curve| curve.style.side == side);
    let extent = mine().map(|curve| curve.extent(spec.window)).fold(None, merge);
    let axis = spec.axis(side);
    if spec.has_shares(side) {
        // Shares have their own unit, percent, and the limits of the axis do not apply to them.
        let (low, high) = extent.unwrap_or((0.0, 100.0));
        let (min, max) = (if low < 0.0 { -100.0 } else { 0.0 }, if high > 0.0 { 100.0 } else { 0.0 });
        let shares = ValueAxis { unit: Unit::PERCENT, min: Some(min), max: Some(max), ..ValueAxis::default() };
        return value::axis(range(extent, &shares, true, &[]), most, &shares.unit, None, locale);
    }
    let stands_on_zero = |curve: &Curve| curve.style.fill > 0.0 && curve.base.is_none() || curve.style.draw == DrawStyle::Bars;
    let has_areas = mine().any(|curve| stands_on_zero(curve) || curve.style.stacking != Stacking::None);
    let range = range(extent, axis, has_areas, &thresholds::lines(spec, side));
    let base = match axis.distribution {
        ScaleDistribution::Linear => return value::axis(range, most, &axis.unit, axis.decimals, locale),
        ScaleDistribution::Log2 => 2.0,
        ScaleDistribution::Log10 => 10.0,
    };
    match rare {
        Some(rare) => (rare.log_axis)(range, base, most, &axis.unit, axis.decimals, locale),
        None => value::axis(range, most, &axis.unit, axis.decimals, locale),
    }
}

/// The largest number of value ticks for a plot of this height: three to six.
pub fn most_ticks(height: f64) -> usize {
    let fitting = whole((height / TICK_DISTANCE).floor()) + 1;
    usize::try_from(fitting.clamp(3, 6)).unwrap_or(3)
}

/// Adds the data: first regions, then areas, thresholds and lines.
fn data(scene: &mut Scene, curves: &[Curve], spec: &Spec, rare: Option<&'static RareOptions>) {
    let pen = |side| PlotTransform {
        window: spec.window,
        time: scene.time_scale(),
        height: scene.height_scale(side),
        zero: scene.y(0.0, side),
        plot: scene.plot,
        ratio: spec.size.ratio,
        regions: rare.map_or_else(|| vec![(scene.plot, Color::Text)], |rare| (rare.regions)(scene, spec.axis(side), side)),
    };
    let (left, right) = (pen(Side::Left), pen(Side::Right));
    let mut drawn = Drawn::default();
    for curve in curves {
        draw(curve, if curve.style.side == Side::Right { &right } else { &left }, rare, &mut drawn);
    }
    let areas = rare.map(|rare| (rare.areas)(scene, spec)).unwrap_or_default();
    let strokes = thresholds::strokes(scene, spec);
    for shapes in [areas, drawn.areas, strokes, drawn.lines] {
        scene.shapes.extend(shapes);
    }
}
