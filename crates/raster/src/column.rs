//! Columns of numbers: the values of one series.

use crate::Point;
use std::ops::Range;

/// Larger values count as gaps, so that neither sums nor differences of what is left can overflow.
const LARGEST: f64 = 1e100;
/// A column of pixels with no more points than this is left as it is.
const KEPT: usize = 4;

/// Whether a value can be drawn: a number, finite and of a size that arithmetic can bear.
#[inline]
pub fn is_drawable(value: f64) -> bool {
    // NaN compares as false.
    value.abs() <= LARGEST
}

/// The lowest and the highest value that can be drawn.
#[inline(never)]
pub fn extent(values: &[f64]) -> Option<(f64, f64)> {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in values.iter().copied().filter(|value| is_drawable(*value)) {
        low = if value < low { value } else { low };
        high = if value > high { value } else { high };
    }
    (low <= high).then_some((low, high))
}

/// The first stretch of values that can be drawn in `within`.
#[inline(never)]
pub fn run(values: &[f64], within: Range<usize>) -> Option<Range<usize>> {
    let values = &values[..within.end.min(values.len())];
    let start = within.start + values.get(within.start..)?.iter().position(|value| is_drawable(*value))?;
    let end = values[start..].iter().position(|value| !is_drawable(*value)).map_or(values.len(), |length| start + length);
    Some(start..end)
}

/// Where the values of a column are: evenly spaced in x, linear in y.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Where x begins, px.
    pub left: f64,
    /// How far the first value of the column is behind that, in units of x.
    pub first: f64,
    /// Between two values, in units of x: positive.
    pub step: f64,
    /// Pixels to a unit of x: positive.
    pub per_x: f64,
    /// Where `zero` is, px.
    pub top: f64,
    /// The value that is there.
    pub zero: f64,
    /// Pixels downwards to a unit of y.
    pub per_y: f64,
}

impl Place {
    #[inline]
    fn x(&self, index: usize) -> f64 {
        self.left + (self.first + index as f64 * self.step) * self.per_x
    }

    #[inline]
    fn y(&self, value: f64) -> f64 {
        self.top + (value - self.zero) * self.per_y
    }

    /// The first index in the next column of pixels.
    fn next(&self, index: usize, end: usize) -> usize {
        let border = self.x(index).floor() + 1.0;
        let guess = ((border - self.left) / self.per_x - self.first) / self.step;
        let mut next = (guess.max(0.0) as usize).clamp(index + 1, end);
        while next > index + 1 && self.x(next - 1) >= border {
            next -= 1;
        }
        while next < end && self.x(next) < border {
            next += 1;
        }
        next
    }
}

/// The course of a run of values that can all be drawn: of each column of pixels the first, the lowest, the highest and the last, so
/// that a spike survives at any zoom; all of a column with no more than four.
#[inline(never)]
pub fn course(values: &[f64], run: Range<usize>, place: &Place) -> Vec<Point> {
    let end = run.end.min(values.len());
    let point = |index: usize| Point { x: place.x(index), y: place.y(values[index]) };
    let is_sparse = place.step * place.per_x * KEPT as f64 >= 1.01;
    if is_sparse || end - run.start.min(end) <= KEPT {
        return (run.start..end).map(point).collect();
    }
    let mut kept = Vec::new();
    let mut start = run.start;
    while start < end {
        let next = place.next(start, end);
        if next - start <= KEPT {
            kept.extend((start..next).map(point));
        } else {
            let (low, high) = extremes(&values[start..next]);
            let (earlier, later) = (start + low.min(high), start + low.max(high));
            let mut last = start;
            kept.push(point(start));
            for index in [earlier, later, next - 1] {
                if index != last {
                    kept.push(point(index));
                    last = index;
                }
            }
        }
        start = next;
    }
    kept
}

/// Where the lowest and the highest value are.
fn extremes(values: &[f64]) -> (usize, usize) {
    let (mut low, mut high) = ((0, values[0]), (0, values[0]));
    for (index, &value) in values.iter().enumerate() {
        if value < low.1 {
            low = (index, value);
        }
        if value > high.1 {
            high = (index, value);
        }
    }
    (low.0, high.0)
}

#[cfg(test)]
mod tests;
