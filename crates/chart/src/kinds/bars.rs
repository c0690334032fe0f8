//! Bar charts: groups of bars, side by side or stacked, vertical or horizontal.

use crate::axis::range::{Range, is_flat};
use crate::axis::ticks::value;
use crate::axis::words::ellipsized;
use crate::axis::{LABEL_GAP, ROW, hairline, value_axis};
use crate::kinds::cells::Cells;
use crate::kinds::time_series::{self, GUTTER_STEP, TOP, most_ticks};
use crate::number::float;
use crate::scene::scale::Scale;
use crate::scene::{Anchor, AxisRange, Ink, Label, Point, Rect, Scene, Shape, Side, Size};
use crate::series::runs::is_drawable;
use model::dashboard::{Orientation, ShowValue, Stacking};
use model::time::Window;
use model::unit::Unit;
use text::locale::Locale;

/// Bars that belong together. All lengths in this file are CSS px.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// One for each series; `None` if it has no value.
    pub bars: Vec<Option<Bar>>,
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Finite.
    pub value: f64,
    /// Its colour.
    pub ink: Ink,
    /// The value as text.
    pub text: String,
}

/// What to lay out.
#[derive(Clone, Debug)]
pub struct Bars<'a> {
    /// In reading order.
    pub groups: &'a [Group],
    /// How the bars of a group are stacked.
    pub stacking: Stacking,
    /// The direction of the bars.
    pub orientation: Orientation,
    /// Whether values are shown as text.
    pub show_value: ShowValue,
    /// The low end of the value axis, if it is set.
    pub min: Option<f64>,
    /// The high end of the value axis, if it is set.
    pub max: Option<f64>,
    /// The unit of the value axis.
    pub unit: &'a Unit,
    /// Its decimals.
    pub decimals: Option<u8>,
    /// The language and time zone of the labels.
    pub locale: Locale<'a>,
    /// The size of the drawing.
    pub size: Size,
}

/// Below this width the names of horizontal bars are above them.
const NARROW: f64 = 480.0;
/// The largest share of the width for names beside horizontal bars.
const NAMES: f64 = 0.35;
/// The share of a group's space that its bars fill.
const FILLED: f64 = 0.8;
/// The largest thickness of a bar.
const THICKEST: f64 = 64.0;
/// The height of a name above horizontal bars.
const NAME: f64 = 16.0;
/// The space between a bar and the text beside it.
const BESIDE: f64 = 4.0;
/// A horizontal bar lower than this has no text.
const LOWEST: f64 = 11.0;
/// The width per value tick.
const TICK_DISTANCE: f64 = 72.0;

impl Bars<'_> {
    /// Whether the bars are horizontal: if this is chosen, or if vertical bars had no space for their names.
    pub fn is_horizontal(&self, width: f64, measure: &dyn Fn(&str) -> f64) -> bool {
        let widest = || self.groups.iter().map(|group| measure(&group.name)).fold(0.0, f64::max);
        match self.orientation {
            Orientation::Horizontal => true,
            Orientation::Vertical => false,
            Orientation::Auto => (widest() + BESIDE) * count(self.groups.len()) > width * FILLED,
        }
    }

    /// The height below which horizontal bars cannot be told apart.
    pub fn least_height(&self, width: f64) -> f64 {
        let bars = if self.stacking == Stacking::None { self.groups.iter().map(|group| group.bars.len()).max().unwrap_or(1) } else { 1 };
        let name = if width < NARROW { NAME } else { 0.0 };
        TOP + ROW + LABEL_GAP + count(self.groups.len()) * (name + (count(bars) * (LOWEST + 2.0)).max(16.0) / FILLED)
    }
}

/// Lays out the bars. `measure` returns the width of a text in CSS px, at [`crate::FONT_SIZE`].
pub fn bars(spec: &Bars, measure: &dyn Fn(&str) -> f64) -> Cells {
    let is_horizontal = spec.is_horizontal(spec.size.width, measure);
    let spans: Vec<Vec<Span>> = spec.groups.iter().map(|group| spans(group, spec.stacking)).collect();
    if is_horizontal { horizontal(spec, &spans, measure) } else { vertical(spec, &spans, measure) }
}

/// The values from which to which a bar goes, and its place beside the other bars of its group.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Span {
    from: f64,
    to: f64,
    place: usize,
    /// The index of the bar in its group.
    bar: usize,
}

fn spans(group: &Group, stacking: Stacking) -> Vec<Span> {
    // A value that is too large to be drawn has its text, and no bar.
    let there = || group.bars.iter().enumerate().filter_map(|(index, bar)| Some((index, bar.as_ref()?.value)));
    let there = || there().filter(|(_, value)| is_drawable(*value));
    if stacking == Stacking::None {
        return there().map(|(bar, value)| Span { from: 0.0, to: value, place: bar, bar }).collect();
    }
    let sum: f64 = there().map(|(_, value)| value.abs()).sum();
    let factor = if stacking == Stacking::Percent && sum > 0.0 { 100.0 / sum } else { 1.0 };
    // Negative values are stacked downwards.
    let (mut above, mut below) = (0.0, 0.0);
    let span = |(bar, value): (usize, f64)| {
        let total = if value < 0.0 { &mut below } else { &mut above };
        let from = *total;
        *total += value * factor;
        Span { from, to: *total, place: 0, bar }
    };
    there().map(span).collect()
}

/// The value axis with at most `most` ticks.
fn axis(spec: &Bars, spans: &[Vec<Span>], most: usize) -> value::Axis {
    let ends = spans.iter().flatten().map(|span| span.to).fold((0.0_f64, 0.0_f64), |(low, high), end| (low.min(end), high.max(end)));
    let percent = spec.stacking == Stacking::Percent;
    let whole = if percent { 100.0 } else { 1.0 };
    let usable = |limit: Option<f64>| limit.filter(|value| is_drawable(*value));
    let (low, high) = (usable(spec.min).unwrap_or(ends.0), usable(spec.max).unwrap_or(ends.1));
    let fixed = |limit: Option<f64>| !percent && usable(limit).is_some() && !is_flat(low, high);
    let high = if is_flat(low, high) { low + low.abs().max(whole) } else { high };
    let (low, high) = if percent {
        (if ends.0 < 0.0 { -whole } else { 0.0 }, if ends.1 > 0.0 || ends.0 >= 0.0 { whole } else { 0.0 })
    } else {
        (low, high)
    };
    let range = Range { low, high, low_is_fixed: percent || fixed(spec.min), high_is_fixed: percent || fixed(spec.max) };
    let unit = if percent { &Unit::PERCENT } else { spec.unit };
    value::axis(range, most, unit, spec.decimals.filter(|_| !percent), spec.locale)
}

fn scene(spec: &Bars, plot: Rect, axis: &value::Axis) -> Scene {
    let window = Window { start: 0, end: 1 };
    Scene { left: AxisRange { low: axis.low, high: axis.high, is_log: false }, ..Scene::empty(spec.size, plot, window) }
}

fn is_empty(plot: Rect) -> bool {
    plot.width() < 1.0 || plot.height() < 1.0
}

/// How many bars of a group are side by side.
fn places(spec: &Bars) -> usize {
    let most = spec.groups.iter().map(|group| group.bars.len()).max().unwrap_or(1).max(1);
    if spec.stacking == Stacking::None { most } else { 1 }
}

/// Where the bar at a place begins and ends across its group, which begins at `start` and is `room` wide. Whole device px.
fn across(spec: &Bars, start: f64, room: f64, place: usize) -> (f64, f64) {
    let places = places(spec);
    let ratio = spec.size.ratio;
    let thickness = (room * FILLED / count(places)).min(THICKEST * ratio);
    let first = start + (room - thickness * count(places)) / 2.0;
    let (from, to) = ((first + thickness * count(place)).round(), (first + thickness * count(place + 1)).round());
    // Bars side by side have a gap.
    let gap = if places > 1 && thickness > 3.0 * ratio { hairline(ratio) } else { 0.0 };
    (from, (to - gap).max(from + 1.0))
}

/// Where a bar begins and ends along the value axis, in whole device px inside the plot.
fn along(scale: Scale, span: Span, ends: (f64, f64)) -> (f64, f64) {
    let place = |value: f64| scale.map(value).round().max(ends.0).min(ends.1);
    let (from, to) = (place(span.from), place(span.to));
    let (low, high) = (from.min(to), from.max(to));
    // A small value still has a bar of one pixel.
    if high - low < 1.0 && (span.to - span.from).abs() > 0.0 {
        let low = if (span.to < span.from) == (scale.factor > 0.0) { low - 1.0 } else { low }.max(ends.0).min(ends.1 - 1.0);
        return (low, low + 1.0);
    }
    (low, high)
}

fn vertical(spec: &Bars, spans: &[Vec<Span>], measure: &dyn Fn(&str) -> f64) -> Cells {
    let Size { width, height, ratio } = spec.size;
    let pixels = |css: f64| (css * ratio).round();
    let outside = spec.stacking == Stacking::None && spec.show_value != ShowValue::Never;
    let top = if outside { TOP + ROW } else { TOP };
    let bottom = (height - ROW - LABEL_GAP).max(top);
    let axis = axis(spec, spans, most_ticks(bottom - top));
    let widest = axis.ticks.iter().map(|(_, label)| measure(label)).fold(0.0, f64::max);
    let gutter = ((widest + LABEL_GAP) / GUTTER_STEP).ceil() * GUTTER_STEP;
    let left = pixels(gutter.min(width));
    let plot = Rect { left, top: pixels(top), right: pixels(width - BESIDE).max(left), bottom: pixels(bottom) };
    let mut scene = scene(spec, plot, &axis);
    if is_empty(plot) {
        return Cells { scene: scene.into(), rows: Vec::new(), wheel: None };
    }
    value_axis(&mut scene, axis.ticks, Side::Left, false);
    let scale = scene.height_scale(Side::Left);
    let pitch = plot.width() / count(spec.groups.len().max(1));
    let mut bands = Vec::new();
    let mut free = f64::NEG_INFINITY;
    for (index, (group, spans)) in spec.groups.iter().zip(spans).enumerate() {
        let start = plot.left + pitch * count(index);
        bands.push(Rect { left: start, top: plot.top, right: start + pitch, bottom: plot.bottom });
        let name = ellipsized(&group.name, (pitch / ratio - BESIDE).max(3.0 * ROW), measure);
        let (middle, half) = (start + pitch / 2.0, measure(&name) * ratio / 2.0);
        // Names that would overlap are left out.
        if middle - half >= free {
            free = middle + half + BESIDE * ratio;
            let at = Point { x: middle, y: plot.bottom + LABEL_GAP / 2.0 * ratio };
            scene.labels.push(Label { text: name, at, anchor: Anchor::Top, on: None });
        }
        for span in spans {
            let (left, right) = across(spec, start, pitch, span.place);
            let (top, bottom) = along(scale, *span, (plot.top, plot.bottom));
            let rect = Rect { left, top, right, bottom };
            let Some(bar) = group.bars.get(span.bar).and_then(Option::as_ref) else { continue };
            let beside = ROW / 2.0 * ratio;
            let place = Point { x: f64::midpoint(left, right), y: if bar.value < 0.0 { bottom + beside } else { top - beside } };
            let room = (right - left) / ratio + if places(spec) > 1 { 0.0 } else { (pitch * (1.0 - FILLED)) / ratio };
            draw(&mut scene, spec, bar, rect, (place, Anchor::Middle, room), measure);
        }
    }
    Cells { scene: scene.into(), rows: vec![bands], wheel: None }
}

fn horizontal(spec: &Bars, spans: &[Vec<Span>], measure: &dyn Fn(&str) -> f64) -> Cells {
    let Size { width, height, ratio } = spec.size;
    let pixels = |css: f64| (css * ratio).round();
    let above = width < NARROW;
    let widest = spec.groups.iter().map(|group| measure(&group.name)).fold(0.0, f64::max);
    let names = if above { width } else { widest.min(width * NAMES) };
    let gutter = if above { 0.0 } else { ((names + LABEL_GAP) / GUTTER_STEP).ceil() * GUTTER_STEP };
    let outside = spec.stacking == Stacking::None && spec.show_value != ShowValue::Never;
    let texts = spec.groups.iter().flat_map(|group| &group.bars).flatten().map(|bar| measure(&bar.text));
    let words = if outside { texts.fold(0.0, f64::max) + 2.0 * BESIDE } else { 0.0 };
    let (left, bottom) = (gutter.min(width), (height - ROW - LABEL_GAP).max(TOP));
    let right = (width - time_series::BESIDE.max(words)).max(left);
    let most = usize::try_from(crate::number::whole((right - left) / TICK_DISTANCE).clamp(3, 8)).unwrap_or(3);
    let axis = axis(spec, spans, most);
    let plot = Rect { left: pixels(left), top: pixels(TOP), right: pixels(right), bottom: pixels(bottom) };
    let mut scene = scene(spec, plot, &axis);
    if is_empty(plot) {
        return Cells { scene: scene.into(), rows: Vec::new(), wheel: None };
    }
    let scale = Scale::new((axis.low, axis.high), (plot.left, plot.right));
    let hair = hairline(ratio);
    let mut free = f64::NEG_INFINITY;
    for (value, text) in axis.ticks {
        let x = scale.map(value).round() + hair % 2.0 / 2.0;
        scene.grid.push(Shape::Line { points: vec![Point { x, y: plot.top }, Point { x, y: plot.bottom }], ink: Ink::Grid, width: hair });
        let half = measure(&text) * ratio / 2.0;
        let x = x.max(half).min(width * ratio - half);
        if x - half >= free {
            free = x + half + BESIDE * ratio;
            scene.labels.push(Label { text, at: Point { x, y: plot.bottom + LABEL_GAP / 2.0 * ratio }, anchor: Anchor::Top, on: None });
        }
    }
    let pitch = plot.height() / count(spec.groups.len().max(1));
    let name_height = if above { (NAME * ratio).min(pitch / 2.0) } else { 0.0 };
    let (mut rows, mut free) = (Vec::new(), f64::NEG_INFINITY);
    for (index, (group, spans)) in spec.groups.iter().zip(spans).enumerate() {
        let start = plot.top + pitch * count(index);
        rows.push(vec![Rect { left: plot.left, top: start, right: plot.right, bottom: start + pitch }]);
        let (at, anchor) = if above {
            // A name is closer to its own bars than to those of the group before.
            let (top, _) = across(spec, start + name_height, pitch - name_height, 0);
            (Point { x: plot.left, y: top - name_height / 2.0 }, Anchor::Left)
        } else {
            (Point { x: plot.left - LABEL_GAP * ratio, y: start + pitch / 2.0 }, Anchor::Right)
        };
        if at.y >= free {
            free = at.y + ROW * ratio;
            scene.labels.push(Label { text: ellipsized(&group.name, names, measure), at, anchor, on: None });
        }
        for span in spans {
            let (top, bottom) = across(spec, start + name_height, pitch - name_height, span.place);
            let (left, right) = along(scale, *span, (plot.left, plot.right));
            let rect = Rect { left, top, right, bottom };
            let Some(bar) = group.bars.get(span.bar).and_then(Option::as_ref) else { continue };
            let room = if rect.height() < LOWEST * ratio { 0.0 } else { words };
            // Left of a negative bar there may be no space, so its text is at the other end.
            let place = Point { x: right + BESIDE * ratio, y: f64::midpoint(top, bottom) };
            draw(&mut scene, spec, bar, rect, (place, Anchor::Left, room), measure);
        }
    }
    Cells { scene: scene.into(), rows, wheel: None }
}

/// Draws a bar and its text. In a stack the text is on the bar, otherwise beside it, at a given place with a given width.
fn draw(scene: &mut Scene, spec: &Bars, bar: &Bar, rect: Rect, (place, anchor, room): (Point, Anchor, f64), measure: &dyn Fn(&str) -> f64) {
    let Rect { left, top, right, bottom } = rect;
    if left < right && top < bottom {
        scene.shapes.push(Shape::Block { corners: [Point { x: left, y: top }, Point { x: right, y: bottom }], ink: bar.ink });
    }
    let ratio = spec.size.ratio;
    let stacked = spec.stacking != Stacking::None;
    let fits = if stacked {
        measure(&bar.text) + BESIDE <= rect.width() / ratio && rect.height() >= ROW * ratio
    } else {
        measure(&bar.text) <= room
    };
    // In a stack, texts without enough space would overlap, so they are left out even if they are always to be shown.
    let written = match spec.show_value {
        ShowValue::Auto => fits,
        ShowValue::Always => fits || !stacked,
        ShowValue::Never => false,
    };
    if written {
        let middle = Point { x: f64::midpoint(left, right), y: f64::midpoint(top, bottom) };
        let (at, anchor, on) = if stacked { (middle, Anchor::Middle, Some(bar.ink)) } else { (place, anchor, None) };
        scene.labels.push(Label { text: bar.text.clone(), at, anchor, on });
    }
}

fn count(count: usize) -> f64 {
    float(i64::try_from(count).unwrap_or(0))
}
