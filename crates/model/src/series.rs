//! Series as columns on a shared time grid.

use super::labels::Labels;
use super::time::{Millis, Window};

/// The instants `start, start + step, …` that all series of an answer share. Milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The first instant, ms since the epoch.
    pub start: Millis,
    /// The distance between two instants, ms, at least 1.
    pub step: Millis,
    /// How many instants there are.
    pub len: usize,
}

impl Grid {
    /// The instants of `query_range` for a window: both ends inclusive, as Prometheus counts.
    pub fn of(window: Window, step: Millis) -> Self {
        let step = step.max(1);
        let steps = (window.end - window.start).max(0) / step;
        Self { start: window.start, step, len: usize::try_from(steps).unwrap_or(0) + 1 }
    }

    /// The instant of column `index`, ms.
    pub fn time(&self, index: usize) -> Millis {
        self.start + self.step * Millis::try_from(index).unwrap_or(0)
    }

    /// The column nearest to `time`; `None` if it is more than half a step outside of the grid.
    pub fn index(&self, time: Millis) -> Option<usize> {
        let from_start = time - self.start + self.step / 2;
        let index = usize::try_from(from_start.div_euclid(self.step)).ok()?;
        (index < self.len).then_some(index)
    }
}

/// No sample at this instant: a NaN with its own bits. Only copying keeps the bits, which tell it from a sample that is NaN.
pub const GAP: f64 = f64::from_bits(0x7ff8_0000_0000_0001);

/// Whether there is no sample, rather than a sample that is NaN.
pub fn is_gap(value: f64) -> bool {
    value.to_bits() == GAP.to_bits()
}

/// One series: its labels and a value for each instant of the grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its labels.
    pub labels: Labels,
    /// One value for each instant of the grid. NaN is drawn as a gap: no sample ([`GAP`]), or a sample that is NaN.
    pub values: Vec<f64>,
}

/// The answer to a range query, with its own instants, so that old data on a new time axis is never shown as new.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The instants.
    pub grid: Grid,
    /// The series, in the order the server gave them.
    pub series: Vec<Series>,
}

/// One element of an instant vector.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Its labels.
    pub labels: Labels,
    /// Its value, which may be NaN or infinite.
    pub value: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_of_a_window_are_instants() {
        let grid = Grid::of(Window { start: 60_000, end: 120_000 }, 15_000);
        assert_eq!(grid.len, 5);
        assert_eq!(grid.time(4), 120_000);
        assert_eq!(Grid::of(Window { start: 0, end: 0 }, 15_000).len, 1);
    }

    #[test]
    fn an_instant_finds_its_column() {
        let grid = Grid { start: 60_000, step: 15_000, len: 5 };
        assert_eq!(grid.index(60_000), Some(0));
        assert_eq!(grid.index(75_001), Some(1));
        assert_eq!(grid.index(120_000), Some(4));
        assert_eq!(grid.index(135_000), None);
        assert_eq!(grid.index(30_000), None);
    }
}
