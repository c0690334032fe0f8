//! Columns of numbers: the values of one series.

use crate::Point;
use std::ops::Range;

/// Larger values count as gaps, so that neither sums nor differences of what is left can overflow.
const LARGEST: f64 = 1e100;
/// A pixel column with at most this many points keeps all of them.
const KEPT: usize = 4;

/// Whether a value can be drawn: it is finite, and small enough for arithmetic without overflow.
#[inline]
pub fn is_drawable(value: f64) -> bool {
    // NaN compares as false.
    value.abs() <= LARGEST
}

/// The lowest and the highest drawable value; `None` if there is none.
#[inline(never)]
pub fn extent(values: &[f64]) -> Option<(f64, f64)> {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in values.iter().copied().filter(|value| is_drawable(*value)) {
        low = if value < low { value } else { low };
        high = if value > high { value } else { high };
    }
    (low <= high).then_some((low, high))
}

/// The first run of drawable values in `within`.
#[inline(never)]
pub fn run(values: &[f64], within: Range<usize>) -> Option<Range<usize>> {
    let values = &values[..within.end.min(values.len())];
    let start = within.start + values.get(within.start..)?.iter().position(|value| is_drawable(*value))?;
    let end = values[start..].iter().position(|value| !is_drawable(*value)).map_or(values.len(), |length| start + length);
    Some(start..end)
}

/// Maps the values of a column to pixels: evenly spaced in x, linear in y.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The pixel position of x = 0.
    pub left: f64,
    /// The x of the column's first value.
    pub first: f64,
    /// The distance between two values, in units of x: positive.
    pub step: f64,
    /// Pixels per unit of x: positive.
    pub per_x: f64,
    /// The pixel position of the value `zero`.
    pub top: f64,
    /// The value at `top`.
    pub zero: f64,
    /// Pixels per unit of y, downwards.
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

    /// The index of the first value in the next pixel column; `end` if there is none.
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

/// The points of a run of drawable values, decimated: each pixel column keeps its first, lowest, highest and last point, so that a spike
/// survives at any zoom. A pixel column with at most four points keeps all of them.
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

/// The indices of the lowest and the highest value.
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
