//! The heights of all series: negated, stacked, or with an area down to another series.

use crate::scene::Side;
use crate::series::curve::Curve;
use crate::series::spec::{Line, Spec};
use crate::series::stack::{Band, stack, value};
use crate::series::style::Style;
use model::dashboard::{DrawStyle, ShowPoints};
use model::series::Grid;
use model::time::Millis;
use std::borrow::Cow;

/// The curves of a chart: first the areas between two lines, then all lines.
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

/// The height of each line at an instant, on its own axis, as an argument of [`super::Scene::y_of`]; `None` if it has no value.
pub fn heights(lines: &[Line], at: Millis) -> Vec<Option<f64>> {
    let grid = Grid { start: at, step: 1, len: 1 };
    let value = |line: &Line| value(line, grid, 0).map_or(f64::NAN, |value| if line.style.is_negative { -value } else { value });
    let values: Vec<f64> = lines.iter().map(value).collect();
    let now: Vec<Line> =
        lines.iter().zip(&values).map(|(line, value)| Line { grid, values: std::slice::from_ref(value), ..*line }).collect();
    let height = |(band, value): (Option<Band>, &f64)| band.map_or(Some(*value), |band| band.top.first().copied());
    stack(&now).into_iter().zip(&values).map(|both| height(both).filter(|height| !height.is_nan())).collect()
}

/// The values of a line as they are drawn: negated if needed, and without those that a logarithmic axis cannot show.
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

/// The area between two lines, at the instants where both have values.
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
    // Only the area: the line itself may have values where the other one has a gap.
    let style = Style { width: 0.0, points: ShowPoints::Never, point_size: 0.0, ..curve.style };
    Some(Curve { grid: curve.grid, heights: Cow::Owned(heights), base: Some(base), ink: curve.ink, style })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Ink;
    use model::dashboard::Stacking;

    #[test]
    fn heights_are_negated_and_stacked_as_they_are_drawn() {
        let grid = Grid { start: 0, step: 10, len: 3 };
        let line = |values, style| Line { grid, values, ink: Ink::Text, style, below: None };
        let stacked = Style { stacking: Stacking::Normal, ..Style::default() };
        let lines = [
            line(&[1.0, 2.0, 3.0], stacked),
            line(&[f64::NAN, 5.0, f64::NAN], stacked),
            line(&[4.0, 4.0, 4.0], stacked),
            line(&[7.0, 7.0, f64::INFINITY], Style { is_negative: true, ..Style::default() }),
        ];
        assert_eq!(heights(&lines, 11), [Some(2.0), Some(7.0), Some(11.0), Some(-7.0)]);
        assert_eq!(heights(&lines, 20), [Some(3.0), None, Some(7.0), None]);
        assert_eq!(heights(&lines, 90), [None; 4]);
    }
}
