//! State timelines and status histories: a row for each series, with a bar for each time range.

use crate::axis::words::ellipsized;
use crate::axis::{LABEL_GAP, ROW};
use crate::kinds::cells::Cells;
use crate::kinds::time_series::{self, GUTTER_STEP, TOP};
use crate::number::{float, whole};
use crate::scene::{Anchor, Ink, Label, Point, Rect, Scene, Shape, Size};
use model::dashboard::ShowValue;
use model::time::{Millis, Window, Zone};
use text::locale::Language;

/// A row of bars. All lengths in this file are CSS px.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// In the order of time, without overlaps.
    pub bars: Vec<Bar>,
}

/// A time range.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The first instant.
    pub from: Millis,
    /// The end, exclusive.
    pub to: Millis,
    /// Its colour.
    pub ink: Ink,
    /// Its text.
    pub text: String,
    /// A short sign that is shown if the text does not fit.
    pub sign: Option<&'static str>,
}

/// What to lay out.
#[derive(Clone, Debug)]
pub struct Timeline<'a> {
    /// The window of the time axis.
    pub window: Window,
    /// From top to bottom.
    pub rows: &'a [Row],
    /// Whether bars have text.
    pub show_value: ShowValue,
    /// The language of the time axis.
    pub language: Language,
    /// The size of the drawing.
    pub size: Size,
}

/// Below this width names are above their rows.
const NARROW: f64 = 480.0;
/// The largest share of the width for names.
const NAMES: f64 = 0.3;
/// The share of a row's height that its bars fill.
const THICKNESS: f64 = 0.82;
/// The largest height of a bar, unless half of its row is higher.
const HIGHEST: f64 = 48.0;
/// The height of a name above its row.
const NAME: f64 = 15.0;
/// A bar lower than this has no text.
const LOWEST: f64 = 13.0;
/// The space between the ends of a bar and its text.
const PADDING: f64 = 5.0;
/// The smallest width at which cells can be told apart, with their gap.
const NARROWEST: f64 = 7.0;
/// The gap between two bars.
const GAP: f64 = 1.0;

/// The height below which rows cannot be told apart in a drawing of this width.
pub fn least_height(rows: usize, width: f64) -> f64 {
    let row = if width < NARROW { 38.0 } else { 20.0 };
    TOP + time_series::BOTTOM + row * float(i64::try_from(rows).unwrap_or(0))
}

/// How many instants share a cell of a status history, so that cells are wide enough in a drawing of this width.
pub fn together(window: Window, step: Millis, width: f64) -> Millis {
    whole((NARROWEST / width.max(1.0) * float(window.length()) / float(step)).ceil()).max(1)
}

/// Lays out the rows. `measure` returns the width of a text in CSS px, at [`crate::FONT_SIZE`].
pub fn timeline(spec: &Timeline, zone: &dyn Zone, measure: &dyn Fn(&str) -> f64) -> Cells {
    let Size { width, ratio, .. } = spec.size;
    let above = width < NARROW;
    let widest = spec.rows.iter().map(|row| measure(&row.name)).fold(0.0, f64::max);
    let names = if above { 0.0 } else { widest.min(width * NAMES) };
    let gutter = if above { 0.0 } else { ((names + LABEL_GAP) / GUTTER_STEP).ceil() * GUTTER_STEP };
    let mut scene = time_series::over_time(spec.size, spec.window, gutter, (zone, spec.language), measure);
    let plot = scene.plot;
    if !plot.has_area() {
        return Cells { scene: scene.into(), rows: Vec::new(), wheel: None };
    }
    let pitch = plot.height() / float(i64::try_from(spec.rows.len().max(1)).unwrap_or(1));
    let mut rows = Vec::with_capacity(spec.rows.len());
    let (mut row_top, mut free) = (plot.top, f64::NEG_INFINITY);
    for row in spec.rows {
        let name_height = if above { (NAME * ratio).min(pitch) } else { 0.0 };
        let thickness = ((pitch - name_height) * THICKNESS).min((HIGHEST * ratio).max(pitch / 2.0));
        // A name above its bar is closer to it than to the bar of the row before.
        let room = (pitch - name_height - thickness) * if above { 1.0 } else { 0.5 };
        let top = (row_top + room + name_height).round();
        let bottom = (top + thickness).round();
        // In very low rows some names are left out.
        let (at, anchor, most) = if above {
            (Point { x: plot.left, y: top - name_height / 2.0 }, Anchor::Left, plot.width() / ratio)
        } else {
            (Point { x: plot.left - LABEL_GAP * ratio, y: f64::midpoint(top, bottom) }, Anchor::Right, names)
        };
        if at.y >= free {
            scene.labels.push(Label { text: ellipsized(&row.name, most, measure), at, anchor, on: None });
            free = at.y + ROW * ratio;
        }
        rows.push(bars(&mut scene, row, (top, bottom), spec.show_value, measure));
        row_top += pitch;
    }
    Cells { scene: scene.into(), rows, wheel: None }
}

/// Draws the bars of a row between `top` and `bottom`. Returns their rectangles.
fn bars(scene: &mut Scene, row: &Row, (top, bottom): (f64, f64), show_value: ShowValue, measure: &dyn Fn(&str) -> f64) -> Vec<Rect> {
    let (plot, ratio, scale) = (scene.plot, scene.size.ratio, scene.time_scale());
    let gap = (GAP * ratio).round().max(1.0);
    let place = |bar: &Bar| {
        let left = scale.map(float(bar.from)).round().max(plot.left).min(plot.right - 1.0);
        let right = scale.map(float(bar.to)).round().min(plot.right);
        // A bar shorter than a pixel is one pixel wide.
        Rect { left, right: (right - gap).max(left + 1.0), top, bottom: bottom.max(top + 1.0).min(plot.bottom) }
    };
    let places: Vec<Rect> = row.bars.iter().map(place).collect();
    for (bar, rect) in row.bars.iter().zip(&places) {
        let Rect { left, right, top, bottom } = *rect;
        scene.shapes.push(Shape::Block { corners: [Point { x: left, y: top }, Point { x: right, y: bottom }], ink: bar.ink });
        if show_value == ShowValue::Never || rect.height() < LOWEST * ratio {
            continue;
        }
        let room = rect.width() / ratio - 2.0 * PADDING;
        let fits = |text: &str| room > 0.0 && measure(text) <= room;
        let text = if fits(&bar.text) {
            bar.text.clone()
        } else if show_value == ShowValue::Always {
            ellipsized(&bar.text, room, measure)
        } else {
            bar.sign.filter(|sign| measure(sign) <= rect.width() / ratio).unwrap_or_default().to_owned()
        };
        if !text.is_empty() {
            let at = Point { x: f64::midpoint(left, right), y: f64::midpoint(top, bottom) };
            scene.labels.push(Label { text, at, anchor: Anchor::Middle, on: Some(bar.ink) });
        }
    }
    places
}
