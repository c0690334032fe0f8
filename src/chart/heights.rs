//! How high each series stands: turned over, upon others, or down to another.

use super::curve::Curve;
use super::spec::{Line, Spec};
use super::stack::stack;
use super::style::{Side, Style};
use crate::model::dashboard::{DrawStyle, ShowPoints};
use std::borrow::Cow;

/// The curves of a chart: areas between two lines, and then all lines.
pub fn curves<'a>(spec: &Spec<'a>) -> Vec<Curve<'a>> {
    let [left_is_log, right_is_log] = [Side::Left, Side::Right].map(|side| spec.is_log(side));
    let is_log = |side| if side == Side::Left { left_is_log } else { right_is_log };
    let columns: Vec<Cow<'a, [f64]>> = spec.lines.iter().map(|line| column(line, is_log(line.style.side))).collect();
    let lines: Vec<Line> = spec.lines.iter().zip(&columns).map(|(line, values)| Line { values, ..*line }).collect();
    let bands = stack(&lines);
    let mut curves: Vec<Curve> = Vec::with_capacity(lines.len());
    for ((line, values), band) in spec.lines.iter().zip(columns).zip(bands) {
        let Line { grid, ink, style, .. } = *line;
        curves.push(match band {
            Some(band) => Curve { grid: band.grid, heights: Cow::Owned(band.top), base: Some(band.base), ink, style },
            None => Curve { grid, heights: values, base: None, ink, style },
        });
    }
    let areas = spec.lines.iter().zip(&curves).filter_map(|(line, curve)| between(curve, curves.get(line.below?)?));
    let mut all: Vec<Curve> = areas.collect();
    for (line, mut curve) in spec.lines.iter().zip(curves) {
        if line.below.is_some() && curve.style.draw == DrawStyle::Line {
            curve.style.fill = 0.0;
        }
        all.push(curve);
    }
    all
}

/// What is drawn of a line's values.
fn column<'a>(line: &Line<'a>, is_log: bool) -> Cow<'a, [f64]> {
    if !is_log && !line.style.is_negative {
        return Cow::Borrowed(line.values);
    }
    let height = |value: &f64| {
        let height = if line.style.is_negative { -value } else { *value };
        if is_log && height <= 0.0 { f64::NAN } else { height }
    };
    line.values.iter().map(height).collect()
}

/// The area between two lines, where both have values.
fn between(curve: &Curve, other: &Curve) -> Option<Curve<'static>> {
    if curve.style.side != other.style.side || curve.style.draw != DrawStyle::Line || std::ptr::eq(curve, other) {
        return None;
    }
    let (mut heights, mut base) = (Vec::with_capacity(curve.grid.len), Vec::with_capacity(curve.grid.len));
    for (index, height) in curve.heights.iter().enumerate() {
        let below = other.grid.index(curve.grid.time(index)).and_then(|column| other.heights.get(column)).copied().unwrap_or(f64::NAN);
        heights.push(if below.is_finite() { *height } else { f64::NAN });
        base.push(below);
    }
    // An area alone: the line itself may go on where the other one has a gap.
    let style = Style { width: 0.0, points: ShowPoints::Never, point_size: 0.0, ..curve.style };
    Some(Curve { grid: curve.grid, heights: Cow::Owned(heights), base: Some(base), ink: curve.ink, style })
}
