//! Computes how much of each pixel is inside closed outlines: exactly, and from their edges alone.
//!
//! Each edge adds, to every pixel below it, the area of the pixel that is below the edge: positive if the edge runs to the right,
//! negative if it runs to the left. Over all edges of a closed outline this sums up to the area inside. Font rasterizers do the same row
//! by row. Here it is done column by column, since the line of a chart crosses each column in few places.
//!
//! In a column the sum grows linearly with the row as long as an edge is inside the row. So the second differences of the sum are zero
//! except in three rows at each end of the edge, and only those are stored: a steep stroke costs no more than a flat one until it is
//! swept. They are integers, so that they cancel out exactly, however long the column is.

use crate::Point;
use crate::pixels::{Paint, blend};

/// A fully covered pixel is 2^22: precise enough for 4,000 rows, with room for 500 layers of the same outline.
const SHIFT: u32 = 22;
const ONE: f64 = (1 << SHIFT) as f64;
/// The number of rows that the end of an edge changes.
const REACH: usize = 3;
/// An edge with a smaller slope is treated as horizontal within a column, to avoid dividing by a slope near zero.
const LEVEL: f64 = 1.0 / 64.0;

/// Collects edges, until [`Mask::sweep`] turns them into coverage.
#[derive(Debug, Default)]
pub struct Mask {
    width: usize,
    height: usize,
    /// The length of a column in `cells`.
    stride: usize,
    /// Second differences of the coverage, column by column. There is one column more than pixels, since an edge may end on the border.
    cells: Vec<i32>,
    /// The range of rows that have been changed in each column; empty if its start is after its end.
    touched: Vec<(usize, usize)>,
    /// The range of columns that may have been changed.
    columns: (usize, usize),
    /// Whether new edges go into the second layer. Once it is needed, it is stored after the first one in `cells` and `touched`.
    second: bool,
}

const UNTOUCHED: (usize, usize) = (usize::MAX, 0);

impl Mask {
    /// Sets the size. A new size clears all edges.
    pub fn resize(&mut self, width: usize, height: usize) {
        if (width, height) != (self.width, self.height) {
            (self.width, self.height, self.stride) = (width, height, height + REACH);
            let layer = (width + 1) * self.stride;
            self.cells.clear();
            // Memory for the second layer is reserved now, so that it is not reallocated later.
            self.cells.reserve_exact(2 * layer);
            self.cells.resize(layer, 0);
            self.touched.clear();
            self.touched.resize(width + 1, UNTOUCHED);
            self.columns = UNTOUCHED;
        }
        self.second = false;
    }

    /// Adds further edges to the other of two layers. Where both layers cover a pixel, the greater coverage counts, not the sum.
    pub fn switch_layer(&mut self) {
        self.second = !self.second;
        if self.touched.len() == self.width + 1 {
            self.cells.resize(2 * self.cells.len(), 0);
            self.touched.resize(2 * self.touched.len(), UNTOUCHED);
        }
    }

    /// The index of `column` in `cells` and `touched`, in the layer that edges are added to.
    #[inline]
    fn layered(&self, column: usize) -> usize {
        if self.second { column + self.width + 1 } else { column }
    }

    /// Adds an edge of an outline, clipped to the mask.
    #[inline(never)]
    pub fn edge(&mut self, from: Point, to: Point) {
        let (sign, mut a, mut b) = if from.x < to.x { (1, from, to) } else { (-1, to, from) };
        let (right, bottom) = (self.width as f64, self.height as f64);
        if !(a.x < b.x && b.x > 0.0 && a.x < right) {
            return;
        }
        let slope = (b.y - a.y) / (b.x - a.x);
        if a.x < 0.0 {
            a = Point { x: 0.0, y: a.y - a.x * slope };
        }
        if b.x > right {
            b = Point { x: right, y: b.y + (right - b.x) * slope };
        }
        if a.y.min(b.y) >= 0.0 && a.y.max(b.y) <= bottom {
            return self.inside(sign, a, b, slope);
        }
        // The part of an edge above the mask covers its whole columns, and the part below covers nothing: they count as horizontal edges on
        // the top and the bottom border.
        let held = |point: Point| Point { x: point.x, y: point.y.max(0.0).min(bottom) };
        let mut last = a;
        for border in if slope > 0.0 { [0.0, bottom] } else { [bottom, 0.0] } {
            if a.y.min(b.y) < border && border < a.y.max(b.y) {
                let turn = Point { x: (a.x + (border - a.y) / slope).max(last.x).min(b.x), y: border };
                self.held(sign, held(last), turn);
                last = turn;
            }
        }
        self.held(sign, held(last), held(b));
    }

    /// Adds a part of an edge that has been moved inside the mask.
    fn held(&mut self, sign: i32, a: Point, b: Point) {
        if a.x < b.x {
            self.inside(sign, a, b, (b.y - a.y) / (b.x - a.x));
        }
    }

    /// Adds an edge that is completely inside the mask and runs to the right.
    fn inside(&mut self, sign: i32, a: Point, b: Point, slope: f64) {
        let (first, last) = (a.x as usize, b.x as usize);
        self.columns = (self.columns.0.min(first), self.columns.1.max(last + 1));
        let steep = slope.abs() > LEVEL;
        let per_row = 1.0 / slope;
        let rate = if steep { fixed(per_row) * sign } else { 0 };
        let (mut x, mut y) = (a.x, a.y);
        for column in first..=last {
            let (end_x, end_y) = if column == last {
                (b.x, b.y)
            } else {
                let border = (column + 1) as f64;
                (border, a.y + (border - a.x) * slope)
            };
            let here = self.layered(column);
            let rows = if steep {
                let begin = self.bend(here, y, per_row, rate, sign);
                let end = self.bend(here, end_y, per_row, rate.wrapping_neg(), -sign);
                (begin.min(end), begin.max(end) + REACH)
            } else {
                self.level(here, f64::midpoint(y, end_y), fixed(end_x - x) * sign)
            };
            let touched = &mut self.touched[here];
            *touched = (touched.0.min(rows.0), touched.1.max(rows.1));
            (x, y) = (end_x, end_y);
        }
    }

    /// Makes the coverage grow by `rate` per row from `y` on. `rate` is `sign * per_row` in fixed point. Returns the row of `y`.
    #[inline]
    fn bend(&mut self, column: usize, y: f64, per_row: f64, rate: i32, sign: i32) -> usize {
        let row = y as usize;
        let above = y - row as f64;
        let below = 1.0 - above;
        let half = per_row * 0.5;
        let (first, third) = (fixed(half * below * below) * sign, fixed(half * above * above) * sign);
        let at = column * self.stride + row;
        let cells = &mut self.cells[at..at + REACH];
        cells[0] = cells[0].wrapping_add(first);
        cells[1] = cells[1].wrapping_add(rate.wrapping_sub(first).wrapping_sub(third));
        cells[2] = cells[2].wrapping_add(third);
        row
    }

    /// Adds the coverage `all` to everything below `y`. Returns the range of changed rows.
    #[inline]
    fn level(&mut self, column: usize, y: f64, all: i32) -> (usize, usize) {
        let row = y as usize;
        let below = f64::from(all) * (1.0 - (y - row as f64));
        let first = below as i32;
        let second = all.wrapping_sub(first);
        let at = column * self.stride + row;
        let cells = &mut self.cells[at..at + REACH];
        cells[0] = cells[0].wrapping_add(first);
        cells[1] = cells[1].wrapping_add(second.wrapping_sub(first));
        cells[2] = cells[2].wrapping_sub(second);
        (row, row + REACH)
    }

    /// Blends paint over all covered pixels left of column `before`, and removes the edges of these columns. `paint` returns the paint of a
    /// row. `pixels` are stored row by row.
    #[inline(never)]
    pub fn sweep(&mut self, before: usize, pixels: &mut [[u8; 4]], paint: impl Fn(usize) -> Paint) {
        let end = before.min(self.columns.1);
        for column in self.columns.0..end {
            self.merge(column);
            let (from, to) = std::mem::replace(&mut self.touched[column], UNTOUCHED);
            if from >= to {
                continue;
            }
            let start = column * self.stride;
            let mut sum = Sum::default();
            for (row, cell) in (from..to).zip(&mut self.cells[start + from..start + to]) {
                let coverage = (sum.next(cell) + HALF) >> (SHIFT - 8);
                if coverage > 0 && row < self.height && column < self.width {
                    blend(&mut pixels[row * self.width + column], paint(row), coverage);
                }
            }
        }
        self.columns = if end < self.columns.1 { (self.columns.0.max(end), self.columns.1) } else { UNTOUCHED };
    }

    /// Merges both layers of a column into the first one, with the greater coverage of the two.
    fn merge(&mut self, column: usize) {
        let other = column + self.width + 1;
        let Some(touched) = self.touched.get_mut(other) else { return };
        let (from, to) = std::mem::replace(touched, UNTOUCHED);
        if from >= to {
            return;
        }
        let rows = from.min(self.touched[column].0)..self.stride.min(to.max(self.touched[column].1) + 2);
        self.touched[column] = (rows.start, rows.end);
        let (first, second) = self.cells.split_at_mut(other * self.stride);
        let first = &mut first[column * self.stride..];
        let (mut one, mut two) = (Sum::default(), Sum::default());
        let (mut before, mut rate) = (0_i32, 0_i32);
        for row in rows {
            let covered = one.next(&mut first[row]).max(two.next(&mut second[row])) as i32;
            first[row] = (covered - before) - rate;
            (rate, before) = (covered - before, covered);
        }
    }
}

/// Sums second differences up to the coverage.
#[derive(Default)]
struct Sum {
    rate: i32,
    covered: i32,
}

impl Sum {
    /// The coverage of the next row, at most `ONE`. Resets `cell` to zero.
    #[inline]
    fn next(&mut self, cell: &mut i32) -> u32 {
        self.rate = self.rate.wrapping_add(std::mem::take(cell));
        self.covered = self.covered.wrapping_add(self.rate);
        self.covered.unsigned_abs().min(1 << SHIFT)
    }
}

/// Half a step, to round to the nearest of 256 steps.
const HALF: u32 = 1 << (SHIFT - 9);

/// A share of a pixel in fixed point. Adding 1.5 * 2^52 leaves the rounded integer in the lowest bits: several times as fast as `as`.
#[inline]
fn fixed(share: f64) -> i32 {
    (share * ONE + 6_755_399_441_055_744.0).to_bits() as i32
}
