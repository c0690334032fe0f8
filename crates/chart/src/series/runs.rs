//! Runs: the parts of a column without gaps.

use model::series::Grid;
use model::time::Window;
pub use raster::column::is_drawable;
use std::ops::Range;

/// The indices of `grid` in `window`, with one more at each end, so that lines reach the edges of the plot.
pub fn visible(grid: Grid, window: Window) -> Range<usize> {
    let step = grid.step.max(1);
    let index = |index: i64| usize::try_from(index).unwrap_or(0).min(grid.len);
    let start = index((window.start - grid.start).div_euclid(step));
    let end = index((window.end - grid.start).div_euclid(step) + 2);
    start..end.max(start)
}

/// All runs of drawable values in `within`.
pub fn runs(values: &[f64], within: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut rest = within;
    std::iter::from_fn(move || {
        let run = raster::column::run(values, rest.clone())?;
        rest.start = run.end;
        Some(run)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_ends_a_run() {
        let gap = f64::NAN;
        let found: Vec<_> = runs(&[gap, 1.0, 2.0, gap, gap, 3.0, f64::INFINITY, 4.0, 1e200], 0..9).collect();
        assert_eq!(found, [1..3, 5..6, 7..8]);
        assert_eq!(runs(&[gap, gap], 0..2).count(), 0);
        assert_eq!(runs(&[1.0], 0..9).next(), Some(0..1), "there are fewer values than instants");
    }

    #[test]
    fn the_visible_range_has_one_more_sample_at_each_end() {
        let grid = Grid { start: 0, step: 10, len: 100 };
        assert_eq!(visible(grid, Window { start: 95, end: 205 }), 9..22);
        assert_eq!(visible(grid, Window { start: -50, end: 5_000 }), 0..100);
        assert_eq!(visible(grid, Window { start: 5_000, end: 6_000 }), 100..100);
        assert_eq!(visible(grid, Window { start: -500, end: -100 }), 0..0);
    }
}
