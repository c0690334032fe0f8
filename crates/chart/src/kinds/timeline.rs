//! State timelines and status histories: a row for each series, a bar for each stretch of time.

use crate::axis::words::elided;
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
    /// What names it.
    pub name: String,
    /// In the order of time, none over another.
    pub bars: Vec<Bar>,
}

/// A stretch of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The first instant.
    pub from: Millis,
    /// The first instant at which it is over.
    pub to: Millis,
    /// Its colour.
    pub ink: Ink,
    /// What is written on it.
    pub text: String,
    /// What is written on it where there is no room for the text.
    pub sign: Option<&'static str>,
}

/// What to lay out.
#[derive(Clone, Debug)]
pub struct Timeline<'a> {
    /// What the time axis shows.
    pub window: Window,
    /// From top to bottom.
    pub rows: &'a [Row],
    /// Whether bars have words on them.
    pub show_value: ShowValue,
    /// The language of the time axis.
    pub language: Language,
    /// How large the drawing is.
    pub size: Size,
}

/// Below this width names stand above their rows.
const NARROW: f64 = 480.0;
/// The most that names may take of the width.
const NAMES: f64 = 0.3;
/// How much of the height of a row is bar.
const THICKNESS: f64 = 0.82;
/// A bar higher than this, and than half of its row, says no more.
const HIGHEST: f64 = 48.0;
/// The height of a name above its row.
const NAME: f64 = 15.0;
/// A bar lower than this has no words on it.
const LOWEST: f64 = 13.0;
/// Between the ends of a bar and the words on it.
const PADDING: f64 = 5.0;
/// The width below which cells are no longer told apart, with the gap behind them.
const NARROWEST: f64 = 7.0;
/// Between two bars.
const GAP: f64 = 1.0;

/// The height below which rows cannot be told apart, for a drawing of this width.
pub fn least_height(rows: usize, width: f64) -> f64 {
    let row = if width < NARROW { 38.0 } else { 20.0 };
    TOP + time_series::BOTTOM + row * float(i64::try_from(rows).unwrap_or(0))
}

/// How many instants have to share a cell of a status history for it to be seen, in a drawing of this width.
pub fn together(window: Window, step: Millis, width: f64) -> Millis {
    whole((NARROWEST / width.max(1.0) * float(window.length()) / float(step)).ceil()).max(1)
}

/// Lays the rows out. `measure` tells the width of a text in CSS px, at [`crate::FONT_SIZE`].
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
        // A name above its bar is nearer to it than to the bar of the row before.
        let room = (pitch - name_height - thickness) * if above { 1.0 } else { 0.5 };
        let top = (row_top + room + name_height).round();
        let bottom = (top + thickness).round();
        // In rows of a few pixels not all names have room.
        let (at, anchor, most) = if above {
            (Point { x: plot.left, y: top - name_height / 2.0 }, Anchor::Left, plot.width() / ratio)
        } else {
            (Point { x: plot.left - LABEL_GAP * ratio, y: f64::midpoint(top, bottom) }, Anchor::Right, names)
        };
        if at.y >= free {
            scene.labels.push(Label { text: elided(&row.name, most, measure), at, anchor, on: None });
            free = at.y + ROW * ratio;
        }
        rows.push(bars(&mut scene, row, (top, bottom), spec.show_value, measure));
        row_top += pitch;
    }
    Cells { scene: scene.into(), rows, wheel: None }
}

/// Draws the bars of a row between `top` and `bottom`. Where they are.
fn bars(scene: &mut Scene, row: &Row, (top, bottom): (f64, f64), show_value: ShowValue, measure: &dyn Fn(&str) -> f64) -> Vec<Rect> {
    let (plot, ratio, scale) = (scene.plot, scene.size.ratio, scene.time_scale());
    let gap = (GAP * ratio).round().max(1.0);
    let place = |bar: &Bar| {
        let left = scale.map(float(bar.from)).round().max(plot.left).min(plot.right - 1.0);
        let right = scale.map(float(bar.to)).round().min(plot.right);
        // What is shorter than a pixel is seen all the same.
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
            elided(&bar.text, room, measure)
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
