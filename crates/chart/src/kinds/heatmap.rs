//! Heatmaps: a row for each bucket, the lowest at the bottom, with a box for each instant. The more there is in a bucket, the hotter is
//! its colour.

use crate::axis::words::ellipsized;
use crate::axis::{LABEL_GAP, ROW, hairline};
use crate::kinds::cells::Cells;
use crate::kinds::time_series::{self, GUTTER_STEP};
use crate::number::{float, whole};
use crate::scene::{Anchor, Ink, Label, Point, Rect, Scene, Shape, Size};
use model::histogram::{Bucket, Heat};
use model::time::{Window, Zone};
use model::unit::Unit;
use text::locale::{Language, Locale};

/// What to lay out.
#[derive(Clone, Debug)]
pub struct Heatmap<'a> {
    /// The window of the time axis.
    pub window: Window,
    /// The counts of all buckets. A box is drawn for each count above zero.
    pub heat: &'a Heat,
    /// The unit of the buckets' bounds.
    pub unit: &'a Unit,
    /// The decimals of the bounds.
    pub decimals: Option<u8>,
    /// The language of the labels.
    pub language: Language,
    /// The size of the drawing.
    pub size: Size,
}

/// The largest share of the width for labels.
const NAMES: f64 = 0.3;
/// Boxes of at least this width or height, CSS px, have a gap to the next one.
const APART: f64 = 6.0;

/// The colour for `count`, where the largest count is `most`; `None` for zero. It depends on the square root, since most buckets have low
/// counts and few have high ones.
pub fn ink(count: f64, most: f64) -> Option<Ink> {
    let level = u8::try_from(whole((count / most).sqrt() * 255.0)).ok()?;
    (count > 0.0).then_some(Ink::Heat(level))
}

/// Lays out the heatmap. `measure` returns the width of a text in CSS px, at [`crate::FONT_SIZE`].
pub fn heatmap(spec: &Heatmap, zone: &dyn Zone, measure: &dyn Fn(&str) -> f64) -> Cells {
    let Size { width, ratio, .. } = spec.size;
    let labels = labels(spec, zone);
    let widest = labels.iter().map(|(_, label)| measure(label)).fold(0.0, f64::max).min(width * NAMES);
    let gutter = ((widest + LABEL_GAP) / GUTTER_STEP).ceil() * GUTTER_STEP;
    let mut scene = time_series::over_time(spec.size, spec.window, gutter, (zone, spec.language), measure);
    let plot = scene.plot;
    if !plot.has_area() {
        return Cells { scene: scene.into(), rows: Vec::new(), wheel: None };
    }

    let pitch = plot.height() / count(spec.heat.rows.len().max(1));
    let y_of = |row: f64| plot.bottom - row * pitch;
    let mut free = f64::INFINITY;
    for (row, label) in labels {
        let at = Point { x: plot.left - LABEL_GAP * ratio, y: y_of(row) };
        if at.y <= free {
            scene.labels.push(Label { text: ellipsized(&label, widest, measure), at, anchor: Anchor::Right, on: None });
            free = at.y - ROW * ratio;
        }
    }
    let columns = columns(spec, &scene);
    let mut rows = Vec::with_capacity(spec.heat.rows.len());
    for (index, row) in spec.heat.rows.iter().enumerate().rev() {
        let (top, bottom) = (y_of(count(index + 1)).round(), y_of(count(index)).round());
        let gap = if bottom - top >= APART * ratio { hairline(ratio) } else { 0.0 };
        // Rows lower than a pixel overlap.
        let top = top.min(bottom - 1.0).max(plot.top);
        let cells: Vec<Rect> =
            columns.iter().map(|(left, right)| Rect { left: *left, right: *right, top, bottom: (bottom - gap).max(top + 1.0) }).collect();
        for (cell, count) in cells.iter().zip(&row.counts) {
            if let Some(ink) = ink(*count, spec.heat.most) {
                let corners = [Point { x: cell.left, y: cell.top }, Point { x: cell.right, y: cell.bottom }];
                scene.shapes.push(Shape::Block { corners, ink });
            }
        }
        rows.push(cells);
    }
    Cells { scene: scene.into(), rows, wheel: None }
}

/// Where the boxes of each instant begin and end: the counts at an instant are those of the step before it.
fn columns(spec: &Heatmap, scene: &Scene) -> Vec<(f64, f64)> {
    let (plot, ratio, scale, grid) = (scene.plot, scene.size.ratio, scene.time_scale(), spec.heat.grid);
    let x_of = |at| scale.map(float(at)).round().max(plot.left).min(plot.right);
    let column = |index| {
        let (left, right) = (x_of(grid.time(index) - grid.step), x_of(grid.time(index)));
        let gap = if right - left >= APART * ratio { hairline(ratio) } else { 0.0 };
        let left = left.min(plot.right - 1.0);
        (left, (right - gap).max(left + 1.0))
    };
    (0..grid.len).map(column).collect()
}

/// The labels beside the rows and their places, in rows from the bottom: bounds are between two rows, names in the middle of a row.
fn labels(spec: &Heatmap, zone: &dyn Zone) -> Vec<(f64, String)> {
    let locale = Locale { language: spec.language, zone, now: spec.window.end };
    let written = |value: f64| spec.unit.format(value, spec.decimals, locale);
    let mut labels = Vec::new();
    for (index, row) in spec.heat.rows.iter().enumerate() {
        match &row.bucket {
            Bucket::Between(low, high) => {
                if index == 0 {
                    labels.push((0.0, written(*low)));
                }
                labels.push((count(index + 1), written(*high)));
            }
            Bucket::Named(name) => labels.push((count(index) + 0.5, name.clone())),
        }
    }
    labels
}

fn count(count: usize) -> f64 {
    float(i64::try_from(count).unwrap_or(0))
}
